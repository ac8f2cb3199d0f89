//! The guide to retries and timeouts.

use askama::Template;

use super::super::site::{Page, Site};
use crate::krate::{Crate, OperationId};
use crate::markdown;
use crate::wire::{RetryRule, Status};

#[derive(Template)]
#[template(path = "docs/retries.md", escape = "none")]
struct RetriesPage<'c> {
    default: DefaultPolicy,
    client: &'c str,
    call: Option<&'c str>,
    rules: Vec<Rule>,
    streams: bool,
}

/// The default policy of a client.
struct DefaultPolicy {
    text: String,
    retries: bool,
    statuses: String,
    /// The statuses whose `Retry-After` makes any call repeatable.
    invited: Option<String>,
    connection: bool,
}

/// A policy of the document, with its operations.
struct Rule {
    policy: String,
    operations: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/retries.md");
    RetriesPage {
        default: default_policy(krate),
        client: &krate.snippets.client_timeouts,
        call: krate.snippets.call_timeout.as_deref(),
        rules: rules(site, &here),
        streams: krate.runtime.streams,
    }
    .render()
}

fn default_policy(krate: &Crate) -> DefaultPolicy {
    let rule = krate.retries.as_ref();
    let invited = [429, 503]
        .into_iter()
        .filter(|status| rule.is_none_or(|rule| rule.retries(*status)));
    let invited: Vec<String> = invited.map(|status| status.to_string()).collect();
    DefaultPolicy {
        text: policy_sentence(krate),
        retries: rule.is_none_or(|rule| !rule.never),
        statuses: rule.map_or_else(|| STANDARD_STATUSES.to_owned(), statuses),
        invited: (!invited.is_empty()).then(|| markdown::join_words(&invited, "or")),
        connection: rule.is_none_or(|rule| rule.connection),
    }
}

/// The statuses of the runtime's standard policy.
const STANDARD_STATUSES: &str = "408, 429, 500, 502, 503 and 504";

/// Returns the policy of a client without settings, in a sentence or two.
pub(in super::super) fn policy_sentence(krate: &Crate) -> String {
    match &krate.retries {
        None => format!(
            "A call that can be repeated safely is attempted up to 3 times: after connection errors and the statuses \
             {STANDARD_STATUSES}. The client waits between attempts with exponential backoff from 500 ms to 8 s, or as long as \
             `Retry-After` requests, and stops after 60 s."
        ),
        Some(rule) if rule.never => "Failed calls are not retried.".to_owned(),
        Some(rule) => {
            let statuses = statuses(rule);
            let failures = match (statuses.is_empty(), rule.connection) {
                (true, _) => "connection errors".to_owned(),
                (false, true) => format!("connection errors and the statuses {statuses}"),
                (false, false) => format!("the statuses {statuses}"),
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

fn statuses(rule: &RetryRule) -> String {
    let statuses: Vec<String> = rule.statuses.iter().map(status).collect();
    markdown::join_words(&statuses, "and")
}

fn rules(site: &Site<'_>, here: &Page) -> Vec<Rule> {
    let mut rules: Vec<(&RetryRule, Vec<String>)> = Vec::new();
    for (index, operation) in site.krate.operations.iter().enumerate() {
        let Some(rule) = &operation.retries else { continue };
        let link = format!(
            "[{}]({})",
            operation.names.method,
            site.operation(here, OperationId(index))
        );
        match rules.iter_mut().find(|(other, _)| *other == rule) {
            Some((_, operations)) => operations.push(link),
            None => rules.push((rule, vec![link])),
        }
    }
    let all = site.krate.operations.len();
    let rule = |(rule, operations): (&RetryRule, Vec<String>)| Rule {
        policy: markdown::table_cell(&policy(rule)),
        operations: if operations.len() == all {
            "all".to_owned()
        } else {
            operations.join(", ")
        },
    };
    rules.into_iter().map(rule).collect()
}

/// Returns a policy in words.
fn policy(rule: &RetryRule) -> String {
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
