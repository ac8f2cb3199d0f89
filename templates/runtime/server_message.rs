//! The error message of a server, found where web frameworks put it.

use serde_json::{Map, Value};

use super::text::{MAX_MESSAGE, one_line};

/// The keys of a message, the most specific ones first.
const MESSAGES: [&str; 10] = [
    "message",
    "error_description",
    "detail",
    "error",
    "title",
    "error_message",
    "errorMessage",
    "msg",
    "description",
    "reason",
];

/// The keys of a list of errors, or of a map from fields to errors.
const DETAILS: [&str; 7] = [
    "detail",
    "errors",
    "errorMessages",
    "violations",
    "invalid-params",
    "fieldErrors",
    "details",
];

/// The keys by which an error names the field.
const FIELDS: [&str; 5] = ["loc", "field", "param", "propertyPath", "path"];

const MAX_DEPTH: usize = 4;
const MAX_DETAILS: usize = 10;

/// Returns the error message of a server: usual keys of a JSON object, the title of an HTML page, or plain text.
pub(super) fn server_message(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let found = match serde_json::from_str::<Value>(text) {
        Ok(value) => of_value(&value, 0)?,
        Err(_) if text.starts_with('<') => title(text)?.to_owned(),
        Err(_) => text.to_owned(),
    };
    Some(one_line(&found, MAX_MESSAGE)).filter(|line| !line.is_empty())
}

fn of_value(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Object(map) if depth < MAX_DEPTH => of_object(map, depth),
        Value::Array(items) if depth < MAX_DEPTH => joined(items.iter().filter_map(|item| of_item(item, depth + 1))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) | Value::Array(_) => None,
    }
}

/// Returns the message of an object, followed by the details that it does not contain.
fn of_object(map: &Map<String, Value>, depth: usize) -> Option<String> {
    // A map from fields to lists of errors can contain a field whose name is also a usual key, such as `title`.
    let is_usual = |key: &String| MESSAGES.contains(&key.as_str()) || DETAILS.contains(&key.as_str());
    let is_field_map = depth == 0 && !map.keys().all(is_usual);
    let fields = if is_field_map { of_fields(map, true) } else { None };
    if fields.is_some() {
        return fields;
    }
    let is_detail = |key: &str| DETAILS.contains(&key) && !map[key].is_string();
    let mut keys = MESSAGES
        .into_iter()
        .filter(|key| map.contains_key(*key) && !is_detail(key));
    let message = keys.find_map(|key| of_value(&map[key], depth + 1));
    let details = DETAILS
        .into_iter()
        .filter(|key| map.contains_key(*key) && is_detail(key));
    let details = joined(details.filter_map(|key| of_details(&map[key], depth + 1)));
    match (message, details) {
        (Some(message), Some(details)) if message.contains(&details) => Some(message),
        (Some(message), Some(details)) => Some(format!("{}: {details}", message.trim_end_matches(['.', ':']))),
        (message, details) => message.or(details),
    }
}

fn of_details(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::Object(map) if depth < MAX_DEPTH => of_object(map, depth).or_else(|| of_fields(map, false)),
        other => of_value(other, depth),
    }
}

/// Returns an item of a list of errors, with the field that it names.
fn of_item(item: &Value, depth: usize) -> Option<String> {
    let message = of_value(item, depth)?;
    let field = FIELDS.iter().find_map(|key| path(item.get(*key)?));
    Some(match field {
        Some(field) => format!("{field}: {message}"),
        None => message,
    })
}

/// Returns the errors of a map from fields to errors. With `lists_only`, every value must be a list of strings, because other
/// objects are not maps of errors.
fn of_fields(map: &Map<String, Value>, lists_only: bool) -> Option<String> {
    let is_list = |value: &Value| matches!(value, Value::Array(items) if items.iter().all(Value::is_string));
    if lists_only && !map.values().all(is_list) {
        return None;
    }
    joined(map.iter().filter_map(|(field, value)| {
        let message = of_value(value, MAX_DEPTH - 1)?;
        Some(format!("{field}: {message}"))
    }))
}

/// Returns the path of a field as text, such as `body.title`.
fn path(value: &Value) -> Option<String> {
    let step = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    match value {
        Value::Array(steps) => Some(steps.iter().filter_map(step).collect::<Vec<_>>().join(".")),
        other => step(other),
    }
    .filter(|path| !path.is_empty())
}

fn joined(messages: impl Iterator<Item = String>) -> Option<String> {
    let mut messages: Vec<String> = messages.collect();
    if messages.len() > MAX_DETAILS {
        let more = messages.len() - MAX_DETAILS;
        messages.truncate(MAX_DETAILS);
        messages.push(format!("and {more} more"));
    }
    Some(messages.join("; ")).filter(|line| !line.is_empty())
}

fn title(page: &str) -> Option<&str> {
    // Only ASCII changes, so offsets in both strings agree.
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower[start..].find("</title>")?;
    Some(&page[start..end])
}
