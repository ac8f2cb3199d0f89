//! Decodes the values of parameters.

use serde_json::{Number, Value};

use super::properties;
use super::values::accepts;
use crate::document::{Location, Parameter, SchemaId, Schemas, Style, Type};

/// Returns the values that a parameter has in a list of pairs, as JSON, or `None` if it is absent. Objects are not decoded: their
/// encodings are ambiguous.
pub(super) fn value(schemas: &Schemas, parameter: &Parameter, pairs: &[(String, String)]) -> Option<Decoded> {
    let own: Vec<&str> = pairs
        .iter()
        .filter(|(name, _)| is_name(parameter, name))
        .map(|(_, value)| value.as_str())
        .collect();
    let Some(id) = parameter.schema else {
        let content = parameter.content.as_ref()?;
        let text = own.first()?;
        return Some(match (content.schema, serde_json::from_str(text)) {
            (Some(id), Ok(value)) => Decoded::Value(id, value),
            (None, _) | (Some(_), Err(_)) => Decoded::Present,
        });
    };
    let is_array = accepts(schemas, id, Type::Array, 0) && !accepts(schemas, id, Type::String, 0);
    let is_object = accepts(schemas, id, Type::Object, 0) && !accepts(schemas, id, Type::String, 0);
    if is_object && !is_array {
        let is_present = !own.is_empty() || pairs.iter().any(|(name, _)| is_part(schemas, parameter, name));
        return is_present.then_some(Decoded::Present);
    }
    let first = *own.first()?;
    if !is_array {
        return Some(Decoded::Value(id, scalar(schemas, id, first)));
    }
    let items = items_of(schemas, id);
    let separator = match parameter.style {
        Style::Simple => Some(','),
        Style::Form | Style::Cookie | Style::DeepObject => (!parameter.explode).then_some(','),
        Style::SpaceDelimited => Some(' '),
        Style::PipeDelimited => Some('|'),
        Style::TabDelimited => Some('\t'),
        // The prefixes of these styles are not decoded.
        Style::Matrix | Style::Label => return Some(Decoded::Present),
    };
    let texts: Vec<&str> = match separator {
        Some(separator) => own.iter().flat_map(|text| text.split(separator)).collect(),
        None => own,
    };
    let values = texts.iter().map(|text| match items {
        Some(items) => scalar(schemas, items, text.trim()),
        None => Value::String((*text).to_owned()),
    });
    Some(Decoded::Value(id, Value::Array(values.collect())))
}

/// The value of a parameter that was sent.
pub(super) enum Decoded {
    /// A value, with its schema.
    Value(SchemaId, Value),
    /// A value that is not decoded.
    Present,
}

/// Returns whether a name of the query belongs to a parameter.
pub(super) fn belongs_to(schemas: &Schemas, parameter: &Parameter, name: &str) -> bool {
    is_name(parameter, name) || is_part(schemas, parameter, name)
}

fn is_name(parameter: &Parameter, name: &str) -> bool {
    match parameter.location {
        Location::Header => parameter.name.eq_ignore_ascii_case(name),
        Location::Path | Location::Query | Location::QueryString | Location::Cookie => {
            parameter.name == name || name.strip_suffix("[]") == Some(&parameter.name)
        }
    }
}

/// Returns whether a name is `parameter[key]`, or a property of an exploded object.
fn is_part(schemas: &Schemas, parameter: &Parameter, name: &str) -> bool {
    let base = parameter.name.trim_end_matches("[]");
    if parameter.location != Location::Query {
        return false;
    }
    let is_nested = name.strip_prefix(base).is_some_and(|rest| rest.starts_with('['));
    let is_property = || match (parameter.schema, parameter.style, parameter.explode) {
        (Some(id), Style::Form, true) => {
            accepts(schemas, id, Type::Object, 0)
                && !accepts(schemas, id, Type::String, 0)
                && properties::documented(schemas, id, &mut |_| None).has(name)
        }
        _ => false,
    };
    is_nested || is_property()
}

fn items_of(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let schema = &schemas[id];
    let part = || {
        schema
            .all_of
            .iter()
            .chain(&schema.any_of)
            .chain(&schema.one_of)
            .find_map(|part| schemas[*part].items)
    };
    schema.items.or_else(part).or_else(|| schemas[schema.reference?].items)
}

/// Reads a text as a value of a schema: as a number or boolean if the schema allows that, otherwise as a string.
pub(super) fn scalar(schemas: &Schemas, id: SchemaId, text: &str) -> Value {
    let allows = |kind: Type| accepts(schemas, id, kind, 0);
    if allows(Type::String) && !(allows(Type::Integer) || allows(Type::Boolean)) {
        return Value::String(text.to_owned());
    }
    let number = || text.parse::<Number>().ok().map(Value::Number);
    let boolean = || text.parse::<bool>().ok().map(Value::Bool);
    // A decimal number is a number even if only integers are allowed, so that its deviation is that of a number.
    let typed = if allows(Type::Boolean) { boolean() } else { None };
    let typed = typed.or_else(|| {
        if allows(Type::Integer) || allows(Type::Number) {
            number()
        } else {
            None
        }
    });
    typed.unwrap_or_else(|| Value::String(text.to_owned()))
}
