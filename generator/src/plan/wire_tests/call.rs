//! The input values of a call.

use crate::ir;
use crate::json::Json;
use crate::krate::{
    ArgumentType, Body, CallCase, CaseInput, Example, Ident, Input, InputKind, NestedStyle, Pagination,
    PaginationInput, TypeExpr,
};
use crate::plan::examples::ExampleBuilder;
use crate::plan::operations::{Inputs, placeholder, without_position, without_stream};

use super::canonical::canonical;

/// Returns the call of an operation. Its name is set later.
pub fn call_case(
    examples: &ExampleBuilder<'_>,
    source: &ir::Operation,
    name: &Ident,
    inputs: &Inputs,
    body: Option<&Body>,
    pagination: Option<&Pagination>,
) -> CallCase {
    let value_of = |input: &Input| {
        let example = input
            .example
            .clone()
            .map(|example| without_stream(source, input, without_position(source, input, example)));
        value(examples, inputs, input, example)
    };
    let arguments = inputs.arguments.iter().map(|input| {
        value_of(input).unwrap_or_else(|| CaseInput {
            value: placeholder(input),
            wire: None,
        })
    });
    let setters = inputs
        .setters
        .iter()
        .filter(|input| input.doc.deprecated.is_none() && !is_pagination_input(pagination, input));
    let setters: Vec<_> = setters
        .filter_map(|input| Some((input.name.clone(), value_of(input)?)))
        .collect();
    CallCase {
        name: name.clone(),
        arguments: arguments.collect(),
        media_type: media_type(body, inputs, &setters),
        setters,
        expectation: None,
    }
}

/// Returns the media type of the body, if a body is sent and the caller must choose its media type.
fn media_type(body: Option<&Body>, inputs: &Inputs, setters: &[(Ident, CaseInput)]) -> Option<&'static str> {
    let is_set = |input: &&Input| setters.iter().any(|(name, _)| *name == input.name);
    let mut sent = inputs.arguments.iter().chain(inputs.setters.iter().filter(is_set));
    let sample = body?.formats.first()?.sample;
    sample.filter(|_| sent.any(|input| matches!(input.kind, InputKind::Body(_))))
}

/// Returns whether pagination sets this input.
fn is_pagination_input(pagination: Option<&Pagination>, input: &Input) -> bool {
    let selector = pagination.and_then(|pagination| pagination.step.input());
    selector.and_then(PaginationInput::parameter) == Some(&input.wire)
}

fn value(examples: &ExampleBuilder<'_>, inputs: &Inputs, input: &Input, example: Option<Json>) -> Option<CaseInput> {
    // Files have no examples, so any bytes are used.
    let bytes = || Json::String("bytes".to_owned());
    let file = match (&input.argument, &input.ty) {
        (ArgumentType::IntoBytes | ArgumentType::IntoFile, _) | (_, TypeExpr::File) => Some(bytes()),
        (_, TypeExpr::List(of)) if **of == TypeExpr::File => Some(Json::Array(vec![bytes(), bytes()])),
        _ => None,
    };
    let example = sendable(input, example.or(file)?)?;
    let ty = inputs.types.get(&input.name)?;
    let wire = canonical(examples, ty, &example);
    let sent = wire.as_ref().unwrap_or(&example);
    let value = literal_or_json(passed(examples, input, ty, sent)?, sent);
    let empty = matches!(input.argument, ArgumentType::Items(_)) && sent.as_array().is_some_and(<[Json]>::is_empty);
    (!empty).then_some(CaseInput { value, wire })
}

/// Returns the value in the form that the method or the field of a struct accepts.
fn passed(examples: &ExampleBuilder<'_>, input: &Input, ty: &ir::TypeRef, value: &Json) -> Option<Example> {
    let form = match (&input.argument, &input.ty) {
        (ArgumentType::Value, TypeExpr::File) => &ArgumentType::IntoFile,
        (ArgumentType::Value, TypeExpr::List(of)) if **of == TypeExpr::File => {
            &ArgumentType::Items(Box::new(ArgumentType::IntoFile))
        }
        (form, _) => form,
    };
    examples.argument(form, ty, value)
}

/// Removes the parts of a value that cannot be sent: OpenAPI does not define nested values in a deep object, although a
/// setting can.
fn sendable(input: &Input, mut value: Json) -> Option<Json> {
    if input.nested == Some(NestedStyle::Reject) {
        if value.as_array().is_some() {
            return None;
        }
        if let Some(entries) = value.as_object_mut() {
            entries.retain(|_, value| !matches!(value, Json::Array(_) | Json::Object(_)));
        }
    }
    Some(value)
}

/// Returns a literal unchanged and replaces any other value by its JSON text, which compiles fast regardless of its size.
fn literal_or_json(value: Example, wire: &Json) -> Example {
    match value {
        Example::Borrow(inner) => Example::Borrow(Box::new(literal_or_json(*inner, wire))),
        Example::Str(_) | Example::Bytes(_) | Example::File(_) => value,
        Example::Array(items)
            if items
                .iter()
                .all(|item| matches!(item, Example::Str(_) | Example::File(_))) =>
        {
            Example::Array(items)
        }
        literal if literal.is_literal() => literal,
        _ => Example::FromJson(wire.clone()),
    }
}
