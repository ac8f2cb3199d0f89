//! Measures the duration of each stage. No output depends on it.

use std::time::{Duration, Instant};

/// Records the duration of each stage since the end of the previous one.
#[derive(Debug)]
pub(super) struct StageTimer {
    since: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl StageTimer {
    /// Starts the timer.
    pub(super) fn start() -> Self {
        Self {
            since: Instant::now(),
            stages: Vec::new(),
        }
    }

    /// Records the end of a stage, which is also the start of the next one.
    pub(super) fn record(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.since));
        self.since = now;
    }

    /// Records the end of two stages that ran interleaved. `second_time` is the part of the second one.
    pub(super) fn record_interleaved(&mut self, first: &'static str, second: &'static str, second_time: Duration) {
        let now = Instant::now();
        let total = now - self.since;
        let second_time = second_time.min(total);
        self.stages.push((first, total - second_time));
        self.stages.push((second, second_time));
        self.since = now;
    }

    /// Returns the stages in order.
    pub(super) fn stages(self) -> Vec<(&'static str, Duration)> {
        self.stages
    }
}
