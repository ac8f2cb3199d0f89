//! The document in one vocabulary, whatever version it was written in.
//!
//! In: nothing; this is the data that `read` gives and `lower` takes. The words are those of OpenAPI 3.1: Swagger 2.0's
//! `definitions`, `formData` and `collectionFormat`, 3.0's `nullable` and boolean `exclusiveMinimum` are gone. References
//! between schemas are kept, as ids; references to parameters, responses and the like are followed.

mod info;
mod schema;

use indexmap::IndexMap;

use crate::diagnostics::Place;
use crate::json::Json;

pub use info::{Contact, Info, License};
pub use schema::{Additional, Bounds, Discriminator, Schema, SchemaId, Schemas, Type, TypeSet};

/// Extensions (`x-…`) of a node, with their keys as written.
pub type Extensions = IndexMap<String, Json>;

/// A whole document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The version it says it is written in, such as `3.0.3` or `2.0`.
    pub openapi: String,
    /// What API this is.
    pub info: Info,
    /// The servers of the document; never empty after reading (`/` where the document names none).
    pub servers: Vec<Server>,
    /// The tags that the document describes, in its order.
    pub tags: Vec<Tag>,
    /// All operations, in the order of paths and, within a path, of the text.
    pub operations: Vec<Operation>,
    /// Webhooks of the document.
    pub webhooks: Vec<Webhook>,
    /// Every schema, named or inline.
    pub schemas: Schemas,
    /// The named schemas, in the order of the document.
    pub components: IndexMap<String, SchemaId>,
    /// The security schemes by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The security of operations that say nothing themselves: alternatives. Every scheme named is one of the above.
    pub security: Vec<Requirement>,
    /// Extensions at the root.
    pub extensions: Extensions,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it stands.
    pub place: Option<Place>,
    /// The URL, with `{variable}`s; may be relative to the document.
    pub url: String,
    /// Its short name (3.2).
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its variables, in order.
    pub variables: IndexMap<String, ServerVariable>,
    /// Extensions.
    pub extensions: Extensions,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, Default)]
pub struct ServerVariable {
    /// Its value where the user sets none.
    pub default: String,
    /// The values it may have; empty where any will do.
    pub values: Vec<String>,
    /// What it is.
    pub description: Option<String>,
}

/// A tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// A title (3.2's `summary`, `x-displayName`).
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// The tag above (3.2).
    pub parent: Option<String>,
    /// Extensions.
    pub extensions: Extensions,
}

/// An operation, with what it has from its path item merged in.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub place: Place,
    /// Its JSON pointer in the document, such as `#/paths/~1activities/get`, also where the path item stands elsewhere.
    pub pointer: String,
    /// The operationId, if it has one. Not yet unique.
    pub id: Option<String>,
    /// The method in upper case: `GET`, or whatever `additionalOperations` names.
    pub method: String,
    /// The path template, such as `/activities/{activityId}`: it begins with a slash, and each of its names is a parameter.
    /// For webhooks their name, for callbacks their expression.
    pub path: String,
    /// The part of the path that is sent: without a query, whose pairs are parameters, and without a fragment.
    pub sent: String,
    /// Its tags, in order.
    pub tags: Vec<String>,
    /// A line about it.
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Its parameters, those of the path item first; unique by name and location.
    pub parameters: Vec<Parameter>,
    /// What it sends.
    pub body: Option<RequestBody>,
    /// What it answers, in the order of the document.
    pub responses: Vec<Response>,
    /// Its own security; `None` where the document's applies.
    pub security: Option<Vec<Requirement>>,
    /// Its own or its path's servers; empty where the document's apply.
    pub servers: Vec<Server>,
    /// Its callbacks. A callback has none of its own here, nor has a webhook.
    pub callbacks: Vec<Webhook>,
    /// Extensions, the path item's among them.
    pub extensions: Extensions,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As the whole query (3.2).
    QueryString,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How an array or object is written in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue,black`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color=blue%09black`, from Swagger 2.0's `tsv`
    TabDelimited,
    /// `color%5BR%5D=100`
    DeepObject,
    /// `color=blue`, not encoded (3.2)
    Cookie,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it stands.
    pub place: Place,
    /// Its name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Whether it has to be given.
    pub required: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// CommonMark.
    pub description: Option<String>,
    /// The style; the default of its location is filled in.
    pub style: Style,
    /// Whether arrays and objects are exploded; the default of the style is filled in.
    pub explode: bool,
    /// Whether reserved characters go out as they are.
    pub allow_reserved: bool,
    /// Whether `name=` is a value of its own.
    pub allow_empty: bool,
    /// What it holds.
    pub schema: Option<SchemaId>,
    /// The media type that it is written in, for `content` parameters.
    pub content: Option<MediaType>,
    /// Examples, the best first.
    pub examples: Vec<Json>,
    /// Extensions.
    pub extensions: Extensions,
}

