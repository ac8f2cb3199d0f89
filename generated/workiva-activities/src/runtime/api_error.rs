//! Error responses: the documented error of an operation, and the response that carried it.

use std::fmt;
use std::ops::Deref;

use http::header::LOCATION;

use super::codec::Deviation;
use super::response_future::trace;
use super::server_message::server_message;
use super::{RawResponse, text};

/// The documented errors of an operation. Generated error enums implement it.
pub trait ErrorSet: Sized + Send + 'static {
    /// Reads an error response.
    fn read(response: &RawResponse) -> Self;
    /// Wraps a response that the API description does not document.
    fn unexpected(value: Unexpected) -> Self;
    /// Returns the error message of the server.
    fn message(&self) -> Option<&str>;
}

/// A response whose status code or body is not documented.
///
/// It dereferences to the [`RawResponse`], with at most 64 KiB of its body.
#[derive(Clone, PartialEq)]
pub struct Unexpected {
    response: Box<RawResponse>,
    message: Option<String>,
}

impl Unexpected {
    pub(super) fn new(mut response: RawResponse) -> Self {
        let message = server_message(&response.body);
        response.truncate_body();
        Self {
            response: Box::new(response),
            message,
        }
    }

    /// Returns the error message of the server, if the body has one in a usual place.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

impl Deref for Unexpected {
    type Target = RawResponse;

    fn deref(&self) -> &RawResponse {
        &self.response
    }
}

impl fmt::Debug for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response.fmt(f)
    }
}

impl ErrorSet for Unexpected {
    fn read(response: &RawResponse) -> Self {
        response.unexpected()
    }
    fn unexpected(value: Unexpected) -> Self {
        value
    }
    fn message(&self) -> Option<&str> {
        Unexpected::message(self)
    }
}

/// An error response of the API.
///
/// It dereferences to the [`RawResponse`], with at most 64 KiB of its body.
#[derive(Clone)]
pub struct ApiError<E = Unexpected> {
    response: RawResponse,
    message: Option<String>,
    kind: E,
    deviations: Vec<Deviation>,
}

impl<E> ApiError<E> {
    pub(super) fn new(mut response: RawResponse) -> Self
    where
        E: ErrorSet,
    {
        let kind = E::read(&response);
        // A shortened message ends with a mark, and is not shortened again.
        let documented = kind
            .message()
            .map(|message| text::one_line(message, text::MAX_MESSAGE + 100));
        let found = server_message(&response.body);
        // The message that is found by the usual keys may have details that the documented one lacks.
        let message = match (documented, found) {
            (Some(documented), Some(found)) if found.starts_with(documented.trim_end_matches(['.', ':'])) => {
                Some(found)
            }
            (documented, found) => documented.filter(|message| !message.is_empty()).or(found),
        };
        let deviations = response.report.take().deviations;
        trace(&response.call, &deviations);
        response.truncate_body();
        Self {
            response,
            message: message.filter(|message| !message.is_empty()),
            kind,
            deviations,
        }
    }

    /// Returns the deviations of the body that were accepted.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns the documented error.
    pub fn kind(&self) -> &E {
        &self.kind
    }

    /// Returns the documented error.
    pub fn into_kind(self) -> E {
        self.kind
    }

    /// Returns the error message of the server, on one line.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    pub(super) fn map<F>(self, change: impl FnOnce(&RawResponse, E) -> F) -> ApiError<F> {
        let kind = change(&self.response, self.kind);
        ApiError {
            response: self.response,
            message: self.message,
            kind,
            deviations: self.deviations,
        }
    }
}

impl<E> Deref for ApiError<E> {
    type Target = RawResponse;

    fn deref(&self) -> &RawResponse {
        &self.response
    }
}

/// Formats as `GET /activities/{activityId} → 404 Not Found (attempt 1 of 3): No such activity`.
impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line(&self.response, self.message(), f)
    }
}

/// Formats as one line; `{:#?}` adds headers and body, with secrets redacted.
impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_tuple("ApiError").field(&self.response).finish(),
            false => write!(f, "ApiError({self})"),
        }
    }
}

impl<E> std::error::Error for ApiError<E> {}

/// Returns the target of a redirect, without its query, which may contain a secret.
fn redirect_target(response: &RawResponse) -> Option<String> {
    let location = response
        .headers
        .get(LOCATION)
        .filter(|_| response.status.is_redirection());
    let location = location?.to_str().ok()?;
    let end = location.find(['?', '#']).unwrap_or(location.len());
    Some(location[..end].to_owned())
}

/// Writes an error on one line. The function is not generic, so it is compiled once.
pub(super) fn line(response: &RawResponse, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (call, status) = (&response.call, response.status);
    let name = status
        .canonical_reason()
        .map_or_else(String::new, |name| format!(" {name}"));
    write!(f, "{call} → {}{name}", status.as_u16())?;
    if let Some(target) = redirect_target(response) {
        write!(f, " to {}", text::one_line(&target, 200))?;
    }
    write!(f, " ({}", call.progress())?;
    if let Some(id) = response.request_id() {
        write!(f, ", request-id {}", text::one_line(id, 200))?;
    }
    f.write_str(")")?;
    message.map_or(Ok(()), |message| write!(f, ": {message}"))
}
