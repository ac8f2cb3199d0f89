//! Writing a part of a request as a JSON tree or as text, with numbers as the JSON text has them.

use serde_json::{Map, Number, Value};

use super::sink::{Item, Sink};
use super::write::{Encoder, whole};
use super::{Scalar, Wire, to_request_text};

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

/// Writes a value of a request as a JSON tree, without read-only properties. A number with more digits than a tree keeps is a
/// string.
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
            Scalar::Digits(value) => match value.parse::<Number>() {
                Ok(number) if number.to_string() == *value => Value::Number(number),
                Ok(_) | Err(_) => Value::String(value.into()),
            },
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

/// The text of a value in a request.
pub struct RequestText {
    pub content: String,
    /// Whether the text is JSON, because the value is an array or an object.
    pub is_json: bool,
}

/// The texts of the items of an array.
struct ItemTexts(Vec<RequestText>);

impl Sink for ItemTexts {
    fn put(&mut self, value: Item<'_>) {
        if let Item::Tree(Value::Array(items)) = value {
            items.iter().for_each(|item| self.item(Item::Tree(item)));
        }
    }

    fn begin(&mut self, _: u8) {}

    fn entry(&mut self, _: &str, _: Item<'_>) {}

    fn item(&mut self, value: Item<'_>) {
        self.0.push(match value {
            Item::Other(value) => text(&to_request_value(value), value),
            Item::Tree(value) => text(value, value),
            Item::Scalar(scalar) => RequestText {
                content: scalar_text(&tree(Item::Scalar(scalar))),
                is_json: false,
            },
        });
    }

    fn is_request(&self) -> bool {
        true
    }
}

/// Writes a value of a request as text, or each item of an array. All digits of numbers are kept.
pub fn to_request_texts(value: &dyn Wire) -> Vec<RequestText> {
    match to_request_value(value) {
        Value::Array(_) => {
            let mut texts = ItemTexts(Vec::new());
            value.encode(Encoder::to_sink(&mut texts));
            texts.0
        }
        tree => vec![text(&tree, value)],
    }
}

/// Returns the text of a value with its tree. An array or an object is written as JSON again, because a tree does not keep all
/// digits.
fn text(tree: &Value, value: &dyn Wire) -> RequestText {
    let is_json = tree.is_array() || tree.is_object();
    let content = match is_json {
        true => to_request_text(value),
        false => scalar_text(tree),
    };
    RequestText { content, is_json }
}

/// Returns the text of a scalar, which is its JSON text without quotes. An array or an object becomes JSON.
pub fn scalar_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
