//! Media types: which one is sent, and the words that they add to names.

use crate::document::MediaContent;
use crate::wire::{MediaKind, MediaType};

/// Returns the media type to send. Wildcards are replaced by the default of the kind.
pub(in crate::lower) fn to_send(name: &MediaType, media: MediaKind) -> MediaType {
    if !name.is_range() {
        return name.trim().into();
    }
    match media {
        MediaKind::Json => "application/json",
        MediaKind::Multipart => "multipart/form-data",
        MediaKind::Form => "application/x-www-form-urlencoded",
        MediaKind::Text => "text/plain",
        MediaKind::Stream => "application/x-ndjson",
        MediaKind::Xml => "application/xml",
        MediaKind::Binary => "application/octet-stream",
    }
    .into()
}

/// Returns the documented range if the sent media type is not in it, as for bytes in `image/*`.
pub(in crate::lower) fn unmatched_range(name: &MediaType, sent: &MediaType) -> Option<MediaType> {
    let range = name.essence();
    let kind = range.strip_suffix('*')?;
    (range.contains('/') && !kind.contains('*') && !sent.starts_with(kind)).then(|| MediaType::new(range.clone()))
}

/// Returns the words of a media type for names: its subtype without the prefixes `vnd` and `x` and the suffix `+json`. Common
/// types have a separate word.
pub(in crate::lower) fn words(name: &MediaType) -> String {
    let essence = name.essence();
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    match (kind, subtype) {
        ("text", "plain" | "*") => return "text".to_owned(),
        ("application", "octet-stream") | ("", _) => return "bytes".to_owned(),
        ("*", _) | ("application", "*") => return "bytes".to_owned(),
        (kind, "*") => return kind.to_owned(),
        ("application", "x-www-form-urlencoded") => return "form".to_owned(),
        _ => {}
    }
    let bare = subtype
        .strip_prefix("vnd.")
        .or(subtype.strip_prefix("x-"))
        .unwrap_or(subtype);
    let bare = bare.strip_suffix("+json").unwrap_or(bare);
    let letters = bare.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
    letters.collect()
}

/// Returns the media type of a patch whose content has another meaning under other media types. A merge patch (RFC 7396) is also what
/// APIs expect as plain JSON.
pub(in crate::lower) fn patch(name: &MediaType) -> Option<String> {
    let essence = name.essence();
    (essence.ends_with("-patch+json") && essence != "application/merge-patch+json").then_some(essence)
}

/// Returns the media types of a body in order of preference: JSON, multipart, form, text, stream, XML, bytes.
pub(in crate::lower) fn by_preference(content: &[MediaContent]) -> Vec<&MediaContent> {
    let mut formats: Vec<&MediaContent> = content.iter().collect();
    formats.sort_by_key(|format| (format.name.kind(), format.name.essence() != "application/json"));
    formats
}

/// Returns the word that a media type adds to the name of a type, to distinguish it from the types of other media types.
pub(in crate::lower) fn name_suffix(name: &MediaType) -> &'static str {
    match name.kind() {
        MediaKind::Json => "json",
        MediaKind::Multipart => "multipart",
        MediaKind::Form => "form",
        MediaKind::Text => "text",
        MediaKind::Stream => "stream",
        MediaKind::Xml => "xml",
        MediaKind::Binary => "binary",
    }
}
