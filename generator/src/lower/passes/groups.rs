//! Groups: where a caller finds an operation.
//!
//! The group is, in this order: the one that an extension names; the first tag, below its parent tags; the class that
//! precedes the method in ids such as `UsersController_findAll`; `api` if the paths have many different first segments,
//! most of which occur in only one path; the first segment of the path. Names that differ only in case and separators are
//! one group, and a prefix that all tags share is removed, as is the word `controller` at the end of all tags. A tag such as
//! `api` or `v1` that repeats the beginning of the paths does not count. A group has a path: the names of its parents, then
//! its own name. A configured rename replaces the whole path or its beginning; if several apply, the longest is used.

use heck::ToSnakeCase;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashMap;

use crate::config::Naming;
use crate::document::{Document, Operation, Tag};
use crate::ir::{Docs, Group};
use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::conventions::paths::{is_word, split_prefix};

/// The maximum depth of nested tags.
const MAX_TAG_DEPTH: usize = 16;

/// The group of operations without a tag, extension or class whose paths do not define groups.
const DEFAULT_GROUP: &str = "api";

/// The minimum number of different first segments for the paths of a document to count as flat.
const MIN_SEGMENTS: usize = 16;

/// Assigns each operation to a group.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let mut groups: IndexMap<Vec<String>, Group> = IndexMap::new();
    let mut used: IndexMap<Vec<String>, Vec<usize>> = IndexMap::new();
    let documented = lowering.document.operations.iter();
    let tags: Vec<Option<&String>> = documented.map(|operation| tag_of(lowering, operation)).collect();
    let used_tags: IndexSet<&String> = tags.iter().copied().flatten().collect();
    let names = TagNames::new(lowering, &used_tags);
    let untagged = Untagged::new(lowering.document, &tags);
    let mut spellings = Spellings::new(lowering, &used_tags, &names);
    let mut add = |path: Vec<String>| {
        let entry = used.entry(spellings.first(path));
        let group = entry.index();
        entry.or_default();
        group
    };
    let mut of_tags: FxHashMap<&String, usize> = FxHashMap::default();
    let mut found = Vec::with_capacity(lowering.operations.len());
    for operation in &lowering.operations {
        found.push(match extensions::group(&operation.extensions) {
            Some(path) => add(renamed(lowering, path)),
            None => match tag_of(lowering, operation) {
                Some(tag) => *of_tags.entry(tag).or_insert_with(|| add(names.path(lowering, tag))),
                None => add(renamed(lowering, vec![untagged.group(operation)])),
            },
        });
    }
    for (index, group) in found.into_iter().enumerate() {
        used[group].push(index);
    }
    // Groups of declared tags come first, in the order of the tags.
    let declared = lowering.document.tags.iter().map(|tag| names.path(lowering, &tag.name));
    let known: Vec<Vec<String>> = declared.filter(|path| used.contains_key(path)).collect();
    for path in known.into_iter().chain(used.keys().cloned().collect::<Vec<_>>()) {
        for length in 1..=path.len() {
            let parent = path[..length].to_vec();
            let docs = docs_of(lowering.document, &names, &parent);
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

/// The names of groups for tags.
struct TagNames {
    /// The name for each tag. Empty with `naming: document`, so that all tags keep their names.
    names: FxHashMap<String, String>,
}

impl TagNames {
    fn new(lowering: &Lowering<'_>, used: &IndexSet<&String>) -> Self {
        if lowering.settings.naming == Naming::Document {
            return Self {
                names: FxHashMap::default(),
            };
        }
        let declared = lowering.document.tags.iter().map(|tag| &tag.name);
        let all: IndexSet<&String> = declared.chain(used.iter().copied()).collect();
        let mut first: FxHashMap<String, &String> = FxHashMap::default();
        for tag in &all {
            first.entry(letters(tag)).or_insert(tag);
        }
        let spelled = |tag: &str| {
            first
                .get(&letters(tag))
                .map_or_else(|| tag.to_owned(), |tag| (*tag).clone())
        };
        let shortened: IndexSet<String> = used.iter().map(|tag| spelled(tag)).collect();
        let prefix = common_prefix(&shortened);
        let are_controllers = shortened.iter().all(|tag| without_controller(tag).is_some());
        let name = |tag: &&String| {
            let spelled = spelled(tag);
            let short = without_letters(&spelled, prefix);
            let resource = without_controller(short).filter(|_| are_controllers);
            ((*tag).clone(), resource.unwrap_or(short).to_owned())
        };
        Self {
            names: all.iter().map(name).collect(),
        }
    }

    /// Returns the path of a tag: the configured one, otherwise that of its name below its parents.
    fn path(&self, lowering: &Lowering<'_>, tag: &str) -> Vec<String> {
        let path = path_of_tag(lowering.document, tag);
        let configured = renamed(lowering, path.clone());
        if configured != path {
            return configured;
        }
        path.iter().map(|segment| self.name(segment)).collect()
    }

    fn name(&self, tag: &str) -> String {
        self.names.get(tag).cloned().unwrap_or_else(|| tag.to_owned())
    }
}

/// The first path of all that differ only in case and separators. The paths of tags come first. Empty with
/// `naming: document`, so that all paths stay distinct.
struct Spellings(Option<FxHashMap<Vec<String>, Vec<String>>>);

impl Spellings {
    fn new(lowering: &Lowering<'_>, used: &IndexSet<&String>, names: &TagNames) -> Self {
        if lowering.settings.naming == Naming::Document {
            return Self(None);
        }
        let mut spellings = Self(Some(FxHashMap::default()));
        let declared = lowering.document.tags.iter().map(|tag| &tag.name);
        for tag in declared.chain(used.iter().copied()) {
            spellings.first(names.path(lowering, tag));
        }
        spellings
    }

    /// Returns the first path that differs from `path` only in case and separators.
    fn first(&mut self, path: Vec<String>) -> Vec<String> {
        let Some(paths) = &mut self.0 else {
            return path;
        };
        let letters = path.iter().map(|segment| letters(segment)).collect();
        paths.entry(letters).or_insert(path).clone()
    }
}

/// Returns the letters and digits of a tag, in lower case.
fn letters(tag: &str) -> String {
    let letters: String = tag.chars().filter(|c| c.is_alphanumeric()).collect();
    // A tag without any is only equal to itself.
    if letters.is_empty() {
        tag.to_owned()
    } else {
        letters.to_lowercase()
    }
}

/// Returns the length, in letters and digits, of the longest prefix of whole words that all tags share. Each tag keeps
/// at least one word.
fn common_prefix(tags: &IndexSet<String>) -> usize {
    let words: Vec<Vec<String>> = tags
        .iter()
        .map(|tag| tag.to_snake_case().split('_').map(str::to_owned).collect())
        .collect();
    let Some((first, others)) = words.split_first().filter(|(_, others)| !others.is_empty()) else {
        return 0;
    };
    let same = |other: &Vec<String>| {
        let same = first.iter().zip(other).take_while(|(one, other)| one == other).count();
        same.min(other.len() - 1)
    };
    let length = others.iter().map(same).min().unwrap_or(0).min(first.len() - 1);
    first[..length]
        .iter()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).count())
        .sum()
}

