//! The answers that a trial has to read: one for each documented status.

use crate::document::Status;
use crate::ir::{self, Api, Content, Shape, TypeRef};
use crate::json::Json;
use crate::krate::{ErrorEnum, Operation, Output, TrialAnswer, TrialOutcome};
use crate::plan::examples::Maker;

use super::canonical::canonical;
use super::streams;

/// The answers, successes first.
pub fn answers(
    maker: &Maker<'_>,
    source: &ir::Operation,
    operation: &Operation,
    errors: Option<&ErrorEnum>,
) -> Vec<TrialAnswer> {
    let documented = documented(maker.api, source);
    let mut answers = Vec::new();
    for (case, planned) in source.success.cases.iter().zip(&operation.cases) {
        let outcome = match operation.output {
            Output::ByStatus => TrialOutcome::Variant(planned.name.clone()),
            Output::Stream(_) => TrialOutcome::Items(streams::ITEMS),
            Output::Empty | Output::Json(_) | Output::OptionalJson(_) | Output::Text | Output::Bytes => {
                TrialOutcome::Success
            }
        };
        let found = code(case.status, true, &documented)
            .and_then(|status| answer(maker, status, &case.content, case.example.as_ref(), outcome));
        answers.extend(found.map(|answer| as_given(operation, answer)));
    }
    let cases = maker.api.error_sets.get(source.errors.0 as usize);
    let cases = cases.map(|set| set.cases.as_slice()).unwrap_or_default();
    for (case, variant) in cases
        .iter()
        .zip(errors.map(|errors| errors.variants.as_slice()).unwrap_or_default())
    {
        let outcome = TrialOutcome::Error(variant.name.clone());
        answers.extend(
            code(case.status, false, &documented)
                .and_then(|status| answer(maker, status, &case.content, None, outcome)),
        );
    }
    answers
}

/// What the caller gets is what all successes have in common.
fn as_given(operation: &Operation, answer: TrialAnswer) -> TrialAnswer {
    let written = match operation.output {
        Output::Empty => Some(String::new()),
        Output::OptionalJson(_) if answer.body.is_empty() => Some("null".to_owned()),
        Output::OptionalJson(_) | Output::Json(_) | Output::Text | Output::Bytes => answer.written,
        Output::Stream(_) | Output::ByStatus => answer.written,
    };
    TrialAnswer { written, ..answer }
}

fn documented(api: &Api, source: &ir::Operation) -> Vec<Status> {
    let errors = api.error_sets.get(source.errors.0 as usize);
    let errors = errors.into_iter().flat_map(|set| &set.cases).map(|case| case.status);
    source
        .success
        .cases
        .iter()
        .map(|case| case.status)
        .chain(errors)
        .collect()
}

/// A code that a status stands for, and no more exact one does.
fn code(status: Status, success: bool, documented: &[Status]) -> Option<u16> {
    let has = |status: Status| documented.contains(&status);
    let free = |code: &u16| !has(Status::Code(*code));
    let hundred = |code: u16| u8::try_from(code / 100).unwrap_or_default();
    match status {
        Status::Code(code) => (200..600).contains(&code).then_some(code),
        Status::Range(digit @ 2..=5) => {
            let first = u16::from(digit) * 100;
            (first..first + 100).find(free)
        }
        Status::Range(_) => None,
        Status::Default if success => (200..300).find(free),
        Status::Default => [500, 400, 404, 409, 422, 403, 503]
            .into_iter()
            .find(|code| free(code) && !has(Status::Range(hundred(*code)))),
    }
}

/// The answer with a status, as far as it can be told.
pub fn answer(
    maker: &Maker<'_>,
    status: u16,
    content: &Content,
    example: Option<&Json>,
    outcome: TrialOutcome,
) -> Option<TrialAnswer> {
    let (content_type, body, written) = match content {
        Content::Empty | Content::ByStatus => ("", String::new(), Some(String::new())),
        Content::Text { media_type } => {
            let text = example.and_then(Json::as_str).unwrap_or("Some text.").to_owned();
            (media_type.as_str(), text.clone(), Some(text))
        }
        Content::Bytes { media_type } => (media_type.as_str(), "bytes".to_owned(), Some("bytes".to_owned())),
        Content::Stream { media_type, stream } => {
            let (body, written) = streams::body(maker, stream, example)?;
            (media_type.as_str(), body, written)
        }
        Content::Json { media_type, ty, .. } => {
            let body = example.cloned().or_else(|| sample(maker.api, ty))?;
            let written = canonical(maker, ty, &body).map(|body| body.to_text());
            (media_type.as_str(), body.to_text(), written)
        }
    };
    // A media type with a wildcard is no answer's.
    let content_type = match content_type {
        wild if wild.contains('*') => match content {
            Content::Json { .. } => "application/json",
            Content::Text { .. } => "text/plain",
            Content::Bytes { .. } | Content::Stream { .. } | Content::Empty | Content::ByStatus => {
                "application/octet-stream"
            }
        },
        plain => plain,
    };
    let raw = matches!(outcome, TrialOutcome::Error(_)) && matches!(content, Content::Bytes { .. });
    Some(TrialAnswer {
        status,
        content_type: content_type.to_owned(),
        body,
        outcome,
        written: if raw { Some(String::new()) } else { written },
    })
}

/// A value of a type, as far as its parts have examples.
pub fn sample(api: &Api, ty: &TypeRef) -> Option<Json> {
    match &ty.shape {
        Shape::Named(id) => api.types[*id].example.clone(),
        Shape::List(of) => sample(api, of).map(|item| Json::Array(vec![item])),
        Shape::Text(ir::Text::Plain) => Some(Json::String("Some text.".to_owned())),
        Shape::Any | Shape::Object => Some(Json::Object(indexmap::IndexMap::new())),
        Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Int(_)
        | Shape::Float(_)
        | Shape::Text(_)
        | Shape::Base64
        | Shape::Binary
        | Shape::Map(_)
        | Shape::Tuple(_) => None,
    }
}
