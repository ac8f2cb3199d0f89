//! The responses of a call: one for each documented status.

use crate::ir::{self, Api, Content, Shape, TypeRef};
use crate::json::Json;
use crate::krate::{CaseOutcome, CaseResponse, ErrorEnum, Operation, Output};
use crate::plan::examples::ExampleBuilder;
use crate::wire::Status;

use super::canonical::canonical;
use super::streams;

/// Returns the responses, successes first.
pub fn responses(
    examples: &ExampleBuilder<'_>,
    source: &ir::Operation,
    operation: &Operation,
    errors: Option<&ErrorEnum>,
) -> Vec<CaseResponse> {
    let documented = documented(examples.api, source);
    let mut responses = Vec::new();
    for (case, planned) in source.success.cases.iter().zip(&operation.cases) {
        let outcome = match operation.output {
            Output::ByStatus => CaseOutcome::Variant(planned.name.clone()),
            Output::Stream(_) => CaseOutcome::Items(streams::ITEMS),
            Output::Empty | Output::Json(_) | Output::OptionalJson(_) | Output::Text | Output::Bytes => {
                CaseOutcome::Success
            }
        };
        let planned_response = code(case.status, true, &documented)
            .and_then(|status| response(examples, status, &case.content, case.example.as_ref(), outcome));
        responses.extend(planned_response.map(|response| as_returned(operation, response)));
    }
    let cases = examples.api.error_sets.get(source.errors.0 as usize);
    let cases = cases.map(|set| set.cases.as_slice()).unwrap_or_default();
    for (case, variant) in cases
        .iter()
        .zip(errors.map(|errors| errors.variants.as_slice()).unwrap_or_default())
    {
        let outcome = CaseOutcome::Error(variant.name.clone());
        responses.extend(
            code(case.status, false, &documented)
                .and_then(|status| response(examples, status, &case.content, None, outcome)),
        );
    }
    responses
}

/// Returns the response for each representation that is requested instead of the preferred one.
pub fn representations(examples: &ExampleBuilder<'_>, source: &ir::Operation) -> Vec<Option<CaseResponse>> {
    let plan = |other: &ir::Representation| {
        let case = source.success.cases.get(other.case)?;
        let Status::Code(status) = case.status else { return None };
        // The mock finds the response by its media type among those with the same status.
        response(
            examples,
            status,
            &case.content,
            case.example.as_ref(),
            CaseOutcome::Success,
        )?;
        let example = other.example.as_ref();
        response(examples, status, &other.content, example, CaseOutcome::Success)
    };
    let others = source.success.representations.iter();
    others
        .map(|other| plan(other).filter(|_| !other.media_type.contains('*')))
        .collect()
}

/// Adapts a response to the operation's result type, which all successes share.
fn as_returned(operation: &Operation, response: CaseResponse) -> CaseResponse {
    let serialized = match operation.output {
        Output::Empty => Some(String::new()),
        Output::OptionalJson(_) if response.body.is_empty() => Some("null".to_owned()),
        Output::OptionalJson(_) | Output::Json(_) | Output::Text | Output::Bytes => response.serialized,
        Output::Stream(_) | Output::ByStatus => response.serialized,
    };
    CaseResponse { serialized, ..response }
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

/// Returns a status code that matches a documented status and is not matched by a more specific documented status.
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

/// Returns the response with a status, if it can be determined.
pub fn response(
    examples: &ExampleBuilder<'_>,
    status: u16,
    content: &Content,
    example: Option<&Json>,
    outcome: CaseOutcome,
) -> Option<CaseResponse> {
    let (content_type, body, serialized) = match content {
        Content::Empty | Content::ByStatus => ("", String::new(), Some(String::new())),
        Content::Text { media_type } => {
            let text = example.and_then(Json::as_str).unwrap_or("Some text.").to_owned();
            (media_type.as_str(), text.clone(), Some(text))
        }
        Content::Bytes { media_type } => (media_type.as_str(), "bytes".to_owned(), Some("bytes".to_owned())),
        Content::Stream { media_type, stream } => {
            let (body, serialized) = streams::body(examples, stream, example)?;
            (media_type.as_str(), body, serialized)
        }
        // The text is not determined.
        Content::Json { media_type, .. } if media_type.is_xml() => return None,
        Content::Json { media_type, ty, .. } => {
            let body = example.cloned().or_else(|| sample(examples.api, ty))?;
            let serialized = canonical(examples, ty, &body).map(|body| body.to_text());
            (media_type.as_str(), body.to_text(), serialized)
        }
    };
    // A response cannot have a wildcard media type.
    let content_type = match content_type {
        range if range.contains('*') => match content {
            Content::Json { .. } => "application/json",
            Content::Text { .. } => "text/plain",
            Content::Bytes { .. } | Content::Stream { .. } | Content::Empty | Content::ByStatus => {
                "application/octet-stream"
            }
        },
        exact => exact,
    };
    let raw = matches!(outcome, CaseOutcome::Error(_)) && matches!(content, Content::Bytes { .. });
    Some(CaseResponse {
        status,
        content_type: content_type.to_owned(),
        body,
        outcome,
        serialized: if raw { Some(String::new()) } else { serialized },
    })
}

/// Returns a value of a type: an example of the document, or a placeholder for unformatted strings and arbitrary JSON.
/// `None` for other types without an example.
pub fn sample(api: &Api, ty: &TypeRef) -> Option<Json> {
    match &ty.shape {
        Shape::Named(id) => api.types[*id].example.clone(),
        Shape::List(of) => sample(api, of).map(|item| Json::Array(vec![item])),
        Shape::Text(ir::Text::Unformatted) => Some(Json::String("Some text.".to_owned())),
        Shape::Any | Shape::Object => Some(Json::empty_object()),
        Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Int(_)
        | Shape::Float
        | Shape::Foreign(_)
        | Shape::Text(_)
        | Shape::Base64
        | Shape::Binary
        | Shape::Map(_)
        | Shape::Tuple(_) => None,
    }
}
