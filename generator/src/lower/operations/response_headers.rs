//! Documented headers of responses, of successes and of errors.

use indexmap::IndexMap;

use crate::document::{Header, Operation};
use crate::ir::{DocumentedHeader, ResponseHeader, Shape, Text, TypeRef};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::resolve;

/// Returns the headers of an operation's responses, each once, with the status codes of the responses that have it.
pub(in crate::lower) fn of_operation(schemas: &mut Schemas<'_>, operation: &Operation) -> Vec<DocumentedHeader> {
    let mut found: IndexMap<String, DocumentedHeader> = IndexMap::new();
    for response in &operation.responses {
        for source in &response.headers {
            let header = header(schemas, source);
            let known = found
                .entry(source.name.to_ascii_lowercase())
                .or_insert_with(|| DocumentedHeader {
                    header: header.clone(),
                    statuses: Vec::new(),
                });
            if known.header.ty != header.ty {
                known.header.ty = TypeRef::non_null(Shape::Text(Text::Unformatted));
            }
            known.statuses.push(response.status);
        }
    }
    found.into_values().collect()
}

/// Returns a header. Without a schema it is text.
pub(in crate::lower) fn header(schemas: &mut Schemas<'_>, source: &Header) -> ResponseHeader {
    let text = TypeRef::non_null(Shape::Text(Text::Unformatted));
    ResponseHeader {
        name: source.name.clone(),
        description: source.description.clone(),
        required: source.required,
        ty: source.schema.map_or(text, |schema| resolve::type_ref(schemas, schema)),
    }
}
