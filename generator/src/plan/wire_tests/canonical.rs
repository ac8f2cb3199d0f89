//! JSON values as a model serializes them after it has deserialized them.
//!
//! In: a type and a value. Out: the value with fields in the order of the model, without properties that the model does
//! not keep, with numbers and dates in the form in which they are serialized. `None` if that cannot be determined or if
//! the value does not have the type. It follows the types of the document and the planned models, not the generated
//! code.

use indexmap::IndexMap;

use crate::ir::{Extra, Shape, Struct, Text, TypeBody, TypeRef};
use crate::json::Json;
use crate::krate::{Dispatch, ModelBody, Presence, Record};
use crate::plan::examples::ExampleBuilder;
use crate::plan::types;
use crate::wire::{EnumBase, ForeignType};

type Entries = IndexMap<String, Json>;

/// Returns the value as it is serialized.
pub fn canonical(examples: &ExampleBuilder<'_>, ty: &TypeRef, value: &Json) -> Option<Json> {
    if *value == Json::Null {
        return (ty.nullable || matches!(ty.shape, Shape::Any | Shape::Null)).then_some(Json::Null);
    }
    shape(examples, &ty.shape, value)
}

fn shape(examples: &ExampleBuilder<'_>, shape: &Shape, value: &Json) -> Option<Json> {
    let resolved = examples.api.types.resolve(shape);
    match (resolved, value) {
        (Shape::Bool, Json::Bool(_)) => Some(value.clone()),
        (Shape::Int(_), Json::Number(text)) => {
            // The form of integers that do not fit into `i64` is not certain.
            let unchanged = text.parse::<i64>().is_ok_and(|number| number.to_string() == *text);
            unchanged.then(|| value.clone())
        }
        (Shape::Float, Json::Number(text)) => float(text),
        (Shape::Foreign(of), value) => foreign(*of, value),
        (Shape::Text(kind), Json::String(text)) => is_exact(*kind, text).then(|| value.clone()),
        (Shape::Base64, Json::String(text)) => is_unpadded_base64(text).then(|| value.clone()),
        (Shape::Binary, Json::String(_)) => Some(value.clone()),
        (Shape::List(of), Json::Array(items)) => {
            let items = items.iter().map(|item| canonical(examples, of, item));
            items.collect::<Option<Vec<_>>>().map(Json::Array)
        }
        (Shape::Map(of), Json::Object(entries)) => sorted(entries, |item| canonical(examples, of, item)),
        (Shape::Tuple(of), Json::Array(items)) if of.len() == items.len() => {
            let items = of.iter().zip(items).map(|(of, item)| canonical(examples, of, item));
            items.collect::<Option<Vec<_>>>().map(Json::Array)
        }
        (Shape::Any, value) | (Shape::Object, value @ Json::Object(_)) => any(value),
        (Shape::Named(id), value) => named(examples, *id, value),
        _ => None,
    }
}

