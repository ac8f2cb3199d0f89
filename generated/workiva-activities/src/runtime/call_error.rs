//! How a call fails without an error of the API: one type for what happens before an answer, one for an answer that cannot
//! be read. Each is told on one line.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::codec::ReadError;
use super::environment::BoxError;
use super::operation::Call;
use super::{RawResponse, api_error, text};

/// A call that no answer came to, or that was not even made. `K` is how it failed.
#[derive(Clone, Debug)]
pub struct CallError<K = ()> {
    pub(super) call: Option<Box<Call>>,
    kind: K,
    message: String,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// A client, or a request, that cannot be made from what the caller gave.
pub type BuildError = CallError;

/// A way to the next page that is not to be gone.
pub type PagingError = CallError;

/// No answer came, or only a part of one.
pub type TransportError = CallError<TransportErrorKind>;

/// A timeout ran out.
pub type TimeoutError = CallError<TimeoutKind>;

/// No token was to be had.
pub type AuthError = CallError<AuthErrorKind>;

impl CallError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self::of((), message)
    }
}

impl<K> CallError<K> {
    pub(super) fn of(kind: K, message: impl Into<String>) -> Self {
        Self {
            call: None,
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// A failure with its cause.
    pub fn caused(kind: K, cause: impl Into<BoxError>) -> Self {
        Self {
            source: Some(cause.into().into()),
            ..Self::of(kind, "")
        }
    }

    pub(super) fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    pub(super) fn at(mut self, call: &Call) -> Self {
        self.call.get_or_insert_with(|| Box::new(call.clone()));
        self
    }

    /// How it failed.
    pub fn kind(&self) -> &K {
        &self.kind
    }

    /// What is wrong, without call, kind and cause.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// How far a request got that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection: nothing was sent.
    Connect,
    /// There was no connection in time: nothing was sent.
    ConnectTimeout,
    /// The connection was lost, or its bytes made no sense; the server may have seen the request.
    Exchange,
    /// The transport's own clock ran out; the server may have seen the request.
    Timeout,
}

/// Which of the timeouts ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// The one for making a connection.
    Connect,
    /// The one for a single attempt.
    Attempt,
    /// The one for the whole call, with all attempts, waits and token requests.
    Call,
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthErrorKind {
    /// The token endpoint text no.
    Rejected {
        /// Its `error`, such as `invalid_client`.
        code: Option<String>,
        /// Its `error_description`, or what else it text.
        description: Option<String>,
    },
    /// The token endpoint did not answer, or with an error of its own.
    Unavailable,
    /// The token endpoint answered what is no token.
    InvalidResponse,
    /// The token provider of the caller failed.
    Provider,
}

/// What a kind of failure is called.
pub trait ErrorKind {
    /// The description, or none where the message says all.
    fn description(&self) -> &'static str;
}

impl ErrorKind for () {
    fn description(&self) -> &'static str {
        ""
    }
}

impl ErrorKind for TransportErrorKind {
    fn description(&self) -> &'static str {
        match self {
            Self::Connect => "could not connect",
            Self::ConnectTimeout => "could not connect in time",
            Self::Exchange => "the connection broke",
            Self::Timeout => "no answer in time",
        }
    }
}

impl ErrorKind for TimeoutKind {
    fn description(&self) -> &'static str {
        match self {
            Self::Connect => "no connection in time",
            Self::Attempt => "no answer in time",
            Self::Call => "not done in time",
        }
    }
}

impl ErrorKind for AuthErrorKind {
    fn description(&self) -> &'static str {
        match self {
            Self::Rejected { .. } => "the token endpoint refused",
            Self::Unavailable => "the token endpoint failed",
            Self::InvalidResponse => "the token endpoint answered no token",
            Self::Provider => "the token provider failed",
        }
    }
}

/// `GET /activities: could not connect (attempt 3 of 3): connection refused`
impl<K: ErrorKind> fmt::Display for CallError<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let description = match (self.kind.description(), &self.call) {
            ("", _) => String::new(),
            (description, Some(call)) => format!("{description} ({})", call.progress()),
            (description, None) => description.to_owned(),
        };
        let call = self.call.as_ref().map(ToString::to_string).unwrap_or_default();
        let message = text::one_line(&self.message, 1_000);
        let causes = self.source.as_ref().map(|source| causes(source)).unwrap_or_default();
        let parts = [call, description, message, causes];
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        f.write_str(&parts.join(": "))
    }
}

impl<K: ErrorKind + fmt::Debug> StdError for CallError<K> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_ref()
            .map(|source| &**source as &(dyn StdError + 'static))
    }
}

/// An error with its causes, on one line; a cause whose description were text already is not repeated.
fn causes(source: &(dyn StdError + 'static)) -> String {
    let mut line = source.to_string();
    let mut next = source.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !line.contains(&text) {
            line = format!("{line}: {text}");
        }
        next = cause.source();
    }
    text::one_line(&line, 1_000)
}

/// The call went well, and its answer could not be read. It derefs to that answer.
#[derive(Clone, Debug)]
pub struct DecodeError {
    pub(super) response: RawResponse,
    pub(super) error: Box<ReadError>,
}

impl DecodeError {
    /// What is wrong, and where in the body.
    pub fn error(&self) -> &ReadError {
        &self.error
    }
}

impl Deref for DecodeError {
    type Target = RawResponse;

    fn deref(&self) -> &RawResponse {
        &self.response
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        api_error::line(&self.response, Some(&self.error.to_string()), f)?;
        match text::one_line(&String::from_utf8_lossy(&self.response.body), 200) {
            body if body.is_empty() => Ok(()),
            body => write!(f, "; the body begins: {body}"),
        }
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.error)
    }
}
