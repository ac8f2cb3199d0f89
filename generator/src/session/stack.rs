//! Room for recursion, on the threads that share the work.

use std::panic;
use std::sync::LazyLock;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How large the stack of a thread is. Only what is used of it takes memory.
const STACK: usize = 256 << 20;

/// The threads of all runs. None where the system has no room for them.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| ThreadPoolBuilder::new().stack_size(STACK).build().ok());

/// Does some work on a stack on which the longest chain of schemas that refer to each other fits, and so is all that the
/// work hands to other threads.
pub(super) fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    match &*POOL {
        Some(pool) => pool.install(&work),
        None => thread::scope(
            |scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
                Ok(thread) => thread.join().unwrap_or_else(|bug| panic::resume_unwind(bug)),
                // Where there is no thread to be had, the stack at hand does for all but odd documents.
                Err(_) => work(),
            },
        ),
    }
}
