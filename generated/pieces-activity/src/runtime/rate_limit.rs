//! The rate limit that a server reports: `RateLimit-*`, `X-RateLimit-*`, or `RateLimit` with a policy.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::DATE;

use super::platform;

/// The rate limit that a server reports with a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that the server allows in a window.
    pub limit: Option<u64>,
    /// The number of requests that are left in this window.
    pub remaining: Option<u64>,
    /// The time until the next window, counted from the response.
    pub reset: Option<Duration>,
}

impl RateLimit {
    /// Parses the rate limit headers of a response. Returns `None` if the response has no such headers.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        // A reset may be a date of the server, so it is compared with the server's clock, if that is known.
        let date = headers.get(DATE).and_then(|value| value.to_str().ok());
        let date = date.and_then(|text| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok());
        let now = date.map_or_else(platform::now, SystemTime::from);
        let mut found = structured(headers).unwrap_or_default();
        let number = |name: &str| {
            let names = [
                format!("ratelimit-{name}"),
                format!("x-ratelimit-{name}"),
                format!("x-rate-limit-{name}"),
            ];
            names
                .iter()
                .find_map(|name| first_number(headers.get(name)?.to_str().ok()?))
        };
        found.limit = found.limit.or_else(|| number("limit").map(|limit| limit as u64));
        found.remaining = found
            .remaining
            .or_else(|| number("remaining").map(|remaining| remaining as u64));
        found.reset = found.reset.or_else(|| Some(until(number("reset")?, now)));
        (found != Self::default()).then_some(found)
    }
}

/// Reads `RateLimit: "burst";r=5;t=3, "daily";r=50;t=30`, from which the policy that allows the fewest requests is returned, and the
/// older `limit=100, remaining=50, reset=30`.
fn structured(headers: &HeaderMap) -> Option<RateLimit> {
    let text = headers.get("ratelimit")?.to_str().ok()?;
    let policies = text.split(',').filter(|policy| policy.contains(';')).map(parameters);
    let policies = policies.filter(|policy| policy.remaining.is_some());
    let strictest = policies.min_by_key(|policy| policy.remaining);
    Some(strictest.unwrap_or_else(|| parameters(text)))
}

fn parameters(text: &str) -> RateLimit {
    let mut found = RateLimit::default();
    for (key, value) in text.split([',', ';']).filter_map(|part| part.split_once('=')) {
        let Some(number) = first_number(value) else { continue };
        match key.trim() {
            "limit" | "q" => found.limit = Some(number as u64),
            "remaining" | "r" => found.remaining = Some(number as u64),
            "reset" | "t" => found.reset = Some(seconds(number)),
            _ => {}
        }
    }
    found
}

/// Returns the number at the start of a text: `100, 100;w=60` is 100.
fn first_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let rest = text[end..].trim_start();
    let is_number = rest.is_empty() || rest.starts_with([',', ';', 's']);
    text[..end].parse().ok().filter(|_| is_number)
}

/// Returns the time until a reset. Servers send seconds, or the Unix time in seconds or milliseconds.
fn until(reset: f64, now: SystemTime) -> Duration {
    const YEAR: f64 = 365.25 * 86_400.0;
    if reset < YEAR {
        return seconds(reset);
    }
    let is_milliseconds = reset > 1_000.0 * YEAR * 10.0;
    let moment = seconds(if is_milliseconds { reset / 1_000.0 } else { reset });
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    moment.saturating_sub(now)
}

fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).unwrap_or(Duration::MAX)
}
