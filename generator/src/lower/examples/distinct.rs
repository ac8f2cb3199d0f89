//! The items of arrays that must not contain a value twice.

use crate::document::{Schema, SchemaId};
use crate::json::Json;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::bounds::allowed_integers;

use super::validate;

/// The maximum depth of a changed value in an object.
const MAX_DEPTH: usize = 4;

/// Changes a value so that it differs from the items before it. Returns `None` if no other valid value is known.
pub(super) fn distinct(schemas: &mut Schemas<'_>, item: SchemaId, value: &Json, earlier: &[Json]) -> Option<Json> {
    let is_new = |other: &Json| other != value && !earlier.contains(other);
    let others = candidates(schemas, item, value, earlier.len(), MAX_DEPTH);
    let mut others = others.into_iter().filter(is_new);
    others.find(|other| validate::is_valid(schemas, other, Some(item)))
}

/// Returns similar values. `number` is the number of items before this one.
fn candidates(schemas: &mut Schemas<'_>, id: SchemaId, value: &Json, number: usize, depth: usize) -> Vec<Json> {
    let schema = all_of::flatten_target(schemas, id);
    if let Some(values) = &schema.values {
        return values.clone();
    }
    match value {
        Json::Bool(value) => vec![Json::Bool(!value)],
        Json::Number(text) => numbers(&schema, text, number),
        Json::String(text) => strings(&schema, text, number),
        Json::Object(entries) if depth > 0 => {
            let mut changed = Vec::new();
            for (name, value) in entries.iter() {
                let Some(property) = schema.properties.get(name) else {
                    continue;
                };
                for other in candidates(schemas, *property, value, number, depth - 1) {
                    let mut entries = (**entries).clone();
                    entries.insert(name.clone(), other);
                    changed.push(Json::from(entries));
                }
            }
            changed
        }
        Json::Null | Json::Array(_) | Json::Object(_) => Vec::new(),
    }
}

/// Returns a larger and a smaller integer within the bounds.
fn numbers(schema: &Schema, text: &str, number: usize) -> Vec<Json> {
    let Ok(value) = text.parse::<i128>() else {
        return Vec::new();
    };
    let step = schema.bounds.multiple_of.as_deref().and_then(|step| step.parse().ok());
    let distance = (number as i128).saturating_mul(step.unwrap_or(1_i128));
    let (low, high) = allowed_integers(&schema.bounds);
    let is_within = |value: &i128| low.is_none_or(|low| *value >= low) && high.is_none_or(|high| *value <= high);
    let others = [value.saturating_add(distance), value.saturating_sub(distance)];
    let others = others.into_iter().filter(is_within);
    others.map(|value| Json::Number(value.to_string())).collect()
}

/// Returns a string with another number, or with another last digit or letter if the schema limits strings.
fn strings(schema: &Schema, text: &str, number: usize) -> Vec<Json> {
    let bounds = &schema.bounds;
    let is_limited = bounds.pattern.is_some() || bounds.max_length.is_some() || schema.format.is_some();
    let numeric = text.parse::<u64>().ok();
    let other = match numeric.and_then(|value| value.checked_add(number as u64)) {
        Some(value) if !is_limited => Some(value.to_string()),
        None if !is_limited => Some(format!("{text}{}", number + 1)),
        _ => changed(text, number, |byte| byte.is_ascii_digit())
            .or_else(|| changed(text, number, |byte| byte.is_ascii_alphabetic())),
    };
    other.map(Json::String).into_iter().collect()
}

/// Changes the last byte of a kind to another one of its kind.
fn changed(text: &str, number: usize, is_kind: impl Fn(u8) -> bool) -> Option<String> {
    let at = text.bytes().rposition(&is_kind)?;
    let byte = text.as_bytes()[at];
    let (first, count) = match byte {
        b'0'..=b'9' => (b'0', 10),
        b'a'..=b'z' => (b'a', 26),
        _ => (b'A', 26),
    };
    let other = first + u8::try_from((usize::from(byte - first) + number) % count).ok()?;
    Some(format!("{}{}{}", &text[..at], char::from(other), &text[at + 1..]))
}
