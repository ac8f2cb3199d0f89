//! The guide to models and the types of their fields.

use askama::Template;

use super::super::site::Site;
use crate::krate::{Model, RuntimeNeeds};

#[derive(Template)]
#[template(path = "docs/values.md", escape = "none")]
struct ValuesPage<'c> {
    lib: &'c str,
    needs: &'c RuntimeNeeds,
    /// The names of the first model with a struct of required fields, and of that struct.
    required: Option<(&'c str, &'c str)>,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    ValuesPage {
        lib: site.krate.package.lib.as_str(),
        needs: &site.krate.runtime,
        required: site.krate.models.iter().find_map(required_fields),
    }
    .render()
}

/// Returns the names of a model and of the struct with its required fields, if there is one.
fn required_fields(model: &Model) -> Option<(&str, &str)> {
    Some((model.name.as_str(), model.required_fields()?.name.as_str()))
}
