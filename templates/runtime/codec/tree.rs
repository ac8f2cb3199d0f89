//! Reading from a parsed JSON tree. Only this source tolerates deviations, because a tree can be read again.
//!
//! A value that cannot be read is an error, which is passed outwards to the first value that may be absent: a property whose type is
//! optional (`absent`), an item of a list (`items`) or an entry of a map (`map`). That value is left out, and reported.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::deviation::{DeviationRule, Mark};
use super::path::PathStep;
use super::source::{ReadContext, ReadState, Tolerance};
use super::{Entries, Hint, Read, ReadError, ReadMode, ReadReport, ReadResult, Scalar, Source, Wire, decode};

/// Reads a value from a JSON tree.
pub fn from_value<T: Wire>(value: &Value) -> ReadResult<T> {
    let state = ReadState::default();
    let context = ReadContext::start(&state);
    decode(&mut Tree::inner(value, context))
}

/// Reads a value of a response from a tree of a format without the types of JSON, and returns the deviations that were tolerated.
/// Forms that such a format requires, such as text for numbers, are not deviations. In strict mode, the caller must return the first
/// deviation as an error.
pub fn from_untyped<T: Wire>(value: &Value, mode: ReadMode, skips_items: bool) -> ReadResult<(T, ReadReport)> {
    let mut target = T::empty();
    let (tolerant, skips_items) = match mode {
        ReadMode::Strict => (ReadMode::Tolerant, false),
        other => (other, skips_items),
    };
    let mut report = read_tree(&mut target, value, tolerant, skips_items)?;
    report.deviations.retain(|one| !one.rule().is_untyped_form());
    Ok((target, report))
}

/// Reads a value from a JSON tree, and returns the deviations that were tolerated.
pub(super) fn read_tree(
    target: &mut dyn Wire,
    value: &Value,
    mode: ReadMode,
    skips_items: bool,
) -> ReadResult<ReadReport> {
    let state = ReadState {
        is_response: true,
        ..ReadState::default()
    };
    let context = ReadContext {
        tolerance: Tolerance::Some(mode),
        skips_items: mode == ReadMode::Lenient || skips_items && mode != ReadMode::Strict,
        leaves_out: mode != ReadMode::Strict,
        ..ReadContext::start(&state)
    };
    target.read(&mut Tree::inner(value, context))?;
    Ok(state.report.into_inner())
}

/// A JSON tree as a [`Source`].
pub(super) struct Tree<'v> {
    pub(super) value: &'v Value,
    pub(super) context: ReadContext<'v>,
    /// A key that is skipped, because it is the discriminator of the enclosing union.
    pub(super) hidden: Option<&'v str>,
    /// The position in the report before the value, if it is the value of a documented property.
    pub(super) property: Option<Mark>,
}

impl<'v> Tree<'v> {
    fn inner(value: &'v Value, context: ReadContext<'v>) -> Self {
        let (hidden, property) = (None, None);
        Self {
            value,
            context,
            hidden,
            property,
        }
    }

    fn refuse<T>(&self, expected: &'static str) -> ReadResult<T> {
        Err(ReadError::mismatch(expected, name(self.value)))
    }

    /// Returns whether an empty object or list can be read from this value, and records the deviation.
    fn is_empty_form(&self, expected: &'static str) -> bool {
        let rule = match self.value {
            Value::Null => DeviationRule::NullAsEmpty,
            Value::Array(items) if items.is_empty() => DeviationRule::ArrayAsObject,
            Value::Object(entries) if entries.is_empty() => DeviationRule::ObjectAsArray,
            _ => return false,
        };
        let tolerated = self.context.is_tolerant();
        if tolerated {
            self.context.deviate(rule, expected, name(self.value));
        }
        tolerated
    }

    /// Handles an optional value that cannot be read, after resetting the report to `mark`. If it is the value of a property, the
    /// property is absent.
    fn absent(&self, error: Box<ReadError>, mark: Mark) -> ReadResult {
        let is_empty = matches!(name(self.value), "an empty string" | "an empty array");
        if is_empty && self.context.is_tolerant() {
            self.context.reset(mark);
            let expected = error.expected().unwrap_or("a value");
            let rule = DeviationRule::EmptyAsAbsent;
            self.context.deviate(rule, expected, name(self.value));
            return Ok(());
        }
        let Some(mark) = self.property.filter(|_| self.context.leaves_out) else {
            return Err(error);
        };
        let rule = DeviationRule::UnreadableAsAbsent;
        self.context.leave_out(mark, rule, &error, error.path.len());
        Ok(())
    }

