//! Calls from code that is not async, behind the feature `blocking`.
#![cfg(feature = "blocking")]

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};

use super::{BuildError, Error};

/// Runs a call to its end.
///
/// Outside a tokio runtime, calls run on one thread that all clients share. Inside a multi-threaded runtime, they run on that
/// runtime, and other tasks continue.
///
/// # Errors
/// Returns an error inside a single-threaded runtime, which cannot wait for a call.
pub fn block_on<T, E>(call: impl Future<Output = Result<T, Error<E>>>) -> Result<T, Error<E>> {
    match Handle::try_current() {
        Err(_) => runtime()?.block_on(call),
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => {
            tokio::task::block_in_place(|| handle.block_on(call))
        }
        Ok(_) => Err(unable(
            "a blocking call cannot run inside a single-threaded tokio runtime; await it instead",
        )),
    }
}

/// Starts the shared runtime.
fn runtime<E>() -> Result<&'static Runtime, Error<E>> {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().ok());
    runtime
        .as_ref()
        .ok_or_else(|| unable("the runtime for blocking calls cannot be started"))
}

fn unable<E>(message: &str) -> Error<E> {
    Error::Build(Box::new(BuildError::new(message)))
}
