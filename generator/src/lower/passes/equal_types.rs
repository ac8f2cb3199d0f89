//! Equal types: types that are equal to another type become that type.
//!
//! An inline schema that equals a component becomes the component, and equal inline schemas become one type, named
//! after what they have in common (`equal_type_names`). Small types stay separate if their names have no word in common.
//! Components that are equal become aliases of one of them (`components`), so that all names of the document stay.
//! Two types are equal if their Rust types would differ only in their name, the
//! order of fields and values, the names of union variants, defaults, descriptions and examples. Types may contain
//! themselves, so all types start as candidates for equality, and classes are split until nothing distinguishes their
//! members.

mod components;
mod skeleton;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::ir::{Docs, Shape, TypeBody, TypeId, TypeRef, Usage};
use crate::lower::Lowering;
use crate::lower::passes::{equal_type_names, error_sets, prune, usage};

use components::{Component, Components};
use skeleton::Skeleton;

/// The maximum number of rounds in which classes are split. Each round compares types one level deeper.
const MAX_ROUNDS: usize = 64;

/// Replaces the types that are equal to another type.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let components = Components::new(lowering);
    let Some(EqualTypes {
        aliases,
        joined,
        mut inline,
    }) = find(&components)
    else {
        return;
    };
    let Components { reached, usages, .. } = components;
    for (alias, of) in aliases {
        let types = &mut lowering.schemas.types;
        types[alias].member_docs = own_member_docs(&types[alias].body, &types[of].body);
        types[alias].body = TypeBody::Alias(TypeRef::non_null(Shape::Named(of)));
    }
    // The types inside an alias are not used any more, so they have no influence on the names of others.
    let is_used = prune::reached(lowering);
    let is_left = |id: &TypeId| is_used[id.0 as usize] || !reached[id.0 as usize];
    inline.iter_mut().for_each(|members| members.retain(is_left));
    inline.retain(|members| members.len() > 1);
    let mut new_ids: Vec<TypeId> = (0..).map(TypeId).take(lowering.schemas.types.0.len()).collect();
    for (id, component) in joined {
        new_ids[id.0 as usize] = component;
    }
    let errors = error_sets::bodies(&lowering.api);
    for (origin, members) in equal_type_names::shared(&lowering.schemas.types, &errors, inline) {
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
    prune::renumber(lowering, &|id| new_ids.get(id.0 as usize).copied());
    keep_components(lowering, &reached, &usages);
    error_sets::merge_equal(&mut lowering.api);
}

/// Keeps the components that only replaced types refer to, so that all names of the document stay part of the SDK, and the directions in which
/// the document uses each component. `reached` and `usages` are those before types were replaced.
fn keep_components(lowering: &mut Lowering<'_>, reached: &[bool], usages: &[Usage]) {
    let (is_used, left) = rayon::join(|| prune::reached(lowering), || usage::usages(lowering));
    let components = (0..).map(TypeId).zip(&lowering.schemas.types.0);
    let changed = components.filter(|(id, ty)| {
        let index = id.0 as usize;
        ty.origin.is_named() && reached[index] && !(is_used[index] && usage::includes(left[index], usages[index]))
    });
    lowering.equal_components = changed.map(|(id, _)| (id, usages[id.0 as usize])).collect();
}

/// Returns the documentation of properties and values whose descriptions differ from those in the type of which this one becomes an alias.
fn own_member_docs(alias: &TypeBody, of: &TypeBody) -> Vec<(String, Docs)> {
    let others: FxHashMap<&str, Docs> = member_docs(of).into_iter().collect();
    let differs = |(wire, docs): &(&str, Docs)| {
        let other = others.get(wire).and_then(|other| other.description.as_ref());
        docs.description.is_some() && docs.description.as_ref() != other
    };
    let own = member_docs(alias).into_iter().filter(differs);
    own.map(|(wire, docs)| (wire.to_owned(), docs)).collect()
}

/// Returns the documentation of the properties or values of a type.
fn member_docs(body: &TypeBody) -> Vec<(&str, Docs)> {
    match body {
        TypeBody::Struct(body) => {
            let fields = body.fields.iter();
            fields.map(|field| (field.wire.as_str(), field.docs.clone())).collect()
        }
        TypeBody::Enum(body) => {
            let values = body.values.iter().map(|value| {
                let docs = Docs {
                    description: value.description.clone(),
                    ..Docs::default()
                };
                (value.wire.as_str(), docs)
            });
            values.collect()
        }
        TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => Vec::new(),
    }
}

/// The types that are equal to another one.
struct EqualTypes {
    /// The components that become aliases of other components.
    aliases: Vec<(TypeId, TypeId)>,
    /// The inline types that become components.
    joined: Vec<(TypeId, TypeId)>,
    /// The classes of other equal inline types with more than one member.
    inline: Vec<Vec<TypeId>>,
}

fn find(components: &Components<'_>) -> Option<EqualTypes> {
    let types = components.types;
    let skeletons: Vec<Skeleton> = types.0.par_iter().map(|ty| Skeleton::new(types, ty)).collect();
    let mut texts: FxHashMap<&str, u32> = FxHashMap::default();
    let first = skeletons
        .iter()
        .map(|skeleton| number(&mut texts, skeleton.text.as_str()));
    let classes = split(&skeletons, first.collect())?;
    let (classes, found) = split_by_component(components, &skeletons, classes)?;
    let (mut aliases, mut joined) = (Vec::new(), Vec::new());
    let mut inline: FxHashMap<u32, Vec<TypeId>> = FxHashMap::default();
    for (((id, ty), class), component) in types.iter().zip(&classes).zip(&found) {
        match component {
            Some(Component { name, of }) if *name == id && *of != id => aliases.push((id, *of)),
            Some(Component { name, .. }) if *name != id => joined.push((id, *name)),
            Some(_) => {}
            None if matches!(ty.body, TypeBody::Alias(_)) => {}
            None => inline.entry(*class).or_default().push(id),
        }
    }
    let mut inline: Vec<Vec<TypeId>> = inline.into_values().filter(|members| members.len() > 1).collect();
    inline.sort_unstable();
    Some(EqualTypes {
        aliases,
        joined,
        inline,
    })
}

/// Splits classes until the types in each become the same component or none, and refer to types of the same classes. Equal components
/// that stay apart are different types, and so are the types that refer to them. `None` if that takes too many rounds.
fn split_by_component(
    components: &Components<'_>,
    skeletons: &[Skeleton],
    mut classes: Vec<u32>,
) -> Option<(Vec<u32>, Vec<Option<Component>>)> {
    for _ in 0..MAX_ROUNDS {
        let count = classes.iter().max().copied();
        let found = components.of_types(&classes);
        let mut keys: FxHashMap<(u32, Option<TypeId>), u32> = FxHashMap::default();
        let keyed = classes.iter().zip(&found);
        let keyed = keyed.map(|(class, found)| number(&mut keys, (*class, found.map(|component| component.of))));
        classes = split(skeletons, keyed.collect())?;
        if classes.iter().max().copied() == count {
            return Some((classes, found));
        }
    }
    None
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
