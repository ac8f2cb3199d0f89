//! JSON as a model writes it that has read it.
//!
//! In: a type and a value of it. Out: the value with the fields in the order of the model, without what the model does not
//! keep, with numbers and dates in the form in which they are written. `None` where that cannot be told, or where the value
//! is not one of the type. It follows the types of the document, not the code that is generated for them.

use indexmap::IndexMap;

use crate::ir::{EnumBase, Extra, Float, Shape, Struct, Text, TypeBody, TypeRef};
use crate::json::Json;
use crate::krate::{Dispatch, ModelBody, Presence, Record};
use crate::plan::examples::Maker;
use crate::plan::types;

type Entries = IndexMap<String, Json>;

/// The value as it is written.
pub fn canonical(maker: &Maker<'_>, ty: &TypeRef, value: &Json) -> Option<Json> {
    if *value == Json::Null {
        return (ty.nullable || matches!(ty.shape, Shape::Any | Shape::Null)).then_some(Json::Null);
    }
    shape(maker, &ty.shape, value)
}

fn shape(maker: &Maker<'_>, shape: &Shape, value: &Json) -> Option<Json> {
    let resolved = types::resolve(&maker.api.types, shape);
    match (resolved, value) {
        (Shape::Bool, Json::Bool(_)) => Some(value.clone()),
        (Shape::Int(_), Json::Number(text)) => {
            // Wider integers are carried as any JSON.
            let plain = text.parse::<i64>().is_ok_and(|number| number.to_string() == *text);
            plain.then(|| value.clone())
        }
        (Shape::Float(width), Json::Number(text)) => number(*width, text),
        (Shape::Text(kind), Json::String(text)) => is_exact(*kind, text).then(|| value.clone()),
        (Shape::Base64, Json::String(text)) => is_base64(text).then(|| value.clone()),
        (Shape::Binary, Json::String(_)) => Some(value.clone()),
        (Shape::List(of), Json::Array(items)) => {
            let items = items.iter().map(|item| canonical(maker, of, item));
            items.collect::<Option<Vec<_>>>().map(Json::Array)
        }
        (Shape::Map(of), Json::Object(entries)) => sorted(entries, |item| canonical(maker, of, item)),
        (Shape::Tuple(of), Json::Array(items)) if of.len() == items.len() => {
            let items = of.iter().zip(items).map(|(of, item)| canonical(maker, of, item));
            items.collect::<Option<Vec<_>>>().map(Json::Array)
        }
        (Shape::Any, value) | (Shape::Object, value @ Json::Object(_)) => any(value),
        (Shape::Named(id), value) => named(maker, *id, value),
        _ => None,
    }
}

/// Any JSON. Maps of it may be sorted or keep their order: sorted ones are the same either way.
fn any(value: &Json) -> Option<Json> {
    match value {
        Json::Null | Json::Bool(_) | Json::String(_) => Some(value.clone()),
        Json::Number(text) => match text.parse::<i64>() {
            Ok(number) => (number.to_string() == *text).then(|| value.clone()),
            Err(_) => number(Float::F64, text),
        },
        Json::Array(items) => items.iter().map(any).collect::<Option<Vec<_>>>().map(Json::Array),
        Json::Object(entries) => sorted(entries, any),
    }
}

fn sorted(entries: &Entries, write: impl Fn(&Json) -> Option<Json>) -> Option<Json> {
    let mut written = entries
        .iter()
        .map(|(key, value)| Some((key.clone(), write(value)?)))
        .collect::<Option<Entries>>()?;
    written.sort_keys();
    Some(Json::Object(written))
}

fn number(width: Float, text: &str) -> Option<Json> {
    let written = match width {
        Float::F32 => serde_json::to_string(&text.parse::<f32>().ok().filter(|number| number.is_finite())?),
        Float::F64 => serde_json::to_string(&text.parse::<f64>().ok().filter(|number| number.is_finite())?),
    };
    written.ok().map(Json::Number)
}

/// Whether a string is in the one form in which its kind is written.
fn is_exact(kind: Text, text: &str) -> bool {
    let like = |pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            })
    };
    match kind {
        Text::Plain | Text::Duration | Text::Uuid => true,
        Text::DateTime => like("0000-00-00T00:00:00Z"),
        Text::Date => like("0000-00-00"),
        Text::Time => like("00:00:00"),
    }
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    // Bits beyond the last byte are not kept, so only whole groups are the same again.
    text.len().is_multiple_of(4)
        && body.len() == text.len()
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn named(maker: &Maker<'_>, id: crate::ir::TypeId, value: &Json) -> Option<Json> {
    match (&maker.api.types[id].body, maker.body(types::model(id))?, value) {
        (TypeBody::Struct(source), ModelBody::Record(record), Json::Object(entries)) => {
            fields(maker, source, record, entries)
        }
        (TypeBody::Enum(source), ModelBody::Enum(planned), _) => {
            let wire = match (value, source.base) {
                (Json::String(text), EnumBase::Text) | (Json::Number(text), EnumBase::Int) => text,
                _ => return None,
            };
            let listed = planned.variants.iter().any(|variant| variant.wire.as_str() == wire);
            (listed || planned.other.is_some()).then(|| value.clone())
        }
        (TypeBody::Union(source), ModelBody::Union(planned), value) => {
            let index = maker.chosen(planned, value)?;
            let written = canonical(maker, &source.variants.get(index)?.ty, value)?;
            match (&planned.dispatch, planned.variants.get(index)?.written_tag.as_ref()) {
                (Dispatch::Tag { property, .. }, Some(tag)) => tagged(property.as_str(), tag, written),
                (Dispatch::Tag { .. } | Dispatch::Structure, _) => Some(written),
            }
        }
        (TypeBody::Alias(of) | TypeBody::Newtype(of), _, value) => canonical(maker, of, value),
        (TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_), _, _) => None,
    }
}

/// A tag that the union writes stands first, whatever the member has in its place.
fn tagged(property: &str, tag: &str, member: Json) -> Option<Json> {
    let Json::Object(entries) = member else { return None };
    let mut written = Entries::from_iter([(property.to_owned(), Json::String(tag.to_owned()))]);
    written.extend(entries.into_iter().filter(|(key, _)| key != property));
    Some(Json::Object(written))
}

fn fields(maker: &Maker<'_>, source: &Struct, record: &Record, entries: &Entries) -> Option<Json> {
    let mut written = Entries::new();
    for (field, planned) in source.fields.iter().zip(&record.fields) {
        let optional = planned.presence == Presence::Optional;
        match entries.get(&field.wire) {
            Some(Json::Null) if !field.ty.nullable && optional => {}
            Some(value) => {
                written.insert(field.wire.clone(), canonical(maker, &field.ty, value)?);
            }
            None if optional => {}
            None => return None,
        }
    }
    if let Extra::Typed(of) = &source.extra
        && record.extra.is_some()
    {
        let known = |key: &str| source.fields.iter().any(|field| field.wire == key);
        let others: Entries = entries
            .iter()
            .filter(|(key, _)| !known(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        if let Json::Object(others) = sorted(&others, |value| canonical(maker, of, value))? {
            written.extend(others);
        }
    }
    Some(Json::Object(written))
}
