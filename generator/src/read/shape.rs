//! Typed access to values. A value of the wrong type is reported and treated as absent.

use super::Reader;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Extensions;
use crate::load::{Node, Value, json_number};

impl<'b> Reader<'b, '_> {
    /// Reports a value of the wrong type.
    pub(super) fn report_shape(&mut self, node: Node<'_>, wanted: &str, consequence: &str) {
        let name = node.key().map_or_else(|| "this".to_owned(), |key| format!("`{key}`"));
        let message = format!("{name} is {}, but should be {wanted}; {consequence}", node.kind());
        self.diagnostics
            .push(Diagnostic::new(Code::UnexpectedShape, node.place(), message));
    }

    /// Returns the value of a key; null counts as absent.
    pub(super) fn present(&self, node: Node<'b>, key: &str) -> Option<Node<'b>> {
        node.get(key).filter(|value| !value.is_null())
    }

    /// Reads a string. Numbers and booleans are accepted, because unquoted YAML text may become one.
    pub(super) fn text(&mut self, node: Node<'b>, key: &str) -> Option<String> {
        let value = self.present(node, key)?;
        let text = scalar_text(value);
        if text.is_none() {
            self.report_shape(value, "a string", "it is ignored");
        }
        text
    }

    /// Reads a boolean; false if absent.
    pub(super) fn flag(&mut self, node: Node<'b>, key: &str) -> bool {
        self.maybe_flag(node, key).unwrap_or(false)
    }

    /// Reads a boolean. `"true"` and `"false"` are accepted with a warning, and so are YAML 1.1's `yes` and `no`.
    pub(super) fn maybe_flag(&mut self, node: Node<'b>, key: &str) -> Option<bool> {
        let value = self.present(node, key)?;
        let (text, read) = match value.value() {
            Value::Bool(flag) => return Some(flag),
            Value::String(text) => (text, parse_flag(text)),
            Value::Null | Value::Number(_) | Value::Array | Value::Object => ("", None),
        };
        match read {
            Some(flag) => {
                let message = format!("`{key}` is the string \"{text}\"; it is read as `{flag}`");
                let diagnostic = Diagnostic::new(Code::BooleanAsString, value.place(), message);
                self.diagnostics
                    .push(diagnostic.help(format!("write `{key}: {flag}` without quotes")));
            }
            None => self.report_shape(value, "a boolean", "it is ignored"),
        }
        read
    }

    /// Reads a number as text.
    pub(super) fn number(&mut self, node: Node<'b>, key: &str) -> Option<String> {
        let value = self.present(node, key)?;
        match value.value() {
            Value::Number(text) => return Some(text.to_owned()),
            Value::String(text) => {
                if let Some(number) = json_number(text) {
                    return Some(number);
                }
            }
            Value::Null | Value::Bool(_) | Value::Array | Value::Object => {}
        }
        self.report_shape(value, "a number", "it is ignored");
        None
    }

    /// Reads a non-negative integer.
    pub(super) fn count(&mut self, node: Node<'b>, key: &str) -> Option<u64> {
        let text = self.number(node, key)?;
        // JSON Schema allows `1.0` and `1e3` too.
        text.parse().ok().or_else(|| {
            text.parse::<f64>()
                .ok()
                .filter(|value| *value >= 0.0)
                .map(|value| value as u64)
        })
    }

    /// Reads an object.
    pub(super) fn object(&mut self, node: Node<'b>, key: &str) -> Option<Node<'b>> {
        let value = self.present(node, key)?;
        self.as_object(value)
    }

    /// Returns the value if it is an object.
    pub(super) fn as_object(&mut self, value: Node<'b>) -> Option<Node<'b>> {
        let value = self.referenced(value)?;
        if !value.is_object() {
            self.report_shape(value, "an object", "it is skipped");
        }
        value.is_object().then_some(value)
    }

    /// Follows a `$ref` at a place where OpenAPI has none. Returns other values as they are.
    fn referenced(&mut self, value: Node<'b>) -> Option<Node<'b>> {
        let Some(reference) = value.get("$ref").filter(|text| text.as_str().is_some()) else {
            return Some(value);
        };
        if self.leaves_incomplete() {
            return None;
        }
        let message = "OpenAPI does not allow a `$ref` here; it is followed";
        self.diagnostics
            .push(Diagnostic::new(Code::UnexpectedRef, reference.place(), message));
        self.bundle.follow(value, "the value is skipped", self.diagnostics)
    }

    /// Reports a keyword that has no effect where it is.
    pub(super) fn without_effect(&mut self, node: Node<'b>, key: &str, message: &str) {
        if let Some(value) = self.present(node, key) {
            let place = value.place().key();
            self.diagnostics
                .push(Diagnostic::new(Code::KeywordWithoutEffect, place, message));
        }
    }

    /// Reads an array.
    pub(super) fn array(&mut self, node: Node<'b>, key: &str) -> Option<Node<'b>> {
        let value = self.present(node, key)?;
        let value = self.referenced(value)?;
        if !value.is_array() {
            self.report_shape(value, "an array", "it is skipped");
        }
        value.is_array().then_some(value)
    }

    /// Reads an array of strings. A single string is read as an array of one.
    pub(super) fn strings(&mut self, node: Node<'b>, key: &str) -> Vec<String> {
        if let Some(text) = node.get(key).and_then(Node::as_str) {
            return vec![text.to_owned()];
        }
        let items: Vec<Node<'b>> = self
            .array(node, key)
            .map(|array| array.items().collect())
            .unwrap_or_default();
        let mut strings = Vec::with_capacity(items.len());
        for item in items {
            match scalar_text(item) {
                Some(text) => strings.push(text),
                None => self.report_shape(item, "a string", "it is skipped"),
            }
        }
        strings
    }

    /// Returns the object that a value is or refers to.
    pub(super) fn follow_object(&mut self, node: Node<'b>, consequence: &str) -> Option<Node<'b>> {
        if node.get("$ref").is_some_and(|text| text.as_str().is_none()) {
            self.ref_not_string(node, consequence);
            return None;
        }
        let value = self.bundle.follow(node, consequence, self.diagnostics)?;
        if !value.is_object() {
            self.report_shape(value, "an object", consequence);
        }
        value.is_object().then_some(value)
    }

    /// Reports a `$ref` that is not a string.
    pub(super) fn ref_not_string(&mut self, holder: Node<'b>, consequence: &str) {
        if let Some(reference) = holder.get("$ref") {
            let message = format!("`$ref` is {}, but should be a string; {consequence}", reference.kind());
            self.diagnostics
                .push(Diagnostic::new(Code::RefNotString, reference.place(), message));
        }
    }

    /// Reads `description` of a value. A description next to a `$ref` takes precedence.
    pub(super) fn description(&mut self, holder: Node<'b>, value: Node<'b>) -> Option<String> {
        if holder != value
            && let Some(description) = self.text(holder, "description")
        {
            return Some(description);
        }
        self.text(value, "description")
    }

    /// Appends a link to the page of `externalDocs` to a description.
    pub(super) fn with_page(&mut self, node: Node<'b>, description: Option<String>) -> Option<String> {
        let Some(page) = self.object(node, "externalDocs") else {
            return description;
        };
        let Some(url) = self.text(page, "url").filter(|url| is_link(url)) else {
            return description;
        };
        let words = self.text(page, "description").unwrap_or_default();
        let words: Vec<&str> = words.split(['[', ']', '\r', '\n']).map(str::trim).collect();
        let words = words.join(" ").trim().trim_end_matches('.').to_owned();
        let link = match words.is_empty() {
            true => format!("See also <{url}>."),
            false => format!("See also [{words}](<{url}>)."),
        };
        match description.filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(format!("{}\n\n{link}", text.trim_end())),
            None => Some(link),
        }
    }

    /// Returns the `x-…` entries of an object.
    pub(super) fn extensions(&self, node: Node<'b>) -> Extensions {
        let own = node.entries().filter(|(key, _)| key.starts_with("x-"));
        own.map(|(key, value)| (key.to_owned(), value.to_json())).collect()
    }
}

/// Returns whether a URL can be written into Markdown verbatim.
fn is_link(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\'))
}

/// Returns the text of a scalar other than null.
pub(super) fn scalar_text(node: Node<'_>) -> Option<String> {
    match node.value() {
        Value::String(text) | Value::Number(text) => Some(text.to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array | Value::Object => None,
    }
}

fn parse_flag(text: &str) -> Option<bool> {
    Some(match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => true,
        "false" | "no" | "off" => false,
        _ => return None,
    })
}
