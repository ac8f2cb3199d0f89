//! The guide to retries and timeouts.

use askama::Template;

use super::super::site::{Page, Site};
use crate::krate::{Crate, OperationId};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/retries.md", escape = "none")]
struct RetriesPage<'c> {
    default: DefaultPolicy<'c>,
    client: &'c str,
    call: Option<&'c str>,
    rules: Vec<Rule>,
    streams: bool,
    /// Whether a scheme uses tokens that can be renewed.
    tokens: bool,
}

/// The default policy of a client.
struct DefaultPolicy<'c> {
    text: String,
    retries: bool,
    statuses: &'c str,
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
        tokens: krate.runtime.tokens,
    }
    .render()
}

fn default_policy(krate: &Crate) -> DefaultPolicy<'_> {
    let rule = krate.retries.as_ref();
    let invited = [429, 503]
        .into_iter()
        .filter(|status| rule.is_none_or(|rule| rule.retries(*status)));
    let invited: Vec<String> = invited.map(|status| status.to_string()).collect();
    DefaultPolicy {
        text: markdown::wrap(&krate.prose.retry_policy, markdown::PAGE_WIDTH).join("\n"),
        retries: rule.is_none_or(|rule| !rule.retries_nothing()),
        statuses: &krate.prose.retried_statuses,
        invited: (!invited.is_empty()).then(|| markdown::join_words(&invited, "or")),
        connection: rule.is_none_or(|rule| rule.connection),
    }
}

fn rules(site: &Site<'_>, here: &Page) -> Vec<Rule> {
    let mut rules: Vec<(&str, Vec<String>)> = Vec::new();
    for (index, operation) in site.krate.operations.iter().enumerate() {
        let rule = operation.prose.retry_rule.as_str();
        if rule.is_empty() {
            continue;
        }
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
    let rule = |(rule, operations): (&str, Vec<String>)| Rule {
        policy: markdown::table_cell(rule),
        operations: if operations.len() == all {
            "all".to_owned()
        } else {
            operations.join(", ")
        },
    };
    rules.into_iter().map(rule).collect()
}
