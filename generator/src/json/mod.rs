//! A JSON value that keeps the order of keys and the text of numbers.
//!
//! Examples, defaults, enum values and extensions use this type, so that a number such as `1e400` is not changed.

mod kind;

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::ser::{Serialize, Serializer};

pub use kind::JsonKind;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, in the order of its keys. Copies share it, because an API has the same examples in many places.
    Object(Arc<IndexMap<String, Json>>),
}

impl From<IndexMap<String, Json>> for Json {
    fn from(entries: IndexMap<String, Json>) -> Self {
        Self::Object(Arc::new(entries))
    }
}

impl Json {
    /// Returns the text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the value of an integer that fits into `i64`.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Returns the elements of an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the entries of an object.
    pub fn as_object(&self) -> Option<&IndexMap<String, Json>> {
        match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns the entries of an object, to change them. Copies of the object keep theirs.
    pub fn as_object_mut(&mut self) -> Option<&mut IndexMap<String, Json>> {
        match self {
            Self::Object(entries) => Some(Arc::make_mut(entries)),
            _ => None,
        }
    }

    /// Returns the entries of an object.
    pub fn into_object(self) -> Option<IndexMap<String, Json>> {
        match self {
            Self::Object(entries) => Some(Arc::unwrap_or_clone(entries)),
            _ => None,
        }
    }

    /// Creates an object without entries.
    pub fn empty_object() -> Self {
        Self::Object(Arc::default())
    }

    /// Returns the value of a key of an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.as_object()?.get(key)
    }

    /// Returns compact JSON text. Numbers keep their text; one that JSON cannot represent (`.inf`) becomes `null`.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    /// Returns JSON text with an indentation of two spaces.
    pub fn to_pretty_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out
    }

    /// Writes the value. `depth` is the nesting depth for indented output.
    fn write(&self, out: &mut String, depth: Option<usize>) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) if text.ends_with(|last: char| last.is_ascii_digit()) => out.push_str(text),
            Self::Number(_) => out.push_str("null"),
            Self::String(text) => write_string(out, text),
            Self::Array(items) => {
                let items = items.iter().map(|item| (None, item));
                write_all(out, depth, ['[', ']'], items);
            }
            Self::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| (Some(key.as_str()), value));
                write_all(out, depth, ['{', '}'], entries);
            }
        }
    }
}

fn write_all<'j>(
    out: &mut String,
    depth: Option<usize>,
    brackets: [char; 2],
    entries: impl Iterator<Item = (Option<&'j str>, &'j Json)>,
) {
    let inner = depth.map(|depth| depth + 1);
    let line = |out: &mut String, depth: Option<usize>| {
        if let Some(depth) = depth {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    out.push(brackets[0]);
    let mut is_empty = true;
    for (key, value) in entries {
        if !is_empty {
            out.push(',');
        }
        is_empty = false;
        line(out, inner);
        if let Some(key) = key {
            write_string(out, key);
            out.push_str(if depth.is_some() { ": " } else { ":" });
        }
        value.write(out, inner);
    }
    if !is_empty {
        line(out, depth);
    }
    out.push(brackets[1]);
}

fn write_string(out: &mut String, text: &str) {
    // Serializing a string cannot fail.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(text) => match (text.parse::<i64>(), text.parse::<u64>(), text.parse::<f64>()) {
                (Ok(number), _, _) => serializer.serialize_i64(number),
                (_, Ok(number), _) => serializer.serialize_u64(number),
                (_, _, Ok(number)) if number.is_finite() => serializer.serialize_f64(number),
                _ => serializer.serialize_unit(),
            },
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(entries) => serializer.collect_map(&**entries),
        }
    }
}

/// Returns a key as a string literal of JSONPath.
pub fn path_literal(key: &str) -> String {
    format!("'{}'", key.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Escapes a key for a JSON pointer.
pub fn escape_pointer(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// Returns the JSON pointer of the value at a path of keys.
pub fn pointer<'k>(keys: impl IntoIterator<Item = &'k str>) -> String {
    keys.into_iter()
        .map(|key| format!("/{}", escape_pointer(key)))
        .collect()
}

/// Unescapes a segment of a JSON pointer.
pub fn unescape_pointer(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}

#[cfg(test)]
mod tests;
