//! Identifiers that values declare: `$id`, `$self`, `$anchor` and `$dynamicAnchor`.

use rustc_hash::FxHashMap;

use super::{path, reference, scan};
use crate::diagnostics::{FileId, NodeId};
use crate::load::Node;
use crate::wire::url::{is_uri, is_url};

/// The values by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The values by their absolute ids.
    ids: FxHashMap<String, (FileId, NodeId)>,
    /// The values by their ids as written and by the last segments of these; `None` if several values have the same.
    short: FxHashMap<String, Option<(FileId, NodeId)>>,
    names: FxHashMap<(FileId, String), NodeId>,
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
                    let key = (node.file(), name.to_owned());
                    self.names.entry(key).or_insert(owner.id());
                }
                _ => {}
            }
            !scan::is_data(node)
        });
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
        // Most documents have no ids.
        if self.ids.is_empty() {
            return None;
        }
        self.ids.get(&resolved(&base(reference, file), uri)).copied()
    }

    /// Returns the only value whose id is, or ends in, this text.
    pub(super) fn by_short_id(&self, uri: &str) -> Option<(FileId, NodeId)> {
        self.short.get(uri.strip_prefix("./").unwrap_or(uri)).copied().flatten()
    }

    /// Returns the value with this anchor in a file.
    pub(super) fn by_name(&self, file: FileId, name: &str) -> Option<NodeId> {
        self.names.get(&(file, name.to_owned())).copied()
    }
}

/// Returns the id that a value declares. An id that is only a fragment is an anchor of older versions.
pub(super) fn declared_id(owner: Node<'_>) -> Option<&str> {
    let is_root = owner == owner.root();
    let id = owner.get("$id").and_then(Node::as_str);
    id.or_else(|| owner.get("$self").filter(|_| is_root).and_then(Node::as_str))
        .filter(|id| !reference::split(id).0.is_empty())
}

/// Returns the base URI inside a value: the ids of the value and its ancestors, resolved against the path of the file.
fn base(node: Node<'_>, file: &str) -> String {
    let owners = std::iter::successors(Some(node), |node| node.parent());
    let ids: Vec<&str> = owners.filter_map(declared_id).collect();
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
