//! The types of the component schemas, and of the inline schemas in them.

use std::collections::{HashMap, HashSet};

use crate::config::{Naming, Settings};
use crate::document::Document;
use crate::ir::{Origin, words};
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::inline_names::InlineNames;
use crate::lower::schemas::resolve;
use crate::lower::schemas::shared_error_bodies;
use crate::lower::schemas::unions::discriminator;

/// Builds the types of the components. The id of a type is the index of its component. The names of inline schemas
/// contain `operation_names`.
pub(in crate::lower) fn build(schemas: &mut Schemas<'_>, operation_names: &[String]) {
    let (document, settings) = (schemas.document, schemas.settings);
    let custom_name = |key: &str| {
        let extensions = document
            .components
            .get(key)
            .and_then(|id| extensions::type_name(&document.schemas[*id].extensions));
        settings.schemas.get(key).cloned().or(extensions)
    };
    let bodies = bodies_of_operations(document, settings, operation_names);
    let origin = |key: &str| {
        let of_operation = || bodies.get(key).cloned().map(Origin::Inline);
        let origin = custom_name(key).map(Origin::Custom).or_else(of_operation);
        origin.unwrap_or_else(|| Origin::Component(key.to_owned()))
    };
    let renamed = |key: &str| match origin(key) {
        Origin::Component(name) | Origin::Custom(name) => name,
        Origin::Inline(path) | Origin::Shared { first: path, .. } => path.join(" "),
    };
    let shared = shared_error_bodies::find(document, &schemas.graph);
    schemas
        .graph
        .merge_duplicates(shared.iter().map(|group| group.bodies.as_slice()));
    let named = shared
        .into_iter()
        .filter_map(|group| Some((group.bodies[0], group.name?)));
    schemas.inline_names = InlineNames::find(document, &schemas.graph, operation_names, renamed, named);
    schemas.subtypes = discriminator::find_subtypes(schemas);
    for (key, id) in &document.components {
        resolve::add_type(schemas, *id, origin(key));
    }
    for (index, id) in (0..).zip(document.components.values()) {
        let body = resolve::component_body(schemas, index, *id);
        schemas.types.0[index as usize].body = body;
    }
}

/// Returns the paths of components that FastAPI names after the id of an operation, because its body has several
/// parameters: `Body_read_job_jobs__job_id__post` is named like an inline body.
fn bodies_of_operations(
    document: &Document,
    settings: &Settings,
    operation_names: &[String],
) -> HashMap<String, Vec<String>> {
    let is_idiomatic = settings.naming == Naming::Idiomatic;
    if !is_idiomatic || !document.components.keys().any(|key| key.starts_with("Body_")) {
        return HashMap::new();
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in operation_names {
        *counts.entry(name).or_default() += 1;
    }
    let components: HashSet<String> = document.components.keys().map(|key| words(key).join(" ")).collect();
    let operations = document.operations.iter().zip(operation_names);
    let bodies = operations.filter_map(|(operation, name)| {
        let key = format!("Body_{}", operation.id.as_ref()?);
        let path = vec![name.clone(), "request".to_owned()];
        // Otherwise, the name would have a number, which may change with the document.
        let is_free = counts.get(name.as_str()) == Some(&1) && !components.contains(&words(&path.join(" ")).join(" "));
        (is_free && document.components.contains_key(&key)).then_some((key, path))
    });
    bodies.collect()
}
