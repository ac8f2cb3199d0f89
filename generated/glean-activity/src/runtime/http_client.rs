//! The default transport: reqwest.

use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http::{HeaderMap, Method, Uri};
use url::Url;

use super::call_error::{BuildError, TransportError, TransportErrorKind};
use super::environment::BoxFuture;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use super::exchange::{self, Incoming};
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
use super::fetch::{self as exchange, Incoming};
use super::transport::append;
use super::{Body, Chunks, Transport};

/// Sends requests with reqwest.
///
/// A client that the SDK creates follows redirects within one origin, and never turns a POST into a GET: 307 and 308 are
/// followed with the same method and body, 301, 302 and 303 only for GET and HEAD. Every other redirect is returned.
#[derive(Clone, Debug)]
pub struct HttpClient {
    pub(super) client: reqwest::Client,
    #[cfg_attr(all(target_arch = "wasm32", target_os = "unknown"), allow(dead_code))]
    // `fetch` follows redirects itself.
    pub(super) follows_redirects: bool,
    max_response_size: usize,
    /// The origin of the first request.
    origin: OnceLock<(Scheme, Authority, Url)>,
}

/// A request to send.
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) target: Result<Url, TransportError>,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
}

impl HttpClient {
    pub(super) fn new(connect_timeout: Duration) -> Result<Self, BuildError> {
        let client = exchange::client(connect_timeout);
        let client =
            client.map_err(|error| BuildError::caused((), error).with_message("the HTTP client cannot be created"))?;
        Ok(Self {
            follows_redirects: true,
            ..Self::from(client)
        })
    }

    pub(super) fn with_max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Splits a request into what sending it needs.
    fn outgoing(&self, request: http::Request<Body>) -> Outgoing {
        let (parts, body) = request.into_parts();
        let (method, target, headers) = (parts.method, self.url(&parts.uri), parts.headers);
        Outgoing {
            method,
            target,
            headers,
            body,
        }
    }

    /// Returns the URL of a request. Most requests have the same origin, which is parsed once.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        let parse = |text: String| {
            Url::parse(&text).map_err(|error| TransportError::caused(TransportErrorKind::Connect, error))
        };
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return parse(uri.to_string());
        };
        let known = match self.origin.get() {
            Some(known) => known,
            None => {
                let url = parse(format!("{scheme}://{authority}/"))?;
                self.origin.get_or_init(|| (scheme.clone(), authority.clone(), url))
            }
        };
        // Comparing the texts is faster than comparing the values, which ignores the case.
        if (known.0.as_str(), known.1.as_str()) != (scheme.as_str(), authority.as_str()) {
            return parse(uri.to_string());
        }
        let mut url = known.2.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Ok(url)
    }

    /// Reads a body within the limits.
    async fn read(&self, response: &mut Incoming) -> Result<Bytes, TransportError> {
        let is_error = !response.status().is_success();
        let (mut first, mut body) = (Bytes::new(), Vec::new());
        while let Some(piece) = response.chunk().await? {
            // Most bodies are one piece, which does not have to be copied.
            if !is_error && first.is_empty() && body.is_empty() && piece.len() <= self.max_response_size {
                first = piece;
                continue;
            }
            append(&mut body, &std::mem::take(&mut first), is_error, self.max_response_size)?;
            if !append(&mut body, &piece, is_error, self.max_response_size)? {
                break;
            }
        }
        Ok(if body.is_empty() { first } else { body.into() })
    }
}

/// A custom client, whose connect timeout and redirect policy apply. On a redirect to another host,
/// reqwest removes `Authorization` and `Cookie`, but not an API key in a header of another name.
impl From<reqwest::Client> for HttpClient {
    fn from(client: reqwest::Client) -> Self {
        Self {
            client,
            follows_redirects: false,
            max_response_size: usize::MAX,
            origin: OnceLock::new(),
        }
    }
}

/// Takes the status code and the headers out of a response.
fn head(response: &mut Incoming) -> http::Response<()> {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    head
}

impl Transport for HttpClient {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.exchange(self.outgoing(request), |client, mut response| async move {
            let body = client.read(&mut response).await?;
            Ok(head(&mut response).map(|()| body))
        })
    }

    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        self.exchange(self.outgoing(request), |_, mut response| async move {
            let head = head(&mut response);
            Ok(head.map(|()| chunks(response)))
        })
    }
}

fn chunks(mut response: Incoming) -> Chunks {
    Chunks(Box::pin(async move {
        let piece = response.chunk().await?;
        Ok(piece.map(|piece| (piece, chunks(response))))
    }))
}
