//! The planned crate: the output of `plan` and the input of `emit`.
//!
//! All decisions are recorded here: identifiers, files, types, boxes, doc text. The emitters only print. Ids are
//! indices into the lists of [`Crate`]. Rust names ([`Ident`]) and names on the wire ([`WireName`]) are different
//! types.

mod client;
mod dependency;
mod docs;
mod errors;
mod example;
mod files;
mod headers;
mod imports;
mod input;
mod links;
mod manifest;
mod model;
mod names;
mod operation;
mod pagination;
mod polling;
mod prose;
mod runtime_needs;
mod snippets;
mod stream;
mod surface;
mod types;
mod wire_tests;
mod xml;

pub use client::{
    ClientParameter, ClientParameterUse, Credential, CredentialKind, CredentialSetter, Credentials, OAuth2,
    PasswordSetter, ServerChoice, ServerVariable, Servers, SetterForm, VariableKind, VariableValue,
};
pub use dependency::Dependency;
pub use docs::{Doc, Markdown};
pub use errors::{ErrorEnum, ErrorPayload, ErrorVariant};
pub use example::{Example, ExampleCall};
pub use files::{Doctest, File, FileKind, Guide, GuideKind, PageKind, RuntimeModule};
pub use headers::{HeaderForm, HeaderGetter, OperationHeader};
pub use imports::{CallImports, Imports, OperationImports};
pub use input::{
    ArgumentType, Body, BodyFormat, BodyKind, EmptySetter, Encoding, FormPart, Input, InputKind, NestedStyle,
};
pub use links::{LinkConversion, LinkGuard, LinkMethod, LinkSource, LinkValue, ResponseLinks};
pub use manifest::{
    Manifest, ManifestCrate, ManifestDocument, ManifestDropped, ManifestOperation, ManifestResponse, ManifestSchema,
    ManifestStream,
};
pub use model::{
    Constructor, Dispatch, Enum, EnumVariant, ExtraField, Field, Model, ModelBody, ModelFile, Presence, Record,
    RequiredFields, Setter, Union, UnionVariant,
};
pub use names::{FILE_STEMS, Ident, WireName};
pub use operation::{Group, Operation, OperationNames, Output, OutputCase, Representation, Requirement, SecurityConst};
pub use pagination::{Access, AccessStep, Pagination, PaginationInput, PaginationOutput, PaginationStep, Wrapper};
pub use polling::Polling;
pub use prose::{OperationProse, PageProse, Prose, TableProse, WebhookProse};
pub use runtime_needs::RuntimeNeeds;
pub use snippets::{
    CredentialSnippets, CurlCommand, ModelSnippets, OperationSnippets, PaginationSnippets, PollingSnippets, Snippets,
};
pub use stream::{AlternativeStream, Framing, Stream, StreamSwitch, VariantEvents};
pub use surface::{DEPRECATION, ItemBuilder, PublicItem, REQUIRED_FIELDS, Surface, TYPE_ALIAS};
pub use types::TypeExpr;
pub use wire_tests::{
    CallCase, CaseInput, CaseOutcome, CasePages, CaseResponse, Expectation, PageSelector, TestFile, TokenTest,
    WireRequest,
};
pub use xml::{XmlField, XmlForm, XmlModel, XmlNode, XmlRoot, XmlScalar};

use rayon::prelude::*;

use crate::wire::{Contact, Method, RetryRule};

/// The maximum width of a line in generated Rust: of code, doc comments, tables and examples. It is the margin of `prettyplease`, which
/// is fixed.
pub const LINE_WIDTH: usize = 89;

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
    /// The index of a model.
    ModelId => models: Model;
    /// The index of an operation.
    OperationId => operations: Operation;
    /// The index of a group of operations.
    GroupId => groups: Group;
    /// The index of an error enum.
    ErrorId => errors: ErrorEnum;
    /// The index of a constant with security requirements.
    SecurityId => security: SecurityConst;
}

