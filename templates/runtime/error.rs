//! The one error of all calls.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::api_error::{ApiError, ErrorSet, Unexpected};
use super::call_error::{
    AuthError, BuildError, DecodeError, PagingError, TimeoutError, TimeoutKind, TransportError, TransportErrorKind,
};
use super::operation::Call;
use super::{RawResponse, codec};

/// How a call fails. `E` is what the document says of the operation's errors.
#[derive(Clone)]
#[non_exhaustive]
pub enum Error<E = Unexpected> {
    /// The request cannot be made from what the caller gave, or lacks credentials. Nothing was sent.
    Build(Box<BuildError>),
    /// No token was to be had.
    Auth(Box<AuthError>),
    /// No answer came, or only a part of one.
    Transport(Box<TransportError>),
    /// A timeout ran out.
    Timeout(Box<TimeoutError>),
    /// The server answered, with an error.
    Api(Box<ApiError<E>>),
    /// The call went well, and its answer could not be read.
    Decode(Box<DecodeError>),
    /// The way to the next page is not one to go.
    Paging(Box<PagingError>),
}

/// A failure that is no answer of the API.
pub(super) type Failure = Error<Infallible>;

impl Failure {
    pub(super) fn widen<E>(self) -> Error<E> {
        self.map_kind(|never| match never {})
    }

    /// Adds the call to a failure that came about without knowing it.
    pub(super) fn at(self, call: &Call) -> Self {
        match self {
            Self::Build(error) => Self::Build(Box::new(error.at(call))),
            Self::Auth(error) => Self::Auth(Box::new(error.at(call))),
            Self::Transport(_) | Self::Timeout(_) | Self::Api(_) | Self::Decode(_) | Self::Paging(_) => self,
        }
    }
}

impl<E> Error<E> {
    /// The call that failed; `None` only for a client that cannot be built.
    pub fn call(&self) -> Option<&Call> {
        match self {
            Self::Build(error) | Self::Paging(error) => error.call.as_deref(),
            Self::Auth(error) => error.call.as_deref(),
            Self::Transport(error) => error.call.as_deref(),
            Self::Timeout(error) => error.call.as_deref(),
            Self::Api(error) => Some(error.call()),
            Self::Decode(error) => Some(error.call()),
        }
    }

    /// The answer, where one came.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Api(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Build(_) | Self::Auth(_) | Self::Transport(_) | Self::Timeout(_) | Self::Paging(_) => None,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// The headers of the answer.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// The body of the answer; of an API error at most 64 KiB.
    pub fn body(&self) -> Option<&Bytes> {
        self.response().map(RawResponse::body)
    }

    /// How long the server asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.response().and_then(RawResponse::retry_after)
    }

    /// The name that the server gave to this request, by which its operators find it.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(RawResponse::request_id)
    }

    /// Which error of the API it is.
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

    /// 401 or 403: the credentials are not known, or do not allow it.
    pub fn is_denied(&self) -> bool {
        self.is_status(&[401, 403])
    }

    /// 404: there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.is_status(&[404])
    }

    /// 429: too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(&[429])
    }

    /// A timeout ran out, whichever.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// There was no connection, so that the server has seen nothing.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Timeout(error) if *error.kind() == TimeoutKind::Connect)
            || matches!(self, Self::Transport(error) if *error.kind() == TransportErrorKind::Connect)
    }

    /// The same call may go well later, although it failed after all attempts of now.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Timeout(_) | Self::Transport(_)) || self.is_status(&[408, 429, 500, 502, 503, 504])
    }

    /// Changes the kind.
    pub fn map_kind<F>(self, change: impl FnOnce(E) -> F) -> Error<F> {
        self.map(|_, kind| change(kind))
    }

    /// The same error for every operation, for functions that call several.
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
            Self::Paging(error) => Error::Paging(error),
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
            Self::Build(error) | Self::Paging(error) => &**error,
            Self::Auth(error) => &**error,
            Self::Transport(error) => &**error,
            Self::Timeout(error) => &**error,
            Self::Api(error) => &**error,
            Self::Decode(error) => &**error,
        }
    }
}

/// One line.
impl<E: 'static> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

/// One line; with `{:#?}` also headers and body, without what is secret.
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
