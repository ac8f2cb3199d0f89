//! Success responses: what an operation returns.
//!
//! The successes are the `2xx` responses, or `default` if there is no `2xx` response, or the redirects if there is neither.
//! Responses with equal content share a type. An empty response next to a body that is read as JSON or XML makes the body
//! optional. Different contents are distinguished by the status code.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{MediaContent, Operation, Response, Status};
use crate::ir::{Content, Shape, Success, SuccessCase, TypeRef};
use crate::lower::operations::bodies;
use crate::lower::operations::representations;
use crate::lower::operations::response_headers;
use crate::lower::operations::streams;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::resolve;
use crate::wire::MediaKind;

/// Returns whether a response is a success.
pub(in crate::lower) fn is_success(operation: &Operation, status: Status) -> bool {
    let ok = Status::is_success;
    if operation.responses.iter().any(|response| ok(response.status)) {
        return ok(status);
    }
    if operation
        .responses
        .iter()
        .any(|response| response.status == Status::Default)
    {
        return status == Status::Default;
    }
    matches!(status, Status::Code(300..=399) | Status::Range(3))
}

/// Returns whether a response is a failure. `default` may be both.
pub(in crate::lower) fn is_failure(operation: &Operation, status: Status) -> bool {
    match status {
        Status::Default => true,
        Status::Code(100..=199) | Status::Range(1) => false,
        Status::Code(_) | Status::Range(_) => !is_success(operation, status),
    }
}

/// Returns the success responses of an operation.
pub(in crate::lower) fn success(schemas: &mut Schemas<'_>, operation: &Operation) -> Success {
    let (mut cases, mut stream, mut representations) = (Vec::new(), None, Vec::new());
    let responses = operation.responses.iter().map(AsRef::as_ref);
    let successes: Vec<&Response> = responses
        .filter(|response: &&Response| is_success(operation, response.status))
        .collect();
    for response in &successes {
        let content = content(schemas, operation, response);
        if stream.is_none() && !matches!(content, Content::Empty | Content::Stream { .. }) {
            stream = streams::alternative_stream(schemas, cases.len(), &response.content);
        }
        let alternative = (cases.len(), *response);
        representations::add(schemas, operation, alternative, &content, &mut representations);
        let headers = response.headers.iter();
        let headers = headers
            .map(|header| response_headers::header(schemas, header))
            .collect();
        cases.push(SuccessCase {
            status: response.status,
            description: response.description.clone(),
            headers,
            example: preferred(response)
                .and_then(|content| content.examples.first())
                .cloned(),
            content,
        });
    }
    let mut content = combined_content(&cases);
    if content == Content::ByStatus {
        let media: Vec<&MediaContent> = successes.iter().flat_map(|response| &response.content).collect();
        streams::streams_to_bytes(schemas, &mut cases, &media);
        content = combined_content(&cases);
    }
    Success {
        cases,
        content,
        stream,
        representations,
    }
}

/// Returns the content of a response.
pub(in crate::lower) fn content(schemas: &mut Schemas<'_>, operation: &Operation, response: &Response) -> Content {
    let bodiless = matches!(response.status, Status::Code(100..=199 | 204 | 205 | 304)) || operation.method == "HEAD";
    let Some(content) = preferred(response).filter(|_| !bodiless) else {
        return Content::Empty;
    };
    if !is_success(operation, response.status) {
        report_other_media_types(schemas, response, content);
    }
    let media_type = content.name.clone();
    let schema = content.schema.map(|id| all_of::flatten_target(schemas, id));
    match (bodies::kind_of_content(content, schema.as_deref()), content.schema) {
        (MediaKind::Json, Some(id)) => Content::Json {
            media_type,
            ty: resolve::type_ref(schemas, id),
            optional: false,
        },
        (MediaKind::Json, None) => Content::Json {
            media_type,
            ty: TypeRef::non_null(Shape::Any),
            optional: false,
        },
        (MediaKind::Text, _) => Content::Text { media_type },
        (MediaKind::Stream, _) => Content::Stream {
            media_type,
            stream: streams::stream(schemas, content),
        },
        (MediaKind::Xml, Some(id)) => Content::Json {
            media_type,
            ty: resolve::type_ref(schemas, id),
            optional: false,
        },
        (MediaKind::Xml | MediaKind::Form | MediaKind::Multipart | MediaKind::Binary, _) => {
            if schema.is_some_and(|schema| bodies::is_structured(schemas, &schema)) {
                bodies::report_bytes_only(schemas, content, "response");
            }
            Content::Bytes { media_type }
        }
    }
}

/// Reports the media types of an error response that the SDK does not request although their content differs.
fn report_other_media_types(schemas: &mut Schemas<'_>, response: &Response, chosen: &MediaContent) {
    for other in response.content.iter().filter(|other| other.name != chosen.name) {
        let same = match (other.schema, chosen.schema) {
            (Some(other), Some(chosen)) => schemas.target(other) == schemas.target(chosen),
            _ => false,
        };
        let kind = other.name.kind();
        if same || kind == MediaKind::Json && chosen.name.kind() == MediaKind::Json && other.schema.is_none() {
            continue;
        }
        let message = format!(
            "the SDK requests the error response as `{}`, not as `{}`",
            chosen.name, other.name
        );
        let help = "set the `Accept` header of a call to get the other media type, and read it as bytes";
        schemas
            .report
            .push(Diagnostic::new(Code::UnusedResponseForm, other.place, message).help(help));
        schemas.report.record_dropped(
            Some(other.place),
            &other.pointer,
            &format!(
                "the error response is requested as `{}`, not as `{}`",
                chosen.name, other.name
            ),
        );
    }
}

/// Returns the media type that the SDK requests: JSON, otherwise a range such as `*/*`, text, bytes, XML, or any other.
fn preferred(response: &Response) -> Option<&MediaContent> {
    let rank = |content: &&MediaContent| match content.name.kind() {
        MediaKind::Json if content.name.essence() == "application/json" => 0,
        MediaKind::Json => 1,
        MediaKind::Binary if content.name.contains('*') => 2,
        MediaKind::Text => 3,
        MediaKind::Binary => 4,
        MediaKind::Xml => 5,
        MediaKind::Stream | MediaKind::Form | MediaKind::Multipart => 6,
    };
    response.content.iter().min_by_key(rank)
}

/// Returns the content that represents all cases.
fn combined_content(cases: &[SuccessCase]) -> Content {
    let empty = cases.iter().any(|case| case.content == Content::Empty);
    let mut full = cases
        .iter()
        .map(|case| &case.content)
        .filter(|content| **content != Content::Empty);
    let Some(first) = full.next() else {
        return Content::Empty;
    };
    if !full.all(|other| is_same(first, other)) {
        return Content::ByStatus;
    }
    match first.clone() {
        Content::Json { media_type, ty, .. } => Content::Json {
            media_type,
            ty,
            optional: empty,
        },
        content @ (Content::Empty
        | Content::Text { .. }
        | Content::Bytes { .. }
        | Content::Stream { .. }
        | Content::ByStatus) => content,
    }
}

/// Returns whether two contents have the same type for the caller.
fn is_same(first: &Content, second: &Content) -> bool {
    match (first, second) {
        (
            Content::Json {
                ty: first,
                media_type: one,
                ..
            },
            Content::Json {
                ty: second,
                media_type: other,
                ..
            },
        ) => first == second && one.is_xml() == other.is_xml(),
        (Content::Text { .. }, Content::Text { .. }) | (Content::Bytes { .. }, Content::Bytes { .. }) => true,
        _ => first == second,
    }
}
