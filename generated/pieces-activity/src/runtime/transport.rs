//! What carries one request to the server and its answer back.

use bytes::Bytes;

use super::Body;
use super::environment::BoxFuture;
use super::failure::TransportError;

/// Sends single requests. Retries, credentials and timeouts are the caller's part.
///
/// Whatever implements it must not follow redirects to another origin with the request's headers.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, and gives the answer with its whole body.
    ///
    /// # Errors
    /// When no complete answer came; [`TransportError::kind`] decides whether the request may be sent again.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}
