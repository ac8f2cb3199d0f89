//! The guide to models and the types of their fields.

use askama::Template;

use super::super::site::Site;
use crate::krate::{ArgumentType, Crate, Model, ModelBody, RuntimeNeeds, Setter, TypeExpr};

#[derive(Template)]
#[template(path = "docs/values.md", escape = "none")]
struct ValuesPage<'c> {
    lib: &'c str,
    needs: &'c RuntimeNeeds,
    /// The names of the first model with a struct of required fields, and of that struct.
    required: Option<(&'c str, &'c str)>,
    /// The first method for a list whose items are converted, and the type of the items.
    list: Option<(&'c str, String)>,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    ValuesPage {
        lib: site.krate.package.lib.as_str(),
        needs: &site.krate.runtime,
        required: site.krate.models.iter().find_map(required_fields),
        list: converted_list(site.krate),
    }
    .render()
}

/// Returns the names of a model and of the struct with its required fields, if there is one.
fn required_fields(model: &Model) -> Option<(&str, &str)> {
    Some((model.name.as_str(), model.required_fields()?.name.as_str()))
}

/// Returns the first method of a model that converts the items of a list, and the type of the items.
fn converted_list(krate: &Crate) -> Option<(&str, String)> {
    let records = krate.models.iter().filter_map(|model| match &model.body {
        ModelBody::Record(record) => Some(record),
        ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => None,
    });
    records.flat_map(|record| &record.fields).find_map(|field| {
        let Setter::Method(method, ArgumentType::Items(form)) = &field.setter else {
            return None;
        };
        let item = match (&**form, &field.ty) {
            (ArgumentType::IntoString, _) => "String".to_owned(),
            (ArgumentType::Into, TypeExpr::Option(list) | TypeExpr::Nullable(list)) => match &**list {
                TypeExpr::List(item) => item.display(krate),
                _ => return None,
            },
            _ => return None,
        };
        Some((method.as_str(), item))
    })
}
