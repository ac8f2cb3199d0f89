//! Threads with a stack that is large enough for deep recursion.

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The stack size of a thread. Only the used part takes memory.
const STACK: usize = 256 << 20;

/// The thread pool of all runs, with one thread if the system cannot create more; `None` if it cannot create any.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let pool = || ThreadPoolBuilder::new().stack_size(STACK);
    pool().build().or_else(|_| pool().num_threads(1).build()).ok()
});

/// Runs a function on a thread with a stack that is large enough for the longest chain of nested schemas. Parallel work that
/// the function starts also runs on threads with a large stack.
pub(super) fn with_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match &*POOL {
        Some(pool) => pool.install(work),
        // The current stack is enough for all but very deep documents.
        None => work(),
    }
}
