//! Pagination.

/// A path of property names from the body down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldPath(pub Vec<String>);

/// The pagination of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// How the next page is requested.
    pub step: PaginationStep,
    /// The list in the body. The path is empty if the body is the list.
    pub items: Option<FieldPath>,
    /// The flag that reports whether more pages follow.
    pub more: Option<PaginationFlag>,
    /// The number of items of all pages.
    pub total: Option<PaginationOutput>,
    /// The rule that decided, for `explain`.
    pub reason: String,
}

impl Pagination {
    /// Creates a pagination without a flag and a total.
    pub fn new(step: PaginationStep, items: Option<FieldPath>, reason: String) -> Self {
        Self {
            step,
            items,
            more: None,
            total: None,
            reason,
        }
    }
}

/// A boolean of the body that reports whether more pages follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaginationFlag {
    /// The path of the boolean.
    pub path: FieldPath,
    /// The value that means that more pages follow.
    pub value: bool,
}

/// A value of a response that pagination reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaginationOutput {
    /// A property of the body.
    Body(FieldPath),
    /// A response header, by its name.
    Header(String),
}

/// How the next page is requested.
#[derive(Clone, Debug, PartialEq)]
pub enum PaginationStep {
    /// A value of the body replaces a parameter. The value may also be a URL.
    Cursor {
        /// The input that is replaced.
        input: PaginationInput,
        /// The value.
        next: PaginationOutput,
    },
    /// A value of the body is the URL of the next page.
    Url {
        /// The path of the URL.
        next: FieldPath,
    },
    /// The `Link` header of RFC 8288, `rel="next"`.
    Link,
    /// A page number.
    Page {
        /// The input that counts.
        input: PaginationInput,
        /// The number of the first page.
        first: i64,
        /// The number of pages.
        total: Option<PaginationOutput>,
        /// The parameter that limits the size of a page.
        limit: Option<PaginationInput>,
    },
    /// The number of items to skip.
    Offset {
        /// The input that counts.
        input: PaginationInput,
        /// The offset of the first item.
        first: i64,
        /// The parameter that limits the size of a page.
        limit: Option<PaginationInput>,
    },
    /// The id of the last item.
    LastId {
        /// The input that is replaced.
        input: PaginationInput,
        /// The path of the id in an item.
        id: FieldPath,
        /// The path of the flag that reports whether more pages follow.
        more: Option<FieldPath>,
    },
}

impl PaginationStep {
    /// Returns the input that selects a page.
    pub fn input(&self) -> Option<&PaginationInput> {
        match self {
            Self::Cursor { input, .. }
            | Self::Page { input, .. }
            | Self::Offset { input, .. }
            | Self::LastId { input, .. } => Some(input),
            Self::Url { .. } | Self::Link => None,
        }
    }

    /// Returns the parameter that limits the size of a page.
    pub fn limit(&self) -> Option<&PaginationInput> {
        match self {
            Self::Page { limit, .. } | Self::Offset { limit, .. } => limit.as_ref(),
            Self::Cursor { .. } | Self::LastId { .. } | Self::Url { .. } | Self::Link => None,
        }
    }
}

/// The input that pagination sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaginationInput {
    /// A query parameter, by its name on the wire.
    Query(String),
    /// A property of a `deepObject` query parameter: the parameter and the property, as in `page[number]`.
    Deep(String, String),
    /// A property of a query parameter that is an exploded object: the parameter and the property, as in `page` of `pageable`.
    Exploded(String, String),
    /// A header, by its name.
    Header(String),
    /// A property of the JSON body.
    Body(FieldPath),
    /// A property of the JSON body that is a number. A cursor is sent to it as a number.
    BodyNumber(FieldPath),
}

impl PaginationInput {
    /// Returns the name of the parameter that contains the input. `None` if the body contains it.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Query(name) | Self::Deep(name, _) | Self::Exploded(name, _) | Self::Header(name) => Some(name),
            Self::Body(_) | Self::BodyNumber(_) => None,
        }
    }
}
