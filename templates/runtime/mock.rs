//! An in-process mock server. It replaces the transport, clock and random numbers, so that tests are fast,
//! deterministic and need no network.
//!
//! It responds to each operation with the examples of the API description, unless a [`Stub`] sets another response. A list has two
//! pages: the links and cursors of the first one select the second one.
#![cfg(feature = "mock")]

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};
use percent_encoding::percent_decode_str;

use super::call_error::{TransportError, TransportErrorKind};
use super::codec::{self, Wire};
use super::environment::BoxFuture;
use super::mock_pages;
pub use super::mock_pages::{ExamplePages, PageSelector};
use super::{Body, Chunks, Environment, Transport, platform};

/// An operation and its documented responses.
#[derive(Debug)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// The documented responses, successes first.
    pub responses: &'static [ExampleResponse],
    /// The pages of a paginated operation.
    pub pages: Option<ExamplePages>,
}

/// A documented response, with the example of the API description as body.
#[derive(Debug)]
pub struct ExampleResponse {
    /// The status code.
    pub status: u16,
    /// The media type; empty if there is no body.
    pub content_type: &'static str,
    /// The body.
    pub body: &'static str,
}

/// A request that the server received.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Formats like an HTTP message: method and target, headers sorted by name (without `user-agent`), an empty line, the body.
impl fmt::Display for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = self.uri.path_and_query().map_or("/", |target| target.as_str());
        writeln!(f, "{} {target}", self.method)?;
        let headers = self.headers.iter().filter(|(name, _)| *name != USER_AGENT);
        let mut headers: Vec<(&HeaderName, &HeaderValue)> = headers.collect();
        headers.sort_by_key(|(name, _)| name.as_str());
        for (name, value) in headers {
            writeln!(f, "{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
        }
        write!(f, "\n{}", String::from_utf8_lossy(&self.body))
    }
}

/// A mock server. Clones share their state.
#[derive(Clone)]
pub struct Server(Arc<Shared>);

struct Shared {
    routes: &'static [Route],
    /// The paths of token endpoints.
    tokens: &'static [&'static str],
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    received: Vec<ReceivedRequest>,
    /// The responses of stubs, with the index of their route.
    replies: Vec<(usize, StubReply)>,
    pauses: Vec<Duration>,
    elapsed: Duration,
    tokens: u32,
}

/// A response that a stub sets.
enum StubReply {
    /// The documented response with this status code.
    Example(u16),
    Reply(Reply),
}

/// What the server does with a request.
enum Reply {
    Respond(Response<Bytes>),
    /// The response, after a delay.
    Slow(Duration, Response<Bytes>),
    /// A closed connection.
    Broken,
}

impl Server {
    /// Creates a server for these operations, which issues tokens at these paths.
    pub fn new(routes: &'static [Route], tokens: &'static [&'static str]) -> Self {
        Self(Arc::new(Shared {
            routes,
            tokens,
            state: Mutex::default(),
        }))
    }

    /// Returns all requests so far, including those for tokens.
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.state().received.clone()
    }

    /// Returns how long the client slept before each retry. The sleep itself takes no time.
    pub fn pauses(&self) -> Vec<Duration> {
        self.state().pauses.clone()
    }

