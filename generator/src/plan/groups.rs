//! Groups, and the names of their operations.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::ir::{Api, Docs};
use crate::krate::{Group, GroupId, Ident, Markdown, OperationId, OperationNames};
use crate::markdown::join_words;

use super::doc_text;
use super::method_names::{self, Repetition};
use super::models::code;
use super::names::{CLIENT_METHODS, Casing, Claim, FILE_STEMS, OPERATION_TYPES, Rank, Scope, Words};

/// Plans the groups, and returns the group and the names of each operation. With `idiomatic`, methods do not repeat the name
/// of their group.
pub fn groups(api: &Api, idiomatic: bool) -> (Vec<Group>, Vec<(GroupId, OperationNames)>) {
    let mut tree = Tree::new(api);
    let mut names: Vec<Option<(GroupId, OperationNames)>> = vec![None; api.operations.len()];
    let mut top_scope = Scope::new(Casing::Snake).without(CLIENT_METHODS).without(FILE_STEMS);
    let top_groups = tree.top_groups();
    let accessors = tree.accessors(&top_groups, &mut top_scope);
    tree.place(&[], top_groups, accessors);
    // A group precedes its subgroups.
    for (index, found) in tree.names(api, idiomatic).into_iter().enumerate() {
        let (path, children) = (tree.groups[index].path.clone(), tree.groups[index].groups.clone());
        tree.place(&path, children, found.accessors);
        tree.groups[index].handle = found.handle;
        for (operation, found) in tree.groups[index].operations.iter().zip(found.operations) {
            names[operation.0] = Some((GroupId(index), found));
        }
    }
    let summaries: Vec<String> = tree
        .groups
        .iter()
        .map(|group| summary(&tree.groups, group, &names))
        .collect();
    for (group, summary) in tree.groups.iter_mut().zip(summaries) {
        if group.doc.is_derived {
            group.doc.summary = Markdown::from_safe_text(summary);
        }
    }
    let fallback = || {
        (
            GroupId(0),
            operation_names(Ident::nearest("call"), &Ident::nearest("Call")),
        )
    };
    (
        tree.groups,
        names.into_iter().map(|names| names.unwrap_or_else(fallback)).collect(),
    )
}

fn operation_names(method: Ident, builder: &Ident) -> OperationNames {
    OperationNames {
        method,
        error: Ident::nearest(&format!("{builder}Error")),
        page: Ident::nearest(&format!("{builder}Page")),
        output: Ident::nearest(&format!("{builder}Output")),
        builder: builder.clone(),
    }
}

/// The maximum number of names in the description of a group.
const MOST_NAMES: usize = 4;

/// Returns the description of a group for which the document has none: its first operations, or its subgroups.
fn summary(groups: &[Group], group: &Group, names: &[Option<(GroupId, OperationNames)>]) -> String {
    let operations = group.operations.iter().filter_map(|id| names[id.0].as_ref());
    let (kind, items): (&str, Vec<&Ident>) = match group.operations.is_empty() {
        false => ("operation", operations.map(|(_, names)| &names.method).collect()),
        true => (
            "subgroup",
            group.groups.iter().map(|id| &groups[id.0].accessor).collect(),
        ),
    };
    let mut words: Vec<String> = items.iter().take(MOST_NAMES).map(|name| code(name.as_str())).collect();
    if items.len() > MOST_NAMES {
        words.push(format!("{} more", items.len() - MOST_NAMES));
    }
    let plural = if items.len() == 1 { "" } else { "s" };
    format!("The {kind}{plural} {}.", join_words(&words, "and"))
}

struct Tree {
    groups: Vec<Group>,
    /// The path of each group, in the words of the document.
    sources: Vec<Vec<String>>,
}

impl Tree {
    fn new(api: &Api) -> Self {
        let mut tree = Self {
            groups: Vec::new(),
            sources: Vec::new(),
        };
        let mut known: BTreeMap<Vec<String>, GroupId> = BTreeMap::new();
        let mut placed = vec![false; api.operations.len()];
        for group in &api.groups {
            let id = tree.add(&mut known, &group.path);
            tree.groups[id.0].doc = doc_text::doc(&group.docs, String::new);
            for operation in &group.operations {
                if !std::mem::replace(&mut placed[*operation], true) {
                    tree.groups[id.0].operations.push(OperationId(*operation));
                }
            }
        }
        let left: Vec<usize> = (0..placed.len()).filter(|index| !placed[*index]).collect();
        if !left.is_empty() {
            let id = tree.add(&mut known, &["operations".to_owned()]);
            tree.groups[id.0].operations.extend(left.into_iter().map(OperationId));
        }
        tree
    }

    /// Returns the words of the name of a group.
    fn words(&self, index: usize) -> Words {
        Words::of(self.sources[index].last().map_or("", String::as_str))
    }

