//! The page of an error enum: its variants, how code distinguishes them, and the operations that return it.

use askama::Template;

use super::call::Call;
use super::link::Link;
use super::site::{Page, Site};
use super::{describe, group};
use crate::krate::{ErrorEnum, ErrorId, ErrorPayload, ErrorVariant, OperationId, Output};
use crate::markdown;
use crate::wire::Status;

#[derive(Template)]
#[template(path = "docs/error.md", escape = "none")]
struct ErrorPage<'c> {
    name: &'c str,
    about: String,
    rows: Vec<VariantRow>,
    usage: Option<String>,
    uses: Vec<Link>,
    index: String,
}

struct VariantRow {
    name: String,
    status: String,
    body: String,
    about: String,
}

/// Renders the page of an error enum.
pub(super) fn page(site: &Site<'_>, id: ErrorId) -> askama::Result<String> {
    let error = &site.krate[id];
    let page = site.error(id);
    let user = |&id: &OperationId| Link::operation(site, page, id);
    ErrorPage {
        name: error.name.as_str(),
        about: describe::description(&error.doc, &[]),
        rows: rows(site, page, error),
        usage: usage(site, error),
        uses: error.operations.iter().map(user).collect(),
        index: page.link_to(&Page::new("docs/errors/README.md")),
    }
    .render()
}

fn rows(site: &Site<'_>, page: &Page, error: &ErrorEnum) -> Vec<VariantRow> {
    let row = |variant: &ErrorVariant| VariantRow {
        name: markdown::code_cell(variant.name.as_str()),
        status: markdown::table_cell(&variant.label),
        body: markdown::table_cell(&group::payload(site, page, &variant.payload)),
        about: describe::summary_cell(&variant.doc, &[variant.name.as_str(), &variant.label]),
    };
    error.variants.iter().map(row).collect()
}

/// Returns a program that handles errors by predicate and by the documented body of one variant; `None` if no operation
/// returns the enum.
pub(super) fn usage(site: &Site<'_>, error: &ErrorEnum) -> Option<String> {
    let calls = error.operations.iter().map(|&id| Call::minimal(site.krate, id));
    let call = calls.min_by_key(Call::size)?;
    let name = &error.name;
    let (found, printed) = match call.operation.output {
        Output::Empty => ("()", "\"done\""),
        _ => ("response", "\"{response:#?}\""),
    };
    let mut arms = vec![format!("Ok({found}) => println!({printed}),")];
    if error.variants.iter().any(|variant| variant.status == Status::Code(404)) {
        arms.push("Err(error) if error.is_not_found() => println!(\"not found\"),".to_owned());
    }
    arms.push("Err(error) if error.is_retryable() => println!(\"retry after {:?}\", error.retry_after()),".to_owned());
    arms.push("Err(error) => match error.kind() {".to_owned());
    if let Some(variant) = matched_variant(error) {
        arms.push(format!(
            "    Some({name}::{}(body)) => println!(\"{{body:#?}}\"),",
            variant.name
        ));
    }
    arms.push(format!(
        "    Some({name}::Unexpected(other)) => println!(\"{{other:#?}}\"),"
    ));
    arms.push("    _ => return Err(error.into()),".to_owned());
    arms.push("},".to_owned());
    let body = format!(
        "{}    match result {{\n        {}\n    }}\n",
        call.chain(&["send()", "await"]).statement(1, "let result = ", ";\n"),
        arms.join("\n        ")
    );
    Some(call.program(&["Client", &format!("errors::{name}")], &body))
}

/// Returns the variant that the example matches: the first with a body and without a predicate on `Error`.
fn matched_variant(error: &ErrorEnum) -> Option<&ErrorVariant> {
    let has_predicate = |variant: &&ErrorVariant| matches!(variant.status, Status::Code(404 | 408 | 429 | 500..));
    let variants = || error.variants.iter().filter(|variant| !has_predicate(variant));
    let has_body = |variant: &&ErrorVariant| !matches!(variant.payload, ErrorPayload::Raw);
    variants().find(has_body).or_else(|| variants().next())
}
