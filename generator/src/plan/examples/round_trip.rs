//! Examples of models in the form in which the crate serializes them.
//!
//! In: models with examples of the document, which may have unknown keys, integers for floats, invalid dates and
//! missing fields. Out: repaired examples, which the crate serializes as it has deserialized them. Documentation pages
//! show them and their tests check them. An example that cannot be repaired is removed.

use std::cell::Cell;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::round_trip_scalars as scalars;
use crate::json::{Json, JsonKind};
use crate::krate::{Crate, Dispatch, Enum, Field, ModelBody, ModelId, Presence, Record, TypeExpr, Union, UnionVariant};
use crate::wire::EnumBase;

/// The maximum depth of an example. Deeper ones do not help a reader.
const MAX_DEPTH: usize = 48;
/// The maximum number of values that are written for one example, in addition to [`STEPS_PER_VALUE`] for each of its
/// values.
const BASE_STEPS: usize = 4_000;
const STEPS_PER_VALUE: usize = 64;

type Object = IndexMap<String, Json>;

/// Rewrites the examples of all models.
pub fn fill(krate: &mut Crate) {
    let written = (0..krate.models.len()).into_par_iter().map(|index| {
        let example = krate.models[index].example.as_ref()?;
        let steps = Cell::new(BASE_STEPS + STEPS_PER_VALUE * size(example));
        let writer = Writer { krate, steps };
        writer.model(ModelId(index), example, MAX_DEPTH)
    });
    let written: Vec<Option<Json>> = written.collect();
    for (model, example) in krate.models.iter_mut().zip(written) {
        model.example = example;
    }
}

/// A writer that deserializes and serializes values as the crate does. Its methods return `None` if the crate rejects
/// the value or if a limit is exceeded.
struct Writer<'k> {
    krate: &'k Crate,
    /// How many more values may be written. Unions of unions have exponentially many combinations.
    steps: Cell<usize>,
}

