//! Clock, sleep, randomness and environment variables of a test.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

/// A simulated environment: sleeping takes no time and advances the clock, random numbers are constant, and variables of the
/// process are invisible. Clones share their state.
#[derive(Clone)]
pub struct World(Arc<Mutex<State>>);

struct State {
    elapsed: Duration,
    now: SystemTime,
    slept: Vec<Duration>,
    random: u64,
    variables: HashMap<String, String>,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// Starts at Sun, 06 Nov 1994 08:49:37 GMT. Random numbers are the maximum, which makes each wait the full backoff.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            elapsed: Duration::ZERO,
            now: SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777),
            slept: Vec::new(),
            random: u64::MAX,
            variables: HashMap::new(),
        })))
    }

    /// Sets the random number.
    pub fn random(self, random: u64) -> Self {
        self.state().random = random;
        self
    }

    /// Sets an environment variable.
    pub fn with_variable(self, name: &str, value: &str) -> Self {
        self.state().variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Advances the clock.
    pub fn pass(&self, time: Duration) {
        let mut state = self.state();
        state.elapsed += time;
        state.now += time;
    }

    /// Returns the waits in milliseconds.
    pub fn slept(&self) -> Vec<u128> {
        let slept = &self.state().slept;
        slept.iter().map(|time| (time.as_micros() + 500) / 1000).collect()
    }

    pub fn now_elapsed(&self) -> Duration {
        self.state().elapsed
    }

    pub fn time_of_day(&self) -> SystemTime {
        self.state().now
    }

    pub fn fall_asleep(&self, duration: Duration) {
        self.pass(duration);
        self.state().slept.push(duration);
    }

    pub fn chance(&self) -> u64 {
        self.state().random
    }

    pub fn lookup(&self, name: &str) -> Option<String> {
        self.state().variables.get(name).cloned()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics while it holds the world")
    }
}
