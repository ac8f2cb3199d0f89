//! Services of tower as transports, and the default transport as a service, behind the feature `tower`.
#![cfg(feature = "tower")]

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use tower_service::Service;

use super::call_error::{TransportError, TransportErrorKind};
use super::environment::{BoxError, BoxFuture};
use super::transport::{MAX_RESPONSE_SIZE, Upload, append};
use super::{Body, Chunks, HttpClient, Transport};

/// A transport that sends requests with a service of tower, such as a stack of middleware around an [`HttpClient`].
///
/// Each attempt uses a clone of the service, which is called when it is ready. An error that is a [`TransportError`] is returned
/// unchanged. Any other error has the kind [`Connect`](TransportErrorKind::Connect) if the service did not become ready, because
/// nothing was sent, and [`Exchange`](TransportErrorKind::Exchange) otherwise.
#[derive(Clone)]
pub struct TowerTransport<S> {
    service: S,
    max_response_size: usize,
}

impl<S> TowerTransport<S> {
    /// Creates a transport from a service.
    pub fn new(service: S) -> Self {
        Self {
            service,
            max_response_size: MAX_RESPONSE_SIZE,
        }
    }

    /// Limits the body of a successful response, which is 64 MiB by default. Streams are not limited.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

/// Sends a request when the service is ready.
async fn respond<S, B>(mut service: S, request: http::Request<Body>) -> Result<http::Response<B>, TransportError>
where
    S: Service<http::Request<Body>, Response = http::Response<B>, Error: Into<BoxError>>,
{
    let ready = poll_fn(|context| service.poll_ready(context)).await;
    ready.map_err(|error| failure(TransportErrorKind::Connect, error))?;
    let response = service.call(request).await;
    response.map_err(|error| failure(TransportErrorKind::Exchange, error))
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>, Error: Into<BoxError>, Future: Send>,
    S: Clone + Send + Sync + 'static,
    B: http_body::Body<Error: Into<BoxError>> + Send + 'static,
{
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let response = respond(self.service.clone(), request);
        Box::pin(async move {
            let (head, body) = response.await?.into_parts();
            let (mut body, mut whole) = (pin!(body), Vec::new());
            while let Some(piece) = next(body.as_mut()).await? {
                if !append(&mut whole, &piece, !head.status.is_success(), self.max_response_size)? {
                    break;
                }
            }
            Ok(http::Response::from_parts(head, whole.into()))
        })
    }

    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        let response = respond(self.service.clone(), request);
        Box::pin(async move { Ok(response.await?.map(|body| chunks(Box::pin(body)))) })
    }
}

/// Reads the next piece of a body. Trailers are ignored.
async fn next<B>(mut body: Pin<&mut B>) -> Result<Option<Bytes>, TransportError>
where
    B: http_body::Body<Error: Into<BoxError>>,
{
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(|error| failure(TransportErrorKind::Exchange, error))?;
        if let Ok(mut data) = frame.into_data() {
            return Ok(Some(data.copy_to_bytes(data.remaining())));
        }
    }
    Ok(None)
}

fn chunks<B>(mut body: Pin<Box<B>>) -> Chunks
where
    B: http_body::Body<Error: Into<BoxError>> + Send + 'static,
{
    Chunks(Box::pin(async move {
        let piece = next(body.as_mut()).await?;
        Ok(piece.map(|piece| (piece, chunks(body))))
    }))
}

/// Converts an error of a service. Middleware often boxes the error of the transport.
fn failure(kind: TransportErrorKind, error: impl Into<BoxError>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::caused(kind, error),
    }
}

/// The default transport as a service, around which a stack of middleware can be built.
impl Service<http::Request<Body>> for HttpClient {
    type Response = http::Response<Chunks>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<http::Response<Chunks>, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let client = self.clone();
        Box::pin(async move { client.open(request).await })
    }
}

/// The progress of a service that reads a body. A clone of a body is read from its start.
#[derive(Default)]
pub(super) struct Progress(Option<Box<Upload>>);

impl Clone for Progress {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let mut progress = self.progress.0.take().unwrap_or_else(|| Box::new(Upload::new(&self)));
        let frame = Pin::new(&mut *progress).poll_frame(context);
        self.progress.0 = Some(progress);
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.size_hint().exact() == Some(0)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        let length = || {
            self.length()
                .map_or_else(http_body::SizeHint::default, http_body::SizeHint::with_exact)
        };
        self.progress
            .0
            .as_ref()
            .map_or_else(length, |upload| upload.size_hint())
    }
}