/// A planned crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The content of `Cargo.toml`.
    pub package: Package,
    /// Facts about the API as a whole.
    pub api_info: ApiInfo,
    /// The servers.
    pub servers: Servers,
    /// The security schemes.
    pub credentials: Credentials,
    /// The parameters that are set on the client.
    pub client_parameters: Vec<ClientParameter>,
    /// The groups. A group precedes its subgroups.
    pub groups: Vec<Group>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The setters that several operations have: an operation that has it, and its position in [`Operation::setters`].
    pub shared_setters: Vec<(OperationId, usize)>,
    /// The models, in the order of the document.
    pub models: Vec<Model>,
    /// The files of `src/models/`, sorted by name.
    pub model_files: Vec<ModelFile>,
    /// The error enums, sorted by name.
    pub errors: Vec<ErrorEnum>,
    /// The constants with the security requirements of operations, sorted by name.
    pub security: Vec<SecurityConst>,
    /// The webhooks: requests that the API sends to its user.
    pub webhooks: Vec<Webhook>,
    /// The getters of documented response headers.
    pub headers: Vec<HeaderGetter>,
    /// The links of responses to other operations.
    pub links: Vec<ResponseLinks>,
    /// The form of models in XML bodies.
    pub xml: Vec<XmlModel>,
    /// The documentation of the trait that has these getters.
    pub headers_doc: String,
    /// The retry rule of all operations. `None` if they differ; then each operation has its own.
    pub retries: Option<RetryRule>,
    /// The operation that the README, `lib.rs` and `examples/quickstart.rs` call.
    pub featured: Option<OperationId>,
    /// The usage examples of the crate as a whole.
    pub snippets: Snippets,
    /// The sentences of the crate as a whole.
    pub prose: Prose,
    /// The dependencies of the library, sorted by name.
    pub dependencies: Vec<Dependency>,
    /// The additional dependencies of the library in native programs.
    pub native_dependencies: Vec<Dependency>,
    /// The additional dependencies of the library in WebAssembly.
    pub web_dependencies: Vec<Dependency>,
    /// The dependencies of examples and tests, except the crate itself.
    pub dev_dependencies: Vec<Dependency>,
    /// The optional modules of the runtime that the crate needs.
    pub runtime: RuntimeNeeds,
    /// The recursion limit of the crate, if the compiler's default is too low.
    pub recursion_limit: Option<usize>,
    /// Whether a name is `foo`, `baz` or `quux`, for which Clippy's `disallowed_names` is allowed.
    pub disallowed_names: bool,
    /// Whether a type exceeds the threshold of Clippy's `type_complexity`.
    pub complex_types: bool,
    /// Whether `examples/smoke.rs` is generated.
    pub smoke: bool,
    /// Whether the mock server and the wire tests are generated.
    pub tests: bool,
    /// The operation that tests of retries and failures call. `None` if no operation is suitable.
    pub failure_test: Option<OperationId>,
    /// The tests of token renewal.
    pub token_tests: Vec<TokenTest>,
    /// The test files, one for each group.
    pub test_files: Vec<TestFile>,
    /// The guides, in reading order.
    pub guides: Vec<Guide>,
    /// The pages whose Rust examples are doctests.
    pub doctests: Vec<Doctest>,
    /// The imports of generated files that depend on the API.
    pub imports: Imports,
    /// The files, except the manifest.
    pub files: Vec<File>,
    /// The content of `sdk-manifest.json`, except the hashes of the files.
    pub manifest: Manifest,
}

impl Crate {
    /// Returns the files, split into tasks that are small enough for all threads to finish at almost the same time.
    pub fn files_in_parallel(&self) -> impl IndexedParallelIterator<Item = &File> {
        const FILES_PER_TASK: usize = 32;
        self.files.par_iter().with_max_len(FILES_PER_TASK)
    }

    /// Returns the links of the responses of an operation.
    pub fn links_of(&self, id: OperationId) -> impl Iterator<Item = (&ResponseLinks, &LinkMethod)> {
        let all = self
            .links
            .iter()
            .flat_map(|links| links.methods.iter().map(move |method| (links, method)));
        all.filter(move |(_, method)| method.sources.contains(&id))
    }

    /// Returns the `User-Agent` header. The runtime replaces `{os}`.
    pub fn user_agent(&self) -> String {
        let (package, api) = (&self.package, &self.api_info);
        format!(
            "{}/{} ({} {}; sdkwright/{}; rust; {{os}})",
            package.name, package.version, api.title, api.version, api.generator
        )
    }

    /// Returns the operation that examples call: the featured one, otherwise the first.
    pub fn example(&self) -> Option<OperationId> {
        self.featured
            .or((!self.operations.is_empty()).then_some(OperationId(0)))
    }

