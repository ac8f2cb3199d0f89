//! Hooks: custom code that runs around each attempt.

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
}
