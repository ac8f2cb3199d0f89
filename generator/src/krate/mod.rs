//! The crate that will be written: what `plan` gives and `emit` takes.
//!
//! Everything is decided here: identifiers, files, types, boxes, doc lines. Who prints it makes no choice any more. Ids are
//! indices into [`Crate`]'s lists, and names of Rust ([`Ident`]) and of the wire ([`WireName`]) are different types.

mod client;
mod docs;
mod errors;
mod example;
mod layout;
mod manifest;
mod model;
mod names;
mod operation;
mod paging;
mod stream;
mod trial;
mod types;

pub use client::{
    Credential, CredentialSetter, Credentials, ServerChoice, ServerVariable, Servers, SetterForm, TokenKind,
    VariableKind, VariableValue,
};
pub use docs::{Doc, Markdown};
pub use errors::{ErrorEnum, ErrorPayload, ErrorVariant};
pub use example::{Example, ExampleCall};
pub use layout::DOC_BREAK;
pub use manifest::{
    Manifest, ManifestCrate, ManifestDocument, ManifestDropped, ManifestOperation, ManifestResponse, ManifestSchema,
    ManifestStream,
};
pub use model::{
    Dispatch, Enum, EnumBase, EnumVariant, ExtraField, Field, JsonKind, Model, ModelBody, ModelFile, Presence, Record,
    Setter, Union, UnionVariant,
};
pub use names::{FILE_STEMS, Ident, WireName};
pub use operation::{
    Body, BodyForm, BodyKind, FormPart, Group, Input, Nested, Operation, OperationNames, Output, OutputCase, Place,
    Requirement, RetryRule, Take, Write,
};
pub use paging::{Access, AccessStep, Paging, PagingInput, PagingStep, Through};
pub use stream::{Framing, OtherStream, Stream};
pub use trial::{Proof, Trial, TrialAnswer, TrialInput, TrialOutcome, TrialPages, WireRequest};
pub use types::TypeExpr;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident => $list:ident: $item:ty;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $name(pub usize);

            impl std::ops::Index<$name> for Crate {
                type Output = $item;
                fn index(&self, id: $name) -> &$item {
                    &self.$list[id.0]
                }
            }
        )+
    };
}

ids! {
    /// A model, by its index.
    ModelId => models: Model;
    /// An operation, by its index.
    OperationId => operations: Operation;
    /// A group of operations, by its index.
    GroupId => groups: Group;
    /// An error enum, by its index.
    ErrorId => errors: ErrorEnum;
}

/// A whole crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// What `Cargo.toml` says.
    pub package: Package,
    /// What the API says about itself.
    pub about: About,
    /// Where requests go.
    pub servers: Servers,
    /// What the caller proves itself with.
    pub credentials: Credentials,
    /// The groups; one stands before the groups in it.
    pub groups: Vec<Group>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The models, in the order of the document.
    pub models: Vec<Model>,
    /// The files of `src/models/`, by name.
    pub model_files: Vec<ModelFile>,
    /// The error enums, by name.
    pub errors: Vec<ErrorEnum>,
    /// Requests that the API makes to its user.
    pub webhooks: Vec<Webhook>,
    /// How the document wants all operations retried; where they differ, each has its own rule.
    pub retries: Option<RetryRule>,
    /// The call that the README, `lib.rs` and `examples/quickstart.rs` show.
    pub showcase: Option<OperationId>,
    /// The optional parts of the runtime that the crate needs.
    pub runtime: RuntimeNeeds,
    /// The depth that the compiler has to allow, where its default does not do.
    pub recursion_limit: Option<usize>,
    /// Whether the API calls something `foo`, `baz` or `quux`, which the linter takes for a placeholder.
    pub placeholder_names: bool,
    /// Whether some type nests as deep as the linter would have named.
    pub intricate_types: bool,
    /// Whether `examples/smoke.rs` is written.
    pub smoke: bool,
    /// Whether the mock and the tests are written.
    pub tests: bool,
    /// The files of tests, one for each group.
    pub test_files: Vec<Ident>,
    /// What `sdk-manifest.json` tells, but for the hashes of the files.
    pub manifest: Manifest,
}

/// What `Cargo.toml` says.
#[derive(Clone, Debug)]
pub struct Package {
    /// The name of the package, such as `workiva-activities`.
    pub name: String,
    /// The name of the library, such as `workiva_activities`.
    pub lib: Ident,
    /// A version that Cargo takes.
    pub version: String,
    /// One line.
    pub description: String,
    /// SPDX expression, where one is configured.
    pub license: Option<String>,
    /// Where it is kept.
    pub repository: Option<String>,
    /// Words for the registry, at most five.
    pub keywords: Vec<String>,
    /// The features that bring in a part of the crate, all of them on by default; none where it is small.
    pub features: Vec<String>,
}

/// What the API says about itself.
#[derive(Clone, Debug)]
pub struct About {
    /// Its title, on one line.
    pub title: String,
    /// Its version, as the document writes it.
    pub version: String,
    /// Its description.
    pub doc: Doc,
    /// Whom to ask: name, address of a page, mail address.
    pub contact: Option<Contact>,
    /// What the environment variables begin with, such as `WORKIVA`.
    pub env_prefix: String,
    /// The version of this generator.
    pub generator: String,
}

/// Whom to ask about the API.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// Who.
    pub name: Option<String>,
    /// A page.
    pub url: Option<String>,
    /// A mail address.
    pub email: Option<String>,
}

/// A request that the API makes to its user.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name.
    pub name: String,
    /// The method, in upper case.
    pub method: String,
    /// About it.
    pub doc: Doc,
    /// What it carries.
    pub payload: Option<TypeExpr>,
}

/// The optional parts of the runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuntimeNeeds {
    /// Some operation is paged.
    pub paging: bool,
    /// Some scheme has a client credentials flow.
    pub oauth: bool,
    /// Some scheme is proved by a token that may change.
    pub tokens: bool,
    /// Some parameter is written in a style other than its location's own.
    pub styles: bool,
    /// Some operation sends `application/x-www-form-urlencoded`.
    pub forms: bool,
    /// Some operation sends `multipart/form-data`.
    pub multipart: bool,
    /// Some operation sends JSON values one after another.
    pub lines: bool,
    /// Some answer is read as it comes.
    pub streams: bool,
    /// Some value has a date or a time.
    pub time: bool,
    /// Some value is base64 in JSON.
    pub base64: bool,
    /// Some model is an enum of texts or integers.
    pub enums: bool,
    /// Some model is a union.
    pub unions: bool,
    /// Some value may be left out or null, which are not the same.
    pub nullables: bool,
    /// The crate has a mock of the API.
    pub mock: bool,
}
