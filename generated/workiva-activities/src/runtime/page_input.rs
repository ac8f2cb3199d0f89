//! The input of a request that selects a page.

use serde_json::{Number, Value};

use super::address;
use super::codec::scalar_text;
use super::request::Request;

/// Where in a request a cursor is sent.
#[derive(Clone, Copy, Debug)]
pub enum PaginationInput {
    /// A query parameter.
    Query(&'static str),
    /// A property of an object in the query: the parameter and the property, as in `page[number]`.
    Deep(&'static str, &'static str),
    /// A property of an exploded object in the query: the parameter and the property, as in `page` of `pageable`.
    Exploded(&'static str, &'static str),
    /// A header.
    Header(&'static str),
    /// A property of the JSON body, as a JSON pointer.
    Body(&'static str),
    /// A property of the JSON body that is a number, as a JSON pointer.
    BodyNumber(&'static str),
}

/// Writes a value to an input of a request.
pub(super) fn set_input(request: &mut Request, input: PaginationInput, value: Value) -> Result<(), String> {
    request.link = None;
    match input {
        PaginationInput::Query(name) => request.query_text(name, scalar_text(&value)),
        PaginationInput::Deep(parameter, property) => {
            set_pair(request, parameter, &deep_key(parameter, property), &value);
        }
        PaginationInput::Exploded(parameter, property) => {
            set_pair(request, parameter, &exploded_key(property), &value);
        }
        PaginationInput::Header(name) => request.header_text(name, scalar_text(&value)),
        PaginationInput::Body(pointer) => set_property(request, pointer, value)?,
        PaginationInput::BodyNumber(pointer) => {
            let text = scalar_text(&value);
            let number = text.parse::<Number>();
            let number = number.map_err(|_| format!("`{text}` is not a number"))?;
            set_property(request, pointer, Value::Number(number))?;
        }
    }
    Ok(())
}

fn set_property(request: &mut Request, pointer: &str, value: Value) -> Result<(), String> {
    let body = with_property(request.body.as_bytes(), pointer, value)
        .ok_or_else(|| format!("the request body has no property `{pointer}`"))?;
    request.body("application/json", body);
    Ok(())
}

fn with_property(body: &[u8], pointer: &str, value: Value) -> Option<Vec<u8>> {
    let mut root = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(body).ok()?
    };
    let mut place = &mut root;
    for key in pointer.strip_prefix('/').unwrap_or(pointer).split('/') {
        if place.is_null() {
            *place = Value::Object(serde_json::Map::new());
        }
        place = place
            .as_object_mut()?
            .entry(key.replace("~1", "/").replace("~0", "~"))
            .or_insert(Value::Null);
    }
    *place = value;
    Some(root.to_string().into_bytes())
}

/// Replaces the pair of a property of an object in the query.
fn set_pair(request: &mut Request, parameter: &'static str, key: &str, value: &Value) {
    let other = pairs(request, parameter).filter(|pair| !pair.starts_with(key));
    let pair = format!("{key}{}", address::encode(&scalar_text(value)));
    let pairs: Vec<String> = other.map(str::to_owned).chain([pair]).collect();
    request.query_encoded(parameter, pairs.join("&"));
}

/// Returns the start of the pair of a property of an exploded object in the query.
fn exploded_key(property: &str) -> String {
    format!("{}=", address::encode(property))
}

/// Returns the start of the pair of a property of a `deepObject` in the query.
fn deep_key(parameter: &str, property: &str) -> String {
    format!("{}%5B{}%5D=", address::encode(parameter), address::encode(property))
}

/// Returns the encoded pairs of an object in the query.
fn pairs<'r>(request: &'r Request, parameter: &str) -> impl Iterator<Item = &'r str> + use<'r> {
    let pairs = request.query.iter().find(|(other, _)| other == parameter);
    let pairs = pairs.into_iter().flat_map(|(_, pairs)| pairs.split('&'));
    pairs.filter(|pair| !pair.is_empty())
}

/// Returns the number in the pair of a property of an object in the query.
fn number_in_pair(request: &Request, parameter: &str, key: &str) -> Option<i64> {
    let mut pairs = pairs(request, parameter);
    pairs.find_map(|pair| pair.strip_prefix(key))?.parse().ok()
}

/// Returns the number that a request sends at `input`.
pub(super) fn number(request: &Request, input: PaginationInput) -> Option<i64> {
    match input {
        PaginationInput::Query(name) => request
            .query
            .iter()
            .find(|(other, _)| other == name)?
            .1
            .rsplit('=')
            .next()?
            .parse()
            .ok(),
        PaginationInput::Deep(parameter, property) => {
            number_in_pair(request, parameter, &deep_key(parameter, property))
        }
        PaginationInput::Exploded(parameter, property) => number_in_pair(request, parameter, &exploded_key(property)),
        PaginationInput::Header(name) => request.headers.get(name)?.to_str().ok()?.parse().ok(),
        PaginationInput::Body(pointer) | PaginationInput::BodyNumber(pointer) => {
            let body: Value = serde_json::from_slice(request.body.as_bytes()).ok()?;
            body.pointer(pointer)?.as_i64()
        }
    }
}
