//! Errors without an error response of the API: [`CallError`] if no response was received, [`DecodeError`] if the response
//! could not be decoded. Each formats as one line.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::codec::ReadError;
use super::environment::BoxError;
use super::operation::Call;
use super::{RawResponse, api_error, text};

/// An error of a call that received no response. `K` is the kind of error.
#[derive(Clone, Debug)]
pub struct CallError<K = ()> {
    pub(super) call: Option<Box<Call>>,
    kind: K,
    message: String,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// An error in the configuration of a client or in the arguments of a request.
pub type BuildError = CallError;

/// An error of the transport: no complete response was received.
pub type TransportError = CallError<TransportErrorKind>;

/// A timeout.
pub type TimeoutError = CallError<TimeoutKind>;

/// An error while obtaining a token.
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

    /// Creates an error from its cause.
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

    /// Returns the kind of error.
    pub fn kind(&self) -> &K {
        &self.kind
    }

    /// Returns the message, without call, kind and cause.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// How far a request got before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was established; nothing was sent.
    Connect,
    /// No connection was established before the timeout; nothing was sent.
    ConnectTimeout,
    /// The connection was closed or the response was invalid. The server may have received the request.
    Exchange,
    /// The timeout of the transport expired. The server may have received the request.
    Timeout,
    /// The body of the response is larger than the client accepts.
    TooLarge,
}

/// The timeout that expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// The timeout for establishing a connection.
    Connect,
    /// The timeout of a single attempt.
    Attempt,
    /// The timeout of the whole call, including all attempts, waits and token requests.
    Call,
}

/// Why no token could be obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthErrorKind {
    /// The token endpoint rejected the request.
    Rejected {
        /// The `error` code of the response, such as `invalid_client`.
        code: Option<String>,
        /// The `error_description` of the response, or another error message in it.
        description: Option<String>,
    },
    /// The token endpoint could not be reached or returned a server error.
    Unavailable,
    /// The access token has expired and there is no refresh token. The user must log in again.
    Expired,
    /// The token request cannot be built, for example because no URL of the token endpoint is known.
    Configuration,
    /// The response of the token endpoint contains no usable token.
    InvalidResponse,
    /// The custom token provider failed.
    Provider,
}

/// A kind of error that can describe itself.
pub trait ErrorKind {
    /// Returns a description, or an empty string if the message is enough.
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
            Self::ConnectTimeout => "connection timed out",
            Self::Exchange => "connection lost",
            Self::Timeout => "transport timed out",
            Self::TooLarge => "the response is too large",
        }
    }
}

impl ErrorKind for TimeoutKind {
    fn description(&self) -> &'static str {
        match self {
            Self::Connect => "connection timed out",
            Self::Attempt => "attempt timed out",
            Self::Call => "call timed out",
        }
    }
}

impl ErrorKind for AuthErrorKind {
    fn description(&self) -> &'static str {
        match self {
            Self::Rejected { .. } => "the token endpoint rejected the request",
            Self::Unavailable => "the token endpoint is unavailable",
            Self::Expired => "the user must log in again",
            Self::Configuration => "the token request cannot be built",
            Self::InvalidResponse => "invalid response from the token endpoint",
            Self::Provider => "the token provider failed",
        }
    }
}

impl<K: ErrorKind> CallError<K> {
    /// Returns an error of another kind with the same cause. Its message is the line of this error.
    #[allow(dead_code)] // Only APIs with OAuth 2.0 use it.
    pub(super) fn into_kind<L>(self, kind: L) -> CallError<L> {
        CallError {
            message: self.line(""),
            source: self.source,
            ..CallError::of(kind, "")
        }
    }

    /// Returns the error as one line, with the text of its causes.
    fn line(&self, causes: &str) -> String {
        let description = match (self.kind.description(), &self.call) {
            ("", _) => String::new(),
            (description, Some(call)) => format!("{description} ({})", call.progress()),
            (description, None) => description.to_owned(),
        };
        let call = self.call.as_ref().map(ToString::to_string).unwrap_or_default();
        let message = text::one_line(&self.message, 1_000);
        let parts = [&call, &description, &message, causes];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(": ")
    }
}

/// Formats as `GET /activities: could not connect (attempt 3 of 3): connection refused`.
impl<K: ErrorKind> fmt::Display for CallError<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let causes = self.source.as_ref().map(|source| causes(source)).unwrap_or_default();
        f.write_str(&self.line(&causes))
    }
}

impl<K: ErrorKind + fmt::Debug> StdError for CallError<K> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_ref()
            .map(|source| &**source as &(dyn StdError + 'static))
    }
}

/// Returns an error and its causes on one line. A cause that is already part of the line is not repeated.
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

/// A successful response whose body could not be decoded.
///
/// It dereferences to the [`RawResponse`].
#[derive(Clone, Debug)]
pub struct DecodeError {
    pub(super) response: RawResponse,
    pub(super) error: Box<ReadError>,
}

impl DecodeError {
    /// Returns what is wrong, and where in the body.
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
        // Without the body, which may contain secrets: errors are logged.
        api_error::line(&self.response, Some(&self.error.to_string()), f)
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.error)
    }
}
