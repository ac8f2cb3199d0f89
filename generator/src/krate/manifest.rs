//! The content of `sdk-manifest.json`, except the hashes of the files.

use serde::{Serialize, Serializer};

use super::Surface;

/// The manifest, with its fields in the order in which they are written.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Manifest {
    /// The document.
    pub document: ManifestDocument,
    /// The crate.
    #[serde(rename = "crate")]
    pub krate: ManifestCrate,
    /// The schemas that have a type.
    pub schemas: Vec<ManifestSchema>,
    /// The operations.
    pub operations: Vec<ManifestOperation>,
    /// What the SDK does not support.
    pub dropped: Vec<ManifestDropped>,
    /// The public API.
    pub api: Surface,
}

/// The document. The session fills in path and hash, because no other stage knows them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ManifestDocument {
    /// The path, relative to the crate.
    pub path: String,
    /// The SHA-256 hash of the text.
    pub sha256: String,
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// The OpenAPI version of the document.
    pub openapi: String,
}

/// The crate.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ManifestCrate {
    /// The package name.
    pub name: String,
    /// The library name.
    pub lib: String,
    /// The version.
    pub version: String,
}

/// A schema that has a type.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestSchema {
    /// The JSON pointer.
    pub pointer: String,
    /// The path of the type, relative to the root of the library.
    pub rust: String,
    /// Whether a request contains it. A type that is only sent has no `readOnly` properties.
    pub sent: bool,
    /// Whether a response or a webhook contains it. A type that is only received has no `writeOnly` properties.
    pub received: bool,
}

/// Serializes pairs of unique keys and values as a map. A list takes a third of the memory of a map, and most have one entry.
fn as_map<S: Serializer, T: Serialize>(entries: &[(String, T)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
}

/// An operation.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestOperation {
    /// The operation id.
    pub id: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The JSON pointer.
    pub pointer: String,
    /// The media type of the body, if the method is for another one than the preferred one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The expression that calls the method on the client, such as `activities().get_activity_by_id`.
    pub rust: String,
    /// The documented responses, by status.
    #[serde(serialize_with = "as_map")]
    pub responses: Vec<(String, ManifestResponse)>,
    /// The getters of documented response headers, by the name of the header.
    #[serde(serialize_with = "as_map", skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The methods for the links of the responses, by the name of the link.
    #[serde(serialize_with = "as_map", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<(String, String)>,
    /// The kind of pagination.
    pub pagination: Option<&'static str>,
    /// The stream that the operation returns, instead of a body or as an alternative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<ManifestStream>,
}

/// A stream.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestStream {
    /// The method that returns it.
    pub method: &'static str,
    /// The media type.
    pub content_type: Option<String>,
    /// The type of an item.
    pub item: String,
}

/// A response.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestResponse {
    /// The media type. `None` if no body is documented.
    pub content_type: Option<String>,
    /// The type of the body. `None` without a body.
    pub rust: Option<String>,
}

/// Something that the SDK does not support.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestDropped {
    /// The JSON pointer.
    pub pointer: String,
    /// The reason.
    pub reason: String,
}
