//! Groups: where a caller finds an operation.
//!
//! The group is, in this order: the one that an extension names; the first tag, below its parent tags; the first word of the
//! path; `api` if nearly every path has a word of its own. A configured rename replaces the path or its beginning.

use indexmap::{IndexMap, IndexSet};

use crate::document::{Document, Operation};
use crate::ir::{Docs, Group};
use crate::lower::Lowering;
use crate::lower::conventions::extensions;

/// The maximum depth of nested tags.
const MAX_TAG_DEPTH: usize = 16;

/// The group of operations that nothing else groups.
const DEFAULT_GROUP: &str = "api";

/// The number of words from which a document can count as flat.
const MIN_WORDS: usize = 16;

/// Assigns each operation to a group.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let mut groups: IndexMap<Vec<String>, Group> = IndexMap::new();
    // Tags that are used come first, in the order of the document.
    let mut used: IndexMap<Vec<String>, Vec<usize>> = IndexMap::new();
    let is_flat = is_flat(lowering.document);
    for (index, operation) in lowering.operations.iter().enumerate() {
        let path = renamed(lowering, path_of(lowering.document, operation, is_flat));
        used.entry(path).or_default().push(index);
    }
    let tags = lowering
        .document
        .tags
        .iter()
        .map(|tag| renamed(lowering, path_of_tag(lowering.document, &tag.name)));
    let known: Vec<Vec<String>> = tags.filter(|path| used.contains_key(path)).collect();
    for path in known.into_iter().chain(used.keys().cloned().collect::<Vec<_>>()) {
        for length in 1..=path.len() {
            let parent = path[..length].to_vec();
            let docs = docs_of(lowering.document, &parent);
            groups.entry(parent.clone()).or_insert_with(|| Group {
                path: parent,
                docs,
                operations: Vec::new(),
            });
        }
        if let (Some(group), Some(operations)) = (groups.get_mut(&path), used.get_mut(&path)) {
            group.operations.append(operations);
        }
    }
    lowering.api.groups = groups.into_values().collect();
}

fn path_of(document: &Document, operation: &Operation, is_flat: bool) -> Vec<String> {
    if let Some(path) = extensions::group(&operation.extensions) {
        return path;
    }
    match tag_of(operation) {
        Some(tag) => path_of_tag(document, tag),
        None if is_flat => vec![DEFAULT_GROUP.to_owned()],
        None => vec![first_word(&operation.path)],
    }
}

fn tag_of(operation: &Operation) -> Option<&String> {
    operation.tags.iter().find(|tag| !tag.trim().is_empty())
}

/// Returns whether the words of the paths group nothing, as in `/sendMessage`, where each path has its own word.
fn is_flat(document: &Document) -> bool {
    let mut words: IndexMap<String, IndexSet<&str>> = IndexMap::new();
    let untagged = document
        .operations
        .iter()
        .filter(|operation| tag_of(operation).is_none());
    for operation in untagged {
        words
            .entry(first_word(&operation.path))
            .or_default()
            .insert(&operation.path);
    }
    let single = words.values().filter(|paths| paths.len() == 1).count();
    words.len() >= MIN_WORDS && single * 4 >= words.len() * 3
}

/// Returns the path of a tag below its parents.
fn path_of_tag(document: &Document, name: &str) -> Vec<String> {
    let mut path = vec![name.to_owned()];
    let mut at = name.to_owned();
    while let Some(parent) = document
        .tags
        .iter()
        .find(|tag| tag.name == at)
        .and_then(|tag| tag.parent.clone())
    {
        if path.contains(&parent) || path.len() > MAX_TAG_DEPTH {
            break;
        }
        path.push(parent.clone());
        at = parent;
    }
    path.reverse();
    path
}

/// Returns the first segment of a path that describes its resource.
fn first_word(path: &str) -> String {
    let version = |step: &str| {
        let digits = step.strip_prefix(['v', 'V']).unwrap_or(step);
        !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
    };
    let is_descriptive = |step: &&str| {
        step.chars().any(char::is_alphanumeric) && !step.contains('{') && !version(step) && *step != DEFAULT_GROUP
    };
    // A fragment distinguishes operations of one path and is not sent.
    let path = path.split('#').next().unwrap_or_default();
    let steps = || path.split(['/', '?']).filter(|step| !step.is_empty());
    steps()
        .find(is_descriptive)
        .map_or_else(|| DEFAULT_GROUP.to_owned(), str::to_owned)
}

/// Applies the configured renames to a path: the longest prefix that is configured.
fn renamed(lowering: &Lowering<'_>, path: Vec<String>) -> Vec<String> {
    for length in (1..=path.len()).rev() {
        if let Some(name) = lowering.settings.groups.get(&path[..length].join(".")) {
            let steps = name
                .split('.')
                .map(str::trim)
                .filter(|step| !step.is_empty())
                .map(str::to_owned);
            return steps.chain(path[length..].iter().cloned()).collect();
        }
    }
    path
}

fn docs_of(document: &Document, path: &[String]) -> Docs {
    let joined = path.join(".");
    let last = path.last().cloned().unwrap_or_default();
    let named = |name: &str| document.tags.iter().find(|tag| tag.name.eq_ignore_ascii_case(name));
    let tag = named(&joined).or_else(|| named(&last));
    tag.map_or_else(Docs::default, |tag| Docs {
        summary: tag.summary.clone(),
        description: tag.description.clone(),
        deprecated: None,
    })
}
