//! Representations of a response that a call can request instead of the preferred one, such as `text/csv` next to JSON.

use crate::document::{MediaContent, Operation, Response};
use crate::ir::{Content, Representation};
use crate::lower::conventions::media_types;
use crate::lower::operations::responses;
use crate::lower::schemas::Schemas;
use crate::wire::{MediaKind, MediaType};

/// Adds the representations of one success response, whose preferred content is `preferred`.
pub(in crate::lower) fn add(
    schemas: &mut Schemas<'_>,
    operation: &Operation,
    (case, response): (usize, &Response),
    preferred: &Content,
    to: &mut Vec<Representation>,
) {
    if *preferred == Content::Empty {
        return;
    }
    for other in &response.content {
        // Streams have separate methods, and `*/*` does not select anything.
        if other.name.kind() == MediaKind::Stream || !other.name.contains('/') || is_any(other) {
            continue;
        }
        let single_content = Response {
            content: vec![other.clone()],
            ..response.clone()
        };
        let content = responses::content(schemas, operation, &single_content);
        let known = to.iter().any(|known| known.media_type == other.name.essence());
        if known || adds_no_representation(preferred, &content) {
            continue;
        }
        to.push(Representation {
            case,
            words: unique_words(&other.name, to),
            media_type: other.name.essence().into(),
            example: other.examples.first().cloned(),
            content,
        });
    }
}

fn is_any(content: &MediaContent) -> bool {
    content.name.essence().starts_with("*/")
}

/// Returns whether the second content adds no representation: it has the same JSON type or the same media type as the
/// first, or it is empty, a stream or by status.
fn adds_no_representation(first: &Content, second: &Content) -> bool {
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
        (
            Content::Text { media_type: first } | Content::Bytes { media_type: first },
            Content::Text { media_type: second } | Content::Bytes { media_type: second },
        ) => first.essence() == second.essence(),
        (_, Content::Empty | Content::ByStatus | Content::Stream { .. }) => true,
        (
            Content::Json { .. }
            | Content::Text { .. }
            | Content::Bytes { .. }
            | Content::Stream { .. }
            | Content::Empty
            | Content::ByStatus,
            _,
        ) => false,
    }
}

fn unique_words(name: &MediaType, known: &[Representation]) -> String {
    let short = media_types::words(name);
    let is_free = |words: &String| known.iter().all(|known| known.words != *words);
    let numbered = (2..).map(|number| format!("{short} {number}"));
    std::iter::once(short.clone())
        .chain(numbered)
        .find(is_free)
        .unwrap_or(short)
}
