//! The retry policy: which failures are retried, and the backoff.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{HeaderName, RETRY_AFTER};

static RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");

/// A retry policy.
///
/// The standard policy makes up to 3 attempts. Before retry `n` it waits for a random time below 500 ms · 2ⁿ⁻¹ (at most 8 s),
/// or for the time in `Retry-After`. No retry starts later than 60 s after the call began. The policy retries 408, 429, 500,
/// 502, 503, 504 and lost connections. POST and PATCH requests without an idempotency key are only retried if they were not
/// sent, or on 429 and 503 with `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    base: Duration,
    factor: f64,
    cap: Duration,
    max_elapsed: Duration,
    statuses: &'static [(u16, u16)],
    connection: bool,
    any_method: bool,
}

impl RetryPolicy {
    /// Returns the standard policy.
    pub const fn standard() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(500),
            factor: 2.0,
            cap: Duration::from_secs(8),
            max_elapsed: Duration::from_secs(60),
            statuses: &[(408, 408), (429, 429), (500, 500), (502, 504)],
            connection: true,
            any_method: false,
        }
    }

    /// Returns a policy without retries.
    pub const fn none() -> Self {
        Self::standard().attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one. With `u32::MAX`, only the time limit ends retries.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// Sets the upper bound of the first wait, the factor by which it grows, and its maximum.
    pub const fn backoff(mut self, base: Duration, factor: f64, cap: Duration) -> Self {
        self.base = base;
        self.factor = factor;
        self.cap = cap;
        self
    }

    /// Sets the time since the start of the call after which there is no further retry.
    pub const fn max_elapsed(mut self, limit: Duration) -> Self {
        self.max_elapsed = limit;
        self
    }

    /// Sets the status codes that are retried, as inclusive ranges.
    pub const fn statuses(mut self, statuses: &'static [(u16, u16)]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Sets whether failed or lost connections and timed-out attempts are retried.
    pub const fn connection_errors(mut self, retried: bool) -> Self {
        self.connection = retried;
        self
    }

    /// Sets whether requests are retried regardless of their method, even if a second request may do harm.
    pub const fn any_method(mut self, retried: bool) -> Self {
        self.any_method = retried;
        self
    }

    /// Returns whether the policy retries such a failure at all.
    pub(super) fn includes(&self, failure: FailureClass) -> bool {
        match failure {
            FailureClass::NotSent | FailureClass::NoResponse => self.connection,
            FailureClass::Status { status, .. } => {
                self.statuses.iter().any(|(low, high)| (*low..=*high).contains(&status))
            }
        }
    }

    /// Returns whether a failure is retried. `repeatable` is whether the request can be repeated safely.
    fn retries(&self, failure: FailureClass, repeatable: bool) -> bool {
        let repeatable = repeatable || self.any_method;
        let is_safe = match failure {
            FailureClass::NotSent => true,
            FailureClass::NoResponse => repeatable,
            FailureClass::Status { status, retry_after } => {
                repeatable || (matches!(status, 429 | 503) && retry_after.is_some())
            }
        };
        is_safe && self.includes(failure)
    }

    /// Returns how long to wait before the next attempt, or `None` if no retry is allowed.
    pub(super) fn wait(&self, state: AttemptState, failure: FailureClass) -> Option<Duration> {
        if state.attempt >= self.attempts || !self.retries(failure, state.repeatable) {
            return None;
        }
        let requested = match failure {
            FailureClass::Status { retry_after, .. } => retry_after.filter(|wait| !wait.is_zero()),
            FailureClass::NotSent | FailureClass::NoResponse => None,
        };
        let wait = requested.unwrap_or_else(|| self.jitter(state.attempt, state.random));
        let limit = state
            .limit
            .map_or(self.max_elapsed, |limit| limit.min(self.max_elapsed));
        (state.elapsed.checked_add(wait)? <= limit).then_some(wait)
    }

    /// Returns a random fraction of the backoff.
    fn jitter(&self, attempt: u32, random: u64) -> Duration {
        let power = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
        let longest = (self.base.as_secs_f64() * self.factor.powi(power)).min(self.cap.as_secs_f64());
        let part = (random >> 11) as f64 / (1_u64 << 53) as f64;
        Duration::try_from_secs_f64(longest * part).unwrap_or(self.cap)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// The state of a call after a failed attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct AttemptState {
    pub attempt: u32,
    /// The time since the call began.
    pub elapsed: Duration,
    /// The timeout of the whole call.
    pub limit: Option<Duration>,
    pub repeatable: bool,
    pub random: u64,
}

/// The class of a failure, which decides whether it is retried.
#[derive(Clone, Copy, Debug)]
pub(super) enum FailureClass {
    /// The request was not sent.
    NotSent,
    /// The request was sent and no response was received.
    NoResponse,
    /// A response was received.
    Status { status: u16, retry_after: Option<Duration> },
}

/// A budget for retries that all calls of a client share. It limits retries while most calls fail, because they would add load.
#[derive(Debug)]
pub(super) struct RetryBudget(AtomicU32);

impl RetryBudget {
    const FULL: u32 = 500;
    const COST: u32 = 5;

    pub(super) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Takes the cost of a retry. Returns whether the budget was sufficient.
    pub(super) fn take(&self) -> bool {
        let pay = |tokens: u32| tokens.checked_sub(Self::COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    /// Returns the cost of the last retry to the budget, or one token for a call that succeeded at once.
    pub(super) fn refund(&self, attempts: u32) {
        let tokens = if attempts > 1 { Self::COST } else { 1 };
        let fill = |now: u32| Some((now + tokens).min(Self::FULL));
        // The closure never returns `None`, so the update cannot fail.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fill);
    }
}

/// Parses `retry-after-ms` or `Retry-After`: milliseconds, seconds, or a date. A time in the past means no wait.
pub(super) fn retry_after(headers: &HeaderMap, now: impl FnOnce() -> SystemTime) -> Option<Duration> {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| !number.is_nan());
    let duration = |seconds: f64| Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX);
    if let Some(milliseconds) = text(&RETRY_AFTER_MS).and_then(number) {
        return Some(duration(milliseconds / 1000.0));
    }
    let text = text(&RETRY_AFTER)?;
    if let Some(seconds) = number(text) {
        return Some(duration(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(SystemTime::from(date).duration_since(now()).unwrap_or_default())
}
