//! The polling of a long-running operation: which requests return its status, and the type of its result.

use crate::ir::{self, Api, Content, FieldPath, PollingTarget};
use crate::json;
use crate::krate::{OperationId, Output, Polling, TypeExpr, WireName};
use crate::plan::xml;
use crate::wire::{ResultLocation, Status};

use super::outputs;

/// Plans the polling of an operation.
pub fn polling(api: &Api, source: &ir::Operation) -> Option<Polling> {
    let rule = source.polling.as_ref()?;
    let (operation, headers, inputs) = match &rule.target {
        PollingTarget::Header(headers) => (None, headers.clone(), Vec::new()),
        PollingTarget::Operation { operation, inputs } => {
            let inputs = inputs.iter().map(|(name, path)| (WireName::new(name), pointer(path)));
            (Some(OperationId(*operation)), Vec::new(), inputs.collect())
        }
    };
    let (content, location) = match &rule.result_type {
        Some(ty) => (&declared_result(source, ty), ResultLocation::Resource),
        None => result(api, source, &rule.target)?,
    };
    Some(Polling {
        operation,
        headers,
        inputs,
        status: rule.status.as_ref().map(pointer),
        done: rule.done.clone(),
        failed: rule.failed.clone(),
        interval: rule.interval,
        result: output(api, content),
        xml: xml::of_content(api, content),
        location: rule.result.unwrap_or(location),
    })
}

/// Returns the content of a result whose type the document declares. It has the media type of the documented success.
fn declared_result(source: &ir::Operation, ty: &ir::TypeRef) -> Content {
    let documented = source.success.cases.iter().find_map(|case| match &case.content {
        Content::Json { media_type, .. } => Some(media_type.clone()),
        Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::Stream { .. } | Content::ByStatus => {
            None
        }
    });
    Content::Json {
        media_type: documented.unwrap_or_else(|| "application/json".into()),
        ty: ty.clone(),
        optional: false,
    }
}

/// Returns the content of the result, and the location of the result, which is used if the document declares none.
fn result<'a>(
    api: &'a Api,
    source: &'a ir::Operation,
    target: &PollingTarget,
) -> Option<(&'a Content, ResultLocation)> {
    if let PollingTarget::Operation { operation, .. } = target {
        return Some((&api.operations.get(*operation)?.success.content, ResultLocation::Status));
    }
    let with_code = |wanted: &[u16]| {
        let is_wanted = |status| matches!(status, Status::Code(code) if wanted.contains(&code));
        let mut cases = source.success.cases.iter().filter(|case| is_wanted(case.status));
        cases.find_map(|case| has_result(&case.content).then_some(&case.content))
    };
    Some(match with_code(&[200, 201]) {
        Some(content) => (content, ResultLocation::Resource),
        None => (with_code(&[202]).unwrap_or(&Content::Empty), ResultLocation::Status),
    })
}

/// Returns whether a poller can return a body.
fn has_result(content: &Content) -> bool {
    match content {
        Content::Json { .. } | Content::Text { .. } | Content::Bytes { .. } => true,
        Content::Empty | Content::Stream { .. } | Content::ByStatus => false,
    }
}

/// Returns the output for a body. If no body, a stream or several bodies are documented, the output is an optional JSON
/// value.
fn output(api: &Api, content: &Content) -> Output {
    match outputs::output(api, content) {
        output @ (Output::Json(_) | Output::OptionalJson(_) | Output::Text | Output::Bytes) => output,
        Output::Empty | Output::Stream(_) | Output::ByStatus => Output::OptionalJson(TypeExpr::Json),
    }
}

/// Returns a path as a JSON pointer.
fn pointer(path: &FieldPath) -> String {
    json::pointer(path.0.iter().map(String::as_str))
}
