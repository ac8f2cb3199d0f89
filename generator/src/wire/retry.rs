//! Retry rules.

use super::Status;

/// The retry rule of the document. Times are in milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryRule {
    /// Whether retries are disabled. The other fields are then ignored.
    pub never: bool,
    /// The first delay.
    pub initial: u64,
    /// The longest delay.
    pub max: u64,
    /// The factor between consecutive delays.
    pub exponent: f64,
    /// The time limit of the whole call.
    pub elapsed: u64,
    /// The status codes that are retried.
    pub statuses: Vec<Status>,
    /// Whether connection failures are retried.
    pub connection: bool,
}

impl RetryRule {
    /// Returns whether a status code is retried.
    pub fn retries(&self, code: u16) -> bool {
        let covers = |status: &Status| match status {
            Status::Code(known) => *known == code,
            Status::Range(hundreds) => u16::from(*hundreds) == code / 100,
            Status::Default => true,
        };
        !self.never && self.statuses.iter().any(covers)
    }

    /// Returns whether no failure is retried.
    pub fn retries_nothing(&self) -> bool {
        self.never || (self.statuses.is_empty() && !self.connection)
    }
}
