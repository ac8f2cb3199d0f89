//! Generic schemas: schemas whose dynamic references are bound where they are used.
//!
//! In: the tree of the document. Out: a tree in which a `$ref` to a generic schema is replaced by a copy of this schema, if
//! `$defs` next to it or around it bind a dynamic anchor of the copy. In the copy, the bound schema is in the place of the
//! `$dynamicRef`. References that nothing binds stay, and are resolved like `$ref`.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::{Bundle, reference, scan};
use crate::diagnostics::{FileId, NodeId};
use crate::load::{Content, Draft, Node};

/// The maximum number of values that copies may add.
const MAX_COPIED: usize = 200_000;

/// The maximum number of values that are searched for dynamic references.
const MAX_SEARCHED: usize = 2_000_000;

/// The bound schemas, by their dynamic anchors.
type Bindings<'b> = IndexMap<&'b str, Node<'b>>;

/// The state of one pass over the document.
struct Generics<'b> {
    bundle: &'b Bundle,
    /// The generic schemas that enclose the current copy.
    open: Vec<(FileId, NodeId)>,
    /// How many more values may be copied.
    copies: usize,
    /// How many more values may be searched.
    searches: usize,
}

/// Returns the tree of the document with copies of its generic schemas.
pub(super) fn expanded(bundle: &Bundle) -> Option<Draft> {
    let mut generics = Generics {
        bundle,
        open: Vec::new(),
        copies: MAX_COPIED,
        searches: MAX_SEARCHED,
    };
    Some(generics.copy(bundle.root()?, &Bindings::default()))
}

impl<'b> Generics<'b> {
    fn copy(&mut self, node: Node<'b>, outer: &Bindings<'b>) -> Draft {
        if scan::is_data(node) {
            return Draft::of(node);
        }
        if !self.open.is_empty() {
            self.copies = self.copies.saturating_sub(1);
        }
        if node.is_array() {
            let items = node.items().map(|item| self.copy(item, outer));
            return Draft::with_content(node, Content::Array(items.collect()));
        }
        if !node.is_object() {
            return Draft::of(node);
        }
        if let Some(bound) = self.bound(node, outer) {
            return Draft::of(bound);
        }
        let bindings = bindings(node, outer);
        let mut entries: IndexMap<String, Draft> = node
            .entries()
            .map(|(key, value)| (key.to_owned(), self.copy(value, &bindings)))
            .collect();
        if let Some(generic) = self.generic(node, &bindings) {
            entries.shift_remove("$ref");
            self.add(&mut entries, generic, &bindings);
        }
        Draft::with_content(node, Content::Object(entries))
    }

    /// Adds the keywords of a generic schema. Keywords next to the reference precede them.
    fn add(&mut self, entries: &mut IndexMap<String, Draft>, generic: Node<'b>, bindings: &Bindings<'b>) {
        self.open.push((generic.file(), generic.id()));
        if let Content::Object(added) = self.copy(generic, bindings).content {
            for (key, value) in added.into_iter().filter(|(key, _)| key != "$dynamicAnchor") {
                match (entries.get_mut(&key).map(|own| &mut own.content), value.content.clone()) {
                    (Some(Content::Object(own)), Content::Object(more)) if key == "$defs" => {
                        more.into_iter().for_each(|(name, schema)| {
                            own.entry(name).or_insert(schema);
                        });
                    }
                    (Some(_), _) => {}
                    (None, _) => {
                        entries.insert(key, value);
                    }
                }
            }
        }
        self.open.pop();
    }

    /// Returns the schema that is bound to the dynamic reference of a schema.
    fn bound(&self, schema: Node<'b>, bindings: &Bindings<'b>) -> Option<Node<'b>> {
        let (file, anchor) = reference::split(schema.get("$dynamicRef")?.as_str()?);
        // A reference with siblings keeps them, so it is not replaced.
        let is_alone = schema.entries().count() == 1;
        (is_alone && file.is_empty())
            .then(|| bindings.get(anchor).copied())
            .flatten()
    }

    /// Returns the target of a reference, if it contains a dynamic reference to a bound anchor.
    fn generic(&mut self, schema: Node<'b>, bindings: &Bindings<'b>) -> Option<Node<'b>> {
        let reference = schema.get("$ref").filter(|_| !bindings.is_empty() && self.copies > 0)?;
        reference.as_str()?;
        let target = self.bundle.resolve(reference).ok()?.node;
        let is_open = self.open.contains(&(target.file(), target.id()));
        let mut seen = FxHashSet::default();
        (!is_open && target.is_object() && self.refers(target, bindings, &mut seen)).then_some(target)
    }

    /// Returns whether a schema, or one that it refers to, has a dynamic reference to a bound anchor.
    fn refers(&mut self, schema: Node<'b>, bindings: &Bindings<'b>, seen: &mut FxHashSet<(FileId, NodeId)>) -> bool {
        let mut wanted = vec![schema];
        while let Some(schema) = wanted.pop() {
            if !seen.insert((schema.file(), schema.id())) {
                continue;
            }
            let mut found = false;
            scan::each(schema, |node, text| {
                let is_bound = || bindings.contains_key(reference::split(text).1);
                self.searches = self.searches.saturating_sub(1);
                found |= node.key() == Some("$dynamicRef") && is_bound();
                if node.key() == Some("$ref") && self.searches > 0 {
                    wanted.extend(self.bundle.resolve(node).ok().map(|target| target.node));
                }
            });
            if found || self.searches == 0 {
                return found;
            }
        }
        false
    }
}

/// Returns the bindings inside a schema. Those of an outer schema have precedence.
fn bindings<'b>(schema: Node<'b>, outer: &Bindings<'b>) -> Bindings<'b> {
    let mut bindings = outer.clone();
    let definitions = schema.get("$defs").into_iter().flat_map(Node::entries);
    for (_, definition) in definitions {
        if let Some(anchor) = definition.get("$dynamicAnchor").and_then(Node::as_str) {
            bindings.entry(anchor).or_insert(definition);
        }
    }
    bindings
}
