//! A request as a builder fills it in: everything that stays the same over all attempts of a call.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};
use serde_json::Value;
use url::Url;

use super::call_error::BuildError;
use super::codec::{self, Wire};
use super::core::{Core, header};
use super::operation::{Call, Operation, RequiredScheme};
use super::{Body, RetryPolicy, Transport, address};

/// A request of an operation, not yet sent.
#[derive(Clone)]
pub struct Request {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    pub(super) template: Cow<'static, str>,
    pub(super) security: &'static [&'static [RequiredScheme]],
    /// The whole URL of another page. It stands for template, path values and query.
    pub(super) link: Option<String>,
    path: Vec<(&'static str, String)>,
    /// Names, and the pairs as they go out, without the `&` between them.
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    pub(super) headers: HeaderMap,
    cookies: Vec<(&'static str, String)>,
    pub(super) body: Body,
    /// The fields of a body that is put together when the call is made.
    pub(super) fields: Vec<(&'static str, Vec<Bytes>)>,
    pub(super) assemble: Option<fn(&mut Request)>,
    pub(super) options: CallOptions,
    /// What sends it in place of the client's transport.
    pub(super) transport: Option<Arc<dyn Transport>>,
    /// The first thing that was wrong with what the caller gave. Setters cannot fail, so it waits until the call is made.
    pub(super) error: Option<Box<BuildError>>,
}

/// What a caller may choose for a single call.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct CallOptions {
    pub retries: Option<RetryPolicy>,
    pub timeout: Option<Duration>,
    pub attempt_timeout: Option<Duration>,
    pub base_url: Option<String>,
}

impl Request {
    /// An empty request.
    pub fn new(core: &Core, operation: &'static Operation) -> Self {
        Self {
            core: core.clone(),
            operation,
            // No generated operation has a method that is none.
            method: Method::from_bytes(operation.method.as_bytes()).unwrap_or_default(),
            template: Cow::Borrowed(operation.path),
            security: operation.security,
            link: None,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::default(),
            fields: Vec::new(),
            assemble: None,
            options: CallOptions::default(),
            transport: None,
            error: None,
        }
    }

    /// What the caller chose for this call.
    pub fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    /// Sets a path parameter: the JSON text of a scalar, the items of an array with commas.
    pub fn path(&mut self, name: &'static str, value: &dyn Wire) {
        self.path_pieces(name, list(value));
    }

    /// Sets a path parameter.
    pub fn path_text(&mut self, name: &'static str, value: String) {
        self.path_pieces(name, vec![value]);
    }

    fn path_pieces(&mut self, name: &'static str, pieces: Vec<String>) {
        let encoded: Vec<String> = pieces.iter().map(|piece| address::encode(piece)).collect();
        self.path_encoded(name, encoded.join(","));
    }

    /// Sets a path parameter to what is encoded already.
    pub(super) fn path_encoded(&mut self, name: &'static str, encoded: String) {
        self.path.retain(|(other, _)| *other != name);
        self.path.push((name, encoded));
    }

    /// Sets a query parameter: the JSON text of a scalar, one pair for each item of an array.
    pub fn query(&mut self, name: &'static str, value: &dyn Wire) {
        let key = address::encode(name);
        let pairs: Vec<String> = list(value)
            .iter()
            .map(|text| format!("{key}={}", address::encode(text)))
            .collect();
        self.query_encoded(name, pairs.join("&"));
    }

    /// Sets a query parameter.
    pub fn query_text(&mut self, name: &'static str, value: String) {
        let pair = format!("{}={}", address::encode(name), address::encode(&value));
        self.query_encoded(name, pair);
    }

    /// Sets a query parameter to pairs that are encoded already.
    pub(super) fn query_encoded(&mut self, name: &'static str, pairs: String) {
        self.query.retain(|(other, _)| other != name);
        self.query.push((Cow::Borrowed(name), pairs));
    }

    /// Adds a pair to the query, whatever is there.
    pub fn query_pair(&mut self, name: &str, value: &str) {
        let pair = format!("{}={}", address::encode(name), address::encode(value));
        self.query.push((Cow::Owned(name.to_owned()), pair));
    }

    /// Sets a header parameter: the JSON text of a scalar, the items of an array with commas.
    pub fn header(&mut self, name: &'static str, value: &dyn Wire) {
        self.header_text(name, list(value).join(","));
    }

    /// Sets a header.
    pub fn header_text(&mut self, name: &str, value: String) {
        match header(name, &value) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a cookie parameter: the JSON text of a scalar, the items of an array with commas; encoded as in a query.
    pub fn cookie(&mut self, name: &'static str, value: &dyn Wire) {
        let pieces: Vec<String> = list(value).iter().map(|text| address::encode(text)).collect();
        self.cookie_encoded(name, format!("{name}={}", pieces.join(",")));
    }

    /// Sets a cookie parameter to what goes out.
    pub(super) fn cookie_encoded(&mut self, name: &'static str, pairs: String) {
        self.cookies.retain(|(other, _)| *other != name);
        self.cookies.push((name, pairs));
    }

    /// Sets the body to JSON.
    pub fn json_body(&mut self, value: &dyn Wire) {
        self.body("application/json", codec::to_vec(value));
    }

    /// Sets the body. A caller's own `Content-Type` stays.
    pub fn body(&mut self, content_type: &str, body: impl Into<Body>) {
        self.body = body.into();
        if !self.headers.contains_key(CONTENT_TYPE) {
            self.header_text("content-type", content_type.to_owned());
        }
    }

    /// Sets a field of the body, and what puts all of them together.
    pub fn field(&mut self, name: &'static str, texts: Vec<Bytes>, assemble: fn(&mut Request)) {
        self.fields.retain(|(other, _)| *other != name);
        self.fields.push((name, texts));
        self.assemble = Some(assemble);
    }

    /// Keeps the first error for the moment when the call is made.
    pub(super) fn fail(&mut self, error: BuildError) {
        self.error.get_or_insert_with(|| Box::new(error));
    }

    /// The call, at its first attempt.
    pub(super) fn call(&self) -> Call {
        Call {
            id: self.operation.id,
            method: self.method.clone(),
            path: self.template.clone(),
            attempt: 1,
            attempts: self.policy().attempts,
        }
    }

    /// The caller's policy for this call, else the client's, else the operation's, else the document's, else ours.
    pub(super) fn policy(&self) -> RetryPolicy {
        let core = &*self.core.0;
        let chosen = self
            .options
            .retries
            .or(core.options.retries)
            .or(self.operation.retries)
            .or(core.api_info.retries);
        chosen.unwrap_or_default()
    }

    /// The server that this request goes to.
    pub(super) fn server(&self) -> Result<Url, BuildError> {
        let core = &*self.core.0;
        let absolute = |text: &str| address::server(text).map_err(BuildError::new);
        match (&self.options.base_url, self.operation.base) {
            (Some(text), _) => absolute(text),
            (None, Some(path)) if path.starts_with('/') => absolute(&address::join(&origin(&core.server), path)),
            (None, Some(text)) if !core.options.custom_server => absolute(text),
            (None, Some(_) | None) => Ok(core.server.clone()),
        }
    }

    /// The whole URL.
    pub(super) fn url(&self) -> Result<Url, BuildError> {
        let server = self.server()?;
        let mut text = match &self.link {
            Some(link) => link.clone(),
            None => address::join(&server, &self.expanded()?),
        };
        let pairs = self
            .query
            .iter()
            .filter(|(_, pairs)| self.link.is_none() && !pairs.is_empty());
        for (_, pairs) in pairs {
            text.push(if text.contains('?') { '&' } else { '?' });
            text.push_str(pairs);
        }
        let url =
            Url::parse(&text).map_err(|error| BuildError::new(format!("the URL of the request is none: {error}")))?;
        if url.origin() != server.origin() {
            return Err(BuildError::new(format!(
                "{} is not the client's server",
                address::origin(&url)
            )));
        }
        Ok(url)
    }

    /// The path with its parameters filled in.
    fn expanded(&self) -> Result<String, BuildError> {
        let segments = self.template.split('/').map(|segment| self.segment(segment));
        Ok(segments.collect::<Result<Vec<_>, _>>()?.join("/"))
    }

    /// One segment of the path. It must neither vanish nor climb: either would reach another operation.
    fn segment(&self, template: &str) -> Result<String, BuildError> {
        let mut segment = String::new();
        let mut last = None;
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else {
                break;
            };
            let value = self
                .path
                .iter()
                .find(|(other, _)| *other == name)
                .map(|(_, value)| value.as_str());
            let value = value.filter(|value| !value.is_empty());
            let value = value.ok_or_else(|| BuildError::new(format!("path parameter `{name}` is empty")))?;
            segment.push_str(&address::encode_template(before));
            segment.push_str(value);
            last = Some(name);
            rest = tail;
        }
        segment.push_str(&address::encode_template(rest));
        match last {
            // URL parsers resolve `.` and `..`, also where the dots are percent-encoded: there is no way to send them.
            Some(name) if matches!(segment.as_str(), "." | "..") => Err(BuildError::new(format!(
                "path parameter `{name}` is `{segment}`, which cannot be sent in a path"
            ))),
            Some(_) | None => Ok(segment),
        }
    }

    /// The message of one attempt, without credentials.
    pub(super) fn message(&self, uri: &Uri) -> http::Request<Body> {
        let mut message = http::Request::new(self.body.clone());
        *message.method_mut() = self.method.clone();
        *message.uri_mut() = uri.clone();
        let headers = message.headers_mut();
        *headers = self.core.0.headers.clone();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        if !self.operation.accept.is_empty() {
            set(ACCEPT, self.operation.accept);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<&str> = self.cookies.iter().map(|(_, pairs)| pairs.as_str()).collect();
            set(COOKIE, &cookies.join("; "));
        }
        if self.body.is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(&self.method) {
            set(CONTENT_LENGTH, "0");
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        message
    }
}

fn origin(server: &Url) -> Url {
    let mut origin = server.clone();
    origin.set_path("/");
    origin
}

/// The texts of a value: one of a scalar, one for each item of an array.
fn list(value: &dyn Wire) -> Vec<String> {
    match codec::to_value(value) {
        Value::Array(items) => items.into_iter().map(scalar).collect(),
        scalar_value => vec![scalar(scalar_value)],
    }
}

/// The text of a scalar on the wire, which is its JSON text without quotes; an object is JSON as it stands.
pub(super) fn scalar(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.call())
    }
}

/// Gives a builder with a field `request` the setters for what a caller may choose for a single call.
macro_rules! call_options {
    () => {
        /// Replaces the retry policy, for this call.
        pub fn retries(mut self, policy: $crate::runtime::RetryPolicy) -> Self {
            self.request.options().retries = Some(policy);
            self
        }

        /// Limits the time of the whole call, with all attempts, waits and token requests.
        pub fn timeout(mut self, limit: ::std::time::Duration) -> Self {
            self.request.options().timeout = Some(limit);
            self
        }

        /// Limits the time of each attempt.
        pub fn attempt_timeout(mut self, limit: ::std::time::Duration) -> Self {
            self.request.options().attempt_timeout = Some(limit);
            self
        }

        /// Sets a header of this call.
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.request.header_text(name, value.to_owned());
            self
        }

        /// Adds a pair to the query of this call, beside the operation's own parameters.
        pub fn query_pair(mut self, name: &str, value: &str) -> Self {
            self.request.query_pair(name, value);
            self
        }

        /// Speaks to another server, with the client's credentials, for this call.
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.request.options().base_url = Some(url.into());
            self
        }
    };
}
pub(crate) use call_options;
