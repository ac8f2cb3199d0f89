//! The page of an error enum: its variants, how they are told apart in code, and which operations fail so.

use askama::Template;

use super::group::Link;
use super::site::{Page, Site};
use super::{group, snippet, text};
use crate::document::Status;
use crate::krate::{ErrorEnum, ErrorId, ErrorPayload, ErrorVariant, OperationId};

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

/// The page of an error enum.
pub(super) fn page(site: &Site<'_>, id: ErrorId) -> askama::Result<String> {
    let error = &site.krate[id];
    let page = site.error(id);
    let user = |&id: &OperationId| Link {
        text: site.krate[id].names.method.to_string(),
        href: site.operation(page, id),
        about: text::about_line(&site.krate[id].doc),
    };
    ErrorPage {
        name: error.name.as_str(),
        about: text::about(&error.doc),
        rows: rows(site, page, error),
        usage: error.operations.first().map(|&id| usage(site, error, id)),
        uses: error.operations.iter().map(user).collect(),
        index: page.link_to(&Page::new("docs/errors/README.md")),
    }
    .render()
}

fn rows(site: &Site<'_>, page: &Page, error: &ErrorEnum) -> Vec<VariantRow> {
    let row = |variant: &ErrorVariant| VariantRow {
        name: text::code_cell(variant.name.as_str()),
        status: text::cell(&variant.label),
        body: text::cell(&group::payload(site, page, &variant.payload)),
        about: text::about_cell(&variant.doc),
    };
    error.variants.iter().map(row).collect()
}

/// A program that tells failures apart: by what they mean, and by the documented body of one of them.
pub(super) fn usage(site: &Site<'_>, error: &ErrorEnum, id: OperationId) -> String {
    let krate = site.krate;
    let operation = &krate[id];
    let name = &error.name;
    let imports = snippet::imports(krate, operation, &[format!("errors::{name}")]);
    let call = snippet::chain(krate, operation, &["send()", "await"]).statement(1, "let answer = ", ";");
    let mut arms: Vec<String> = Vec::new();
    if let Some(variant) = shown(error) {
        let variant = &variant.name;
        arms.push(format!("Some({name}::{variant}(body)) => println!(\"{{body:#?}}\"),"));
    }
    arms.push(format!(
        "Some({name}::Unexpected(answer)) => println!(\"{{answer:#?}}\"),"
    ));
    arms.push("_ => return Err(error.into()),".to_owned());
    let body = format!(
        "{call}\n    match answer {{\n        \
         Ok(_) => println!(\"all is well\"),\n        \
         Err(error) if error.is_not_found() => println!(\"there is no such thing\"),\n        \
         Err(error) if error.is_retryable() => println!(\"later, in {{:?}}\", error.retry_after()),\n        \
         Err(error) => match error.kind() {{\n            {}\n        }},\n    }}\n",
        arms.join("\n            ")
    );
    snippet::program(krate, imports, &[], &body)
}

/// The variant that the example looks into: the first that says something and has no question of its own on the error.
fn shown(error: &ErrorEnum) -> Option<&ErrorVariant> {
    let asked = |variant: &&ErrorVariant| matches!(variant.status, Status::Code(404 | 408 | 429 | 500..));
    let variants = || error.variants.iter().filter(|variant| !asked(variant));
    let told = |variant: &&ErrorVariant| !matches!(variant.payload, ErrorPayload::Raw);
    variants().find(told).or_else(|| variants().next())
}
