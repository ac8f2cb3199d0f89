//! Typed getters of response headers.

use super::{Doc, Ident, TypeExpr, WireName};

/// A getter of a header that the API documents. Getters are in one trait, regardless of the operation that documents the header.
#[derive(Clone, Debug)]
pub struct HeaderGetter {
    /// The method.
    pub name: Ident,
    /// The name of the header.
    pub wire: WireName,
    /// The type of the value.
    pub ty: TypeExpr,
    /// How the value is read.
    pub form: HeaderForm,
    /// The documentation of the header.
    pub about: Doc,
    /// The doc comment of the method.
    pub doc: Doc,
}

/// How the value of a header is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// Text.
    Text,
    /// A number or a boolean.
    Json,
    /// A list of texts, separated by commas.
    TextList,
    /// A list of numbers or booleans, separated by commas.
    JsonList,
    /// One text for each header of the name.
    Repeated,
}

/// A documented header of an operation's responses.
#[derive(Clone, Debug)]
pub struct OperationHeader {
    /// The getter, as an index into the crate's list.
    pub getter: usize,
    /// The status codes of the responses that have it, such as `200` or `4XX`.
    pub statuses: Vec<String>,
}
