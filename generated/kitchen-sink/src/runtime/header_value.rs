//! Values of response headers that the API documents.

use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use super::codec::{self, Wire};

/// How the value of a header is read.
#[derive(Clone, Copy)]
pub enum HeaderForm {
    Text,
    Json,
    TextList,
    JsonList,
    Repeated,
}

/// Reads a header. Returns `None` if it is missing or does not have the documented type.
pub fn header_value<T: Wire>(headers: &HeaderMap, name: &str, form: HeaderForm) -> Option<T> {
    let mut texts = headers.get_all(name).iter().map(HeaderValue::to_str);
    let value = match form {
        HeaderForm::Text => return read_text(texts.next()?.ok()?),
        HeaderForm::Json => json(texts.next()?.ok()?),
        HeaderForm::TextList => list(texts, Value::from)?,
        HeaderForm::JsonList => list(texts, json)?,
        HeaderForm::Repeated => Value::Array(texts.flatten().map(Value::from).collect()),
    };
    codec::from_value(&value).ok()
}

/// Reads text. A date of HTTP is read for a date-time too, because servers send `Expires` and the like in that form.
fn read_text<T: Wire>(text: &str) -> Option<T> {
    let documented = codec::from_value(&Value::from(text));
    let http_date = || jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    documented
        .ok()
        .or_else(|| codec::from_value(&Value::from(http_date()?.to_string())).ok())
}

/// Returns a number or a boolean. Anything else is text, which does not match the documented type.
fn json(text: &str) -> Value {
    serde_json::from_str(text.trim()).unwrap_or_else(|_| Value::from(text))
}

/// Returns the items that commas separate, of all headers of the name.
fn list<'h, E>(texts: impl Iterator<Item = Result<&'h str, E>>, read: impl Fn(&'h str) -> Value) -> Option<Value> {
    let texts: Vec<&str> = texts.collect::<Result<_, _>>().ok()?;
    let items = texts.iter().flat_map(|text| text.split(','));
    let items: Vec<Value> = items.map(str::trim).filter(|item| !item.is_empty()).map(read).collect();
    (!texts.is_empty()).then_some(Value::Array(items))
}
