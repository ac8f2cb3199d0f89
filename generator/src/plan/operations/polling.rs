//! The polling of a long-running operation: which requests return its status, and the type of its result.

use crate::ir::{self, Api, Content, FieldPath, PollingTarget};
use crate::json;
use crate::krate::{OperationId, Output, Polling, TypeExpr, WireName};
use crate::plan::xml;
use crate::wire::Status;

use super::outputs;

/// Plans the polling of an operation. Results are read as JSON.
pub fn polling(api: &Api, source: &ir::Operation) -> Option<Polling> {
    let rule = source.polling.as_ref()?;
    let (operation, headers, inputs) = match &rule.target {
        PollingTarget::Header(headers) => (None, headers.clone(), Vec::new()),
        PollingTarget::Operation { operation, inputs } => {
            let inputs = inputs.iter().map(|(name, path)| (WireName::new(name), pointer(path)));
            (Some(OperationId(*operation)), Vec::new(), inputs.collect())
        }
    };
    let (result, resource) = result(api, source, &rule.target)?;
    Some(Polling {
        operation,
        headers,
        inputs,
        status: rule.status.as_ref().map(pointer),
        done: rule.done.clone(),
        failed: rule.failed.clone(),
        interval: rule.interval,
        result,
        resource,
    })
}

/// Returns the result, and whether it is a resource rather than the status. `None` if it is XML.
fn result(api: &Api, source: &ir::Operation, target: &PollingTarget) -> Option<(Output, bool)> {
    match target {
        PollingTarget::Operation { operation, .. } => {
            Some((json(api, &api.operations.get(*operation)?.success.content)?, false))
        }
        PollingTarget::Header(_) => {
            let with_code = |wanted: &[u16]| {
                let mut cases = source.success.cases.iter();
                cases.find(|case| {
                    let is_wanted = matches!(case.status, Status::Code(code) if wanted.contains(&code));
                    is_wanted && matches!(case.content, Content::Json { .. })
                })
            };
            let (case, is_resource) = match with_code(&[200, 201]) {
                Some(case) => (Some(case), true),
                None => (with_code(&[202]), false),
            };
            let content = case.map_or(&Content::Empty, |case| &case.content);
            Some((json(api, content)?, is_resource))
        }
    }
}

/// Returns the output for a body that is read as JSON. A body of another kind becomes an optional JSON value. `None`
/// for XML.
fn json(api: &Api, content: &Content) -> Option<Output> {
    if xml::of_content(api, content).is_some() {
        return None;
    }
    Some(match outputs::output(api, content) {
        output @ (Output::Json(_) | Output::OptionalJson(_)) => output,
        Output::Empty | Output::Text | Output::Bytes | Output::Stream(_) | Output::ByStatus => {
            Output::OptionalJson(TypeExpr::Json)
        }
    })
}

/// Returns a path as a JSON pointer.
fn pointer(path: &FieldPath) -> String {
    json::pointer(path.0.iter().map(String::as_str))
}
