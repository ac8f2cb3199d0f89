//! Paging: what leads from one page to the next, and the walk over all of them.
//!
//! A walk stays on the origin that it began with, never sends the same request twice, and keeps what the caller chose for
//! the first page (policies, timeouts, headers) to the last.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::LINK;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::codec::{Outcome, Wire};
use super::environment::BoxFuture;
use super::failure::{BuildError, PagingError};
use super::request::{Request, scalar};
use super::{Error, ErrorSet, RawResponse, Response, address};

/// How an operation is paged: `T` is the body of a page, `I` an item on it.
pub struct Paging<T: 'static, I: 'static> {
    /// What leads to the next page.
    pub step: Step,
    /// The cursor or link in a body.
    pub next: fn(&T) -> Option<String>,
    /// The items of a body.
    pub items: fn(T) -> Vec<I>,
    /// How many they are.
    pub count: fn(&T) -> usize,
    /// Whether the body says that there are more pages.
    pub more: fn(&T) -> Option<bool>,
    /// How many pages the body says that there are.
    pub pages: fn(&T) -> Option<i64>,
}

impl<T, I> Paging<T, I> {
    /// A way to no page.
    pub const DEFAULT: Self = Self {
        step: Step::Url,
        next: |_| None,
        items: |_| Vec::new(),
        count: |_| 0,
        more: |_| None,
        pages: |_| None,
    };
}

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

/// One page. It derefs to the body.
#[derive(Clone)]
pub struct Page<T: 'static, I: 'static, E> {
    body: T,
    status: StatusCode,
    headers: HeaderMap,
    cursor: Option<String>,
    walk: Walk,
    paging: &'static Paging<T, I>,
    kind: PhantomData<fn() -> E>,
}

impl<T: Wire, I, E: ErrorSet> Page<T, I, E> {
    /// Fetches the next page; `None` after the last one.
    ///
    /// # Errors
    /// When the call fails, or the way leads to another origin or to a page that was there before.
    pub async fn next(&self) -> Result<Option<Self>, Error<E>> {
        match self.following() {
            Some(walk) => fetch(walk.map_err(|error| Error::Paging(Box::new(error)))?, self.paging)
                .await
                .map(Some),
            None => Ok(None),
        }
    }

    fn following(&self) -> Option<Result<Walk, PagingError>> {
        self.cursor
            .as_ref()
            .map(|cursor| self.walk.further(self.paging.step, cursor))
    }
}

impl<T, I, E> Page<T, I, E> {
    /// What leads to the next page; `None` on the last one. The operation's `resume` starts again from it.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// The items.
    pub fn into_items(self) -> Vec<I> {
        (self.paging.items)(self.body)
    }

