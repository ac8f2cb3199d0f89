//! Reading from JSON that was parsed before.

use std::borrow::Cow;

use serde_json::Value;

use super::source::{Notes, Progress};
use super::{Entries, Fault, Hint, Outcome, Read, Scalar, Source, Wire, decode};

/// Reads a value from JSON that was parsed before.
pub fn from_value<T: Wire>(value: &Value) -> Outcome<T> {
    let notes = Notes::default();
    let progress = Progress::start(&notes);
    decode(&mut Tree {
        value,
        progress,
        hidden: None,
    })
}

/// A parsed value as a [`Source`].
pub(super) struct Tree<'v> {
    pub(super) value: &'v Value,
    pub(super) progress: Progress<'v>,
    /// A key of the object that is not its own: the tag of the union around it.
    pub(super) hidden: Option<&'v str>,
}

impl Tree<'_> {
    fn refuse<T>(&self, expected: &str) -> Outcome<T> {
        Err(Fault::new(format!("expected {expected}, found {}", name(self.value))))
    }
}

/// What a value is, in words.
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
    fn scalar(&mut self, hint: Hint) -> Outcome<Scalar<'static>> {
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

    fn value(&mut self) -> Outcome<(Cow<'_, Value>, Progress<'_>)> {
        Ok((Cow::Borrowed(self.value), self.progress))
    }

    fn skip(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self, read: Read<'_>) -> Outcome {
        if self.value.is_null() { Ok(()) } else { read(self) }
    }

    fn array(&mut self, item: Read<'_>) -> Outcome {
        let progress = self.progress.deeper()?;
        match self.value {
            Value::Array(items) => items.iter().try_for_each(|value| {
                item(&mut Tree {
                    value,
                    progress,
                    hidden: None,
                })
            }),
            _ => self.refuse("an array"),
        }
    }

    fn map(&mut self, entries: &mut dyn Entries) -> Outcome {
        let progress = self.progress.deeper()?;
        match self.value {
            Value::Object(fields) => fields.iter().try_for_each(|(key, value)| {
                if self.hidden == Some(key) {
                    return Ok(());
                }
                entries.key(key);
                entries.value(&mut Tree {
                    value,
                    progress,
                    hidden: None,
                })
            }),
            _ => self.refuse("an object"),
        }
    }
}
