//! Properties of composed schemas.

use std::collections::HashSet;

use super::values::Direction;
use crate::document::{Additional, Schema, SchemaId, Schemas, Type, TypeSet};

/// The longest chain of references and compositions that is followed.
const MAX_DEPTH: usize = 32;

/// Returns the types that a schema declares, or that its other keywords imply.
pub(super) fn types(schema: &Schema) -> TypeSet {
    let is_composed = schema.reference.is_some()
        || !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty());
    if !schema.types.is_empty() || is_composed || schema.nullable {
        return schema.types;
    }
    let is_object = !schema.properties.is_empty() || schema.additional != Additional::Unspecified;
    let implied = match (is_object, schema.items) {
        (true, _) => Some(Type::Object),
        (false, Some(_)) => Some(Type::Array),
        (false, None) => None,
    };
    implied.into_iter().collect()
}

/// The properties that a schema documents.
#[derive(Default)]
pub(super) struct Documented<'d> {
    names: HashSet<&'d str>,
    /// Whether all properties are documented, because additional ones have a schema.
    all: bool,
    /// Whether a schema forbids additional properties.
    closed: bool,
}

impl Documented<'_> {
    /// Returns whether a property is documented. An object without any documented property is a map.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all || (self.names.is_empty() && !self.closed) || self.names.contains(name)
    }
}

/// Returns the properties that a schema and its parts document. `member` chooses the member of a union.
pub(super) fn documented<'d>(
    schemas: &'d Schemas,
    id: SchemaId,
    member: &mut dyn FnMut(SchemaId) -> Option<SchemaId>,
) -> Documented<'d> {
    let mut documented = Documented::default();
    collect(schemas, id, member, &mut documented, 0);
    documented
}

fn collect<'d>(
    schemas: &'d Schemas,
    id: SchemaId,
    member: &mut dyn FnMut(SchemaId) -> Option<SchemaId>,
    documented: &mut Documented<'d>,
    depth: usize,
) {
    if depth > MAX_DEPTH {
        return;
    }
    let schema = &schemas[id];
    documented.names.extend(schema.properties.keys().map(String::as_str));
    match schema.additional {
        Additional::Any | Additional::Schema(_) => documented.all = true,
        Additional::Forbidden => documented.closed = true,
        Additional::Unspecified => {}
    }
    let parts = schema.reference.iter().chain(&schema.all_of);
    for part in parts.chain(&schema.conditional) {
        collect(schemas, *part, member, documented, depth + 1);
    }
    if !(schema.one_of.is_empty() && schema.any_of.is_empty()) {
        if let Some(discriminator) = &schema.discriminator {
            documented.names.insert(&discriminator.property);
        }
        if let Some(chosen) = member(id) {
            collect(schemas, chosen, member, documented, depth + 1);
        }
    }
}

/// Returns the schema to which a property is added: the target of references, the chosen member of a union, or the last inline
/// part of `allOf` with properties.
pub(super) fn owner(schemas: &Schemas, id: SchemaId, member: &mut dyn FnMut(SchemaId) -> Option<SchemaId>) -> SchemaId {
    let mut owner = id;
    for _ in 0..MAX_DEPTH {
        let schema = &schemas[owner];
        let inline = |part: &&SchemaId| schemas[**part].reference.is_none() && !schemas[**part].properties.is_empty();
        let next = if !schema.properties.is_empty() {
            None
        } else if schema.reference.is_some() {
            schema.reference
        } else if let Some(part) = schema.all_of.iter().rev().find(inline) {
            Some(*part)
        } else if schema.one_of.is_empty() && schema.any_of.is_empty() {
            None
        } else {
            member(owner)
        };
        match next {
            Some(next) => owner = next,
            None => break,
        }
    }
    owner
}

/// Returns whether a property is read-only, itself or by its reference.
pub(super) fn is_read_only(schemas: &Schemas, id: SchemaId) -> bool {
    chain(schemas, id).any(|id| schemas[id].read_only)
}

/// Returns whether a property is write-only, itself or by its reference.
pub(super) fn is_write_only(schemas: &Schemas, id: SchemaId) -> bool {
    chain(schemas, id).any(|id| schemas[id].write_only)
}

/// Returns the schema with the keyword that excludes a property from a direction.
pub(super) fn holder_of_direction(schemas: &Schemas, id: SchemaId, direction: Direction) -> SchemaId {
    let has_keyword = |id: &SchemaId| match direction {
        Direction::Request => schemas[*id].read_only,
        Direction::Response => schemas[*id].write_only,
    };
    chain(schemas, id).find(has_keyword).unwrap_or(id)
}

/// Returns the name of the component that a schema is or refers to.
pub(super) fn component_name(schemas: &Schemas, id: SchemaId) -> Option<&str> {
    let target = chain(schemas, id).last()?;
    schemas[target].pointer.rsplit('/').next()
}

/// Iterates over a schema and the targets of its references.
fn chain(schemas: &Schemas, id: SchemaId) -> impl Iterator<Item = SchemaId> {
    std::iter::successors(Some(id), move |id| schemas[*id].reference).take(MAX_DEPTH)
}
