//! The configuration: which SDKs to generate, and settings that the documents do not contain.
//!
//! In: YAML text. Out: a [`Config`] from [`parse`]. An unknown key is an error that suggests the nearest known key. Holds
//! afterwards: every name is a valid crate name, no two SDKs share a folder, each pagination rule has exactly one kind.

mod check;
mod pagination;
mod parse;
mod polling;
mod reference;
mod sdk;
#[cfg(test)]
mod tests;
mod types;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::diagnostics::Place;

/// The value of `version` with which each change of the SDK increments the version.
pub const AUTO_VERSION: &str = "auto";

pub use check::name_error;
pub use pagination::{CursorRule, LinkRule, OffsetRule, PageRule, PaginationRule, UrlRule};
pub use parse::{ConfigError, ConfigPlace, nearest, parse};
pub use polling::PollingRule;
pub use reference::{json_schema, markdown};
pub use types::{DateTimeType, DecimalType, Int32Type, IntegerType, TypeChoices, UuidType};

/// The file `sdkwright.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The SDKs, by the name of the crate.
    pub sdks: IndexMap<String, Sdk>,
}

/// An SDK to generate. Paths are relative to the configuration file.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sdk {
    /// The OpenAPI document: a file, or a URL, which needs `--allow-net`.
    ///
    /// Example: `document: openapi.yaml`
    pub document: String,
    /// The overlays that are applied to the document, in this order.
    ///
    /// Example: `overlays: [fixes.yaml]`
    #[cfg_attr(test, schemars(default))]
    pub overlays: Vec<String>,
    /// Whether the document may refer to files outside its folder.
    ///
    /// Example: `allow_outside: true`
    #[cfg_attr(test, schemars(default))]
    pub allow_outside: bool,
    /// The output folder of the crate.
    ///
    /// Example: `out: ../petstore-client`
    pub out: String,
    /// The settings of the crate. In the file, their keys are next to those above.
    #[cfg_attr(test, schemars(flatten))]
    pub settings: Settings,
}

