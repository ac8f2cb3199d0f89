//! Long-running operations: the request that starts one, and the requests for its status until it is done.
//!
//! The status is requested from a URL in a header of the response, which must have the origin of the request because credentials are
//! sent to it, or from the path of another operation. Dropping the poller ends the requests; it does not cancel the operation.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::Method;
use http::header::{
    ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE,
    IF_UNMODIFIED_SINCE, RANGE,
};
use serde_json::Value;

use super::codec::{ReadError, ReadResult, scalar_text};
use super::environment::BoxFuture;
use super::error::Failure;
use super::polling::{Polling, ResultLocation};
use super::request::Request;
use super::response_future::{is_success, read_body};
use super::{Error, ErrorSet, RawResponse, address};

/// Headers of the first request that describe its body or the state of the resource before it.
const FIRST_ONLY: [HeaderName; 8] = [
    CONTENT_TYPE,
    CONTENT_ENCODING,
    IF_MATCH,
    IF_NONE_MATCH,
    IF_MODIFIED_SINCE,
    IF_UNMODIFIED_SINCE,
    IF_RANGE,
    RANGE,
];

/// The progress of a long-running operation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Progress<T> {
    /// The operation is running.
    Running {
        /// The status that the server reports.
        status: Option<String>,
        /// The response.
        response: Box<RawResponse>,
    },
    /// The operation has succeeded, with this result.
    Done(T),
}

/// A long-running operation. It is started by the first request, and polled until it is done.
///
/// As a stream, it returns the progress after each request, and ends after the result or an error. Dropping it ends the requests.
#[must_use = "a poller does nothing until it is used"]
pub struct Poller<T, E> {
    idle: Option<Driver>,
    busy: Option<BoxFuture<'static, Step>>,
    read: fn(&RawResponse) -> ReadResult<T>,
    error: PhantomData<fn() -> E>,
}

impl<T, E: ErrorSet> Poller<T, E> {
    /// Creates a poller from the request that starts the operation.
    #[doc(hidden)]
    pub fn new(request: Request, polling: &'static Polling, read: fn(&RawResponse) -> ReadResult<T>) -> Self {
        let driver = Driver {
            start: request,
            polling,
            status: polling.status,
            next: None,
            result: None,
            wait: None,
            interval: Duration::from_millis(polling.interval),
        };
        Self {
            idle: Some(driver),
            busy: None,
            read,
            error: PhantomData,
        }
    }

    /// Sets the time between two requests, for responses without `Retry-After`.
    pub fn interval(mut self, interval: Duration) -> Self {
        if let Some(driver) = &mut self.idle {
            driver.interval = interval;
        }
        self
    }

    /// Waits until the operation is done and returns its result.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] if a request fails. If the operation itself fails, the error is [`Error::Api`], with the
    /// response that reports the failure.
    pub async fn until_done(mut self) -> Result<T, Error<E>> {
        loop {
            match self.next().await {
                Some(Ok(Progress::Done(result))) => return Ok(result),
                Some(Ok(Progress::Running { .. })) => {}
                Some(Err(error)) => return Err(error),
                // A poller that has returned its result is consumed, unless it was used as a stream before.
                None => {
                    let message = "the operation was polled until its end before";
                    return Err(Error::Build(Box::new(super::BuildError::new(message))));
                }
            }
        }
    }

    /// Waits for the next request and returns the progress, or `None` after the end of the operation.
    pub async fn next(&mut self) -> Option<Result<Progress<T>, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn progress(&self, outcome: Result<Outcome, Failure>) -> Result<Progress<T>, Error<E>> {
        match outcome.map_err(Failure::widen)? {
            Outcome::Running { status, response } => Ok(Progress::Running { status, response }),
            Outcome::Failed(response) => Err(Error::api(*response)),
            Outcome::Invalid(response, message) => Err(Error::decode(*response, ReadError::new(message))),
            Outcome::Done(mut response) => match read_body(&mut response, self.read) {
                Ok(result) => Ok(Progress::Done(result)),
                Err(error) => Err(Error::decode(*response, error)),
            },
        }
    }
}

impl<T, E: ErrorSet> Stream for Poller<T, E> {
    type Item = Result<Progress<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(driver) = self.idle.take() {
            self.busy = Some(Box::pin(driver.step()));
        }
        let Some(busy) = &mut self.busy else {
            return Poll::Ready(None);
        };
        let (driver, outcome) = ready!(busy.as_mut().poll(context));
        self.busy = None;
        self.idle = driver;
        Poll::Ready(Some(self.progress(outcome)))
    }
}

