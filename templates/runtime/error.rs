//! The error type of all calls.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::api_error::{ApiError, ErrorSet, Unexpected};
use super::call_error::{
    AuthError, AuthErrorKind, BuildError, CallError, DecodeError, TimeoutError, TimeoutKind, TransportError,
    TransportErrorKind,
};
use super::operation::Call;
use super::problem::Problem;
use super::{RateLimit, RawResponse, codec};

/// An error of a call. `E` is the error enum of the operation.
#[derive(Clone)]
#[non_exhaustive]
pub enum Error<E = Unexpected> {
    /// The request could not be built: an argument is invalid, credentials are missing, a hook rejected it, or the call runs
    /// outside a tokio runtime.
    Build(Box<BuildError>),
    /// No token could be obtained.
    Auth(Box<AuthError>),
    /// No complete response was received.
    Transport(Box<TransportError>),
    /// A timeout expired.
    Timeout(Box<TimeoutError>),
    /// The server returned an error response.
    Api(Box<ApiError<E>>),
    /// The response body could not be decoded, although the status code is a success.
    Decode(Box<DecodeError>),
    /// The link or cursor of the next page was rejected.
    Pagination(Box<CallError>),
}

/// An error that is not an error response of the API.
pub(super) type Failure = Error<Infallible>;

impl Failure {
    pub(super) fn widen<E>(self) -> Error<E> {
        self.map_kind(|never| match never {})
    }

    /// Converts the error of a token request. Its causes become those of the new error, so that none is printed twice.
    #[allow(dead_code)] // Only APIs with OAuth 2.0 use it.
    pub(super) fn into_auth(self) -> AuthError {
        let kind = AuthErrorKind::Unavailable;
        match self {
            Self::Build(error) | Self::Pagination(error) => error.into_kind(AuthErrorKind::Configuration),
            Self::Auth(error) => *error,
            Self::Transport(error) => error.into_kind(kind),
            Self::Timeout(error) => error.into_kind(kind),
            Self::Api(_) | Self::Decode(_) => AuthError::caused(kind, self),
        }
    }

    /// Adds the call to an error that was created without it.
    pub(super) fn at(self, call: &Call) -> Self {
        match self {
            Self::Build(error) => Self::Build(Box::new(error.at(call))),
            Self::Auth(error) => Self::Auth(Box::new(error.at(call))),
            Self::Transport(_) | Self::Timeout(_) | Self::Api(_) | Self::Decode(_) | Self::Pagination(_) => self,
        }
    }
}

impl<E> Error<E> {
    /// Returns the call that failed, or `None` if a client could not be built.
    pub fn call(&self) -> Option<&Call> {
        match self {
            Self::Build(error) | Self::Pagination(error) => error.call.as_deref(),
            Self::Auth(error) => error.call.as_deref(),
            Self::Transport(error) => error.call.as_deref(),
            Self::Timeout(error) => error.call.as_deref(),
            Self::Api(error) => Some(error.call()),
            Self::Decode(error) => Some(error.call()),
        }
    }

