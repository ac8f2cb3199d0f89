//! HTTP requests of native programs, and redirects within one origin. In WebAssembly, the module `fetch` replaces this one.
#![cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]

use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
#[cfg(any(feature = "brotli", feature = "deflate", feature = "zstd"))]
use http::header::{ACCEPT_ENCODING, HeaderValue, RANGE};
use http::{HeaderMap, Method, StatusCode};
use reqwest::redirect::Policy;
use url::Url;

use super::Body;
use super::call_error::{TransportError, TransportErrorKind};
use super::environment::{BoxError, BoxFuture};
#[cfg(feature = "gzip")]
use super::gzip::{self, Gzip};
use super::http_client::{HttpClient, Outgoing};
use super::transport::Upload;

const MAX_REDIRECTS: usize = 10;

/// A response whose body is read in chunks.
pub(super) struct Incoming {
    response: reqwest::Response,
    #[cfg(feature = "gzip")]
    gzip: Option<Box<Gzip>>,
}

impl Incoming {
    fn new(#[allow(unused_mut)] mut response: reqwest::Response) -> Self {
        Self {
            #[cfg(feature = "gzip")]
            gzip: Gzip::new(&mut response),
            response,
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(super) fn headers_mut(&mut self) -> &mut HeaderMap {
        self.response.headers_mut()
    }

    /// Returns the next chunk of the body, or `None` at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        #[cfg(feature = "gzip")]
        if let Some(gzip) = &mut self.gzip {
            return gzip.chunk(&mut self.response).await;
        }
        self.response.chunk().await.map_err(failure)
    }
}

/// Creates the client that sends requests.
pub(super) fn client(connect_timeout: Duration) -> Result<reqwest::Client, BoxError> {
    // The runtime decompresses gzip.
    let client = reqwest::Client::builder().connect_timeout(connect_timeout).no_gzip();
    #[cfg(all(feature = "rustls-ring", not(feature = "native-tls")))]
    let client = client.tls_backend_preconfigured(ring()?);
    // Redirects are followed here, because reqwest's policy does not know the method of the request.
    Ok(client.redirect(Policy::none()).build()?)
}

/// Returns the configuration of rustls with ring. The default of the process stays unchanged.
#[cfg(all(feature = "rustls-ring", not(feature = "native-tls")))]
fn ring() -> Result<rustls::ClientConfig, rustls::Error> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = config.with_platform_verifier()?.with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols.push(b"h2".to_vec());
    }
    config.alpn_protocols.push(b"http/1.1".to_vec());
    Ok(config)
}

impl HttpClient {
    /// Sends a request, and passes its response to `finish` once the headers have arrived.
    // There is only one future, because a future that contains another one keeps captured values twice. The request is passed to
    // reqwest before the future is created, so the future does not contain it.
    pub(super) fn exchange<'a, T, F>(
        &'a self,
        request: Outgoing,
        finish: fn(&'a Self, Incoming) -> F,
    ) -> BoxFuture<'a, Result<T, TransportError>>
    where
        F: Future<Output = Result<T, TransportError>> + Send + 'a,
        T: 'a,
    {
        let Outgoing {
            method,
            target,
            #[allow(unused_mut)] // Only some features change the headers.
            mut headers,
            body,
        } = request;
        #[cfg(feature = "gzip")]
        gzip::accept(&mut headers);
        // reqwest accepts its encodings unless the request has the header, but cannot decompress a part of a body.
        #[cfg(any(feature = "brotli", feature = "deflate", feature = "zstd"))]
        if headers.contains_key(RANGE) {
            headers
                .entry(ACCEPT_ENCODING)
                .or_insert(HeaderValue::from_static("identity"));
        }
        // A redirect uses the copy, which is cheaper than another map. The original has room for the headers that reqwest adds.
        let kept: Vec<_> = match self.follows_redirects {
            true => headers
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            false => Vec::new(),
        };
        let sending = target.map(|target| self.client.execute(message(&method, target, headers, &body)));
        Box::pin(async move {
            // The block keeps the response of reqwest out of the future while the body is read.
            let incoming = {
                let (mut response, mut redirects) = (sending?.await.map_err(failure)?, 0);
                while self.follows_redirects
                    && redirects < MAX_REDIRECTS
                    && let Some(target) = redirect(&method, &response)
                    && body.is_ready()
                {
                    redirects += 1;
                    let headers = kept.iter().cloned().collect();
                    let sending = self.client.execute(message(&method, target, headers, &body));
                    response = sending.await.map_err(failure)?;
                }
                Incoming::new(response)
            };
            finish(self, incoming).await
        })
    }
}

fn message(method: &Method, target: Url, headers: HeaderMap, body: &Body) -> reqwest::Request {
    let mut request = reqwest::Request::new(method.clone(), target);
    *request.headers_mut() = headers;
    if !body.is_empty() {
        *request.body_mut() = Some(sent(body));
    }
    request
}

/// Returns the target of a redirect that may be followed: any header may contain a secret, so it has to be on the same origin.
fn redirect(method: &Method, response: &reqwest::Response) -> Option<Url> {
    let url = response.url();
    let is_allowed = match response.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            [Method::GET, Method::HEAD].contains(method)
        }
        _ => false,
    };
    let location = response.headers().get(LOCATION).filter(|_| is_allowed)?;
    let target = url.join(location.to_str().ok()?).ok()?;
    (target.origin() == url.origin()).then_some(target)
}

/// Converts a body. One with files is read while it is sent.
fn sent(body: &Body) -> reqwest::Body {
    match body.is_in_memory() {
        true => body.as_bytes().clone().into(),
        false => reqwest::Body::wrap(Upload::new(body)),
    }
}

/// Converts an error of reqwest.
pub(super) fn failure(error: reqwest::Error) -> TransportError {
    let kind = match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportErrorKind::ConnectTimeout,
        (true, false) => TransportErrorKind::Connect,
        (false, true) => TransportErrorKind::Timeout,
        (false, false) => TransportErrorKind::Exchange,
    };
    // The URL may contain an API key.
    TransportError::caused(kind, error.without_url())
}
