//! Compares a request with its operation.

use std::borrow::Cow;

use http::Uri;
use serde_json::{Map, Value};

use super::Examiner;
use super::exchange::Exchange;
use super::finding::{Finding, Fix};
use super::kind::Kind;
use super::media;
use super::parameters::{self, Decoded};
use super::routes::Match;
use super::values::{Direction, Values};
use crate::document::{Location, MediaContent, Operation, Parameter, SchemaId, SecurityKind};
use crate::wire::{MediaType, url};

/// Request headers of HTTP, of browsers and of proxies, which documents do not list.
const STANDARD_HEADERS: [&str; 44] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "dnt",
    "expect",
    "forwarded",
    "from",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "max-forwards",
    "origin",
    "pragma",
    "priority",
    "proxy-authorization",
    "range",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-requested-with",
    "x-real-ip",
    "traceparent",
    "tracestate",
];

impl Examiner<'_> {
    pub(super) fn request(&mut self, exchange: &Exchange, url: &Uri, matched: &Match) -> Vec<Finding> {
        let document = self.document;
        let operation = &document.operations[matched.operation];
        let mut found = Vec::new();
        if !matched.is_known_server {
            let origin = url::origin(url);
            let place = document.servers.first().and_then(|server| server.place);
            let message = format!("`{origin}` is not a server of the document");
            let finding = Finding::new(Kind::UndocumentedServer, place, message).about(&origin);
            found.push(finding.fix(Fix::Server(server_url(url, operation))));
        }
        self.credentials(exchange, url, matched.operation, &mut found);
        self.query(exchange, url, matched.operation, &mut found);
        self.headers(exchange, matched.operation, &mut found);
        let cookies = cookies(exchange);
        for parameter in &operation.parameters {
            match parameter.location {
                Location::Path => self.parameter(parameter, &matched.values, "path", &mut found),
                Location::Cookie if self.is_missing(parameter, &cookies) => {
                    let message = format!("the required cookie `{}` was not sent", parameter.name);
                    found.push(optional(Kind::MissingCookie, parameter, message));
                }
                Location::Cookie => {
                    self.parameter(parameter, &without_secrets(exchange, &cookies), "cookie", &mut found)
                }
                Location::Query | Location::QueryString | Location::Header => {}
            }
        }
        self.request_body(exchange, matched.operation, &mut found);
        found
    }

    fn query(&mut self, exchange: &Exchange, url: &Uri, index: usize, found: &mut Vec<Finding>) {
        let document = self.document;
        let operation = &document.operations[index];
        let pairs: Vec<(String, String)> = query_pairs(url).collect();
        let of_query = |parameter: &&Parameter| parameter.location == Location::Query;
        let declared: Vec<&Parameter> = operation.parameters.iter().filter(of_query).collect();
        for parameter in &declared {
            if self.is_missing(parameter, &pairs) {
                let message = format!("the required query parameter `{}` was not sent", parameter.name);
                found.push(optional(Kind::MissingQuery, parameter, message));
            } else {
                self.parameter(parameter, &without_secrets(exchange, &pairs), "query", found);
            }
        }
        if operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::QueryString)
        {
            return;
        }
        let belongs = |name: &str| {
            declared
                .iter()
                .any(|parameter| parameters::belongs_to(&document.schemas, parameter, name))
        };
        for (name, value) in &pairs {
            if !belongs(name) && !self.is_credential(Location::Query, name) && !exchange.is_secret(name) {
                let message = format!("the query parameter `{name}` is not documented");
                let fix = Fix::Parameter {
                    operation: index,
                    location: Location::Query,
                    name: name.clone(),
                };
                let finding = Finding::new(Kind::UndocumentedQuery, Some(operation.place), message);
                found.push(finding.about(name).sample(&untyped(value)).fix(fix));
            }
        }
    }

    fn headers(&mut self, exchange: &Exchange, index: usize, found: &mut Vec<Finding>) {
        let document = self.document;
        let operation = &document.operations[index];
        let of_header = |parameter: &&Parameter| parameter.location == Location::Header;
        for parameter in operation.parameters.iter().filter(of_header) {
            if self.is_missing(parameter, &exchange.request.headers) {
                let message = format!("the required header `{}` was not sent", parameter.name);
                found.push(optional(Kind::MissingRequestHeader, parameter, message));
            } else {
                let headers = without_secrets(exchange, &exchange.request.headers);
                self.parameter(parameter, &headers, "header", found);
            }
        }
        for (name, value) in &exchange.request.headers {
            let lower = name.to_ascii_lowercase();
            let is_known = STANDARD_HEADERS.contains(&lower.as_str())
                || lower.starts_with("sec-")
                || exchange.is_secret(name)
                || self.is_credential(Location::Header, name)
                || operation
                    .parameters
                    .iter()
                    .filter(of_header)
                    .any(|own| own.name.eq_ignore_ascii_case(name));
            if !is_known {
                let message = format!("the header `{name}` is not documented");
                let fix = Fix::Parameter {
                    operation: index,
                    location: Location::Header,
                    name: name.clone(),
                };
                let finding = Finding::new(Kind::UndocumentedRequestHeader, Some(operation.place), message);
                found.push(finding.about(&lower).sample(&untyped(value)).fix(fix));
            }
        }
    }

    /// Returns whether a required parameter is absent.
    fn is_missing(&self, parameter: &Parameter, pairs: &[(String, String)]) -> bool {
        let schemas = &self.document.schemas;
        parameter.required
            && !pairs
                .iter()
                .any(|(name, _)| parameters::belongs_to(schemas, parameter, name))
    }

    /// Compares the value of a parameter with its schema.
    fn parameter(&mut self, parameter: &Parameter, pairs: &[(String, String)], path: &str, found: &mut Vec<Finding>) {
        if let Some(Decoded::Value(id, value)) = parameters::value(&self.document.schemas, parameter, pairs) {
            let path = format!("{path} parameter `{}`", parameter.name);
            found.extend(self.compare(&value, id, &path, Direction::Request));
        }
    }

    fn request_body(&mut self, exchange: &Exchange, index: usize, found: &mut Vec<Finding>) {
        let operation = &self.document.operations[index];
        let (Some(declared), Some(text)) = (&operation.body, &exchange.request.body) else {
            if let Some(declared) = operation.body.as_ref().filter(|body| body.required) {
                let finding = Finding::new(
                    Kind::MissingRequestBody,
                    Some(declared.place),
                    "the required body was not sent",
                );
                let fix = Fix::Set {
                    place: Some(declared.place),
                    keyword: "required",
                    value: Value::Bool(false),
                };
                found.push(finding.fix(fix));
            }
            if operation.body.is_none()
                && let (Some(text), Some(media_type)) = (&exchange.request.body, exchange.request.media_type())
            {
                let message = format!("a body of type `{media_type}` was sent, but the operation has none");
                let fix = Fix::RequestContent {
                    operation: index,
                    media_type: media_type.clone(),
                };
                let finding = Finding::new(Kind::UndocumentedRequestBody, Some(operation.place), message).fix(fix);
                found.push(media::sampled(finding, &media_type, text));
            }
            return;
        };
        let Some(media_type) = exchange.request.media_type() else {
            return;
        };
        let Some(content) = media::find(&declared.content, &media_type) else {
            let message = format!("the body has the media type `{media_type}`, which is not documented");
            let fix = Fix::RequestContent {
                operation: index,
                media_type: media_type.clone(),
            };
            let finding = Finding::new(Kind::RequestMediaType, Some(declared.place), message)
                .about(&media_type)
                .fix(fix);
            found.push(media::sampled(finding, &media_type, text));
            return;
        };
        if media_type == "application/x-www-form-urlencoded" {
            if let Some(id) = content.schema {
                let form = self.form(text, id);
                found.extend(self.compare(&form, id, "$", Direction::Request));
            }
        } else {
            self.json_body(content, &media_type, text, Direction::Request, found);
        }
    }

    /// Reads a form as an object.
    fn form(&self, text: &str, id: SchemaId) -> Value {
        let schemas = &self.document.schemas;
        let target = schemas[id].reference.unwrap_or(id);
        let mut object = Map::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let name = name.trim_end_matches("[]").to_owned();
            let property = schemas[target].properties.get(&name).copied();
            let items = property.and_then(|property| schemas[property].items);
            let value = match items.or(property) {
                Some(id) => parameters::scalar(schemas, id, &value),
                None => Value::String(value.into_owned()),
            };
            match (object.get_mut(&name), items) {
                (Some(Value::Array(values)), Some(_)) => values.push(value),
                (Some(_) | None, Some(_)) => drop(object.insert(name, Value::Array(vec![value]))),
                (Some(_) | None, None) => drop(object.insert(name, value)),
            }
        }
        Value::Object(object)
    }

    /// Compares a JSON body with the schema of its media type.
    pub(super) fn json_body(
        &mut self,
        content: &MediaContent,
        media_type: &str,
        text: &str,
        direction: Direction,
        found: &mut Vec<Finding>,
    ) {
        let Some(id) = content.schema.filter(|_| MediaType::from(media_type).is_json()) else {
            return;
        };
        match serde_json::from_str::<Value>(text) {
            Ok(value) => found.extend(self.compare(&value, id, "$", direction)),
            Err(error) => {
                let message = format!("the body has the media type `{media_type}`, but it is not JSON: {error}");
                found.push(Finding::new(Kind::InvalidJson, Some(content.place), message));
            }
        }
    }

    pub(super) fn compare(&mut self, value: &Value, id: SchemaId, path: &str, direction: Direction) -> Vec<Finding> {
        Values::new(&self.document.schemas, &mut self.patterns, direction).compare(value, id, path)
    }

    /// Reports a successful request without credentials. Recorders may remove credentials, so this is reported only if another
    /// request of the recording has some.
    fn credentials(&self, exchange: &Exchange, url: &Uri, index: usize, found: &mut Vec<Finding>) {
        let operation = &self.document.operations[index];
        let required = operation.security.as_ref().unwrap_or(&self.document.security);
        let is_optional = required.is_empty() || required.iter().any(|requirement| requirement.is_empty());
        if !is_optional
            && self.has_credentials
            && (200..300).contains(&exchange.status)
            && !self.sends_credentials(exchange, url)
        {
            let message = "the request succeeded without the credentials that the operation requires";
            let finding = Finding::new(Kind::MissingCredentials, Some(operation.place), message);
            found.push(finding.fix(Fix::Anonymous(index)));
        }
    }

    /// Returns whether a request has any credentials of the document.
    pub(super) fn sends_credentials(&self, exchange: &Exchange, url: &Uri) -> bool {
        let cookies = cookies(exchange);
        exchange.request.header("authorization").is_some()
            || query_pairs(url).any(|(name, _)| self.is_credential(Location::Query, &name))
            || exchange
                .request
                .headers
                .iter()
                .any(|(name, _)| self.is_credential(Location::Header, name))
            || cookies
                .iter()
                .any(|(name, _)| self.is_credential(Location::Cookie, name))
    }

    /// Returns whether a name is that of an API key.
    fn is_credential(&self, at: Location, sent: &str) -> bool {
        self.document
            .security_schemes
            .values()
            .any(|scheme| match &scheme.kind {
                SecurityKind::ApiKey { location, name } => *location == at && name.eq_ignore_ascii_case(sent),
                SecurityKind::Http { .. }
                | SecurityKind::OAuth2 { .. }
                | SecurityKind::OpenIdConnect { .. }
                | SecurityKind::MutualTls
                | SecurityKind::Other(_) => false,
            })
    }
}

