//! The document in one vocabulary, independent of the OpenAPI version.
//!
//! The data between `read` and `lower`. The vocabulary is that of OpenAPI 3.1: Swagger 2.0's
//! `definitions`, `formData` and `collectionFormat`, and 3.0's `nullable` and boolean `exclusiveMinimum`, are converted. References
//! between schemas are kept as ids; references to parameters, responses and other objects are replaced by their targets.

mod info;
mod schema;
mod sparse;

use std::sync::Arc;

use indexmap::IndexMap;

use crate::diagnostics::Place;
use crate::json::Json;

pub use crate::wire::{Contact, License, Location, MediaType, Method, Status, Style};
pub use info::Info;
pub use schema::{Additional, Bounds, Discriminator, Schema, SchemaId, Schemas, Type, TypeSet, Xml};
pub use sparse::Sparse;

/// Extensions (`x-…`) of a node, by their full keys.
pub type Extensions = Sparse<IndexMap<String, Json>>;

/// A whole document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The declared version, such as `3.0.3` or `2.0`.
    pub openapi: String,
    /// Facts about the API.
    pub info: Info,
    /// The servers of the document. Never empty after reading: the default is `/`.
    pub servers: Vec<Server>,
    /// The declared tags, in document order.
    pub tags: Vec<Tag>,
    /// All operations, in the order of paths and, within a path, of the text.
    pub operations: Vec<Operation>,
    /// The webhooks of the document.
    pub webhooks: Vec<Webhook>,
    /// Every schema, named or inline.
    pub schemas: Schemas,
    /// The named schemas, in the order of the document.
    pub components: IndexMap<String, SchemaId>,
    /// The security schemes by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The security requirements of operations that declare none: alternatives, which refer to [`Document::security_schemes`].
    pub security: Vec<Requirement>,
    /// The extensions at the root.
    pub extensions: Extensions,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// The place that messages point to.
    pub place: Option<Place>,
    /// The URL, with `{variable}`s; may be relative to the document.
    pub url: String,
    /// The short name (3.2).
    pub name: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The variables, in order.
    pub variables: IndexMap<String, ServerVariable>,
    /// The extensions.
    pub extensions: Extensions,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, Default)]
pub struct ServerVariable {
    /// The default value.
    pub default: String,
    /// The allowed values; empty if any value is allowed.
    pub values: Vec<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
}

/// A tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The name.
    pub name: String,
    /// A title (3.2's `summary`, `x-displayName`).
    pub summary: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The parent tag (3.2).
    pub parent: Option<String>,
    /// The extensions.
    pub extensions: Extensions,
}

/// An operation, merged with the parameters, servers and extensions of its path item.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The place that messages point to.
    pub place: Place,
    /// The JSON pointer in the document, such as `#/paths/~1activities/get`, even if the path item is a `$ref` to another place.
    pub pointer: String,
    /// The `operationId`, which may be missing or not unique.
    pub id: Option<String>,
    /// The HTTP method: a standard one, or a key of `additionalOperations`.
    pub method: Method,
    /// The path template, such as `/activities/{activityId}`. It starts with a slash, and every name in it is a parameter.
    /// The path of a webhook is its name, and that of a callback is its expression.
    pub path: String,
    /// The path template without its query, whose pairs are parameters, and without its fragment.
    pub request_path: String,
    /// The tags, in order.
    pub tags: Vec<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// Whether the operation is deprecated.
    pub deprecated: bool,
    /// The parameters, those of the path item first. Name and location identify a parameter.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// The responses, in document order. Operations that refer to the same response share it.
    pub responses: Vec<Arc<Response>>,
    /// The security requirements of the operation. `None` if those of the document apply.
    pub security: Option<Vec<Requirement>>,
    /// The servers of the operation or its path. Empty if those of the document apply.
    pub servers: Vec<Server>,
    /// The callbacks; empty for callbacks and webhooks themselves.
    pub callbacks: Vec<Webhook>,
    /// The extensions of the operation and of its path item.
    pub extensions: Extensions,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The place that messages point to.
    pub place: Place,
    /// The name on the wire.
    pub name: String,
    /// The location.
    pub location: Location,
    /// Whether the parameter is required.
    pub required: bool,
    /// Whether the parameter is deprecated.
    pub deprecated: bool,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The style; the default of its location is filled in.
    pub style: Style,
    /// Whether arrays and objects are exploded; the style's default if unset.
    pub explode: bool,
    /// Whether reserved characters are sent without encoding.
    pub allow_reserved: bool,
    /// Whether an empty value (`name=`) is allowed.
    pub allow_empty: bool,
    /// Whether the path template lets it span several segments, as `{path:path}` and `{proxy+}` do.
    pub wildcard: bool,
    /// The schema.
    pub schema: Option<SchemaId>,
    /// The media type of a `content` parameter.
    pub content: Option<Box<MediaContent>>,
    /// The examples, the best first.
    pub examples: Vec<Json>,
    /// The extensions.
    pub extensions: Extensions,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// The place that messages point to.
    pub place: Place,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// Whether the body is required.
    pub required: bool,
    /// The alternatives by media type, in order.
    pub content: Vec<MediaContent>,
    /// The extensions.
    pub extensions: Extensions,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct MediaContent {
    /// The place that messages point to.
    pub place: Place,
    /// The JSON pointer, prefixed with the file's path if the file is not the document itself.
    pub pointer: String,
    /// The media type.
    pub name: MediaType,
    /// The schema.
    pub schema: Option<SchemaId>,
    /// The schema of the items of a sequence (3.2).
    pub item_schema: Option<SchemaId>,
    /// The examples, the best first.
    pub examples: Vec<Json>,
    /// The encodings of the properties of a form.
    pub encoding: Sparse<IndexMap<String, Encoding>>,
}

