//! Infers schemas from recorded values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Dialect;
use super::formats;
use crate::document::Type;

/// Returns the JSON type of a value. A number without a fraction is an integer.
pub(super) fn type_of(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Boolean,
        Value::Number(number) => {
            let whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
            if whole { Type::Integer } else { Type::Number }
        }
        Value::String(_) => Type::String,
        Value::Array(_) => Type::Array,
        Value::Object(_) => Type::Object,
    }
}

/// Returns the smallest schema that allows all of some values. Properties are optional, because a recording cannot show that a
/// property is always present.
pub(super) fn schema(values: &[&Value], dialect: Dialect) -> Value {
    let mut types: BTreeSet<Type> = values.iter().map(|value| type_of(value)).collect();
    let nullable = types.remove(&Type::Null);
    if types.contains(&Type::Number) {
        types.remove(&Type::Integer);
    }
    let mut schemas: Vec<Map<String, Value>> = types.iter().map(|kind| of_type(*kind, values, dialect)).collect();
    let mut schema = match (schemas.len(), dialect) {
        (0, _) => Map::new(),
        (1, _) => schemas.remove(0),
        // Swagger 2.0 has no unions.
        (_, Dialect::Swagger2) => Map::new(),
        (_, Dialect::V30 | Dialect::V31) => Map::from_iter([("anyOf".to_owned(), json!(schemas))]),
    };
    if nullable {
        match dialect {
            Dialect::Swagger2 => drop(schema.insert("x-nullable".to_owned(), json!(true))),
            Dialect::V30 => drop(schema.insert("nullable".to_owned(), json!(true))),
            Dialect::V31 => add_null(&mut schema),
        }
    }
    Value::Object(schema)
}

fn add_null(schema: &mut Map<String, Value>) {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind, "null"]);
    } else if let Some(Value::Array(members)) = schema.get_mut("anyOf") {
        members.push(json!({ "type": "null" }));
    } else {
        schema.insert("type".to_owned(), json!("null"));
    }
}

fn of_type(kind: Type, values: &[&Value], dialect: Dialect) -> Map<String, Value> {
    let mut schema = Map::from_iter([("type".to_owned(), json!(kind.name()))]);
    match kind {
        Type::Null | Type::Boolean | Type::Integer | Type::Number => {}
        Type::String => {
            let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
            if let Some(format) = formats::common(&texts) {
                schema.insert("format".to_owned(), json!(format));
            }
        }
        Type::Array => {
            let items: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
            let items = if items.is_empty() {
                json!({})
            } else {
                self::schema(&items, dialect)
            };
            schema.insert("items".to_owned(), items);
        }
        Type::Object => {
            let mut properties: BTreeMap<&String, Vec<&Value>> = BTreeMap::new();
            for (name, value) in values.iter().filter_map(|value| value.as_object()).flatten() {
                properties.entry(name).or_default().push(value);
            }
            let properties = properties
                .into_iter()
                .map(|(name, values)| (name.clone(), self::schema(&values, dialect)));
            let properties: Map<String, Value> = properties.collect();
            if !properties.is_empty() {
                schema.insert("properties".to_owned(), Value::Object(properties));
            }
        }
    }
    schema
}
