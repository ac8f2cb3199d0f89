//! The results of an operation.

use crate::ir::{Api, Content, Docs, Operation};
use crate::krate::{Output, OutputCase};
use crate::plan::names::{Case, Claim, Rank, Scope};
use crate::plan::sizes::Sizes;
use crate::plan::{doc_text, status, types};
use crate::wire::{Status, essence};

use super::streams;

/// Returns the result of `send`, and each documented success.
pub fn outputs(sizes: &Sizes, operation: &Operation) -> (Output, Vec<OutputCase>) {
    let claims = operation
        .success
        .cases
        .iter()
        .map(|case| Claim::new(Rank::Document, status::key(case.status), status::words(case.status)));
    let names = Scope::new(Case::Pascal)
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
            output: match output(&case.content) {
                Output::Json(ty) if several => Output::Json(sizes.boxed_if_large(ty)),
                other => other,
            },
            media_type: media_type(&case.content).map(str::to_owned),
            example: case.example.clone(),
        }
    });
    (output(&operation.success.content), cases.collect())
}

fn output(content: &Content) -> Output {
    match content {
        Content::Empty => Output::Empty,
        Content::Json {
            ty, optional: false, ..
        } => Output::Json(types::expr(ty)),
        Content::Json { ty, optional: true, .. } => Output::OptionalJson(types::shape(&ty.shape)),
        Content::Text { .. } => Output::Text,
        Content::Bytes { .. } => Output::Bytes,
        Content::Stream { stream, .. } => Output::Stream(streams::stream(stream)),
        Content::ByStatus => Output::ByStatus,
    }
}

/// Returns the documented media type of a body.
pub fn media_type(content: &Content) -> Option<&str> {
    match content {
        Content::Json { media_type, .. }
        | Content::Text { media_type }
        | Content::Bytes { media_type }
        | Content::Stream { media_type, .. } => Some(media_type),
        Content::Empty | Content::ByStatus => None,
    }
}

/// Returns the value of `Accept`: the media types of successes, then those of errors with a lower weight.
pub fn accept(api: &Api, operation: &Operation) -> Option<String> {
    let mut types: Vec<String> = Vec::new();
    for case in &operation.success.cases {
        types.extend(media_type(&case.content).map(essence));
    }
    let wanted = types.len();
    let errors = api
        .error_sets
        .get(operation.errors.0 as usize)
        .into_iter()
        .flat_map(|set| &set.cases);
    for case in errors {
        types.extend(media_type(&case.content).map(essence));
    }
    let mut seen: Vec<String> = Vec::new();
    for (index, media_type) in types.into_iter().enumerate() {
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
    if seen.is_empty() {
        let any = operation
            .success
            .cases
            .iter()
            .any(|case| case.status == Status::Default);
        return Some(if any { "*/*" } else { "application/json" }.to_owned());
    }
    Some(seen.join(", "))
}
