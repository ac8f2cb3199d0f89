//! Room for recursion.

use std::panic;
use std::thread;

/// How large the stack of a run is. Only what is used of it takes memory.
const STACK: usize = 256 << 20;

/// Does some work on a stack on which the longest chain of schemas that refer to each other fits.
pub(super) fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(
        |scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
            Ok(thread) => thread.join().unwrap_or_else(|bug| panic::resume_unwind(bug)),
            // Where there is no thread to be had, the stack at hand does for all but odd documents.
            Err(_) => work(),
        },
    )
}
