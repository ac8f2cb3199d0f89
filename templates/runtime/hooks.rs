//! Code of the caller around each attempt.

use super::call_error::TransportError;
use super::environment::BoxError;
use super::operation::Call;
use super::{Body, RawResponse};

/// What came of an attempt.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Attempt<'a> {
    /// An answer, of whatever status; one that is read as it comes is without its body.
    Completed(&'a RawResponse),
    /// No answer.
    Failed(&'a TransportError),
    /// No answer within the timeout of one attempt.
    TimedOut,
}

/// Code that runs around every attempt of every call of a client, token requests included.
pub trait Hook: Send + Sync + 'static {
    /// Runs before the request leaves, credentials and all, and may change it.
    ///
    /// # Errors
    /// Ends the call with [`Error::Build`](super::Error::Build).
    fn before(&self, call: &Call, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let _ = (call, request);
        Ok(())
    }

    /// Runs when the attempt is over.
    fn after(&self, call: &Call, attempt: Attempt<'_>) {
        let _ = (call, attempt);
    }
}