/// Returns an arbitrary JSON value with its keys sorted. `serde_json` sorts keys or keeps their order, depending on its
/// features. Sorted keys are the same in both cases.
fn any(value: &Json) -> Option<Json> {
    match value {
        Json::Null | Json::Bool(_) | Json::String(_) => Some(value.clone()),
        Json::Number(text) => match text.parse::<i64>() {
            Ok(number) => (number.to_string() == *text).then(|| value.clone()),
            Err(_) => number(text),
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
    Some(Json::from(written))
}

/// Returns a typed float as it is written: a whole number has no fraction.
fn float(text: &str) -> Option<Json> {
    let exact: f64 = text.parse().ok()?;
    match exact.fract() == 0.0 && exact.abs() <= 9_007_199_254_740_992.0 {
        true => Some(Json::Number((exact as i64).to_string())),
        false => number(text),
    }
}

/// Returns a value of a type of another crate, if it is certain how the crate writes it.
fn foreign(ty: ForeignType, value: &Json) -> Option<Json> {
    match (ty, value) {
        (ForeignType::ChronoDateTime | ForeignType::TimeDateTime, Json::String(text)) => {
            is_exact(Text::DateTime, text).then(|| value.clone())
        }
        (ForeignType::ChronoDate | ForeignType::TimeDate, Json::String(text)) => {
            is_exact(Text::Date, text).then(|| value.clone())
        }
        (ForeignType::Uuid, Json::String(text)) => {
            let lower = text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
            (lower && text.len() == 36).then(|| value.clone())
        }
        (ForeignType::Decimal, Json::Number(text)) if text.len() <= 15 && !text.contains(['e', 'E']) => float(text),
        _ => None,
    }
}

fn number(text: &str) -> Option<Json> {
    let written = serde_json::to_string(&text.parse::<f64>().ok().filter(|number| number.is_finite())?);
    written.ok().map(Json::Number)
}

/// Returns whether a string is already in the form in which it is serialized.
fn is_exact(kind: Text, text: &str) -> bool {
    let matches = |pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            })
    };
    match kind {
        Text::Unformatted | Text::Uuid => true,
        Text::Duration => matches("P0D") || matches("PT0S") || matches("PT0M") || matches("PT0H"),
        Text::DateTime => matches("0000-00-00T00:00:00Z"),
        Text::Date => matches("0000-00-00"),
        Text::Time => matches("00:00:00"),
    }
}

fn is_unpadded_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    // Padded text may have unused bits, which are dropped, so only text without padding is certainly unchanged.
    text.len().is_multiple_of(4)
        && body.len() == text.len()
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn named(examples: &ExampleBuilder<'_>, id: crate::ir::TypeId, value: &Json) -> Option<Json> {
    match (&examples.api.types[id].body, examples.body(types::model(id))?, value) {
        (TypeBody::Struct(source), ModelBody::Record(record), Json::Object(entries)) => {
            fields(examples, source, record, entries)
        }
        (TypeBody::Enum(source), ModelBody::Enum(planned), _) => {
            let wire = match (value, source.base) {
                (Json::String(text), EnumBase::String) | (Json::Number(text), EnumBase::Int) => text,
                _ => return None,
            };
            let listed = planned.variants.iter().any(|variant| variant.wire.as_str() == wire);
            (listed || planned.other.is_some()).then(|| value.clone())
        }
        (TypeBody::Union(source), ModelBody::Union(planned), value) => {
            let index = examples.variant_of(planned, value)?;
            let written = canonical(examples, &source.variants.get(index)?.ty, value)?;
            match (&planned.dispatch, planned.variants.get(index)?.written_tag.as_ref()) {
                (Dispatch::Discriminator { property, .. }, Some(tag)) => tagged(property.as_str(), tag, written),
                (Dispatch::Discriminator { .. } | Dispatch::Structure | Dispatch::EventName, _) => Some(written),
            }
        }
        (TypeBody::Alias(of) | TypeBody::Newtype(of), _, value) => canonical(examples, of, value),
        (TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_), _, _) => None,
    }
}

/// Returns the value with the discriminator that the union adds, which comes first.
fn tagged(property: &str, tag: &str, member: Json) -> Option<Json> {
    let entries = member.into_object()?;
    let mut written = Entries::from_iter([(property.to_owned(), Json::String(tag.to_owned()))]);
    written.extend(entries.into_iter().filter(|(key, _)| key != property));
    Some(Json::from(written))
}

fn fields(examples: &ExampleBuilder<'_>, source: &Struct, record: &Record, entries: &Entries) -> Option<Json> {
    let mut written = Entries::new();
    for (field, planned) in source.fields.iter().zip(&record.fields) {
        let optional = planned.presence == Presence::Optional;
        match entries.get(&field.wire) {
            Some(Json::Null) if !field.ty.nullable && optional => {}
            Some(value) => {
                written.insert(field.wire.clone(), canonical(examples, &field.ty, value)?);
            }
            None if optional || planned.read_only => {}
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
        written.extend(sorted(&others, |value| canonical(examples, of, value))?.into_object()?);
    }
    Some(Json::from(written))
}
