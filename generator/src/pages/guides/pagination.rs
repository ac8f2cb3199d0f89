//! The pagination guide.

use askama::Template;

use super::super::call::Call;
use super::super::link::Link;
use super::super::rust_layout::Code;
use super::super::site::{Page, Site};
use super::super::{snippets, types};
use super::paged;
use crate::krate::{Crate, Operation, OperationId, Paging, PagingInput, PagingStep};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/pagination.md", escape = "none")]
struct PaginationPage {
    rows: Vec<Row>,
    items: String,
    pages: String,
    next: String,
    resume: Option<String>,
}

struct Row {
    operation: Link,
    item: String,
    step: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/pagination.md");
    let first = krate.featured.filter(|&id| krate[id].paging.is_some());
    let Some(first) = first.or_else(|| paged(krate).next().map(|(id, _)| id)) else {
        return Ok(String::new());
    };
    let resumable = paged(krate).find(|(_, operation)| is_resumable(operation));
    PaginationPage {
        rows: paged(krate)
            .filter_map(|(id, operation)| row(site, &here, id, operation))
            .collect(),
        items: snippets::usage(krate, first),
        pages: pages(krate, first),
        next: next(krate, first),
        resume: resumable.map(|(id, _)| resume(krate, id)),
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

fn is_resumable(operation: &Operation) -> bool {
    operation.paging.as_ref().is_some_and(|paging| paging.resume.is_some())
}

fn pages(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let body = call
        .chain(&["pages()", "max_pages(3)"])
        .statement(1, "let mut pages = ", ";\n")
        + "    while let Some(page) = pages.next().await {\n        println!(\"{} items\", page?.into_items().len());\n    }\n";
    call.program(&["Client"], &body)
}

fn next(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let first = Code::call("Some", vec![call.chain(&["send()", "await?"])]);
    let body = first.statement(1, "let mut page = ", ";\n")
        + "    while let Some(current) = page {\n        println!(\"{current:#?}\");\n        page = current.next().await?;\n    }\n";
    call.program(&["Client"], &body)
}

fn resume(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let first = call.chain(&["send()", "await?"]).statement(1, "let page = ", ";\n");
    let next = call
        .chain(&["resume(cursor)", "send()", "await?"])
        .statement(2, "let next = ", ";\n");
    let body = format!(
        "{first}    if let Some(cursor) = page.cursor() {{\n{next}        println!(\"{{next:#?}}\");\n    }}\n"
    );
    call.program(&["Client"], &body)
}
