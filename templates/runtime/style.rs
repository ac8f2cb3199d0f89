//! Parameter styles of OpenAPI, for arrays and objects in paths, queries, headers and cookies.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::Value;

use super::address::{self, VALUE};
use super::call_error::BuildError;
use super::codec::{self, Wire, scalar_text};
use super::request::Request;

/// How a parameter is serialized.
#[derive(Clone, Copy, Debug)]
pub struct StyleRule {
    style: Style,
    explode: bool,
    reserved: bool,
    in_form: bool,
    nested: Nested,
}

impl StyleRule {
    /// Creates a rule from a style and whether items and properties are separate (`explode`).
    pub const fn new(style: Style, explode: bool) -> Self {
        Self {
            style,
            explode,
            reserved: false,
            in_form: false,
            nested: Nested::Brackets,
        }
    }

    /// Sends reserved characters and percent-encoded triples unchanged.
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// Percent-encodes the reserved characters that have a meaning in a body of the media type `application/x-www-form-urlencoded`.
    pub const fn in_form(mut self) -> Self {
        self.in_form = true;
        self
    }

    /// Sets how values inside a [`Style::Deep`] object are serialized.
    pub const fn nested(mut self, nested: Nested) -> Self {
        self.nested = nested;
        self
    }
}

/// A parameter style of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Form,
    Simple,
    Matrix,
    Label,
    Space,
    Pipe,
    Tab,
    Deep,
    Cookie,
}

/// How arrays and objects inside a deep object are serialized, which OpenAPI does not define.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nested {
    /// They are an error.
    Reject,
    /// `a[b][]=1&a[b][]=2` for scalars; items that are objects or arrays get their index: `a[b][0][c]=1`
    Brackets,
    /// `a[b][0]=1&a[b][1]=2`
    Indices,
    /// `a[b]=1&a[b]=2`
    Repeat,
}

impl Request {
    /// Sets a path parameter.
    pub fn path_styled(&mut self, name: &'static str, rule: StyleRule, value: &dyn Wire) {
        if let Some(text) = self.styled(name, rule, value, EncodingContext::Path) {
            self.path_encoded(name, text);
        }
    }

    /// Sets a query parameter.
    pub fn query_styled(&mut self, name: &'static str, rule: StyleRule, value: &dyn Wire) {
        if let Some(text) = self.styled(name, rule, value, EncodingContext::Query) {
            self.query_encoded(name, text);
        }
    }

    /// Sets a header in the style `simple`, without encoding.
    pub fn header_styled(&mut self, name: &'static str, rule: StyleRule, value: &dyn Wire) {
        if let Some(text) = self.styled(name, rule, value, EncodingContext::Plain) {
            self.header_text(name, text);
        }
    }

    /// Sets a cookie. Only the style `form` is encoded.
    pub fn cookie_styled(&mut self, name: &'static str, rule: StyleRule, value: &dyn Wire) {
        let context = if rule.style == Style::Cookie {
            EncodingContext::Plain
        } else {
            EncodingContext::Query
        };
        if let Some(text) = self.styled(name, rule, value, context) {
            self.cookie_encoded(name, text);
        }
    }

    /// Sets the whole query string to the fields of an object, serialized like a form.
    pub fn query_string_form(&mut self, value: &dyn Wire) {
        let rule = StyleRule::new(Style::Form, true);
        if let Some(text) = self.styled("", rule, value, EncodingContext::Query) {
            self.query_encoded("", text);
        }
    }

    /// Sets the whole query string to percent-encoded text, without a name.
    pub fn query_string_text(&mut self, text: &str) {
        self.query_encoded("", address::encode(text));
    }

    /// Sets a query parameter to JSON.
    pub fn query_json(&mut self, name: &'static str, value: &dyn Wire) {
        self.query_text(name, codec::to_request_text(value));
    }

    pub(super) fn styled(
        &mut self,
        name: &'static str,
        rule: StyleRule,
        value: &dyn Wire,
        context: EncodingContext,
    ) -> Option<String> {
        let text = render(name, rule, &codec::to_request_value(value), context);
        text.map_err(|error| self.fail(BuildError::new(format!("parameter `{name}`: {error}"))))
            .ok()
    }
}

/// The location of a value, which determines how it is encoded.
#[derive(Clone, Copy, Debug)]
pub(super) enum EncodingContext {
    Path,
    Query,
    Plain,
}

impl EncodingContext {
    fn encode(self, text: &str, rule: StyleRule) -> String {
        // `#` would end the query; in a path, `/`, `?` and `#` would end the segment; in a form, `&` and `=` are separators and `+` is a
        // space. They are encoded in any case.
        const IN_QUERY: &AsciiSet = &VALUE
            .remove(b':')
            .remove(b'/')
            .remove(b'?')
            .remove(b'[')
            .remove(b']')
            .remove(b'@')
            .remove(b'!')
            .remove(b'$')
            .remove(b'&')
            .remove(b'\'')
            .remove(b'(')
            .remove(b')')
            .remove(b'*')
            .remove(b'+')
            .remove(b',')
            .remove(b';')
            .remove(b'=');
        const IN_PATH: &AsciiSet = &IN_QUERY.add(b'/').add(b'?').add(b'[').add(b']');
        const IN_FORM: &AsciiSet = &IN_QUERY.add(b'&').add(b'=').add(b'+');
        match self {
            Self::Plain => text.to_owned(),
            Self::Path if rule.reserved => keeping_triples(text, IN_PATH),
            Self::Query if rule.reserved && rule.in_form => keeping_triples(text, IN_FORM),
            Self::Query if rule.reserved => keeping_triples(text, IN_QUERY),
            Self::Path | Self::Query => address::encode(text),
        }
    }
}

