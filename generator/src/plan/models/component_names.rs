//! Names of components.
//!
//! In: the names in the document. Out: their words without the namespace that most of them share, and with generic types spelled out.

use std::collections::{HashMap, HashSet};

use crate::ir::{Origin, Types};
use crate::plan::names::Words;

use super::generics;

/// The names of components without the namespace that most of them have, and with generic types spelled out.
pub(super) struct ComponentNames {
    short: HashMap<String, Words>,
}

impl ComponentNames {
    pub(super) fn new(types: &Types) -> Self {
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
            for name in components {
                let words = last(name);
                let is_unique = counts.get(&words.pascal().to_ascii_lowercase()) == Some(&1);
                let words = if is_unique {
                    words
                } else {
                    Words::of(&last_parts(name, 2))
                };
                short.insert(name.to_owned(), words);
            }
        }
        for name in &known {
            if let Some(words) = generics::spelled_out(name, &known) {
                short.insert((*name).to_owned(), Words::of(&words));
            }
        }
        Self { short }
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
