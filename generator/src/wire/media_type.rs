//! Media types.

use std::fmt;
use std::ops::Deref;

/// A media type such as `application/json; charset=utf-8`, or a range of media types such as `image/*`, as the document
/// writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediaType(String);

/// The kind of a body, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MediaKind {
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

impl MediaType {
    /// Creates a media type from the text of the document.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the media type without its parameters, in lower case.
    pub fn essence(&self) -> String {
        let essence = self.0.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// Returns whether it is a range of media types.
    pub fn is_range(&self) -> bool {
        self.0.contains('*')
    }

    /// Returns the kind of a body by the media type alone.
    pub fn kind(&self) -> MediaKind {
        let essence = self.essence();
        let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
        match (kind, subtype) {
            ("application", "x-www-form-urlencoded") => MediaKind::Form,
            ("multipart", _) => MediaKind::Multipart,
            ("text", "event-stream") => MediaKind::Stream,
            _ if self.is_json_lines() => MediaKind::Stream,
            (_, "json" | "x-json" | "*+json" | "json5") => MediaKind::Json,
            _ if subtype.ends_with("+json") => MediaKind::Json,
            (_, "xml") => MediaKind::Xml,
            _ if subtype.ends_with("+xml") => MediaKind::Xml,
            ("text", _) => MediaKind::Text,
            _ => MediaKind::Binary,
        }
    }

    /// Returns whether a body is JSON.
    pub fn is_json(&self) -> bool {
        self.kind() == MediaKind::Json
    }

    /// Returns whether a body is XML.
    pub fn is_xml(&self) -> bool {
        self.kind() == MediaKind::Xml
    }

    /// Returns whether a body is a sequence of JSON values.
    pub fn is_json_lines(&self) -> bool {
        let essence = self.essence();
        let subtype = essence.split_once('/').map_or(&*essence, |(_, subtype)| subtype);
        let plain = subtype.strip_prefix("x-").unwrap_or(subtype);
        let is_lines = matches!(
            plain,
            "jsonl" | "jsonlines" | "json-lines" | "ndjson" | "json-stream" | "stream+json"
        );
        is_lines || self.is_sequence()
    }

    /// Returns whether a body is a JSON text sequence (RFC 7464).
    pub fn is_sequence(&self) -> bool {
        let essence = self.essence();
        essence.ends_with("/json-seq") || essence.ends_with("+json-seq")
    }
}

impl From<&str> for MediaType {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for MediaType {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl Deref for MediaType {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for MediaType {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for MediaType {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for MediaType {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{MediaKind, MediaType};

    #[test]
    fn kinds_ignore_parameters_and_case() {
        for (name, kind) in [
            ("Application/JSON; charset=utf-8", MediaKind::Json),
            ("application/problem+json", MediaKind::Json),
            ("application/x-ndjson", MediaKind::Stream),
            ("application/geo+json-seq", MediaKind::Stream),
            ("text/event-stream", MediaKind::Stream),
            ("application/atom+xml", MediaKind::Xml),
            ("text/csv", MediaKind::Text),
            ("multipart/mixed", MediaKind::Multipart),
            ("image/*", MediaKind::Binary),
            ("json", MediaKind::Json),
        ] {
            assert_eq!(MediaType::new(name).kind(), kind, "{name}");
        }
    }
}