/// The settings of a generated crate.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The version of the crate. With `auto`, the first version is 0.1.0, and each run that changes the crate increments the version by
    /// the rules of semantic versioning and adds the changes to `CHANGELOG.md`. Default: the version of the document.
    ///
    /// Example: `version: auto`
    pub version: Option<String>,
    /// The license of the crate, as an SPDX expression. Default: the license of the document, if it has an SPDX name.
    ///
    /// Example: `license: MIT OR Apache-2.0`
    pub license: Option<String>,
    /// Files with the text of the license, which are copied to the crate. Their names start with `LICENSE`.
    ///
    /// Example: `license_files: [LICENSE-MIT, LICENSE-APACHE]`
    pub license_files: Vec<String>,
    /// The URL of the crate's repository. crates.io resolves the relative links of the README against it, if the repository is on
    /// GitHub, GitLab or Bitbucket, and shows them as text otherwise. So set it before you publish the crate.
    ///
    /// Example: `repository: https://github.com/example/petstore-client`
    pub repository: Option<String>,
    /// The description of the crate. Default: "Client for the", followed by the title of the document.
    ///
    /// Example: `description: The official client of the Petstore API`
    pub description: Option<String>,
    /// The keywords of the crate, at most five. Default: `api`, `client`, `openapi` and `sdk`.
    ///
    /// Example: `keywords: [pets, api, client]`
    pub keywords: Option<Vec<String>>,
    /// The authors of the crate.
    ///
    /// Example: `authors: [Petstore <sdk@petstore.example>]`
    pub authors: Vec<String>,
    /// The URL of the crate's homepage.
    ///
    /// Example: `homepage: https://petstore.example`
    pub homepage: Option<String>,
    /// The URL of the crate's documentation. Default: docs.rs.
    ///
    /// Example: `documentation: https://docs.petstore.example/rust`
    pub documentation: Option<String>,
    /// The registries to which Cargo may publish the crate. With an empty list, it cannot be published. Default: every registry.
    ///
    /// Example: `publish: [my-registry]`
    pub publish: Option<Vec<String>>,
    /// Markdown at the start of the crate's README, below its title.
    ///
    /// Example: `readme_header: "[Status](https://status.petstore.example)"`
    pub readme_header: Option<String>,
    /// Markdown at the end of the crate's README.
    ///
    /// Example: `readme_footer: "Questions? Write to <sdk@petstore.example>."`
    pub readme_footer: Option<String>,
    /// Additional dependencies of the crate for custom code, with their version requirements.
    ///
    /// Example: `dependencies: { chrono: "0.4" }`
    pub dependencies: IndexMap<String, String>,
    /// Additional features of the crate for custom code, each with the features that it enables. A feature with the name of a group
    /// extends the feature of the group.
    ///
    /// Example: `features: { metrics: [] }`
    pub features: IndexMap<String, Vec<String>>,
    /// Whether the crate contains custom code: the module `src/custom.rs` or `src/custom/mod.rs`, which you write. The root of the
    /// crate exports its public items. Default: false.
    ///
    /// Example: `custom: true`
    pub custom: bool,
    /// The prefix of the environment variables that the client reads. Default: the name of the crate in upper case.
    ///
    /// Example: `env_prefix: PETSTORE`
    pub env_prefix: Option<String>,
    /// The pagination of operations, for documents that do not declare it.
    ///
    /// Example: `pagination: [{ operations: [listPets], cursor: { input: after, next: next, items: pets } }]`
    pub pagination: Vec<PaginationRule>,
    /// How the status of long-running operations is requested. A response header `Operation-Location` or `Azure-AsyncOperation`, and
    /// `Location` of a response with the status code 202, need no rule if the document describes them. An operation with
    /// `x-ms-long-running-operation` needs no rule either.
    ///
    /// Example: `polling: [{ operations: [startExport], operation: getExport, status: state, done: [finished], interval: 5 }]`
    pub polling: Vec<PollingRule>,
    /// Renamed groups: from the name in the document, such as a tag, to the name in the SDK. Dots separate nested groups.
    ///
    /// Example: `groups: { Pet Store: pets }`
    pub groups: IndexMap<String, String>,
    /// Renamed operations: from the `operationId` to the name in the SDK.
    ///
    /// Example: `operations: { getPetsById: get_pet }`
    pub operations: IndexMap<String, String>,
    /// Renamed schemas: from the name in the document to the name in the SDK.
    ///
    /// Example: `schemas: { PetDTO: Pet }`
    pub schemas: IndexMap<String, String>,
    /// Renamed properties: from `Schema.property`, or `property` for all schemas, to the name in the SDK. `Schema.property.inner` is a
    /// property of a schema without a name.
    ///
    /// Example: `properties: { Pet.petName: name, created_ts: created_at }`
    pub properties: IndexMap<String, String>,
    /// Renamed parameters and form fields: from `operationId.parameter`, or `parameter` for all operations, to the name in the SDK.
    ///
    /// Example: `parameters: { listPets.q: query, per_page: page_size }`
    pub parameters: IndexMap<String, String>,
    /// Renamed variants: from `Schema.value` of an enum, or from a discriminator value or schema of a union, to the name in the SDK.
    ///
    /// Example: `variants: { Status.1: Active, Pet.cat: Feline }`
    pub variants: IndexMap<String, String>,
    /// The parts of the document that the SDK does not have.
    ///
    /// Example: `ignore: { operations: [dropDatabase], properties: [Pet.internalId] }`
    pub ignore: Ignore,
    /// The parameters that are set on the client builder, by their names in the document; calls can override them. `[]` means none.
    /// Default: those that nearly all operations require, except ids of resources.
    ///
    /// Example: `client_parameters: [api-version, X-Tenant]`
    pub client_parameters: Option<Vec<String>>,
    /// How operations without a configured name are named. Default: `idiomatic`.
    ///
    /// Example: `naming: document`
    pub naming: Naming,
    /// Whether types are generated for schemas that no operation uses. Default: `omit`.
    ///
    /// Example: `unused: keep`
    pub unused: Unused,
    /// How equal named schemas whose names have a word in common are generated. Default: `merge`.
    ///
    /// Example: `equal_components: separate`
    pub equal_components: EqualComponents,
    /// The part of the document that the SDK covers. Default: the whole document.
    ///
    /// Example: `select: { tags: [Pets] }`
    pub select: Select,
    /// The Rust types of dates, UUIDs, decimal numbers and integers. The crate depends on the crates of the types that it uses.
    ///
    /// Example: `types: { date_time: chrono, uuid: uuid }`
    pub types: TypeChoices,
    /// Whether enums accept and keep values that the document does not list. Default: true.
    ///
    /// Example: `open_enums: false`
    pub open_enums: Option<bool>,
    /// How nested values of `deepObject` parameters are encoded. Default: `brackets`.
    ///
    /// Example: `deep_objects: indices`
    pub deep_objects: Option<DeepObjects>,
    /// Whether pagination is inferred if neither the document nor the configuration declares it. Default: true.
    ///
    /// Example: `infer_pagination: false`
    pub infer_pagination: Option<bool>,
    /// Whether to write `examples/smoke.rs`, a program that calls every operation once. Default: false.
    ///
    /// Example: `smoke: true`
    pub smoke: bool,
    /// Whether to write wire tests and a mock of the API (feature `mock`). Default: false.
    ///
    /// Example: `tests: true`
    pub tests: bool,
    /// The levels of diagnostics, by code and optionally by position. The last rule that matches a diagnostic applies.
    ///
    /// Example: `diagnostics: [{ level: allow, codes: [W0401] }, { level: deny, codes: [W0203], at: "#/paths" }]`
    pub diagnostics: Vec<DiagnosticRule>,
    /// The position of each of these keys in the file, once it is known.
    #[serde(skip)]
    pub(crate) places: Places,
}

