//! Pages of a list, and streams over pages and items.

use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::call_error::CallError;
use super::codec::{Deviation, ReadMode, ReadReport, SkippedItem, Wire};
use super::error::Failure;
use super::page_input::PaginationInput;
use super::page_request::{PageFacts, PageRequest, PaginationStep};
use super::request::Request;
use super::response_future::trace;
use super::{Error, ErrorSet, RateLimit, RawResponse, Response, ResponseFuture};

/// How an operation is paginated. `T` is the body of a page, `I` an item.
pub struct Pagination<T: 'static, I: 'static> {
    /// How the next page is requested.
    pub step: PaginationStep,
    /// Returns the cursor or link in a body.
    pub next: fn(&T) -> Option<String>,
    /// Returns the items of a body.
    pub items: fn(T) -> Vec<I>,
    /// Returns the number of items.
    pub count: fn(&T) -> usize,
    /// Returns whether there are more pages, if the body has a flag for it.
    pub more: fn(&T) -> Option<bool>,
    /// Returns the number of pages, if the body has it.
    pub pages: fn(&T) -> Option<i64>,
    /// Returns the number of items of all pages, if the body has it.
    pub total: fn(&T) -> Option<i64>,
    /// Where the size of a page is sent, if the body or a header has the number of items of all pages.
    pub limit: Option<PaginationInput>,
    /// The response header that contains the cursor.
    pub next_header: Option<&'static str>,
    /// The response header that contains the number of pages.
    pub pages_header: Option<&'static str>,
    /// The response header that contains the number of items of all pages.
    pub total_header: Option<&'static str>,
}

impl<T, I> Pagination<T, I> {
    /// The defaults of a pagination.
    pub const DEFAULT: Self = Self {
        step: PaginationStep::Url,
        next: |_| None,
        items: |_| Vec::new(),
        count: |_| 0,
        more: |_| None,
        pages: |_| None,
        total: |_| None,
        limit: None,
        next_header: None,
        pages_header: None,
        total_header: None,
    };
}

/// A page. It dereferences to the body.
#[derive(Clone)]
pub struct Page<T: 'static, I: 'static, E> {
    body: T,
    cursor: Option<String>,
    request: PageRequest,
    pagination: &'static Pagination<T, I>,
    report: ReadReport,
    /// The response without its body.
    head: RawResponse,
    kind: PhantomData<fn() -> E>,
}

impl<T: Wire, I, E: ErrorSet> Page<T, I, E> {
    /// Fetches the next page. Returns `None` after the last one.
    ///
    /// # Errors
    ///
    /// Returns an error if the call fails, or if the link points to another origin or to a page that was already fetched.
    pub async fn next(&self) -> Result<Option<Self>, Error<E>> {
        match self.next_request() {
            Some(request) => {
                let request = request.map_err(|error| Error::Pagination(Box::new(error)))?;
                Ok(fetch_body(request, self.pagination).await?.map(|(page, _)| page))
            }
            None => Ok(None),
        }
    }

    fn next_request(&self) -> Option<Result<PageRequest, CallError>> {
        self.cursor.as_ref().map(|cursor| self.request.next(cursor))
    }
}

impl<T, I, E> Page<T, I, E> {
    /// Returns the cursor of the next page, or `None` on the last one. The operation's `resume` continues from it.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Returns the deviations of the page that were accepted.
    pub fn deviations(&self) -> &[Deviation] {
        &self.report.deviations
    }

    /// Returns the items of the page that could not be decoded. They are not part of the body.
    pub fn skipped(&self) -> &[SkippedItem] {
        &self.report.skipped
    }

    /// Returns an error for each skipped item. The body of its response is the item.
    fn item_errors(&self) -> Vec<Failure> {
        let skipped = self.report.skipped.iter().map(|item| {
            let body = item.value().to_string().into();
            let response = RawResponse {
                body,
                ..self.head.clone()
            };
            Error::decode(response, Box::new(item.error().clone()))
        });
        skipped.collect()
    }

    /// Returns the items.
    pub fn into_items(self) -> Vec<I> {
        (self.pagination.items)(self.body)
    }

    /// Returns the body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns the status code.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns how long the server asks the client to wait, measured from the arrival of the page.
    pub fn retry_after(&self) -> Option<Duration> {
        self.head.retry_after
    }

    /// Returns the rate limit that the server reports.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.head.rate_limit()
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

/// A page with its body as it was received. `None` if the page before was the last one.
type Fetched<T, I, E> = Option<(Page<T, I, E>, Bytes)>;

/// A stream of pages. Each page is fetched on demand. The stream ends after an error.
#[must_use = "a page stream does nothing until it is polled"]
pub struct Pages<T: 'static, I: 'static, E> {
    pagination: &'static Pagination<T, I>,
    next: Option<Result<PageRequest, CallError>>,
    loading: Option<ResponseFuture<Fetched<T, I, E>, E>>,
    left: usize,
}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Pages<T, I, E> {
    /// Limits the number of pages.
    pub fn max_pages(mut self, most: usize) -> Self {
        self.left = most;
        self
    }

    /// Returns the next page, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Page<T, I, E>, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Stream for Pages<T, I, E> {
    type Item = Result<Page<T, I, E>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.loading.is_none() {
            match self.next.take().filter(|_| self.left > 0) {
                Some(Ok(request)) => self.loading = Some(Box::pin(fetch_body(request, self.pagination))),
                Some(Err(error)) => return Poll::Ready(Some(Err(Error::Pagination(Box::new(error))))),
                None => return Poll::Ready(None),
            }
            self.left -= 1;
        }
        let Some(loading) = &mut self.loading else {
            return Poll::Ready(None);
        };
        let fetched = ready!(loading.as_mut().poll(context));
        self.loading = None;
        let page = fetched.transpose().map(|fetched| fetched.map(|(page, _)| page));
        self.next = page
            .as_ref()
            .and_then(|page| page.as_ref().ok())
            .and_then(Page::next_request);
        Poll::Ready(page)
    }
}