impl<T, E> fmt::Debug for Poller<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller").finish_non_exhaustive()
    }
}

/// The state after a request, if the operation is still running, and the outcome of the request.
type Step = (Option<Driver>, Result<Outcome, Failure>);

/// The outcome of a request, before its body is decoded.
enum Outcome {
    Running {
        status: Option<String>,
        response: Box<RawResponse>,
    },
    Done(Box<RawResponse>),
    /// The server rejected the request, or reports that the operation failed.
    Failed(Box<RawResponse>),
    /// The response does not follow the protocol, with the reason.
    Invalid(Box<RawResponse>, String),
}

/// The part of a poller that does not depend on its types.
struct Driver {
    /// The request that starts the operation.
    start: Request,
    polling: &'static Polling,
    /// The pointer of the status in the body, unless it is in the status code.
    status: Option<&'static str>,
    /// The request for the status, once the operation is started.
    next: Option<Request>,
    /// The URL of the result that the first response names.
    result: Option<String>,
    wait: Option<Duration>,
    interval: Duration,
}

impl Driver {
    /// Makes the next request, after the wait before it.
    async fn step(mut self) -> Step {
        if let Some(wait) = self.wait.take() {
            self.start.core.0.options.environment.sleep(wait).await;
        }
        let outcome = self.advance().await;
        match &outcome {
            Ok(Outcome::Running { response, .. }) => {
                self.wait = Some(response.retry_after().unwrap_or(self.interval));
                (Some(self), outcome)
            }
            Ok(Outcome::Done(_) | Outcome::Failed(_) | Outcome::Invalid(..)) | Err(_) => (None, outcome),
        }
    }

    async fn advance(&mut self) -> Result<Outcome, Failure> {
        let request = self.next.as_ref().unwrap_or(&self.start);
        let response = Box::new(request.clone().execute().await?);
        if !is_success(request.operation, &response) {
            return Ok(Outcome::Failed(response));
        }
        match self.next {
            None => Ok(self.started(response)),
            Some(_) => self.polled(response).await,
        }
    }

    /// Prepares the first request for the status.
    fn started(&mut self, response: Box<RawResponse>) -> Outcome {
        let header = self.link(&response);
        self.result = text_header(&response, "location").filter(|_| header.is_none_or(|name| name != "location"));
        if self.polling.headers.is_empty() {
            return match self.status_path(&response) {
                Ok(request) => {
                    self.next = Some(request);
                    Outcome::Running { status: None, response }
                }
                Err(message) => Outcome::Invalid(response, message),
            };
        }
        match header {
            Some(name) => self.follow(name, response),
            // The operation was completed at once.
            None if response.status.as_u16() != 202 => Outcome::Done(response),
            None => {
                let message = format!("the response has no header `{}`", self.polling.headers.join("` or `"));
                Outcome::Invalid(response, message)
            }
        }
    }

    /// Evaluates a response with the status.
    async fn polled(&mut self, response: Box<RawResponse>) -> Result<Outcome, Failure> {
        let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let status = self.status.and_then(|pointer| body.pointer(pointer));
        let status = status.filter(|status| !status.is_null()).map(scalar_text);
        let is_in = |list: &[&str]| {
            status
                .as_ref()
                .is_some_and(|status| list.contains(&status.to_lowercase().as_str()))
        };
        if is_in(self.polling.failed) {
            return Ok(Outcome::Failed(response));
        }
        let is_done = match &status {
            Some(_) => is_in(self.polling.done),
            None => response.status.as_u16() != 202,
        };
        if !is_done {
            // The server may move the status to another URL.
            return Ok(match self.link(&response) {
                Some(name) => match self.follow(name, response) {
                    Outcome::Running { response, .. } => Outcome::Running { status, response },
                    other => other,
                },
                None => Outcome::Running { status, response },
            });
        }
        match self.result_url(&body) {
            Some(url) => self.fetch(url, response).await,
            None => Ok(Outcome::Done(response)),
        }
    }

