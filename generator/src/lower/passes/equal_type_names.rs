//! Names of types that several equal schemas share, and which schemas may share one.
//!
//! Schemas in one component or operation are named after it: `[Order, billing address]` and `[Order, shipping address]` share
//! `OrderAddress`. Others are named after the property that they have in common, or the words of their names. Small types that
//! have no word in common, such as bodies with only a `name`, stay apart: a shared name would describe none of them.

mod candidates;
mod common;
mod components;
mod forms;

pub(in crate::lower) use components::{ComponentNames, distinguishing_words, is_variant, may_join, most_similar};

use std::collections::BTreeSet;

use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use common::{common_subsequence, common_suffix};

use crate::ir::{Origin, Shape, TypeBody, TypeId, Types, singular, words};

use candidates::Candidates;

/// Words that describe where a type occurs, not what it is.
const POSITIONS: &[&str] = &[
    "item", "items", "value", "values", "request", "response", "content", "list", "by", "payload",
];

/// Words that describe a type only together with the word before them.
const GENERIC: &[&str] = &[
    "attributes",
    "body",
    "code",
    "config",
    "configuration",
    "data",
    "details",
    "entry",
    "error",
    "errors",
    "field",
    "fields",
    "filter",
    "id",
    "info",
    "input",
    "kind",
    "link",
    "links",
    "meta",
    "metadata",
    "mode",
    "name",
    "object",
    "options",
    "order",
    "output",
    "params",
    "properties",
    "query",
    "result",
    "results",
    "role",
    "settings",
    "sort",
    "source",
    "spec",
    "state",
    "status",
    "target",
    "type",
    "update",
    "version",
];

/// Verbs at the start of the names of operations.
const VERBS: &[&str] = &[
    "add", "archive", "cancel", "create", "delete", "disable", "enable", "fetch", "find", "get", "list", "patch",
    "post", "put", "remove", "replace", "search", "set", "show", "update", "upsert",
];

/// Returns the groups of types that become one type each, with the origin of the name of that type.
/// `errors` are the types of error bodies.
pub(in crate::lower) fn shared(
    types: &Types,
    errors: &FxHashSet<TypeId>,
    mut classes: Vec<Vec<TypeId>>,
) -> Vec<(Origin, Vec<TypeId>)> {
    let mut naming = Naming::new(types);
    // The class with the most members has the best claim to a short name.
    classes.sort_by_key(|members| std::cmp::Reverse(members.len()));
    let mut unnamed = Vec::new();
    let candidates: Vec<Candidates> = classes
        .par_iter()
        .map(|members| Candidates::new(types, members))
        .collect();
    for (members, candidates) in classes.into_iter().zip(candidates) {
        match candidates.best(&naming.taken) {
            Some(name) => naming.share(name, members),
            None => unnamed.push(members),
        }
    }
    // The name of a union lists those of its members, so they are named first.
    for members in unnamed {
        let clusters = clusters(types, &members);
        let is_whole = clusters.iter().any(|(_, cluster)| cluster.len() == members.len());
        let whole = forms::members(types, &members, &naming.names)
            .or_else(|| naming.owner(&members).filter(|_| !is_whole))
            .or_else(|| forms::error_body(types, errors, &members).filter(|_| !is_whole))
            .or_else(|| forms::texts(types, &members).filter(|_| !is_whole))
            .or_else(|| forms::response(types, &members).filter(|_| clusters.is_empty()))
            .or_else(|| forms::result(types, &members, &naming.names).filter(|_| !is_whole))
            .or_else(|| forms::place(types, &members).filter(|_| clusters.is_empty()));
        match whole.filter(|name| !naming.taken.contains(name)) {
            Some(name) => naming.share(name, members),
            None => {
                let divided = naming.divided(errors, &members, clusters);
                divided
                    .into_iter()
                    .for_each(|(name, members)| naming.share(name, members));
            }
        }
    }
    naming.shared
}

/// The names of shared types so far.
struct Naming<'t> {
    types: &'t Types,
    components: FxHashSet<&'t str>,
    taken: FxHashSet<String>,
    names: FxHashMap<TypeId, String>,
    shared: Vec<(Origin, Vec<TypeId>)>,
}

impl<'t> Naming<'t> {
    fn new(types: &'t Types) -> Self {
        let components = types.iter().filter_map(|(_, ty)| match &ty.origin {
            Origin::Component(name) | Origin::Custom(name) => Some(name.as_str()),
            Origin::Inline(_) | Origin::Shared { .. } => None,
        });
        Self {
            types,
            components: components.collect(),
            taken: FxHashSet::default(),
            names: FxHashMap::default(),
            shared: Vec::new(),
        }
    }

