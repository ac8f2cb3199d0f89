//! Writing a part of a request as a JSON tree, with numbers as the JSON text has them.

use serde_json::{Map, Number, Value};

use super::sink::{Item, Sink};
use super::write::{Encoder, whole};
use super::{Scalar, Wire};

/// A tree under construction.
struct Tree(Value);

impl Sink for Tree {
    fn put(&mut self, value: Item<'_>) {
        self.0 = tree(value);
    }

    fn begin(&mut self, bracket: u8) {
        self.0 = match bracket {
            b'{' => Value::Object(Map::new()),
            _ => Value::Array(Vec::new()),
        };
    }

    fn entry(&mut self, key: &str, value: Item<'_>) {
        if let Value::Object(map) = &mut self.0 {
            map.insert(key.to_owned(), tree(value));
        }
    }

    fn item(&mut self, value: Item<'_>) {
        if let Value::Array(items) = &mut self.0 {
            items.push(tree(value));
        }
    }

    fn is_request(&self) -> bool {
        true
    }
}

/// Writes a value of a request as a JSON tree, without read-only properties.
pub fn to_request_value(value: &dyn Wire) -> Value {
    let mut tree = Tree(Value::Null);
    value.encode(Encoder::to_sink(&mut tree));
    tree.0
}

fn tree(value: Item<'_>) -> Value {
    match value {
        Item::Scalar(scalar) => match scalar {
            Scalar::Null => Value::Null,
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::I64(value) => value.into(),
            Scalar::U64(value) => value.into(),
            // The shortest digits of an `f32` are not those of the same value as an `f64`.
            Scalar::F32(value) => float(value.to_string().parse().unwrap_or(f64::from(value))),
            Scalar::F64(value) => float(value),
            Scalar::Str(value) => Value::String(value.into_owned()),
            Scalar::Digits(value) => value.parse().map_or(Value::Null, Value::Number),
        },
        Item::Tree(value) => value.clone(),
        Item::Other(value) => to_request_value(value),
    }
}

fn float(value: f64) -> Value {
    match whole(value) {
        Some(integer) => integer.into(),
        None => Number::from_f64(value).map_or(Value::Null, Value::Number),
    }
}
