//! Media types: the kind of body of each one.

use crate::document::MediaContent;

pub(in crate::lower) use crate::wire::essence;

/// The kind of a body, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum MediaKind {
    /// JSON.
    Json,
    /// `multipart/form-data`, or another multipart type.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Text.
    Text,
    /// A sequence of JSON values or events.
    Stream,
    /// XML. Without a schema it is passed as bytes.
    Xml,
    /// Bytes.
    Binary,
}

/// Returns the kind of a media type by its name alone.
pub(in crate::lower) fn kind_of_name(name: &str) -> MediaKind {
    let essence = essence(name);
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    match (kind, subtype) {
        ("application", "x-www-form-urlencoded") => MediaKind::Form,
        ("multipart", _) => MediaKind::Multipart,
        ("text", "event-stream") => MediaKind::Stream,
        _ if is_json_lines(name) => MediaKind::Stream,
        (_, "json" | "x-json" | "*+json" | "json5") => MediaKind::Json,
        _ if subtype.ends_with("+json") => MediaKind::Json,
        (_, "xml") => MediaKind::Xml,
        _ if subtype.ends_with("+xml") => MediaKind::Xml,
        ("text", _) => MediaKind::Text,
        _ => MediaKind::Binary,
    }
}

/// Returns whether a body is XML.
pub(in crate::lower) fn is_xml(name: &str) -> bool {
    kind_of_name(name) == MediaKind::Xml
}

/// Returns whether a body is a sequence of JSON values.
pub(in crate::lower) fn is_json_lines(name: &str) -> bool {
    let essence = essence(name);
    let subtype = essence.split_once('/').map_or(&*essence, |(_, subtype)| subtype);
    let plain = subtype.strip_prefix("x-").unwrap_or(subtype);
    let is_lines = matches!(
        plain,
        "jsonl" | "jsonlines" | "json-lines" | "ndjson" | "json-stream" | "stream+json"
    );
    is_lines || is_sequence(name)
}

/// Returns whether a body is a JSON text sequence (RFC 7464).
pub(in crate::lower) fn is_sequence(name: &str) -> bool {
    let essence = essence(name);
    essence.ends_with("/json-seq") || essence.ends_with("+json-seq")
}

/// Returns the media type to send. Wildcards are replaced by the default of the kind.
pub(in crate::lower) fn to_send(name: &str, media: MediaKind) -> String {
    if !name.contains('*') {
        return name.trim().to_owned();
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
    .to_owned()
}

/// Returns the documented range if the sent media type is not in it, as for bytes in `image/*`.
pub(in crate::lower) fn unmatched_range(name: &str, sent: &str) -> Option<String> {
    let range = essence(name);
    let kind = range.strip_suffix('*')?;
    (range.contains('/') && !kind.contains('*') && !sent.starts_with(kind)).then(|| range.clone())
}

/// Returns the words of a media type for names: its subtype without the prefixes `vnd` and `x` and the suffix `+json`. Common
/// types have a separate word.
pub(in crate::lower) fn words(name: &str) -> String {
    let essence = essence(name);
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

/// Returns the media types of a body in order of preference: JSON, forms, text, bytes.
pub(in crate::lower) fn by_preference(content: &[MediaContent]) -> Vec<&MediaContent> {
    let mut forms: Vec<&MediaContent> = content.iter().collect();
    forms.sort_by_key(|form| (kind_of_name(&form.name), essence(&form.name) != "application/json"));
    forms
}

/// Returns the word for a media type that distinguishes a type name.
pub(in crate::lower) fn name_suffix(name: &str) -> &'static str {
    match kind_of_name(name) {
        MediaKind::Json => "json",
        MediaKind::Multipart => "multipart",
        MediaKind::Form => "form",
        MediaKind::Text => "text",
        MediaKind::Stream => "stream",
        MediaKind::Xml => "xml",
        MediaKind::Binary => "binary",
    }
}
