//! Rules for the pagination of operations.

use serde::Deserialize;

use crate::diagnostics::Place;

/// The pagination of some operations. Exactly one kind is set.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PaginationRule {
    /// The position of the rule in the file, once it is known.
    #[serde(skip)]
    pub(crate) place: Option<Place>,
    /// The operations, by `operationId`.
    ///
    /// Example: `operations: [listPets]`
    pub operations: Vec<String>,
    /// Cursor pagination: a value of the response body is the parameter of the next request.
    ///
    /// Example: `cursor: { input: after, next: paging.after, items: data }`
    pub cursor: Option<CursorRule>,
    /// URL pagination: a value of the response body is the URL of the next page.
    ///
    /// Example: `url: { next: links.next, items: data }`
    pub url: Option<UrlRule>,
    /// Link pagination: the `Link` response header contains the URL of the next page.
    ///
    /// Example: `link: {}`
    pub link: Option<LinkRule>,
    /// Page pagination: a parameter is the number of the page.
    ///
    /// Example: `page: { input: page, items: data, total: pages }`
    pub page: Option<PageRule>,
    /// Offset pagination: a parameter is the number of items to skip.
    ///
    /// Example: `offset: { input: skip, items: data, limit: limit }`
    pub offset: Option<OffsetRule>,
    /// No pagination, even if it could be inferred.
    ///
    /// Example: `none: true`
    pub none: bool,
}

/// Cursor pagination: a value of the response body is the parameter of the next request.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CursorRule {
    /// The input that selects the page: a query parameter, a property of the request body as `body.name`, or a header as `header name`.
    ///
    /// Example: `input: after`
    pub input: String,
    /// The property of the response body that contains the next value, or a response header as `header name`; nested properties
    /// are separated by dots.
    ///
    /// Example: `next: paging.after`
    pub next: String,
    /// The property of the response body that contains the items. Default: the only array of the body.
    ///
    /// Example: `items: data`
    pub items: Option<String>,
}

/// URL pagination: a value of the response body is the URL of the next page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UrlRule {
    /// The property of the response body that contains the URL.
    ///
    /// Example: `next: links.next`
    pub next: String,
    /// The property of the response body that contains the items. Default: the only array of the body.
    ///
    /// Example: `items: data`
    pub items: Option<String>,
}

/// Link pagination: the `Link` response header contains the URL of the next page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkRule {
    /// The property of the response body that contains the items. Default: the body itself.
    ///
    /// Example: `items: data`
    pub items: Option<String>,
}

/// Page pagination: a parameter is the number of the page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PageRule {
    /// The query parameter.
    ///
    /// Example: `input: page`
    pub input: String,
    /// The number of the first page. Default: the parameter's default, otherwise 1.
    ///
    /// Example: `first: 0`
    pub first: Option<i64>,
    /// The property of the response body that contains the items. Default: the only array of the body.
    ///
    /// Example: `items: data`
    pub items: Option<String>,
    /// The property of the response body that contains the number of pages, or a response header as `header name`.
    ///
    /// Example: `total: pages`
    pub total: Option<String>,
    /// The query parameter that sets the size of a page.
    ///
    /// Example: `limit: per_page`
    pub limit: Option<String>,
}

/// Offset pagination: a parameter is the number of items to skip.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OffsetRule {
    /// The query parameter.
    ///
    /// Example: `input: skip`
    pub input: String,
    /// The offset of the first item. Default: the parameter's default, otherwise 0.
    ///
    /// Example: `first: 1`
    pub first: Option<i64>,
    /// The property of the response body that contains the items. Default: the only array of the body.
    ///
    /// Example: `items: data`
    pub items: Option<String>,
    /// The query parameter that sets the size of a page.
    ///
    /// Example: `limit: limit`
    pub limit: Option<String>,
}
