//! The API as it is, in no language: what `lower` gives and `plan` takes.
//!
//! No `$ref` and no `allOf` is left; ids are indices into [`Api`]'s lists; each union has a strategy, each operation its
//! paging and its error set. Nothing here knows Rust: names are the document's own words, not identifiers.

mod dump;
mod operation;
mod types;

use indexmap::IndexMap;

pub use operation::{
    Body, BodyForm, BodyKind, Content, ErrorCase, ErrorSet, ErrorSetId, FieldPath, FormField, Operation, Paging,
    PagingInput, PagingStep, Parameter, ResponseHeader, RetryRule, Stream, StreamForm, Success, SuccessCase,
};
pub use types::{
    Enum, EnumBase, EnumValue, Extra, Field, Float, Int, Origin, Shape, Strategy, Struct, Text, Type, TypeBody, TypeId,
    TypeRef, Types, Union, Usage, Variant,
};

use crate::diagnostics::Place;
use crate::document::{Contact, License, Location, Server};

/// A whole API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Its title.
    pub title: String,
    /// Its version, as text.
    pub version: String,
    /// A line about it.
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Under which terms it is.
    pub license: Option<License>,
    /// The version of OpenAPI that the document is written in.
    pub openapi: String,
    /// Its servers; never empty.
    pub servers: Vec<Server>,
    /// Its security schemes, those that some operation needs.
    pub schemes: Vec<Scheme>,
    /// Its operations, in groups. A group stands before the groups in it.
    pub groups: Vec<Group>,
    /// All operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// All types that an operation or webhook reaches, and all named schemas unless pruned.
    pub types: Types,
    /// The error sets, each there once.
    pub error_sets: Vec<ErrorSet>,
    /// Payloads of webhooks and callbacks.
    pub webhooks: Vec<Webhook>,
    /// What cannot be carried faithfully.
    pub dropped: Vec<Dropped>,
}

/// Words about something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// A line: the summary or title.
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether it should no longer be used, and what to use instead where the document tells (else empty).
    pub deprecated: Option<String>,
}

/// A group of operations: a tag, or a step of a group path.
#[derive(Clone, Debug)]
pub struct Group {
    /// The path of names from the client, such as `["client", "activity"]` or `["Activities"]`; never empty. Operations
    /// without a tag are grouped by the first word of their path.
    pub path: Vec<String>,
    /// About the group.
    pub docs: Docs,
    /// Its operations, as indices into [`Api::operations`].
    pub operations: Vec<usize>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name in the document.
    pub name: String,
    /// CommonMark.
    pub description: Option<String>,
    /// What it is.
    pub kind: SchemeKind,
}

/// The security schemes that an SDK can serve.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// Where it travels.
        location: Location,
        /// Its name there.
        name: String,
    },
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// OAuth 2.0: a token that the caller has, or client credentials where there is a token URL for them.
    OAuth2 {
        /// The token URL of the client credentials flow; may be relative to the server.
        client_credentials: Option<String>,
        /// All scopes with their descriptions.
        scopes: IndexMap<String, String>,
    },
    /// A token in `Authorization` whose making is the caller's own business (digest, OpenID Connect, …).
    Token {
        /// What the document calls it.
        scheme: String,
    },
    /// A client certificate, which the caller's own HTTP client brings.
    MutualTls,
}

/// A request that the API makes to its user.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name.
    pub name: String,
    /// The method.
    pub method: String,
    /// About it.
    pub docs: Docs,
    /// What it carries.
    pub payload: Option<TypeRef>,
    /// Where it stands.
    pub pointer: String,
}

/// Something that the SDK does not carry, or not faithfully.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Where it stands.
    pub place: Option<Place>,
    /// Its JSON pointer.
    pub pointer: String,
    /// Why.
    pub reason: String,
}
