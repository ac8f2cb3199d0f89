//! Rough validation of documented examples: types, required properties, and enum values.

use super::generate::size;
use crate::document::{Additional, Schema, SchemaId, Type};
use crate::json::Json;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::nullability;
use crate::lower::schemas::resolve;
use crate::lower::schemas::structs::undescribed_properties;

/// The maximum depth of the validation.
const MAX_DEPTH: usize = 12;
/// The maximum number of schemas that are visited, in addition to [`MAX_STEPS_PER_VALUE`] for each value of the
/// example.
const BASE_STEPS: usize = 1_000;
const MAX_STEPS_PER_VALUE: usize = 16;

/// Returns whether a value matches the schema.
pub(in crate::lower) fn is_valid(schemas: &mut Schemas<'_>, value: &Json, schema: Option<SchemaId>) -> bool {
    let mut steps = BASE_STEPS + MAX_STEPS_PER_VALUE * size(value);
    schema.is_none_or(|schema| is_valid_at(schemas, value, schema, MAX_DEPTH, &mut steps))
}

// The function is long, because it checks one keyword after the other.
fn is_valid_at(
    schemas: &mut Schemas<'_>,
    value: &Json,
    id: SchemaId,
    remaining_depth: usize,
    steps: &mut usize,
) -> bool {
    // Unions of unions have exponentially many combinations; an example that takes too long counts as invalid.
    match steps.checked_sub(1) {
        Some(left) => *steps = left,
        None => return false,
    }
    if remaining_depth == 0 {
        return true;
    }
    if *value == Json::Null {
        return nullability::nullable(schemas, id) || resolve::is_target_unconstrained(schemas, id);
    }
    let schema = all_of::flatten_target(schemas, id);
    if schema.never {
        return false;
    }
    let listed = schema.values.as_ref().is_none_or(|values| values.contains(value));
    let constant = schema.constant.as_ref().is_none_or(|constant| constant == value);
    if !listed || !constant || !has_type(&schema, value) {
        return false;
    }
    for members in [&schema.one_of, &schema.any_of] {
        if !members.is_empty()
            && !members
                .iter()
                .any(|member| is_valid_at(schemas, value, *member, remaining_depth - 1, steps))
        {
            return false;
        }
    }
    match value {
        Json::Object(entries) => {
            let missing = |name: &String| !entries.contains_key(name) && !is_one_way(schemas, &schema, name);
            let mut described = schema
                .required
                .iter()
                .filter(|name| schema.properties.contains_key(*name));
            if described.any(missing) || undescribed_properties(&schema).any(missing) {
                return false;
            }
            entries
                .iter()
                .all(|(name, value)| match (schema.properties.get(name), schema.additional) {
                    (Some(property), _) => is_valid_at(schemas, value, *property, remaining_depth - 1, steps),
                    (None, Additional::Schema(extra)) => is_valid_at(schemas, value, extra, remaining_depth - 1, steps),
                    (None, Additional::Unspecified | Additional::Any | Additional::Forbidden) => true,
                })
        }
        Json::Array(items) => {
            let tuple = schema.prefix_items.clone();
            items
                .iter()
                .enumerate()
                .all(|(index, item)| match tuple.get(index).copied().or(schema.items) {
                    Some(schema) => is_valid_at(schemas, item, schema, remaining_depth - 1, steps),
                    None => true,
                })
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => true,
    }
}

/// Returns whether a property occurs only in requests or only in responses, so that an example may lack it.
fn is_one_way(schemas: &Schemas<'_>, schema: &Schema, name: &str) -> bool {
    let chain = schema
        .properties
        .get(name)
        .map(|id| schemas.graph.chain(*id))
        .unwrap_or_default();
    chain.into_iter().any(|id| {
        let schema = schemas.graph.get(id);
        schema.read_only || schema.write_only
    })
}

/// Returns whether the schema allows the type of a value. A string must also have its format.
pub(in crate::lower) fn has_type(schema: &Schema, value: &Json) -> bool {
    let mut types = schema.types;
    types.remove(Type::Null);
    if types.is_empty() {
        return match value {
            Json::Object(_) => true,
            _ => schema.properties.is_empty(),
        };
    }
    match value {
        Json::Null => true,
        Json::Bool(_) => types.has(Type::Boolean),
        Json::Number(text) => {
            let integer = text.parse::<i128>().is_ok() || text.ends_with(".0");
            types.has(Type::Number) || (types.has(Type::Integer) && integer)
        }
        Json::String(text) => types.has(Type::String) && has_format(schema, text),
        Json::Array(_) => types.has(Type::Array),
        Json::Object(_) => types.has(Type::Object),
    }
}

/// Returns whether a string can be parsed in its format.
fn has_format(schema: &Schema, text: &str) -> bool {
    let digits = |at: std::ops::Range<usize>| {
        text.get(at)
            .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match schema.format.as_deref() {
        Some("date-time") => text.len() >= 19 && digits(0..4) && digits(5..7) && digits(11..13) && has_valid_tail(text),
        Some("date") => text.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10),
        Some("uuid") => text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'),
        Some("time") => text.len() >= 8 && digits(0..2) && digits(3..5) && digits(6..8),
        Some("duration") => text.starts_with('P') || text.starts_with("-P"),
        Some("byte" | "base64") => !text.contains(char::is_whitespace),
        _ => true,
    }
}

/// Returns whether nothing, a fraction or an offset follows the seconds of a date-time.
fn has_valid_tail(text: &str) -> bool {
    let tail = text.get(19..).unwrap_or_default();
    tail.is_empty() || tail.ends_with('Z') || tail.contains(['+', '-']) || tail.starts_with('.')
}
