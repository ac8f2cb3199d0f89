//! Models: what becomes of the document's types.
//!
//! In: the types of [`Api`]. Out: one [`Model`] for each, under the same index, and the files that they stand in. Every
//! model has a vacant value that can be made; every union knows how it is read.

mod names;
mod records;
mod unions;
mod vacant;

pub use records::by_wire;

use rayon::prelude::*;

use crate::ir::{self, Api, Type, TypeBody, TypeId};
use crate::krate::{
    self, Doc, Enum, EnumVariant, Example, Ident, Model, ModelBody, ModelFile, ModelId, TypeExpr, WireName,
};
use crate::plan::doc_text;
use crate::plan::examples::Maker;
use crate::plan::names::{Case, Claim, Rank, Scope, Words};
use crate::plan::sizes::Sizes;
use crate::plan::types;

/// The names of all models.
pub fn names(api: &Api) -> Vec<Ident> {
    names::names(&api.types)
}

/// All models, under the indices of their types.
pub fn models(api: &Api, names: &[Ident], sizes: &Sizes) -> Vec<Model> {
    let vacancies = vacant::vacancies(&api.types);
    // All but structs first: a struct's constants are values of the others.
    let mut bodies: Vec<Option<ModelBody>> = api
        .types
        .par_iter()
        .map(|(id, ty)| simple_body(api, sizes, &vacancies, id, ty))
        .collect();
    let records: Vec<Option<ModelBody>> = api
        .types
        .par_iter()
        .map(|(id, ty)| match &ty.body {
            TypeBody::Struct(record) => {
                let maker = Maker::new(api, &bodies);
                let record = records::record(&maker, sizes, &vacancies, id, ty.usage, record);
                Some(ModelBody::Record(record))
            }
            TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
        })
        .collect();
    for (body, record) in bodies.iter_mut().zip(records) {
        *body = body.take().or(record);
    }
    let examples: Vec<Option<Example>> = api
        .types
        .par_iter()
        .map(|(id, ty)| {
            let maker = Maker::new(api, &bodies);
            let wanted = ty.example.as_ref().filter(|_| ty.usage.request);
            let named = ir::TypeRef::non_null(ir::Shape::Named(id));
            wanted.and_then(|example| maker.owned(&named, example))
        })
        .collect();
    let parts = api
        .types
        .par_iter()
        .zip(names)
        .zip(bodies.into_par_iter().zip(examples));
    parts
        .filter_map(|(((_, ty), name), (body, construct))| Some(model(ty, name, body?, construct)))
        .collect()
}

fn simple_body(api: &Api, sizes: &Sizes, vacancies: &vacant::Vacancies, id: TypeId, ty: &Type) -> Option<ModelBody> {
    match &ty.body {
        TypeBody::Struct(_) => None,
        TypeBody::Enum(values) => Some(ModelBody::Enum(enumeration(values))),
        TypeBody::Union(union) => Some(ModelBody::Union(unions::union(
            api,
            sizes,
            vacancies.variants[id.0 as usize],
            union,
        ))),
        TypeBody::Alias(of) => Some(ModelBody::Alias(types::expr(of))),
        TypeBody::Newtype(of) => Some(ModelBody::Newtype(types::expr(of))),
    }
}

fn model(ty: &Type, name: &Ident, body: ModelBody, construct: Option<Example>) -> Model {
    Model {
        name: name.clone(),
        pointer: ty.pointer.clone(),
        doc: doc_text::doc(&ty.docs, || capitalised(&Words::of(name.as_str()))),
        body,
        sent: ty.usage.request,
        received: ty.usage.response,
        example: ty.example.clone(),
        construct,
        used_by: Vec::new(),
    }
}

/// The files of the models, with what they import.
pub fn files(api: &Api, names: &[Ident], models: &[Model]) -> Vec<ModelFile> {
    let mut files = names::files(&api.types, names);
    for file in &mut files {
        let mut used = Vec::new();
        for id in &file.models {
            mentioned(&models[id.0], &mut used);
        }
        used.retain(|id| !file.models.contains(id));
        used.sort_by(|a, b| models[a.0].name.cmp(&models[b.0].name));
        used.dedup();
        file.imports = used;
    }
    files
}

/// The models that a model speaks of.
pub fn mentioned(model: &Model, found: &mut Vec<ModelId>) {
    match &model.body {
        ModelBody::Record(record) => {
            record.fields.iter().for_each(|field| field.ty.models(found));
            if let Some(extra) = &record.extra {
                extra.value.models(found);
            }
        }
        ModelBody::Union(union) => union.variants.iter().for_each(|variant| variant.ty.models(found)),
        ModelBody::Alias(of) | ModelBody::Newtype(of) => of.models(found),
        ModelBody::Enum(_) => {}
    }
}

fn enumeration(values: &ir::Enum) -> Enum {
    let claims = values.values.iter().map(|value| {
        let words = Words::of(value.custom_name.as_deref().unwrap_or(&value.wire)).lettered("value");
        let rank = if value.custom_name.is_some() {
            Rank::Given
        } else {
            Rank::Document
        };
        let spelled = Words::spelled(&value.wire).lettered("value");
        Claim::new(rank, &value.wire, words.clone())
            .or(spelled)
            .or(words.then("value"))
    });
    let mut scope = Scope::new(Case::Pascal).without(&["Self"]);
    let names = scope.idents(&claims.collect::<Vec<_>>());
    let other = Claim::new(Rank::Ours, "other", Words::of("other")).or(Words::of("unlisted"));
    Enum {
        base: match values.base {
            ir::EnumBase::Text => krate::EnumBase::Text,
            ir::EnumBase::Int => krate::EnumBase::Int,
        },
        other: values.open.then(|| scope.ident(&other)),
        variants: values
            .values
            .iter()
            .zip(names)
            .map(|(value, name)| {
                let docs = ir::Docs {
                    description: value.description.clone(),
                    ..ir::Docs::default()
                };
                let mut doc = doc_text::doc(&docs, String::new);
                if doc.summary.is_empty() && doc.body.is_empty() {
                    let is_blank = value.wire.trim().is_empty();
                    doc = Doc::line(if is_blank {
                        "An empty string.".to_owned()
                    } else {
                        code(&value.wire)
                    });
                }
                EnumVariant {
                    name,
                    wire: WireName::new(&value.wire),
                    doc,
                }
            })
            .collect(),
    }
}

/// A value as a code span.
pub fn code(text: &str) -> String {
    let text = doc_text::plain_line(text);
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The words of a name as the beginning of a sentence.
pub fn capitalised(words: &Words) -> String {
    let text = words.spaced();
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// Adds a paragraph to a doc.
pub fn add_paragraph(doc: &mut Doc, text: &str) {
    let body = &doc.body;
    doc.body = krate::Markdown::safe(if body.is_empty() {
        text.to_owned()
    } else {
        format!("{body}\n\n{text}")
    });
}

/// Whether a type is a struct, to the compiler.
pub fn is_record(types: &ir::Types, ty: &TypeExpr) -> bool {
    let TypeExpr::Model(id) = ty else { return false };
    let shape = ir::Shape::Named(TypeId(u32::try_from(id.0).unwrap_or(u32::MAX)));
    matches!(types::resolve(types, &shape), ir::Shape::Named(id) if matches!(types[*id].body, TypeBody::Struct(_)))
}
