//! Names of components.
//!
//! In: the names in the document. Out: their words without the namespace that most of them share, and with generic types spelled out.

use std::collections::{HashMap, HashSet};

use crate::ir::{Origin, Types};
use crate::plan::method_names::is_version;
use crate::plan::names::Words;
use crate::plan::status;

use super::generics;

/// The names of components without the namespace that most of them have, and with generic types spelled out.
pub(super) struct ComponentNames<'t> {
    short: HashMap<String, Words>,
    known: HashSet<&'t str>,
}

impl<'t> ComponentNames<'t> {
    pub(super) fn new(types: &'t Types) -> Self {
        let components = types.0.iter().filter_map(|ty| match &ty.origin {
            Origin::Component(name) => Some(name.as_str()),
            Origin::Custom(_) | Origin::Inline(_) | Origin::Shared { .. } => None,
        });
        let components: Vec<&str> = components.collect();
        let known: HashSet<&str> = components.iter().copied().collect();
        let dotted = components.iter().filter(|name| name.contains('.')).count();
        let mut short = HashMap::new();
        if components.len() >= 3 && dotted * 5 >= components.len() * 4 {
            let mut counts: HashMap<String, usize> = HashMap::new();
            let last = |name: &str| Words::of(&last_parts(name, 1));
            for name in &components {
                *counts.entry(last(name).pascal().to_ascii_lowercase()).or_default() += 1;
            }
            for name in &components {
                let words = last(name);
                let is_unique = counts.get(&words.pascal().to_ascii_lowercase()) == Some(&1);
                let words = if is_unique {
                    words
                } else {
                    Words::of(&last_parts(name, 2))
                };
                short.insert((*name).to_owned(), words);
            }
        }
        if short.is_empty() {
            short = without_version_namespace(&known);
        }
        for name in &known {
            if let Some(words) = without_schema_prefix(name, &known) {
                short.insert((*name).to_owned(), words);
            }
            if let Some(words) = generics::spelled_out(name, &known) {
                short.insert((*name).to_owned(), Words::of(&words));
            }
        }
        short.extend(with_status_at_end(&known));
        Self { short, known }
    }

    /// Returns the words of the first segment of the path to an inline type. The component of that name may have no type itself.
    pub(super) fn words_at(&self, root: &str, pointer: &str) -> Words {
        let is_inside = |folder: &str| {
            let inside = pointer.strip_prefix(folder).and_then(|rest| rest.strip_prefix(root));
            inside.is_some_and(|rest| rest.starts_with('/'))
        };
        let is_component = is_inside("#/components/schemas/") || is_inside("#/definitions/");
        match without_schema_prefix(root, &self.known).filter(|_| is_component) {
            Some(words) => words,
            None => self.words(root),
        }
    }

    /// Returns the words of a name.
    pub(super) fn words(&self, name: &str) -> Words {
        self.short.get(name).cloned().unwrap_or_else(|| Words::of(name))
    }
}

/// Returns a name with only the last parts of each dotted path in it: `a.b.Page<a.b.User>` becomes `Page<User>`.
fn last_parts(name: &str, count: usize) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let mut out = String::new();
    let mut rest = name;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let parts: Vec<&str> = rest[..end].split('.').filter(|part| !part.is_empty()).collect();
        out.push_str(&parts[parts.len().saturating_sub(count)..].join("."));
        rest = &rest[end..];
        if let Some(c) = rest.chars().next() {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Prefixes that state only that a component is a schema, such as `objs_` in `objs_user`. Of two components that differ only in such
/// a prefix, the one whose prefix is earlier in the list loses it.
const SCHEMA_PREFIXES: &[&str] = &["objs", "obj", "models", "model", "schemas", "schema", "defs", "def"];

/// Returns the words of a name without a prefix that states only that it is a schema, unless another component has a better claim to
/// them.
fn without_schema_prefix(name: &str, known: &HashSet<&str>) -> Option<Words> {
    let (prefix, rest) = name.split_once('_')?;
    let rank = SCHEMA_PREFIXES
        .iter()
        .position(|listed| prefix.eq_ignore_ascii_case(listed))?;
    let is_taken = known.contains(rest)
        || SCHEMA_PREFIXES[..rank]
            .iter()
            .any(|other| known.contains(format!("{other}_{rest}").as_str()));
    (rest.starts_with(|c: char| c.is_alphabetic()) && !is_taken).then(|| Words::of(rest))
}

/// The minimum number of components that show a namespace.
const MIN_COMPONENTS: usize = 5;

/// Returns the names without the namespace that four of five components start with and that ends with a version, such as
/// `GoogleCloudRetailV2alpha`. A name that another component has without the namespace is kept.
fn without_version_namespace(components: &HashSet<&str>) -> HashMap<String, Words> {
    let names: Vec<(&str, Words)> = components.iter().map(|name| (*name, Words::of(name))).collect();
    let mut prefixes: HashMap<Words, usize> = HashMap::new();
    for (_, words) in &names {
        let ends = (1..words.count()).filter(|at| words.word(*at).is_some_and(is_version));
        ends.for_each(|at| *prefixes.entry(words.first(at + 1)).or_default() += 1);
    }
    let is_shared = |(_, count): &(&Words, &usize)| names.len() >= MIN_COMPONENTS && **count * 5 >= names.len() * 4;
    let longest = prefixes
        .iter()
        .filter(is_shared)
        .max_by_key(|(prefix, _)| prefix.count());
    let Some((prefix, _)) = longest else {
        return HashMap::new();
    };
    let rest = |words: &Words| words.without_prefix(prefix).unwrap_or_else(|| words.clone());
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, words) in &names {
        *counts.entry(rest(words).snake()).or_default() += 1;
    }
    let is_unique = |words: &Words| counts.get(&rest(words).snake()) == Some(&1);
    let shortened = names.iter().filter(|(_, words)| is_unique(words));
    shortened
        .map(|(name, words)| ((*name).to_owned(), rest(words)))
        .collect()
}

