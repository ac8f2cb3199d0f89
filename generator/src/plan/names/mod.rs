//! Names are claimed in scopes, as words, before their case is chosen.
//!
//! Code that needs a name creates a [`Claim`] with candidates, the best first. A [`Scope`] resolves all claims at once,
//! in an order that depends only on the claims: explicit names first, then names of the document, then derived names.
//! Within each of these groups, claims are sorted by the number of symbols in their keys, then by how much the case of the
//! key differs from the case that the scope uses (`snake_case` or `UpperCamelCase`), then by the key. So the same document
//! has the same names, regardless of the order of traversal.

mod reserved;
mod symbols;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Borrow;

use rustc_hash::{FxHashMap, FxHashSet};

pub use reserved::{
    BUILDER_METHODS, CALL_METHODS, CLIENT_METHODS, DOWNLOAD_METHODS, MODEL_TYPES, OPERATION_TYPES, PAGED_METHODS,
    POLLING_METHODS, RESERVED_CALL_CASE_NAMES, RESERVED_TEST_FILES, RESPONSE_METHODS, STREAM_METHODS,
};
pub use words::{Words, count_letters};

pub use crate::krate::FILE_STEMS;
use crate::krate::Ident;

/// The maximum length of a name in `snake_case`. Suffixes such as `_error` and extensions of files come on top of it.
const MAX_LENGTH: usize = 80;

/// The origin of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Set by the configuration or by an extension of the document.
    Explicit,
    /// A name in the document.
    Document,
    /// Derived by sdkwright.
    Derived,
}

/// A request for a name.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The origin of the name.
    pub rank: Rank,
    /// The sort key within a rank. Unique in the scope and independent of the order of traversal, such as a JSON
    /// pointer.
    pub key: String,
    /// The candidates, the best first. If all are taken, the first one gets a number.
    pub candidates: Vec<Words>,
}

impl Claim {
    /// Creates a claim with one candidate.
    pub fn new(rank: Rank, key: impl Into<String>, candidate: Words) -> Self {
        Self {
            rank,
            key: key.into(),
            candidates: vec![candidate.shortened_to(MAX_LENGTH)],
        }
    }

    /// Adds a candidate that is used if those before are taken.
    #[must_use]
    pub fn or(mut self, candidate: Words) -> Self {
        let candidate = candidate.shortened_to(MAX_LENGTH);
        if !self.candidates.contains(&candidate) {
            self.candidates.push(candidate);
        }
        self
    }

    /// Adds a candidate, if there is one.
    #[must_use]
    pub fn or_maybe(self, candidate: Option<Words>) -> Self {
        candidate.into_iter().fold(self, Self::or)
    }
}

/// The casing of the names in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casing {
    /// `snake_case`
    Snake,
    /// `UpperCamelCase`. Names that differ only in case count as equal.
    Pascal,
}

impl Casing {
    /// Returns the words in this casing, as an identifier.
    pub fn ident(self, words: &Words) -> Ident {
        match self {
            Self::Snake => Ident::nearest(&words.snake()),
            Self::Pascal => Ident::nearest(&words.pascal()),
        }
    }

    fn key(self, words: &Words) -> String {
        match self {
            Self::Snake => words.snake(),
            Self::Pascal => words.pascal().to_ascii_lowercase(),
        }
    }
}

/// A set of unique names.
#[derive(Clone, Debug)]
pub struct Scope {
    casing: Casing,
    /// Suffixes of names that must be free too, such as `Error` for `GetPetError`.
    companions: &'static [&'static str],
    /// Lists of names that are taken from the start. Most scopes are small, so the names are not copied to the set.
    reserved: Vec<&'static [&'static str]>,
    taken: FxHashSet<String>,
    /// The last number that was appended to a taken name.
    numbers: FxHashMap<Words, usize>,
}

impl Scope {
    /// Creates an empty scope.
    pub fn new(casing: Casing) -> Self {
        Self {
            casing,
            companions: &[],
            reserved: Vec::new(),
            taken: FxHashSet::default(),
            numbers: FxHashMap::default(),
        }
    }

