//! Media types: what a body in one of them is.

use crate::document::{MediaType, Schema, Type};

use super::scalars;

/// What a body is, the preferred kinds first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    /// JSON.
    Json,
    /// `multipart/form-data`, or another multipart type.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Text.
    Text,
    /// One JSON value or event after another.
    Stream,
    /// XML, which has a schema and yet is not read.
    Xml,
    /// Bytes.
    Binary,
}

/// The type without parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// What a media type is by its name alone.
pub(super) fn by_name(name: &str) -> Media {
    let essence = essence(name);
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    match (kind, subtype) {
        ("application", "x-www-form-urlencoded") => Media::Form,
        ("multipart", _) => Media::Multipart,
        ("text", "event-stream") => Media::Stream,
        _ if is_json_lines(name) => Media::Stream,
        (_, "json" | "x-json" | "*+json" | "json5") => Media::Json,
        _ if subtype.ends_with("+json") => Media::Json,
        (_, "xml") => Media::Xml,
        _ if subtype.ends_with("+xml") => Media::Xml,
        ("text", _) => Media::Text,
        _ => Media::Binary,
    }
}

/// Whether a body is one JSON value after another.
pub(super) fn is_json_lines(name: &str) -> bool {
    let essence = essence(name);
    let subtype = essence.split_once('/').map_or(&*essence, |(_, subtype)| subtype);
    let plain = subtype.strip_prefix("x-").unwrap_or(subtype);
    let is_lines = matches!(
        plain,
        "jsonl" | "jsonlines" | "json-lines" | "ndjson" | "json-stream" | "stream+json"
    );
    is_lines || is_sequence(name)
}

/// Whether a body is JSON values with a mark before each (RFC 7464).
pub(super) fn is_sequence(name: &str) -> bool {
    let essence = essence(name);
    essence.ends_with("/json-seq") || essence.ends_with("+json-seq")
}

/// What a media type is, given the schema: `*/*` says nothing itself.
pub(super) fn of(content: &MediaType, schema: Option<&Schema>) -> Media {
    let essence = essence(&content.name);
    if by_name(&content.name) == Media::Json && schema.is_some_and(scalars::is_binary) {
        return Media::Binary;
    }
    if essence != "*/*" && essence != "*" && essence != "application/*" && !essence.is_empty() {
        return by_name(&content.name);
    }
    match schema {
        Some(schema) if scalars::is_binary(schema) => Media::Binary,
        Some(schema) if schema.types.has(Type::String) && schema.values.is_none() => Media::Text,
        Some(_) => Media::Json,
        None => Media::Binary,
    }
}

/// The media type to send: one that is written with a wildcard is made plain.
pub(super) fn to_send(name: &str, media: Media) -> String {
    if !name.contains('*') {
        return name.trim().to_owned();
    }
    match media {
        Media::Json => "application/json",
        Media::Multipart => "multipart/form-data",
        Media::Form => "application/x-www-form-urlencoded",
        Media::Text => "text/plain",
        Media::Stream => "application/x-ndjson",
        Media::Xml => "application/xml",
        Media::Binary => "application/octet-stream",
    }
    .to_owned()
}

/// The range that a media type was sent for, where it is not in it: bytes have no type of their own in `image/*`.
pub(super) fn beyond(name: &str, sent: &str) -> Option<String> {
    let range = essence(name);
    let kind = range.strip_suffix('*')?;
    (range.contains('/') && !kind.contains('*') && !sent.starts_with(kind)).then(|| range.clone())
}
