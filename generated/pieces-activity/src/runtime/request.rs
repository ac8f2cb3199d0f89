//! The request that a builder fills in: everything that stays the same over all attempts of a call.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use serde_json::Value;

use super::body::Piece;
use super::call_error::BuildError;
use super::call_options::CallOptions;
use super::codec::{self, Wire};
use super::core::{Core, header};
use super::json_object::set_property;
use super::operation::{Call, Operation, RequiredScheme};
use super::{Body, RetryPolicy, Transport, address};

/// A request of an operation.
#[derive(Clone)]
pub struct Request {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    pub(super) template: Cow<'static, str>,
    pub(super) security: &'static [&'static [RequiredScheme]],
    /// The URL of another page. It replaces the path template, path parameters and query.
    pub(super) link: Option<String>,
    pub(super) path: Vec<(&'static str, String)>,
    /// Names and encoded pairs, without the `&` between them.
    pub(super) query: Vec<(Cow<'static, str>, String)>,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<(&'static str, String)>,
    pub(super) body: Body,
    /// The fields of a body that is assembled when the request is sent.
    #[allow(dead_code)] // Only forms, multipart bodies and files use it.
    pub(super) fields: Vec<(&'static str, Vec<Piece>)>,
    pub(super) assemble: Option<fn(&mut Request)>,
    /// The options of the call, if one is set.
    pub(super) options: Option<Box<CallOptions>>,
    /// Whether this is a request of the runtime itself, for a token.
    pub(super) is_internal: bool,
    /// The transport that replaces the client's.
    pub(super) transport: Option<Arc<dyn Transport>>,
    /// The first error in the arguments. Setters cannot fail, so it is returned when the request is sent.
    pub(super) build_error: Option<Box<BuildError>>,
}

impl Request {
    /// Creates an empty request.
    pub fn new(core: &Core, operation: &'static Operation) -> Self {
        let mut request = Self {
            core: core.clone(),
            operation,
            // The generator validates methods.
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
            options: None,
            is_internal: false,
            transport: None,
            build_error: None,
        };
        (operation.parameters)(&mut request, false);
        request
    }

    /// Returns the options of this call.
    pub fn options(&mut self) -> &mut CallOptions {
        self.options.get_or_insert_default()
    }

    /// Sets a path parameter. Items of an array are joined with commas.
    pub fn path(&mut self, name: &'static str, value: &dyn Wire) {
        let encoded: Vec<String> = texts(value).into_iter().map(address::encode_text).collect();
        self.path_encoded(name, encoded.join(","));
    }

    /// Sets a path parameter.
    pub fn path_text(&mut self, name: &'static str, value: String) {
        self.path_encoded(name, address::encode_text(value));
    }

    /// Sets a path parameter that may span several segments. Its slashes are not encoded.
    pub fn path_wildcard(&mut self, name: &'static str, value: &dyn Wire) {
        let segments = |piece: &String| piece.split('/').map(address::encode).collect::<Vec<_>>().join("/");
        let encoded: Vec<String> = texts(value).iter().map(segments).collect();
        self.path_encoded(name, encoded.join(","));
    }

    /// Sets a path parameter to encoded text.
    pub(super) fn path_encoded(&mut self, name: &'static str, encoded: String) {
        self.path.retain(|(other, _)| *other != name);
        self.path.push((name, encoded));
    }

    /// Sets a query parameter. An array becomes one pair for each item.
    pub fn query(&mut self, name: &'static str, value: &dyn Wire) {
        let mut pairs = String::new();
        for text in texts(value) {
            address::push_pair(&mut pairs, name, &text);
        }
        self.query_encoded(name, pairs);
    }

    /// Sets a query parameter.
    pub fn query_text(&mut self, name: &'static str, value: String) {
        let mut pair = String::new();
        address::push_pair(&mut pair, name, &value);
        self.query_encoded(name, pair);
    }

    /// Sets a query parameter to encoded pairs.
    pub(super) fn query_encoded(&mut self, name: &'static str, pairs: String) {
        self.query.retain(|(other, _)| other != name);
        self.query.push((Cow::Borrowed(name), pairs));
    }

    /// Adds a query parameter. Others with the same name are kept.
    pub fn query_pair(&mut self, name: &str, value: &str) {
        let mut pair = String::new();
        address::push_pair(&mut pair, name, value);
        self.query.push((Cow::Owned(name.to_owned()), pair));
    }

    /// Sets a header parameter. Items of an array are joined with commas.
    pub fn header(&mut self, name: &'static str, value: &dyn Wire) {
        self.header_text(name, texts(value).join(","));
    }

    /// Sets a header.
    pub fn header_text(&mut self, name: &str, value: String) {
        match header(name, &value) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a cookie parameter, encoded as in a query. Items of an array are joined with commas.
    pub fn cookie(&mut self, name: &'static str, value: &dyn Wire) {
        let pieces: Vec<String> = texts(value).iter().map(|text| address::encode(text)).collect();
        self.cookie_encoded(name, format!("{name}={}", pieces.join(",")));
    }

    /// Sets a cookie parameter to encoded pairs.
    pub(super) fn cookie_encoded(&mut self, name: &'static str, pairs: String) {
        if HeaderValue::from_bytes(pairs.as_bytes()).is_err() {
            self.fail(BuildError::new(format!(
                "the cookie `{name}` contains control characters"
            )));
        }
        self.cookies.retain(|(other, _)| *other != name);
        self.cookies.push((name, pairs));
    }

    /// Sets the body to JSON.
    pub fn json_body(&mut self, value: &dyn Wire) {
        self.body("application/json", codec::to_request_body(value));
    }

    /// Sets the body. A `Content-Type` that the caller set is kept.
    pub fn body(&mut self, content_type: &str, body: impl Into<Body>) {
        self.body = body.into();
        if !self.headers.contains_key(CONTENT_TYPE) {
            self.header_text("content-type", content_type.to_owned());
        }
    }

    /// Sets a field of the body, and the function that assembles all fields.
    #[allow(dead_code)] // Only forms, multipart bodies and files use it.
    pub(super) fn field(&mut self, name: &'static str, texts: Vec<Piece>, assemble: fn(&mut Request)) {
        self.fields.retain(|(other, _)| *other != name);
        self.fields.push((name, texts));
        self.assemble = Some(assemble);
    }

    /// Sets the idempotency key of this call, which makes it repeatable.
    pub fn idempotency_key(&mut self, key: &str) {
        let name = self.operation.idempotency_key.unwrap_or("idempotency-key");
        self.header_text(name, key.to_owned());
    }

    /// Adds the caller's own fields to a JSON body.
    pub(super) fn add_body_fields(&mut self) {
        let options = self.options.as_deref_mut();
        let fields = options.map_or_else(Vec::new, |options| std::mem::take(&mut options.body_fields));
        if fields.is_empty() {
            return;
        }
        let body = match self.body.is_empty() {
            true => Some("{}".to_owned()),
            false => String::from_utf8(self.body.as_bytes().to_vec()).ok(),
        };
        let add = |body: String, (name, value): (String, Value)| set_property(&body, &name, &value.to_string(), true);
        match body.and_then(|body| fields.into_iter().try_fold(body, add)) {
            Some(body) => self.body("application/json", body),
            None => self.fail(BuildError::new(
                "fields can be added only to a body that is a JSON object",
            )),
        }
    }

    /// Keeps the first error until the request is sent.
    pub(super) fn fail(&mut self, error: BuildError) {
        self.build_error.get_or_insert_with(|| Box::new(error));
    }

    /// Returns an option of the call, if it is set.
    pub(super) fn option<T>(&self, read: impl FnOnce(&CallOptions) -> Option<T>) -> Option<T> {
        self.options.as_deref().and_then(read)
    }

    /// Returns the timeout of each attempt.
    pub(super) fn attempt_timeout(&self) -> Option<Duration> {
        let client = &self.core.0.options;
        self.option(|options| options.attempt_timeout)
            .or(client.attempt_timeout)
    }

    /// Returns the call, at its first attempt.
    pub(super) fn call(&self) -> Call {
        self.call_at(1)
    }

    /// Returns the call at an attempt.
    pub(super) fn call_at(&self, attempt: u32) -> Call {
        Call {
            id: self.operation.id,
            method: self.method.clone(),
            path: self.template.clone(),
            attempt,
            attempts: self.policy().attempts,
            is_internal: self.is_internal,
        }
    }

    /// Returns the retry policy: of the call, the client, the operation, the API description, or the default, in this order.
    pub(super) fn policy(&self) -> RetryPolicy {
        let core = &*self.core.0;
        let chosen = self
            .option(|options| options.retries)
            .or(core.options.retries)
            .or(self.operation.retries)
            .or(core.api_info.retries);
        chosen.unwrap_or_default()
    }

    /// Returns whether this is a request of the runtime to another origin than that of the API.
    fn is_foreign(&self) -> bool {
        let is_own = || {
            self.server()
                .is_ok_and(|server| server.origin() == self.core.0.server.origin())
        };
        self.is_internal && !is_own()
    }

    /// Returns the message of one attempt, without credentials.
    pub(super) fn message(&self, uri: &Uri) -> http::Request<Body> {
        let mut message = http::Request::new(self.body.clone());
        *message.method_mut() = self.method.clone();
        *message.uri_mut() = uri.clone();
        let defaults = &self.core.0.headers;
        // Room for the headers that are added here and for a credential.
        let mut headers = HeaderMap::with_capacity(defaults.len() + self.headers.len() + 4);
        // Any header of the client may contain a secret of the API.
        let is_foreign = self.is_foreign();
        for (name, value) in defaults.iter().filter(|(name, _)| !is_foreign || *name == USER_AGENT) {
            headers.insert(name, value.clone());
        }
        if let Some(accept) = self.operation.accept_header() {
            headers.insert(ACCEPT, accept);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<&str> = self.cookies.iter().map(|(_, pairs)| pairs.as_str()).collect();
            if let Ok(value) = HeaderValue::try_from(cookies.join("; ")) {
                headers.insert(COOKIE, value);
            }
        }
        if self.body.is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(&self.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        *message.headers_mut() = headers;
        message
    }
}

/// Returns the text of a scalar, or of each item of an array.
pub(super) fn texts(value: &dyn Wire) -> Vec<String> {
    let texts = codec::to_request_texts(value).into_iter();
    texts.map(|text| text.content).collect()
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.call())
    }
}
