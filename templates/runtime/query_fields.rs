//! Query strings that are forms whose fields have a style.

use serde_json::Value;

use super::call_error::BuildError;
use super::codec::{self, Wire};
use super::request::Request;
use super::style::{EncodingContext, Style, StyleRule, render};

impl Request {
    /// Sets the whole query string to the fields of an object, serialized like a form. `rules` has the styles of fields.
    pub fn query_string_fields(&mut self, value: &dyn Wire, rules: &[(&'static str, StyleRule)]) {
        let Value::Object(fields) = codec::to_request_value(value) else {
            return self.query_string_form(value);
        };
        let mut pairs = Vec::new();
        for (name, field) in fields {
            let rule = rules.iter().find(|(other, _)| *other == name);
            let text = match rule {
                Some((_, rule)) => render(&name, rule.in_form(), &field, EncodingContext::Query),
                // As a property of an exploded object.
                None => {
                    let field = Value::from_iter([(name.clone(), field)]);
                    render("", StyleRule::new(Style::Form, true), &field, EncodingContext::Query)
                }
            };
            match text {
                Ok(text) => pairs.push(text),
                Err(error) => self.fail(BuildError::new(format!("field `{name}` of the query: {error}"))),
            }
        }
        pairs.retain(|pair| !pair.is_empty());
        self.query_encoded("", pairs.join("&"));
    }
}
