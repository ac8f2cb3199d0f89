//! The request of an operation's example, as a command line of curl.

use crate::document::Location;
use crate::json::Json;
use crate::krate::{BodyKind, Crate, Input, Operation, Place, ServerVariable, TokenKind};

/// The command, one option a line.
pub(super) fn command(krate: &Crate, operation: &Operation) -> String {
    let mut lines = vec![format!("curl {}", quoted(&url(krate, operation)))];
    if !matches!(operation.method.as_str(), "GET" | "POST") || (operation.method == "POST" && operation.body.is_none()) {
        lines[0] = format!("curl -X {} {}", operation.method, quoted(&url(krate, operation)));
    }
    lines.extend(credentials(krate, operation));
    for input in shown(operation) {
        if let (Some(Location::Header), Some(text)) = (location(input), text_of(input)) {
            lines.push(format!("-H {}", quoted(&format!("{}: {text}", input.wire))));
        }
    }
    lines.extend(body(operation));
    lines.join(" \\\n  ")
}

/// The inputs with values in the example: all that have to be given, and the setters that it calls.
fn shown(operation: &Operation) -> impl Iterator<Item = &Input> {
    let set = |input: &&Input| operation.example.setters.iter().any(|(name, _)| *name == input.name);
    let setters = operation.setters.iter().filter(set);
    operation.arguments.iter().chain(setters).chain(&operation.constants)
}

fn url(krate: &Crate, operation: &Operation) -> String {
    let default = krate.servers.choices.first().map_or("", |server| server.url.as_str());
    let own = operation.server.as_deref().filter(|server| server.contains("://"));
    let mut url = own.unwrap_or(default).trim_end_matches('/').to_owned();
    for ServerVariable { wire, default, .. } in &krate.servers.variables {
        url = url.replace(&format!("{{{wire}}}"), default);
    }
    let mut path = operation.path.clone();
    let mut pairs = Vec::new();
    for input in shown(operation) {
        match location(input) {
            Some(Location::Path) => {
                let value = text_of(input).map(|text| encoded(&text));
                let value = value.unwrap_or_else(|| input.name.as_str().to_uppercase());
                path = path.replace(&format!("{{{}}}", input.wire), &value);
            }
            Some(Location::Query) => pairs.extend(query(input)),
            Some(Location::QueryString | Location::Header | Location::Cookie) | None => {}
        }
    }
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{url}{path}{mark}{}", pairs.join("&"))
}

fn query(input: &Input) -> Vec<String> {
    let pair = |value: &Json| scalar(value).map(|text| format!("{}={}", encoded(input.wire.as_str()), encoded(&text)));
    match wire_value(input) {
        Some(Json::Array(items)) => items.iter().filter_map(pair).collect(),
        Some(value) => pair(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn credentials(krate: &Crate, operation: &Operation) -> Vec<String> {
    let Some(needs) = operation.security.first() else {
        return Vec::new();
    };
    let scheme = |name: &crate::krate::WireName| krate.credentials.schemes.iter().find(|scheme| scheme.scheme == *name);
    let option = |kind: &TokenKind| match kind {
        TokenKind::ClientCredentials { token_env: env, .. } | TokenKind::Bearer { env, .. } => {
            Some(format!("-H \"Authorization: Bearer ${env}\""))
        }
        TokenKind::Basic {
            user_env, password_env, ..
        } => Some(format!("-u \"${user_env}:${password_env}\"")),
        TokenKind::ApiKey {
            location, name, env, ..
        } => match location {
            Location::Header => Some(format!("-H \"{name}: ${env}\"")),
            Location::Cookie => Some(format!("-b \"{name}=${env}\"")),
            Location::Query | Location::QueryString => Some(format!("-G -d \"{name}=${env}\"")),
            Location::Path => None,
        },
    };
    let schemes = needs.iter().filter_map(|need| scheme(&need.scheme));
    schemes.filter_map(|scheme| option(&scheme.kind)).collect()
}

fn body(operation: &Operation) -> Vec<String> {
    let Some(form) = operation.body.as_ref().and_then(|body| body.forms.first()) else {
        return Vec::new();
    };
    let parts = |option: &str| {
        let part = |input: &Input| Some(format!("{option} {}", quoted(&format!("{}={}", input.wire, text_of(input)?))));
        let parts = shown(operation).filter(|input| matches!(input.place, Place::Part(_)));
        parts.filter_map(part).collect()
    };
    match &form.kind {
        BodyKind::Json(_) => {
            let Some(example) = &form.example else { return Vec::new() };
            let content_type = format!("-H {}", quoted(&format!("Content-Type: {}", form.media_type)));
            vec![content_type, format!("-d {}", quoted(&example.to_pretty_text()))]
        }
        BodyKind::Form => parts("--data-urlencode"),
        BodyKind::Multipart => parts("-F"),
        BodyKind::Text | BodyKind::Bytes => {
            let content_type = format!("-H {}", quoted(&format!("Content-Type: {}", form.media_type)));
            vec![content_type, "--data-binary @FILE".to_owned()]
        }
    }
}

fn location(input: &Input) -> Option<Location> {
    match &input.place {
        Place::Parameter { location, .. } => Some(*location),
        Place::Body(_) | Place::Part(_) => None,
    }
}

fn wire_value(input: &Input) -> Option<&Json> {
    input.constant.as_ref().or(input.example.as_ref())
}

fn text_of(input: &Input) -> Option<String> {
    scalar(wire_value(input)?)
}

/// The text of a scalar on the wire.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_text()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Percent-encoded, but for what is unreserved.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:%@=+,".contains(c);
    if text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
