//! Nullability: whether null is a value of a schema, in every notation.

use crate::document::{Schema, SchemaId, Type};
use crate::json::Json;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::graph::{OwnConstraints, own_constraints};

/// The maximum depth of the search.
const MAX_DEPTH: usize = 48;

/// What is known about a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lower) enum Nullable {
    /// Nothing yet.
    #[default]
    Unknown,
    /// The computation is in progress. A schema that is nullable only through itself is not nullable.
    InProgress,
    /// The result.
    Known(bool),
}

/// Returns whether null is a value: by `nullable`, a type list, an enum, a constant, or a member of a union, also
/// through references.
pub(in crate::lower) fn nullable(schemas: &mut Schemas<'_>, id: SchemaId) -> bool {
    nullable_within(schemas, id, MAX_DEPTH)
}

fn nullable_within(schemas: &mut Schemas<'_>, id: SchemaId, remaining_depth: usize) -> bool {
    let index = id.0 as usize;
    if schemas.nullables.len() <= index {
        schemas
            .nullables
            .resize(schemas.graph.len().max(index + 1), Nullable::Unknown);
    }
    match schemas.nullables[index] {
        Nullable::Known(known) => return known,
        Nullable::InProgress => return false,
        Nullable::Unknown if remaining_depth == 0 => return false,
        Nullable::Unknown => {}
    }
    schemas.nullables[index] = Nullable::InProgress;
    let schema = schemas.graph.get(id);
    let known = is_nullable(schemas, &schema, remaining_depth - 1);
    schemas.nullables[index] = Nullable::Known(known);
    known
}

fn is_nullable(schemas: &mut Schemas<'_>, schema: &Schema, remaining_depth: usize) -> bool {
    if schema.nullable || schema.types.has(Type::Null) {
        return true;
    }
    let listed = schema
        .values
        .as_ref()
        .is_some_and(|values| values.contains(&Json::Null));
    if listed || schema.constant == Some(Json::Null) {
        return true;
    }
    if schema
        .one_of
        .iter()
        .chain(&schema.any_of)
        .any(|member| nullable_within(schemas, *member, remaining_depth))
    {
        return true;
    }
    // A schema with its own `type` would list null there.
    let parts: Vec<SchemaId> = schema.reference.iter().chain(&schema.all_of).copied().collect();
    if !schema.types.is_empty() || parts.is_empty() {
        return false;
    }
    // A part with only `nullable` applies to the whole schema.
    let is_null_marker = |part: &SchemaId| {
        let part = schemas.graph.get(*part);
        part.nullable && own_constraints(&part) == OwnConstraints::None
    };
    if parts.iter().any(is_null_marker) {
        return true;
    }
    let mut any_nullable = false;
    for part in parts {
        let nullable = nullable_within(schemas, part, remaining_depth);
        any_nullable |= nullable;
        if !nullable && !schemas.graph.json_types(part, MAX_DEPTH).is_empty() {
            return false;
        }
    }
    any_nullable
}