    /// Passes each item of an array to `item`. If `needs_all` is false, items that cannot be read may be left out.
    fn items(&mut self, item: Read<'_>, needs_all: bool) -> ReadResult {
        let Value::Array(items) = self.value else {
            return if self.is_empty_form("an array") {
                Ok(())
            } else {
                self.refuse("an array")
            };
        };
        let mut context = self.context.deeper()?;
        context.skips_items &= context.is_lenient();
        context.in_array = true;
        let needs_all = needs_all || self.context.in_array;
        for (index, value) in items.iter().enumerate() {
            let mark = context.mark();
            if let Err(error) = item(&mut Tree::inner(value, context)) {
                if needs_all || !(context.may_leave_out(value) || self.context.skips_items) {
                    return Err(error.at_index(index));
                }
                if self.context.skips_items {
                    context.reset(mark);
                    context.state.report.borrow_mut().skip(error, value);
                } else {
                    context.leave_out(mark, DeviationRule::ItemSkipped, &error, error.path.len());
                }
            }
            context.enclose(mark, &PathStep::Index(index));
        }
        Ok(())
    }
}

/// Returns the JSON type of a value, for messages.
pub(super) fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(text) if text.is_empty() => "an empty string",
        Value::String(_) => "a string",
        Value::Array(items) if items.is_empty() => "an empty array",
        Value::Array(_) => "an array",
        Value::Object(entries) if entries.is_empty() => "an empty object",
        Value::Object(_) => "an object",
    }
}

impl Source for Tree<'_> {
    fn scalar(&mut self, hint: Hint) -> ReadResult<Scalar<'static>> {
        let found = match self.value {
            Value::Null => Scalar::Null,
            Value::Bool(value) => Scalar::Bool(*value),
            Value::Number(value) => match (value.as_i64(), value.as_u64()) {
                (Some(value), _) => Scalar::I64(value),
                (None, Some(value)) => Scalar::U64(value),
                (None, None) => Scalar::F64(value.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(value) => Scalar::Str(Cow::Owned(value.clone())),
            Value::Array(_) | Value::Object(_) => return self.refuse(hint.expected()),
        };
        let converted = match self.context.is_tolerant() {
            true => convert(self.value, hint),
            false => None,
        };
        if converted.is_some() {
            let rule = DeviationRule::Converted;
            self.context.deviate(rule, hint.expected(), name(self.value));
        }
        Ok(converted.unwrap_or(found))
    }

    fn value(&mut self) -> ReadResult<(Cow<'_, Value>, ReadContext<'_>)> {
        Ok((Cow::Borrowed(self.value), self.context))
    }

    fn skip(&mut self) -> ReadResult {
        Ok(())
    }

    fn ignore(&mut self) -> ReadResult {
        let ignored = &self.context.state.ignored;
        ignored.set(ignored.get() + 1);
        if self.context.is_reporting() {
            let rule = DeviationRule::UndocumentedProperty;
            self.context.deviate(rule, "a documented property", name(self.value));
        }
        Ok(())
    }

    fn check_listed(&mut self, is_listed: &dyn Fn() -> bool) {
        if self.context.is_reporting() && !is_listed() {
            let rule = DeviationRule::UnknownValue;
            self.context.deviate(rule, "a documented value", name(self.value));
        }
    }

    fn present(&mut self, read: Read<'_>) -> ReadResult<bool> {
        if self.value.is_null() {
            return Ok(false);
        }
        let mark = self.context.mark();
        let Err(error) = read(self) else {
            return Ok(true);
        };
        self.absent(error, mark).map(|()| false)
    }

    fn deviate(&mut self, rule: DeviationRule, expected: &str, found: &str) -> bool {
        let tolerated = self.context.is_tolerant();
        if tolerated {
            self.context.deviate(rule, expected, found);
        }
        tolerated
    }

    fn unreadable(&mut self, error: Box<ReadError>) -> ReadResult {
        self.absent(error, self.context.mark())
    }

    fn is_response(&self) -> bool {
        self.context.state.is_response
    }

    fn array(&mut self, item: Read<'_>) -> ReadResult {
        self.items(item, true)
    }

    fn list(&mut self, item: Read<'_>) -> ReadResult {
        self.items(item, false)
    }

    fn map(&mut self, entries: &mut dyn Entries) -> ReadResult {
        let Value::Object(properties) = self.value else {
            return if self.is_empty_form("an object") {
                Ok(())
            } else {
                self.refuse("an object")
            };
        };
        let context = self.context.deeper()?;
        for (key, value) in properties {
            if self.hidden == Some(key) {
                continue;
            }
            entries.key(key);
            let (mark, is_in_map) = (context.mark(), entries.is_in_map());
            let property = (!is_in_map).then_some(mark);
            let mut tree = Tree {
                property,
                ..Tree::inner(value, context)
            };
            if let Err(error) = entries.value(&mut tree) {
                let rule = match is_in_map && context.may_leave_out(value) {
                    true => DeviationRule::ItemSkipped,
                    false if !context.is_lenient() => return Err(error),
                    false => DeviationRule::Defaulted,
                };
                // The path of the error contains the key already.
                context.leave_out(mark, rule, &error, error.path.len().saturating_sub(1));
                continue;
            }
            context.enclose(mark, &PathStep::Key(key.clone()));
        }
        Ok(())
    }

    fn missing(&mut self, key: &str, field: &mut dyn Wire) -> ReadResult {
        if !self.context.is_tolerant() {
            return Err(ReadError::missing(key));
        }
        let mark = self.context.mark();
        let has_empty_form = field.read(&mut Tree::inner(&Value::Null, self.context)).is_ok();
        self.context.reset(mark);
        let rule = match has_empty_form {
            true => DeviationRule::MissingAsEmpty,
            false if !self.value.is_object() => return self.refuse("an object"),
            false if !self.context.is_lenient() => return Err(ReadError::missing(key)),
            false => DeviationRule::Defaulted,
        };
        self.context.deviate(rule, "a required property", "nothing");
        self.context.enclose(mark, &PathStep::Key(key.to_owned()));
        Ok(())
    }
}

