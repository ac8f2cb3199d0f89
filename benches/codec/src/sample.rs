//! Generates JSON documents for models from their tables.

use quote::ToTokens;
use serde_json::{Map, Value, json};
use syn::{GenericArgument, PathArguments, Type};

use crate::model::Models;

/// The depth up to which optional keys and items are set.
const DEPTH: usize = 4;
/// The maximum depth of required keys. A deeper model is skipped.
const LIMIT: usize = 24;

/// Returns a document for the struct with this name, or `None` if it is too deep. `seed` makes documents differ.
pub fn document(models: &Models, name: &str, seed: usize) -> Option<Value> {
    let mut sampler = Sampler { models, seed, level: 0 };
    sampler.named(name)
}

struct Sampler<'m> {
    models: &'m Models,
    seed: usize,
    level: usize,
}

impl Sampler<'_> {
    fn next(&mut self) -> usize {
        self.seed += 1;
        self.seed
    }

    fn inside(&mut self, sample: impl FnOnce(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.level >= LIMIT {
            return None;
        }
        self.level += 1;
        let value = sample(self);
        self.level -= 1;
        value
    }

    fn named(&mut self, name: &str) -> Option<Value> {
        let models = self.models;
        if let Some(model) = models.structs.get(name) {
            return self.inside(|sampler| {
                let mut object = Map::new();
                for field in &model.fields {
                    if !field.required && sampler.level > DEPTH {
                        continue;
                    }
                    match sampler.value(&field.ty) {
                        Some(value) => drop(object.insert(field.key.clone(), value)),
                        None if field.required => return None,
                        None => {}
                    }
                }
                if let Some((_, ty)) = &model.extra
                    && let Some(value) = sampler.value(ty.first_argument().unwrap_or(ty))
                {
                    object.insert("anotherKey".to_owned(), value);
                }
                Some(object.into())
            });
        }
        if let Some(choice) = models.enums.get(name) {
            let index = self.next() % choice.variants.len().max(1);
            let (_, value) = choice.variants.get(index)?;
            return value
                .to_token_stream()
                .to_string()
                .parse()
                .ok()
                .or_else(|| match value {
                    syn::Lit::Str(text) => Some(text.value().into()),
                    _ => None,
                });
        }
        if let Some(union) = models.unions.get(name) {
            return self.inside(|sampler| {
                let count = union.variants.len();
                let start = sampler.next();
                (0..count).find_map(|offset| {
                    let (_, ty, tags) = &union.variants[(start + offset) % count];
                    let mut value = sampler.value(ty)?;
                    if let (Some(key), Some(object), Some(tag)) = (&union.tag, value.as_object_mut(), tags.first()) {
                        object.insert(key.clone(), tag.as_str().into());
                    }
                    Some(value)
                })
            });
        }
        let of = models.newtypes.get(name).or_else(|| models.aliases.get(name))?;
        self.inside(|sampler| sampler.value(of))
    }

    fn value(&mut self, ty: &Type) -> Option<Value> {
        if let Type::Tuple(tuple) = ty {
            return tuple.elems.iter().map(|ty| self.value(ty)).collect();
        }
        let number = self.next();
        let name = ty.last_word();
        let inner = ty.first_argument();
        Some(match (name.as_str(), inner) {
            ("String", _) => format!("A text, number {number}").into(),
            ("bool", _) => number.is_multiple_of(2).into(),
            ("i32" | "i64" | "u32" | "u64", _) => (number * 37).into(),
            ("f32" | "f64", _) => json!(number as f64 + 0.25),
            ("Value", _) => json!({"any": [number, "text", null]}),
            ("Map", _) => json!({"any": number}),
            ("Timestamp", _) => "2024-02-29T12:30:00.5Z".into(),
            ("Date", _) => "2024-02-29".into(),
            ("Time", _) => "12:30:00".into(),
            ("Base64", _) => "AQIDBAUGBwg=".into(),
            ("Box" | "Option" | "Nullable", Some(of)) => self.value(of)?,
            ("Vec", Some(of)) if self.level <= DEPTH => {
                (0..2).map_while(|_| self.inside(|sampler| sampler.value(of))).collect()
            }
            ("Vec", Some(_)) => json!([]),
            ("BTreeMap", _) => match ty
                .last_argument()
                .and_then(|of| self.inside(|sampler| sampler.value(of)))
            {
                Some(value) if self.level <= DEPTH => json!({"one key": value.clone(), "other key": value}),
                _ => json!({}),
            },
            _ => return self.named(&name),
        })
    }
}

/// Parses a type as the generator writes it.
trait Words {
    fn last_word(&self) -> String;
    fn arguments(&self) -> Vec<&Type>;
    fn first_argument(&self) -> Option<&Type> {
        self.arguments().into_iter().next()
    }
    fn last_argument(&self) -> Option<&Type> {
        self.arguments().into_iter().next_back()
    }
}

impl Words for Type {
    fn last_word(&self) -> String {
        match self {
            Type::Path(ty) => ty
                .path
                .segments
                .last()
                .map(|segment| segment.ident.to_string())
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn arguments(&self) -> Vec<&Type> {
        let Type::Path(ty) = self else { return Vec::new() };
        let Some(segment) = ty.path.segments.last() else {
            return Vec::new();
        };
        let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
            return Vec::new();
        };
        let types = arguments.args.iter().filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        });
        types.collect()
    }
}