    /// Returns the name of an enum after the only component that has it, and the property that has it everywhere, such as
    /// `milestone state`. Unlike a name after the values, it does not change with them.
    fn owner(&self, members: &[TypeId]) -> Option<String> {
        let types = self.types;
        let is_enum = matches!(types[*members.first()?].body, TypeBody::Enum(_));
        let property = path(types, members[0]).last().filter(|_| is_enum)?;
        if !members.iter().all(|id| path(types, *id).last() == Some(property)) {
            return None;
        }
        let roots = members.iter().filter_map(|id| path(types, *id).split_first());
        let owners: BTreeSet<&str> = roots
            .filter(|(root, below)| !below.is_empty() && self.components.contains(root.as_str()))
            .map(|(root, _)| root.as_str())
            .collect();
        match owners.len() {
            1 => owners.first().map(|owner| format!("{owner} {property}")),
            _ => None,
        }
    }

    /// Divides a class without a common name as [`smallest_division`] does. Error bodies become one type if nothing else describes them.
    fn divided(
        &self,
        errors: &FxHashSet<TypeId>,
        members: &[TypeId],
        by_noun: Vec<(String, Vec<TypeId>)>,
    ) -> Vec<(String, Vec<TypeId>)> {
        let is_whole = by_noun.iter().any(|(_, cluster)| cluster.len() == members.len());
        let (bodies, others): (Vec<TypeId>, Vec<TypeId>) = members.iter().partition(|id| errors.contains(id));
        let name = forms::error_body(self.types, errors, &bodies).filter(|name| !self.taken.contains(name));
        match name {
            Some(name) if !is_whole => {
                let by_noun = clusters(self.types, &others);
                let mut divided = smallest_division(self.types, &others, by_noun);
                divided.push((name, bodies));
                divided
            }
            Some(_) | None => smallest_division(self.types, members, by_noun),
        }
    }

    fn share(&mut self, name: String, members: Vec<TypeId>) {
        self.taken.insert(name.clone());
        self.names.extend(members.iter().map(|id| (*id, name.clone())));
        let first = path(self.types, members[0]).to_vec();
        self.shared.push((Origin::Shared { name, first }, members));
    }
}

/// Divides a class without a common name: by the roots of its members, and by the noun that describes them.
fn clusters(types: &Types, members: &[TypeId]) -> Vec<(String, Vec<TypeId>)> {
    let mut roots: IndexMap<&str, Vec<TypeId>> = IndexMap::new();
    for id in members.iter().copied() {
        roots
            .entry(path(types, id).first().map_or("", String::as_str))
            .or_default()
            .push(id);
    }
    let mut nouns: IndexMap<Option<String>, Vec<Vec<TypeId>>> = IndexMap::new();
    for members in roots.into_values() {
        let units = match common_root(types, &members) {
            Some(_) => vec![members],
            None => members.into_iter().map(|id| vec![id]).collect(),
        };
        for unit in units {
            // A noun describes a unit only if it describes all of its members.
            let first = noun(types, unit[0]);
            let is_common = unit.iter().all(|id| noun(types, *id) == first);
            nouns.entry(first.filter(|_| is_common)).or_default().push(unit);
        }
    }
    let mut clusters = Vec::new();
    for (noun, units) in nouns {
        let all: Vec<TypeId> = units.concat();
        match common_words(types, &all) {
            Some(name) if noun.is_some() && units.len() > 1 => clusters.push((name, all)),
            _ => clusters.extend(
                units
                    .into_iter()
                    .filter_map(|unit| Some((common_root(types, &unit)?, unit))),
            ),
        }
    }
    clusters
}

/// Divides a class without a common name into as few types as possible: by nouns and then by other words, or by any words. The types of a
/// cluster become one; the others stay apart.
fn smallest_division(
    types: &Types,
    members: &[TypeId],
    mut by_noun: Vec<(String, Vec<TypeId>)>,
) -> Vec<(String, Vec<TypeId>)> {
    let left = |clusters: &[(String, Vec<TypeId>)]| {
        let is_left = |id: &TypeId| !clusters.iter().any(|(_, cluster)| cluster.contains(id));
        members.iter().copied().filter(is_left).collect::<Vec<_>>()
    };
    by_noun.extend(clusters_by_word(types, left(&by_noun)));
    let by_word = clusters_by_word(types, members.to_vec());
    let count = |clusters: &[(String, Vec<TypeId>)]| clusters.len() + left(clusters).len();
    match count(&by_word) < count(&by_noun) {
        true => by_word,
        false => by_noun,
    }
}

/// Divides types by the descriptive word that most of them have.
fn clusters_by_word(types: &Types, mut left: Vec<TypeId>) -> Vec<(String, Vec<TypeId>)> {
    let mut clusters = Vec::new();
    while left.len() > 1 {
        let mut members: IndexMap<String, Vec<TypeId>> = IndexMap::new();
        for id in &left {
            let words: BTreeSet<String> = path_words(types, *id).into_iter().collect();
            for word in words.into_iter().filter(|word| is_descriptive(word)) {
                members.entry(word).or_default().push(*id);
            }
        }
        // Of several words, the first one is chosen.
        let largest = members
            .into_values()
            .rev()
            .max_by_key(Vec::len)
            .filter(|ids| ids.len() > 1);
        let Some((name, largest)) = largest.and_then(|ids| Some((common_words(types, &ids)?, ids))) else {
            break;
        };
        left.retain(|id| !largest.contains(id));
        clusters.push((name, largest));
    }
    clusters
}

