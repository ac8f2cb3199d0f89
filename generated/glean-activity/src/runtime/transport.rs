//! Transports: they send one request and return its response.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::Body;
use super::call_error::{TransportError, TransportErrorKind};
use super::environment::BoxFuture;

/// A transport sends single requests. Retries, credentials and timeouts are handled by its caller.
///
/// An implementation must not follow redirects to another origin with the headers of the request.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and returns the response with its complete body.
    ///
    /// # Errors
    ///
    /// Returns an error if no complete response was received. [`TransportError::kind`] decides whether the request is retried.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends a request and returns the response as soon as its status code and headers have been received, with a body that is read
    /// in chunks. The default implementation waits for the complete response.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send).
    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        let sending = self.send(request);
        Box::pin(async move { Ok(sending.await?.map(Chunks::from)) })
    }
}

/// A body in chunks: a future of the next chunk and the rest, or `None` at the end.
pub struct Chunks(pub BoxFuture<'static, Result<Option<(Bytes, Chunks)>, TransportError>>);

/// Creates a body from complete bytes.
impl From<Bytes> for Chunks {
    fn from(whole: Bytes) -> Self {
        let end = || Self(Box::pin(std::future::ready(Ok(None))));
        match whole.is_empty() {
            true => end(),
            false => Self(Box::pin(std::future::ready(Ok(Some((whole, end())))))),
        }
    }
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let read = ready!(self.0.as_mut().poll(context)).transpose();
        let (frame, rest) = match read {
            Some(Ok((chunk, rest))) => (Some(Ok(http_body::Frame::data(chunk))), rest),
            Some(Err(error)) => (Some(Err(error)), Self::from(Bytes::new())),
            None => (None, Self::from(Bytes::new())),
        };
        *self = rest;
        Poll::Ready(frame)
    }
}

/// A body that is read while it is sent. The mutex is never contended: it makes the body `Sync`.
#[allow(dead_code)] // In WebAssembly, only the feature `tower` uses it.
pub(super) struct Upload {
    rest: Mutex<Chunks>,
    left: Option<u64>,
}

#[allow(dead_code)] // In WebAssembly, only the feature `tower` uses it.
impl Upload {
    /// Starts to read a body.
    pub(super) fn new(body: &Body) -> Self {
        Self {
            rest: Mutex::new(body.chunks()),
            left: body.length(),
        }
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let rest = self.rest.get_mut().unwrap_or_else(PoisonError::into_inner);
        let frame = ready!(Pin::new(rest).poll_frame(context));
        let read = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref());
        let read = read.map_or(0, |chunk| chunk.len() as u64);
        self.left = self.left.map(|left| left.saturating_sub(read));
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.left
            .map_or_else(http_body::SizeHint::default, http_body::SizeHint::with_exact)
    }
}

/// The default limit of the body of a success.
pub(super) const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// How much is read of the body of an error.
pub(super) const ERROR_LIMIT: usize = 64 * 1024;

/// Adds a piece to a body. Returns whether to read on. An error body is truncated at its limit; a success body
/// beyond its limit is an error.
pub(super) fn append(body: &mut Vec<u8>, piece: &[u8], is_error: bool, limit: usize) -> Result<bool, TransportError> {
    if is_error {
        let room = ERROR_LIMIT - body.len();
        body.extend_from_slice(&piece[..piece.len().min(room)]);
        return Ok(body.len() < ERROR_LIMIT);
    }
    if piece.len() > limit.saturating_sub(body.len()) {
        let message =
            format!("its body has more than {limit} bytes; `max_response_size` of the builder sets the limit");
        return Err(TransportError::of(TransportErrorKind::TooLarge, message));
    }
    body.extend_from_slice(piece);
    Ok(true)
}
