//! Retry policies in words.

use crate::markdown;
use crate::wire::{RetryRule, Status};

/// The status codes that the runtime's standard policy retries.
const STANDARD_STATUSES: &str = "408, 429, 500, 502, 503 and 504";

/// Returns the policy of a client without settings, as a paragraph.
pub(super) fn policy(rule: Option<&RetryRule>) -> String {
    match rule {
        None => format!(
            "A call that can be repeated safely is retried after connection errors and the status codes {STANDARD_STATUSES}, up to 3 \
             attempts in total. Before a retry, the client waits as long as `Retry-After` requests, or for a random time: at most \
             500 ms before the first retry, and at most 1 s before the second. No retry starts later than 60 s after the call began. {}",
            other_calls(true, &[429, 503])
        ),
        Some(rule) if rule.retries_nothing() => "Failed calls are not retried.".to_owned(),
        Some(rule) => {
            let connection = rule.connection.then(|| "connection errors".to_owned());
            let statuses = (!rule.statuses.is_empty()).then(|| format!("the status codes {}", statuses(rule)));
            let failures: Vec<String> = connection.into_iter().chain(statuses).collect();
            let failures = failures.join(" and ");
            let waiting: Vec<u16> = [429, 503].into_iter().filter(|code| rule.retries(*code)).collect();
            format!(
                "A call that can be repeated safely is retried after {failures}. Before a retry, the client waits as long as \
                 `Retry-After` requests, or for a random time whose limit grows from {} to {}. No retry starts later than {} \
                 after the call began. {}",
                time(rule.initial),
                time(rule.max),
                time(rule.elapsed),
                other_calls(rule.connection, &waiting),
            )
        }
    }
}

/// Returns when a call that cannot be repeated safely is retried. `waiting` are the status codes that are retried if the response has
/// `Retry-After`.
fn other_calls(connection: bool, waiting: &[u16]) -> String {
    let codes: Vec<String> = waiting.iter().map(u16::to_string).collect();
    let connection = connection.then(|| "if no connection was established".to_owned());
    let waiting = (!codes.is_empty()).then(|| format!("after {} with `Retry-After`", codes.join(" or ")));
    let reasons: Vec<String> = connection.into_iter().chain(waiting).collect();
    let call = "Any other call, such as a `POST` without an idempotency key, is";
    match reasons.is_empty() {
        true => format!("{call} not retried."),
        false => format!("{call} retried only {}.", reasons.join(", or ")),
    }
}

/// Returns the status codes that a client without settings retries.
pub(super) fn retried_statuses(rule: Option<&RetryRule>) -> String {
    rule.map_or_else(|| STANDARD_STATUSES.to_owned(), statuses)
}

fn statuses(rule: &RetryRule) -> String {
    let statuses: Vec<String> = rule.statuses.iter().map(status).collect();
    markdown::join_words(&statuses, "and")
}

/// Returns a rule of the document in words.
pub(super) fn rule(rule: &RetryRule) -> String {
    if rule.retries_nothing() {
        return "no retries".to_owned();
    }
    let statuses = (!rule.statuses.is_empty()).then(|| statuses(rule));
    let connection = rule.connection.then(|| "connection errors".to_owned());
    let failures: Vec<String> = statuses.into_iter().chain(connection).collect();
    format!(
        "{}; backoff from {} to {}, multiplied by {}; at most {} in total",
        failures.join(" and "),
        time(rule.initial),
        time(rule.max),
        rule.exponent,
        time(rule.elapsed)
    )
}

fn status(status: &Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "any other error".to_owned(),
    }
}

/// Returns a duration in seconds, or in milliseconds if it is a fraction.
pub(super) fn time(milliseconds: u64) -> String {
    if milliseconds.is_multiple_of(1000) {
        format!("{} s", milliseconds / 1000)
    } else {
        format!("{milliseconds} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::{policy, rule};
    use crate::wire::{RetryRule, Status};

    fn with(statuses: &[Status], connection: bool) -> RetryRule {
        RetryRule {
            never: false,
            initial: 500,
            max: 60_000,
            exponent: 1.5,
            elapsed: 3_600_000,
            statuses: statuses.to_vec(),
            connection,
        }
    }

    #[test]
    fn a_rule_without_failures_retries_nothing() {
        let none = with(&[], false);
        assert_eq!(policy(Some(&none)), "Failed calls are not retried.");
        assert_eq!(rule(&none), "no retries");
    }

    #[test]
    fn a_rule_lists_only_the_failures_that_it_retries() {
        let (connection, statuses) = (with(&[], true), with(&[Status::Code(429), Status::Range(5)], false));
        let text = policy(Some(&connection));
        assert!(text.contains("is retried after connection errors. Before"), "{text}");
        assert!(
            rule(&connection).starts_with("connection errors; backoff"),
            "{}",
            rule(&connection)
        );
        let text = policy(Some(&statuses));
        assert!(
            text.contains("is retried after the status codes 429 and 5XX. Before"),
            "{text}"
        );
        assert!(
            rule(&statuses).starts_with("429 and 5XX; backoff"),
            "{}",
            rule(&statuses)
        );
    }
}
