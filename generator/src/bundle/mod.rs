//! Bundle: loads the files that a document refers to and resolves references.
//!
//! In: a [`SourceMap`] with the document as its first file, and a [`Loader`] for other files. Out: a [`Bundle`] with all files.
//! Afterwards [`Bundle::resolve`] and [`Bundle::follow`] do no I/O, and they terminate for every reference cycle. Network
//! requests are made only if the loader allows them.

mod anchors;
mod generics;
mod loader;
mod path;
mod reference;
mod scan;

use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::{Diagnostics, FileId, NodeId, Severity};
use crate::load::{Node, SourceMap};
use crate::wire::url::is_url;

use anchors::Anchors;
pub use loader::{Disk, Loader, NoFiles};

/// The maximum length of a chain of references.
const MAX_CHAIN: usize = 64;

/// The maximum number of keys that are visited to find suggestions for misspelled references.
const MAX_SUGGESTIONS: usize = 200_000;

/// What is known of chains of references, so that each chain is followed once.
#[derive(Debug, Default)]
pub struct Chains {
    /// Values that are not part of a cycle.
    open: FxHashSet<(FileId, NodeId)>,
    /// Values that are part of a cycle.
    circular: FxHashSet<(FileId, NodeId)>,
}

/// The files of a document, with their references resolved.
#[derive(Debug)]
pub struct Bundle {
    sources: SourceMap,
    /// The files by their normalized path, or the reason why a file cannot be used.
    files: FxHashMap<String, Result<FileId, String>>,
    anchors: Anchors,
    /// How many more keys may be visited to find suggestions.
    suggestions: AtomicUsize,
}

/// The target of a reference.
#[derive(Clone, Copy, Debug)]
pub struct Target<'b> {
    /// The value.
    pub node: Node<'b>,
    /// Whether the reference is invalid as written and its target was guessed from the name.
    pub guessed: bool,
}

impl Bundle {
    /// Loads all files that a document refers to, directly and indirectly.
    pub fn new(sources: SourceMap, loader: &dyn Loader, diagnostics: &mut Diagnostics) -> Self {
        let mut bundle = Self {
            sources,
            files: FxHashMap::default(),
            anchors: Anchors::default(),
            suggestions: AtomicUsize::new(MAX_SUGGESTIONS),
        };
        let mut next = 0;
        while next < bundle.sources.files().len() {
            let file = FileId(next as u32);
            bundle.register(file);
            bundle.load_referenced(file, loader, diagnostics);
            next += 1;
        }
        if bundle.anchors.are_dynamic() {
            bundle.expand_generics();
        }
        bundle
    }

    /// Replaces references to generic schemas by copies of these schemas.
    fn expand_generics(&mut self) {
        let Some(draft) = generics::expanded(self) else { return };
        let old = self.anchors.pointers(&self.sources);
        if self.sources.replace(FileId(0), &draft).is_err() {
            return;
        }
        self.anchors = Anchors::default();
        for file in self.sources.files() {
            if let Some(root) = file.root() {
                self.anchors.collect(root, file.path());
            }
        }
        // The copies have the ids of their originals.
        if let Some(root) = self.sources.node(FileId(0), NodeId(0)) {
            self.anchors.restore(&old, root);
        }
    }

