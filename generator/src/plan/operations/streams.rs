//! Answers that are read as they come.

use crate::ir::{self, BodyKind, Shape};
use crate::json::Json;
use crate::krate::{ExampleCall, Framing, Ident, Input, ModelBody, OtherStream, Place, Stream, TypeExpr};
use crate::plan::models::by_wire;
use crate::plan::types;

use super::{Context, Inputs};

/// The property that servers have for it: whether to answer with a stream.
const SWITCH: &str = "stream";

/// A stream, as the crate has it.
pub fn stream(source: &ir::Stream) -> Stream {
    let (framing, item) = match source {
        ir::Stream::Events(None) => (Framing::TextEvents, TypeExpr::String),
        ir::Stream::Events(Some(ty)) => (Framing::Events, types::expr(ty)),
        ir::Stream::Lines(ty) => (Framing::Lines, types::expr(ty)),
        ir::Stream::Sequence(ty) => (Framing::Sequence, types::expr(ty)),
    };
    Stream { framing, item }
}

/// The stream that an operation gives beside something else. `call` makes an example of its call of what it is given of each
/// input.
pub fn other(
    context: &Context<'_>,
    operation: &ir::Operation,
    inputs: &Inputs,
    call: impl FnOnce(&dyn Fn(&Input, Json) -> Json, &dyn Fn(&Input) -> bool) -> ExampleCall,
) -> Option<OtherStream> {
    let form = operation.success.stream.as_ref()?;
    let given = || inputs.setters.iter().chain(&inputs.arguments);
    let is_switch = |input: &Input| input.wire.as_str() == SWITCH && is_bool(&input.ty);
    let field = property(context, operation);
    let is_wish = |input: &Input| is_switch(input) || (field.is_some() && input.place == Place::Body(0));
    let note = match (given().find(|input| is_switch(input)), &field) {
        (Some(input), _) => Some(format!("The server streams where `{}` is `true`.", input.name)),
        (None, Some(field)) => Some(format!("The server streams where `{field}` of the body is `true`.")),
        (None, None) => None,
    };
    let wished = |input: &Input, mut example: Json| match &mut example {
        Json::Object(entries) if is_wish(input) => {
            entries.insert(SWITCH.to_owned(), Json::Bool(true));
            example
        }
        Json::Bool(_) if is_wish(input) => Json::Bool(true),
        _ => example,
    };
    Some(OtherStream {
        stream: stream(&form.stream),
        media_type: form.media_type.clone(),
        note,
        call: call(&wished, &is_wish),
        example: form.example.clone(),
    })
}

/// An example of an input, without the wish for a stream where the whole is asked for.
pub fn plain(operation: &ir::Operation, input: &Input, mut example: Json) -> Json {
    if operation.success.stream.is_none() {
        return example;
    }
    if let (Json::Object(entries), Place::Body(_)) = (&mut example, &input.place)
        && let Some(wish @ Json::Bool(_)) = entries.get_mut(SWITCH)
    {
        *wish = Json::Bool(false);
    }
    match example {
        Json::Bool(_) if input.wire.as_str() == SWITCH => Json::Bool(false),
        example => example,
    }
}

/// The field of the body by which the server is told to stream. It is the caller's, who may have a reason.
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
