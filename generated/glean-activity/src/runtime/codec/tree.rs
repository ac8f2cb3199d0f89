//! Reading from a parsed JSON tree.

use std::borrow::Cow;

use serde_json::Value;

use super::source::{ReadContext, ReadState};
use super::{Entries, Hint, Read, ReadError, ReadResult, Scalar, Source, Wire, decode};

/// Reads a value from a JSON tree.
pub fn from_value<T: Wire>(value: &Value) -> ReadResult<T> {
    let state = ReadState::default();
    let context = ReadContext::start(&state);
    decode(&mut Tree {
        value,
        context,
        hidden: None,
    })
}

/// A JSON tree as a [`Source`].
pub(super) struct Tree<'v> {
    pub(super) value: &'v Value,
    pub(super) context: ReadContext<'v>,
    /// A key that is skipped, because it is the discriminator of the enclosing union.
    pub(super) hidden: Option<&'v str>,
}

impl Tree<'_> {
    fn refuse<T>(&self, expected: &str) -> ReadResult<T> {
        Err(ReadError::new(format!(
            "expected {expected}, found {}",
            name(self.value)
        )))
    }
}

/// Returns the JSON type of a value, for messages.
pub(super) fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

impl Source for Tree<'_> {
    fn scalar(&mut self, hint: Hint) -> ReadResult<Scalar<'static>> {
        Ok(match self.value {
            Value::Null => Scalar::Null,
            Value::Bool(value) => Scalar::Bool(*value),
            Value::Number(value) => match (value.as_i64(), value.as_u64()) {
                (Some(value), _) => Scalar::I64(value),
                (None, Some(value)) => Scalar::U64(value),
                (None, None) => Scalar::F64(value.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(value) => Scalar::Str(Cow::Owned(value.clone())),
            Value::Array(_) | Value::Object(_) => return self.refuse(hint.expected()),
        })
    }

    fn value(&mut self) -> ReadResult<(Cow<'_, Value>, ReadContext<'_>)> {
        Ok((Cow::Borrowed(self.value), self.context))
    }

    fn skip(&mut self) -> ReadResult {
        Ok(())
    }

    fn present(&mut self, read: Read<'_>) -> ReadResult {
        if self.value.is_null() { Ok(()) } else { read(self) }
    }

    fn array(&mut self, item: Read<'_>) -> ReadResult {
        let context = self.context.deeper()?;
        match self.value {
            Value::Array(items) => items.iter().try_for_each(|value| {
                item(&mut Tree {
                    value,
                    context,
                    hidden: None,
                })
            }),
            _ => self.refuse("an array"),
        }
    }

    fn map(&mut self, entries: &mut dyn Entries) -> ReadResult {
        let context = self.context.deeper()?;
        match self.value {
            Value::Object(fields) => fields.iter().try_for_each(|(key, value)| {
                if self.hidden == Some(key) {
                    return Ok(());
                }
                entries.key(key);
                entries.value(&mut Tree {
                    value,
                    context,
                    hidden: None,
                })
            }),
            _ => self.refuse("an object"),
        }
    }
}