    /// Returns the files.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Returns the root of the document.
    pub fn root(&self) -> Option<Node<'_>> {
        self.sources.node(FileId(0), NodeId(0))
    }

    /// Registers a file by its path and by the ids in it.
    fn register(&mut self, file: FileId) {
        let Some(source) = self.sources.file(file) else { return };
        // A file that could not be read keeps its error.
        self.files.entry(path::normalize(source.path())).or_insert(Ok(file));
        if let Some(root) = source.root() {
            self.anchors.collect(root, source.path());
        }
    }

    /// Loads the files that the references of a file point to, unless they are loaded already.
    fn load_referenced(&mut self, file: FileId, loader: &dyn Loader, diagnostics: &mut Diagnostics) {
        let Some(root) = self.sources.node(file, NodeId(0)) else {
            return;
        };
        let base = self.path_of(file).to_owned();
        let mut wanted = Vec::new();
        scan::each(root, |node, text| {
            let (uri, _) = reference::split(text);
            if !uri.is_empty() && self.anchors.by_id(node, uri, &base).is_none() && !self.is_component(uri) {
                wanted.push(path::join(&base, uri));
            }
        });
        for path in wanted {
            if self.files.contains_key(&path) || (is_url(&path) && !loader.reaches_network()) {
                continue;
            }
            let loaded = loader.load(&path).and_then(|bytes| {
                let mut found = Diagnostics::default();
                let file = self.sources.add(&path, bytes, &mut found);
                // Errors in a file are reported only where a reference needs the file.
                match found.iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
                    Some(error) => Err(error.message.clone()),
                    None => {
                        diagnostics.append(found);
                        Ok(file)
                    }
                }
            });
            self.files.insert(path, loaded);
        }
    }

    fn path_of(&self, file: FileId) -> &str {
        self.sources.file(file).map_or("", |source| source.path())
    }

    /// Returns the path of a file relative to the document, as a `$ref` would have it. Empty for the document itself.
    pub fn relative_path(&self, file: FileId) -> String {
        if file == FileId(0) {
            String::new()
        } else {
            path::relative(self.path_of(FileId(0)), self.path_of(file))
        }
    }

    /// Resolves a relative URL of a document that was loaded from the network. A template keeps its braces.
    pub fn in_network(&self, uri: &str) -> Option<String> {
        path::absolute(self.path_of(FileId(0)), uri)
    }

    /// Returns the `$ref` of a value, if it has one. A `$dynamicRef` that no generic schema binds is treated as `$ref`.
    pub fn reference_of<'b>(&self, node: Node<'b>) -> Option<Node<'b>> {
        node.get("$ref")
            .or_else(|| node.get("$dynamicRef"))
            .filter(|text| text.as_str().is_some())
    }

    /// Follows references to a value that is not a reference. Reports unresolvable references; `consequence` is what
    /// happens then, for example `the parameter is skipped`.
    pub fn follow<'b>(&'b self, node: Node<'b>, consequence: &str, diagnostics: &mut Diagnostics) -> Option<Node<'b>> {
        let mut next = node;
        for _ in 0..MAX_CHAIN {
            let Some(reference) = self.reference_of(next) else {
                return Some(next);
            };
            next = self.step(reference, consequence, diagnostics)?;
        }
        diagnostics.push(reference::cycle(node.get("$ref").unwrap_or(node), consequence));
        None
    }

    /// Follows one reference, given by the value that holds its text, and reports errors.
    pub fn step<'b>(
        &'b self,
        reference: Node<'b>,
        consequence: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Node<'b>> {
        match self.resolve(reference) {
            Ok(target) => {
                if target.guessed {
                    diagnostics.push(self.guessed_diagnostic(reference, target.node));
                }
                Some(target.node)
            }
            Err(error) => {
                diagnostics.push(reference::report(reference, error, consequence));
                None
            }
        }
    }

    /// Returns whether a reference points back to its own holder through references alone. Reports it if so.
    pub fn is_circular<'b>(
        &'b self,
        holder: Node<'b>,
        chains: &mut Chains,
        consequence: &str,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let id = |node: Node<'_>| (node.file(), node.id());
        let (mut passed, mut positions, mut at) = (Vec::new(), FxHashMap::default(), holder);
        let cycle = loop {
            if let Some(position) = positions.get(&id(at)) {
                break passed.split_off(*position);
            }
            if chains.open.contains(&id(at)) || chains.circular.contains(&id(at)) {
                break Vec::new();
            }
            positions.insert(id(at), passed.len());
            passed.push(id(at));
            let target = self.reference_of(at).and_then(|reference| self.find(reference));
            match target {
                Some(target) => at = target.node,
                None => break Vec::new(),
            }
        };
        chains.open.extend(passed);
        chains.circular.extend(cycle);
        let circular = chains.circular.contains(&id(holder));
        if circular {
            let reference = self.reference_of(holder).unwrap_or(holder);
            diagnostics.push(reference::cycle(reference, consequence));
        }
        circular
    }

    /// Takes `count` visited keys from the budget for suggestions. Returns whether there were enough.
    fn may_suggest(&self, count: usize) -> bool {
        let left = self.suggestions.load(Ordering::Relaxed);
        self.suggestions.store(left.saturating_sub(count), Ordering::Relaxed);
        left >= count
    }
}

#[cfg(test)]
mod tests;
