//! The guide to models and the types of their fields.

use askama::Template;

use super::super::site::Site;
use crate::krate::RuntimeNeeds;

#[derive(Template)]
#[template(path = "docs/values.md", escape = "none")]
struct ValuesPage<'c> {
    lib: &'c str,
    needs: &'c RuntimeNeeds,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    ValuesPage {
        lib: site.krate.package.lib.as_str(),
        needs: &site.krate.runtime,
    }
    .render()
}
