//! The data of server-sent events.
//!
//! The item of `text/event-stream` is an event: an object of `event`, `data`, `id` and `retry`. Any other schema
//! describes the data. A union of events with different data becomes a union of their data. The name of the event
//! selects the variant.

use rustc_hash::FxHashMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{MediaContent, Schema, SchemaId};
use crate::ir::{Origin, Shape, Strategy, Text, TypeBody, TypeRef, Union, Variant};
use crate::json::Json;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::resolve;
use crate::lower::schemas::unions;
use crate::lower::types::lookup;
use crate::wire::EnumBase;

/// The fields of a server-sent event.
const EVENT_FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

/// An event that a union of events describes.
struct NamedEvent {
    /// Its schema.
    schema: SchemaId,
    /// The values of `event`.
    names: Vec<String>,
    /// The schema of its data.
    data: Option<SchemaId>,
}

/// Returns the type of the data of events, or `None` if it is text.
pub(in crate::lower) fn data(schemas: &mut Schemas<'_>, content: &MediaContent) -> Option<TypeRef> {
    let mut id = content.item_schema.or(content.schema)?;
    let mut schema = all_of::flatten_target(schemas, id);
    if let Some(items) = schema.items {
        id = items;
        schema = all_of::flatten_target(schemas, id);
    }
    let members: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
    let flattened: Vec<Schema> = members
        .iter()
        .map(|member| Schema::clone(&all_of::flatten_target(schemas, *member)))
        .collect();
    if is_event(&schema) && flattened.iter().all(|member| !member.properties.contains_key("data")) {
        return payload(schemas, schema.properties["data"]);
    }
    let events = members.into_iter().zip(&flattened).map(|(id, member)| NamedEvent {
        schema: id,
        names: names(schemas, member),
        data: property(member, &schema, "data"),
    });
    let events: Vec<NamedEvent> = events.collect();
    let is_known = |(member, event): (&Schema, &NamedEvent)| {
        is_event(member) || is_event(&schema) || (has_event_fields(member) && !event.names.is_empty())
    };
    let has_data = events.iter().any(|event| event.data.is_some());
    if !has_data || !flattened.iter().zip(&events).all(is_known) {
        return payload(schemas, id);
    }
    let mut data = events.iter().map(|event| event.data.map(|id| schemas.target(id)));
    let first = data.next().flatten();
    if data.all(|other| other == first) {
        return payload(schemas, first?);
    }
    let ty = union(schemas, id, &events);
    if ty.is_none() {
        let message = "events have different data, and the constants of `event` do not distinguish them; the data is returned as text";
        schemas
            .report
            .push(Diagnostic::new(Code::MixedEventData, content.place, message));
    }
    ty
}

/// Returns the union of the data of events, or `None` if a name does not determine the data.
fn union(schemas: &mut Schemas<'_>, id: SchemaId, events: &[NamedEvent]) -> Option<TypeRef> {
    let mut known: FxHashMap<&str, Option<SchemaId>> = FxHashMap::default();
    let mut distinct: Vec<(&NamedEvent, Vec<String>)> = Vec::new();
    for event in events {
        let data = event.data.map(|id| schemas.target(id));
        let mut new = Vec::new();
        for name in &event.names {
            match known.insert(name, data) {
                None => new.push(name.clone()),
                Some(other) if other != data => return None,
                Some(_) => {}
            }
        }
        match (event.names.is_empty(), new.is_empty()) {
            (true, _) => return None,
            (false, true) => {}
            (false, false) => distinct.push((event, new)),
        }
    }
    // The schema of the data is the source of the docs and the example.
    let source = Schema {
        any_of: events.iter().filter_map(|event| event.data).collect(),
        description: all_of::flatten_target(schemas, id).description.clone(),
        ..Schema::default()
    };
    let source = unions::synthetic_member(schemas, schemas.target(id), source, "data")?;
    let (mut variants, mut text) = (Vec::new(), Vec::new());
    for (index, (event, names)) in distinct.into_iter().enumerate() {
        let ty = event.data.and_then(|data| payload(schemas, data));
        if ty.is_none() {
            text.extend(names.iter().cloned());
        }
        let ty = ty.unwrap_or_else(|| TypeRef::non_null(Shape::Text(Text::Unformatted)));
        variants.push(Variant {
            name: names[0].clone(),
            tags: names,
            ..unions::variant(schemas, event.schema, index, ty)
        });
    }
    let origin = Origin::Inline(schemas.inline_names.path(source));
    let ty = resolve::add_type(schemas, source, origin);
    schemas.types[ty].body = TypeBody::Union(Union {
        variants,
        strategy: Strategy::EventName { text },
        // The server may send other events. Without a variant for them, their data would be lost.
        open: true,
        verbatim: false,
        ambiguous: Vec::new(),
    });
    Some(TypeRef::non_null(Shape::Named(ty)))
}

/// Returns the names that an event can have; none if the schema does not list them.
fn names(schemas: &mut Schemas<'_>, event: &Schema) -> Vec<String> {
    let Some(name) = event.properties.get("event") else {
        return Vec::new();
    };
    let name = all_of::flatten_target(schemas, *name);
    let values = match (&name.constant, &name.values) {
        (Some(value), _) => std::slice::from_ref(value),
        (None, Some(values)) => values.as_slice(),
        (None, None) => &[],
    };
    let names = values.iter().map(|value| match value {
        Json::String(name) => Some(name.clone()),
        _ => None,
    });
    names.collect::<Option<_>>().unwrap_or_default()
}

/// Returns a property of a union member, otherwise that of the schema that contains the union.
fn property(member: &Schema, whole: &Schema, name: &str) -> Option<SchemaId> {
    let own = member.properties.get(name);
    own.or_else(|| whole.properties.get(name)).copied()
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
    schema.properties.contains_key("data") && has_event_fields(schema)
}

/// Returns whether all properties of a schema are fields of an event.
fn has_event_fields(schema: &Schema) -> bool {
    let known = |name: &String| EVENT_FIELDS.contains(&name.as_str());
    schema.properties.keys().all(known)
}
