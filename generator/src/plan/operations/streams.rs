//! Streamed responses.

use crate::ir::{self, BodyKind, Shape};
use crate::json::Json;
use crate::krate::{AlternativeStream, ExampleCall, Framing, Ident, Input, InputKind, ModelBody, Stream, TypeExpr};
use crate::plan::models::by_wire;
use crate::plan::types;

use super::{Context, Inputs};

/// The property by which clients ask common servers for a stream.
const SWITCH: &str = "stream";

/// Converts a stream of the document.
pub fn stream(source: &ir::Stream) -> Stream {
    let (framing, item) = match source {
        ir::Stream::Events(None) => (Framing::TextEvents, TypeExpr::String),
        ir::Stream::Events(Some(ty)) => (Framing::Events, types::expr(ty)),
        ir::Stream::Lines(ty) => (Framing::Lines, types::expr(ty)),
        ir::Stream::Sequence(ty) => (Framing::Sequence, types::expr(ty)),
    };
    Stream { framing, item }
}

/// Returns the stream that an operation returns as an alternative. `call` builds the example call from the examples of
/// the inputs.
pub fn other(
    context: &Context<'_>,
    operation: &ir::Operation,
    inputs: &Inputs,
    call: impl FnOnce(&dyn Fn(&Input, Json) -> Json, &dyn Fn(&Input) -> bool) -> ExampleCall,
) -> Option<AlternativeStream> {
    let form = operation.success.stream.as_ref()?;
    let all = || inputs.setters.iter().chain(&inputs.arguments);
    let is_switch = |input: &Input| input.wire.as_str() == SWITCH && is_bool(&input.ty);
    let field = property(context, operation);
    let asks_for_stream = |input: &Input| is_switch(input) || (field.is_some() && input.kind == InputKind::Body(0));
    let note = match (all().find(|input| is_switch(input)), &field) {
        (Some(input), _) => Some(format!("The server streams only if `{}` is `true`.", input.name)),
        (None, Some(field)) => Some(format!(
            "The server streams only if the field `{field}` of the body is `true`."
        )),
        (None, None) => None,
    };
    let asking = |input: &Input, mut example: Json| match &mut example {
        Json::Object(entries) if asks_for_stream(input) => {
            entries.insert(SWITCH.to_owned(), Json::Bool(true));
            example
        }
        Json::Bool(_) if asks_for_stream(input) => Json::Bool(true),
        _ => example,
    };
    Some(AlternativeStream {
        stream: stream(&form.stream),
        media_type: form.media_type.clone(),
        note,
        call: call(&asking, &asks_for_stream),
        example: form.example.clone(),
    })
}

/// Returns an example of an input that does not ask for a stream, if the operation can also return a whole body.
pub fn without_stream(operation: &ir::Operation, input: &Input, mut example: Json) -> Json {
    if operation.success.stream.is_none() {
        return example;
    }
    if let (Json::Object(entries), InputKind::Body(_)) = (&mut example, &input.kind)
        && let Some(flag @ Json::Bool(_)) = entries.get_mut(SWITCH)
    {
        *flag = Json::Bool(false);
    }
    match example {
        Json::Bool(_) if input.wire.as_str() == SWITCH => Json::Bool(false),
        example => example,
    }
}

/// Returns the field of the body that asks for a stream. The SDK does not set it, because the caller may have reasons
/// not to.
fn property(context: &Context<'_>, operation: &ir::Operation) -> Option<Ident> {
    let form = operation.body.as_ref()?.forms.first()?;
    let shape = match &form.kind {
        BodyKind::Json(ty) => &ty.shape,
        BodyKind::Form(_) | BodyKind::Multipart(_) => return None,
        BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary => return None,
    };
    let Shape::Named(id) = types::resolve(&context.api.types, shape) else {
        return None;
    };
    let ModelBody::Record(record) = &context.models.get(id.0 as usize)?.body else {
        return None;
    };
    let field = by_wire(record, SWITCH)?;
    is_bool(&field.ty).then(|| field.name.clone())
}

fn is_bool(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Option(of) | TypeExpr::Nullable(of) => **of == TypeExpr::Bool,
        ty => *ty == TypeExpr::Bool,
    }
}
