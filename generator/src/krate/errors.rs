//! Error enums.

use super::{Access, Doc, Ident, OperationId, TypeExpr, XmlRoot};
use crate::wire::{MediaType, Status};

/// An error enum: the documented failures of one or more operations. It also has the variant `Unexpected`, for
/// undocumented responses.
#[derive(Clone, Debug)]
pub struct ErrorEnum {
    /// The name of the enum.
    pub name: Ident,
    /// The documentation.
    pub doc: Doc,
    /// The documented failures: ascending status codes, then ranges, then the default.
    pub variants: Vec<ErrorVariant>,
    /// The documentation of the variant `Unexpected`.
    pub unexpected_doc: &'static str,
    /// The operations that return it.
    pub operations: Vec<OperationId>,
    /// A program that handles errors. `None` if no operation returns the enum.
    pub usage: Option<String>,
}

impl ErrorEnum {
    /// Returns whether a `default` response covers every status code that no other variant has.
    pub fn has_default(&self) -> bool {
        self.variants.iter().any(|variant| variant.status == Status::Default)
    }
}

/// A documented failure.
#[derive(Clone, Debug)]
pub struct ErrorVariant {
    /// The name of the variant, such as `NotFound`.
    pub name: Ident,
    /// The status codes.
    pub status: Status,
    /// The status code and its reason phrase, such as `404 Not Found`, `4XX` or `default`.
    pub label: String,
    /// The documentation.
    pub doc: Doc,
    /// The body of the response.
    pub payload: ErrorPayload,
    /// The documented media type.
    pub media_type: Option<MediaType>,
    /// The root element, if the body is XML.
    pub xml: Option<XmlRoot>,
    /// The path to the server's message in the body.
    pub message: Option<Access>,
}

/// The body of an error response.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorPayload {
    /// A JSON value.
    Json(TypeExpr),
    /// Text.
    Text,
    /// A body that is undocumented or neither JSON nor text. The raw response is kept.
    Raw,
}
