//! Enums: strings or integers from a list.
//!
//! Null among the values makes the reference nullable and is not a value of the enum. Repeated values are listed once.
//! Values of several JSON types become a union with one variant for each type. If a value is a fraction, an array or an
//! object, the enum is ignored, and the schema is read without it.

use indexmap::IndexMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Schema, SchemaId, Type, TypeSet};
use crate::ir::{Enum, EnumValue, Shape, TypeBody};
use crate::json::Json;
use crate::lower::conventions::{described_values, extensions};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::resolve;
use crate::lower::schemas::resolve::Built;
use crate::lower::schemas::unions;
use crate::wire::EnumBase;

/// The kind of an enum's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    Int,
    Bool,
    Other,
}

/// Returns the enum of a schema that lists values, or the closest type.
pub(in crate::lower) fn enumeration(schemas: &mut Schemas<'_>, id: SchemaId, schema: &Schema) -> Option<Built> {
    let open = extensions::open_values(&schema.extensions);
    let mut values: Vec<Json> = match (&schema.values, &schema.constant, &open) {
        (Some(values), _, _) => values.clone(),
        (None, Some(value), _) => vec![value.clone()],
        (None, None, Some(values)) => values.to_vec(),
        (None, None, None) => return None,
    };
    values.retain(|value| *value != Json::Null);
    if values.is_empty() {
        let only_null = schema.values.as_ref().is_none_or(|values| !values.is_empty());
        return only_null.then_some(Built::Shape(Shape::Null));
    }
    // `enum` next to `type: array` or `object` is meant for the contents, and adds nothing that a type can express.
    if schema.types.has(Type::Array) || schema.types.has(Type::Object) {
        return None;
    }
    convert_to_type(&mut values, schema);
    let mut kinds: Vec<Kind> = values.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    Some(match kinds.as_slice() {
        [Kind::Text] => Built::Body(TypeBody::Enum(build_enum(schemas, EnumBase::String, &values, schema))),
        [Kind::Int] => Built::Body(TypeBody::Enum(build_enum(schemas, EnumBase::Int, &values, schema))),
        [Kind::Bool] => Built::Shape(Shape::Bool),
        _ if kinds.contains(&Kind::Other) => type_without_values(schemas, id, schema)?,
        _ => mixed_enum(schemas, id, schema, &values),
    })
}

/// Converts values to the declared type: strings without quotes, which YAML reads as numbers or booleans, and integers
/// written as strings.
fn convert_to_type(values: &mut [Json], schema: &Schema) {
    let has = |kind: Type| schema.types.has(kind);
    let only_text = has(Type::String) && !has(Type::Integer) && !has(Type::Number) && !has(Type::Boolean);
    let only_integer = has(Type::Integer) && !has(Type::String);
    for value in values {
        let converted = match &*value {
            Json::Bool(flag) if only_text => Json::String(flag.to_string()),
            Json::Number(text) if only_text => Json::String(text.clone()),
            Json::String(text) if only_integer && text.parse::<i64>().is_ok() => Json::Number(text.clone()),
            _ => continue,
        };
        *value = converted;
    }
}

fn build_enum(schemas: &Schemas<'_>, base: EnumBase, values: &[Json], schema: &Schema) -> Enum {
    let labels = extensions::EnumLabels::of(&schema.extensions);
    let mut listed: IndexMap<String, EnumValue> = IndexMap::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let wire = wire(value);
        let (custom_name, description) = labels.of_value(index, &wire);
        listed.entry(wire.clone()).or_insert(EnumValue {
            wire,
            custom_name,
            description,
        });
    }
    name_by_description(&mut listed, schema);
    let open = extensions::open_enum(&schema.extensions).unwrap_or(schemas.settings.open_enums != Some(false));
    Enum {
        base,
        values: listed.into_values().collect(),
        open,
    }
}

/// Names numeric values by the list in the description of the schema, unless the document names a value otherwise.
fn name_by_description(listed: &mut IndexMap<String, EnumValue>, schema: &Schema) {
    let is_numeric = |value: &EnumValue| value.custom_name.is_none() && value.wire.parse::<i64>().is_ok();
    let Some(description) = schema
        .description
        .as_deref()
        .filter(|_| listed.values().all(is_numeric))
    else {
        return;
    };
    let values: Vec<&str> = listed.keys().map(String::as_str).collect();
    let Some(names) = described_values::names(description, &values) else {
        return;
    };
    for (value, name) in listed.values_mut().zip(names) {
        value.custom_name = Some(name);
    }
}

/// Reports values that no enum can contain, and returns the type of the schema without its enum.
fn type_without_values(schemas: &mut Schemas<'_>, id: SchemaId, schema: &Schema) -> Option<Built> {
    let message = "the enum contains objects, arrays or fractions; the enum is ignored";
    schemas
        .report
        .push(Diagnostic::new(Code::MixedEnum, schema.place, message));
    schemas
        .report
        .record_dropped(schema.place, &schema.pointer, "the enum is ignored");
    let without_values = Schema {
        values: None,
        constant: None,
        extensions: crate::document::Extensions::default(),
        ..schema.clone()
    };
    Some(resolve::without_union(schemas, id, &without_values))
}

/// Returns a union with one variant for each JSON type of the values.
fn mixed_enum(schemas: &mut Schemas<'_>, id: SchemaId, schema: &Schema, values: &[Json]) -> Built {
    let message = "the enum contains values of several JSON types; it becomes a union with a variant for each type";
    schemas
        .report
        .push(Diagnostic::new(Code::MixedEnum, schema.place, message));
    let mut members = Vec::new();
    for (expected, ty) in [
        (Kind::Text, Type::String),
        (Kind::Int, Type::Integer),
        (Kind::Bool, Type::Boolean),
    ] {
        let own: Vec<Json> = values.iter().filter(|value| kind(value) == expected).cloned().collect();
        if own.is_empty() {
            continue;
        }
        let member = Schema {
            place: schema.place,
            pointer: schema.pointer.clone(),
            types: TypeSet::from_iter([ty]),
            values: Some(own),
            ..Schema::default()
        };
        members.extend(unions::synthetic_member(schemas, id, member, ty.name()));
    }
    unions::build_union(schemas, id, &members)
}

fn kind(value: &Json) -> Kind {
    match value {
        Json::String(_) => Kind::Text,
        Json::Bool(_) => Kind::Bool,
        Json::Number(_) if integer(value).is_some() => Kind::Int,
        Json::Number(_) | Json::Null | Json::Array(_) | Json::Object(_) => Kind::Other,
    }
}

/// Returns whether the values of a schema fit one enum.
pub(in crate::lower) fn fits_one_enum(schema: &Schema) -> bool {
    let mut kinds = schema
        .constant
        .iter()
        .chain(schema.values.iter().flatten())
        .filter(|value| **value != Json::Null)
        .map(kind);
    let first = kinds.next();
    matches!(first, Some(Kind::Text | Kind::Int)) && kinds.all(|kind| Some(kind) == first)
}

/// Parses a number that is an integer, also when written as `1.0`.
fn integer(value: &Json) -> Option<i64> {
    let Json::Number(text) = value else { return None };
    text.parse().ok().or_else(|| text.strip_suffix(".0")?.parse().ok())
}

fn wire(value: &Json) -> String {
    match (value, integer(value)) {
        (Json::String(text), _) => text.clone(),
        (_, Some(integer)) => integer.to_string(),
        (other, None) => other.to_text(),
    }
}
