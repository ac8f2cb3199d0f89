//! Names: claimed in scopes, on words, before any case is chosen.
//!
//! Whoever wants a name makes a [`Claim`] with what he would like to be called, the best first. A [`Scope`] settles all
//! claims at once, in an order that depends on the claims alone: the user's names first, the document's next, ours last,
//! then by key. So the same document gives the same names, in whatever order it is walked.

mod reserved;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

pub use reserved::{
    BUILDER_METHODS, CALL_METHODS, CLIENT_METHODS, MODEL_TYPES, OPERATION_TYPES, PAGED_METHODS, PROGRAM_FILES,
    PROGRAM_WORDS, STREAM_METHODS,
};
pub use words::Words;

pub use crate::krate::FILE_STEMS;
use crate::krate::Ident;

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The user, or the document for use in code, said so.
    Given,
    /// The document's own.
    Document,
    /// Made by us.
    Ours,
}

/// A wish for a name.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Whose name it is.
    pub rank: Rank,
    /// What settles the order within a rank: unique in the scope and independent of the walk, such as a JSON pointer.
    pub key: String,
    /// The names, the best first. Where all are taken, the first one gets a number.
    pub wishes: Vec<Words>,
}

impl Claim {
    /// A claim with one wish.
    pub fn new(rank: Rank, key: impl Into<String>, wish: Words) -> Self {
        Self {
            rank,
            key: key.into(),
            wishes: vec![wish],
        }
    }

    /// With another wish, for the case that those before are taken.
    #[must_use]
    pub fn or(mut self, wish: Words) -> Self {
        if !self.wishes.contains(&wish) {
            self.wishes.push(wish);
        }
        self
    }
}

/// How the names of a scope are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `snake_case`
    Snake,
    /// `UpperCamelCase`; names that differ in case alone are taken for the same.
    Pascal,
}

impl Case {
    /// The words in this case, as an identifier.
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

/// A set of names in which each is there once.
#[derive(Clone, Debug)]
pub struct Scope {
    case: Case,
    /// What is appended to each name to get those that must be free too, such as `Error` for `GetPetError`.
    companions: &'static [&'static str],
    taken: HashSet<String>,
    /// The last number that was given to a name that is taken.
    numbers: HashMap<Words, usize>,
}

impl Scope {
    /// An empty scope.
    pub fn new(case: Case) -> Self {
        Self {
            case,
            companions: &[],
            taken: HashSet::new(),
            numbers: HashMap::new(),
        }
    }

    /// A scope in which each name takes others with it.
    #[must_use]
    pub fn with_companions(mut self, companions: &'static [&'static str]) -> Self {
        self.companions = companions;
        self
    }

    /// Without these names, which nobody gets.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.taken.extend(names.iter().map(|name| name.to_ascii_lowercase()));
        self
    }

    /// Gives every claim a name, in the order of the claims.
    pub fn settle(&mut self, claims: &[Claim]) -> Vec<Words> {
        let case = self.case;
        let mut order: Vec<(Rank, usize, usize, &str, usize)> = claims
            .iter()
            .enumerate()
            .map(|(index, claim)| {
                let Claim { rank, key, .. } = claim;
                (*rank, symbols(key), strayed(case, claim), key.as_str(), index)
            })
            .collect();
        order.sort_unstable();
        let mut settled: Vec<Option<Words>> = vec![None; claims.len()];
        for (.., index) in order {
            settled[index] = Some(self.take(&claims[index].wishes));
        }
        settled.into_iter().flatten().collect()
    }

    /// Gives every claim an identifier, in the order of the claims.
    pub fn idents(&mut self, claims: &[Claim]) -> Vec<Ident> {
        let case = self.case;
        self.settle(claims).iter().map(|words| case.ident(words)).collect()
    }

    /// Gives one more claim an identifier.
    pub fn ident(&mut self, claim: &Claim) -> Ident {
        self.case.ident(&self.take(&claim.wishes))
    }

    fn take(&mut self, wishes: &[Words]) -> Words {
        if let Some(free) = wishes.iter().find(|wish| self.is_free(wish)) {
            return self.claim(free.clone());
        }
        let first = wishes.first().cloned().unwrap_or_else(|| Words::of("unnamed"));
        // Names are never given back, so whatever was not free before is not free now.
        let mut number = self.numbers.get(&first).map_or(2, |last| last + 1);
        loop {
            let numbered = first.then(&number.to_string());
            if self.is_free(&numbered) {
                self.numbers.insert(first, number);
                return self.claim(numbered);
            }
            number += 1;
        }
    }

    fn keys(&self, words: &Words) -> impl Iterator<Item = String> {
        let key = self.case.key(words);
        let companions = self.companions.iter().map({
            let key = key.clone();
            move |companion| format!("{key}{companion}")
        });
        std::iter::once(key).chain(companions)
    }

    fn is_free(&self, words: &Words) -> bool {
        self.keys(words).all(|key| !self.taken.contains(&key))
    }

    fn claim(&mut self, words: Words) -> Words {
        let keys: Vec<String> = self.keys(&words).collect();
        self.taken.extend(keys);
        words
    }
}

/// How far a key is from the case of the names: of `kind` and `Kind`, the former has the better right to be `kind`, and of
/// `USER` and `User` the latter to be `User`.
fn strayed(case: Case, Claim { key, wishes, .. }: &Claim) -> usize {
    match case {
        Case::Snake => key.chars().filter(|c| c.is_uppercase()).count(),
        Case::Pascal => {
            let name = wishes.first().map(Words::pascal).unwrap_or_default();
            let rest = key.strip_prefix(&*name);
            usize::from(!rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
        }
    }
}

/// How much of a key is neither letter nor digit: of `created` and `-created`, the former has the better right to its name.
fn symbols(key: &str) -> usize {
    key.chars().filter(|c| !c.is_alphanumeric()).count()
}
