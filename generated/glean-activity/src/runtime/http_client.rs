//! The transport that is there by default: reqwest.

use std::time::Duration;

use bytes::Bytes;
use reqwest::redirect::Policy;
use url::Url;

use super::call_error::{BuildError, TransportError, TransportErrorKind};
use super::environment::BoxFuture;
use super::{Body, Chunks, Transport};

/// Sends requests with reqwest. Made by the SDK, it follows redirects within one origin only.
#[derive(Clone, Debug)]
pub struct HttpClient(reqwest::Client);

impl HttpClient {
    pub(super) fn new(connect_timeout: Duration) -> Result<Self, BuildError> {
        let client = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .redirect(within_origin())
            .build();
        client
            .map(Self)
            .map_err(|error| BuildError::caused((), error).with_message("the HTTP client cannot be made"))
    }
}

/// A client with settings of its own. Its connect timeout and its way with redirects are its own too: reqwest takes
/// `Authorization` and `Cookie` off a redirect to another host, but no API key in a header of another name.
impl From<reqwest::Client> for HttpClient {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Secrets may be in any header, so a redirect to another origin is not followed but given to the caller.
fn within_origin() -> Policy {
    Policy::custom(|attempt| {
        let same = attempt
            .previous()
            .last()
            .is_some_and(|last| last.origin() == attempt.url().origin());
        if same && attempt.previous().len() <= 10 {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })
}

impl HttpClient {
    /// The answer with its head, and the same without it, to read the body from.
    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<(http::Response<Bytes>, reqwest::Response), TransportError> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string())
            .map_err(|error| TransportError::caused(TransportErrorKind::Connect, error))?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        if !body.is_empty() {
            *request.body_mut() = Some(body.as_bytes().clone().into());
        }
        let mut response = self.0.execute(request).await.map_err(failure)?;
        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok((answer, response))
    }
}

impl Transport for HttpClient {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (mut answer, rest) = self.exchange(request).await?;
            *answer.body_mut() = rest.bytes().await.map_err(failure)?;
            Ok(answer)
        })
    }

    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        Box::pin(async move {
            let (answer, rest) = self.exchange(request).await?;
            Ok(answer.map(|_| chunks(rest)))
        })
    }
}

fn chunks(mut response: reqwest::Response) -> Chunks {
    Chunks(Box::pin(async move {
        let piece = response.chunk().await.map_err(failure)?;
        Ok(piece.map(|piece| (piece, chunks(response))))
    }))
}

fn failure(error: reqwest::Error) -> TransportError {
    let kind = match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, true) => TransportErrorKind::Timeout,
        (false, false) => TransportErrorKind::Exchange,
    };
    // The URL may hold an API key.
    TransportError::caused(kind, error.without_url())
}
