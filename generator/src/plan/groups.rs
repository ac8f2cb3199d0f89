//! Groups, and the names of their operations.

use std::collections::BTreeMap;

use crate::ir::{self, Api, Docs};
use crate::krate::{Group, GroupId, Ident, OperationId, OperationNames};

use super::doc_text;
use super::models::code;
use super::names::{CLIENT_METHODS, Case, Claim, FILE_STEMS, OPERATION_TYPES, Rank, Scope, Words};

/// Plans the groups, and returns the group and the names of each operation. With `idiomatic`, methods do not repeat the name
/// of their group.
pub fn groups(api: &Api, idiomatic: bool) -> (Vec<Group>, Vec<(GroupId, OperationNames)>) {
    let mut tree = Tree::new(api);
    let mut names: Vec<Option<(GroupId, OperationNames)>> = vec![None; api.operations.len()];
    tree.name_children(
        None,
        &mut Scope::new(Case::Snake).without(CLIENT_METHODS).without(FILE_STEMS),
    );
    for index in 0..tree.groups.len() {
        let id = GroupId(index);
        let operations: Vec<usize> = tree.groups[index]
            .operations
            .iter()
            .map(|operation| operation.0)
            .collect();
        let mut methods = Scope::new(Case::Snake)
            .without(FILE_STEMS)
            // `new` and `clone` are methods of every group. The files of groups import the other modules.
            .without(&["new", "clone", "core", "models", "runtime"]);
        let group = Words::of(tree.sources[index].last().map_or("", String::as_str));
        let strip = idiomatic && repeats_group(api, &operations, &group);
        let claims: Vec<Claim> = operations
            .iter()
            .map(|op| method_claim(&api.operations[*op], &group, strip))
            .collect();
        let settled = methods.resolve(&claims);
        tree.name_children(Some(id), &mut methods);
        let mut types = Scope::new(Case::Pascal)
            .with_companions(&["error", "page", "output"])
            .without(OPERATION_TYPES);
        let claims = settled.iter().zip(&operations).map(|(words, op)| {
            Claim::new(Rank::Document, key(&api.operations[*op]), words.clone()).or(words.followed_by("call"))
        });
        let builders = types.idents(&claims.collect::<Vec<_>>());
        tree.groups[index].handle = types.ident(
            &Claim::new(Rank::Derived, "handle", group.clone().starting_with_letter("group"))
                .or(group.followed_by("group")),
        );
        for ((op, method), builder) in operations.iter().zip(&settled).zip(builders) {
            names[*op] = Some((id, operation_names(Case::Snake.ident(method), &builder)));
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

/// Returns the claim of an operation's method: its name without that of the group.
fn method_claim(operation: &ir::Operation, group: &Words, strip: bool) -> Claim {
    let with_variant = |words: Words| match &operation.variant {
        Some(variant) => words.followed_by("with").followed_by(&variant.words),
        None => words,
    };
    let words = |text: &str| Words::of(text).starting_with_letter("call");
    if let Some(name) = &operation.custom_name {
        return Claim::new(Rank::Explicit, key(operation), with_variant(words(name)));
    }
    let whole = words(&operation.name.text);
    let short = match &operation.name.rest {
        Some(rest) => Some(rest_words(rest, group)),
        None => {
            let stripped = || strip.then(|| whole.without_prefix(group)).flatten();
            after_group_part(&operation.name.text, group).or_else(stripped)
        }
    };
    let short = short.map(|short| short.starting_with_letter("call"));
    Claim::new(
        Rank::Document,
        key(operation),
        with_variant(short.unwrap_or_else(|| whole.clone())),
    )
    .or(with_variant(whole))
    .or(with_variant(words(&operation.id)))
    .or(with_variant(
        words(&operation.id).prefixed_with(&operation.method.to_ascii_lowercase()),
    ))
}

/// Returns the key of an operation's claim.
fn key(operation: &ir::Operation) -> String {
    match &operation.variant {
        Some(variant) => format!("{} {}", operation.pointer, variant.media_type),
        None => operation.pointer.clone(),
    }
}

/// Returns the part of a name after the name of the group, such as `get` in `repos/get` or `compute.repos.get`.
fn after_group_part(name: &str, group: &Words) -> Option<Words> {
    let separators = name.match_indices(['/', '.', ':', '#', '_', '-']);
    let is_group = |text: &str| {
        let rest = Words::of(text).followed_by("x").without_prefix(group);
        !text.is_empty() && rest.is_some_and(|rest| rest.count() == 1)
    };
    let parts = separators.filter(|(at, _)| {
        let before = &name[..*at];
        is_group(before)
            || before
                .rsplit(['/', '.', ':', '#'])
                .next()
                .is_some_and(|part| part != before && is_group(part))
    });
    let rest = parts
        .map(|(at, _)| &name[at + 1..])
        .find(|rest| rest.contains(char::is_alphanumeric))?;
    Some(Words::of(rest))
}

/// Returns whether most names of a group start with the name of the group, also without a separator.
fn repeats_group(api: &Api, operations: &[usize], group: &Words) -> bool {
    let names = operations
        .iter()
        .map(|index| Words::of(&api.operations[*index].name.text));
    let repeating = names.filter(|name| name.without_prefix(group).is_some()).count();
    repeating * 3 >= operations.len() * 2
}

/// Returns the words of a REST name in a group: the resource that the group is named after is left out.
fn rest_words(rest: &ir::RestName, group: &Words) -> Words {
    let verb = Words::of(&rest.verb);
    let nouns = Words::of(&rest.nouns.join(" "));
    // If the group consists of all nouns, `without_prefix` returns `None`. So a word is appended for the comparison.
    match nouns.followed_by("x").without_prefix(group) {
        Some(rest) => match rest.without_suffix(&Words::of("x")) {
            Some(rest) => verb.followed_by(&rest.spaced()),
            None => verb,
        },
        None => verb.followed_by(&nouns.spaced()),
    }
}

/// Returns the description of a group for which the document has none.
fn summary(path: &[String]) -> String {
    format!("Operations of the group {}", code(&path.join(".")))
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
            tree.groups[id.0].doc = doc_text::doc(&group.docs, || summary(&group.path));
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
            doc: doc_text::doc(&Docs::default(), || summary(path)),
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

    /// Names the subgroups of a group, whose modules and methods share the scope of its operations.
    fn name_children(&mut self, parent: Option<GroupId>, scope: &mut Scope) {
        let children: Vec<usize> = (0..self.groups.len())
            .filter(|index| self.groups[*index].parent == parent)
            .collect();
        let claims = children.iter().map(|index| {
            let name = self.sources[*index].last().map_or("", String::as_str);
            let words = Words::of(name).spelling_first_digit().starting_with_letter("api");
            Claim::new(Rank::Document, name, words.clone()).or(words.followed_by("api"))
        });
        let accessors = scope.idents(&claims.collect::<Vec<_>>());
        let above = parent.map_or_else(Vec::new, |parent| self.groups[parent.0].path.clone());
        for (index, accessor) in children.into_iter().zip(accessors) {
            let mut path = above.clone();
            path.push(accessor.clone());
            self.groups[index].path = path;
            self.groups[index].accessor = accessor;
        }
    }
}
