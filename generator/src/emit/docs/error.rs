//! The page of an error enum: its variants, how they are told apart in code, and which operations fail so.

use askama::Template;

use super::group::Link;
use super::site::{Page, Site};
use super::{group, snippet, text};
use crate::krate::{ErrorEnum, ErrorId, OperationId};

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
    let row = |variant: &crate::krate::ErrorVariant| VariantRow {
        name: text::code_cell(variant.name.as_str()),
        status: text::cell(&variant.label),
        body: text::cell(&group::payload(site, page, &variant.payload)),
        about: text::about_cell(&variant.doc),
    };
    error.variants.iter().map(row).collect()
}

/// A program that tells the first of the variants from the others.
pub(super) fn usage(site: &Site<'_>, error: &ErrorEnum, id: OperationId) -> String {
    let krate = site.krate;
    let operation = &krate[id];
    let name = &error.name;
    let imports = snippet::imports(operation, &[format!("errors::{name}")]);
    let call = snippet::chain(krate, operation, &["send()", "await"]).statement(1, "let answer = ", ";");
    let mut arms: Vec<String> = Vec::new();
    for variant in error.variants.iter().take(2) {
        let variant = &variant.name;
        arms.push(format!("Some({name}::{variant}(body)) => eprintln!(\"{{body:?}}\"),"));
    }
    arms.push(format!("Some({name}::Unexpected(answer)) => eprintln!(\"not documented: {{answer}}\"),"));
    // The enum may get more variants, so there is always an arm for others.
    arms.push("Some(other) => eprintln!(\"{other:?}\"),".to_owned());
    arms.push("None => eprintln!(\"no answer of the API: {error}\"),".to_owned());
    let body = format!(
        "{call}\n    if let Err(error) = &answer {{\n        match error.kind() {{\n            {}\n        }}\n    }}\n",
        arms.join("\n            ")
    );
    snippet::program(krate, imports, &[], &body)
}