/// A stream of the items of all pages. Each page is fetched on demand.
///
/// The stream ends after an error, except for an item that cannot be decoded: its error follows the other items of the page, and
/// the stream continues with the next page.
#[must_use = "a page stream does nothing until it is polled"]
pub struct Items<T: 'static, I: 'static, E> {
    pages: Pages<T, I, E>,
    items: std::vec::IntoIter<I>,
    /// The errors of the items that could not be decoded.
    errors: std::vec::IntoIter<Failure>,
}

// No field is pinned.
impl<T, I, E> Unpin for Items<T, I, E> {}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Items<T, I, E> {
    /// Limits the number of pages.
    pub fn max_pages(mut self, most: usize) -> Self {
        self.pages.left = most;
        self
    }

    /// Returns the next item, or `None` after the last one.
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
            if let Some(error) = self.errors.next() {
                return Poll::Ready(Some(Err(error.widen())));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    self.errors = page.item_errors().into_iter();
                    self.items = page.into_items().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl Request {
    /// Fetches a page.
    pub fn page<T: Wire + Send + 'static, I: 'static, E: ErrorSet>(
        self,
        pagination: &'static Pagination<T, I>,
    ) -> ResponseFuture<Page<T, I, E>, E> {
        Box::pin(async move { first(self, pagination).await.map(|(page, _)| page) })
    }

    /// Fetches a page and returns it with status code and headers.
    pub fn page_response<T: Wire + Send + 'static, I: 'static, E: ErrorSet>(
        self,
        pagination: &'static Pagination<T, I>,
    ) -> ResponseFuture<Response<Page<T, I, E>>, E> {
        Box::pin(async move {
            let (body, bytes): (Page<T, I, E>, _) = first(self, pagination).await?;
            let (status, headers, retry_after) = (body.status(), body.headers().clone(), body.retry_after());
            let report = body.report.clone();
            Ok(Response {
                body,
                status,
                headers,
                retry_after,
                report,
                bytes,
            })
        })
    }

    /// Returns a stream of all pages.
    pub fn pages<T: Wire, I, E: ErrorSet>(self, pagination: &'static Pagination<T, I>) -> Pages<T, I, E> {
        Pages {
            pagination,
            next: Some(Ok(PageRequest::new(self, pagination.step))),
            loading: None,
            left: usize::MAX,
        }
    }

    /// Returns a stream of the items of all pages.
    pub fn items<T: Wire, I, E: ErrorSet>(self, pagination: &'static Pagination<T, I>) -> Items<T, I, E> {
        Items {
            pages: self.pages(pagination),
            items: Vec::new().into_iter(),
            errors: Vec::new().into_iter(),
        }
    }
}

/// Fetches the first page, which always exists.
async fn first<T: Wire, I, E: ErrorSet>(
    request: Request,
    pagination: &'static Pagination<T, I>,
) -> Result<(Page<T, I, E>, Bytes), Error<E>> {
    let call = request.call();
    let fetched = fetch_body(PageRequest::new(request, pagination.step), pagination).await?;
    fetched.ok_or_else(|| {
        let error = CallError::new("the first page does not exist".to_owned());
        Error::Pagination(Box::new(error.at(&call)))
    })
}

/// Fetches a page, and returns it with its body as it was received.
async fn fetch_body<T: Wire, I, E: ErrorSet>(
    mut request: PageRequest,
    pagination: &'static Pagination<T, I>,
) -> Result<Fetched<T, I, E>, Error<E>> {
    let response = match request.request.clone().succeed::<E>().await {
        Ok(response) => response,
        Err(error) if request.is_past_the_end(error.status()) => return Ok(None),
        Err(error) => return Err(error),
    };
    let body: T = match response.read_json(true) {
        Ok(body) => body,
        Err(error) => return Err(Error::decode(response, error)),
    };
    let report = response.report.take();
    trace(&response.call, &report.deviations);
    let text = |name: Option<&str>| Some(response.headers().get(name?)?.to_str().ok()?.trim().to_owned());
    let number = |name: Option<&str>| text(name)?.parse().ok();
    let count = (pagination.count)(&body) + report.skipped.len();
    let found = PageFacts {
        next: (pagination.next)(&body).or_else(|| text(pagination.next_header)),
        count,
        more: (pagination.more)(&body),
        pages: (pagination.pages)(&body).or_else(|| number(pagination.pages_header)),
        total: (pagination.total)(&body).or_else(|| number(pagination.total_header)),
    };
    if let Some(lost) = request.lost_facts(&found, &report.deviations)
        && response.read_mode != ReadMode::Lenient
    {
        let error = lost.to_error();
        return Err(Error::decode(response, error));
    }
    let ends = found.more.is_some() || found.pages.is_some();
    let cursor = request.cursor(found, pagination.limit, &response);
    let recorded = request.record(count, ends, &response.body);
    if !recorded.map_err(|error| Error::Pagination(Box::new(error)))? {
        return Ok(None);
    }
    let (bytes, empty) = (response.body.clone(), Bytes::new());
    let head = RawResponse {
        body: empty,
        ..response
    };
    let page = Page {
        body,
        cursor,
        request,
        pagination,
        report,
        head,
        kind: PhantomData,
    };
    Ok(Some((page, bytes)))
}
