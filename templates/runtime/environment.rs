//! Clock, sleep, randomness and environment variables behind one trait, so that tests are deterministic and fast.

use std::pin::Pin;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use super::platform::{self, Instant};

/// A boxed future, for object-safe traits.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed error, used for causes.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A source of time, randomness and environment variables.
pub trait Environment: Send + Sync + 'static {
    /// Returns the time since a fixed instant. It never decreases.
    fn elapsed(&self) -> Duration;
    /// Returns the current date and time, to which dates in headers are compared.
    fn now(&self) -> SystemTime;
    /// Sleeps for `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
    /// Returns a uniformly distributed random number.
    fn random(&self) -> u64;
    /// Runs a task in the background. Token requests use it, because several calls may wait for one.
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        platform::spawn(task);
    }
    /// Returns the environment variable `name`.
    fn variable(&self, name: &str) -> Option<String>;
}

/// The default environment: the clock and timer of tokio, and the variables of the process. In WebAssembly, the clock and timer are
/// those of JavaScript, and there are no variables.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEnvironment;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Environment for SystemEnvironment {
    fn elapsed(&self) -> Duration {
        START.elapsed()
    }
    fn now(&self) -> SystemTime {
        platform::now()
    }
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(platform::sleep(duration))
    }
    fn random(&self) -> u64 {
        platform::random()
    }
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}
