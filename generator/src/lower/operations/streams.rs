//! Responses that are streams: the type of their items and their framing.
//!
//! OpenAPI 3.2 describes an item by `itemSchema`. Earlier versions have only `schema`, which is read as the schema of an
//! item. The item of `text/event-stream` is an event: an object of `event`, `data`, `id` and `retry`. Any other schema
//! describes the data.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{MediaContent, Schema, SchemaId};
use crate::ir::{Content, Shape, Stream, StreamForm, SuccessCase, TypeBody, TypeRef};
use crate::lower::operations::bodies;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::resolve;
use crate::lower::types::lookup;
use crate::wire::{EnumBase, MediaKind};

/// The fields of a server-sent event.
const EVENT_FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

/// Returns the stream of a response.
pub(in crate::lower) fn stream(schemas: &mut Schemas<'_>, content: &MediaContent) -> Stream {
    if !content.name.is_json_lines() {
        return Stream::Events(event_data(schemas, content));
    }
    let line = bodies::line_schema(schemas, content);
    let item = line.map_or(TypeRef::non_null(Shape::Any), |line| resolve::type_ref(schemas, line));
    match content.name.is_sequence() {
        true => Stream::Sequence(item),
        false => Stream::Lines(item),
    }
}

/// Returns the stream that can be requested instead of the preferred media type.
pub(in crate::lower) fn alternative_stream(
    schemas: &mut Schemas<'_>,
    case: usize,
    content: &[MediaContent],
) -> Option<StreamForm> {
    let content = content
        .iter()
        .find(|content| content.name.kind() == MediaKind::Stream)?;
    Some(StreamForm {
        case,
        media_type: content.name.essence().into(),
        stream: stream(schemas, content),
        example: None,
    })
}

/// Replaces streams by bytes if other success responses of the operation are not the same stream.
pub(in crate::lower) fn streams_to_bytes(
    schemas: &mut Schemas<'_>,
    cases: &mut [SuccessCase],
    content: &[&MediaContent],
) {
    for case in cases {
        let Content::Stream { media_type, .. } = &case.content else {
            continue;
        };
        let message = format!(
            "`{media_type}` is returned as bytes, because the operation has another success response that is not this stream"
        );
        let place = content.iter().find(|content| content.name == *media_type);
        schemas.report.push(Diagnostic::new(
            Code::StreamedBody,
            place.map(|content| content.place),
            message,
        ));
        case.content = Content::Bytes {
            media_type: media_type.clone(),
        };
    }
}

/// Returns the type of the data of events, if it is JSON of a known type.
fn event_data(schemas: &mut Schemas<'_>, content: &MediaContent) -> Option<TypeRef> {
    let mut id = content.item_schema.or(content.schema)?;
    let mut schema = all_of::flatten_target(schemas, id);
    if let Some(items) = schema.items {
        id = items;
        schema = all_of::flatten_target(schemas, id);
    }
    let members: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
    let kinds: Vec<Schema> = members
        .iter()
        .map(|member| Schema::clone(&all_of::flatten_target(schemas, *member)))
        .collect();
    if is_event(&schema) && kinds.iter().all(|kind| !kind.properties.contains_key("data")) {
        return payload(schemas, schema.properties["data"]);
    }
    if kinds.is_empty() || !kinds.iter().all(|kind| is_event(kind) || is_event(&schema)) {
        return payload(schemas, id);
    }
    let mut data = kinds.iter().map(|kind| kind.properties.get("data").copied());
    let first = data.next().flatten();
    if data.all(|other| other.map(|id| schemas.target(id)) == first.map(|id| schemas.target(id))) {
        return payload(schemas, first?);
    }
    let message = "events with different names have different data; the data is returned as text";
    schemas
        .report
        .push(Diagnostic::new(Code::MixedEventData, content.place, message));
    None
}

/// Returns the type of data that is JSON, or `None` if it is text.
fn payload(schemas: &mut Schemas<'_>, id: SchemaId) -> Option<TypeRef> {
    let schema = all_of::flatten_target(schemas, id);
    if let Some(inner) = schema.content_schema {
        return Some(resolve::type_ref(schemas, inner));
    }
    if schema
        .content_media_type
        .as_ref()
        .is_some_and(|media| media.contains("json"))
    {
        return Some(TypeRef::non_null(Shape::Any));
    }
    let ty = resolve::type_ref(schemas, id);
    let is_text = match lookup::resolve_aliases(&schemas.types, &ty.shape) {
        Shape::Text(_) | Shape::Binary | Shape::Base64 | Shape::Any | Shape::Null | Shape::Never => true,
        Shape::Named(id) => {
            matches!(&schemas.types[*id].body, TypeBody::Enum(body) if body.base == EnumBase::String)
        }
        Shape::Bool | Shape::Int(_) | Shape::Float | Shape::Foreign(_) | Shape::Object => false,
        Shape::List(_) | Shape::Map(_) | Shape::Tuple(_) => false,
    };
    (!is_text).then_some(ty)
}

/// Returns whether a schema describes an event rather than its data.
fn is_event(schema: &Schema) -> bool {
    let known = |name: &String| EVENT_FIELDS.contains(&name.as_str());
    schema.properties.contains_key("data") && schema.properties.keys().all(known)
}