    /// Returns the stub of the route with this index.
    pub fn stub<T>(&self, route: usize) -> Stub<'_, T> {
        Stub {
            server: self,
            route,
            body: PhantomData,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reply(&self, received: ReceivedRequest) -> Reply {
        let mut state = self.state();
        let (method, path) = (received.method.clone(), received.uri.path().to_owned());
        let accept = received.headers.get(ACCEPT).cloned();
        state.received.push(received.clone());
        let routes = self.routes(&method, &path);
        // The responses of stubs take precedence over routes.
        let reply = state.replies.iter().position(|(route, _)| routes.contains(route));
        if let Some(reply) = reply {
            return match state.replies.remove(reply) {
                (route, StubReply::Example(status)) => Reply::Respond(self.example_for(route, Some(status), accept)),
                (_, StubReply::Reply(reply)) => reply,
            };
        }
        if method == Method::POST && self.0.tokens.iter().any(|token| path.ends_with(token)) {
            state.tokens += 1;
            let number = state.tokens;
            let body = format!(r#"{{"access_token":"token-{number}","token_type":"Bearer","expires_in":3600}}"#);
            return Reply::Respond(response(200, "application/json", body));
        }
        match routes.first() {
            Some(route) => {
                let page = mock_pages::page(&self.0.routes[*route], &received);
                Reply::Respond(page.unwrap_or_else(|| self.example_for(*route, None, accept)))
            }
            None => {
                let message = format!("the API description has no operation {method} {path}");
                Reply::Respond(response(404, "text/plain", message))
            }
        }
    }

    /// Returns the routes that match a request: the longest path first, then the one with the fewest parameters. A base path
    /// may precede the path.
    fn routes(&self, method: &Method, path: &str) -> Vec<usize> {
        let decoded = |step| percent_decode_str(step).decode_utf8_lossy();
        let steps: Vec<Cow<'_, str>> = path.split('/').map(decoded).collect();
        let fitting = self.0.routes.iter().enumerate().filter_map(|(index, route)| {
            let wanted: Vec<&str> = route.path.split('/').skip(1).collect();
            let fits = (0..steps.len()).any(|start| fits(&wanted, &steps[start..]));
            let parameters = wanted.iter().filter(|want| want.contains('{')).count();
            (route.method == method.as_str() && fits).then_some((Reverse(wanted.len()), parameters, index))
        });
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|(_, _, index)| index).collect()
    }

    /// Returns the documented response with a status code, in the accepted media type if there are several.
    fn example_for(&self, route: usize, status: Option<u16>, accept: Option<HeaderValue>) -> Response<Bytes> {
        let responses = self.0.routes[route].responses;
        let status = status.or(responses.first().map(|example| example.status));
        let mut same = responses.iter().filter(|example| Some(example.status) == status);
        // The first media type is the one that the operation returns; those of errors follow.
        let accept = accept
            .as_ref()
            .and_then(|accept| accept.to_str().ok())
            .unwrap_or_default();
        let accept = accept.split([',', ';']).next().unwrap_or_default().trim();
        match same.find(|example| example.content_type == accept) {
            Some(example) => response(example.status, example.content_type, example.body),
            None => self.example(route, status),
        }
    }

    /// Returns the documented response with a status code, or the first one.
    fn example(&self, route: usize, status: Option<u16>) -> Response<Bytes> {
        let responses = self.0.routes.get(route).map_or(&[][..], |route| route.responses);
        let example = match status {
            Some(status) => responses.iter().find(|example| example.status == status),
            None => responses.first(),
        };
        match example {
            Some(example) => response(example.status, example.content_type, example.body),
            None => response(status.unwrap_or(200), "", ""),
        }
    }
}

/// Returns whether the segments of a path match a template, in which `{*rest}` matches one or more of them.
fn fits(template: &[&str], steps: &[Cow<'_, str>]) -> bool {
    let Some((first, rest)) = template.split_first() else {
        return steps.is_empty();
    };
    if first.starts_with("{*") {
        return (1..=steps.len()).any(|count| fits(rest, &steps[count..]));
    }
    let Some((step, others)) = steps.split_first() else {
        return false;
    };
    matches(first, step) && fits(rest, others)
}

/// Returns whether a path segment matches a segment of a template, which may contain parameters and literal text.
fn matches(template: &str, step: &str) -> bool {
    let Some((before, after)) = template.split_once('{') else {
        return template == step;
    };
    let tail = after.split_once('}').map_or("", |(_, tail)| tail);
    let Some(rest) = step.strip_prefix(before) else {
        return false;
    };
    match tail.contains('{') {
        true => !rest.is_empty(),
        false => rest.strip_suffix(tail).is_some_and(|value| !value.is_empty()),
    }
}

pub(super) fn response(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !content_type.is_empty() {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    response
}

/// Sets the responses of an operation. `T` is the body of its success response.
///
/// Each method sets the response to one request, in order. Later requests receive the documented examples again.
#[must_use = "a stub does nothing until a response is set"]
pub struct Stub<'s, T> {
    server: &'s Server,
    route: usize,
    body: PhantomData<fn(&T)>,
}

impl<T> Stub<'_, T> {
    /// Responds with the documented example of this status code.
    pub fn example(&self, status: u16) -> &Self {
        self.push(StubReply::Example(status))
    }

    /// Responds with this body and the first documented status code.
    pub fn respond_json(&self, body: &T) -> &Self
    where
        T: Wire,
    {
        let status = self.server.example(self.route, None).status().as_u16();
        self.respond(response(status, "application/json", codec::to_vec(body)))
    }

    /// Responds with this response.
    pub fn respond(&self, response: Response<Bytes>) -> &Self {
        self.push(StubReply::Reply(Reply::Respond(response)))
    }

    /// Responds with 429 and `Retry-After` in seconds.
    pub fn rate_limited(&self, seconds: u32) -> &Self {
        let mut response = self.server.example(self.route, Some(429));
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
        self.respond(response)
    }

    /// Responds with 500.
    pub fn server_error(&self) -> &Self {
        self.example(500)
    }

    /// Responds with the first example, without the second half of its body.
    pub fn truncated(&self) -> &Self {
        let response = self.server.example(self.route, None);
        self.respond(response.map(|body| body.slice(..body.len() / 2)))
    }

    /// Responds with the first example after a delay of tokio's clock, which a test can pause.
    pub fn slow(&self, delay: Duration) -> &Self {
        let example = self.server.example(self.route, None);
        self.push(StubReply::Reply(Reply::Slow(delay, example)))
    }

    /// Closes the connection without a response.
    pub fn broken(&self) -> &Self {
        self.push(StubReply::Reply(Reply::Broken))
    }

    fn push(&self, reply: StubReply) -> &Self {
        self.server.state().replies.push((self.route, reply));
        self
    }
}

impl Transport for Server {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let reply = self.reply(ReceivedRequest {
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body: body.collect().await?,
            });
            match reply {
                Reply::Respond(response) => Ok(response),
                Reply::Slow(delay, response) => {
                    platform::sleep(delay).await;
                    Ok(response)
                }
                Reply::Broken => Err(TransportError::caused(
                    TransportErrorKind::Exchange,
                    "connection closed by a stub",
                )),
            }
        })
    }

    fn open(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Chunks>, TransportError>> {
        let sending = self.send(request);
        Box::pin(async move { Ok(sending.await?.map(pieces)) })
    }
}

/// Splits a body into small chunks at arbitrary positions, as a network does.
fn pieces(mut body: Bytes) -> Chunks {
    Chunks(Box::pin(async move {
        let piece = body.split_to(body.len().min(7));
        Ok((!piece.is_empty()).then(|| (piece, pieces(body))))
    }))
}

/// Sleeping advances the clock and takes no time. Random numbers are constant, and there are no environment variables.
impl Environment for Server {
    fn elapsed(&self) -> Duration {
        self.state().elapsed
    }
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.state().elapsed
    }
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.state();
        state.pauses.push(duration);
        state.elapsed += duration;
        Box::pin(std::future::ready(()))
    }
    fn random(&self) -> u64 {
        0
    }
    fn variable(&self, _name: &str) -> Option<String> {
        None
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({} operations)", self.0.routes.len())
    }
}

impl<T> fmt::Debug for Stub<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stub({:?})", self.server.0.routes.get(self.route))
    }
}
