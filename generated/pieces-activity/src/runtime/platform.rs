//! What depends on the platform: the clock, timers, randomness, background tasks and blocking work.
//!
//! Native programs use tokio and the operating system. In WebAssembly, JavaScript provides all of this, and calls need no runtime.

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(super) use native::*;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(super) use web::*;

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod native {
    use std::hash::{BuildHasher, RandomState};
    use std::time::SystemTime;

    use tokio::runtime::Handle;
    #[allow(unused_imports)] // Only files and downloads use it.
    pub use tokio::task::spawn_blocking;
    pub use tokio::time::{Instant, sleep, timeout};

    use super::super::environment::BoxFuture;

    /// Returns the current date and time.
    pub fn now() -> SystemTime {
        SystemTime::now()
    }

    /// Returns a random number.
    pub fn random() -> u64 {
        // Each `RandomState` is seeded from the randomness of the system, which is enough for retry jitter.
        RandomState::new().hash_one(0)
    }

    /// Runs a task in the background.
    pub fn spawn(task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }

    /// Returns whether this code runs inside a runtime.
    pub fn has_runtime() -> bool {
        Handle::try_current().is_ok()
    }

    /// Returns the default `User-Agent`.
    pub fn user_agent(template: &str) -> Option<String> {
        Some(template.replace("{os}", std::env::consts::OS))
    }
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod web {
    use std::future::poll_fn;
    use std::hash::{BuildHasher, RandomState};
    use std::io;
    use std::pin::pin;
    use std::task::Poll;
    use std::time::{Duration, SystemTime};

    use gloo_timers::future::TimeoutFuture;
    use send_wrapper::SendWrapper;
    use wasm_bindgen_futures::spawn_local;
    pub use web_time::Instant;
    use web_time::web::SystemTimeExt;

    use super::super::environment::BoxFuture;

    /// The longest timer of JavaScript, in milliseconds. A longer one would expire at once.
    const LONGEST_TIMER: u32 = i32::MAX as u32;

    /// The error of a future that did not complete in time.
    #[derive(Debug)]
    pub struct Elapsed;

    /// Returns the current date and time.
    pub fn now() -> SystemTime {
        web_time::SystemTime::now().to_std()
    }

    /// Sleeps for `duration`.
    pub async fn sleep(duration: Duration) {
        let mut left = duration.as_nanos().div_ceil(1_000_000);
        while left > 0 {
            let timer = u32::try_from(left).unwrap_or(LONGEST_TIMER).min(LONGEST_TIMER);
            left -= u128::from(timer);
            // There are no threads that a future of JavaScript could be sent to.
            SendWrapper::new(TimeoutFuture::new(timer)).await;
        }
    }

    /// Waits for a future, for at most `limit`.
    ///
    /// # Errors
    ///
    /// Returns an error if the future did not complete in time.
    pub async fn timeout<F: Future>(limit: Duration, future: F) -> Result<F::Output, Elapsed> {
        let (mut future, mut timer) = (pin!(future), pin!(sleep(limit)));
        poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| Err(Elapsed)),
        })
        .await
    }

    /// Returns a random number. The seed of a `RandomState` is a constant in WebAssembly.
    pub fn random() -> u64 {
        let time = || now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        getrandom::u64().unwrap_or_else(|_| RandomState::new().hash_one(time()))
    }

    /// Runs a task in the background.
    pub fn spawn(task: BoxFuture<'static, ()>) {
        spawn_local(task);
    }

    /// Runs work that blocks. There is no other thread for it.
    #[allow(dead_code, clippy::unused_async)] // Only files and downloads use it.
    pub async fn spawn_blocking<T>(work: impl FnOnce() -> T) -> io::Result<T> {
        Ok(work())
    }

    /// Returns whether calls can run: the event loop always runs them.
    pub fn has_runtime() -> bool {
        true
    }

    /// Returns no default `User-Agent`: browsers send their own, and a custom one would need the permission of the server.
    pub fn user_agent(_: &str) -> Option<String> {
        None
    }
}
