//! Reconnecting a stream of server-sent events, as the HTML standard describes.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::StatusCode;
use http::header::ACCEPT;

use super::codec::ReadError;
use super::error::{Error, Failure};
use super::frames::Framing;
use super::request::Request;
use super::response::media_type;
use super::response_stream::{ResponseStream, ServerEvent};
use super::transport::Chunks;
use super::{BoxFuture, RawResponse};

/// The wait before a reconnect, unless the server sends `retry`.
const DEFAULT_WAIT: Duration = Duration::from_secs(3);

/// The maximum wait, if reconnects fail repeatedly.
const MAX_WAIT: Duration = Duration::from_secs(60);

impl<T, E> ResponseStream<ServerEvent<T>, E> {
    /// Reconnects if the connection is lost or no data arrives within the timeout of an attempt.
    ///
    /// The request is sent again, with the last event id in the header `Last-Event-ID`, after the time that the server sent as
    /// `retry`, or after 3 seconds. The wait doubles with each attempt, up to a minute. After `attempts` attempts without an
    /// event, the error is returned.
    pub fn reconnect(mut self, attempts: u32) -> Self {
        self.source.reconnector.allow(attempts, false);
        self
    }

    /// Reconnects as [`reconnect`](Self::reconnect) does, and also after the server ends the response, as browsers do. The stream
    /// ends if the server responds with 204, sends `[DONE]`, or ends `attempts` responses in a row without an event.
    pub fn reconnect_after_end(mut self, attempts: u32) -> Self {
        self.source.reconnector.allow(attempts, true);
        self
    }
}

/// The head and the body of a new connection. The body is missing if the response is not a stream.
pub(super) type Opened = (RawResponse, Option<Chunks>);

/// The state of the reconnects of a stream.
pub(super) struct Reconnector {
    request: Request,
    framing: Framing,
    attempts: u32,
    used: u32,
    after_end: bool,
    opening: Option<BoxFuture<'static, Result<Opened, Failure>>>,
}

impl Reconnector {
    pub fn new(request: Request, framing: Framing) -> Self {
        Self {
            request,
            framing,
            attempts: 0,
            used: 0,
            after_end: false,
            opening: None,
        }
    }

    fn allow(&mut self, attempts: u32, after_end: bool) {
        self.attempts = attempts;
        self.after_end = after_end;
    }

    /// Records that an event was received.
    pub fn delivered(&mut self) {
        self.used = 0;
    }

    /// Starts a reconnect after the end of the response. Returns `false` if the stream ends.
    pub fn after_end(&mut self, id: Option<&str>, retry: Option<Duration>) -> bool {
        self.after_end && self.start(id, retry)
    }

    /// Starts a reconnect after an error. Returns `false` if the error has to be returned.
    pub fn after_error(&mut self, error: &Failure, id: Option<&str>, retry: Option<Duration>) -> bool {
        matches!(error, Error::Transport(_) | Error::Timeout(_)) && self.start(id, retry)
    }

    fn start(&mut self, id: Option<&str>, retry: Option<Duration>) -> bool {
        if self.used >= self.attempts {
            return false;
        }
        let wait = retry.unwrap_or(DEFAULT_WAIT);
        let longest = MAX_WAIT.max(wait);
        let wait = wait.saturating_mul(1 << self.used.min(16)).min(longest);
        self.used += 1;
        let mut request = self.request.clone();
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            request.header_text("last-event-id", id.to_owned());
        }
        let (sleep, framing) = (request.core.0.options.environment.sleep(wait), self.framing);
        self.opening = Some(Box::pin(async move {
            sleep.await;
            request.open(framing).await
        }));
        true
    }

    /// Returns the new connection, or `None` if no connection is being opened.
    pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Opened, Failure>>> {
        let Some(opening) = &mut self.opening else {
            return Poll::Ready(None);
        };
        let opened = ready!(opening.as_mut().poll(context));
        self.opening = None;
        Poll::Ready(Some(opened))
    }

    /// Returns whether the response has the status code of a success. 204 ends the stream.
    pub fn accepts(&self, head: &RawResponse) -> bool {
        head.status.is_success() || self.request.operation.success.contains(&head.status.as_u16())
    }

    /// Returns the error of a response with another media type. It has the status code and the body of the response.
    pub fn not_a_stream(&self, head: RawResponse) -> Failure {
        let requested = self.request.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        let expected = match self.framing {
            Framing::Events => "text/event-stream",
            Framing::Lines | Framing::Sequence => requested.unwrap_or(self.request.operation.accept),
        };
        let received = media_type(&head.headers).unwrap_or_default();
        let message = format!("the response has the media type `{received}` instead of `{expected}`");
        Error::decode(head, ReadError::new(message))
    }
}

/// Returns whether the server asks the client to stop reconnecting.
pub(super) fn is_final(head: &RawResponse) -> bool {
    head.status == StatusCode::NO_CONTENT
}
