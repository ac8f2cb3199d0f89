//! The way from one page to the next: which request it is, and whether it may be sent.
//!
//! A walk stays on the origin that it began with, never sends the same request twice, and keeps what the caller chose for
//! the first page (policies, timeouts, headers) to the last.

use std::hash::{DefaultHasher, Hash, Hasher};

use http::HeaderMap;
use http::header::LINK;
use serde_json::Value;
use url::Url;

use super::failure::{BuildError, PagingError};
use super::request::{Request, scalar};
use super::{RawResponse, address};

/// What leads to the next page.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The same request with another cursor. A cursor that is a URL is followed instead.
    Cursor {
        /// Where the cursor goes.
        input: Input,
    },
    /// The same request with the id of the last item.
    LastId {
        /// Where the id goes.
        input: Input,
    },
    /// A URL in the body.
    Url,
    /// A URL in the header `Link`, as RFC 8288 has it.
    Link,
    /// The same request with the next number.
    Page {
        /// Where the number goes.
        input: Input,
        /// The number of the first page.
        first: i64,
    },
    /// The same request, so many items further on.
    Offset {
        /// Where the offset goes.
        input: Input,
    },
}

/// Where in a request the cursor goes.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// A query parameter.
    Query(&'static str),
    /// A place in the JSON body, as a JSON pointer.
    Body(&'static str),
}

impl Request {
    /// Starts where an earlier walk stopped.
    pub fn resume(&mut self, step: Step, cursor: &str) {
        if let Err(message) = go(self, step, cursor) {
            self.fail(BuildError::new(message));
        }
    }
}

/// What a page says of its successor.
pub(super) struct Found {
    pub next: Option<String>,
    pub count: usize,
    pub more: Option<bool>,
    pub pages: Option<i64>,
}

/// A request on its way from page to page.
#[derive(Clone)]
pub(super) struct Walk {
    pub request: Request,
    step: Step,
    /// Marks of all requests so far, to notice a circle. A mark has 64 bits: two of a million requests share one by
    /// chance once in forty million walks.
    seen: Vec<u64>,
}

impl Walk {
    pub(super) fn new(request: Request, step: Step) -> Self {
        Self {
            seen: Vec::from_iter(mark(&request)),
            request,
            step,
        }
    }

    /// What leads on from a page, if anything.
    pub(super) fn cursor(&self, found: Found, response: &RawResponse) -> Option<String> {
        if found.more == Some(false) {
            return None;
        }
        let cursor = match self.step {
            Step::Cursor { .. } | Step::LastId { .. } | Step::Url => found.next,
            Step::Link => link(response.headers()),
            Step::Page { .. } | Step::Offset { .. } if found.count == 0 => None,
            Step::Page { input, first } => {
                let page = number(&self.request, input).unwrap_or(first);
                let done = page.saturating_sub(first).saturating_add(1);
                found
                    .pages
                    .is_none_or(|pages| done < pages)
                    .then(|| page.saturating_add(1).to_string())
            }
            Step::Offset { input } => {
                let count = i64::try_from(found.count).unwrap_or(i64::MAX);
                Some(
                    number(&self.request, input)
                        .unwrap_or(0)
                        .saturating_add(count)
                        .to_string(),
                )
            }
        };
        // Where cursors are numbers, 0 says that there is no more.
        let end = |cursor: &str| cursor.is_empty() || cursor == "0" && matches!(self.step, Step::Cursor { .. });
        cursor.filter(|cursor| !end(cursor.trim()))
    }

    /// The same walk, one page further on.
    pub(super) fn further(&self, cursor: &str) -> Result<Self, PagingError> {
        let mut walk = self.clone();
        let refuse = |message: String| PagingError::new(message).at(&self.request.call());
        go(&mut walk.request, self.step, cursor).map_err(refuse)?;
        let mark = mark(&walk.request).ok_or_else(|| refuse("the link to the next page is no URL".to_owned()))?;
        if walk.seen.contains(&mark) {
            return Err(refuse(
                "the link to the next page leads back to a page that was there before".to_owned(),
            ));
        }
        walk.seen.push(mark);
        Ok(walk)
    }
}

fn mark(request: &Request) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    request.url().ok()?.as_str().hash(&mut hasher);
    request.body.as_bytes().hash(&mut hasher);
    Some(hasher.finish())
}