    /// The body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl<T, I, E> Deref for Page<T, I, E> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T: std::fmt::Debug, I, E> std::fmt::Debug for Page<T, I, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page")
            .field("body", &self.body)
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

/// All pages, each fetched when it is asked for. After an error there is nothing more.
#[must_use = "no page is fetched until it is asked for"]
pub struct Pages<T: 'static, I: 'static, E> {
    paging: &'static Paging<T, I>,
    next: Option<Result<Walk, PagingError>>,
    loading: Option<BoxFuture<'static, Result<Page<T, I, E>, Error<E>>>>,
    left: usize,
}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Pages<T, I, E> {
    /// Ends after so many pages.
    pub fn max_pages(mut self, most: usize) -> Self {
        self.left = most;
        self
    }

    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Page<T, I, E>, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Stream for Pages<T, I, E> {
    type Item = Result<Page<T, I, E>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.loading.is_none() {
            match self.next.take().filter(|_| self.left > 0) {
                Some(Ok(walk)) => self.loading = Some(Box::pin(fetch(walk, self.paging))),
                Some(Err(error)) => return Poll::Ready(Some(Err(Error::Paging(Box::new(error))))),
                None => return Poll::Ready(None),
            }
            self.left -= 1;
        }
        let Some(loading) = &mut self.loading else {
            return Poll::Ready(None);
        };
        let page = ready!(loading.as_mut().poll(context));
        self.loading = None;
        self.next = page.as_ref().ok().and_then(Page::following);
        Poll::Ready(Some(page))
    }
}

/// All items of all pages, each page fetched when its first item is asked for. After an error there is nothing more.
#[must_use = "no page is fetched until an item is asked for"]
pub struct Items<T: 'static, I: 'static, E> {
    pages: Pages<T, I, E>,
    items: std::vec::IntoIter<I>,
}

// Nothing in it is ever pinned.
impl<T, I, E> Unpin for Items<T, I, E> {}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Items<T, I, E> {
    /// Ends after so many pages.
    pub fn max_pages(mut self, most: usize) -> Self {
        self.pages.left = most;
        self
    }

    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Stream for Items<T, I, E> {
    type Item = Result<I, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl Request {
    /// Fetches a page.
    pub async fn page<T: Wire, I, E: ErrorSet>(self, paging: &'static Paging<T, I>) -> Result<Page<T, I, E>, Error<E>> {
        fetch(Walk::new(self), paging).await
    }

    /// Fetches a page, with status and headers.
    pub async fn page_response<T: Wire, I, E: ErrorSet>(
        self,
        paging: &'static Paging<T, I>,
    ) -> Result<Response<Page<T, I, E>>, Error<E>> {
        let page = self.page(paging).await?;
        let (status, headers) = (page.status, page.headers.clone());
        Ok(Response {
            body: page,
            status,
            headers,
        })
    }

    /// All pages.
    pub fn pages<T: Wire, I, E: ErrorSet>(self, paging: &'static Paging<T, I>) -> Pages<T, I, E> {
        Pages {
            paging,
            next: Some(Ok(Walk::new(self))),
            loading: None,
            left: usize::MAX,
        }
    }

    /// All items of all pages.
    pub fn items<T: Wire, I, E: ErrorSet>(self, paging: &'static Paging<T, I>) -> Items<T, I, E> {
        Items {
            pages: self.pages(paging),
            items: Vec::new().into_iter(),
        }
    }

    /// Starts where an earlier walk stopped.
    pub fn resume(&mut self, step: Step, cursor: &str) {
        if let Err(message) = go(self, step, cursor) {
            self.fail(BuildError::new(message));
        }
    }
}

async fn fetch<T: Wire, I, E: ErrorSet>(walk: Walk, paging: &'static Paging<T, I>) -> Result<Page<T, I, E>, Error<E>> {
    let response = walk.request.clone().succeed().await?;
    let outcome: Outcome<T> = response.json();
    let body = match outcome {
        Ok(body) => body,
        Err(fault) => return Err(Error::decode(response, fault)),
    };
    let found = Found {
        next: (paging.next)(&body),
        count: (paging.count)(&body),
        more: (paging.more)(&body),
        pages: (paging.pages)(&body),
    };
    let cursor = found.cursor(paging.step, &walk.request, &response);
    let RawResponse { status, headers, .. } = response;
    Ok(Page {
        body,
        status,
        headers,
        cursor,
        walk,
        paging,
        kind: PhantomData,
    })
}

/// What a page says of its successor.
struct Found {
    next: Option<String>,
    count: usize,
    more: Option<bool>,
    pages: Option<i64>,
}

impl Found {
    fn cursor(self, step: Step, request: &Request, response: &RawResponse) -> Option<String> {
        if self.more == Some(false) {
            return None;
        }
        let cursor = match step {
            Step::Cursor { .. } | Step::LastId { .. } | Step::Url => self.next,
            Step::Link => link(response.headers()),
            Step::Page { .. } | Step::Offset { .. } if self.count == 0 => None,
            Step::Page { input, first } => {
                let page = number(request, input).unwrap_or(first);
                let done = page.saturating_sub(first).saturating_add(1);
                self.pages
                    .is_none_or(|pages| done < pages)
                    .then(|| page.saturating_add(1).to_string())
            }
            Step::Offset { input } => {
                let count = i64::try_from(self.count).unwrap_or(i64::MAX);
                Some(number(request, input).unwrap_or(0).saturating_add(count).to_string())
            }
        };
        cursor.filter(|cursor| !cursor.trim().is_empty())
    }
}

/// A request on its way from page to page.
#[derive(Clone)]
struct Walk {
    request: Request,
    /// Marks of all requests so far, to notice a circle. A mark has 64 bits: two of a million requests share one by
    /// chance once in forty million walks.
    seen: Vec<u64>,
}

impl Walk {
    fn new(request: Request) -> Self {
        Self {
            seen: Vec::from_iter(mark(&request)),
            request,
        }
    }

    /// The same walk, one page further on.
    fn further(&self, step: Step, cursor: &str) -> Result<Self, PagingError> {
        let mut walk = self.clone();
        let refuse = |message: String| PagingError {
            call: self.request.call(),
            message,
        };
        go(&mut walk.request, step, cursor).map_err(refuse)?;
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
    request.link = Some(address::link(&server, &current, link)?.into());
    Ok(())
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
