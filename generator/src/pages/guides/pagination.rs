//! The pagination guide.

use askama::Template;

use super::super::link::Link;
use super::super::site::{Page, Site};
use super::super::types;
use crate::krate::{Operation, OperationId, PaginationSnippets};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/pagination.md", escape = "none")]
struct PaginationPage<'c> {
    rows: Vec<Row>,
    snippets: &'c PaginationSnippets,
}

struct Row {
    operation: Link,
    item: String,
    step: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/pagination.md");
    let Some(snippets) = &krate.snippets.pagination else {
        return Ok(String::new());
    };
    PaginationPage {
        rows: krate
            .paged()
            .filter_map(|(id, operation)| row(site, &here, id, operation))
            .collect(),
        snippets,
    }
    .render()
}

fn row(site: &Site<'_>, here: &Page, id: OperationId, operation: &Operation) -> Option<Row> {
    let pagination = operation.pagination.as_ref()?;
    Some(Row {
        operation: Link::operation(site, here, id),
        item: markdown::table_cell(&types::linked(site, here, &pagination.item)),
        step: markdown::table_cell(&operation.prose.pagination_step),
    })
}