impl Writer<'_> {
    fn value(&self, ty: &TypeExpr, value: &Json, depth: usize) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.steps.set(self.steps.get().checked_sub(1)?);
        match (ty, value) {
            (TypeExpr::Model(id), value) => self.model(*id, value, depth),
            (TypeExpr::Boxed(of), value) => self.value(of, value, depth),
            (TypeExpr::Option(_) | TypeExpr::Nullable(_), Json::Null) => Some(Json::Null),
            (TypeExpr::Option(of) | TypeExpr::Nullable(of), value) => self.value(of, value, depth),
            (TypeExpr::List(of), Json::Array(items)) => {
                let items = items.iter().filter_map(|item| self.value(of, item, depth));
                Some(Json::Array(items.collect()))
            }
            (TypeExpr::Map(of), Json::Object(entries)) => {
                let entries = entries
                    .iter()
                    .filter_map(|(key, value)| Some((key.clone(), self.value(of, value, depth)?)));
                Some(Json::from(entries.collect::<Object>()))
            }
            (TypeExpr::Tuple(types), Json::Array(items)) if types.len() == items.len() => {
                let items = types.iter().zip(items).map(|(ty, item)| self.value(ty, item, depth));
                items.collect::<Option<Vec<_>>>().map(Json::Array)
            }
            (ty, value) => scalars::written(ty, value),
        }
    }

    fn model(&self, id: ModelId, value: &Json, depth: usize) -> Option<Json> {
        match (&self.krate[id].body, value) {
            (ModelBody::Record(record), Json::Object(entries)) => self.record(record, entries, depth).map(Json::from),
            (ModelBody::Record(_), _) => None,
            (ModelBody::Enum(values), value) => enum_value(values, value),
            (ModelBody::Union(union), value) => self.union(union, value, depth),
            (ModelBody::Alias(ty) | ModelBody::Newtype(ty), value) => self.value(ty, value, depth),
        }
    }

    fn record(&self, record: &Record, entries: &Object, depth: usize) -> Option<Object> {
        let mut written = Object::new();
        for (key, value) in entries {
            let field = record.fields.iter().find(|field| field.wire.as_str() == key);
            let kept = match (field, &record.extra) {
                (Some(field), _) => self.field(field, value, depth)?,
                (None, Some(extra)) => self.value(&extra.value, value, depth),
                (None, None) => None,
            };
            written.extend(kept.map(|value| (key.clone(), value)));
        }
        for field in record
            .fields
            .iter()
            .filter(|field| field.presence == Presence::Required)
        {
            if !written.contains_key(field.wire.as_str()) {
                let of_type = match &field.ty {
                    TypeExpr::Model(id) => self.krate[*id].example.as_ref(),
                    _ => None,
                };
                let value = self.value(&field.ty, field.example.as_ref().or(of_type)?, depth)?;
                written.insert(field.wire.to_string(), value);
            }
        }
        Some(written)
    }

    /// Returns the value of a field. `Some(None)` if the field is omitted.
    fn field(&self, field: &Field, value: &Json, depth: usize) -> Option<Option<Json>> {
        let absent = matches!((&field.ty, value), (TypeExpr::Option(_), Json::Null));
        match field.presence {
            Presence::Required => self.value(&field.ty, value, depth).map(Some),
            Presence::Optional if absent => Some(None),
            Presence::Optional => Some(self.value(&field.ty, value, depth)),
        }
    }

    fn union(&self, union: &Union, value: &Json, depth: usize) -> Option<Json> {
        let kept = || union.other.as_ref().map(|_| value.clone());
        match &union.dispatch {
            Dispatch::Discriminator { property, default } => {
                let tag = value.get(property.as_str()).and_then(Json::as_str);
                let has = |variant: &&UnionVariant| variant.tags.iter().any(|one| Some(one.as_str()) == tag);
                let mut tagged = union.variants.iter().filter(has);
                let tagged = match (tagged.next(), tagged.next()) {
                    (Some(_), Some(_)) => {
                        return self
                            .best_match(union.variants.iter().filter(has), value, depth)
                            .or_else(kept);
                    }
                    (tagged, _) => tagged,
                };
                let Some(variant) = tagged.or_else(|| union.variants.get((*default)?)) else {
                    return kept();
                };
                let mut written = self.value(&variant.ty, value, depth)?;
                if let (Some(entries), Some(tag)) = (written.as_object_mut(), &variant.written_tag) {
                    entries.insert(property.to_string(), Json::String(tag.clone()));
                }
                Some(written)
            }
            Dispatch::Structure | Dispatch::EventName => {
                self.best_match(union.variants.iter(), value, depth).or_else(kept)
            }
        }
    }

    /// Returns the value as written by the variant that keeps most of the value. In a tie, the first variant is used.
    fn best_match<'u>(
        &self,
        variants: impl DoubleEndedIterator<Item = &'u UnionVariant>,
        value: &Json,
        depth: usize,
    ) -> Option<Json> {
        let fitting = variants.filter(|variant| fits(variant, value));
        let written = fitting.filter_map(|variant| self.value(&variant.ty, value, depth));
        written.rev().max_by_key(size)
    }
}

/// Returns the value if the enum accepts it.
fn enum_value(values: &Enum, value: &Json) -> Option<Json> {
    let text = match (values.base, value) {
        (EnumBase::String, Json::String(text)) => text.clone(),
        (EnumBase::Int, value) => value.as_i64()?.to_string(),
        (EnumBase::String, _) => return None,
    };
    let known = values.variants.iter().any(|variant| variant.wire.as_str() == text);
    (known || values.other.is_some()).then(|| value.clone())
}

/// Returns whether the JSON type and the constants of a variant match a value.
fn fits(variant: &UnionVariant, value: &Json) -> bool {
    let of_kind = JsonKind::of(value).is_one_of(&variant.kinds);
    let constant = |name: &str| if name.is_empty() { Some(value) } else { value.get(name) };
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_text(), str::to_owned);
    of_kind
        && variant
            .constants
            .iter()
            .all(|(name, values)| constant(name.as_str()).is_none_or(|value| values.contains(&text(value))))
}

fn size(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Json::Object(entries) => 1 + entries.values().map(size).sum::<usize>(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 1,
    }
}