/// Returns a tag without the word `controller` at its end, such as `pet` for `pet-controller`. Springdoc names the tag of an operation
/// after the class.
fn without_controller(tag: &str) -> Option<&str> {
    const SEPARATORS: [char; 3] = ['-', '_', ' '];
    let (rest, last) = tag.split_at_checked(tag.len().checked_sub("controller".len())?)?;
    let is_word = last == "Controller" || last == "controller" && rest.ends_with(SEPARATORS);
    let rest = rest.trim_end_matches(SEPARATORS);
    (is_word && !rest.is_empty()).then_some(rest)
}

/// Returns a tag without its first letters and digits and the separators after them.
fn without_letters(tag: &str, count: usize) -> &str {
    if count == 0 {
        return tag;
    }
    let mut letters = tag.char_indices().filter(|(_, c)| c.is_alphanumeric()).skip(count);
    letters.next().map_or(tag, |(at, _)| &tag[at..])
}

/// The groups of operations without tags.
struct Untagged {
    is_flat: bool,
    /// Whether ids start with the class of the operation, such as `UsersController_findAll`.
    has_classes: bool,
}

impl Untagged {
    /// `tags` has the tag of each operation of the document.
    fn new(document: &Document, tags: &[Option<&String>]) -> Self {
        let operations = document.operations.iter().zip(tags);
        let untagged = operations
            .filter(|(_, tag)| tag.is_none())
            .map(|(operation, _)| operation);
        let with_class = untagged.clone().filter(|operation| class(operation).is_some()).count();
        Self {
            has_classes: with_class > 0 && with_class * 4 >= untagged.clone().count() * 3,
            is_flat: is_flat(untagged),
        }
    }

