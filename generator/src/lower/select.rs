//! What part of the document the SDK is for: the configured selection, without what the document keeps out of SDKs.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::Operation;

use super::{Lowering, extensions, ids};

/// Chooses the operations and gives each its id.
pub(super) fn run(lowering: &mut Lowering<'_>) {
    let document = lowering.document;
    let ids = ids::of(document, &mut lowering.diagnostics);
    refuse_unknown(lowering, &ids);
    for (operation, id) in document.operations.iter().zip(&ids) {
        if !is_selected(lowering, operation, id) {
            continue;
        }
        if let Some(key) = extensions::ignored(&operation.extensions) {
            lowering.report_ignored(key, "operation", Some(operation.place), &operation.pointer);
            continue;
        }
        lowering.operations.push(operation);
        lowering.ids.push(id.clone());
    }
    lowering.all_ids = ids;
}

fn is_selected(lowering: &Lowering<'_>, operation: &Operation, id: &str) -> bool {
    let select = &lowering.settings.select;
    is_everything(select)
        || select.operations.iter().any(|selected| selected == id)
        || select.tags.iter().any(|tag| operation.tags.contains(tag))
        || select.paths.iter().any(|path| operation.path.starts_with(path))
}

/// Whether nothing is selected, so that all of the document is meant.
pub(super) fn is_everything(select: &crate::config::Select) -> bool {
    select.tags.is_empty() && select.operations.is_empty() && select.paths.is_empty()
}

/// Refuses settings for operations and schemas that the document does not have.
fn refuse_unknown(lowering: &mut Lowering<'_>, ids: &[String]) {
    let (document, settings) = (lowering.document, lowering.settings);
    let of_rules = settings.pagination.iter().flat_map(|rule| &rule.operations);
    let operations = settings
        .operations
        .keys()
        .chain(&settings.select.operations)
        .chain(of_rules);
    for name in operations.filter(|name| !ids.contains(name)) {
        refuse(lowering, "operation", name, ids.iter().map(String::as_str));
    }
    for name in settings
        .schemas
        .keys()
        .filter(|name| !document.components.contains_key(*name))
    {
        refuse(lowering, "schema", name, document.components.keys().map(String::as_str));
    }
    let tags: Vec<&str> = document
        .operations
        .iter()
        .flat_map(|operation| &operation.tags)
        .map(String::as_str)
        .collect();
    for name in settings
        .select
        .tags
        .iter()
        .filter(|name| !tags.contains(&name.as_str()))
    {
        refuse(lowering, "tag", name, tags.iter().copied());
    }
}

fn refuse<'n>(lowering: &mut Lowering<'_>, what: &str, name: &str, known: impl Iterator<Item = &'n str>) {
    let message = format!("the configuration names the {what} `{name}`, which the document does not have");
    let diagnostic = Diagnostic::new(Code::UnknownInConfig, None, message);
    lowering.diagnostics.push(match nearest(name, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    });
}

/// The known name that is nearest to one, if one is near.
pub(super) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let known: Vec<&str> = known.collect();
    let near = similar::get_close_matches(name, &known, 1, 0.6);
    near.first().map(|name| (*name).to_owned())
}
