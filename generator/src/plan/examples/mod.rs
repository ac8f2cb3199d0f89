//! Converts examples of the document to Rust expressions.

pub mod round_trip;
mod round_trip_scalars;

use crate::ir::{Api, Shape, Text, TypeBody, TypeRef};
use crate::json::{Json, JsonKind};
use crate::krate::{
    ArgumentType, Constructor, Dispatch, Example, Model, ModelBody, ModelId, Record, Setter, TypeExpr, Union,
};
use crate::wire::EnumBase;

use super::types;

/// Returns a JSON value as text on one line.
pub fn json_text(value: &Json) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Builds example expressions.
pub struct ExampleBuilder<'a> {
    /// The API, as lowered.
    pub api: &'a Api,
    planned: Planned<'a>,
}

/// The models that are already planned, by the index of the type.
enum Planned<'a> {
    Bodies(&'a [Option<ModelBody>]),
    Models(&'a [Model]),
}

impl<'a> ExampleBuilder<'a> {
    /// Creates a builder for models of which some are planned. Examples of the others are deserialized from JSON.
    pub fn new(api: &'a Api, bodies: &'a [Option<ModelBody>]) -> Self {
        Self {
            api,
            planned: Planned::Bodies(bodies),
        }
    }

    /// Creates a builder for all models.
    pub fn of_models(api: &'a Api, models: &'a [Model]) -> Self {
        Self {
            api,
            planned: Planned::Models(models),
        }
    }

    /// Returns the planned body of a model.
    pub fn body(&self, id: ModelId) -> Option<&'a ModelBody> {
        match self.planned {
            Planned::Bodies(bodies) => bodies.get(id.0)?.as_ref(),
            Planned::Models(models) => models.get(id.0).map(|model| &model.body),
        }
    }

    /// Returns the model of a named type, if values can be created under its name. An alias of an optional or unnamed type
    /// cannot.
    fn constructible_name(&self, shape: &Shape) -> Option<ModelId> {
        let Shape::Named(id) = shape else { return None };
        let mut at = *id;
        while let TypeBody::Alias(of) = &self.api.types[at].body {
            let Shape::Named(next) = of.shape else { return None };
            if of.nullable {
                return None;
            }
            at = next;
        }
        Some(types::model(*id))
    }

    /// Returns the value as an expression of the type itself. `None` if the value does not have the type.
    pub fn owned(&self, ty: &TypeRef, value: &Json) -> Option<Example> {
        if ty.nullable && types::expr(ty) != TypeExpr::Json {
            return match value {
                Json::Null => Some(Example::None),
                value => self.shape(&ty.shape, value).map(|some| Example::Some(Box::new(some))),
            };
        }
        self.shape(&ty.shape, value)
    }

    /// Returns the value as an expression in the form that a method accepts.
    pub fn argument(&self, form: &ArgumentType, ty: &TypeRef, value: &Json) -> Option<Example> {
        match form {
            ArgumentType::Value => self.owned(ty, value),
            ArgumentType::Into => self.owned(ty, value).map(|example| self.convertible(ty, example)),
            ArgumentType::Borrow => self.owned(ty, value).map(|value| Example::Borrow(Box::new(value))),
            ArgumentType::IntoString => value.as_str().map(|text| Example::Str(text.to_owned())),
            ArgumentType::IntoBytes => Some(Example::Bytes(value.as_str().unwrap_or("bytes").to_owned())),
            ArgumentType::IntoFile => Some(Example::File(value.as_str().unwrap_or("bytes").to_owned())),
            ArgumentType::Items(item) if **item == ArgumentType::IntoFile => {
                let file = |value: &Json| Example::File(value.as_str().unwrap_or("bytes").to_owned());
                Some(Example::Array(value.as_array()?.iter().map(file).collect()))
            }
            ArgumentType::Items(item) => {
                let Shape::List(of) = self.api.types.resolve(&ty.shape) else {
                    return None;
                };
                // The items of an array have one type, so each item is a value of that type, and not a text that converts to
                // it.
                let items = value.as_array()?.iter().map(|value| match &**item {
                    ArgumentType::Into => self.owned(of, value).map(|example| self.typed(of, example)),
                    item => self.argument(item, of, value),
                });
                items.collect::<Option<Vec<_>>>().map(Example::Array)
            }
        }
    }

    /// Returns an expression whose type does not depend on its context.
    fn typed(&self, ty: &TypeRef, example: Example) -> Example {
        match (example, self.api.types.resolve(&ty.shape)) {
            (Example::FromJson(json), Shape::Named(id)) => Example::FromJsonAs(types::model(*id), json),
            (example, _) => example,
        }
    }

    /// Returns the expression for a parameter that accepts everything that converts to its type.
    fn convertible(&self, ty: &TypeRef, example: Example) -> Example {
        match (self.typed(ty, example), self.api.types.resolve(&ty.shape)) {
            (Example::Wrap(id, variant, inner), Shape::Named(of)) => match (*inner, self.body(types::model(*of))) {
                (Example::String(text), Some(ModelBody::Union(union))) if union.text_variant().is_some() => {
                    Example::Str(text)
                }
                (inner, _) => Example::Wrap(id, variant, Box::new(inner)),
            },
            (example, _) => example,
        }
    }

    fn shape(&self, shape: &Shape, value: &Json) -> Option<Example> {
        let resolved = self.api.types.resolve(shape);
        match (resolved, value) {
            (Shape::Bool, Json::Bool(value)) => Some(Example::Bool(*value)),
            (Shape::Int(_), Json::Number(text)) if types::shape(resolved) != TypeExpr::Json => {
                let plain = text
                    .parse::<i128>()
                    .is_ok_and(|number| fits(&types::shape(resolved), number));
                plain.then(|| Example::Number(text.clone()))
            }
            (Shape::Float, Json::Number(text)) => float(text).map(Example::Number),
            (Shape::Text(Text::Unformatted | Text::Uuid), Json::String(text)) => Some(Example::String(text.clone())),
            (Shape::Foreign(of), Json::String(text) | Json::Number(text)) => {
                Some(Example::Parse(TypeExpr::Foreign(*of), text.clone()))
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
            (Shape::Named(id), value) => {
                let example = self.named(types::model(*id), &self.api.types[*id].body, value)?;
                Some(match self.constructible_name(shape) {
                    Some(name) => example.with_model(name),
                    None => example,
                })
            }
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
                    (Json::String(text), EnumBase::String) | (Json::Number(text), EnumBase::Int) => text,
                    _ => return None,
                };
                match planned.variants.iter().find(|variant| variant.wire.as_str() == wire) {
                    Some(variant) => Some(Example::Variant(id, variant.name.clone())),
                    None => planned.other.as_ref().and_then(|_| from_json()),
                }
            }
            (TypeBody::Struct(fields), Some(ModelBody::Record(record))) if record.constructor != Constructor::None => {
                let entries = value.as_object()?;
                self.record(id, fields, record, entries).or_else(from_json)
            }
            (TypeBody::Union(union), Some(ModelBody::Union(planned))) => {
                self.union(id, union, planned, value).or_else(from_json)
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
                Setter::Argument(form) => {
                    // A field of a struct literal has the type itself, without a conversion.
                    let form = match record.constructor {
                        Constructor::Fields(_) => &ArgumentType::Value,
                        Constructor::None | Constructor::Arguments => form,
                    };
                    arguments.push((&field.name, self.argument(form, &source.ty, value?)?));
                }
                Setter::Method(name, form) => {
                    let value = entries.get(field.wire.as_str()).filter(|value| **value != Json::Null);
                    // An optional value that does not match its schema is omitted.
                    let value =
                        value.and_then(|value| self.argument(form, &TypeRef::non_null(source.ty.shape.clone()), value));
                    setters.extend(value.map(|value| (name.clone(), value)));
                }
                Setter::None => {}
            }
        }
        let arguments = match &record.constructor {
            Constructor::Fields(required) => {
                let fields = arguments.into_iter().map(|(name, value)| (name.clone(), value));
                vec![Example::Fields(required.name.clone(), fields.collect())]
            }
            Constructor::None | Constructor::Arguments => arguments.into_iter().map(|(_, value)| value).collect(),
        };
        Some(Example::Record {
            model,
            arguments,
            setters,
        })
    }

    /// Returns the index of the union variant of a value. `None` if neither the discriminator nor the JSON type
    /// determines it.
    pub fn variant_of(&self, planned: &Union, value: &Json) -> Option<usize> {
        match &planned.dispatch {
            Dispatch::Discriminator { property, .. } => {
                let tag = value.as_object()?.get(property.as_str())?.as_str()?;
                let has = |index: &usize| planned.variants[*index].tags.iter().any(|one| one == tag);
                let mut tagged = (0..planned.variants.len()).filter(has);
                tagged.next().filter(|_| tagged.next().is_none())
            }
            Dispatch::Structure | Dispatch::EventName => {
                let kind = JsonKind::of(value);
                let mut fitting = planned
                    .variants
                    .iter()
                    .enumerate()
                    .filter(|(_, variant)| kind.is_one_of(&variant.kinds));
                let (index, _) = fitting.next()?;
                if fitting.next().is_some() {
                    return None;
                }
                Some(index)
            }
        }
    }

    fn union(&self, id: ModelId, union: &crate::ir::Union, planned: &Union, value: &Json) -> Option<Example> {
        let index = self.variant_of(planned, value)?;
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

fn fits(ty: &TypeExpr, number: i128) -> bool {
    match ty {
        TypeExpr::I32 => i32::try_from(number).is_ok(),
        TypeExpr::U32 => u32::try_from(number).is_ok(),
        TypeExpr::U64 => u64::try_from(number).is_ok(),
        _ => i64::try_from(number).is_ok(),
    }
}

/// Returns a number as a float literal.
fn float(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(format!("{number:?}"))
}
