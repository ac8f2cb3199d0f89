//! How long the stages of a run take, for those who make them faster. Nothing that is written depends on it.

use std::time::{Duration, Instant};

/// Tells how long each stage took since the one before it.
#[derive(Debug)]
pub(super) struct Clock {
    since: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Starts now.
    pub(super) fn start() -> Self {
        Self {
            since: Instant::now(),
            stages: Vec::new(),
        }
    }

    /// Notes that a stage ends now, and with that the next one begins.
    pub(super) fn ends(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.since));
        self.since = now;
    }

    /// The stages in their order.
    pub(super) fn stages(self) -> Vec<(&'static str, Duration)> {
        self.stages
    }
}
