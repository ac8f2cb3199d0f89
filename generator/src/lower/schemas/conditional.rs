//! Properties that an object has only under a condition: those in `then`, `else`, `dependentSchemas` and `dependencies`.
//!
//! A Rust type cannot express the condition, so each of these properties becomes an optional property of the object.

use indexmap::{IndexMap, IndexSet};

use crate::document::{Schema, SchemaId, Type};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::unions;

/// Adds the conditional properties of all parts to their merged schema. A property that a part describes without a
/// condition keeps that description. A schema without other properties that allows values other than objects is left
/// unchanged, because it would become an object.
pub(in crate::lower) fn add_properties(
    schemas: &mut Schemas<'_>,
    merged: &mut Schema,
    parts: &IndexSet<SchemaId>,
    owner: SchemaId,
) {
    let others = [Type::String, Type::Integer, Type::Number, Type::Boolean, Type::Array];
    if merged.properties.is_empty() && others.into_iter().any(|other| merged.types.has(other)) {
        return;
    }
    for (name, alternatives) in properties(schemas, merged, parts) {
        let property = match alternatives.as_slice() {
            [property] => Some(*property),
            _ => unions::any_of(schemas, alternatives)
                .and_then(|union| unions::synthetic_member(schemas, owner, union, &name)),
        };
        merged.properties.extend(property.map(|property| (name, property)));
    }
}

/// Returns the different schemas of each conditional property, in the order of the document.
fn properties(schemas: &Schemas<'_>, merged: &Schema, parts: &IndexSet<SchemaId>) -> IndexMap<String, Vec<SchemaId>> {
    let mut found: IndexMap<String, Vec<SchemaId>> = IndexMap::new();
    for part in conditional_parts(schemas, parts) {
        for (name, property) in &schemas.graph.get(part).properties {
            let target = schemas.target(*property);
            if merged.properties.contains_key(name) || schemas.graph.get(target).never {
                continue;
            }
            let alternatives = found.entry(name.clone()).or_default();
            if !alternatives.iter().any(|other| schemas.target(*other) == target) {
                alternatives.push(*property);
            }
        }
    }
    found
}

/// Returns all schemas that a value must match under a condition, including conditions in other conditions.
fn conditional_parts(schemas: &Schemas<'_>, parts: &IndexSet<SchemaId>) -> IndexSet<SchemaId> {
    let mut found: IndexSet<SchemaId> = IndexSet::new();
    let mut pending: Vec<SchemaId> = parts.iter().rev().copied().collect();
    while let Some(part) = pending.pop() {
        for condition in &schemas.graph.get(part).conditional {
            for part in all_of::all_of_parts(schemas, *condition) {
                if !parts.contains(&part) && found.insert(part) {
                    pending.push(part);
                }
            }
        }
    }
    found
}
