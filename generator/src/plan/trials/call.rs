//! The values that a trial gives.

use crate::ir;
use crate::json::Json;
use crate::krate::{Body, Example, Ident, Input, Nested, Paging, PagingInput, Place, Take, Trial, TrialInput};
use crate::plan::examples::Maker;
use crate::plan::operations::{Inputs, plain, stand_in};

use super::canonical::canonical;

/// The trial of an operation, under a name that is settled later.
pub fn trial(
    maker: &Maker<'_>,
    source: &ir::Operation,
    name: &Ident,
    inputs: &Inputs,
    body: Option<&Body>,
    paging: Option<&Paging>,
) -> Trial {
    let given = |input: &Input| {
        let example = input.example.clone().map(|example| plain(source, input, example));
        given(maker, inputs, input, example)
    };
    let arguments = inputs.arguments.iter().map(|input| {
        given(input).unwrap_or_else(|| TrialInput {
            value: stand_in(input),
            wire: None,
        })
    });
    let setters = inputs
        .setters
        .iter()
        .filter(|input| input.doc.deprecated.is_none() && !is_paged(paging, input));
    let setters: Vec<_> = setters
        .filter_map(|input| Some((input.name.clone(), given(input)?)))
        .collect();
    Trial {
        name: name.clone(),
        arguments: arguments.collect(),
        media_type: media_type(body, inputs, &setters),
        setters,
        proof: None,
    }
}

/// The media type of the body, where one is sent and the caller has to say which.
fn media_type(body: Option<&Body>, inputs: &Inputs, setters: &[(Ident, TrialInput)]) -> Option<&'static str> {
    let is_given = |input: &&Input| setters.iter().any(|(name, _)| *name == input.name);
    let mut given = inputs.arguments.iter().chain(inputs.setters.iter().filter(is_given));
    let sample = body?.forms.first()?.sample;
    sample.filter(|_| given.any(|input| matches!(input.place, Place::Body(_))))
}

/// Whether paging sets this input by itself.
fn is_paged(paging: Option<&Paging>, input: &Input) -> bool {
    match paging.and_then(|paging| paging.step.input()) {
        Some(PagingInput::Query(wire)) => *wire == input.wire,
        Some(PagingInput::Body(_)) | None => false,
    }
}

fn given(maker: &Maker<'_>, inputs: &Inputs, input: &Input, example: Option<Json>) -> Option<TrialInput> {
    // A file has no example, and any bytes are one.
    let bytes = || Json::String("bytes".to_owned());
    let file = match &input.take {
        Take::IntoBytes => Some(bytes()),
        Take::Items(item) if **item == Take::IntoBytes => Some(Json::Array(vec![bytes(), bytes()])),
        Take::Items(_) | Take::Value | Take::IntoString | Take::Borrow => None,
    };
    let example = sendable(input, example.or(file)?)?;
    let ty = inputs.types.get(&input.name)?;
    let wire = canonical(maker, ty, &example);
    let sent = wire.as_ref().unwrap_or(&example);
    let value = brief(maker.taken(&input.take, ty, sent)?, sent);
    let empty = matches!(input.take, Take::Items(_)) && sent.as_array().is_some_and(<[Json]>::is_empty);
    (!empty).then_some(TrialInput { value, wire })
}

/// What of a value has a form on the wire: OpenAPI says nothing of what is nested in a deep object, though a setting may.
fn sendable(input: &Input, mut value: Json) -> Option<Json> {
    if input.nested == Some(Nested::Refuse) {
        match &mut value {
            Json::Object(entries) => entries.retain(|_, value| !matches!(value, Json::Array(_) | Json::Object(_))),
            Json::Array(_) => return None,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }
    Some(value)
}

/// A literal, or the JSON of what is more: that costs the compiler next to nothing, however large it is.
fn brief(value: Example, wire: &Json) -> Example {
    match value {
        Example::Borrow(inner) => Example::Borrow(Box::new(brief(*inner, wire))),
        Example::Str(_) | Example::Bytes(_) => value,
        Example::Array(items)
            if items
                .iter()
                .all(|item| matches!(item, Example::Str(_) | Example::File(_))) =>
        {
            Example::Array(items)
        }
        plain if plain.is_plain() => plain,
        _ => Example::FromJson(wire.clone()),
    }
}
