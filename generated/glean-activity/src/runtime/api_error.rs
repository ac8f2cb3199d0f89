//! Answers that are errors: what the document says of them, and all that came with them.

use std::fmt;
use std::ops::Deref;

use super::{RawResponse, text};

/// The errors of an operation. The generated enums implement it.
pub trait ErrorSet: Sized + Send + 'static {
    /// Reads an answer that is an error.
    fn read(response: &RawResponse) -> Self;
    /// An answer that the document does not describe.
    fn unexpected(value: Unexpected) -> Self;
    /// The find_message in which the server says what is wrong.
    fn message(&self) -> Option<&str>;
}

/// An answer whose status, or whose body, the document does not describe. It derefs to that answer, of whose body it
/// keeps at most 64 KiB.
#[derive(Clone, PartialEq)]
pub struct Unexpected {
    response: Box<RawResponse>,
    message: Option<String>,
}

impl Unexpected {
    pub(super) fn new(mut response: RawResponse) -> Self {
        let message = text::server_message(&response.body);
        response.truncate_body();
        Self {
            response: Box::new(response),
            message,
        }
    }

    /// What the server says, as far as the body has a find_message in one of the usual places.
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

/// The server answered, with an error. It derefs to that answer, of whose body it keeps at most 64 KiB.
#[derive(Clone)]
pub struct ApiError<E = Unexpected> {
    response: RawResponse,
    message: Option<String>,
    kind: E,
}

impl<E> ApiError<E> {
    pub(super) fn new(mut response: RawResponse) -> Self
    where
        E: ErrorSet,
    {
        let kind = E::read(&response);
        // What was cut before says so itself, and stays as it is.
        let message = kind
            .message()
            .map(|message| text::one_line(message, text::MAX_MESSAGE + 100));
        response.truncate_body();
        Self {
            response,
            message: message.filter(|message| !message.is_empty()),
            kind,
        }
    }

    /// Which error it is.
    pub fn kind(&self) -> &E {
        &self.kind
    }

    /// Which error it is.
    pub fn into_kind(self) -> E {
        self.kind
    }

    /// The find_message in which the server says what is wrong, on one line.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    pub(super) fn map<F>(self, change: impl FnOnce(&RawResponse, E) -> F) -> ApiError<F> {
        let kind = change(&self.response, self.kind);
        ApiError {
            response: self.response,
            message: self.message,
            kind,
        }
    }
}

impl<E> Deref for ApiError<E> {
    type Target = RawResponse;

    fn deref(&self) -> &RawResponse {
        &self.response
    }
}

/// `GET /activities/{activityId} → 404 Not PageFacts (attempt 1 of 3): No such activity`
impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line(&self.response, self.message(), f)
    }
}

/// The line of `Display`; with `{:#?}` also headers and body, without what is secret.
impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_tuple("ApiError").field(&self.response).finish(),
            false => write!(f, "ApiError({self})"),
        }
    }
}

impl<E> std::error::Error for ApiError<E> {}

/// Not generic, so that it is compiled once.
pub(super) fn line(response: &RawResponse, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (call, status) = (&response.call, response.status);
    let name = status
        .canonical_reason()
        .map_or_else(String::new, |name| format!(" {name}"));
    write!(f, "{call} → {}{name} ({}", status.as_u16(), call.progress())?;
    if let Some(id) = response.request_id() {
        write!(f, ", request-id {}", text::one_line(id, 200))?;
    }
    f.write_str(")")?;
    message.map_or(Ok(()), |message| write!(f, ": {message}"))
}