/// Makes a request the one for another page.
fn go(request: &mut Request, step: Step, cursor: &str) -> Result<(), String> {
    let cursor = cursor.trim();
    match step {
        Step::Url | Step::Link => follow(request, cursor),
        Step::Cursor { .. } if is_url(cursor) => follow(request, cursor),
        Step::Cursor { input } | Step::LastId { input } => set(request, input, Value::from(cursor)),
        Step::Page { input, .. } | Step::Offset { input } => {
            let number = cursor
                .parse::<i64>()
                .map_err(|_| format!("`{cursor}` is no place among the pages"))?;
            set(request, input, Value::from(number))
        }
    }
}

/// Whether a cursor is a URL. One of base64 may begin with a slash too, but has no question mark.
fn is_url(cursor: &str) -> bool {
    let absolute = ["http://", "https://"].iter().any(|scheme| cursor.starts_with(scheme));
    absolute || (cursor.starts_with(['/', '?']) && cursor.contains('?'))
}

fn follow(request: &mut Request, link: &str) -> Result<(), String> {
    let message = |error: BuildError| error.message().to_owned();
    let (server, current) = (request.server().map_err(message)?, request.url().map_err(message)?);
    request.link = Some(target(&server, &current, link)?.into());
    Ok(())
}

/// Where a link to another page leads. A path belongs to the server; where the server has a base path, the link may
/// leave it out. The rest is joined as RFC 3986 has it.
fn target(server: &Url, current: &Url, link: &str) -> Result<Url, String> {
    let base = server.path().trim_end_matches('/');
    let within = link.strip_prefix(base).is_some_and(|rest| rest.starts_with(['/', '?']));
    let joined = if link.starts_with('/') && !link.starts_with("//") && !within {
        Url::parse(&address::join(server, link))
    } else {
        current.join(link)
    };
    let target = joined.map_err(|error| format!("the link to the next page is no URL: {error}"))?;
    if target.origin() != current.origin() {
        let (to, from) = (address::origin(&target), address::origin(current));
        return Err(format!("the link to the next page leads to {to}, away from {from}"));
    }
    Ok(target)
}

fn set(request: &mut Request, input: Input, value: Value) -> Result<(), String> {
    request.link = None;
    match input {
        Input::Query(name) => request.query_text(name, scalar(value)),
        Input::Body(pointer) => {
            let body = request.body.as_bytes();
            let body = with_member(body, pointer, value).ok_or_else(|| format!("the body has no place `{pointer}`"))?;
            request.body("application/json", body);
        }
    }
    Ok(())
}

fn with_member(body: &[u8], pointer: &str, value: Value) -> Option<Vec<u8>> {
    let mut root = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(body).ok()?
    };
    let mut place = &mut root;
    for key in pointer.strip_prefix('/').unwrap_or(pointer).split('/') {
        if place.is_null() {
            *place = Value::Object(serde_json::Map::new());
        }
        place = place
            .as_object_mut()?
            .entry(key.replace("~1", "/").replace("~0", "~"))
            .or_insert(Value::Null);
    }
    *place = value;
    Some(root.to_string().into_bytes())
}

/// The number that a request has at its input.
fn number(request: &Request, input: Input) -> Option<i64> {
    match input {
        Input::Query(name) => request
            .query
            .iter()
            .find(|(other, _)| other == name)?
            .1
            .rsplit('=')
            .next()?
            .parse()
            .ok(),
        Input::Body(pointer) => {
            let body: Value = serde_json::from_slice(request.body.as_bytes()).ok()?;
            body.pointer(pointer)?.as_i64()
        }
    }
}

/// The target of the first link with the relation `next`.
fn link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    // Each link begins with its target in angle brackets; commas may stand in targets and in quoted parameters.
    let mut links = values
        .flat_map(|value| value.split('<').skip(1))
        .filter_map(|link| link.split_once('>'));
    links
        .find(|(_, parameters)| is_next(parameters))
        .map(|(target, _)| target.trim().to_owned())
}

fn is_next(parameters: &str) -> bool {
    parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .any(|(name, value)| {
            let relations = value.trim().trim_end_matches(',').trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel") && relations.split(' ').any(|one| one.eq_ignore_ascii_case("next"))
        })
}
