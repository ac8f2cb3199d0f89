//! The expected request of a call, byte for byte.
//!
//! In: an operation with its call, whose values are in serialized form, and the credentials. Out: the request, by the
//! rules of OpenAPI (Style Values) and HTTP. It shares no code with the runtime that it tests. `None` if the request
//! cannot be determined.

use std::collections::BTreeMap;

use super::style::{
    deep, encoded, encoded_except_reserved, encoded_except_reserved_in_form, pairs, properties, scalar, simple,
};
use crate::json::Json;
use crate::krate::{
    BodyKind, CallCase, CredentialKind, Credentials, Encoding, Input, InputKind, NestedStyle, Operation, WireRequest,
};
use crate::wire::{Location, MediaType, Method, Style};

/// The boundary of multipart bodies. In tests, all random numbers are zero.
const BOUNDARY: &str = "00000000000000000000000000000000";

/// The parts of a request.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    pub method: String,
    pub path: String,
    pub query: Vec<String>,
    /// The pairs with API keys, which come at the end of the query.
    pub query_keys: Vec<String>,
    pub headers: BTreeMap<String, String>,
    pub cookies: Vec<String>,
    pub body: Option<String>,
}

impl Parts {
    /// Assembles the request.
    pub fn request(mut self) -> WireRequest {
        if !self.cookies.is_empty() {
            self.headers.insert("cookie".to_owned(), self.cookies.join("; "));
        }
        self.query.append(&mut self.query_keys);
        let mark = if self.query.is_empty() { "" } else { "?" };
        let mut head = format!("{} {}{mark}{}\n", self.method, self.path, self.query.join("&"));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\n"));
        }
        WireRequest { head, body: self.body }
    }
}

/// Returns the inputs of a call with their values. `None` if one cannot be determined.
fn values<'o>(operation: &'o Operation, case: &CallCase) -> Option<Vec<(&'o Input, Json)>> {
    let arguments = operation.arguments.iter().zip(&case.arguments);
    let arguments = arguments.map(|(input, value)| Some((input, value.wire.clone()?)));
    let constants = operation
        .constants
        .iter()
        .map(|input| Some((input, input.constant.clone()?)));
    let setters = case.setters.iter().map(|(name, value)| {
        let input = operation.setters.iter().find(|input| input.name == *name)?;
        Some((input, value.wire.clone()?))
    });
    arguments.chain(constants).chain(setters).collect()
}

/// Returns the parts of a call's request, without credentials.
pub fn parts(operation: &Operation, case: &CallCase) -> Option<Parts> {
    let inputs = values(operation, case)?;
    let mut parts = Parts {
        method: operation.method.to_string(),
        path: base_path(operation)? + &path(operation, &inputs)?,
        ..Parts::default()
    };
    if let Some(accept) = &operation.accept {
        parts.headers.insert("accept".to_owned(), accept.clone());
    }
    for (input, value) in &inputs {
        parameter(&mut parts, input, value)?;
    }
    if let Some(key) = &operation.idempotency_key {
        let name = key.as_str().to_ascii_lowercase();
        parts.headers.entry(name).or_insert_with(|| "0".repeat(32));
    }
    body(&mut parts, operation, &inputs);
    Some(parts)
}

fn body(parts: &mut Parts, operation: &Operation, inputs: &[(&Input, Json)]) {
    let fields: Vec<&(&Input, Json)> = inputs
        .iter()
        .filter(|(input, _)| !matches!(input.kind, InputKind::Parameter { .. }))
        .collect();
    let format = operation.body.as_ref().and_then(|body| body.formats.first());
    let Some(format) = format.filter(|_| !fields.is_empty()) else {
        parts.body = Some(String::new());
        if matches!(operation.method, Method::Post | Method::Put | Method::Patch) {
            parts.headers.insert("content-length".to_owned(), "0".to_owned());
        }
        return;
    };
    let whole = |(input, value): &&(&Input, Json)| match input.encoding {
        Encoding::RawBody | Encoding::FileBody => value.as_str().map(str::to_owned),
        // The text is not determined.
        Encoding::XmlBody => None,
        Encoding::LinesBody => value.as_array().map(|items| lines(&format.media_type, items)),
        _ => Some(value.to_text()),
    };
    let (content_type, text) = match &format.kind {
        BodyKind::Form if are_parts(&fields) => (format.media_type.to_string(), form_text(&fields)),
        BodyKind::Multipart if are_parts(&fields) => {
            let media_type = format.multipart.as_deref().unwrap_or("multipart/form-data");
            (format!("{media_type}; boundary={BOUNDARY}"), multipart(&fields))
        }
        BodyKind::Form
        | BodyKind::Multipart
        | BodyKind::Json(_)
        | BodyKind::Lines
        | BodyKind::Text
        | BodyKind::Bytes => {
            let media_type = format.sample.unwrap_or(&format.media_type);
            (media_type.to_owned(), fields.first().and_then(whole))
        }
    };
    parts.headers.entry("content-type".to_owned()).or_insert(content_type);
    parts.body = text;
}

