//! The API in a form that does not depend on a language: the output of `lower` and the input of `plan`.
//!
//! No `$ref` and no `allOf` is left; ids are indices into [`Api`]'s lists; each union has a strategy, each operation its
//! pagination and its error set. Nothing here is specific to Rust: names are the words of the document, not identifiers.

mod dump;
mod dump_pagination;
mod dump_schemes;
mod names;
mod operation;
mod pagination;
mod polling;
mod required_inputs;
mod types;

use indexmap::IndexMap;

pub use crate::wire::RetryRule;
pub use names::{NameRule, OperationName, RestName, each_word, singular, words};
pub use operation::{
    Body, BodyFormat, BodyKind, BodyVariant, Content, DocumentedHeader, ErrorCase, ErrorSet, ErrorSetId, FormField,
    Link, LinkSource, LinkValue, Operation, Parameter, Representation, ResponseHeader, Stream, StreamForm, Success,
    SuccessCase,
};
pub use pagination::{FieldPath, Pagination, PaginationFlag, PaginationInput, PaginationOutput, PaginationStep};
pub use polling::{Polling, PollingTarget};
pub use types::{
    Enum, EnumValue, Evidence, Extra, Field, Int, NestedKey, Origin, Shape, Strategy, Struct, Text, Type, TypeBody,
    TypeId, TypeRef, Types, Union, Usage, Variant, XmlHint,
};

use crate::diagnostics::Place;
use crate::document::Server;
use crate::wire::{Contact, License, Location, Method};

/// A whole API.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The title.
    pub title: String,
    /// The version.
    pub version: String,
    /// A one-line summary.
    pub summary: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The contact.
    pub contact: Option<Contact>,
    /// The license.
    pub license: Option<License>,
    /// The version of OpenAPI of the document.
    pub openapi: String,
    /// The servers; never empty.
    pub servers: Vec<Server>,
    /// The security schemes that some operation uses.
    pub schemes: Vec<Scheme>,
    /// The groups of operations. A group precedes its subgroups.
    pub groups: Vec<Group>,
    /// All operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// All types that an operation or webhook reaches, and all components unless they are pruned.
    pub types: Types,
    /// The distinct error sets.
    pub error_sets: Vec<ErrorSet>,
    /// Payloads of webhooks and callbacks.
    pub webhooks: Vec<Webhook>,
    /// Parts of the document that lowering does not represent faithfully.
    pub dropped: Vec<Dropped>,
}

/// The documentation of an element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// One line: the summary or title.
    pub summary: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The deprecation message, empty if the document has none; `None` if it is not deprecated.
    pub deprecated: Option<String>,
}

impl Docs {
    /// Returns whether the document has a text.
    pub fn is_described(&self) -> bool {
        let texts = [&self.summary, &self.description];
        texts.into_iter().flatten().any(|text| !text.trim().is_empty())
    }
}

/// A group of operations: a tag, or a segment of a group path.
#[derive(Clone, Debug)]
pub struct Group {
    /// The path of names from the client, such as `["client", "activity"]` or `["Activities"]`; never empty. Operations
    /// without a tag are grouped by the first word of their path.
    pub path: Vec<String>,
    /// The documentation.
    pub docs: Docs,
    /// The operations, as indices into [`Api::operations`].
    pub operations: Vec<usize>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The name in the document.
    pub name: String,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The kind.
    pub kind: SchemeKind,
}

/// The security schemes that an SDK supports.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The location.
        location: Location,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// OAuth 2.0 or OpenID Connect: a token from the caller, or from the token endpoint.
    OAuth2 {
        /// The flows; URLs may be relative to the server.
        flows: Vec<crate::wire::TokenFlow>,
        /// The URL of the authorization server's metadata.
        metadata_url: Option<String>,
        /// All scopes with their descriptions.
        scopes: IndexMap<String, String>,
    },
    /// A token in `Authorization` that the caller obtains.
    Token {
        /// The word before the token.
        scheme: String,
    },
    /// A client certificate, configured in the caller's HTTP client.
    MutualTls,
}

/// A request that the API makes to its user.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The name.
    pub name: String,
    /// The method.
    pub method: Method,
    /// The documentation.
    pub docs: Docs,
    /// The type of the payload.
    pub payload: Option<TypeRef>,
    /// Whether it has a body, of any media type.
    pub has_body: bool,
    /// Whether it is a callback of an operation.
    pub is_callback: bool,
    /// The JSON pointer.
    pub pointer: String,
}

/// A part of the document that the SDK does not represent, or not faithfully.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// The place in the document.
    pub place: Option<Place>,
    /// The JSON pointer.
    pub pointer: String,
    /// The reason.
    pub reason: String,
}