    /// Adds suffixes. Each name also reserves its name with each suffix.
    #[must_use]
    pub fn with_companions(mut self, companions: &'static [&'static str]) -> Self {
        self.companions = companions;
        self
    }

    /// Reserves the names of a list.
    #[must_use]
    pub fn without(mut self, names: &'static [&'static str]) -> Self {
        self.reserved.push(names);
        self
    }

    /// Reserves names that depend on the document.
    #[must_use]
    pub fn without_names<'n>(mut self, names: impl IntoIterator<Item = &'n str>) -> Self {
        let names = names.into_iter().map(str::to_ascii_lowercase);
        self.taken.extend(names);
        self
    }

    /// Returns the name of each claim, in the order of the claims.
    pub fn resolve(&mut self, claims: &[impl Borrow<Claim>]) -> Vec<Words> {
        let casing = self.casing;
        let mut order: Vec<(Rank, usize, usize, &str, usize)> = claims
            .iter()
            .map(Borrow::borrow)
            .enumerate()
            .map(|(index, claim)| {
                let Claim { rank, key, .. } = claim;
                (
                    *rank,
                    symbol_count(key),
                    case_distance(casing, claim),
                    key.as_str(),
                    index,
                )
            })
            .collect();
        order.sort_unstable();
        let mut settled: Vec<Option<Words>> = vec![None; claims.len()];
        for (.., index) in order {
            settled[index] = Some(self.take(&claims[index].borrow().candidates));
        }
        settled.into_iter().flatten().collect()
    }

    /// Returns the identifier of each claim, in the order of the claims.
    pub fn idents(&mut self, claims: &[Claim]) -> Vec<Ident> {
        let casing = self.casing;
        self.resolve(claims).iter().map(|words| casing.ident(words)).collect()
    }

    /// Returns the identifier of one more claim.
    pub fn ident(&mut self, claim: &Claim) -> Ident {
        self.casing.ident(&self.take(&claim.candidates))
    }

    fn take(&mut self, candidates: &[Words]) -> Words {
        if let Some(free) = candidates.iter().find(|candidate| self.reserve(candidate)) {
            return free.clone();
        }
        let first = candidates.first().cloned().unwrap_or_else(|| Words::of("unnamed"));
        // Names are never released, so the numbers up to the last one are still taken.
        let mut number = self.numbers.get(&first).map_or(2, |last| last + 1);
        loop {
            let numbered = first.followed_by(&number.to_string());
            if self.reserve(&numbered) {
                self.numbers.insert(first, number);
                return numbered;
            }
            number += 1;
        }
    }

    /// Reserves a name and its companions, if all of them are free.
    fn reserve(&mut self, words: &Words) -> bool {
        let key = self.casing.key(words);
        let companions = self.companions.iter().map(|companion| format!("{key}{companion}"));
        let companions: Vec<String> = companions.collect();
        let is_free = self.is_free(&key) && companions.iter().all(|key| self.is_free(key));
        if is_free {
            self.taken.insert(key);
            self.taken.extend(companions);
        }
        is_free
    }

    fn is_free(&self, key: &str) -> bool {
        let mut reserved = self.reserved.iter().copied().flatten();
        !reserved.any(|name| name.eq_ignore_ascii_case(key)) && !self.taken.contains(key)
    }
}

/// Returns how far a key is from the case of the names. `kind` is closer to `kind` than `Kind` is, and `User` is closer
/// to `User` than `USER` is.
fn case_distance(casing: Casing, Claim { key, candidates, .. }: &Claim) -> usize {
    match casing {
        Casing::Snake => key.chars().filter(|c| c.is_uppercase()).count(),
        Casing::Pascal => {
            let name = candidates.first().map(Words::pascal).unwrap_or_default();
            let rest = key.strip_prefix(&*name);
            usize::from(!rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
        }
    }
}

/// Returns the number of characters that are neither letters nor digits. `created` has a better claim to its name than
/// `-created`.
fn symbol_count(key: &str) -> usize {
    key.chars().filter(|c| !c.is_alphanumeric()).count()
}
