//! Paging.

use super::{Ident, TypeExpr, WireName};

/// How an operation is paged.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// What one page is.
    pub body: TypeExpr,
    /// What an item is.
    pub item: TypeExpr,
    /// The list in the body.
    pub items: Access,
    /// How the next page is asked for.
    pub step: PagingStep,
    /// The cursor's name in the caller's words, such as `next` for the query parameter `$next`; `None` where the step has none.
    pub resume: Option<String>,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum PagingStep {
    /// A value of the body replaces an input.
    Cursor {
        /// What is replaced.
        input: PagingInput,
        /// Where the value stands.
        next: Access,
    },
    /// A value of the body is the URL of the next page.
    Url {
        /// Where the URL stands.
        next: Access,
    },
    /// The `Link` header.
    Link,
    /// A page number.
    Page {
        /// What counts.
        input: PagingInput,
        /// The number of the first page.
        first: i64,
        /// Where the number of pages stands.
        total: Option<Access>,
        /// What limits a page.
        limit: Option<PagingInput>,
    },
    /// The number of items to skip.
    Offset {
        /// What counts.
        input: PagingInput,
        /// What limits a page.
        limit: Option<PagingInput>,
    },
    /// The id of the last item.
    LastId {
        /// What is replaced.
        input: PagingInput,
        /// Where the id stands in an item.
        id: Access,
        /// Where the body says whether there is more.
        more: Option<Access>,
    },
}

impl PagingStep {
    /// The input that it sets, if it sets one.
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

/// The input that paging sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingInput {
    /// A query parameter.
    Query(WireName),
    /// A property of the JSON body, from the top down.
    Body(Vec<WireName>),
}

/// The way from a value to one inside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The fields on the way; none where the value itself is meant.
    pub steps: Vec<AccessStep>,
    /// What stands there, without the layers of the last step.
    pub ty: TypeExpr,
}

/// A step to a field.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessStep {
    /// The field.
    pub field: Ident,
    /// What its value is wrapped in.
    pub through: Through,
}

/// What a field's value is wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// Nothing.
    Plain,
    /// `Option<_>`
    Option,
    /// The three-state value.
    Nullable,
}
