//! Threads with a stack that is large enough for deep recursion.

use std::panic;
use std::sync::LazyLock;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The stack size of a thread. Only the used part takes memory.
const STACK: usize = 256 << 20;

/// The thread pool of all runs; `None` if the system cannot create it.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| ThreadPoolBuilder::new().stack_size(STACK).build().ok());

/// Runs a function on a thread with a stack that is large enough for the longest chain of nested schemas. Parallel work that
/// the function starts also runs on threads with a large stack.
pub(super) fn with_large_stack<T: Send>(work: impl Fn() -> T + Sync) -> T {
    match &*POOL {
        Some(pool) => pool.install(&work),
        None => thread::scope(
            |scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
                Ok(thread) => thread.join().unwrap_or_else(|bug| panic::resume_unwind(bug)),
                // Without a new thread, the current stack is enough for all but very deep documents.
                Err(_) => work(),
            },
        ),
    }
}
