//! The pagination guide.

use askama::Template;

use super::super::link::Link;
use super::super::site::{Page, Site};
use super::super::types;
use crate::krate::{Operation, OperationId, Paging, PagingInput, PagingSnippets, PagingStep};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/pagination.md", escape = "none")]
struct PaginationPage<'c> {
    rows: Vec<Row>,
    snippets: &'c PagingSnippets,
}

struct Row {
    operation: Link,
    item: String,
    step: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/pagination.md");
    let Some(snippets) = &krate.snippets.paging else {
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
    let paging = operation.paging.as_ref()?;
    Some(Row {
        operation: Link::operation(site, here, id),
        item: markdown::table_cell(&types::linked(site, here, &paging.item)),
        step: markdown::table_cell(&step(paging)),
    })
}

/// Returns how the next page is requested, in words.
fn step(paging: &Paging) -> String {
    match &paging.step {
        PagingStep::Cursor { input, .. } => format!("a cursor in {}", name(input)),
        PagingStep::Url { .. } => "a link in the body".to_owned(),
        PagingStep::Link => "a link in the `Link` header".to_owned(),
        PagingStep::Page { input, .. } => format!("the page number in {}", name(input)),
        PagingStep::Offset { input, .. } => format!("the number of items to skip in {}", name(input)),
        PagingStep::LastId { input, .. } => format!("the id of the last item in {}", name(input)),
    }
}

fn name(input: &PagingInput) -> String {
    match input {
        PagingInput::Query(name) => markdown::code_span(name.as_str()),
        PagingInput::Body(path) => {
            let steps: Vec<&str> = path.iter().map(|step| step.as_str()).collect();
            markdown::code_span(&steps.join("."))
        }
    }
}
