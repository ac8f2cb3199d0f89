//! Equal types: types that are equal to another type become that type.
//!
//! An inline schema that equals a component becomes the component, and equal inline schemas become one type, named
//! after what they have in common (`equal_type_names`). Small types stay separate if their names have no word in common.
//! A component that equals another one becomes an alias of it if their names are similar. Otherwise they stay separate
//! types, because the document names them. Two types are equal if their Rust types would differ only in their name, the
//! order of fields and values, the names of union variants, defaults, descriptions and examples. Types may contain
//! themselves, so all types start as candidates for equality, and classes are split until nothing distinguishes their
//! members.

mod skeleton;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{BodyKind, Content, Docs, Origin, Shape, TypeBody, TypeId, TypeRef, Types};
use crate::lower::Lowering;
use crate::lower::passes::{equal_type_names, error_sets, prune};
use crate::wire::MediaType;

use skeleton::Skeleton;

/// The maximum number of rounds in which classes are split. Each round compares types one level deeper.
const MAX_ROUNDS: usize = 64;

/// The maximum number of equal components with which the name of another one is compared. More equal components with
/// different names occur only in generated documents, and comparing all of them would take quadratic time.
const MAX_COMPARED: usize = 128;

/// Replaces the types that are equal to another type.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let xml_roots = xml_roots(lowering);
    let types = &lowering.schemas.types;
    let Some(EqualTypes { classes, aliases }) = find(types, &xml_roots) else {
        return;
    };
    let mut new_ids: Vec<TypeId> = (0..).map(TypeId).take(types.0.len()).collect();
    let mut unnamed = Vec::new();
    for members in classes {
        let (named, inline): (Vec<TypeId>, Vec<TypeId>) = members.into_iter().partition(|id| is_named(types, *id));
        match named.first() {
            Some(component) => {
                let joining = inline
                    .iter()
                    .filter(|id| equal_type_names::may_join(types, **id, *component));
                joining.for_each(|id| new_ids[id.0 as usize] = *component);
            }
            None => unnamed.push(inline),
        }
    }
    for (origin, members) in equal_type_names::shared(types, unnamed) {
        let Some(first) = members.first().copied() else {
            continue;
        };
        members.iter().for_each(|id| new_ids[id.0 as usize] = first);
        let types = &mut lowering.schemas.types;
        if members.iter().any(|id| types[*id].docs != types[first].docs) {
            // The description of one place is wrong for the others. The fields that refer to the type have the
            // description, too.
            let deprecated = types[first].docs.deprecated.take();
            types[first].docs = Docs {
                deprecated,
                ..Docs::default()
            };
        }
        types[first].origin = origin;
    }
    for (alias, of) in aliases {
        lowering.schemas.types[alias].body = TypeBody::Alias(TypeRef::non_null(Shape::Named(of)));
    }
    prune::renumber(lowering, &|id| new_ids.get(id.0 as usize).copied());
    error_sets::merge_equal(&mut lowering.api);
}

/// Returns whether the document or the configuration names a type.
fn is_named(types: &Types, id: TypeId) -> bool {
    match types[id].origin {
        Origin::Component(_) | Origin::Custom(_) => true,
        Origin::Inline(_) | Origin::Shared { .. } => false,
    }
}

/// The types that are equal to another one.
struct EqualTypes {
    /// The classes of equal types with more than one member, each with at most one named type.
    classes: Vec<Vec<TypeId>>,
    /// The named types that become aliases of other named types.
    aliases: Vec<(TypeId, TypeId)>,
}

fn find(types: &Types, xml_roots: &FxHashSet<TypeId>) -> Option<EqualTypes> {
    let skeletons: Vec<Skeleton> = types.iter().map(|(_, ty)| Skeleton::new(types, ty)).collect();
    let mut texts: FxHashMap<&str, u32> = FxHashMap::default();
    let first = skeletons
        .iter()
        .map(|skeleton| number(&mut texts, skeleton.text.as_str()));
    let classes = split(&skeletons, first.collect())?;
    // Equal components whose names are not similar are different types, and so are the types that refer to different ones.
    let mut keys: FxHashMap<(u32, Option<TypeId>), u32> = FxHashMap::default();
    let representatives = representatives(types, xml_roots, &classes);
    let keyed = classes
        .iter()
        .zip(&representatives)
        .map(|(class, representative)| number(&mut keys, (*class, *representative)));
    let classes = split(&skeletons, keyed.collect())?;
    let mut members: FxHashMap<u32, Vec<TypeId>> = FxHashMap::default();
    for ((id, ty), class) in types.iter().zip(&classes) {
        if !matches!(ty.body, TypeBody::Alias(_)) && !xml_roots.contains(&id) {
            members.entry(*class).or_default().push(id);
        }
    }
    let aliases = (0..)
        .map(TypeId)
        .zip(&representatives)
        .filter_map(|(id, representative)| Some((id, (*representative)?)));
    let class_of = |id: TypeId| classes[id.0 as usize];
    let aliases: Vec<(TypeId, TypeId)> = aliases
        .filter(|(id, of)| id != of && is_named(types, *id) && class_of(*id) == class_of(*of))
        .collect();
    let is_alias: FxHashSet<TypeId> = aliases.iter().map(|(id, _)| *id).collect();
    members
        .values_mut()
        .for_each(|members| members.retain(|id| !is_alias.contains(id)));
    let mut classes: Vec<Vec<TypeId>> = members.into_values().filter(|members| members.len() > 1).collect();
    classes.sort_unstable();
    Some(EqualTypes { classes, aliases })
}

