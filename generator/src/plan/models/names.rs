//! The names of models, and the files that contain them: one for each named schema, with the types nested in it.

use std::collections::BTreeMap;

use rayon::iter::ParallelIterator;

use crate::ir::{Origin, Type, TypeId, Types};
use crate::krate::{Ident, ModelFile};
use crate::plan::names::{Case, Claim, FILE_STEMS, MODEL_TYPES, Rank, Scope, Words};
use crate::plan::types::model;

/// Returns the name of every type, in the order of the types.
pub fn names(types: &Types) -> Vec<Ident> {
    let claims: Vec<Claim> = types.par_iter().map(|(id, ty)| claim(id, ty)).collect();
    Scope::new(Case::Pascal).without(MODEL_TYPES).idents(&claims)
}

fn claim(id: TypeId, ty: &Type) -> Claim {
    let words = |text: &str| Words::of(text).starting_with_letter("model");
    match &ty.origin {
        Origin::Custom(name) => Claim::new(Rank::Explicit, key(name, ty), words(name)).or(words(name).then("model")),
        Origin::Component(name) => Claim::new(Rank::Document, key(name, ty), words(name))
            .or(words(name).then("model"))
            .or(Words::spelled(name).starting_with_letter("model")),
        Origin::Inline(path) => {
            let short = path
                .iter()
                .map(|step| Words::of(step))
                .reduce(|name, step| name.join(&step));
            let short = short.unwrap_or_else(|| Words::of(&format!("type {}", id.0)));
            let whole = Words::of(&path.join(" "));
            Claim::new(
                Rank::Derived,
                key(&path.join("/"), ty),
                short.starting_with_letter("model"),
            )
            .or(whole.starting_with_letter("model"))
        }
    }
}

/// Returns a unique key. Two files of a document may each have a schema of the same name.
fn key(name: &str, ty: &Type) -> String {
    format!("{name} {}", ty.pointer)
}

/// Returns the files, sorted by name, with their models. Imports are filled in later.
pub fn files(types: &Types, names: &[Ident]) -> Vec<ModelFile> {
    let mut roots: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in types.iter() {
        let list = roots.entry(steps(ty)[0]).or_default();
        match ty.origin {
            Origin::Component(_) | Origin::Custom(_) => list.insert(0, id),
            Origin::Inline(_) => list.push(id),
        }
    }
    let mut groups = Vec::new();
    for (root, ids) in roots {
        split(types, vec![root], ids, &mut groups);
    }
    let claims: Vec<Claim> = groups.iter().map(|group| file_claim(types, names, group)).collect();
    let modules = Scope::new(Case::Snake).without(FILE_STEMS).idents(&claims);
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
type Group<'t> = (Vec<&'t str>, Vec<TypeId>);

/// The maximum number of models in a file that can be split.
const MAX_MODELS_PER_FILE: usize = 40;

/// The minimum number of nested models that get their own file.
const MIN_MODELS_FOR_OWN_FILE: usize = 8;

/// Splits the types at a path into files. If there are too many for one file, large groups of nested types get their
/// own.
fn split<'t>(types: &'t Types, place: Vec<&'t str>, ids: Vec<TypeId>, files: &mut Vec<Group<'t>>) {
    if ids.len() <= MAX_MODELS_PER_FILE {
        files.push((place, ids));
        return;
    }
    let mut inside: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for id in &ids {
        if let Some(step) = steps(&types[*id]).get(place.len()) {
            inside.entry(step).or_default().push(*id);
        }
    }
    inside.retain(|_, inner| inner.len() >= MIN_MODELS_FOR_OWN_FILE);
    let is_split = |id: &TypeId| {
        steps(&types[*id])
            .get(place.len())
            .is_some_and(|step| inside.contains_key(step))
    };
    let own: Vec<TypeId> = ids.iter().copied().filter(|id| !is_split(id)).collect();
    if !own.is_empty() {
        files.push((place.clone(), own));
    }
    for (step, ids) in inside {
        let place = place.iter().copied().chain([step]).collect();
        split(types, place, ids, files);
    }
}

/// Returns the claim for a file's name: the name of the type at its path, or else the path.
fn file_claim(types: &Types, names: &[Ident], (place, ids): &Group<'_>) -> Claim {
    let is_named_after = |id: &&TypeId| {
        let ty = &types[**id];
        steps(ty) == *place && (place.len() > 1 || !matches!(ty.origin, Origin::Inline(_)))
    };
    let first = ids.iter().find(is_named_after);
    let name = first.and_then(|id| names.get(id.0 as usize));
    let name = name.map_or_else(|| place.join(" "), Ident::to_string);
    Claim::new(
        Rank::Document,
        place.join("/"),
        Words::of(&name).starting_with_letter("model"),
    )
    .or(Words::of(&name).then("model"))
}

/// Returns the path of a type: a name of the document and the steps below it.
fn steps(ty: &Type) -> Vec<&str> {
    match &ty.origin {
        Origin::Component(name) | Origin::Custom(name) => vec![name],
        Origin::Inline(path) if path.is_empty() => vec!["inline"],
        Origin::Inline(path) => path.iter().map(String::as_str).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{files, names};
    use crate::ir::{Docs, Origin, Shape, Type, TypeBody, TypeRef, Types, Usage};

    /// Returns the names of the files for types at these paths, with the number of types in each.
    fn planned_files(places: &[String]) -> Vec<(String, usize)> {
        let ty = |place: &String| Type {
            origin: match place.split_once('/') {
                None => Origin::Component(place.clone()),
                Some(_) => Origin::Inline(place.split('/').map(str::to_owned).collect()),
            },
            place: None,
            pointer: String::new(),
            docs: Docs::default(),
            body: TypeBody::Newtype(TypeRef::non_null(Shape::Bool)),
            usage: Usage::default(),
            example: None,
        };
        let types = Types(places.iter().map(ty).collect());
        let files = files(&types, &names(&types));
        files
            .iter()
            .map(|file| (file.module.to_string(), file.models.len()))
            .collect()
    }

    fn many(place: &str, number: usize) -> impl Iterator<Item = String> {
        (0..number).map(move |index| format!("{place}/p{index}"))
    }

    #[test]
    fn nested_types_share_the_file_of_their_schema() {
        let places: Vec<String> = ["Pet".to_owned(), "listPets/response".to_owned()]
            .into_iter()
            .chain(many("Pet", 39))
            .collect();
        assert_eq!(
            planned_files(&places),
            [("list_pets".to_owned(), 1), ("pet".to_owned(), 40)]
        );
    }

    #[test]
    fn a_long_file_is_split_at_its_largest_groups() {
        let places: Vec<String> = ["Pet".to_owned(), "Pet/diet".to_owned(), "Pet/name".to_owned()]
            .into_iter()
            .chain(many("Pet/diet", 30))
            .chain(many("Pet/name", 3))
            .chain(many("Pet/kin/cousins", 12))
            .collect();
        let files = [("pet", 5), ("pet_diet", 31), ("pet_kin", 12)];
        assert_eq!(
            planned_files(&places),
            files.map(|(file, number)| (file.to_owned(), number))
        );
    }
}
