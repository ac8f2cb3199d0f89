//! The configuration: which SDKs to write, and what the documents do not say themselves.
//!
//! In: YAML text. Out: [`Config`], by [`parse`]; unknown keys are refused everywhere, with the nearest known one. Holds
//! afterwards: every name can be the name of a crate, no two SDKs share a folder, each paging rule says one thing.

mod parse;
mod sdk;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::diagnostics::Place;

pub use parse::{ConfigError, ConfigPlace, name_error, parse};

/// The file `sdkwright.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The SDKs, by the name of the crate.
    pub sdks: IndexMap<String, Sdk>,
}

/// One SDK. Paths are relative to the configuration file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sdk {
    /// The OpenAPI document.
    pub document: String,
    /// What is laid over the document, in this order.
    pub overlays: Vec<String>,
    /// The folder of the crate.
    pub out: String,
    /// How the crate presents itself. Its keys stand beside those above.
    pub settings: Settings,
}

/// How a crate presents itself, and the rules that its document needs.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The version of the crate; from the document where it is unset.
    pub version: Option<String>,
    /// The licence of the crate, as an SPDX expression.
    pub license: Option<String>,
    /// The repository of the crate.
    pub repository: Option<String>,
    /// What the environment variables begin with, such as `WORKIVA`; from the crate's name where it is unset.
    pub env_prefix: Option<String>,
    /// Paging that the document does not declare.
    pub pagination: Vec<PagingRule>,
    /// Groups by another path: from the document's (`client.activity`, a tag) to the SDK's.
    pub groups: IndexMap<String, String>,
    /// Names by which the SDK calls operations, by operationId.
    pub operations: IndexMap<String, String>,
    /// Names by which the SDK calls schemas, by their key.
    pub schemas: IndexMap<String, String>,
    /// What part of the document the SDK is for.
    pub select: Select,
    /// Whether enums keep values that the document does not list. True where it is unset.
    pub open_enums: Option<bool>,
    /// How what is nested in a deep object goes out. Not at all where it is unset.
    pub deep_objects: DeepObjects,
    /// Whether paging is inferred where nobody declares it. True where it is unset.
    pub infer_pagination: Option<bool>,
    /// Whether `examples/smoke.rs` is written: a program that calls every operation once.
    pub smoke: bool,
    /// Whether the crate has a mock of the API (feature `mock`) and tests of what it sends and reads.
    pub tests: bool,
    /// Where each of these keys stands, once that is known.
    #[serde(skip)]
    pub places: Places,
}

/// How arrays and objects inside of a deep object are written, of which OpenAPI says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeepObjects {
    /// Not at all: such a call fails before it is sent.
    #[default]
    Refuse,
    /// `a[b][c]=1`, and `a[b][]=1&a[b][]=2` for arrays.
    Brackets,
    /// `a[b][c]=1`, and `a[b][0]=1&a[b][1]=2` for arrays.
    Indices,
    /// `a[b][c]=1`, and `a[b]=1&a[b]=2` for arrays.
    Repeat,
}

/// Where the keys of an SDK's settings stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places(IndexMap<Vec<String>, Place>);

impl Places {
    /// Where the value under some keys stands. Positions in a list are keys too.
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

/// What part of a document an SDK is for. Empty: all of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Select {
    /// Operations with one of these tags.
    pub tags: Vec<String>,
    /// These operations, by id.
    pub operations: Vec<String>,
    /// Operations whose path begins so.
    pub paths: Vec<String>,
}

/// How some operations are paged. Exactly one of the kinds is given.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PagingRule {
    /// Where the rule stands, once that is known.
    #[serde(skip)]
    pub place: Option<Place>,
    /// The operations, by id.
    pub operations: Vec<String>,
    /// A value of the body replaces a parameter.
    pub cursor: Option<CursorRule>,
    /// A value of the body is the URL of the next page.
    pub url: Option<UrlRule>,
    /// The `Link` header.
    pub link: Option<LinkRule>,
    /// A page number.
    pub page: Option<PageRule>,
    /// The number of items to skip.
    pub offset: Option<OffsetRule>,
    /// Not paged, whatever could be inferred.
    pub none: bool,
}

/// A value of the body replaces a parameter.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CursorRule {
    /// The query parameter, or a property of the body as `body.name`.
    pub input: String,
    /// The property of the body that holds the next value; steps are parted by dots.
    pub next: String,
    /// The property of the body that holds the list.
    pub items: Option<String>,
}

/// A value of the body is the URL of the next page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrlRule {
    /// The property of the body that holds the URL.
    pub next: String,
    /// The property of the body that holds the list.
    pub items: Option<String>,
}

/// The `Link` header.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkRule {
    /// The property of the body that holds the list; the body itself where it is unset.
    pub items: Option<String>,
}

/// A page number.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageRule {
    /// The query parameter.
    pub input: String,
    /// The number of the first page; from the parameter's default or minimum, else 1.
    pub first: Option<i64>,
    /// The property of the body that holds the list.
    pub items: Option<String>,
    /// The property of the body that holds the number of pages.
    pub total: Option<String>,
    /// The query parameter that limits a page.
    pub limit: Option<String>,
}

/// The number of items to skip.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OffsetRule {
    /// The query parameter.
    pub input: String,
    /// The property of the body that holds the list.
    pub items: Option<String>,
    /// The query parameter that limits a page.
    pub limit: Option<String>,
}
