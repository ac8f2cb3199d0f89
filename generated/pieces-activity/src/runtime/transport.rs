//! What carries one request to the server and its answer back.

use bytes::Bytes;

use super::Body;
use super::call_error::TransportError;
use super::environment::BoxFuture;

/// Sends single requests. Retries, credentials and timeouts are the caller's part.
///
/// Whatever implements it must not follow redirects to another origin with the request's headers.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, and gives the answer with its whole body.
    ///
    /// # Errors
    /// When no complete answer came; [`TransportError::kind`] decides whether the request may be sent again.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends a request, and gives the answer as soon as its head is there, with a body that is read as it comes: for answers
    /// that are a stream. Where it is left out, they come when they are complete.
    ///
    /// # Errors
    /// As of [`send`](Self::send).
    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        let sending = self.send(request);
        Box::pin(async move { Ok(sending.await?.map(Chunks::from)) })
    }
}

/// A body as it comes: a future of its next piece and of what comes after that, or of nothing at its end.
pub struct Chunks(pub BoxFuture<'static, Result<Option<(Bytes, Chunks)>, TransportError>>);

/// A body that is there already.
impl From<Bytes> for Chunks {
    fn from(whole: Bytes) -> Self {
        let end = || Self(Box::pin(std::future::ready(Ok(None))));
        match whole.is_empty() {
            true => end(),
            false => Self(Box::pin(std::future::ready(Ok(Some((whole, end())))))),
        }
    }
}
