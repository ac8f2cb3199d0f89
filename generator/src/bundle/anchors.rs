//! Identifiers that values declare: `$id`, `$self`, `$anchor` and `$dynamicAnchor`.

use rustc_hash::FxHashMap;

use crate::diagnostics::{FileId, NodeId};
use crate::load::Node;

/// The values by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    ids: FxHashMap<String, (FileId, NodeId)>,
    names: FxHashMap<(FileId, String), NodeId>,
}

impl Anchors {
    /// Registers the identifiers of a file.
    pub(super) fn collect(&mut self, root: Node<'_>) {
        root.walk(|node| {
            let at = (node.file(), node.id());
            match (node.key(), node.as_str(), node.parent()) {
                (Some("$id"), Some(id), Some(owner)) => self.id(id, owner),
                (Some("$self"), Some(id), Some(owner)) if owner == root => self.id(id, owner),
                (Some("$anchor" | "$dynamicAnchor"), Some(name), Some(owner)) => {
                    self.names.entry((at.0, name.to_owned())).or_insert(owner.id());
                }
                _ => {}
            }
            true
        });
    }

    fn id(&mut self, id: &str, owner: Node<'_>) {
        let id = id.strip_suffix('#').unwrap_or(id);
        let at = (owner.file(), owner.id());
        self.ids.entry(id.to_owned()).or_insert(at);
        // References may be relative to a base URI that is itself relative, so the last segment is registered too.
        if let Some((_, last)) = id.rsplit_once('/').filter(|(_, last)| !last.is_empty()) {
            self.ids.entry(last.to_owned()).or_insert(at);
        }
    }

    /// Returns whether a value declares this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.by_id(id).is_some()
    }

    /// Returns the value that declares this id.
    pub(super) fn by_id(&self, id: &str) -> Option<(FileId, NodeId)> {
        self.ids.get(id.strip_prefix("./").unwrap_or(id)).copied()
    }

    /// Returns the value with this anchor in a file.
    pub(super) fn by_name(&self, file: FileId, name: &str) -> Option<NodeId> {
        self.names.get(&(file, name.to_owned())).copied()
    }
}