/// Returns the names that start with a status code with the code at their end, unless another component has that name.
fn with_status_at_end(components: &HashSet<&str>) -> Vec<(String, Words)> {
    let numbered = components
        .iter()
        .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()));
    let moved: Vec<(String, Words)> = numbered
        .map(|name| ((*name).to_owned(), status_at_end(Words::of(name))))
        .collect();
    if moved.is_empty() {
        return moved;
    }
    let taken: HashSet<Words> = components.iter().map(|name| Words::of(name)).collect();
    moved.into_iter().filter(|(_, words)| !taken.contains(words)).collect()
}

/// Moves a status code from the start of a name to its end: `500Error` becomes `Error500`. A code alone becomes `Error404` or `Response202`.
pub(super) fn status_at_end(words: Words) -> Words {
    let Some(code) = words.word(0).filter(|word| status::is_status(word)) else {
        return words;
    };
    let rest = words.without_prefix(&words.first(1));
    match rest.filter(|rest| rest.word(0).is_some_and(|word| word.starts_with(char::is_alphabetic))) {
        Some(rest) => rest.followed_by(code),
        None if code.starts_with(['4', '5']) => words.prefixed_with("error"),
        None => words.prefixed_with("response"),
    }
}

/// Moves a status code from the start of the path to a type to the end of its root. A response is part of the root, so that the response
/// `400Error` becomes `ErrorResponse400`.
pub(super) fn status_at_end_of_root(mut parts: Vec<Words>) -> Vec<Words> {
    let response = Words::of("response");
    if let [root, below, ..] = parts.as_mut_slice()
        && root.word(0).is_some_and(status::is_status)
        && below.word(0) == response.word(0)
    {
        let rest = below.without_prefix(&response);
        *root = status_at_end(root.join(&response));
        match rest {
            Some(rest) => *below = rest,
            None => drop(parts.remove(1)),
        }
    } else if let Some(root) = parts.first_mut() {
        *root = status_at_end(root.clone());
    }
    parts
}

/// The length above which the name of a component loses words that do not distinguish it.
const LONG: usize = 60;

/// Words that describe how a schema is written, not what it is.
const GENERIC: &[&str] = &[
    "definition",
    "definitions",
    "inner",
    "properties",
    "resource",
    "resources",
    "schema",
];

/// Returns shorter forms of a long name, the best first: without generic words, and without repeated words while it is still long. Of two
/// components that differ only in generic words, one keeps them. Empty if the name is short or has only words that distinguish it.
pub(super) fn shorter(words: &Words) -> Vec<Words> {
    if words.pascal().len() <= LONG {
        return Vec::new();
    }
    let whole = words.without_pair("all", "of");
    let specific = whole.clone().without_words(|word| GENERIC.contains(&word));
    let forms = specific.into_iter().chain([whole]).map(|words| {
        let short = words.clone().with_fewer_repetitions(LONG);
        // A word that occurs twice is part of the structure of the name.
        match short.pascal().len() > LONG {
            true => words.without_repeated(),
            false => short,
        }
    });
    forms.filter(|short| short.count() >= 3 && short != words).collect()
}
