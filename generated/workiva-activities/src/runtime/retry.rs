//! Retries: which failures are worth another attempt, and how long to wait for it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// When a call is tried again.
///
/// The standard policy makes up to 3 attempts. Before the n-th retry it waits a random time below 500 ms · 2ⁿ⁻¹, at most
/// 8 s, or what `Retry-After` asks for. It never sleeps beyond 60 s since the call began. It retries 408, 429, 500, 502,
/// 503, 504 and lost connections, as long as repeating does no harm: a POST or PATCH without an idempotency key is only
/// repeated when it was not sent at all, or on 429 and 503 with `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    base: Duration,
    factor: f64,
    cap: Duration,
    budget: Duration,
    statuses: &'static [(u16, u16)],
    connection: bool,
    any_method: bool,
}

impl RetryPolicy {
    /// The standard policy.
    pub const fn standard() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(500),
            factor: 2.0,
            cap: Duration::from_secs(8),
            budget: Duration::from_secs(60),
            statuses: &[(408, 408), (429, 429), (500, 500), (502, 504)],
            connection: true,
            any_method: false,
        }
    }

    /// One attempt, whatever happens.
    pub const fn none() -> Self {
        Self::standard().attempts(1)
    }

    /// How many attempts there are in all, the first one included; `u32::MAX` leaves it to the budget.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The longest wait before the first retry, the factor by which it grows, and the longest wait of all.
    pub const fn backoff(mut self, base: Duration, factor: f64, cap: Duration) -> Self {
        self.base = base;
        self.factor = factor;
        self.cap = cap;
        self
    }

    /// How long after its beginning a call may still be tried again.
    pub const fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// The statuses that are retried, as ranges with both ends included.
    pub const fn statuses(mut self, statuses: &'static [(u16, u16)]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Whether lost connections and attempts that ran out of time are retried.
    pub const fn connection_errors(mut self, retried: bool) -> Self {
        self.connection = retried;
        self
    }

    /// Whether every method is retried alike, also those that may do harm when repeated.
    pub const fn any_method(mut self, retried: bool) -> Self {
        self.any_method = retried;
        self
    }

    /// Whether a failure is worth another attempt; `safe` tells whether repeating the call does no harm.
    fn retries(&self, failure: FailureClass, safe: bool) -> bool {
        let safe = safe || self.any_method;
        match failure {
            FailureClass::NotSent => self.connection,
            FailureClass::NoResponse => self.connection && safe,
            FailureClass::Status { status, retry_after } => {
                let invited = matches!(status, 429 | 503) && retry_after.is_some();
                (safe || invited) && self.statuses.iter().any(|(low, high)| (*low..=*high).contains(&status))
            }
        }
    }

    /// How long to wait after this attempt, or that there is to be no further one.
    pub(super) fn wait(&self, state: AttemptState, failure: FailureClass) -> Option<Duration> {
        if state.attempt >= self.attempts || !self.retries(failure, state.safe) {
            return None;
        }
        let asked = match failure {
            FailureClass::Status { retry_after, .. } => retry_after.filter(|wait| !wait.is_zero()),
            FailureClass::NotSent | FailureClass::NoResponse => None,
        };
        let wait = asked.unwrap_or_else(|| self.jitter(state.attempt, state.random));
        let limit = state.limit.map_or(self.budget, |limit| limit.min(self.budget));
        (state.elapsed.checked_add(wait)? <= limit).then_some(wait)
    }

    /// A random part of the backoff after this attempt.
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

/// Where a call stands when an attempt has failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct AttemptState {
    pub attempt: u32,
    /// Since the call began.
    pub elapsed: Duration,
    /// The timeout of the whole call.
    pub limit: Option<Duration>,
    pub safe: bool,
    pub random: u64,
}

/// What went wrong, as far as it matters for another attempt.
#[derive(Clone, Copy, Debug)]
pub(super) enum FailureClass {
    /// The request did not leave.
    NotSent,
    /// It left, and no answer came back.
    NoResponse,
    /// An answer came.
    Status { status: u16, retry_after: Option<Duration> },
}

/// What all calls of a client share: when most of them fail, retries run out rather than add to the load.
#[derive(Debug)]
pub(super) struct RetryBudget(AtomicU32);

impl RetryBudget {
    const FULL: u32 = 500;
    const COST: u32 = 5;

    pub(super) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Pays for a retry. Tells whether there was enough.
    pub(super) fn take(&self) -> bool {
        let pay = |tokens: u32| tokens.checked_sub(Self::COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    /// Gives back what the last retry cost, or one token for a call that went well at once.
    pub(super) fn refund(&self, attempts: u32) {
        let tokens = if attempts > 1 { Self::COST } else { 1 };
        let fill = |now: u32| Some((now + tokens).min(Self::FULL));
        // It gives a value always, so this never fails.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fill);
    }
}

/// What `retry-after-ms` or `Retry-After` asks for: milliseconds, seconds, or a date. A moment gone by is no wait.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let seconds = |text: &str| text.parse::<f64>().ok().filter(|seconds| !seconds.is_nan());
    let exact = text("retry-after-ms")
        .and_then(seconds)
        .map(|milliseconds| milliseconds / 1000.0);
    let plain = || text("retry-after").and_then(seconds);
    if let Some(seconds) = exact.or_else(plain) {
        return Some(Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(text("retry-after")?)
        .ok()?;
    Some(SystemTime::from(date).duration_since(now).unwrap_or_default())
}
