//! The page of an error enum: its variants, how code distinguishes them, and the operations that return it.

use askama::Template;

use super::link::Link;
use super::site::{Page, Site};
use super::{describe, group};
use crate::krate::{ErrorEnum, ErrorId, ErrorVariant, OperationId};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/error.md", escape = "none")]
struct ErrorPage<'c> {
    name: &'c str,
    about: String,
    rows: Vec<VariantRow>,
    /// The status codes of the variant `Unexpected`.
    other_statuses: &'static str,
    unexpected: &'c str,
    usage: Option<&'c str>,
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
        other_statuses: if error.has_default() { "any" } else { "any other" },
        unexpected: error.unexpected_doc,
        usage: error.usage.as_deref(),
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
