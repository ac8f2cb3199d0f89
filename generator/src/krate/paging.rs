//! Pagination.

use super::{Ident, TypeExpr, WireName};

/// The pagination of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// The type of a page.
    pub body: TypeExpr,
    /// The type of an item.
    pub item: TypeExpr,
    /// The path to the list in the body.
    pub items: Access,
    /// How the next page is requested.
    pub step: PagingStep,
    /// The path to the flag that reports whether there are more pages, and its value if there are.
    pub more: Option<(Access, bool)>,
    /// The number of items of all pages.
    pub total: Option<PagingOutput>,
    /// The wire name of the input that continues a pagination, such as `$next`. `None` if the pagination sets no input.
    pub resume: Option<String>,
}

impl Paging {
    /// Returns the input for the page size, if the number of all items is known: the two decide whether a page is the last one.
    pub fn limit(&self) -> Option<&PagingInput> {
        match &self.step {
            PagingStep::Page { limit, .. } | PagingStep::Offset { limit, .. } => {
                limit.as_ref().filter(|_| self.total.is_some())
            }
            PagingStep::Cursor { .. } | PagingStep::Url { .. } | PagingStep::Link | PagingStep::LastId { .. } => None,
        }
    }
}

/// How the next page is requested.
#[derive(Clone, Debug, PartialEq)]
pub enum PagingStep {
    /// By a cursor from the response.
    Cursor {
        /// The input that receives the cursor.
        input: PagingInput,
        /// The cursor.
        next: PagingOutput,
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
        input: PagingInput,
        /// The number of the first page.
        first: i64,
        /// The number of pages.
        total: Option<PagingOutput>,
        /// The input for the page size.
        limit: Option<PagingInput>,
    },
    /// By the number of items to skip.
    Offset {
        /// The input for the offset.
        input: PagingInput,
        /// The input for the page size.
        limit: Option<PagingInput>,
    },
    /// By the id of the last item.
    LastId {
        /// The input that receives the id.
        input: PagingInput,
        /// The path to the id in an item.
        id: Access,
        /// The path to the flag that reports whether there are more items.
        more: Option<Access>,
    },
}

impl PagingStep {
    /// Returns the input that it sets, if any.
    pub fn input(&self) -> Option<&PagingInput> {
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
pub enum PagingInput {
    /// A query parameter.
    Query(WireName),
    /// A property of a `deepObject` query parameter: the parameter and the property.
    Deep(WireName, WireName),
    /// A header.
    Header(WireName),
    /// A property of the JSON body, as a path.
    Body(Vec<WireName>),
}

/// A value of a response that pagination reads.
#[derive(Clone, Debug, PartialEq)]
pub enum PagingOutput {
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
