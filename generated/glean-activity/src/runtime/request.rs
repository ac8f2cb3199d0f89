//! The request that a builder fills in: everything that stays the same over all attempts of a call.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};
use serde_json::Value;
use url::Url;

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
    pub(super) options: CallOptions,
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
            options: CallOptions::default(),
            is_internal: false,
            transport: None,
            build_error: None,
        };
        (operation.parameters)(&mut request, false);
        request
    }

    /// Returns the options of this call.
    pub fn options(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    /// Sets a path parameter. Items of an array are joined with commas.
    pub fn path(&mut self, name: &'static str, value: &dyn Wire) {
        self.path_pieces(name, texts(value));
    }

    /// Sets a path parameter.
    pub fn path_text(&mut self, name: &'static str, value: String) {
        self.path_pieces(name, vec![value]);
    }

    fn path_pieces(&mut self, name: &'static str, pieces: Vec<String>) {
        let encoded: Vec<String> = pieces.iter().map(|piece| address::encode(piece)).collect();
        self.path_encoded(name, encoded.join(","));
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
        let key = address::encode(name);
        let pairs: Vec<String> = texts(value)
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

    /// Sets a query parameter to encoded pairs.
    pub(super) fn query_encoded(&mut self, name: &'static str, pairs: String) {
        self.query.retain(|(other, _)| other != name);
        self.query.push((Cow::Borrowed(name), pairs));
    }

    /// Adds a query parameter. Others with the same name are kept.
    pub fn query_pair(&mut self, name: &str, value: &str) {
        let pair = format!("{}={}", address::encode(name), address::encode(value));
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
        let fields = std::mem::take(&mut self.options.body_fields);
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

    /// Returns the call, at its first attempt.
    pub(super) fn call(&self) -> Call {
        Call {
            id: self.operation.id,
            method: self.method.clone(),
            path: self.template.clone(),
            attempt: 1,
            attempts: self.policy().attempts,
            is_internal: self.is_internal,
        }
    }

    /// Returns the retry policy: of the call, the client, the operation, the API description, or the default, in this order.
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

    /// Returns the server of this request.
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

    /// Returns the complete URL.
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
        let defaults = self
            .core
            .0
            .query
            .iter()
            .filter(|_| self.link.is_none() && !self.is_internal);
        for (name, value) in defaults {
            text.push(if text.contains('?') { '&' } else { '?' });
            text.push_str(&format!("{}={}", address::encode(name), address::encode(value)));
        }
        let url = Url::parse(&text).map_err(|error| BuildError::new(format!("invalid request URL: {error}")))?;
        if url.origin() != server.origin() {
            return Err(BuildError::new(format!(
                "{} is not the client's server",
                address::origin(&url)
            )));
        }
        Ok(url)
    }

    /// Returns the path with its parameters inserted.
    fn expanded(&self) -> Result<String, BuildError> {
        let mut segments = Vec::new();
        let mut rest = self.template.split('/').peekable();
        while let Some(segment) = rest.next() {
            segments.push(self.segment(segment, rest.peek().is_none())?);
        }
        Ok(segments.join("/"))
    }

    /// Returns one path segment. It must not be empty, `.` or `..`, because the URL would then reach another operation.
    fn segment(&self, template: &str, is_last: bool) -> Result<String, BuildError> {
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
                .map_or("", |(_, value)| value.as_str());
            if value.is_empty() {
                let may_be_empty = is_last && before.is_empty() && tail.is_empty();
                if !(may_be_empty && self.options.allow_empty_path) {
                    return Err(empty_path_parameter(name, may_be_empty));
                }
            }
            segment.push_str(&address::encode_template(before));
            segment.push_str(value);
            last = Some(name);
            rest = tail;
        }
        segment.push_str(&address::encode_template(rest));
        // URL parsers resolve `.` and `..`, even if the dots are percent-encoded, so they cannot be sent.
        let has_dots = |segment: &str| segment.split('/').any(|part| matches!(part, "." | ".."));
        match last {
            Some(name) if has_dots(&segment) => Err(BuildError::new(format!(
                "path parameter `{name}` is `{segment}`, which cannot be sent in a path"
            ))),
            Some(_) | None => Ok(segment),
        }
    }

    /// Returns the message of one attempt, without credentials.
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

fn empty_path_parameter(name: &str, may_be_empty: bool) -> BuildError {
    let help = match may_be_empty {
        true => "; call `allow_empty_path()` to send it",
        false => "",
    };
    BuildError::new(format!("path parameter `{name}` is empty{help}"))
}

fn origin(server: &Url) -> Url {
    let mut origin = server.clone();
    origin.set_path("/");
    origin
}

/// Returns the text of a scalar, or of each item of an array.
pub(super) fn texts(value: &dyn Wire) -> Vec<String> {
    match codec::to_value(value) {
        Value::Array(items) => items.into_iter().map(scalar).collect(),
        scalar_value => vec![scalar(scalar_value)],
    }
}

/// Returns the text of a scalar, which is its JSON text without quotes. An object becomes JSON.
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