    /// Returns where the names of each group's operations repeat the name of the group.
    fn repetition(&self, api: &Api, idiomatic: bool) -> Vec<Repetition> {
        if !idiomatic {
            return vec![Repetition::None; self.groups.len()];
        }
        let groups = self.groups.iter().enumerate().map(|(index, group)| {
            let operations = group.operations.iter().map(|operation| &api.operations[operation.0]);
            (self.words(index), operations.collect())
        });
        method_names::repetition(&groups.collect::<Vec<_>>())
    }

    /// Returns the names in each group, in parallel.
    fn names(&self, api: &Api, idiomatic: bool) -> Vec<GroupNames> {
        let groups = self.groups.par_iter().zip(self.repetition(api, idiomatic)).enumerate();
        groups
            .map(|(index, (group, repetition))| self.names_in(api, group, &self.words(index), repetition))
            .collect()
    }

    fn names_in(&self, api: &Api, group: &Group, words: &Words, repetition: Repetition) -> GroupNames {
        let operations = || group.operations.iter().map(|id| &api.operations[id.0]);
        let claims: Vec<Claim> = operations()
            .map(|operation| method_names::claim(operation, words, repetition))
            .collect();
        let mut methods = Scope::new(Casing::Snake)
            .without(FILE_STEMS)
            // `new` and `clone` are methods of every group. The files of groups import the other modules.
            .without(&["new", "clone", "core", "models", "runtime"]);
        let settled = methods.resolve(&claims);
        let accessors = self.accessors(&group.groups, &mut methods);
        let mut types = Scope::new(Casing::Pascal)
            .with_companions(&["error", "page", "output"])
            .without(OPERATION_TYPES);
        let claims = settled.iter().zip(operations()).map(|(words, operation)| {
            Claim::new(Rank::Document, method_names::key(operation), words.clone()).or(words.followed_by("call"))
        });
        let builders = types.idents(&claims.collect::<Vec<_>>());
        let handle = types.ident(
            &Claim::new(Rank::Derived, "handle", words.clone().starting_with_letter("group"))
                .or(words.followed_by("group")),
        );
        let operations = settled.iter().zip(&builders);
        GroupNames {
            operations: operations
                .map(|(method, builder)| operation_names(Casing::Snake.ident(method), builder))
                .collect(),
            accessors,
            handle,
        }
    }

    /// Returns the group at a path. Creates it and its ancestors if necessary.
    fn add(&mut self, known: &mut BTreeMap<Vec<String>, GroupId>, path: &[String]) -> GroupId {
        if let Some(id) = known.get(path) {
            return *id;
        }
        let parent = match path {
            [] | [_] => None,
            [above @ .., _] => Some(self.add(known, above)),
        };
        let id = GroupId(self.groups.len());
        let title = path.last().cloned().unwrap_or_default();
        self.groups.push(Group {
            parent,
            accessor: Ident::nearest("group"),
            feature: None,
            handle: Ident::nearest("Group"),
            path: Vec::new(),
            doc: doc_text::doc(&Docs::default(), String::new),
            accessor_doc: String::new(),
            title,
            groups: Vec::new(),
            operations: Vec::new(),
        });
        self.sources.push(path.to_vec());
        if let Some(parent) = parent {
            self.groups[parent.0].groups.push(id);
        }
        known.insert(path.to_vec(), id);
        id
    }

    /// Returns the groups without a parent.
    fn top_groups(&self) -> Vec<GroupId> {
        let groups = (0..self.groups.len()).map(GroupId);
        groups.filter(|id| self.groups[id.0].parent.is_none()).collect()
    }

    /// Names the subgroups of a group, whose modules and methods share the scope of its operations.
    fn accessors(&self, children: &[GroupId], scope: &mut Scope) -> Vec<Ident> {
        let claims = children.iter().map(|id| {
            let name = self.sources[id.0].last().map_or("", String::as_str);
            let words = Words::of(name).spelling_first_digit().starting_with_letter("api");
            Claim::new(Rank::Document, name, words.clone()).or(words.followed_by("api"))
        });
        scope.idents(&claims.collect::<Vec<_>>())
    }

    /// Sets the names and the paths of the subgroups of the group at a path.
    fn place(&mut self, above: &[Ident], children: Vec<GroupId>, accessors: Vec<Ident>) {
        for (id, accessor) in children.into_iter().zip(accessors) {
            let group = &mut self.groups[id.0];
            group.path = [above, std::slice::from_ref(&accessor)].concat();
            group.accessor = accessor;
        }
    }
}

/// The names in a group.
struct GroupNames {
    /// Those of its operations.
    operations: Vec<OperationNames>,
    /// Those of the methods that return its subgroups.
    accessors: Vec<Ident>,
    /// That of its struct.
    handle: Ident,
}
