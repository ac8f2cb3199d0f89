//! The names of equal components, and of the inline types that become them.

use rustc_hash::FxHashMap;

use crate::ir::{TypeId, Types, Union, singular, words};

use super::{common_subsequence, common_suffix, is_descriptive, is_small, path, path_words, words_of};

/// The minimum length of the common prefix of two words that count as one, such as `histogramint8` and `histogramint16`.
const MIN_COMMON_PREFIX: usize = 5;

/// The names of equal components.
pub(in crate::lower) struct ComponentNames {
    words: FxHashMap<TypeId, Vec<String>>,
    /// The number of components whose names have each word.
    counts: FxHashMap<String, usize>,
}

impl ComponentNames {
    pub(in crate::lower) fn new(types: &Types, components: &[TypeId]) -> Self {
        let mut words = FxHashMap::default();
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        for id in components {
            let mut own: Vec<String> = words_of(path(types, *id)).iter().map(|word| singular(word)).collect();
            own.sort_unstable();
            own.dedup();
            own.iter()
                .for_each(|word| *counts.entry(word.clone()).or_default() += 1);
            words.insert(*id, own);
        }
        Self { words, counts }
    }

    fn of(&self, id: TypeId) -> &[String] {
        self.words.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns the rank of a name as that of the type, the best first: a name whose words are those of most other components, then a short
    /// one.
    pub(in crate::lower) fn rank(&self, id: TypeId) -> (std::cmp::Reverse<usize>, usize) {
        let words = self.of(id);
        let total: usize = words.iter().filter_map(|word| self.counts.get(word)).sum();
        (std::cmp::Reverse(total * 1_000 / words.len().max(1)), words.len())
    }

    /// Returns whether two names have a word in common.
    pub(in crate::lower) fn share_a_word(&self, one: TypeId, other: TypeId) -> bool {
        let is_related = |one: &str, other: &str| {
            let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
            one == other || common.count() >= MIN_COMMON_PREFIX
        };
        let others = self.of(other);
        self.of(one)
            .iter()
            .any(|word| others.iter().any(|other| is_related(word, other)))
    }
}

/// Words that distinguish variants of one type.
const QUALIFIERS: &[&str] = &[
    "base", "beta", "body", "create", "dto", "enum", "full", "input", "minimal", "model", "object", "output", "param",
    "params", "read", "request", "resource", "response", "schema", "simple", "type", "update", "write", "v1", "v2",
    "v3",
];

/// Returns whether the name of a component is a variant of the name of another one, such as `OrderOutput` and `Order`.
pub(in crate::lower) fn is_variant(types: &Types, component: TypeId, of: TypeId) -> bool {
    let (one, other) = (path_words(types, component), path_words(types, of));
    let is_kept =
        |word: &&String| !QUALIFIERS.contains(&word.as_str()) && !word.bytes().all(|byte| byte.is_ascii_digit());
    common_subsequence(&other, &one) == other || one.iter().filter(is_kept).eq(other.iter().filter(is_kept))
}

/// Returns whether an inline type may become a component that it equals.
pub(in crate::lower) fn may_join(types: &Types, inline: TypeId, component: TypeId) -> bool {
    !is_small(types, &[inline]) || {
        let words = path_words(types, inline);
        let last = path_words(types, component).pop();
        last.is_some_and(|last| words.contains(&last))
    }
}

/// Returns the words of the names of a union's variants, without those with which all of them begin.
pub(in crate::lower) fn distinguishing_words(union: &Union) -> Vec<Vec<String>> {
    let names = union.variants.iter().map(|variant| words(&variant.name));
    let mut names: Vec<Vec<String>> = names.collect();
    let is_common = |at: &usize, names: &[Vec<String>]| {
        let mut others = names.iter().map(|name| name.get(*at).filter(|_| name.len() > at + 1));
        let first = others.next().flatten();
        first.is_some() && others.all(|other| other == first)
    };
    if names.len() > 1 {
        let prefix = (0..).take_while(|at| is_common(at, &names)).count();
        names.iter_mut().for_each(|name| drop(name.drain(..prefix)));
    }
    names
}

/// Returns the component whose name fits the place of an inline type the best: the path of the type ends with its name, or its name and
/// the path have more last words in common than those of the others. `None` if no name fits, or if several fit equally well.
pub(in crate::lower) fn most_similar(
    types: &Types,
    inline: TypeId,
    components: impl Iterator<Item = TypeId>,
) -> Option<TypeId> {
    let words = path_words(types, inline);
    let mut fitting: Vec<(usize, TypeId)> = Vec::new();
    for component in components {
        let name = path_words(types, component);
        if words.ends_with(&name) {
            return Some(component);
        }
        let common = common_suffix(&[words.clone(), name]);
        if common.len() > 1 || common.last().is_some_and(|word| is_descriptive(word)) {
            fitting.push((common.len(), component));
        }
    }
    let longest = fitting.iter().map(|(length, _)| *length).max()?;
    let mut best = fitting.into_iter().filter(|(length, _)| *length == longest);
    let (_, component) = best.next()?;
    best.next().is_none().then_some(component)
}
