//! Retry policies in words.

use crate::markdown;
use crate::wire::{RetryRule, Status};

/// The status codes that the runtime's standard policy retries.
const STANDARD_STATUSES: &str = "408, 429, 500, 502, 503 and 504";

/// Returns the policy of a client without settings, in a sentence or two.
pub(super) fn policy(rule: Option<&RetryRule>) -> String {
    match rule {
        None => format!(
            "A call that can be repeated safely is attempted up to 3 times: after connection errors and the status codes \
             {STANDARD_STATUSES}. The client waits between attempts with exponential backoff from 500 ms to 8 s, or as long as \
             `Retry-After` requests, and stops after 60 s."
        ),
        Some(rule) if rule.never => "Failed calls are not retried.".to_owned(),
        Some(rule) => {
            let statuses = statuses(rule);
            let failures = match (statuses.is_empty(), rule.connection) {
                (true, _) => "connection errors".to_owned(),
                (false, true) => format!("connection errors and the status codes {statuses}"),
                (false, false) => format!("the status codes {statuses}"),
            };
            format!(
                "A call that can be repeated safely is retried after {failures}, for up to {}. The client waits between attempts \
                 with exponential backoff from {} to {}, or as long as `Retry-After` requests.",
                time(rule.elapsed),
                time(rule.initial),
                time(rule.max),
            )
        }
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
    if rule.never {
        return "no retries".to_owned();
    }
    let statuses = statuses(rule);
    let connection = if rule.connection { " and connection errors" } else { "" };
    format!(
        "{}{connection}; backoff from {} to {}, multiplied by {}; at most {} in total",
        statuses,
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

fn time(milliseconds: u64) -> String {
    if milliseconds.is_multiple_of(1000) {
        format!("{} s", milliseconds / 1000)
    } else {
        format!("{milliseconds} ms")
    }
}
