//! The names of models, and the files that contain them: one for each named schema, with the types nested in it.

use std::collections::{BTreeMap, HashMap};

use rayon::iter::ParallelIterator;

use crate::ir::{Origin, Shape, Type, TypeBody, TypeId, Types};
use crate::krate::{Ident, ModelFile};
use crate::plan::names::{Casing, Claim, FILE_STEMS, MODEL_TYPES, Rank, Scope, Words};
use crate::plan::types::model;

use super::component_names::{self, ComponentNames};
use super::variants::{distinguishing_words, is_numbered};

/// The length above which the name of a nested type is shortened.
const LONG: usize = 60;

/// Returns the name of every type, in the order of the types.
pub fn names(types: &Types) -> Vec<Ident> {
    let roots = ComponentNames::new(types);
    let variant_words = variant_words(types);
    let claims: Vec<Claim> = types
        .par_iter()
        .map(|(id, ty)| claim(&roots, &variant_words, id, ty))
        .collect();
    Scope::new(Casing::Pascal).without(MODEL_TYPES).idents(&claims)
}

/// The names of structs that belong to models. Models keep their names, so that a companion never renames a model.
pub struct CompanionNames {
    scope: Scope,
}

impl CompanionNames {
    /// Creates the scope of the names next to those of the models.
    pub fn new(models: &[Ident]) -> Self {
        Self {
            scope: Scope::new(Casing::Pascal).without_names(models.iter().map(Ident::as_str)),
        }
    }

    /// Returns the name of the struct with the required fields of a model.
    pub fn required_fields(&mut self, model: &Ident) -> Ident {
        let words = |end: &str| Words::of(model.as_str()).followed_by(end);
        let claim = Claim::new(Rank::Derived, model.as_str(), words("required")).or(words("required fields"));
        self.scope.ident(&claim)
    }
}

fn claim(roots: &ComponentNames<'_>, variant_words: &HashMap<TypeId, Words>, id: TypeId, ty: &Type) -> Claim {
    let words = |text: &str| Words::of(text).starting_with_letter("model");
    match &ty.origin {
        Origin::Custom(name) => {
            Claim::new(Rank::Explicit, key(name, ty), words(name)).or(words(name).followed_by("model"))
        }
        Origin::Component(name) => {
            let named = roots.words(name).starting_with_letter("model");
            let mut forms = component_names::shorter(&named).into_iter().chain([named]);
            let first = forms.next().unwrap_or_else(|| words(name));
            forms
                .fold(Claim::new(Rank::Document, key(name, ty), first), Claim::or)
                .or(words(name))
                .or(words(name).followed_by("model"))
                .or_maybe(Words::spelled_otherwise(name).map(|words| words.starting_with_letter("model")))
        }
        Origin::Shared { name, first } => {
            let path = Words::of(&first.join(" ")).starting_with_letter("model");
            let in_root = first
                .first()
                .and_then(|root| Some((root, name.strip_prefix(root.as_str())?.strip_prefix(' ')?)));
            let name = match in_root {
                Some((root, below)) => {
                    let parts = vec![roots.words_at(root, &ty.pointer), Words::of(below)];
                    join(&component_names::status_at_end_of_root(parts)).unwrap_or_else(|| Words::of(name))
                }
                None => component_names::status_at_end(Words::of(name)),
            };
            let name = name.starting_with_letter("model").dropping_middle(LONG);
            let kind = if matches!(ty.body, TypeBody::Enum(_)) {
                "value"
            } else {
                "model"
            };
            let other = name.ending_with(kind).dropping_middle(LONG);
            Claim::new(Rank::Derived, key(&first.join("/"), ty), name)
                .or(other)
                .or(path.dropping_middle(LONG))
                .or(path)
        }
        Origin::Inline(path) => inline_claim(roots, variant_words, (id, ty), path),
    }
}

fn join(parts: &[Words]) -> Option<Words> {
    parts.iter().cloned().reduce(|name, part| name.join(&part))
}