/// The encoding of a property of a form or multipart body.
#[derive(Clone, Debug, Default)]
pub struct Encoding {
    /// The media types.
    pub content_type: Option<String>,
    /// The headers of the part.
    pub headers: Vec<Header>,
    /// The style, if declared.
    pub style: Option<Style>,
    /// Whether the value is exploded, if declared.
    pub explode: Option<bool>,
    /// Whether reserved characters are sent without encoding, if declared.
    pub allow_reserved: Option<bool>,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The place that messages point to.
    pub place: Place,
    /// The status codes that the response describes.
    pub status: Status,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The declared headers.
    pub headers: Vec<Header>,
    /// The alternatives of the body by media type; empty if there is no body.
    pub content: Vec<MediaContent>,
    /// The links to other operations.
    pub links: Vec<Link>,
    /// The extensions.
    pub extensions: Extensions,
}

/// A link from a response to another operation.
#[derive(Clone, Debug)]
pub struct Link {
    /// The place that messages point to.
    pub place: Place,
    /// The name.
    pub name: String,
    /// The operation.
    pub target: LinkTarget,
    /// The values of parameters by name, which `path.`, `query.`, `header.` or `cookie.` may precede: runtime expressions or constants.
    pub parameters: IndexMap<String, Json>,
    /// A keyword that the SDK does not support: `requestBody` or `server`.
    pub unsupported: Option<&'static str>,
    /// The description, in CommonMark.
    pub description: Option<String>,
}

/// The operation of a link.
#[derive(Clone, Debug)]
pub enum LinkTarget {
    /// An `operationId`.
    Id(String),
    /// An `operationRef`.
    Reference(String),
}

/// A header of a response or a part.
#[derive(Clone, Debug)]
pub struct Header {
    /// The place that messages point to.
    pub place: Place,
    /// The name.
    pub name: String,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// Whether the header is always present.
    pub required: bool,
    /// The schema.
    pub schema: Option<SchemaId>,
}

/// A webhook or callback: requests that the API sends.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The name. For a callback, the name and the expression.
    pub name: String,
    /// The operations, by method.
    pub operations: Vec<Operation>,
}

/// The schemes that are required together, with their scopes. If empty, no credentials are required.
pub type Requirement = IndexMap<String, Vec<String>>;

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The place that messages point to.
    pub place: Place,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The kind of the scheme.
    pub kind: SecurityKind,
    /// The extensions.
    pub extensions: Extensions,
}

/// The kinds of security schemes.
#[derive(Clone, Debug)]
pub enum SecurityKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The location of the key.
        location: Location,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// `http` with its scheme, spelled as in the document: `bearer`, `basic`, `digest`, …
    Http {
        /// The scheme.
        scheme: String,
        /// The format of a bearer token.
        format: Option<String>,
    },
    /// OAuth 2.0.
    OAuth2 {
        /// The flows by name: `clientCredentials`, `authorizationCode`, …
        flows: IndexMap<String, OAuthFlow>,
        /// The URL of the authorization server's metadata (3.2).
        metadata_url: Option<String>,
    },
    /// OpenID Connect.
    OpenIdConnect {
        /// The discovery document.
        url: String,
    },
    /// A client certificate.
    MutualTls,
    /// A scheme of an unknown `type`, with this type.
    Other(String),
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug, Default)]
pub struct OAuthFlow {
    /// The URL of the token endpoint, which may be relative to the server.
    pub token_url: Option<String>,
    /// The URL where a user grants access.
    pub authorization_url: Option<String>,
    /// The URL where a token is refreshed.
    pub refresh_url: Option<String>,
    /// The URL where a device requests its code (3.2).
    pub device_authorization_url: Option<String>,
    /// The scopes with their descriptions.
    pub scopes: IndexMap<String, String>,
}