/// Returns the named type that represents each type: for a named type itself, or an equal one with a similar name; for
/// an inline type the only one that it equals, or the one with a similar name.
fn representatives(types: &Types, xml_roots: &FxHashSet<TypeId>, classes: &[u32]) -> Vec<Option<TypeId>> {
    let mut named: FxHashMap<u32, Vec<TypeId>> = FxHashMap::default();
    for ((id, ty), class) in types.iter().zip(classes) {
        if is_named(types, id) && !matches!(ty.body, TypeBody::Alias(_)) && !xml_roots.contains(&id) {
            named.entry(*class).or_default().push(id);
        }
    }
    let mut representatives: Vec<Option<TypeId>> = (0..)
        .map(TypeId)
        .zip(classes)
        .map(|(id, _)| xml_roots.contains(&id).then_some(id))
        .collect();
    for components in named.values_mut() {
        components.sort_by_key(|id| (equal_type_names::word_count(types, *id), *id));
        let mut distinct: Vec<TypeId> = Vec::new();
        for id in components.iter() {
            let similar = distinct
                .iter()
                .take(MAX_COMPARED)
                .copied()
                .find(|before| equal_type_names::may_alias(types, *id, *before));
            representatives[id.0 as usize] = Some(similar.unwrap_or(*id));
            if similar.is_none() {
                distinct.push(*id);
            }
        }
        *components = distinct;
    }
    for ((id, ty), class) in types.iter().zip(classes) {
        if representatives[id.0 as usize].is_some() || matches!(ty.body, TypeBody::Alias(_)) {
            continue;
        }
        representatives[id.0 as usize] = match named.get(class).map(Vec::as_slice) {
            None | Some([]) => None,
            Some([single]) => Some(*single),
            Some(several) => several
                .iter()
                .take(MAX_COMPARED)
                .copied()
                .find(|other| equal_type_names::is_similar(types, id, *other)),
        };
    }
    representatives
}

/// Splits classes until the types in each refer to types of the same classes. `None` if that takes too many rounds.
fn split(skeletons: &[Skeleton], mut classes: Vec<u32>) -> Option<Vec<u32>> {
    let mut count = 0;
    for _ in 0..MAX_ROUNDS {
        let mut keys: FxHashMap<(u32, Vec<u32>), u32> = FxHashMap::default();
        let next = skeletons.iter().zip(&classes).map(|(skeleton, class)| {
            let references = skeleton.references.iter().map(|id| classes[id.0 as usize]);
            number(&mut keys, (*class, references.collect()))
        });
        let next: Vec<u32> = next.collect();
        if keys.len() == count {
            return Some(next);
        }
        count = keys.len();
        classes = next;
    }
    None
}

/// Returns the number of a key: the one that it has, or the next one.
fn number<K: Eq + std::hash::Hash>(numbers: &mut FxHashMap<K, u32>, key: K) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(key).or_insert(next)
}

/// Returns the types of XML documents. The names of their elements may depend on the names of the types.
fn xml_roots(lowering: &Lowering<'_>) -> FxHashSet<TypeId> {
    let mut roots = FxHashSet::default();
    let mut add = |media_type: &MediaType, ty: &TypeRef| {
        if let (true, Shape::Named(id)) = (media_type.is_xml(), &ty.shape) {
            roots.insert(*id);
        }
    };
    for operation in &lowering.api.operations {
        for format in operation.body.iter().flat_map(|body| &body.formats) {
            if let BodyKind::Json(ty) = &format.kind {
                add(&format.media_type, ty);
                format.also.iter().for_each(|also| add(also, ty));
            }
        }
        let others = operation.success.representations.iter().map(|other| &other.content);
        let cases = operation.success.cases.iter().map(|case| &case.content);
        for content in cases.chain(others).chain([&operation.success.content]) {
            if let Content::Json { media_type, ty, .. } = content {
                add(media_type, ty);
            }
        }
    }
    roots
}