/// Returns the claim of a type without a name in the document: the path to it.
fn inline_claim(
    roots: &ComponentNames<'_>,
    variant_words: &HashMap<TypeId, Words>,
    (id, ty): (TypeId, &Type),
    path: &[String],
) -> Claim {
    let mut parts: Vec<Words> = path.iter().map(|segment| Words::of(segment)).collect();
    if let (Some(first), Some(root)) = (parts.first_mut(), path.first()) {
        *first = roots.words_at(root, &ty.pointer);
    }
    if let (Some(last), Some(words)) = (parts.last_mut(), variant_words.get(&id)) {
        *last = words.clone();
    }
    let parts = component_names::status_at_end_of_root(parts);
    let short = join(&parts).unwrap_or_else(|| Words::of(&format!("type {}", id.0)));
    let whole = Words::of(&path.join(" ")).starting_with_letter("model");
    let short = short.starting_with_letter("model");
    let key = key(&path.join("/"), ty);
    if short.pascal().len() <= LONG {
        return Claim::new(Rank::Derived, key, short).or(whole);
    }
    // The words in the middle of the path describe the type the least.
    let ends = match parts.as_slice() {
        [first, .., before, last] => join(&[first.clone(), before.clone(), last.clone()]),
        _ => None,
    };
    let ends = ends.unwrap_or_else(|| short.clone()).starting_with_letter("model");
    let claim = Claim::new(Rank::Derived, key, ends.dropping_middle(LONG));
    // The last segment alone may distinguish types whose other segments are equal.
    let last = match parts.as_slice() {
        [first, .., last] => first.filling_before(last, LONG),
        _ => None,
    };
    let claim = match last {
        Some(last) => claim.or(last.starting_with_letter("model")),
        None => claim,
    };
    claim.or(short.dropping_middle(LONG)).or(whole)
}

/// Returns the last word of the names of inline types that are variants of a union and would be numbered.
fn variant_words(types: &Types) -> HashMap<TypeId, Words> {
    let mut found = HashMap::new();
    for (_, ty) in types.iter() {
        let TypeBody::Union(union) = &ty.body else { continue };
        for (index, variant) in union.variants.iter().enumerate() {
            let Shape::Named(id) = &variant.ty.shape else { continue };
            let numbered = match &types[*id].origin {
                Origin::Inline(path) => path.last().is_some_and(|segment| is_numbered(&Words::of(segment))),
                Origin::Shared { .. } | Origin::Component(_) | Origin::Custom(_) => false,
            };
            if let Some(words) = numbered.then(|| distinguishing_words(types, union, index)).flatten() {
                found.entry(*id).or_insert(words);
            }
        }
    }
    found
}

/// Returns a unique key. Two files of a document may each have a schema of the same name.
fn key(name: &str, ty: &Type) -> String {
    format!("{name} {}", ty.pointer)
}

/// Returns the files, sorted by name, with their models. Imports are filled in later.
pub fn files(types: &Types, names: &[Ident]) -> Vec<ModelFile> {
    let mut roots: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in types.iter() {
        let list = roots.entry(path_of(ty)[0]).or_default();
        match ty.origin.is_named() {
            true => list.insert(0, id),
            false => list.push(id),
        }
    }
    let mut groups = Vec::new();
    for (root, ids) in roots {
        split(types, vec![root], ids, &mut groups);
    }
    let claims: Vec<Claim> = groups.iter().map(|group| file_claim(types, names, group)).collect();
    let modules = Scope::new(Casing::Snake).without(FILE_STEMS).idents(&claims);
    let files = modules.into_iter().zip(groups);
    let mut files: Vec<ModelFile> = files
        .map(|(module, (_, ids))| ModelFile {
            module,
            models: ids.into_iter().map(model).collect(),
            imports: Vec::new(),
            feature: None,
        })
        .collect();
    files.sort_by(|a, b| a.module.cmp(&b.module));
    files
}

/// Types that share a file, with their common path.
type FilePlan<'t> = (Vec<&'t str>, Vec<TypeId>);

/// The maximum number of models in a file that can be split.
const MAX_MODELS_PER_FILE: usize = 40;

/// The minimum number of nested models that get their own file.
const MIN_MODELS_FOR_OWN_FILE: usize = 8;