/// Returns a sequence of JSON values. RFC 7464 also requires a record separator before each, as does the suffix `+json-seq`.
fn lines(media_type: &MediaType, items: &[Json]) -> String {
    let mark = if media_type.is_sequence() { "\u{1e}" } else { "" };
    items.iter().map(|item| format!("{mark}{}\n", item.to_text())).collect()
}

fn are_parts(fields: &[&(&Input, Json)]) -> bool {
    fields.iter().all(|(input, _)| matches!(input.kind, InputKind::Part(_)))
}

/// Returns a form with some fields. `None` if OpenAPI does not define the text.
pub fn form_text(fields: &[&(&Input, Json)]) -> Option<String> {
    let field = |(input, value): &&(&Input, Json)| {
        let InputKind::Part(part) = &input.kind else {
            return None;
        };
        let encode = if part.allow_reserved {
            encoded_except_reserved_in_form
        } else {
            encoded
        };
        if let Some(nested) = nested_style(input) {
            return deep(input.wire.as_str(), nested, encode, value);
        }
        if let Some(style) = part.style {
            return pairs(input.wire.as_str(), style, part.explode, encode, value);
        }
        let items = value.as_array().map_or(std::slice::from_ref(value), |items| items);
        let text = |item: &Json| {
            let text = scalar(item).unwrap_or_else(|| item.to_text());
            format!("{}={}", encoded(input.wire.as_str()), encoded(&text))
        };
        Some(items.iter().map(text).collect())
    };
    let pairs = fields.iter().map(field).collect::<Option<Vec<Vec<String>>>>()?;
    Some(pairs.concat().join("&"))
}

/// Returns the configured style of nested values in a deep object.
fn nested_style(input: &Input) -> Option<NestedStyle> {
    input.nested.filter(|nested| *nested != NestedStyle::Reject)
}

fn multipart(fields: &[&(&Input, Json)]) -> Option<String> {
    let mut text = String::new();
    for (input, value) in fields {
        let InputKind::Part(part) = &input.kind else {
            return None;
        };
        if input.encoding == Encoding::XmlPart {
            // The text is not determined.
            return None;
        }
        if input.encoding == Encoding::StyledPart {
            for (name, content) in styled_parts(input, value)? {
                text.push_str(&text_part(&name, "", "text/plain", &content));
            }
            continue;
        }
        let file = if matches!(input.encoding, Encoding::FilePart | Encoding::FileParts) {
            "; filename=\"file\""
        } else {
            ""
        };
        let items = match value {
            Json::Array(items) if matches!(input.encoding, Encoding::Part | Encoding::FileParts) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        for item in items {
            let (content, content_type) = match scalar(item) {
                Some(content) if input.encoding != Encoding::JsonPart => (content, part.media_type.as_str()),
                _ if input.encoding == Encoding::JsonPart => (item.to_text(), part.media_type.as_str()),
                _ => (item.to_text(), "application/json"),
            };
            text.push_str(&text_part(input.wire.as_str(), file, content_type, &content));
        }
    }
    Some(text + "--" + BOUNDARY + "--\r\n")
}

fn text_part(name: &str, file: &str, content_type: &str, content: &str) -> String {
    format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\nContent-Type: {content_type}\r\n\r\n\
         {content}\r\n"
    )
}

/// Returns the name and the text of each part of a value with a style. `None` if OpenAPI does not define them.
pub fn styled_parts(input: &Input, value: &Json) -> Option<Vec<(String, String)>> {
    let InputKind::Part(part) = &input.kind else {
        return None;
    };
    let name = input.wire.as_str();
    let is_defined = !name.contains(['"', '\r', '\n']);
    match part.style? {
        Style::DeepObject => super::style::deep_parts(name, nested_style(input)?, value),
        style => super::style::parts(name, style, part.explode, value),
    }
    .filter(|_| is_defined)
}

/// Returns the path of the operation's server if it is relative, otherwise an empty path. `None` if the path cannot be
/// determined.
fn base_path(operation: &Operation) -> Option<String> {
    match operation.server.as_deref() {
        Some(path) if path.starts_with('/') => Some(path.trim_end_matches('/').to_owned()),
        Some(url) if url.contains("://") => Some(String::new()),
        Some(_) => None,
        None => Some(String::new()),
    }
}

fn path(operation: &Operation, inputs: &[(&Input, Json)]) -> Option<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/{}".contains(c);
    if !operation.path.starts_with('/') || !operation.path.chars().all(allowed) {
        return None;
    }
    let mut path = operation.path.clone();
    for (input, value) in inputs {
        if let Some(text) = path_text(input, value) {
            path = path.replace(&format!("{{{}}}", input.wire), &text?);
        }
    }
    (!path.contains(['{', '}'])).then_some(path)
}

/// Returns the encoded text of a path parameter. `None` if the input is not a path parameter; `Some(None)` if OpenAPI does not
/// define the text.
pub fn path_text(input: &Input, value: &Json) -> Option<Option<String>> {
    let InputKind::Parameter {
        location: Location::Path,
        style,
        explode,
        allow_reserved,
        media_type,
        ..
    } = &input.kind
    else {
        return None;
    };
    Some(match media_type {
        Some(_) => Some(encoded(&scalar(value).unwrap_or_else(|| value.to_text()))),
        None if input.encoding == Encoding::Wildcard => {
            scalar(value).map(|text| text.split('/').map(encoded).collect::<Vec<_>>().join("/"))
        }
        None if *allow_reserved => None,
        None => super::style::in_path(input.wire.as_str(), *style, *explode, value),
    })
}

