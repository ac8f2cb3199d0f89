//! Selection: the configured part of the document, without the operations that the document excludes.

use indexmap::IndexMap;

use crate::config::Naming;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::document::Operation;
use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::conventions::spelling::nearest;
use crate::lower::operations::{ids, names};

/// Selects the operations and assigns their ids.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let document = lowering.document;
    let ids = ids::operation_ids(document, &mut lowering.schemas.report.diagnostics);
    let operation_names = match lowering.settings.naming {
        Naming::Idiomatic => names::operation_names(document, &ids),
        Naming::Document => ids.iter().map(|id| names::verbatim(id)).collect(),
    };
    report_unknown_names(lowering, &ids);
    lowering.operations.reserve(ids.len());
    lowering.ids.reserve(ids.len());
    lowering.names.reserve(ids.len());
    for ((operation, id), name) in document.operations.iter().zip(&ids).zip(&operation_names) {
        if !is_selected(lowering, operation, id) {
            continue;
        }
        if is_ignored(lowering, operation, id) {
            let report = &mut lowering.schemas.report;
            report.record_dropped(
                Some(operation.place),
                &operation.pointer,
                "ignored by the configuration",
            );
            continue;
        }
        if let Some(key) = extensions::exclusion(&operation.extensions) {
            lowering
                .schemas
                .report
                .excluded(key, "operation", Some(operation.place), &operation.pointer);
            continue;
        }
        lowering.operations.push(operation);
        lowering.ids.push(id.clone());
        lowering.names.push(name.clone());
    }
    lowering.all_names = operation_names.into_iter().map(|name| name.text).collect();
}

fn is_selected(lowering: &Lowering<'_>, operation: &Operation, id: &str) -> bool {
    let select = &lowering.settings.select;
    is_everything(select)
        || select.operations.iter().any(|selected| selected == id)
        || select.tags.iter().any(|tag| operation.tags.contains(tag))
        || select.paths.iter().any(|path| operation.path.starts_with(path))
}

/// Returns whether the configuration ignores an operation.
fn is_ignored(lowering: &Lowering<'_>, operation: &Operation, id: &str) -> bool {
    let ignore = &lowering.settings.ignore;
    ignore.operations.iter().any(|ignored| ignored == id) || ignore.tags.iter().any(|tag| operation.tags.contains(tag))
}

/// Returns whether no selection is configured, so that the SDK has everything.
pub(in crate::lower) fn is_everything(select: &crate::config::Select) -> bool {
    select.tags.is_empty() && select.operations.is_empty() && select.paths.is_empty()
}

/// A name in the configuration, with its place there.
type Named = (String, Option<Place>);

/// Reports settings for operations, schemas and tags that do not exist in the document.
fn report_unknown_names(lowering: &mut Lowering<'_>, ids: &[String]) {
    let (document, settings) = (lowering.document, lowering.settings);
    let from_list = |parent: &str, key: &str, names: &[String]| -> Vec<Named> {
        let place = |index: usize| settings.places.get(&[parent, key, &index.to_string()]);
        names
            .iter()
            .enumerate()
            .map(|(index, name)| (name.clone(), place(index)))
            .collect()
    };
    let from_map = |key: &str, names: &IndexMap<String, String>| -> Vec<Named> {
        names
            .keys()
            .map(|name| (name.clone(), settings.places.get(&[key, name]).map(Place::key)))
            .collect()
    };
    let mut operations = from_map("operations", &settings.operations);
    operations.extend(from_list("select", "operations", &settings.select.operations));
    operations.extend(from_list("ignore", "operations", &settings.ignore.operations));
    for rule in &settings.pagination {
        operations.extend(rule.operations.iter().map(|name| (name.clone(), rule.place)));
    }
    for rule in &settings.polling {
        let names = rule.operations.iter().chain(&rule.operation);
        operations.extend(names.map(|name| (name.clone(), rule.place)));
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let schemas: Vec<&str> = document.components.keys().map(String::as_str).collect();
    let tags: Vec<&str> = document
        .operations
        .iter()
        .flat_map(|operation| &operation.tags)
        .map(String::as_str)
        .collect();
    report_unknown(lowering, "operation", &operations, &ids);
    let mut named_schemas = from_map("schemas", &settings.schemas);
    named_schemas.extend(from_list("ignore", "schemas", &settings.ignore.schemas));
    let mut named_tags = from_list("select", "tags", &settings.select.tags);
    named_tags.extend(from_list("ignore", "tags", &settings.ignore.tags));
    report_unknown(lowering, "schema", &named_schemas, &schemas);
    report_unknown(lowering, "tag", &named_tags, &tags);
}

/// Reports the names that are unknown.
fn report_unknown(lowering: &mut Lowering<'_>, what: &str, names: &[Named], known: &[&str]) {
    for (name, place) in names.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        let diagnostic = unknown(what, name, *place, known.iter().copied());
        lowering.schemas.report.push(diagnostic);
    }
}

/// Returns the diagnostic for a name that the document does not have.
pub(super) fn unknown<'k>(
    what: &str,
    name: &str,
    place: Option<Place>,
    known: impl Iterator<Item = &'k str>,
) -> Diagnostic {
    let message = format!("the document has no {what} `{name}`");
    let diagnostic = Diagnostic::new(Code::UnknownInConfig, place, message);
    match nearest(name, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!(
            "fix the name, or remove it if the document no longer has the {what}"
        )),
    }
}
