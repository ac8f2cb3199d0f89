//! Equal error bodies that several operations declare inline: they become one type.
//!
//! In: the document's schemas. Out: groups of schemas, each with the name of its type, unless another type has that name.
//! Guarantees: this name depends on the status codes of the responses with the body, not on the first operation.

use std::fmt::Write as _;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::document::{Additional, Document, Operation, Schema, SchemaId, Status, Type};
use crate::lower::schemas::graph::Graph;
use crate::lower::schemas::inline_names::{is_named_as_error, status_word};

/// The maximum depth of the comparison. Error bodies are shallow.
const MAX_DEPTH: usize = 8;

/// Equal error bodies.
#[derive(Debug)]
pub(in crate::lower) struct SharedBody {
    /// The name of the type; `None` if another type already has it.
    pub(in crate::lower) name: Option<String>,
    /// The bodies, in the order of the document. The first one replaces the others.
    pub(in crate::lower) bodies: Vec<SchemaId>,
}

/// Finds the bodies that occur more than once.
pub(in crate::lower) fn find(document: &Document, graph: &Graph<'_>) -> Vec<SharedBody> {
    let mut groups: IndexMap<String, (Vec<Status>, Vec<SchemaId>)> = IndexMap::new();
    let mut seen: FxHashSet<SchemaId> = FxHashSet::default();
    for (status, id) in document.operations.iter().flat_map(bodies) {
        let schema = graph.get(id);
        // A schema of a component already has a name.
        let inline = graph.component(graph.target(id)).is_none() && schema.pointer.starts_with("#/paths/");
        let bare = schema.properties.is_empty() && schema.all_of.is_empty();
        if !inline || bare || !seen.insert(id) {
            continue;
        }
        if let Some(key) = fingerprint(graph, id) {
            let (statuses, bodies) = groups.entry(key).or_default();
            statuses.push(status);
            bodies.push(id);
        }
    }
    let mut groups: Vec<(Vec<Status>, Vec<SchemaId>)> =
        groups.into_values().filter(|(_, bodies)| bodies.len() > 1).collect();
    // The most frequent body gets the name.
    groups.sort_by_key(|(_, bodies)| std::cmp::Reverse(bodies.len()));
    let mut taken: FxHashSet<String> = document.components.keys().map(|key| normalized(key)).collect();
    groups
        .into_iter()
        .map(|(statuses, bodies)| {
            let name = name(&statuses);
            let free = taken.insert(normalized(&name));
            SharedBody {
                name: free.then_some(name),
                bodies,
            }
        })
        .collect()
}

/// Returns the bodies of an operation's error responses.
fn bodies(operation: &Operation) -> impl Iterator<Item = (Status, SchemaId)> {
    let error_responses = operation
        .responses
        .iter()
        .filter(|response| is_named_as_error(operation, response.status));
    error_responses.flat_map(|response| {
        let schemas = response.content.iter().filter_map(|content| content.schema);
        schemas.map(|schema| (response.status, schema))
    })
}

/// Returns the name of a body: its status in words, if all responses have the same status and this status has a
/// well-known reason phrase.
fn name(statuses: &[Status]) -> String {
    let word = status_word(statuses[0]);
    let same_status = statuses.iter().all(|status| *status == statuses[0]);
    let is_specific = matches!(statuses[0], Status::Code(_)) && word.starts_with(char::is_alphabetic);
    if same_status && is_specific {
        format!("{word} error")
    } else {
        "error response".to_owned()
    }
}

/// Removes case and punctuation from a name.
fn normalized(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns a fingerprint that is equal for equal types, or `None` for schemas that are not compared.
fn fingerprint(graph: &Graph<'_>, id: SchemaId) -> Option<String> {
    let mut out = String::new();
    write_fingerprint(graph, id, MAX_DEPTH, &mut out)?;
    Some(out)
}

fn write_fingerprint(graph: &Graph<'_>, id: SchemaId, remaining_depth: usize, out: &mut String) -> Option<()> {
    let schema = graph.get(id);
    let remaining_depth = remaining_depth.checked_sub(1)?;
    if let Some(reference) = schema.reference {
        let _ = write!(out, "ref {} ", graph.target(reference).0);
    }
    write_keywords(&schema, out);
    if schema.discriminator.is_some() {
        return None;
    }
    let parts = [&schema.all_of, &schema.conditional, &schema.prefix_items];
    for members in parts.into_iter().chain([&schema.one_of, &schema.any_of]) {
        out.push('[');
        for member in members {
            write_fingerprint(graph, *member, remaining_depth, out)?;
        }
        out.push(']');
    }
    for (name, property) in &schema.properties {
        let _ = write!(out, "{name:?} {{");
        write_fingerprint(graph, *property, remaining_depth, out)?;
    }
    let additional = match schema.additional {
        Additional::Schema(value) => Some(value),
        Additional::Unspecified | Additional::Any | Additional::Forbidden => {
            let _ = write!(out, "{:?} ", schema.additional);
            None
        }
    };
    for (word, below) in [("values", additional), ("items", schema.items)] {
        if let Some(below) = below {
            let _ = write!(out, "{word} {{");
            write_fingerprint(graph, below, remaining_depth, out)?;
        }
    }
    out.push('}');
    Some(())
}

/// Writes the keywords of a schema without its subschemas. Titles, descriptions and examples do not count.
fn write_keywords(schema: &Schema, out: &mut String) {
    let types: Vec<Type> = schema.types.iter().collect();
    let _ = write!(
        out,
        "{types:?} {:?} ",
        (
            schema.never,
            schema.nullable,
            schema.read_only,
            schema.write_only,
            schema.deprecated,
        )
    );
    let _ = write!(
        out,
        "{:?} ",
        (
            &schema.format,
            &schema.content_encoding,
            &schema.content_media_type,
            &schema.values,
            &schema.constant,
            &schema.default,
            &schema.required,
            &schema.bounds,
            &schema.extensions,
            &schema.xml,
        )
    );
}