/// Adds a parameter that is not in the path. `None` if OpenAPI does not define its text.
pub fn parameter(parts: &mut Parts, input: &Input, value: &Json) -> Option<()> {
    let InputKind::Parameter {
        location,
        style,
        explode,
        allow_reserved,
        media_type,
        ..
    } = &input.kind
    else {
        return Some(());
    };
    let wire = input.wire.as_str();
    let encode = if *allow_reserved {
        encoded_except_reserved
    } else {
        encoded
    };
    let as_json = media_type.as_ref().map(|_| match input.encoding {
        Encoding::String => scalar(value).unwrap_or_else(|| value.to_text()),
        _ => value.to_text(),
    });
    match (location, as_json) {
        (Location::Path, _) => {}
        (Location::Query, Some(text)) => parts.query.push(format!("{}={}", encoded(wire), encoded(&text))),
        (Location::Query, None) => parts.query.extend(match nested_style(input) {
            Some(nested) => deep(wire, nested, encode, value)?,
            None => pairs(wire, *style, *explode, encode, value)?,
        }),
        (Location::Header, Some(text)) => {
            parts.headers.insert(wire.to_ascii_lowercase(), text);
        }
        (Location::Header, None) => {
            parts
                .headers
                .insert(wire.to_ascii_lowercase(), simple(*explode, value)?);
        }
        (Location::Cookie, None) if *style == Style::Form && scalar(value).is_some() => {
            parts.cookies.push(format!("{wire}={}", encoded(&scalar(value)?)));
        }
        (Location::QueryString, _) => match (&input.encoding, value) {
            (Encoding::QueryForm, Json::Object(entries)) => parts.query.extend(properties(entries, encoded)?),
            (Encoding::QueryFields, Json::Object(entries)) => {
                let mut entries: Vec<(&String, &Json)> = entries.iter().collect();
                entries.sort_by_key(|(name, _)| *name);
                for (name, value) in entries {
                    parts.query.extend(query_field(input, name, value)?);
                }
            }
            (Encoding::QueryText, value) => parts.query.push(encoded(&scalar(value)?)),
            (Encoding::QueryJson, value) => parts.query.push(encoded(&value.to_text())),
            _ => return None,
        },
        (Location::Cookie, _) => return None,
    }
    Some(())
}

/// Returns the pairs of a property of a query string that is a form.
fn query_field(input: &Input, name: &str, value: &Json) -> Option<Vec<String>> {
    let styles = match &input.kind {
        InputKind::Parameter { fields, .. } => fields.as_slice(),
        InputKind::Body(_) | InputKind::Part(_) => &[],
    };
    let Some(field) = styles.iter().find(|field| field.name == name) else {
        return properties(&[(name.to_owned(), value.clone())].into_iter().collect(), encoded);
    };
    let encode = match field.allow_reserved {
        true => encoded_except_reserved_in_form,
        false => encoded,
    };
    match nested_style(input).filter(|_| field.style == Style::DeepObject) {
        Some(nested) => deep(name, nested, encode, value),
        None => pairs(name, field.style, field.explode, encode, value),
    }
}

/// Adds the credentials of the operation's first security requirement. The test client has all credentials.
pub fn authorize(parts: &mut Parts, operation: &Operation, credentials: &Credentials) {
    let known = |name: &crate::krate::WireName| credentials.schemes.iter().find(|scheme| scheme.scheme == *name);
    let alternatives = operation
        .security
        .iter()
        .filter(|requirements| !requirements.is_empty());
    let mut alternatives = alternatives.filter_map(|requirements| {
        requirements
            .iter()
            .map(|requirement| known(&requirement.scheme))
            .collect::<Option<Vec<_>>>()
    });
    if parts.headers.contains_key("authorization") {
        return;
    }
    for scheme in alternatives.next().unwrap_or_default() {
        let mut header = |name: &str, value: &str| parts.headers.insert(name.to_ascii_lowercase(), value.to_owned());
        match &scheme.kind {
            CredentialKind::ClientCredentials { .. } => {
                header("authorization", "Bearer token");
            }
            CredentialKind::Bearer { word, .. } => {
                header("authorization", &format!("{word} token"));
            }
            // `user:password` in Base64.
            CredentialKind::Basic { .. } => {
                header("authorization", "Basic dXNlcjpwYXNzd29yZA==");
            }
            CredentialKind::ApiKey { location, name, .. } => match location {
                Location::Header | Location::Path => {
                    header(name.as_str(), "key");
                }
                Location::Cookie => parts.cookies.push(format!("{name}=key")),
                Location::Query | Location::QueryString => {
                    parts.query_keys.push(format!("{}=key", encoded(name.as_str())));
                }
            },
        }
    }
}
