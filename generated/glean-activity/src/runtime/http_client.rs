//! The default transport: reqwest.

use std::time::Duration;

use bytes::Bytes;
use reqwest::redirect::Policy;
use url::Url;

use super::call_error::{BuildError, TransportError, TransportErrorKind};
use super::environment::BoxFuture;
use super::{Body, Chunks, Transport};

/// A transport that uses reqwest. By default it follows redirects only within one origin.
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
            .map_err(|error| BuildError::caused((), error).with_message("cannot create the HTTP client"))
    }
}

/// Uses a custom client with its own connect timeout and redirect policy. On redirects to another host, reqwest removes
/// `Authorization` and `Cookie`, but not API keys in other headers.
impl From<reqwest::Client> for HttpClient {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Follows redirects within one origin only, because any header may contain a secret. Other redirects are returned.
fn within_origin() -> Policy {
    Policy::custom(|attempt| {
        let same_origin = attempt
            .previous()
            .last()
            .is_some_and(|last| last.origin() == attempt.url().origin());
        if same_origin && attempt.previous().len() <= 10 {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })
}

impl HttpClient {
    /// Returns the response head, and the response to read the body from.
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
        let mut head = http::Response::new(Bytes::new());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        Ok((head, response))
    }
}

impl Transport for HttpClient {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (mut head, rest) = self.exchange(request).await?;
            *head.body_mut() = rest.bytes().await.map_err(failure)?;
            Ok(head)
        })
    }

    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        Box::pin(async move {
            let (head, rest) = self.exchange(request).await?;
            Ok(head.map(|_| chunks(rest)))
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
    // The URL may contain an API key.
    TransportError::caused(kind, error.without_url())
}