/// How operations without a configured name are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Naming {
    /// The `operationId` without the prefixes and suffixes that server frameworks add. If it only repeats the method and the path, a verb
    /// such as `list`, `get` or `create`.
    #[default]
    Idiomatic,
    /// The `operationId`.
    Document,
}

/// Whether types are generated for schemas that no operation uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Unused {
    /// No types, unless the document has no operations.
    #[default]
    Omit,
    /// Types for all schemas.
    Keep,
}

/// How equal named schemas are generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EqualComponents {
    /// One type. The other names are aliases of it.
    #[default]
    Merge,
    /// A separate type for each schema, so that a change of one does not affect the others.
    Separate,
}

/// The encoding of arrays and objects inside a `deepObject` parameter, which OpenAPI does not define.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DeepObjects {
    /// No encoding: a call with such a value fails before it is sent.
    Reject,
    /// Objects as `a[b][c]=1`, arrays as `a[b][]=1&a[b][]=2`, arrays of objects or arrays as `a[b][0][c]=1`.
    #[default]
    Brackets,
    /// Objects as `a[b][c]=1`, arrays as `a[b][0]=1&a[b][1]=2`.
    Indices,
    /// Objects as `a[b][c]=1`, arrays as `a[b]=1&a[b]=2`.
    Repeat,
}

/// A rule that changes the level of some diagnostics.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiagnosticRule {
    /// The new level.
    ///
    /// Example: `level: allow`
    pub level: Level,
    /// The codes, such as `W0401`.
    ///
    /// Example: `codes: [W0401]`
    pub codes: Vec<String>,
    /// A JSON pointer: the rule applies only to the value at the pointer and to the values inside it.
    ///
    /// Example: `at: "#/paths/~1pets"`
    pub at: Option<String>,
}

/// The level of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The diagnostic is not reported.
    Allow,
    /// The diagnostic is a warning.
    Warn,
    /// The diagnostic is an error: the SDK is not written.
    Deny,
}

/// The positions of the keys of an SDK's settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places(IndexMap<Vec<String>, Place>);

impl Places {
    /// Returns the position of the value at a path of keys. An index of a list is a key too.
    pub fn get(&self, keys: &[&str]) -> Option<Place> {
        self.0
            .iter()
            .find(|(known, _)| known.as_slice() == keys)
            .map(|(_, place)| *place)
    }
}

impl FromIterator<(Vec<String>, Place)> for Places {
    fn from_iter<T: IntoIterator<Item = (Vec<String>, Place)>>(places: T) -> Self {
        Self(places.into_iter().collect())
    }
}

/// The parts of a document that an SDK does not have.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Ignore {
    /// The tags whose operations are ignored.
    ///
    /// Example: `tags: [Internal]`
    pub tags: Vec<String>,
    /// The operations that are ignored, by `operationId`.
    ///
    /// Example: `operations: [debugDump]`
    pub operations: Vec<String>,
    /// The schemas that are ignored. Their values have the type `serde_json::Value`.
    ///
    /// Example: `schemas: [LegacyPet]`
    pub schemas: Vec<String>,
    /// The properties that are ignored, as `Schema.property`, or as `property` for all schemas.
    ///
    /// Example: `properties: [Pet.internalId, _links]`
    pub properties: Vec<String>,
    /// The optional parameters that are ignored, as `operationId.parameter`, or as `parameter` for all operations.
    ///
    /// Example: `parameters: [listPets.trace, debug]`
    pub parameters: Vec<String>,
    /// The values of enums and members of unions that are ignored, as `Schema.value`. Responses with them are still accepted.
    ///
    /// Example: `variants: [Status.obsolete]`
    pub variants: Vec<String>,
}

/// The part of a document that an SDK covers. An operation is included if it matches any tag, operation or path; if all lists are
/// empty, every operation is included.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Select {
    /// The tags whose operations are included.
    ///
    /// Example: `tags: [Pets]`
    pub tags: Vec<String>,
    /// The operations that are included, by `operationId`.
    ///
    /// Example: `operations: [listPets, getPet]`
    pub operations: Vec<String>,
    /// The path prefixes whose operations are included.
    ///
    /// Example: `paths: [/pets]`
    pub paths: Vec<String>,
}
