//! The pages of the mock server: each list has two.
#![cfg(feature = "mock")]

use bytes::Bytes;
use http::header::{ACCEPT, LINK};
use http::{HeaderValue, Response};
use percent_encoding::percent_decode_str;

use super::mock::{ReceivedRequest, Route, response};

/// The first page and the last page of a paginated operation, with the example of the API description as body.
#[derive(Debug)]
pub struct ExamplePages {
    /// The body of the first page.
    pub first: &'static str,
    /// The `Link` header of the first page.
    pub link: Option<&'static str>,
    /// The body of the last page.
    pub last: &'static str,
    /// How requests for the last page are recognized.
    pub selector: PageSelector,
}

/// What a request for the last page contains.
#[derive(Debug)]
pub enum PageSelector {
    /// A parameter of the query with this name and value.
    Query(&'static str, &'static str),
    /// A header with this name and value.
    Header(&'static str, &'static str),
    /// This text in the body.
    Body(&'static str),
}

impl PageSelector {
    fn matches(&self, request: &ReceivedRequest) -> bool {
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy();
        match self {
            Self::Query(name, value) => {
                let pairs = request.uri.query().unwrap_or_default().split('&');
                let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
                pairs.any(|(key, text)| decoded(key) == *name && decoded(text) == *value)
            }
            Self::Header(name, value) => request.headers.get(*name).is_some_and(|text| text == value),
            Self::Body(text) => String::from_utf8_lossy(&request.body).contains(text),
        }
    }
}

/// Returns the page that a request selects, unless it asks for another representation. Each list has two pages.
pub(super) fn page(route: &Route, request: &ReceivedRequest) -> Option<Response<Bytes>> {
    let Route { responses, pages, .. } = route;
    let (example, pages) = (responses.first()?, pages.as_ref()?);
    let accept = request.headers.get(ACCEPT).map(HeaderValue::as_bytes);
    let mut others = responses
        .iter()
        .filter(|other| other.content_type != example.content_type);
    if others.any(|other| accept == Some(other.content_type.as_bytes())) {
        return None;
    }
    if pages.selector.matches(request) {
        return Some(response(example.status, example.content_type, pages.last));
    }
    let mut first = response(example.status, example.content_type, pages.first);
    if let Some(link) = pages.link {
        first.headers_mut().insert(LINK, HeaderValue::from_static(link));
    }
    Some(first)
}
