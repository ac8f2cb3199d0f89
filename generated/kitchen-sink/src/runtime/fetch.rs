//! HTTP requests in WebAssembly, which are sent by the function `fetch` of JavaScript. It follows redirects itself, and has no timeout
//! for connecting.
#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use send_wrapper::SendWrapper;

use super::call_error::{TransportError, TransportErrorKind};
use super::environment::{BoxError, BoxFuture};
use super::http_client::{HttpClient, Outgoing};

/// A response whose body is read in chunks. Objects of JavaScript do not implement `Send`, so they are wrapped. The wrapper
/// panics if another thread uses them.
pub(super) struct Incoming {
    status: StatusCode,
    headers: HeaderMap,
    body: SendWrapper<Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>>>>>,
}

impl Incoming {
    fn new(mut response: reqwest::Response) -> Self {
        Self {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: SendWrapper::new(Box::pin(response.bytes_stream())),
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Returns the next chunk of the body, or `None` at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        let chunk = poll_fn(|context| self.body.as_mut().poll_next(context)).await;
        chunk.transpose().map_err(failure)
    }
}

/// Creates the client that sends requests.
pub(super) fn client(_: Duration) -> Result<reqwest::Client, BoxError> {
    Ok(reqwest::Client::builder().build()?)
}

impl HttpClient {
    /// Sends a request, and passes its response to `finish` once the headers have arrived.
    pub(super) fn exchange<'a, T, F>(
        &'a self,
        outgoing: Outgoing,
        finish: fn(&'a Self, Incoming) -> F,
    ) -> BoxFuture<'a, Result<T, TransportError>>
    where
        F: Future<Output = Result<T, TransportError>> + Send + 'a,
        T: 'a,
    {
        Box::pin(async move {
            // `fetch` cannot read a body while it is sent.
            let body = outgoing.body.collect().await?;
            let mut request = reqwest::Request::new(outgoing.method, outgoing.target?);
            *request.headers_mut() = outgoing.headers;
            if !body.is_empty() {
                *request.body_mut() = Some(body.into());
            }
            let response = SendWrapper::new(self.client.execute(request)).await;
            let incoming = response.map(Incoming::new).map_err(failure)?;
            finish(self, incoming).await
        })
    }
}

/// Converts an error of reqwest. `fetch` does not report whether a connection was established.
pub(super) fn failure(error: reqwest::Error) -> TransportError {
    let kind = match error.is_timeout() {
        true => TransportErrorKind::Timeout,
        false => TransportErrorKind::Exchange,
    };
    // The URL may contain an API key.
    TransportError::caused(kind, error.without_url())
}