fn keeping_triples(text: &str, set: &'static AsciiSet) -> String {
    let is_triple = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    let mut pieces = text.split('%');
    let mut encoded = pieces
        .next()
        .map(|first| utf8_percent_encode(first, set).to_string())
        .unwrap_or_default();
    for piece in pieces {
        encoded.push_str(if is_triple(piece) { "%" } else { "%25" });
        encoded.extend(utf8_percent_encode(piece, set));
    }
    encoded
}

/// Serializes a value. Queries and cookies include the name of the parameter.
pub(super) fn render(name: &str, rule: StyleRule, value: &Value, context: EncodingContext) -> Result<String, String> {
    let encode = |text: &str| context.encode(text, rule);
    let text = |value: &Value| encode(&scalar_text(value));
    let name = &match rule.style {
        Style::Cookie => name.to_owned(),
        _ => address::encode(name),
    };
    let (pieces, single): (Vec<(Option<String>, String)>, bool) = match value {
        Value::Array(items) => (items.iter().map(|item| (None, text(item))).collect(), false),
        Value::Object(map) => (
            map.iter()
                .flat_map(|(key, value)| {
                    let values = match value {
                        // In an exploded object the property is repeated for each item, as a parameter would be.
                        Value::Array(items) if rule.explode && is_pair(rule.style) => items.as_slice(),
                        value => std::slice::from_ref(value),
                    };
                    values.iter().map(|value| (Some(encode(key)), text(value)))
                })
                .collect(),
            false,
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (vec![(None, text(value))], true),
    };
    if rule.style == Style::Deep {
        let mut pairs = Vec::new();
        deep(name, value, 0, rule, &text, &mut pairs)?;
        return Ok(pairs.join("&"));
    }
    if pieces.is_empty() && rule.explode {
        return Ok(String::new());
    }
    Ok(if rule.explode && !single {
        exploded(name, rule.style, &pieces)
    } else {
        joined(name, rule.style, pieces)
    })
}

/// Returns whether the style writes pairs of a name and a value.
fn is_pair(style: Style) -> bool {
    match style {
        Style::Form | Style::Space | Style::Pipe | Style::Tab | Style::Cookie => true,
        Style::Simple | Style::Label | Style::Matrix | Style::Deep => false,
    }
}

fn exploded(name: &str, style: Style, pieces: &[(Option<String>, String)]) -> String {
    let (lead, separator, named) = match style {
        Style::Simple => ("", ",", false),
        Style::Label => (".", ".", false),
        Style::Matrix => (";", ";", true),
        Style::Cookie => ("", "; ", true),
        Style::Form | Style::Space | Style::Pipe | Style::Tab | Style::Deep => ("", "&", true),
    };
    let texts = pieces.iter().map(|(key, text)| match key {
        Some(key) => format!("{key}={text}"),
        None if named => format!("{name}={text}"),
        None => text.clone(),
    });
    format!("{lead}{}", texts.collect::<Vec<_>>().join(separator))
}

fn joined(name: &str, style: Style, pieces: Vec<(Option<String>, String)>) -> String {
    let delimiter = match style {
        Style::Space => "%20",
        Style::Pipe => "%7C",
        Style::Tab => "%09",
        Style::Form | Style::Simple | Style::Matrix | Style::Label | Style::Deep | Style::Cookie => ",",
    };
    let texts = pieces.into_iter().flat_map(|(key, text)| key.into_iter().chain([text]));
    let text = texts.collect::<Vec<_>>().join(delimiter);
    match style {
        Style::Simple => text,
        Style::Label => format!(".{text}"),
        Style::Matrix if text.is_empty() => format!(";{name}"),
        Style::Matrix => format!(";{name}={text}"),
        Style::Form | Style::Space | Style::Pipe | Style::Tab | Style::Deep | Style::Cookie => {
            format!("{name}={text}")
        }
    }
}

fn deep(
    path: &str,
    value: &Value,
    depth: usize,
    rule: StyleRule,
    text: &dyn Fn(&Value) -> String,
    pairs: &mut Vec<String>,
) -> Result<(), String> {
    let rejects = rule.nested == Nested::Reject;
    match value {
        Value::Object(_) if depth > 0 && rejects => Err(
            "OpenAPI defines no encoding for an object in a deep object; set `deep_objects` in the configuration of the generator"
                .to_owned(),
        ),
        Value::Array(_) if rejects => Err(
            "OpenAPI defines no encoding for an array in a deep object; set `deep_objects` in the configuration of the generator".to_owned(),
        ),
        Value::Object(map) => map.iter().try_for_each(|(key, value)| {
            deep(
                &format!("{path}%5B{}%5D", address::encode(key)),
                value,
                depth + 1,
                rule,
                text,
                pairs,
            )
        }),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| {
            let path = match rule.nested {
                Nested::Indices => format!("{path}%5B{index}%5D"),
                // Empty brackets do not say which properties belong to one item.
                Nested::Brackets if item.is_object() || item.is_array() => format!("{path}%5B{index}%5D"),
                Nested::Brackets => format!("{path}%5B%5D"),
                Nested::Repeat | Nested::Reject => path.to_owned(),
            };
            deep(&path, item, depth + 1, rule, text, pairs)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            pairs.push(format!("{path}={}", text(value)));
            Ok(())
        }
    }
}