fn optional(kind: Kind, parameter: &Parameter, message: String) -> Finding {
    let fix = Fix::Set {
        place: Some(parameter.place),
        keyword: "required",
        value: Value::Bool(false),
    };
    Finding::new(kind, Some(parameter.place), message).fix(fix)
}

/// Reads a text as the JSON value that it looks like.
pub(super) fn untyped(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        Ok(_) | Err(_) => Value::String(text.to_owned()),
    }
}

fn cookies(exchange: &Exchange) -> Vec<(String, String)> {
    let text = exchange.request.header("cookie").unwrap_or_default();
    let pairs = text.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Returns the pairs whose values are known.
fn without_secrets(exchange: &Exchange, pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .filter(|(name, _)| !exchange.is_secret(name))
        .cloned()
        .collect()
}

/// Returns the decoded pairs of a query.
fn query_pairs(url: &Uri) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(url.query().unwrap_or_default().as_bytes()).into_owned()
}

/// Returns the URL of the server that a request was sent to: its URL without the path of the operation.
fn server_url(url: &Uri, operation: &Operation) -> String {
    let segments = operation.request_path.trim_end_matches('/').matches('/').count();
    let mut path: Cow<'_, str> = url.path().trim_end_matches('/').into();
    for _ in 0..segments {
        let end = path.rfind('/').unwrap_or_default();
        path = path[..end].to_owned().into();
    }
    format!("{}{path}", url::origin(url))
}
