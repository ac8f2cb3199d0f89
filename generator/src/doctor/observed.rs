//! Values of parameters that responses supply: by the links of the document, and by the items of lists.

use std::collections::HashMap;

use serde_json::Value;

use super::calls::Call;
use super::exchange::Exchange;
use crate::document::{Document, Link, LinkTarget, Location, Parameter, Status};
use crate::json::Json;

/// The observed values.
#[derive(Debug, Default)]
pub(super) struct Observed {
    /// The values of links, by the index of the operation and the name of the parameter as the link writes it.
    links: HashMap<(usize, String), Json>,
    /// The bodies of successful responses, by their paths.
    bodies: HashMap<String, Value>,
}

impl Observed {
    /// Adds the values of a response.
    pub(super) fn add(&mut self, document: &Document, call: &Call<'_>, exchange: &Exchange) {
        let body = exchange
            .response
            .body
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        let body: Value = body.unwrap_or_default();
        let declared = &document.operations[call.operation].responses;
        let by = |status: Status| declared.iter().find(|response| response.status == status);
        let class = u8::try_from(exchange.status / 100).unwrap_or_default();
        let response = by(Status::Code(exchange.status))
            .or_else(|| by(Status::Range(class)))
            .or_else(|| by(Status::Default));
        for link in response.iter().flat_map(|response| &response.links) {
            let Some(target) = target(document, link) else { continue };
            for (name, expression) in &link.parameters {
                if let Some(value) = evaluated(expression, &body, exchange) {
                    self.links.entry((target, name.clone())).or_insert(value);
                }
            }
        }
        if (200..300).contains(&exchange.status) {
            self.bodies.insert(call.path.trim_end_matches('/').to_owned(), body);
        }
    }

    /// Returns the value that a link supplies for a parameter.
    pub(super) fn linked(&self, operation: usize, parameter: &Parameter) -> Option<&Json> {
        let prefix = match parameter.location {
            Location::Path => "path.",
            Location::Query | Location::QueryString => "query.",
            Location::Header => "header.",
            Location::Cookie => "cookie.",
        };
        let qualified = format!("{prefix}{}", parameter.name);
        self.links
            .get(&(operation, qualified))
            .or_else(|| self.links.get(&(operation, parameter.name.clone())))
    }

    /// Returns the value of a path parameter in the first item of a list. `path` is the path before the parameter: that of the list.
    pub(super) fn listed(&self, path: &str, parameter: &str) -> Option<Json> {
        let body = self.bodies.get(path.strip_suffix('/')?)?;
        let item = first_item(body, 0)?;
        let Value::Object(object) = item else {
            return scalar(item);
        };
        let wanted = letters(parameter);
        let matching = object.iter().filter(|(name, value)| {
            // `id` is the value of `petId`.
            let own = letters(name);
            own.len() > 1 && wanted.ends_with(&own) && scalar(value).is_some()
        });
        matching
            .max_by_key(|(name, _)| name.len())
            .and_then(|(_, value)| scalar(value))
    }
}

/// The maximum number of objects around a list.
const MAX_DEPTH: usize = 3;

/// Returns the first item of a list, or of the first list in an object.
fn first_item(body: &Value, depth: usize) -> Option<&Value> {
    match body {
        Value::Array(items) => items.first(),
        Value::Object(object) if depth < MAX_DEPTH => {
            let lists = object.values().filter(|value| value.is_array());
            let objects = object.values().filter(|value| value.is_object());
            lists.chain(objects).find_map(|value| first_item(value, depth + 1))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
    }
}

/// Returns the letters and digits of a name in lower case.
fn letters(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn scalar(value: &Value) -> Option<Json> {
    match value {
        Value::String(text) => Some(Json::String(text.clone())),
        Value::Number(number) => Some(Json::Number(number.to_string())),
        Value::Bool(value) => Some(Json::Bool(*value)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the index of the operation that a link refers to.
fn target(document: &Document, link: &Link) -> Option<usize> {
    document.operations.iter().position(|operation| match &link.target {
        LinkTarget::Id(id) => operation.id.as_ref() == Some(id),
        LinkTarget::Reference(pointer) => operation.pointer == *pointer,
    })
}

/// Evaluates the expression of a link: a part of the response, or a constant.
fn evaluated(expression: &Json, body: &Value, exchange: &Exchange) -> Option<Json> {
    let Some(text) = expression.as_str().filter(|text| text.starts_with('$')) else {
        return Some(expression.clone());
    };
    if let Some(pointer) = text.strip_prefix("$response.body#") {
        return scalar(body.pointer(pointer)?);
    }
    let name = text.strip_prefix("$response.header.")?;
    let header = exchange.response.header(name)?;
    Some(Json::String(header.to_owned()))
}
