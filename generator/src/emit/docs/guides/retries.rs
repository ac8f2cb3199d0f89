//! Retries and timeouts.

use askama::Template;

use super::super::call::Call;
use super::super::site::{Page, Site};
use super::super::{markdown, snippets};
use super::example;
use crate::document::Status;
use crate::krate::{OperationId, RetryRule};

#[derive(Template)]
#[template(path = "docs/retries.md", escape = "none")]
struct RetriesPage {
    client: String,
    call: Option<String>,
    rules: Vec<Rule>,
    streams: bool,
}

/// A policy of the document, with the operations that have it.
struct Rule {
    policy: String,
    operations: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/retries.md");
    let setters = [
        "retries(retries)",
        "connect_timeout(Duration::from_secs(5))",
        "attempt_timeout(Duration::from_secs(30))",
        "timeout(Duration::from_secs(120))",
    ];
    let before = "    let retries = RetryPolicy::standard().attempts(5).budget(Duration::from_secs(90));\n";
    let call = |id: OperationId| {
        let call = Call::minimal(krate, id);
        let links = [
            "retries(RetryPolicy::none())",
            "timeout(Duration::from_secs(5))",
            "send()",
            "await?",
        ];
        let body = call.chain(&links).statement(1, "let answer = ", ";\n") + "    println!(\"{answer:?}\");\n";
        call.program(&["Client", "RetryPolicy", "std::time::Duration"], &body)
    };
    RetriesPage {
        client: snippets::client(krate, &["std::time::Duration", "RetryPolicy"], "", before, &setters),
        call: example(krate).map(call),
        rules: rules(site, &here),
        streams: krate.runtime.streams,
    }
    .render()
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
    let whole = site.krate.operations.len();
    let rule = |(rule, operations): (&RetryRule, Vec<String>)| Rule {
        policy: markdown::table_cell(&policy(rule)),
        operations: if operations.len() == whole {
            "all".to_owned()
        } else {
            operations.join(", ")
        },
    };
    rules.into_iter().map(rule).collect()
}

/// A policy in words.
fn policy(rule: &RetryRule) -> String {
    if rule.never {
        return "one attempt, whatever happens".to_owned();
    }
    let statuses: Vec<String> = rule.statuses.iter().map(status).collect();
    let connection = if rule.connection { " and lost connections" } else { "" };
    format!(
        "{}{connection}; waits from {} to {}, each {} times the one before; for {} at most",
        markdown::join_words(&statuses, "and"),
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
