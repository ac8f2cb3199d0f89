//! Error enums.

use super::{Access, Doc, Ident, OperationId, TypeExpr};
use crate::document::Status;

/// The ways in which operations can fail. Each has one variant more, `Unexpected`, for whatever is not documented.
#[derive(Clone, Debug)]
pub struct ErrorEnum {
    /// Its name.
    pub name: Ident,
    /// About it.
    pub doc: Doc,
    /// The documented failures, by ascending code, then ranges, then the default.
    pub variants: Vec<ErrorVariant>,
    /// Who fails so.
    pub operations: Vec<OperationId>,
}

/// One documented failure.
#[derive(Clone, Debug)]
pub struct ErrorVariant {
    /// Its name, such as `NotFound`.
    pub name: Ident,
    /// The codes.
    pub status: Status,
    /// The codes with their meaning, such as `404 Not Found`, `4XX`, `default`.
    pub label: String,
    /// About it.
    pub doc: Doc,
    /// What comes with them.
    pub payload: ErrorPayload,
    /// The documented media type.
    pub media_type: Option<String>,
    /// Where the server's own message stands in the body.
    pub message: Option<Access>,
}

/// What comes with a failure.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorPayload {
    /// JSON.
    Json(TypeExpr),
    /// Text.
    Text,
    /// Nothing is documented, or neither JSON nor text: the response as it came.
    Raw,
}
