//! The webhooks guide.

use askama::Template;

use super::super::site::{Page, Site};
use super::super::{describe, types};
use crate::krate::{EventContent, Ident, Webhook};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/webhooks.md", escape = "none")]
struct WebhooksPage<'c> {
    lib: &'c str,
    package: &'c str,
    version: &'c str,
    rows: Vec<Row>,
    /// The variant that the example matches, and the pattern of its content.
    event: Option<(&'c Ident, &'static str)>,
    /// The model that the example deserializes if there are no events.
    payload: Option<&'c Ident>,
}

struct Row {
    name: String,
    method: String,
    payload: String,
    about: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/webhooks.md");
    let row = |webhook: &Webhook| Row {
        name: markdown::code_cell(&webhook.name),
        method: markdown::code_cell(&webhook.method),
        payload: webhook.payload.as_ref().map_or_else(
            || "none".to_owned(),
            |ty| markdown::table_cell(&types::linked(site, &here, ty.unboxed())),
        ),
        about: describe::summary_cell(&webhook.doc, &[&webhook.name]),
    };
    let payload = krate.webhook_model();
    let event = krate.webhooks.iter().find_map(|webhook| webhook.event.as_ref());
    let event = event.map(|event| match event.content {
        EventContent::Json(_) | EventContent::Bytes => (&event.variant, "(payload)"),
        EventContent::Empty => (&event.variant, ""),
    });
    WebhooksPage {
        lib: krate.package.lib.as_str(),
        package: &krate.package.name,
        version: &krate.package.version,
        event,
        rows: krate.webhooks.iter().map(row).collect(),
        payload: payload.map(|id| &krate[id].name),
    }
    .render()
}