/// Converts a scalar to another JSON type, if the value has only one meaning there.
fn convert(value: &Value, hint: Hint) -> Option<Scalar<'static>> {
    match (hint, value) {
        // The tree has lost digits of this number, which could be an id.
        (Hint::String, Value::Number(number)) if is_inexact(number) => None,
        (Hint::String, Value::Number(_) | Value::Bool(_)) => Some(Scalar::Str(Cow::Owned(value.to_string()))),
        (Hint::Number | Hint::WideInteger, Value::String(text)) => number(text.trim()),
        (Hint::Bool, Value::String(text)) => match text.trim() {
            "true" | "True" | "TRUE" | "1" => Some(Scalar::Bool(true)),
            "false" | "False" | "FALSE" | "0" => Some(Scalar::Bool(false)),
            _ => None,
        },
        (Hint::Bool, Value::Number(number)) => match number.as_u64() {
            Some(0) => Some(Scalar::Bool(false)),
            Some(1) => Some(Scalar::Bool(true)),
            _ => None,
        },
        (Hint::String | Hint::Number | Hint::WideInteger | Hint::Bool, _) => None,
    }
}

/// Returns whether a number is a float of at least 2^53, whose last digits may be lost.
fn is_inexact(number: &Number) -> bool {
    const LIMIT: f64 = (1_u64 << 53) as f64;
    number.is_f64() && number.as_f64().is_none_or(|number| number.abs() >= LIMIT)
}

/// Parses a decimal number, but not `inf`, `nan`, an empty string or a number that is too large.
fn number(text: &str) -> Option<Scalar<'static>> {
    let is_number = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if !is_number {
        return None;
    }
    let integer = text.parse().map(Scalar::I64).or_else(|_| text.parse().map(Scalar::U64));
    integer.ok().or_else(|| {
        let float = text.parse().ok().filter(|float: &f64| float.is_finite());
        float.map(Scalar::F64)
    })
}