    /// Returns the response, if one was received.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Build(_) | Self::Auth(_) | Self::Transport(_) | Self::Timeout(_) | Self::Pagination(_) => None,
        }
    }

    /// Returns the status code of the response.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// Returns the body of the response. Error responses keep at most 64 KiB.
    pub fn body(&self) -> Option<&Bytes> {
        self.response().map(RawResponse::body)
    }

    /// Returns the body of the response if it is a problem description (`application/problem+json`).
    pub fn problem(&self) -> Option<Problem> {
        self.response().and_then(RawResponse::problem)
    }

    /// Returns how long the server asks the client to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.response().and_then(RawResponse::retry_after)
    }

    /// Returns the rate limit that the server reports.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.response().and_then(RawResponse::rate_limit)
    }

    /// Returns the request id that the server assigned, which its operators can search for.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(RawResponse::request_id)
    }

    /// Returns the documented error of the operation.
    pub fn kind(&self) -> Option<&E> {
        if let Self::Api(error) = self {
            Some(error.kind())
        } else {
            None
        }
    }

    fn is_status(&self, wanted: &[u16]) -> bool {
        matches!(self, Self::Api(error) if wanted.contains(&error.status().as_u16()))
    }

    /// Returns whether the status code is 401: the credentials are missing or invalid.
    pub fn is_unauthorized(&self) -> bool {
        self.is_status(&[401])
    }

    /// Returns whether the status code is 403: the credentials do not permit the operation.
    pub fn is_forbidden(&self) -> bool {
        self.is_status(&[403])
    }

    /// Returns whether the status code is 404.
    pub fn is_not_found(&self) -> bool {
        self.is_status(&[404])
    }

    /// Returns whether the status code is 409: the request conflicts with the state of the resource.
    pub fn is_conflict(&self) -> bool {
        self.is_status(&[409])
    }

    /// Returns whether the status code is 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(&[429])
    }

    /// Returns whether the API returned an error with a 4xx status code.
    pub fn is_client_error(&self) -> bool {
        matches!(self, Self::Api(error) if error.status().is_client_error())
    }

    /// Returns whether the API returned an error with a 5xx status code.
    pub fn is_server_error(&self) -> bool {
        matches!(self, Self::Api(error) if error.status().is_server_error())
    }

    /// Returns whether a timeout expired.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Returns whether no connection could be established. The server has not received the request.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Timeout(error) if *error.kind() == TimeoutKind::Connect)
            || matches!(self, Self::Transport(error) if *error.kind() == TransportErrorKind::Connect)
    }

    /// Returns whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        let is_transient = match self {
            Self::Timeout(_) => true,
            Self::Transport(error) => *error.kind() != TransportErrorKind::TooLarge,
            Self::Auth(error) => *error.kind() == AuthErrorKind::Unavailable,
            Self::Build(_) | Self::Api(_) | Self::Decode(_) | Self::Pagination(_) => false,
        };
        is_transient || self.is_status(&[408, 429, 500, 502, 503, 504])
    }

    /// Maps the documented error to another type.
    pub fn map_kind<F>(self, change: impl FnOnce(E) -> F) -> Error<F> {
        self.map(|_, kind| change(kind))
    }

    /// Converts into the error type that all operations share, for functions that call several operations.
    pub fn erase(self) -> Error {
        self.map(|response, _| response.unexpected())
    }

    fn map<F>(self, change: impl FnOnce(&RawResponse, E) -> F) -> Error<F> {
        match self {
            Self::Build(error) => Error::Build(error),
            Self::Auth(error) => Error::Auth(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Timeout(error) => Error::Timeout(error),
            Self::Api(error) => Error::Api(Box::new(error.map(change))),
            Self::Decode(error) => Error::Decode(error),
            Self::Pagination(error) => Error::Pagination(error),
        }
    }

    pub(super) fn api(response: RawResponse) -> Self
    where
        E: ErrorSet,
    {
        Self::Api(Box::new(ApiError::new(response)))
    }

    pub(super) fn decode(response: RawResponse, error: Box<codec::ReadError>) -> Self {
        Self::Decode(Box::new(DecodeError { response, error }))
    }

    fn inner(&self) -> &(dyn StdError + 'static)
    where
        E: 'static,
    {
        match self {
            Self::Build(error) | Self::Pagination(error) => &**error,
            Self::Auth(error) => &**error,
            Self::Transport(error) => &**error,
            Self::Timeout(error) => &**error,
            Self::Api(error) => &**error,
            Self::Decode(error) => &**error,
        }
    }
}

/// Formats as one line.
impl<E: 'static> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

/// Formats as one line; `{:#?}` adds headers and body, with secrets redacted.
impl<E: 'static> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.inner(), f)
    }
}

impl<E: 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner().source()
    }
}

impl<E> From<Box<ApiError<E>>> for Error<E> {
    fn from(error: Box<ApiError<E>>) -> Self {
        Self::Api(error)
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::Build(Box::new(error))
    }
}
