//! The results of an operation.

use crate::ir::{Api, Content, Docs, Operation};
use crate::krate::{Ident, Output, OutputCase, Representation};
use crate::plan::models::code;
use crate::plan::names::{Casing, Claim, Rank, Scope, Words};
use crate::plan::sizes::Sizes;
use crate::plan::{doc_text, status, types, xml};
use crate::wire::{MediaType, Status};

use super::streams;

/// Returns the result of `send`, and each documented success.
pub fn outputs(api: &Api, sizes: &Sizes, operation: &Operation) -> (Output, Vec<OutputCase>) {
    let claims = operation
        .success
        .cases
        .iter()
        .map(|case| Claim::new(Rank::Document, status::key(case.status), status::words(case.status)));
    let names = Scope::new(Casing::Pascal)
        .without(&["Self", "Other"])
        .idents(&claims.collect::<Vec<_>>());
    let several = operation.success.content == Content::ByStatus;
    let cases = operation.success.cases.iter().zip(names).map(|(case, name)| {
        let docs = Docs {
            description: case.description.clone(),
            ..Docs::default()
        };
        let label = status::label(case.status);
        OutputCase {
            name,
            status: case.status,
            doc: doc_text::doc(&docs, || label.clone()),
            label,
            output: match output(api, &case.content) {
                Output::Json(ty) if several => Output::Json(sizes.boxed_if_large(ty)),
                other => other,
            },
            media_type: media_type(&case.content).cloned(),
            xml: xml::of_content(api, &case.content),
            // Examples are JSON.
            example: case
                .example
                .clone()
                .filter(|_| xml::of_content(api, &case.content).is_none()),
        }
    });
    (output(api, &operation.success.content), cases.collect())
}

pub(super) fn output(api: &Api, content: &Content) -> Output {
    match content {
        Content::Empty => Output::Empty,
        Content::Json {
            ty, optional: false, ..
        } => Output::Json(types::expr(ty)),
        Content::Json { ty, optional: true, .. } => Output::OptionalJson(types::shape(&ty.shape)),
        Content::Text { .. } => Output::Text,
        Content::Bytes { .. } => Output::Bytes,
        Content::Stream { stream, .. } => Output::Stream(streams::stream(api, stream)),
        Content::ByStatus => Output::ByStatus,
    }
}

/// Returns the documented media type of a body.
pub fn media_type(content: &Content) -> Option<&MediaType> {
    match content {
        Content::Json { media_type, .. }
        | Content::Text { media_type }
        | Content::Bytes { media_type }
        | Content::Stream { media_type, .. } => Some(media_type),
        Content::Empty | Content::ByStatus => None,
    }
}

/// Returns the representations that can be requested instead of the preferred one.
pub fn representations(api: &Api, operation: &Operation) -> Vec<Representation> {
    let errors = "# Errors\n\nSee [`send`](Self::send).";
    let plan = |other: &crate::ir::Representation| {
        let words = Words::of(&format!("as {}", other.words));
        let method = |verb: &str| Casing::Snake.ident(&words.prefixed_with(verb));
        let output = output(api, &other.content);
        let what = match &output {
            Output::Json(_) | Output::OptionalJson(_) => "the response body",
            Output::Text => "the response text",
            Output::Bytes => "the response bytes",
            Output::Empty | Output::Stream(_) | Output::ByStatus => "nothing",
        };
        let media_type = code(&other.media_type);
        Representation {
            doc: format!(
                "Sends the request with `Accept: {}` and returns {what}.\n\n{errors}",
                other.media_type
            ),
            response_doc: format!("Requests {media_type} and returns {what} with status code and headers.\n\n{errors}"),
            download_doc: format!("Requests {media_type} and returns the response with its body unread.\n\n{errors}"),
            send: method("send"),
            send_response: Ident::nearest(&format!("{}_response", method("send"))),
            download: (output == Output::Bytes).then(|| method("download")),
            accept: join_accept(vec![other.media_type.to_string()], error_types(api, operation)),
            media_type: other.media_type.clone(),
            xml: xml::of_content(api, &other.content),
            output,
        }
    };
    operation.success.representations.iter().map(plan).collect()
}

/// Returns the value of `Accept`: the media types of successes, those of errors with a lower weight, and any other one with the lowest
/// weight if the SDK can receive it.
pub fn accept(api: &Api, operation: &Operation) -> Option<String> {
    let mut types: Vec<String> = Vec::new();
    for case in &operation.success.cases {
        types.extend(media_type(&case.content).map(MediaType::essence));
    }
    let errors = error_types(api, operation);
    if types.is_empty() && errors.is_empty() {
        let any = operation
            .success
            .cases
            .iter()
            .any(|case| case.status == Status::Default);
        return Some(if any { "*/*" } else { "application/json" }.to_owned());
    }
    let mut accept = join_accept(types, errors);
    if takes_any_type(operation) && !accept.contains("*/*") {
        accept.push_str(", */*;q=0.1");
    }
    Some(accept)
}

/// Returns whether an operation succeeds only with bytes or text, in one representation. The SDK accepts them with any media
/// type. Frameworks such as Django reject a request whose `Accept` lists only media types that the framework does not know.
fn takes_any_type(operation: &Operation) -> bool {
    let success = &operation.success;
    let is_bytes_or_text = |content: &Content| matches!(content, Content::Bytes { .. } | Content::Text { .. });
    let contents = success.cases.iter().map(|case| &case.content);
    let mut contents = contents.filter(|content| **content != Content::Empty).peekable();
    success.representations.is_empty()
        && success.stream.is_none()
        && contents.peek().is_some()
        && contents.all(is_bytes_or_text)
}

fn error_types(api: &Api, operation: &Operation) -> Vec<String> {
    let set = api.error_sets.get(operation.errors.0 as usize);
    let cases = set.into_iter().flat_map(|set| &set.cases);
    cases
        .filter_map(|case| media_type(&case.content).map(MediaType::essence))
        .collect()
}

/// Joins media types, those of errors with a lower weight if there are others.
fn join_accept(types: Vec<String>, errors: Vec<String>) -> String {
    let wanted = types.len();
    let mut seen: Vec<String> = Vec::new();
    for (index, media_type) in types.into_iter().chain(errors).enumerate() {
        let known = seen
            .iter()
            .any(|other| other.split(';').next() == Some(media_type.as_str()));
        if !known {
            seen.push(if index < wanted || wanted == 0 {
                media_type
            } else {
                format!("{media_type};q=0.5")
            });
        }
    }
    seen.join(", ")
}
