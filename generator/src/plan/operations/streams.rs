//! Streamed responses.

use crate::ir::{self, BodyKind, Shape};
use crate::json::Json;
use crate::krate::{
    AlternativeStream, ExampleCall, Framing, Input, InputKind, ModelBody, Stream, StreamSwitch, TypeExpr, VariantEvents,
};
use crate::plan::models::{by_wire, code};
use crate::plan::types;

use super::{Context, Inputs};

/// The flags by which clients ask common servers for a stream, in lower case and without separators.
const STREAM_FLAGS: &[&str] = &[
    "stream",
    "streaming",
    "isstream",
    "isstreaming",
    "enablestreaming",
    "streamresponse",
];

/// Converts a stream of the document.
pub fn stream(api: &ir::Api, source: &ir::Stream) -> Stream {
    let variants = source.item().map_or_else(Vec::new, |item| variant_events(api, item));
    let (framing, item) = match source {
        ir::Stream::Events(None) => (Framing::TextEvents, TypeExpr::String),
        ir::Stream::Events(Some(ty)) if variants.is_empty() => (Framing::Events, types::expr(ty)),
        ir::Stream::Events(Some(ty)) => (Framing::NamedEvents, types::expr(ty)),
        ir::Stream::Lines(ty) => (Framing::Lines, types::expr(ty)),
        ir::Stream::Sequence(ty) => (Framing::Sequence, types::expr(ty)),
    };
    Stream {
        framing,
        item,
        variants,
    }
}

/// Returns the events of each variant of the event data. Returns none if the name of an event does not select a variant.
fn variant_events(api: &ir::Api, data: &ir::TypeRef) -> Vec<VariantEvents> {
    let Shape::Named(id) = api.types.resolve(&data.shape) else {
        return Vec::new();
    };
    let ir::TypeBody::Union(union) = &api.types[*id].body else {
        return Vec::new();
    };
    let ir::Strategy::EventName { text } = &union.strategy else {
        return Vec::new();
    };
    let variants = union.variants.iter().map(|variant| VariantEvents {
        names: variant.tags.clone(),
        is_text: variant.tags.iter().any(|name| text.contains(name)),
    });
    variants.collect()
}

/// Returns the stream that an operation returns as an alternative. `call` is the call that examples show.
pub fn alternative_stream(
    context: &Context<'_>,
    operation: &ir::Operation,
    inputs: &Inputs,
    call: impl FnOnce() -> ExampleCall,
) -> Option<AlternativeStream> {
    let form = operation.success.stream.as_ref()?;
    let mut all = inputs.setters.iter().chain(&inputs.arguments);
    let input = all.find(|input| is_stream_flag(input.wire.as_str()) && is_bool(&input.ty));
    let field = stream_flag_field(context, operation);
    let (switch, note) = match (input, field) {
        (Some(input), _) => (
            Some(StreamSwitch::Input(input.name.clone())),
            Some(format!("It sets {} to `true`.", code(input.name.as_str()))),
        ),
        (None, Some(Flag { wire, default, .. })) => {
            let note = format!("It sets the property {} of the body to `true`.", code(&wire));
            (Some(StreamSwitch::Property { wire, default }), Some(note))
        }
        (None, None) => (None, None),
    };
    Some(AlternativeStream {
        stream: stream(context.api, &form.stream),
        media_type: form.media_type.clone(),
        switch,
        note,
        call: call(),
        example: form.example.clone(),
    })
}

/// Returns whether the name is that of a flag by which clients ask for a stream.
fn is_stream_flag(wire: &str) -> bool {
    let letters: String = wire.chars().filter(|c| c.is_alphanumeric()).collect();
    STREAM_FLAGS.contains(&letters.to_ascii_lowercase().as_str())
}

/// Returns the example of an input with the stream flag set to `false`, if the operation can return either a body or a
/// stream. `send` and `send_stream` set the flag.
pub fn without_stream(operation: &ir::Operation, input: &Input, mut example: Json) -> Json {
    if operation.success.stream.is_none() {
        return example;
    }
    if let (Some(entries), InputKind::Body(_)) = (example.as_object_mut(), &input.kind) {
        for (_, flag) in entries.iter_mut().filter(|(name, _)| is_stream_flag(name)) {
            if let Json::Bool(flag) = flag {
                *flag = false;
            }
        }
    }
    match example {
        Json::Bool(_) if is_stream_flag(input.wire.as_str()) => Json::Bool(false),
        example => example,
    }
}

/// Returns an example for documentation: without the flag if it is optional, because `send` and `send_stream` set it.
pub fn without_flag(context: &Context<'_>, operation: &ir::Operation, input: &Input, example: Json) -> Json {
    let mut example = without_stream(operation, input, example);
    let is_optional = stream_flag_field(context, operation).is_some_and(|flag| flag.optional);
    if let (Some(entries), InputKind::Body(_), true) = (example.as_object_mut(), &input.kind, is_optional)
        && operation.success.stream.is_some()
    {
        entries.retain(|name, value| !(is_stream_flag(name) && matches!(value, Json::Bool(_))));
    }
    example
}

/// A property of the body that asks for a stream.
struct Flag {
    wire: String,
    optional: bool,
    /// Whether the server streams if the property is missing.
    default: bool,
}

/// Returns the property of the body that asks for a stream.
fn stream_flag_field(context: &Context<'_>, operation: &ir::Operation) -> Option<Flag> {
    let format = operation.body.as_ref()?.formats.first()?;
    let shape = match &format.kind {
        BodyKind::Json(ty) => &ty.shape,
        BodyKind::Form(_) | BodyKind::Multipart(_) => return None,
        BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary => return None,
    };
    let Shape::Named(id) = context.api.types.resolve(shape) else {
        return None;
    };
    let ir::TypeBody::Struct(body) = &context.api.types[*id].body else {
        return None;
    };
    let ModelBody::Record(record) = &context.models.get(id.0 as usize)?.body else {
        return None;
    };
    let mut fields = body.fields.iter();
    let field = fields.find(|field| {
        is_stream_flag(&field.wire) && by_wire(record, &field.wire).is_some_and(|field| is_bool(&field.ty))
    })?;
    Some(Flag {
        wire: field.wire.clone(),
        optional: !field.required || field.omittable,
        default: field.default == Some(Json::Bool(true)),
    })
}

fn is_bool(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Option(of) | TypeExpr::Nullable(of) => **of == TypeExpr::Bool,
        ty => *ty == TypeExpr::Bool,
    }
}
