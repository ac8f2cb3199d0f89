//! Identifiers that values declare: `$id`, `$self`, `$anchor` and `$dynamicAnchor`.

use rustc_hash::FxHashMap;

use super::{path, reference, scan};
use crate::diagnostics::{FileId, NodeId};
use crate::json::unescape_pointer;
use crate::load::{Node, SourceMap};
use crate::wire::url::{is_uri, is_url};

/// The maximum number of values with the same anchor that are compared.
const MAX_EQUAL: usize = 64;

/// The values by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The values by their absolute ids.
    ids: FxHashMap<String, (FileId, NodeId)>,
    /// The values by their ids as written and by the last segments of these; `None` if several values have the same.
    short: FxHashMap<String, Option<(FileId, NodeId)>>,
    /// The values by their anchors. Schemas with different ids may have equal anchors.
    names: FxHashMap<(FileId, String), Vec<NodeId>>,
    /// Whether there are dynamic references.
    are_dynamic: bool,
}

/// The ids of a document before it is changed.
pub(super) struct OldIds {
    ids: Vec<(String, String)>,
    short: Vec<(String, String)>,
}

impl Anchors {
    /// Registers the identifiers of a file.
    pub(super) fn collect(&mut self, root: Node<'_>, file: &str) {
        root.walk(|node| {
            match (node.key(), node.as_str(), node.parent()) {
                (Some("$id" | "$self"), Some(id), Some(owner)) if declared_id(owner) == Some(id) => {
                    self.id(id, owner, file);
                }
                (Some("$anchor" | "$dynamicAnchor"), Some(name), Some(owner)) => {
                    let equal = self.names.entry((node.file(), name.to_owned())).or_default();
                    if equal.len() < MAX_EQUAL {
                        equal.push(owner.id());
                    }
                }
                (Some("$dynamicRef"), Some(_), Some(_)) => self.are_dynamic = true,
                _ => {}
            }
            !scan::is_data(node)
        });
    }

    /// Returns the ids of values of the document, with the JSON pointers of these values.
    pub(super) fn pointers(&self, sources: &SourceMap) -> OldIds {
        let pointer = |(file, node): (FileId, NodeId)| Some(sources.node(file, node)?.pointer());
        let is_own = |at: &(FileId, NodeId)| at.0 == FileId(0);
        let ids = self.ids.iter().filter(|(_, at)| is_own(at));
        let short = self.short.iter().filter_map(|(id, at)| Some((id, (*at)?)));
        let short = short.filter(|(_, at)| is_own(at));
        OldIds {
            ids: ids.filter_map(|(id, at)| Some((id.clone(), pointer(*at)?))).collect(),
            short: short.filter_map(|(id, at)| Some((id.clone(), pointer(at)?))).collect(),
        }
    }

    /// Assigns ids to the values at their old JSON pointers in a changed document.
    pub(super) fn restore(&mut self, old: &OldIds, root: Node<'_>) {
        for (id, pointer) in &old.ids {
            self.ids.extend(at(root, pointer).map(|found| (id.clone(), found)));
        }
        for (id, pointer) in &old.short {
            self.short
                .extend(at(root, pointer).map(|found| (id.clone(), Some(found))));
        }
    }

    /// Returns whether no value has an id, as in most documents.
    pub(super) fn have_no_ids(&self) -> bool {
        self.ids.is_empty()
    }

    /// Returns whether a file has dynamic references.
    pub(super) fn are_dynamic(&self) -> bool {
        self.are_dynamic
    }

    fn id(&mut self, id: &str, owner: Node<'_>, file: &str) {
        let at = (owner.file(), owner.id());
        self.ids.entry(base(owner, file)).or_insert(at);
        let (id, _) = reference::split(id);
        // References may be relative to a base URI that the document does not state.
        let last = id.rsplit('/').next().unwrap_or(id);
        for short in [id, last] {
            let known = self.short.entry(short.to_owned()).or_insert(Some(at));
            if *known != Some(at) {
                *known = None;
            }
        }
    }

    /// Returns the value whose id a reference resolves to; `file` is the path of the file that contains the reference.
    pub(super) fn by_id(&self, reference: Node<'_>, uri: &str, file: &str) -> Option<(FileId, NodeId)> {
        if self.have_no_ids() {
            return None;
        }
        self.ids.get(&resolved(&base(reference, file), uri)).copied()
    }

    /// Returns the only value whose id is, or ends in, this text.
    pub(super) fn by_short_id(&self, uri: &str) -> Option<(FileId, NodeId)> {
        self.short.get(uri.strip_prefix("./").unwrap_or(uri)).copied().flatten()
    }

    /// Returns the value with this anchor in the file of `near`. Of several, it is the one that shares the innermost
    /// ancestor with `near`.
    pub(super) fn by_name<'b>(&self, sources: &'b SourceMap, near: Node<'b>, name: &str) -> Option<Node<'b>> {
        let named = self.names.get(&(near.file(), name.to_owned()))?;
        let ancestors: FxHashMap<NodeId, usize> = with_ancestors(near)
            .enumerate()
            .map(|(distance, node)| (node.id(), distance))
            .collect();
        let distance = |node: &Node<'b>| {
            let shared = with_ancestors(*node).find_map(|node| ancestors.get(&node.id()).copied());
            shared.unwrap_or(usize::MAX)
        };
        let nodes = named.iter().filter_map(|id| sources.node(near.file(), *id));
        nodes.min_by_key(distance)
    }
}

/// Returns the id that a value declares. An id that is only a fragment is an anchor of older versions.
pub(super) fn declared_id(owner: Node<'_>) -> Option<&str> {
    let is_root = owner == owner.root();
    let id = owner.get("$id").and_then(Node::as_str);
    id.or_else(|| owner.get("$self").filter(|_| is_root).and_then(Node::as_str))
        .filter(|id| !reference::split(id).0.is_empty())
}

/// Returns the value at a JSON pointer.
fn at(root: Node<'_>, pointer: &str) -> Option<(FileId, NodeId)> {
    let pointer = pointer.trim_start_matches('#');
    let found = pointer
        .split('/')
        .skip(1)
        .try_fold(root, |node, part| match node.is_array() {
            true => node.item(part.parse().ok()?),
            false => node.get(&unescape_pointer(part)),
        })?;
    Some((found.file(), found.id()))
}

/// Returns a value and its ancestors, from the inside to the outside.
fn with_ancestors(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    std::iter::successors(Some(node), |node| node.parent())
}

/// Returns the base URI inside a value: the ids of the value and its ancestors, resolved against the path of the file.
fn base(node: Node<'_>, file: &str) -> String {
    let ids: Vec<&str> = with_ancestors(node).filter_map(declared_id).collect();
    let mut base = path::normalize(file);
    for id in ids.into_iter().rev() {
        base = resolved(&base, reference::split(id).0);
    }
    base
}

/// Resolves a URI reference without a fragment.
fn resolved(base: &str, uri: &str) -> String {
    if is_uri(uri) && !is_url(uri) {
        return uri.to_owned();
    }
    path::join(base, uri)
}
