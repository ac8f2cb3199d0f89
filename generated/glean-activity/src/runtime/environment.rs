//! The world outside a call: clocks, sleep, randomness and variables, behind one trait, so that tests are exact and instant.

use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// A future behind a pointer, as object-safe traits need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Any error, as causes are kept.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Where the runtime takes time, chance and variables from.
pub trait Environment: Send + Sync + 'static {
    /// The time since some fixed moment. It never goes back.
    fn elapsed(&self) -> Duration;
    /// The time of day, against which dates in headers are measured.
    fn now(&self) -> SystemTime;
    /// Sleeps.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
    /// A random number, even over all of its values.
    fn random(&self) -> u64;
    /// The environment variable of this name.
    fn variable(&self, name: &str) -> Option<String>;
}

/// The real world: tokio's clock and timer, and the variables of the process.
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
        // Each state has keys of its own, and they come from the system's randomness: enough to spread retries.
        RandomState::new().hash_one(0)
    }
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}
