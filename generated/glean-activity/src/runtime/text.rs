//! Text from servers, prepared for messages: on one line, shortened, without secrets.

use http::HeaderMap;
use http::header::{AUTHORIZATION, CONTENT_LOCATION, COOKIE, HeaderName, LOCATION, PROXY_AUTHORIZATION, SET_COOKIE};
use serde_json::Value;

/// The maximum length of a server message.
pub(super) const MAX_MESSAGE: usize = 10_000;

/// Replaces each run of whitespace and control characters by one space, and truncates after `limit` characters.
pub(super) fn one_line(text: &str, limit: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("{} … and {} more characters", &line[..end], line[end..].chars().count()),
        None => line,
    }
}

/// Returns a body for logs: one line, with secrets redacted.
pub(super) fn redacted_body(body: &[u8]) -> String {
    match serde_json::from_slice::<Value>(body) {
        Ok(mut value) => {
            redact(&mut value);
            one_line(&value.to_string(), MAX_MESSAGE)
        }
        Err(_) => one_line(&String::from_utf8_lossy(body), MAX_MESSAGE),
    }
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if is_secret(key) && (value.is_string() || value.is_number()) {
                    *value = Value::from("(redacted)");
                } else {
                    redact(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    [
        "token",
        "secret",
        "password",
        "authorization",
        "apikey",
        "credential",
        "cookie",
    ]
    .iter()
    .any(|word| plain.contains(word))
}

/// Returns headers for logs, with secrets redacted.
pub(super) fn redacted_headers(headers: &HeaderMap) -> Vec<(&HeaderName, String)> {
    let hidden = |name: &HeaderName| {
        [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE].contains(name) || is_secret(name.as_str())
    };
    let shown = headers
        .iter()
        .map(|(name, value)| match value.is_sensitive() || hidden(name) {
            true => (name, "(redacted)".to_owned()),
            false => (name, String::from_utf8_lossy(value.as_bytes()).into_owned()),
        })
        // A URL, such as that of a redirect or of the next page, may repeat an API key in its query.
        .map(|(name, value)| match value.split_once('?') {
            Some((target, _)) if target.contains('/') || *name == LOCATION || *name == CONTENT_LOCATION => {
                (name, format!("{target}?(redacted)"))
            }
            Some(_) | None => (name, value),
        });
    shown.collect()
}