/// Returns the last word of a type's path that describes what the type is.
fn noun(types: &Types, id: TypeId) -> Option<String> {
    path_words(types, id).into_iter().rfind(|word| is_descriptive(word))
}

/// Returns whether a word describes what a type is, and not only where it occurs or what is done with it.
fn is_descriptive(word: &str) -> bool {
    !POSITIONS.contains(&word) && !VERBS.contains(&word) && !GENERIC.contains(&word)
}

/// Returns whether types have so few parts that others equal them by chance.
fn is_small(types: &Types, members: &[TypeId]) -> bool {
    members.first().is_none_or(|id| match &types[*id].body {
        TypeBody::Struct(body) => body.fields.len() < 2,
        TypeBody::Enum(body) => body.values.len() < 2,
        TypeBody::Union(body) => {
            body.variants.len() <= 2
                && body
                    .variants
                    .iter()
                    .all(|variant| !matches!(variant.ty.shape, Shape::Named(_)))
        }
        TypeBody::Alias(_) | TypeBody::Newtype(_) => false,
    })
}

/// Returns the root that all paths share, followed by the last words that they share, otherwise by the rest of the first path.
/// `None` for a single type, if the paths share no root, or if the types are small and share no last words.
fn common_root(types: &Types, members: &[TypeId]) -> Option<String> {
    let paths: Vec<&[String]> = members.iter().map(|id| path(types, *id)).collect();
    let first = paths.first().filter(|_| paths.len() > 1)?;
    let is_shared = |at: &usize| paths.iter().all(|path| path.get(*at) == first.get(*at));
    let prefix = (0..first.len()).take_while(is_shared).count();
    let rest: Vec<Vec<String>> = paths.iter().map(|path| words_of(&path[prefix..])).collect();
    let mut tail = common_suffix(&rest);
    if prefix == 0 || tail.is_empty() && is_small(types, members) {
        return None;
    }
    if tail.is_empty() {
        tail = rest.into_iter().next()?;
    }
    Some(format!("{} {}", first[..prefix].join(" "), tail.join(" ")))
}

/// Returns the name of the property that all members have in common, with the property before it if it is generic.
fn property_name(types: &Types, members: &[TypeId], small: bool) -> Option<String> {
    let segments = |id: &TypeId| {
        let path = path(types, *id);
        let below = path
            .iter()
            .skip(usize::from(path.len() > 1))
            .filter(|segment| !POSITIONS.contains(&segment.as_str()));
        below.map(|segment| words(segment).join(" ")).collect()
    };
    let paths: Vec<Vec<String>> = members.iter().map(segments).collect();
    let is_generic = |segment: &String| GENERIC.contains(&segment.as_str());
    let name = match common_suffix(&paths).as_slice() {
        [.., before, last] if is_generic(last) => format!("{before} {last}"),
        [.., last] => last.clone(),
        [] => {
            let last: Option<Vec<Vec<String>>> = paths
                .iter()
                .map(|segments| Some(words_of(segments.last().map(std::slice::from_ref)?)))
                .collect();
            common_suffix(&last?).join(" ")
        }
    };
    let is_vague = name.is_empty() || (small && is_generic(&name));
    (!is_vague).then_some(name)
}

/// Returns the words that all names have in common, in their order, if they describe what the types are.
fn common_words(types: &Types, members: &[TypeId]) -> Option<String> {
    let singulars = |id: &TypeId| {
        words_of(path(types, *id))
            .iter()
            .map(|word| singular(word))
            .collect::<Vec<_>>()
    };
    let mut names = members.iter().map(singulars);
    let mut common = names.next()?;
    for name in names {
        common = common_subsequence(&common, &name);
    }
    common.iter().any(|word| is_descriptive(word)).then(|| common.join(" "))
}

fn path(types: &Types, id: TypeId) -> &[String] {
    match &types[id].origin {
        Origin::Component(name) | Origin::Custom(name) => std::slice::from_ref(name),
        Origin::Inline(path) | Origin::Shared { first: path, .. } => path,
    }
}

fn path_words(types: &Types, id: TypeId) -> Vec<String> {
    let words = words_of(path(types, id));
    words
        .iter()
        .filter(|word| !POSITIONS.contains(&word.as_str()))
        .map(|word| singular(word))
        .collect()
}

/// Returns the words of the segments of a path, in lower case.
fn words_of(path: &[String]) -> Vec<String> {
    path.iter().flat_map(|segment| words(segment)).collect()
}
