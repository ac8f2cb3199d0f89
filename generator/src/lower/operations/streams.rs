//! Responses that are streams: the type of their items and their framing.
//!
//! OpenAPI 3.2 describes an item by `itemSchema`. Earlier versions have only `schema`, which is read as the schema of
//! an item or, if it is an array, of all items.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::MediaContent;
use crate::ir::{Content, Shape, Stream, StreamForm, SuccessCase, TypeRef};
use crate::lower::operations::{bodies, events};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::resolve;
use crate::wire::MediaKind;

/// Returns the stream of a response.
pub(in crate::lower) fn stream(schemas: &mut Schemas<'_>, content: &MediaContent) -> Stream {
    if !content.name.is_json_lines() {
        return Stream::Events(events::data(schemas, content));
    }
    let line = bodies::line_schema(schemas, content);
    let item = line.map_or(TypeRef::non_null(Shape::Any), |line| resolve::type_ref(schemas, line));
    match content.name.is_sequence() {
        true => Stream::Sequence(item),
        false => Stream::Lines(item),
    }
}

/// Returns the stream that can be requested instead of the preferred media type.
pub(in crate::lower) fn alternative_stream(
    schemas: &mut Schemas<'_>,
    case: usize,
    content: &[MediaContent],
) -> Option<StreamForm> {
    let content = content
        .iter()
        .find(|content| content.name.kind() == MediaKind::Stream)?;
    Some(StreamForm {
        case,
        media_type: content.name.essence().into(),
        stream: stream(schemas, content),
        example: None,
    })
}

/// Replaces streams with bytes, in an operation whose success responses have different contents.
pub(in crate::lower) fn streams_to_bytes(
    schemas: &mut Schemas<'_>,
    cases: &mut [SuccessCase],
    content: &[&MediaContent],
) {
    for case in cases {
        let Content::Stream { media_type, .. } = &case.content else {
            continue;
        };
        let message = format!(
            "`{media_type}` is returned as bytes, because the operation has another success response that is not this stream"
        );
        let place = content.iter().find(|content| content.name == *media_type);
        schemas.report.push(Diagnostic::new(
            Code::StreamedBody,
            place.map(|content| content.place),
            message,
        ));
        case.content = Content::Bytes {
            media_type: media_type.clone(),
        };
    }
}
