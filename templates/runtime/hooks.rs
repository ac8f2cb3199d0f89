//! Hooks: custom code that runs around each attempt.

use super::call_error::TransportError;
use super::environment::BoxError;
use super::operation::Call;
use super::{Body, RawResponse};

/// The result of an attempt.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Attempt<'a> {
    /// A response was received, whatever its status code. The body of a streamed response is not included.
    Completed(&'a RawResponse),
    /// No response was received.
    Failed(&'a TransportError),
    /// The attempt timed out.
    TimedOut,
}

/// A hook that runs around every attempt of every call, including token requests.
pub trait Hook: Send + Sync + 'static {
    /// Runs before the request is sent. The request includes credentials and can be changed.
    ///
    /// # Errors
    ///
    /// An error ends the call with [`Error::Build`](super::Error::Build).
    fn before(&self, call: &Call, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let _ = (call, request);
        Ok(())
    }

    /// Runs after the attempt.
    fn after(&self, call: &Call, attempt: Attempt<'_>) {
        let _ = (call, attempt);
    }
}
