//! Examples of pagination.

use super::call::Call;
use super::layout::Code;
use crate::krate::{Crate, OperationId, PaginationSnippets};

/// Returns the examples; `None` if no operation is paginated.
pub(super) fn snippets(krate: &Crate) -> Option<PaginationSnippets> {
    let featured = krate.featured.filter(|&id| krate[id].pagination.is_some());
    let first = featured.or_else(|| krate.paged().next().map(|(id, _)| id))?;
    let is_resumable = |pagination: &crate::krate::Pagination| pagination.resume.is_some();
    let resumable = krate
        .paged()
        .find(|(_, operation)| operation.pagination.as_deref().is_some_and(is_resumable));
    Some(PaginationSnippets {
        items: krate[first].snippets.usage.clone(),
        pages: pages(krate, first),
        next: next(krate, first),
        resume: resumable.map(|(id, _)| resume(krate, id)),
    })
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
