//! Models: the types of the document as Rust types.
//!
//! In: the types of [`Api`]. Out: a [`Model`] under the same index for each type, and the files that contain them.
//! Every model has a finite empty value, and every union knows how its variants are found.

mod alias_docs;
mod component_names;
mod empty_values;
mod generics;
mod names;
mod records;
mod unions;
mod variants;

pub use records::{MAX_ARGUMENTS, by_wire};

use rayon::prelude::*;

use crate::ir::{self, Api, Type, TypeBody, TypeId};
use crate::krate::{
    self, Doc, Enum, EnumVariant, Example, Ident, Model, ModelBody, ModelFile, ModelId, ModelSnippets, TypeExpr,
    WireName,
};
use crate::plan::examples::ExampleBuilder;
use crate::plan::names::{Casing, Claim, Rank, Scope, Words};
use crate::plan::sizes::Sizes;
use crate::plan::types;
use crate::plan::{doc_text, prose};

/// Plans all models, under the indices of their types, and the files of the models with their imports.
pub fn models_and_files(api: &Api, sizes: &Sizes) -> (Vec<Model>, Vec<ModelFile>) {
    let names = names::names(&api.types);
    let (models, files) = rayon::join(|| models(api, &names, sizes), || names::files(&api.types, &names));
    let files = with_imports(files, &models);
    (models, files)
}

fn models(api: &Api, names: &[Ident], sizes: &Sizes) -> Vec<Model> {
    let empty_values = empty_values::empty_values(&api.types);
    // Structs come last, because their constants may be values of the other types.
    let mut bodies: Vec<Option<ModelBody>> = api
        .types
        .par_iter()
        .zip(names)
        .map(|((id, ty), name)| simple_body(api, sizes, &empty_values, id, ty, name))
        .collect();
    let records: Vec<Option<ModelBody>> = api
        .types
        .par_iter()
        .map(|(id, ty)| match &ty.body {
            TypeBody::Struct(record) => {
                let examples = ExampleBuilder::new(api, &bodies);
                let record = records::record(&examples, sizes, &empty_values, id, ty.usage, record);
                Some(ModelBody::Record(record))
            }
            TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
        })
        .collect();
    for (body, record) in bodies.iter_mut().zip(records) {
        *body = body.take().or(record);
    }
    records::set_required_fields(&mut bodies, names);
    let examples: Vec<Option<Example>> = api
        .types
        .par_iter()
        .map(|(id, ty)| {
            let examples = ExampleBuilder::new(api, &bodies);
            let wanted = ty.example.as_ref().filter(|_| ty.usage.request);
            let named = ir::TypeRef::non_null(ir::Shape::Named(id));
            wanted.and_then(|example| examples.owned(&named, example))
        })
        .collect();
    let member_docs = api.types.par_iter().map(|(_, ty)| alias_docs::members(&bodies, ty));
    let member_docs: Vec<Option<String>> = member_docs.collect();
    let parts = api
        .types
        .par_iter()
        .zip(names)
        .zip(bodies.into_par_iter().zip(examples));
    let models =
        parts.filter_map(|(((_, ty), name), (body, construct))| Some(model(ty, names, name, body?, construct)));
    let mut models: Vec<Model> = models.collect();
    for (model, docs) in models.iter_mut().zip(member_docs) {
        docs.iter().for_each(|docs| add_paragraph(&mut model.doc, docs));
    }
    models
}

fn simple_body(
    api: &Api,
    sizes: &Sizes,
    empty_values: &empty_values::EmptyValues,
    id: TypeId,
    ty: &Type,
    name: &Ident,
) -> Option<ModelBody> {
    match &ty.body {
        TypeBody::Struct(_) => None,
        TypeBody::Enum(values) => Some(ModelBody::Enum(enumeration(values))),
        TypeBody::Union(union) => Some(ModelBody::Union(unions::union(
            api,
            sizes,
            &Words::of(name.as_str()),
            empty_values.variants[id.0 as usize],
            union,
        ))),
        TypeBody::Alias(of) => Some(ModelBody::Alias(types::expr(of))),
        TypeBody::Newtype(of) => Some(ModelBody::Newtype(types::expr(of))),
    }
}