    fn group(&self, operation: &Operation) -> String {
        match class(operation).filter(|_| self.has_classes) {
            Some(class) => class.to_owned(),
            None if self.is_flat => DEFAULT_GROUP.to_owned(),
            None => first_resource_segment(&operation.path),
        }
    }
}

/// Returns the class in an id such as `UsersController_findAll` or `Accounts_List`.
fn class(operation: &Operation) -> Option<&str> {
    let (class, method) = operation.id.as_deref()?.split_once('_')?;
    let name = class
        .strip_suffix("Controller")
        .filter(|name| !name.is_empty())
        .unwrap_or(class);
    let is_class = class.starts_with(|c: char| c.is_ascii_uppercase()) && class.chars().all(char::is_alphanumeric);
    (is_class && !method.is_empty()).then_some(name)
}

/// Returns the first tag that names a group. A tag that repeats a segment before the resource of the path, such as `api`, does not.
fn tag_of<'d>(lowering: &Lowering<'d>, operation: &'d Operation) -> Option<&'d String> {
    let (prefix, resource) = match lowering.settings.naming {
        Naming::Document => (Vec::new(), Vec::new()),
        Naming::Idiomatic => split_prefix(&operation.path),
    };
    let has_resource = resource.iter().any(|segment| is_word(segment));
    let repeats_prefix = |tag: &String| has_resource && prefix.contains(&tag.as_str());
    let mut tags = operation.tags.iter();
    tags.find(|tag| !tag.trim().is_empty() && !repeats_prefix(tag))
}

/// Returns whether most first segments occur in only one path each, as in `/sendMessage`, so that they do not define
/// groups.
fn is_flat<'d>(untagged: impl Iterator<Item = &'d Operation>) -> bool {
    let mut segments: IndexMap<String, IndexSet<&str>> = IndexMap::new();
    for operation in untagged {
        segments
            .entry(first_resource_segment(&operation.path))
            .or_default()
            .insert(&operation.path);
    }
    let single = segments.values().filter(|paths| paths.len() == 1).count();
    segments.len() >= MIN_SEGMENTS && single * 4 >= segments.len() * 3
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

/// Returns the first segment of a path that describes its resource, or the default group.
fn first_resource_segment(path: &str) -> String {
    let (_, resource) = split_prefix(path);
    let first = resource.into_iter().find(|segment| is_word(segment));
    first.unwrap_or(DEFAULT_GROUP).to_owned()
}

/// Applies the configured renames to a path: the longest prefix that is configured.
fn renamed(lowering: &Lowering<'_>, path: Vec<String>) -> Vec<String> {
    for length in (1..=path.len()).rev() {
        if let Some(name) = lowering.settings.groups.get(&path[..length].join(".")) {
            let segments = name
                .split('.')
                .map(str::trim)
                .filter(|segment| !segment.is_empty())
                .map(str::to_owned);
            return segments.chain(path[length..].iter().cloned()).collect();
        }
    }
    path
}

fn docs_of(document: &Document, names: &TagNames, path: &[String]) -> Docs {
    let joined = path.join(".");
    let last = path.last().cloned().unwrap_or_default();
    let named = |name: &str| {
        let mut tags = document.tags.iter();
        let same = |tag: &&Tag| tag.name.eq_ignore_ascii_case(name) || names.name(&tag.name) == name;
        tags.find(same)
    };
    let tag = named(&joined).or_else(|| named(&last));
    tag.map_or_else(Docs::default, |tag| Docs {
        summary: tag.summary.clone(),
        description: tag.description.clone(),
        deprecated: None,
    })
}