/// What an operation sends.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Where it stands.
    pub place: Place,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether it has to be given.
    pub required: bool,
    /// The forms that it can have, in order.
    pub content: Vec<MediaType>,
    /// Extensions.
    pub extensions: Extensions,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// Where it stands.
    pub place: Place,
    /// Its JSON pointer, with the path of its file before it where that is another one.
    pub pointer: String,
    /// The type as written, such as `application/json; charset=utf-8`.
    pub name: String,
    /// What it holds.
    pub schema: Option<SchemaId>,
    /// What each item of a sequence holds (3.2).
    pub item_schema: Option<SchemaId>,
    /// Examples, the best first.
    pub examples: Vec<Json>,
    /// How the properties of a form are written.
    pub encoding: IndexMap<String, Encoding>,
}

/// How one property of a form or multipart body is written.
#[derive(Clone, Debug, Default)]
pub struct Encoding {
    /// Its media types.
    pub content_type: Option<String>,
    /// Headers of the part.
    pub headers: Vec<Header>,
    /// The style, where one is written.
    pub style: Option<Style>,
    /// Whether exploded, where it is written.
    pub explode: Option<bool>,
    /// Whether reserved characters go out as they are, where it is written.
    pub allow_reserved: Option<bool>,
}

/// Which status codes a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One code.
    Code(u16),
    /// `4XX`: the hundreds digit.
    Range(u8),
    /// `default`
    Default,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it stands.
    pub place: Place,
    /// Which codes it is for.
    pub status: Status,
    /// CommonMark.
    pub description: Option<String>,
    /// Headers that it may carry.
    pub headers: Vec<Header>,
    /// The forms that its body can have; empty where it has none.
    pub content: Vec<MediaType>,
    /// Extensions.
    pub extensions: Extensions,
}

/// A header of a response or a part.
#[derive(Clone, Debug)]
pub struct Header {
    /// Where it stands.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether it is always there.
    pub required: bool,
    /// What it holds.
    pub schema: Option<SchemaId>,
}

/// A webhook or callback: requests that the API makes.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name; for a callback the name and the expression.
    pub name: String,
    /// What is sent, by method.
    pub operations: Vec<Operation>,
}

/// Schemes that are needed together, with their scopes. Empty: anonymous.
pub type Requirement = IndexMap<String, Vec<String>>;

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where it stands.
    pub place: Place,
    /// CommonMark.
    pub description: Option<String>,
    /// What it is.
    pub kind: SecurityKind,
    /// Extensions.
    pub extensions: Extensions,
}

/// The kinds of security schemes.
#[derive(Clone, Debug)]
pub enum SecurityKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where it travels.
        location: Location,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// `http` with its scheme in lower case: `bearer`, `basic`, `digest`, …
    Http {
        /// The scheme.
        scheme: String,
        /// What the token looks like, for bearer.
        format: Option<String>,
    },
    /// OAuth 2.0.
    OAuth2 {
        /// Its flows by name: `clientCredentials`, `authorizationCode`, …
        flows: IndexMap<String, OAuthFlow>,
    },
    /// OpenID Connect.
    OpenIdConnect {
        /// The discovery document.
        url: String,
    },
    /// A client certificate.
    MutualTls,
    /// Something else; its `type`.
    Other(String),
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug, Default)]
pub struct OAuthFlow {
    /// May be relative to the server.
    pub token_url: Option<String>,
    /// Where a person agrees.
    pub authorization_url: Option<String>,
    /// Where a token is renewed.
    pub refresh_url: Option<String>,
    /// Where a device asks for its code (3.2).
    pub device_authorization_url: Option<String>,
    /// The scopes with their descriptions.
    pub scopes: IndexMap<String, String>,
}