/// Splits the types at a path into files. If there are too many for one file, large groups of nested types get their
/// own.
fn split<'t>(types: &'t Types, path: Vec<&'t str>, ids: Vec<TypeId>, files: &mut Vec<FilePlan<'t>>) {
    if ids.len() <= MAX_MODELS_PER_FILE {
        files.push((path, ids));
        return;
    }
    let mut inside: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for id in &ids {
        if let Some(segment) = path_of(&types[*id]).get(path.len()) {
            inside.entry(segment).or_default().push(*id);
        }
    }
    inside.retain(|_, inner| inner.len() >= MIN_MODELS_FOR_OWN_FILE);
    let is_split = |id: &TypeId| {
        path_of(&types[*id])
            .get(path.len())
            .is_some_and(|segment| inside.contains_key(segment))
    };
    let own: Vec<TypeId> = ids.iter().copied().filter(|id| !is_split(id)).collect();
    if !own.is_empty() {
        files.push((path.clone(), own));
    }
    for (segment, ids) in inside {
        let path = path.iter().copied().chain([segment]).collect();
        split(types, path, ids, files);
    }
}

/// Returns the claim for a file's name: the name of the type at its path, otherwise the path.
fn file_claim(types: &Types, names: &[Ident], (path, ids): &FilePlan<'_>) -> Claim {
    let is_named_after = |id: &&TypeId| {
        let ty = &types[**id];
        path_of(ty) == *path && (path.len() > 1 || !matches!(ty.origin, Origin::Inline(_)))
    };
    let first = ids.iter().find(is_named_after);
    let name = first.and_then(|id| names.get(id.0 as usize));
    let name = name.map_or_else(|| path.join(" "), Ident::to_string);
    let words = component_names::status_at_end(Words::of(&name)).starting_with_letter("model");
    Claim::new(Rank::Document, path.join("/"), words).or(Words::of(&name).followed_by("model"))
}

/// Returns the path of a type: a name of the document and the segments below it.
fn path_of(ty: &Type) -> Vec<&str> {
    match &ty.origin {
        Origin::Component(name) | Origin::Custom(name) | Origin::Shared { name, .. } => vec![name],
        Origin::Inline(path) if path.is_empty() => vec!["inline"],
        Origin::Inline(path) => path.iter().map(String::as_str).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{files, names};
    use crate::ir::{Docs, Origin, Shape, Type, TypeBody, TypeRef, Types, Usage};

    /// Returns the names of the files for types at these paths, with the number of types in each.
    fn planned_files(paths: &[String]) -> Vec<(String, usize)> {
        let ty = |path: &String| Type {
            origin: match path.split_once('/') {
                None => Origin::Component(path.clone()),
                Some(_) => Origin::Inline(path.split('/').map(str::to_owned).collect()),
            },
            place: None,
            pointer: String::new(),
            docs: Docs::default(),
            member_docs: Vec::new(),
            body: TypeBody::Newtype(TypeRef::non_null(Shape::Bool)),
            usage: Usage::default(),
            xml: None,
            example: None,
            patch_of: None,
        };
        let types = Types(paths.iter().map(ty).collect());
        let files = files(&types, &names(&types));
        files
            .iter()
            .map(|file| (file.module.to_string(), file.models.len()))
            .collect()
    }

    fn many(path: &str, number: usize) -> impl Iterator<Item = String> {
        (0..number).map(move |index| format!("{path}/p{index}"))
    }

    #[test]
    fn nested_types_share_the_file_of_their_schema() {
        let paths: Vec<String> = ["Pet".to_owned(), "listPets/response".to_owned()]
            .into_iter()
            .chain(many("Pet", 39))
            .collect();
        assert_eq!(
            planned_files(&paths),
            [("list_pets".to_owned(), 1), ("pet".to_owned(), 40)]
        );
    }

    #[test]
    fn a_long_file_is_split_at_its_largest_groups() {
        let paths: Vec<String> = ["Pet".to_owned(), "Pet/diet".to_owned(), "Pet/name".to_owned()]
            .into_iter()
            .chain(many("Pet/diet", 30))
            .chain(many("Pet/name", 3))
            .chain(many("Pet/kin/cousins", 12))
            .collect();
        let files = [("pet", 5), ("pet_diet", 31), ("pet_kin", 12)];
        assert_eq!(
            planned_files(&paths),
            files.map(|(file, number)| (file.to_owned(), number))
        );
    }
}
