//! Clock, sleep, randomness and environment variables behind one trait, so that tests are deterministic and fast.

use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

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
        tokio::spawn(task);
    }
    /// Returns the environment variable `name`.
    fn variable(&self, name: &str) -> Option<String>;
}

/// The default environment: the clock and timer of tokio, and the variables of the process.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEnvironment;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Environment for SystemEnvironment {
    fn elapsed(&self) -> Duration {
        START.elapsed()
    }
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
    fn random(&self) -> u64 {
        // Each `RandomState` is seeded from the randomness of the system, which is enough for retry jitter.
        RandomState::new().hash_one(0)
    }
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}
