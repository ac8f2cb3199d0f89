//! Error bodies of the media type `application/problem+json`, which any API may send.

use serde_json::{Map, Value};

use super::RawResponse;
use super::response::media_type;

/// A description of an error, as defined in RFC 9457.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// The URI of the kind of the error (`type`).
    pub kind: Option<String>,
    /// The kind of the error, for people.
    pub title: Option<String>,
    /// The status code.
    pub status: Option<u16>,
    /// The error message.
    pub detail: Option<String>,
    /// The URI of this occurrence of the error.
    pub instance: Option<String>,
    /// All other properties.
    pub extensions: Map<String, Value>,
}

impl RawResponse {
    /// Returns the body if it is a problem description (`application/problem+json`), even if the API does not document one.
    pub fn problem(&self) -> Option<Problem> {
        if media_type(&self.headers).as_deref() != Some("application/problem+json") {
            return None;
        }
        let mut rest: Map<String, Value> = serde_json::from_slice(&self.body).ok()?;
        let mut text = |key: &str| match rest.remove(key) {
            Some(Value::String(text)) => Some(text),
            Some(_) | None => None,
        };
        let (kind, title) = (text("type"), text("title"));
        let (detail, instance) = (text("detail"), text("instance"));
        let status = rest
            .remove("status")
            .and_then(|status| status.as_u64()?.try_into().ok());
        Some(Problem {
            kind,
            title,
            status,
            detail,
            instance,
            extensions: rest,
        })
    }
}
