//! Names of models, and the files that they stand in: one for each schema with a name, with the types inside it.

use std::collections::BTreeMap;

use rayon::iter::ParallelIterator;

use crate::ir::{Origin, Type, TypeId, Types};
use crate::krate::{Ident, ModelFile};
use crate::plan::names::{Case, Claim, FILE_STEMS, MODEL_TYPES, Rank, Scope, Words};
use crate::plan::types::model;

/// The name of every type, in the order of the types.
pub fn names(types: &Types) -> Vec<Ident> {
    let claims: Vec<Claim> = types.par_iter().map(|(id, ty)| claim(id, ty)).collect();
    Scope::new(Case::Pascal).without(MODEL_TYPES).idents(&claims)
}

fn claim(id: TypeId, ty: &Type) -> Claim {
    let words = |text: &str| Words::of(text).lettered("model");
    match &ty.origin {
        Origin::Given(name) => Claim::new(Rank::Given, key(name, ty), words(name)).or(words(name).then("model")),
        Origin::Component(name) => Claim::new(Rank::Document, key(name, ty), words(name))
            .or(words(name).then("model"))
            .or(Words::spelled(name).lettered("model")),
        Origin::Inline(path) => {
            let short = path
                .iter()
                .map(|step| Words::of(step))
                .reduce(|name, step| name.join(&step));
            let short = short.unwrap_or_else(|| Words::of(&format!("type {}", id.0)));
            let whole = Words::of(&path.join(" "));
            Claim::new(Rank::Ours, key(&path.join("/"), ty), short.lettered("model")).or(whole.lettered("model"))
        }
    }
}

/// Unique: two files of a document may each have a schema of the same name.
fn key(name: &str, ty: &Type) -> String {
    format!("{name} {}", ty.pointer)
}

/// The files, by name, with the models of each; what they import is not known yet.
pub fn files(types: &Types, names: &[Ident]) -> Vec<ModelFile> {
    let mut roots: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in types.iter() {
        let list = roots.entry(root(ty)).or_default();
        match ty.origin {
            Origin::Component(_) | Origin::Given(_) => list.insert(0, id),
            Origin::Inline(_) => list.push(id),
        }
    }
    let claims: Vec<Claim> = roots
        .iter()
        .map(|(root, ids)| {
            // The file is called as the type that it is named after; where there is none, by the document's word.
            let first = ids
                .first()
                .filter(|id| !matches!(types[**id].origin, Origin::Inline(_)));
            let name = first
                .and_then(|id| names.get(id.0 as usize))
                .map_or(*root, Ident::as_str);
            Claim::new(Rank::Document, *root, Words::of(name).lettered("model")).or(Words::of(name).then("model"))
        })
        .collect();
    let modules = Scope::new(Case::Snake).without(FILE_STEMS).idents(&claims);
    let files = modules.into_iter().zip(roots.into_values());
    let mut files: Vec<ModelFile> = files
        .map(|(module, ids)| ModelFile {
            module,
            models: ids.into_iter().map(model).collect(),
            imports: Vec::new(),
            feature: None,
        })
        .collect();
    files.sort_by(|a, b| a.module.cmp(&b.module));
    files
}

fn root(ty: &Type) -> &str {
    match &ty.origin {
        Origin::Component(name) | Origin::Given(name) => name,
        Origin::Inline(path) => path.first().map_or("inline", String::as_str),
    }
}