    /// Returns the URL of the result, if the result is not in the last response.
    fn result_url(&self, status: &Value) -> Option<String> {
        let request = || self.start.url().ok().map(|url| url.to_string());
        let resource = || {
            let named = status.get("resourceLocation").and_then(Value::as_str);
            let changed = [Method::PUT, Method::PATCH].contains(&self.start.method);
            let itself = || changed.then(request).flatten();
            named.map(str::to_owned).or_else(itself).or_else(|| self.result.clone())
        };
        match self.polling.result {
            ResultLocation::Request => request(),
            // A status in the status code comes with the result.
            _ if self.status.is_none() => None,
            ResultLocation::Status => None,
            ResultLocation::Resource => resource(),
            ResultLocation::Location => self.result.clone().or_else(resource),
        }
    }

    async fn fetch(&self, url: String, status: Box<RawResponse>) -> Result<Outcome, Failure> {
        let mut request = match self.request_to(&url, "result") {
            Ok(request) => request,
            Err(message) => return Ok(Outcome::Invalid(status, message)),
        };
        self.accept_result(&mut request);
        let response = Box::new(request.clone().execute().await?);
        Ok(match is_success(request.operation, &response) {
            true => Outcome::Done(response),
            false => Outcome::Failed(response),
        })
    }

    /// Returns the header of a response with the URL of the status.
    fn link(&self, response: &RawResponse) -> Option<&'static str> {
        let mut headers = self.polling.headers.iter().copied();
        headers.find(|name| response.headers.contains_key(*name))
    }

    /// Continues at the URL in a header.
    fn follow(&mut self, name: &'static str, response: Box<RawResponse>) -> Outcome {
        let url = text_header(&response, name).unwrap_or_default();
        // Next to headers with the URL of a status monitor, `Location` has that of the resource, whose properties are not the status.
        let has_monitor = name != "location" || self.polling.headers.len() == 1;
        self.status = self.polling.status.filter(|_| has_monitor);
        match self.request_to(&url, name) {
            Ok(mut request) => {
                if self.status.is_none() {
                    self.accept_result(&mut request);
                }
                self.next = Some(request);
                Outcome::Running { status: None, response }
            }
            Err(message) => Outcome::Invalid(response, message),
        }
    }

    /// Asks for the media types of the result, which need not be JSON as a status is.
    fn accept_result(&self, request: &mut Request) {
        if let Some(accept) = self.start.operation.accept_header() {
            request.headers.entry(ACCEPT).or_insert(accept);
        }
    }

    /// Returns a request to a URL, which `name` describes in messages. It has the credentials of the first request, so the URL must
    /// have the same origin.
    fn request_to(&self, url: &str, name: &str) -> Result<Request, String> {
        let current = self.start.url().map_err(|error| error.message().to_owned())?;
        let target = current.join(url.trim());
        let target = target.map_err(|error| format!("the URL in `{name}` is invalid: {error}"))?;
        if target.origin() != current.origin() {
            let (to, from) = (address::origin(&target), address::origin(&current));
            return Err(format!("the URL in `{name}` points to {to} instead of {from}"));
        }
        let mut request = self.bare_request();
        request.template = Cow::Owned(format!("{{{name}}}"));
        request.link = Some(target.into());
        Ok(request)
    }

    /// Returns the request to the operation that returns the status.
    fn status_path(&self, response: &RawResponse) -> Result<Request, String> {
        let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let mut request = self.bare_request();
        for (name, value) in &self.start.path {
            request.path_encoded(name, value.clone());
        }
        for (name, pointer) in self.polling.inputs {
            let value = body.pointer(pointer).filter(|value| !value.is_null());
            let value =
                value.ok_or_else(|| format!("the response has no `{pointer}`, which identifies the operation"))?;
            request.path_text(name, scalar_text(value));
        }
        Ok(request)
    }

    /// Returns a request with the options, headers and credentials of the first one.
    fn bare_request(&self) -> Request {
        let mut request = Request::new(&self.start.core, &self.polling.operation);
        request.options = self.start.options.clone();
        if let Some(options) = &mut request.options {
            options.body_fields.clear();
        }
        for (name, value) in &self.start.headers {
            request.headers.insert(name, value.clone());
        }
        for name in FIRST_ONLY {
            request.headers.remove(name);
        }
        request
            .headers
            .remove(self.start.operation.idempotency_key.unwrap_or("idempotency-key"));
        request
    }
}

fn text_header(response: &RawResponse, name: &str) -> Option<String> {
    Some(response.headers.get(name)?.to_str().ok()?.to_owned())
}
