//! Hooks: custom code that runs around each attempt.

use std::time::Duration;

use http::StatusCode;

use super::call_error::TransportError;
use super::environment::{BoxError, BoxFuture};
use super::operation::Call;
use super::{Body, RawResponse};

/// The result of an attempt.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Attempt<'a> {
    /// A response was received, regardless of its status code. The body of a streamed response is not included.
    Completed(&'a RawResponse),
    /// No response was received.
    Failed(&'a TransportError),
    /// The attempt timed out.
    TimedOut,
}

/// The result of a call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum CallResult<'a> {
    /// The last attempt received a response, regardless of its status code.
    Completed(&'a RawResponse),
    /// The call failed without a response.
    Failed(&'a (dyn std::error::Error + 'static)),
}

/// The duration and the sizes of an attempt or of a call, for metrics.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Measurement<'a> {
    /// The call: its method and path template, and the number of the attempt. For a call, this is the number of the last one.
    pub call: &'a Call,
    /// The status code, or `None` if no response was received.
    pub status: Option<StatusCode>,
    /// The time until the end of the response, or of the response head for a streamed response. For a call, it includes all
    /// attempts, waits and token requests.
    pub duration: Duration,
    /// The number of bytes in the request body, if it is known. For a call, this is the body of a single attempt.
    pub sent: Option<u64>,
    /// The number of bytes in the response body after decompression. The body of a streamed response is not included.
    pub received: u64,
}

/// A hook that runs around every call and each of its attempts. A token request is a separate call; see
/// [`Call::is_token_request`].
pub trait Hook: Send + Sync + 'static {
    /// Runs before the first attempt of a call.
    fn call_started(&self, call: &Call) {
        let _ = call;
    }

    /// Runs after the last attempt of a call. It does not run if the caller drops the call.
    fn call_finished(&self, call: &Call, result: CallResult<'_>) {
        let _ = (call, result);
    }

    /// Runs before the request is sent. The request includes credentials and can be changed.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::Build`](super::Error::Build).
    fn before(&self, call: &Call, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let _ = (call, request);
        Ok(())
    }

    /// Async version of [`before`](Self::before). The default implementation calls `before`.
    ///
    /// # Errors
    ///
    /// See [`before`](Self::before).
    fn before_async<'a>(
        &'a self,
        call: &'a Call,
        request: &'a mut http::Request<Body>,
    ) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(std::future::ready(self.before(call, request)))
    }

    /// Runs after the attempt.
    fn after(&self, call: &Call, attempt: Attempt<'_>) {
        let _ = (call, attempt);
    }

    /// Receives the duration and the sizes of an attempt, after [`after`](Self::after).
    fn attempt_measured(&self, measurement: Measurement<'_>) {
        let _ = measurement;
    }

    /// Receives the duration and the sizes of a call, after [`call_finished`](Self::call_finished).
    fn call_measured(&self, measurement: Measurement<'_>) {
        let _ = measurement;
    }
}