fn model(ty: &Type, names: &[Ident], name: &Ident, body: ModelBody, construct: Option<Example>) -> Model {
    let mut doc = match ty.patch_of {
        Some(original) => prose::merge_patch(names[original.0 as usize].as_str()),
        None => doc_text::doc_of_named(&ty.docs, &[name.as_str()]),
    };
    if let ModelBody::Alias(TypeExpr::Model(of)) = &body
        && doc.summary.as_str().is_empty()
    {
        doc.summary = prose::alias(names[of.0].as_str());
    }
    if let (TypeBody::Union(source), ModelBody::Union(union)) = (&ty.body, &body) {
        add_ambiguous(&mut doc, source, union);
    }
    Model {
        name: name.clone(),
        pointer: ty.pointer.clone(),
        doc,
        body,
        sent: ty.usage.request,
        received: ty.usage.response,
        example: ty.example.clone(),
        construct,
        snippets: ModelSnippets::default(),
    }
}

/// Adds the imports to the files of the models.
fn with_imports(mut files: Vec<ModelFile>, models: &[Model]) -> Vec<ModelFile> {
    files.par_iter_mut().for_each(|file| {
        let mut used = Vec::new();
        for id in &file.models {
            referenced_models(&models[id.0], &mut used);
        }
        used.retain(|id| !file.models.contains(id));
        used.sort_by(|a, b| models[a.0].name.cmp(&models[b.0].name));
        used.dedup();
        file.imports = used;
    });
    files
}

/// Appends the models that a model refers to.
pub fn referenced_models(model: &Model, found: &mut Vec<ModelId>) {
    match &model.body {
        ModelBody::Record(record) => {
            for field in &record.fields {
                field.ty.models(found);
                // The type of a field can be an alias of the enum whose variant is its constant.
                if let Some(Example::Variant(model, _)) = &field.constant {
                    found.push(*model);
                }
            }
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
        let words = Words::of(value.custom_name.as_deref().unwrap_or(&value.wire)).starting_with_letter("value");
        let rank = if value.custom_name.is_some() {
            Rank::Explicit
        } else {
            Rank::Document
        };
        let spelled = match &value.custom_name {
            Some(_) => Some(Words::spelled(&value.wire)),
            None => Words::spelled_otherwise(&value.wire),
        };
        Claim::new(rank, &value.wire, words.clone())
            .or_maybe(spelled.map(|words| words.starting_with_letter("value")))
            .or(words.followed_by("value"))
    });
    let mut scope = Scope::new(Casing::Pascal).without(&["Self"]);
    let names = scope.idents(&claims.collect::<Vec<_>>());
    let other = Claim::new(Rank::Derived, "other", Words::of("other")).or(Words::of("unlisted"));
    Enum {
        base: values.base,
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
                    doc = Doc::from_summary(if is_blank {
                        "An empty string.".to_owned()
                    } else {
                        prose::enum_value(&value.wire)
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

/// Returns a text as a code span.
pub fn code(text: &str) -> String {
    let text = doc_text::single_line(text);
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Names the variants that a value can match equally well.
fn add_ambiguous(doc: &mut Doc, source: &ir::Union, union: &krate::Union) {
    let names = source.ambiguous.iter().filter_map(|index| union.variants.get(*index));
    let names: Vec<String> = names.map(|variant| format!("`{}`", variant.name)).collect();
    let Some((last, before)) = names.split_last() else {
        return;
    };
    let listed = match before.len() {
        1..=4 => format!("{} and {last}", before.join(", ")),
        _ => "several variants".to_owned(),
    };
    add_paragraph(
        doc,
        &format!("A value that matches {listed} equally well is read as the first of them."),
    );
}

/// Appends a paragraph to a doc.
pub fn add_paragraph(doc: &mut Doc, text: &str) {
    let body = &doc.body;
    doc.body = krate::Markdown::from_safe_text(if body.is_empty() {
        text.to_owned()
    } else {
        format!("{body}\n\n{text}")
    });
}
