//! The guide to long-running operations.

use askama::Template;

use super::super::link::Link;
use super::super::site::{Page, Site};
use super::super::types;
use crate::krate::PollingSnippets;
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/polling.md", escape = "none")]
struct PollingPage<'c> {
    rows: Vec<Row>,
    snippets: &'c PollingSnippets,
}

struct Row {
    operation: Link,
    result: String,
    status: String,
    interval: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/polling.md");
    let Some(snippets) = &krate.snippets.polling else {
        return Ok(String::new());
    };
    let rows = krate.polled().filter_map(|(id, operation)| {
        let polling = operation.polling.as_ref()?;
        Some(Row {
            operation: Link::operation(site, &here, id),
            result: markdown::table_cell(&types::linked(site, &here, &polling.result.ty(&operation.names))),
            status: markdown::table_cell(&operation.prose.polling_source),
            interval: operation.prose.polling_interval.clone(),
        })
    });
    PollingPage {
        rows: rows.collect(),
        snippets,
    }
    .render()
}
