//! The default transport: reqwest.

use std::pin::Pin;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::uri::{Authority, Scheme};
use http::{HeaderMap, Method, StatusCode, Uri};
use reqwest::redirect::Policy;
use url::Url;

use super::call_error::{BuildError, TransportError, TransportErrorKind};
use super::environment::BoxFuture;
use super::transport::append;
use super::{Body, Chunks, Transport};

const MAX_REDIRECTS: usize = 10;

/// Sends requests with reqwest.
///
/// A client that the SDK creates follows redirects within one origin, and never turns a POST into a GET: 307 and 308 are
/// followed with the same method and body, 301, 302 and 303 only for GET and HEAD. Every other redirect is returned.
#[derive(Clone, Debug)]
pub struct HttpClient {
    client: reqwest::Client,
    follows_redirects: bool,
    max_response_size: usize,
    /// The origin of the first request.
    origin: OnceLock<(Scheme, Authority, Url)>,
}

/// A request to send. It is small, because the future of every attempt contains it.
struct Outgoing {
    method: Method,
    target: Result<Url, TransportError>,
    headers: HeaderMap,
    body: Body,
}

impl HttpClient {
    pub(super) fn new(connect_timeout: Duration) -> Result<Self, BuildError> {
        // Redirects are followed here, because reqwest's policy does not know the method of the request.
        let client = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .redirect(Policy::none())
            .build();
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
        if (&known.0, &known.1) != (scheme, authority) {
            return parse(uri.to_string());
        }
        let mut url = known.2.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Ok(url)
    }

    /// Sends a request, and returns its response once the headers have arrived.
    // An `async fn` would keep the request twice.
    fn exchange(&self, request: Outgoing) -> impl Future<Output = Result<reqwest::Response, TransportError>> + Send {
        let Outgoing {
            method,
            target,
            mut headers,
            body,
        } = request;
        async move {
            let (mut target, mut redirects) = (target?, 0);
            loop {
                let mut request = reqwest::Request::new(method.clone(), target);
                *request.headers_mut() = match self.follows_redirects {
                    true => headers.clone(),
                    false => std::mem::take(&mut headers),
                };
                if !body.is_empty() {
                    *request.body_mut() = Some(sent(&body));
                }
                let response = self.client.execute(request).await.map_err(failure)?;
                match redirect(&method, &response) {
                    Some(to) if self.follows_redirects && body.is_ready() && redirects < MAX_REDIRECTS => target = to,
                    Some(_) | None => return Ok(response),
                }
                redirects += 1;
            }
        }
    }

    /// Reads a body within the limits.
    async fn read(&self, mut response: reqwest::Response) -> Result<Bytes, TransportError> {
        let is_error = !response.status().is_success();
        let (mut first, mut body) = (Bytes::new(), Vec::new());
        while let Some(piece) = response.chunk().await.map_err(failure)? {
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

/// Takes the status code and the headers out of a response.
fn head(response: &mut reqwest::Response) -> http::Response<()> {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    head
}

impl Transport for HttpClient {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let outgoing = self.outgoing(request);
        Box::pin(async move {
            let mut response = self.exchange(outgoing).await?;
            let head = head(&mut response);
            let body = self.read(response).await?;
            Ok(head.map(|()| body))
        })
    }

    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        let outgoing = self.outgoing(request);
        Box::pin(async move {
            let mut response = self.exchange(outgoing).await?;
            let head = head(&mut response);
            Ok(head.map(|()| chunks(response)))
        })
    }
}

fn chunks(mut response: reqwest::Response) -> Chunks {
    Chunks(Box::pin(async move {
        let piece = response.chunk().await.map_err(failure)?;
        Ok(piece.map(|piece| (piece, chunks(response))))
    }))
}

/// Converts a body. One with files is read while it is sent.
fn sent(body: &Body) -> reqwest::Body {
    match body.is_in_memory() {
        true => body.as_bytes().clone().into(),
        false => reqwest::Body::wrap(Upload::new(body)),
    }
}

/// A body that is read while it is sent. The mutex is never contended: it makes the body `Sync`.
pub(super) struct Upload {
    rest: Mutex<Chunks>,
    left: Option<u64>,
}

impl Upload {
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
