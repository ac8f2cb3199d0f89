//! Schemas that are not in the document: unions of other schemas, and members of unions.

use crate::document::{Schema, SchemaId};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;

/// Returns a schema that accepts the values of all these schemas.
pub(in crate::lower) fn any_of(schemas: &Schemas<'_>, members: Vec<SchemaId>) -> Option<Schema> {
    let first = schemas.graph.get(*members.first()?);
    Some(Schema {
        place: first.place,
        pointer: first.pointer.clone(),
        any_of: members,
        ..Schema::default()
    })
}

/// Creates a synthetic member of a union, with an inline name below it.
pub(in crate::lower) fn synthetic_member(
    schemas: &mut Schemas<'_>,
    parent: SchemaId,
    schema: Schema,
    segment: &str,
) -> Option<SchemaId> {
    let Some(id) = schemas.graph.add(schema) else {
        all_of::report_size_limit(schemas, parent);
        return None;
    };
    schemas.inline_names.insert(id, parent, segment.to_owned());
    Some(id)
}
