//! What `sdk-manifest.json` tells, but for the hashes of the files.

use indexmap::IndexMap;
use serde::Serialize;

/// The facts of the manifest, in the order in which they are written.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Manifest {
    /// The document.
    pub document: ManifestDocument,
    /// The crate.
    #[serde(rename = "crate")]
    pub krate: ManifestCrate,
    /// The schemas with a type of their own.
    pub schemas: Vec<ManifestSchema>,
    /// The operations.
    pub operations: Vec<ManifestOperation>,
    /// What the SDK does not carry faithfully.
    pub dropped: Vec<ManifestDropped>,
}

/// The document. Its path and hash are known to the session alone, which fills them in.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ManifestDocument {
    /// Relative to the crate.
    pub path: String,
    /// Of its text.
    pub sha256: String,
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// The version of OpenAPI that it is written in.
    pub openapi: String,
}

/// The crate.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ManifestCrate {
    /// The name of the package.
    pub name: String,
    /// The name of the library.
    pub lib: String,
}

/// A schema with a type of its own.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestSchema {
    /// Its JSON pointer.
    pub pointer: String,
    /// Its type, relative to the root of the library.
    pub rust: String,
    /// Whether an operation sends it. What is only sent has no properties that are `readOnly`.
    pub sent: bool,
    /// Whether an operation or a webhook gives it. What is only received has no properties that are `writeOnly`.
    pub received: bool,
}

/// An operation.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestOperation {
    /// Its id.
    pub id: String,
    /// In upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Its JSON pointer.
    pub pointer: String,
    /// The way to it from the client, such as `activities().get_activity_by_id`.
    pub rust: String,
    /// What it answers, by status.
    pub responses: IndexMap<String, ManifestResponse>,
    /// How it is paged.
    pub pagination: Option<&'static str>,
    /// The stream that it gives, in place of a body or beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<ManifestStream>,
}

/// A stream.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestStream {
    /// The method that gives it.
    pub method: &'static str,
    /// Its media type.
    pub content_type: Option<String>,
    /// The type of an item.
    pub item: String,
}

/// A response.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestResponse {
    /// Its media type; `None` where no body is documented.
    pub content_type: Option<String>,
    /// The type of its body; `None` where there is none.
    pub rust: Option<String>,
}

/// Something that the SDK does not carry faithfully.
#[derive(Clone, Debug, Serialize)]
pub struct ManifestDropped {
    /// Where it stands.
    pub pointer: String,
    /// Why.
    pub reason: String,
}
