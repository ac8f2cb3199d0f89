//! Examples of the document as expressions of Rust.

use crate::ir::{Api, EnumBase, Shape, Text, TypeBody, TypeRef};
use crate::json::Json;
use crate::krate::{
    Dispatch, Example, JsonKind, Model, ModelBody, ModelId, Presence, Record, Setter, Take, TypeExpr, Union,
};

use super::types;

/// A JSON value as text, on one line.
pub fn json_text(value: &Json) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Makes examples.
pub struct Maker<'a> {
    /// The document.
    pub api: &'a Api,
    known: Known<'a>,
}

/// What is decided already, by the index of the type.
enum Known<'a> {
    Bodies(&'a [Option<ModelBody>]),
    Models(&'a [Model]),
}

impl<'a> Maker<'a> {
    /// Makes examples of models that are decided already; others are read from JSON.
    pub fn new(api: &'a Api, bodies: &'a [Option<ModelBody>]) -> Self {
        Self {
            api,
            known: Known::Bodies(bodies),
        }
    }

    /// Makes examples of all models.
    pub fn of_models(api: &'a Api, models: &'a [Model]) -> Self {
        Self {
            api,
            known: Known::Models(models),
        }
    }

    /// What is decided of a model.
    pub fn body(&self, id: ModelId) -> Option<&'a ModelBody> {
        match self.known {
            Known::Bodies(bodies) => bodies.get(id.0)?.as_ref(),
            Known::Models(models) => models.get(id.0).map(|model| &model.body),
        }
    }

    /// The value as an expression that has the type itself. `None` where the value is not of the type.
    pub fn owned(&self, ty: &TypeRef, value: &Json) -> Option<Example> {
        if ty.nullable && types::expr(ty) != TypeExpr::Json {
            return match value {
                Json::Null => Some(Example::None),
                value => self.shape(&ty.shape, value).map(|some| Example::Some(Box::new(some))),
            };
        }
        self.shape(&ty.shape, value)
    }

    /// The value as an expression in the form in which a method takes it.
    pub fn taken(&self, take: &Take, ty: &TypeRef, value: &Json) -> Option<Example> {
        match take {
            Take::Value => self.owned(ty, value),
            Take::Borrow => self.owned(ty, value).map(|value| Example::Borrow(Box::new(value))),
            Take::IntoString => value.as_str().map(|text| Example::Str(text.to_owned())),
            Take::IntoBytes => Some(Example::Bytes(value.as_str().unwrap_or("bytes").to_owned())),
            Take::Items(item) if **item == Take::IntoBytes => {
                let file = |value: &Json| Example::File(value.as_str().unwrap_or("bytes").to_owned());
                Some(Example::Array(value.as_array()?.iter().map(file).collect()))
            }
            Take::Items(item) => {
                let Shape::List(of) = types::resolve(&self.api.types, &ty.shape) else {
                    return None;
                };
                let items = value.as_array()?.iter().map(|value| self.taken(item, of, value));
                items.collect::<Option<Vec<_>>>().map(Example::Array)
            }
        }
    }

    fn shape(&self, shape: &Shape, value: &Json) -> Option<Example> {
        let resolved = types::resolve(&self.api.types, shape);
        match (resolved, value) {
            (Shape::Bool, Json::Bool(value)) => Some(Example::Bool(*value)),
            (Shape::Int(_), Json::Number(text)) if types::shape(resolved) != TypeExpr::Json => {
                let plain = text
                    .parse::<i128>()
                    .is_ok_and(|number| fits(&types::shape(resolved), number));
                plain.then(|| Example::Number(text.clone()))
            }
            (Shape::Float(_), Json::Number(text)) => float(text).map(Example::Number),
            (Shape::Text(Text::Plain | Text::Duration | Text::Uuid), Json::String(text)) => {
                Some(Example::String(text.clone()))
            }
            (Shape::Text(_), Json::String(text)) => Some(Example::Parse(types::shape(resolved), text.clone())),
            (Shape::List(of), Json::Array(items)) => {
                let items = items.iter().map(|item| self.owned(of, item));
                items.collect::<Option<Vec<_>>>().map(Example::List)
            }
            (Shape::Map(of), Json::Object(entries)) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| Some((key.clone(), self.owned(of, value)?)));
                entries.collect::<Option<Vec<_>>>().map(Example::Map)
            }
            (Shape::Named(id), value) => self.named(types::model(*id), &self.api.types[*id].body, value),
            (Shape::Base64, Json::String(_)) | (Shape::Object, Json::Object(_)) | (Shape::Tuple(_), Json::Array(_)) => {
                Some(Example::FromJson(value.clone()))
            }
            (shape, value) if types::shape(shape) == TypeExpr::Json => Some(Example::Json(value.clone())),
            _ => None,
        }
    }

    fn named(&self, id: ModelId, source: &TypeBody, value: &Json) -> Option<Example> {
        let from_json = || Some(Example::FromJson(value.clone()));
        match (source, self.body(id)) {
            (TypeBody::Enum(values), Some(ModelBody::Enum(planned))) => {
                let wire = match (value, values.base) {
                    (Json::String(text), EnumBase::Text) | (Json::Number(text), EnumBase::Int) => text,
                    _ => return None,
                };
                match planned.variants.iter().find(|variant| variant.wire.as_str() == wire) {
                    Some(variant) => Some(Example::Variant(id, variant.name.clone())),
                    None => planned.other.as_ref().and_then(|_| from_json()),
                }
            }
            (TypeBody::Struct(fields), Some(ModelBody::Record(record))) if record.constructor => {
                let entries = value.as_object()?;
                self.record(id, fields, record, entries).or_else(from_json)
            }
            (TypeBody::Union(union), Some(ModelBody::Union(planned))) => {
                self.variant(id, union, planned, value).or_else(from_json)
            }
            (TypeBody::Struct(_), _) => value.as_object().and_then(|_| from_json()),
            (TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_), _) => from_json(),
        }
    }

    fn record(
        &self,
        model: ModelId,
        source: &crate::ir::Struct,
        record: &Record,
        entries: &indexmap::IndexMap<String, Json>,
    ) -> Option<Example> {
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for (field, source) in record.fields.iter().zip(&source.fields) {
            let value = entries.get(field.wire.as_str()).or(source.example.as_ref());
            match &field.setter {
                Setter::Argument(take) => arguments.push(self.taken(take, &source.ty, value?)?),
                Setter::Method(name, take) => {
                    let value = entries.get(field.wire.as_str()).filter(|value| **value != Json::Null);
                    // An optional value that does not fit its own schema is left out of the example.
                    let value =
                        value.and_then(|value| self.taken(take, &TypeRef::non_null(source.ty.shape.clone()), value));
                    setters.extend(value.map(|value| (name.clone(), value)));
                }
                Setter::None if field.presence == Presence::Required && field.constant.is_none() && field.read_only => {
                }
                Setter::None => {}
            }
        }
        Some(Example::Record {
            model,
            arguments,
            setters,
        })
    }

    /// The member of a union that a value is of, by its index, where the tag or the JSON type alone tells.
    pub fn chosen(&self, planned: &Union, value: &Json) -> Option<usize> {
        match &planned.dispatch {
            Dispatch::Tag { property, .. } => {
                let tag = value.as_object()?.get(property.as_str())?.as_str()?;
                let has = |index: &usize| planned.variants[*index].tags.iter().any(|one| one == tag);
                let mut tagged = (0..planned.variants.len()).filter(has);
                tagged.next().filter(|_| tagged.next().is_none())
            }
            Dispatch::Structure => {
                let kind = kind(value);
                let fits = |kinds: &[JsonKind]| {
                    kinds.contains(&kind) || (kind == JsonKind::Integer && kinds.contains(&JsonKind::Number))
                };
                let mut fitting = planned
                    .variants
                    .iter()
                    .enumerate()
                    .filter(|(_, variant)| fits(&variant.kinds));
                let (index, _) = fitting.next()?;
                if fitting.next().is_some() {
                    return None;
                }
                Some(index)
            }
        }
    }

    fn variant(&self, id: ModelId, union: &crate::ir::Union, planned: &Union, value: &Json) -> Option<Example> {
        let index = self.chosen(planned, value)?;
        let inner = self.owned(&union.variants.get(index)?.ty, value)?;
        let variant = planned.variants.get(index)?;
        let inner = if matches!(variant.ty, TypeExpr::Boxed(_)) {
            Example::Boxed(Box::new(inner))
        } else {
            inner
        };
        Some(Example::Wrap(id, variant.name.clone(), Box::new(inner)))
    }
}

fn kind(value: &Json) -> JsonKind {
    match value {
        Json::Null => JsonKind::Null,
        Json::Bool(_) => JsonKind::Bool,
        Json::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => JsonKind::Integer,
        Json::Number(_) => JsonKind::Number,
        Json::String(_) => JsonKind::String,
        Json::Array(_) => JsonKind::Array,
        Json::Object(_) => JsonKind::Object,
    }
}

fn fits(ty: &TypeExpr, number: i128) -> bool {
    match ty {
        TypeExpr::I32 => i32::try_from(number).is_ok(),
        TypeExpr::U32 => u32::try_from(number).is_ok(),
        TypeExpr::U64 => u64::try_from(number).is_ok(),
        _ => i64::try_from(number).is_ok(),
    }
}

/// A number as a literal that Rust takes for a float.
fn float(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(format!("{number:?}"))
}
