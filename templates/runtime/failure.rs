//! The ways in which a call fails without an error of the API: one type each, all told on one line.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::codec::Fault;
use super::environment::BoxError;
use super::operation::Call;
use super::{RawResponse, api_error, text};

type Source = Arc<dyn StdError + Send + Sync>;

/// Writes `GET /path: `, where the call is known.
fn place(call: Option<&Call>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    call.map_or(Ok(()), |call| write!(f, "{call}: "))
}

fn progress(call: Option<&Call>) -> String {
    call.map_or_else(String::new, |call| format!(" ({})", call.progress()))
}

/// An error with its causes, on one line; a cause whose words were said already is not repeated.
fn causes(source: &(dyn StdError + 'static)) -> String {
    let mut line = source.to_string();
    let mut next = source.source();
    while let Some(cause) = next {
        let said = cause.to_string();
        if !line.contains(&said) {
            line = format!("{line}: {said}");
        }
        next = cause.source();
    }
    text::one_line(&line, 1_000)
}

fn borrow(source: Option<&Source>) -> Option<&(dyn StdError + 'static)> {
    source.map(|source| &**source as &(dyn StdError + 'static))
}

/// A client, or a request, that cannot be made from what the caller gave.
#[derive(Clone, Debug)]
pub struct BuildError {
    pub(super) call: Option<Call>,
    message: String,
    source: Option<Source>,
}

impl BuildError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            call: None,
            message: message.into(),
            source: None,
        }
    }

    pub(super) fn caused(message: impl Into<String>, source: BoxError) -> Self {
        Self {
            source: Some(source.into()),
            ..Self::new(message)
        }
    }

    /// What is wrong, without the call.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(self.call.as_ref(), f)?;
        f.write_str(&self.message)?;
        self.source
            .as_ref()
            .map_or(Ok(()), |source| write!(f, ": {}", causes(source)))
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        borrow(self.source.as_ref())
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

/// No answer came, or only a part of one.
#[derive(Clone, Debug)]
pub struct TransportError {
    pub(super) call: Option<Call>,
    kind: TransportErrorKind,
    source: Source,
}

impl TransportError {
    /// An error of a transport.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            call: None,
            kind,
            source: source.into().into(),
        }
    }

    /// How far the request got.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(self.call.as_ref(), f)?;
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::ConnectTimeout => "could not connect in time",
            TransportErrorKind::Exchange => "the connection broke",
            TransportErrorKind::Timeout => "no answer in time",
        })?;
        write!(f, "{}: {}", progress(self.call.as_ref()), causes(&self.source))
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        borrow(Some(&self.source))
    }
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

/// A timeout ran out.
#[derive(Clone, Debug)]
pub struct TimeoutError {
    pub(super) call: Call,
    pub(super) kind: TimeoutKind,
    pub(super) limit: Option<Duration>,
}

impl TimeoutError {
    /// Which of the timeouts it was.
    pub fn kind(&self) -> TimeoutKind {
        self.kind
    }

    /// How long it was; `None` where the transport alone knows.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, whose) = match self.kind {
            TimeoutKind::Connect => ("no connection", "connect timeout"),
            TimeoutKind::Attempt => ("no answer", "timeout of one attempt"),
            TimeoutKind::Call => ("not done", "timeout of the whole call"),
        };
        let limit = self
            .limit
            .map_or_else(|| "in time".to_owned(), |limit| format!("within {limit:?}"));
        write!(
            f,
            "{}: {what} {limit}, the {whose} ({})",
            self.call,
            self.call.progress()
        )
    }
}

impl StdError for TimeoutError {}

/// Why there is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthErrorKind {
    /// The token endpoint said no.
    Refused,
    /// The token endpoint did not answer, or with an error of its own.
    Unavailable,
    /// The token endpoint answered what is no token.
    Unusable,
    /// The token provider of the caller failed.
    Provider,
}

/// The call was not sent, because no token was to be had.
#[derive(Clone, Debug)]
pub struct AuthError {
    pub(super) call: Option<Call>,
    kind: AuthErrorKind,
    status: Option<StatusCode>,
    code: Option<String>,
    description: Option<String>,
    source: Option<Source>,
}

impl AuthError {
    /// A failure without an answer of a token endpoint.
    pub fn new(kind: AuthErrorKind, description: impl Into<String>) -> Self {
        let description = Some(description.into());
        Self {
            call: None,
            kind,
            status: None,
            code: None,
            description,
            source: None,
        }
    }

    pub(super) fn caused(kind: AuthErrorKind, source: BoxError) -> Self {
        Self {
            source: Some(source.into()),
            description: None,
            ..Self::new(kind, "")
        }
    }

    pub(super) fn answered(
        kind: AuthErrorKind,
        status: StatusCode,
        code: Option<String>,
        description: Option<String>,
    ) -> Self {
        Self {
            call: None,
            kind,
            status: Some(status),
            code,
            description,
            source: None,
        }
    }

    /// Why there is no token.
    pub fn kind(&self) -> AuthErrorKind {
        self.kind
    }

    /// The status of the token endpoint's answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The `error` of the token endpoint, such as `invalid_client`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The `error_description` of the token endpoint, or what else is known.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(self.call.as_ref(), f)?;
        f.write_str(match self.kind {
            AuthErrorKind::Refused => "the token endpoint refused",
            AuthErrorKind::Unavailable => "the token endpoint failed",
            AuthErrorKind::Unusable => "the token endpoint answered no token",
            AuthErrorKind::Provider => "the token provider failed",
        })?;
        f.write_str(&progress(self.call.as_ref()))?;
        let status = self.status.map(|status| status.to_string());
        for part in [&status, &self.code, &self.description].into_iter().flatten() {
            write!(f, ": {}", text::one_line(part, 1_000))?;
        }
        self.source
            .as_ref()
            .map_or(Ok(()), |source| write!(f, ": {}", causes(source)))
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        borrow(self.source.as_ref())
    }
}

/// The call went well, and its answer could not be read.
#[derive(Clone, Debug)]
pub struct DecodeError {
    pub(super) response: RawResponse,
    pub(super) fault: Box<Fault>,
}

impl DecodeError {
    /// Where in the body the fault is, as a JSON path.
    pub fn path(&self) -> String {
        self.fault.path()
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        self.fault.message()
    }

    /// Status, headers and the whole body.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let response = &self.response;
        let progress = response.call.progress();
        write!(
            f,
            "{} → {} ({progress}): {}",
            response.call,
            api_error::status(response),
            self.fault
        )?;
        match text::one_line(&String::from_utf8_lossy(&response.body), 200) {
            body if body.is_empty() => Ok(()),
            body => write!(f, "; the body begins: {body}"),
        }
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.fault)
    }
}

/// The way to the next page is not one to go. No request was sent.
#[derive(Clone, Debug)]
pub struct PagingError {
    pub(super) call: Call,
    pub(super) message: String,
}

impl PagingError {
    /// What is wrong, without the call.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.call, self.message)
    }
}

impl StdError for PagingError {}