    /// Returns the first model that is the body of a webhook.
    pub fn webhook_model(&self) -> Option<ModelId> {
        self.webhooks
            .iter()
            .find_map(|webhook| match webhook.payload.as_ref()?.unboxed() {
                TypeExpr::Model(id) => Some(*id),
                _ => None,
            })
    }

    /// Returns the long-running operations.
    pub fn polled(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        let all = self.operations.iter().enumerate();
        all.map(|(index, operation)| (OperationId(index), operation))
            .filter(|(_, operation)| operation.polling.is_some())
    }

    /// Returns the paginated operations.
    pub fn paged(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        let all = self.operations.iter().enumerate();
        all.filter(|(_, operation)| operation.pagination.is_some())
            .map(|(index, operation)| (OperationId(index), operation))
    }
}

/// The content of `Cargo.toml`.
#[derive(Clone, Debug)]
pub struct Package {
    /// The package name, such as `workiva-activities`.
    pub name: String,
    /// The library name, such as `workiva_activities`.
    pub lib: Ident,
    /// The version, in a form that Cargo accepts.
    pub version: String,
    /// Whether the version is assigned by the changes since the committed SDK. Then the crate has a changelog.
    pub auto_version: bool,
    /// The description, on one line.
    pub description: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The URL of the repository.
    pub repository: Option<String>,
    /// The keywords for the registry, at most five.
    pub keywords: Vec<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The URL of the homepage.
    pub homepage: Option<String>,
    /// The URL of the documentation.
    pub documentation: Option<String>,
    /// The URL at which the documentation of the published crate is, for its README. crates.io shows relative links as text if it
    /// cannot resolve them against the repository.
    pub documentation_url: Option<String>,
    /// The registries to which the crate may be published, if they are limited.
    pub publish: Option<Vec<String>>,
    /// The Markdown below the title of the README, or an empty string.
    pub readme_header: String,
    /// The Markdown at the end of the README, or an empty string.
    pub readme_footer: String,
    /// Additional features with the features that they enable, for custom code.
    pub custom_features: Vec<(String, Vec<String>)>,
    /// Additional dependencies with their version requirements, for custom code.
    pub custom_dependencies: Vec<(String, String)>,
    /// Whether the crate has a module with custom code.
    pub custom: bool,
    /// The Cargo features of groups, all enabled by default. Empty for small crates.
    pub features: Vec<String>,
}

impl Package {
    /// Returns the version requirement for users of the crate: the minor version, or all of a pre-release, which other
    /// requirements do not match.
    pub fn requirement(&self) -> &str {
        match self.version.rsplit_once('.') {
            Some((minor, _)) if !self.version.contains('-') => minor,
            Some(_) | None => &self.version,
        }
    }
}

/// Facts about the API as a whole.
#[derive(Clone, Debug)]
pub struct ApiInfo {
    /// The title, on one line.
    pub title: String,
    /// The version, as the document writes it.
    pub version: String,
    /// The description.
    pub doc: Doc,
    /// The contact.
    pub contact: Option<Contact>,
    /// The prefix of the environment variables, such as `WORKIVA`.
    pub env_prefix: String,
    /// The version of sdkwright.
    pub generator: String,
}

/// A request that the API sends to its user.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The name.
    pub name: String,
    /// The HTTP method.
    pub method: Method,
    /// The documentation.
    pub doc: Doc,
    /// The type of the body.
    pub payload: Option<TypeExpr>,
    /// The variant of the event enum. `None` for a callback, whose caller knows what it receives.
    pub event: Option<WebhookEvent>,
}

/// A variant of the enum of all webhook events.
#[derive(Clone, Debug)]
pub struct WebhookEvent {
    /// The name of the variant.
    pub variant: Ident,
    /// The documentation of the variant.
    pub doc: Doc,
    /// The names of the event in requests. The first one is that of the document.
    pub names: Vec<String>,
    /// The content of the variant.
    pub content: EventContent,
}

/// The content of a webhook event.
#[derive(Clone, Debug, PartialEq)]
pub enum EventContent {
    /// A JSON value.
    Json(TypeExpr),
    /// The bytes of a body of another media type.
    Bytes,
    /// Nothing.
    Empty,
}
