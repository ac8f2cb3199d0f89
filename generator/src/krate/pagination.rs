//! Pagination.

use super::{Ident, TypeExpr, WireName};

/// The pagination of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The type of a page.
    pub body: TypeExpr,
    /// The type of an item.
    pub item: TypeExpr,
    /// The path to the list in the body.
    pub items: Access,
    /// How the next page is requested.
    pub step: PaginationStep,
    /// The path to the flag that reports whether there are more pages, and its value if there are.
    pub more: Option<(Access, bool)>,
    /// The number of items of all pages.
    pub total: Option<PaginationOutput>,
    /// The wire name of the input that continues a pagination, such as `$next`. `None` if the pagination sets no input.
    pub resume: Option<String>,
}

impl Pagination {
    /// Returns the input for the page size, if the number of all items is known: the two decide whether a page is the last one.
    pub fn limit(&self) -> Option<&PaginationInput> {
        match &self.step {
            PaginationStep::Page { limit, .. } | PaginationStep::Offset { limit, .. } => {
                limit.as_ref().filter(|_| self.total.is_some())
            }
            PaginationStep::Cursor { .. }
            | PaginationStep::Url { .. }
            | PaginationStep::Link
            | PaginationStep::LastId { .. } => None,
        }
    }
}

/// How the next page is requested.
#[derive(Clone, Debug, PartialEq)]
pub enum PaginationStep {
    /// By a cursor from the response.
    Cursor {
        /// The input that receives the cursor.
        input: PaginationInput,
        /// The cursor.
        next: PaginationOutput,
    },
    /// By a URL from the body.
    Url {
        /// The path to the URL.
        next: Access,
    },
    /// By the `Link` header.
    Link,
    /// By page number.
    Page {
        /// The input for the page number.
        input: PaginationInput,
        /// The number of the first page.
        first: i64,
        /// The number of pages.
        total: Option<PaginationOutput>,
        /// The input for the page size.
        limit: Option<PaginationInput>,
    },
    /// By the number of items to skip.
    Offset {
        /// The offset of the first item.
        first: i64,
        /// The input for the offset.
        input: PaginationInput,
        /// The input for the page size.
        limit: Option<PaginationInput>,
    },
    /// By the id of the last item.
    LastId {
        /// The input that receives the id.
        input: PaginationInput,
        /// The path to the id in an item.
        id: Access,
        /// The path to the flag that reports whether there are more items.
        more: Option<Access>,
    },
}

impl PaginationStep {
    /// Returns the input that it sets, if any.
    pub fn input(&self) -> Option<&PaginationInput> {
        match self {
            Self::Cursor { input, .. }
            | Self::Page { input, .. }
            | Self::Offset { input, .. }
            | Self::LastId { input, .. } => Some(input),
            Self::Url { .. } | Self::Link => None,
        }
    }
}

/// An input that pagination sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaginationInput {
    /// A query parameter.
    Query(WireName),
    /// A property of a `deepObject` query parameter: the parameter and the property.
    Deep(WireName, WireName),
    /// A property of an exploded object in the query: the parameter and the property.
    Exploded(WireName, WireName),
    /// A header.
    Header(WireName),
    /// A property of the JSON body, as a path.
    Body(Vec<WireName>),
    /// A property of the JSON body that is a number, as a path.
    BodyNumber(Vec<WireName>),
}

impl PaginationInput {
    /// Returns the name of the parameter that contains the input. `None` if the body contains it.
    pub fn parameter(&self) -> Option<&WireName> {
        match self {
            Self::Query(name) | Self::Deep(name, _) | Self::Exploded(name, _) | Self::Header(name) => Some(name),
            Self::Body(_) | Self::BodyNumber(_) => None,
        }
    }
}

/// A value of a response that pagination reads.
#[derive(Clone, Debug, PartialEq)]
pub enum PaginationOutput {
    /// The path to a value of the body.
    Body(Access),
    /// A response header.
    Header(String),
}

/// The path to a value inside another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The fields along the path. Empty if it is the value itself.
    pub steps: Vec<AccessStep>,
    /// The type of the value, without the wrapper of the last step.
    pub ty: TypeExpr,
}

/// A step to a field.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessStep {
    /// The field.
    pub field: Ident,
    /// The wrapper of its type.
    pub wrapper: Wrapper,
}

/// The wrapper of a field's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    /// Nothing.
    None,
    /// `Option<_>`
    Option,
    /// `Nullable<_>`
    Nullable,
}
