//! Stage 2, resolve: every `$ref` of a document leads to a value, or it is known why not.
//!
//! In: a [`SourceMap`] with the document as its first file, and a [`Loader`] for the files that it refers to. Out: a
//! [`Bundle`] with all those files. Afterwards [`Bundle::resolve`] and [`Bundle::follow`] need no file and no network,
//! and they always end, whatever circles the references make. Nothing is fetched from the network, unless the loader does.

mod anchors;
mod loader;
mod path;
mod reference;

use rustc_hash::FxHashMap;

use crate::diagnostics::{Diagnostics, FileId, NodeId, Severity};
use crate::source::{Node, SourceMap};

use anchors::Anchors;
pub use loader::{Disk, Loader, NoFiles};
pub use reference::Problem;

/// The longest chain of references that point at nothing but the next one.
const MAX_CHAIN: usize = 64;

/// The files of a document, with their references resolved.
#[derive(Debug)]
pub struct Bundle {
    sources: SourceMap,
    /// Files by their normalised path, or why there is none.
    files: FxHashMap<String, Result<FileId, String>>,
    anchors: Anchors,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug)]
pub struct Target<'b> {
    /// The value.
    pub node: Node<'b>,
    /// Whether the reference had to be guessed at, and so is to be reported.
    pub by_name: bool,
}

impl Bundle {
    /// Resolves a document: loads the files that it refers to, and those that they refer to.
    pub fn new(sources: SourceMap, loader: &dyn Loader, diagnostics: &mut Diagnostics) -> Self {
        let mut bundle = Self {
            sources,
            files: FxHashMap::default(),
            anchors: Anchors::default(),
        };
        let mut next = 0;
        while next < bundle.sources.files().len() {
            let file = FileId(next as u32);
            bundle.enter(file);
            bundle.load_referenced(file, loader, diagnostics);
            next += 1;
        }
        bundle
    }

    /// The files.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The root of the document.
    pub fn root(&self) -> Option<Node<'_>> {
        self.sources.node(FileId(0), NodeId(0))
    }

    /// Makes a file known by its path and by the ids inside it.
    fn enter(&mut self, file: FileId) {
        let Some(source) = self.sources.file(file) else { return };
        // A file that could not be read keeps the reason that is there.
        self.files.entry(path::normal(source.path())).or_insert(Ok(file));
        if let Some(root) = source.root() {
            self.anchors.collect(root);
        }
    }

    /// Loads what the references of a file lead to, but for files that are known.
    fn load_referenced(&mut self, file: FileId, loader: &dyn Loader, diagnostics: &mut Diagnostics) {
        let Some(root) = self.sources.node(file, NodeId(0)) else {
            return;
        };
        let base = self.path_of(file).to_owned();
        let mut wanted = Vec::new();
        reference::each(root, |text| {
            let (uri, _) = reference::split(text);
            if !uri.is_empty() && !self.anchors.has(uri) && !self.is_component(uri) {
                wanted.push(path::join(&base, uri));
            }
        });
        for path in wanted {
            if self.files.contains_key(&path) || (path::is_remote(&path) && !loader.reaches_network()) {
                continue;
            }
            let loaded = loader.load(&path).and_then(|bytes| {
                let mut found = Diagnostics::default();
                let file = self.sources.add(&path, bytes, &mut found);
                // What is wrong with a file matters only where a reference needs it.
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

    /// Where a file stands, seen from the document: what `$ref`s in the document would say. Empty for the document.
    pub fn relative_path(&self, file: FileId) -> String {
        if file == FileId(0) {
            String::new()
        } else {
            path::relative(self.path_of(FileId(0)), self.path_of(file))
        }
    }

    /// The whole of a relative URL in the document, where the document is from the network. A template keeps its braces.
    pub fn in_network(&self, uri: &str) -> Option<String> {
        path::absolute(self.path_of(FileId(0)), uri)
    }

    /// The text of the reference that a value is, if it is one. `$dynamicRef` counts as `$ref`: in the documents that
    /// there are, no schema is extended in a way that would tell them apart.
    pub fn reference_of<'b>(&self, node: Node<'b>) -> Option<Node<'b>> {
        node.get("$ref")
            .or_else(|| node.get("$dynamicRef"))
            .filter(|text| text.as_str().is_some())
    }

    /// Follows references until there is a value that is none. What cannot be followed is reported, with what becomes of
    /// it in the words of `becomes`, such as `the parameter is dropped`.
    pub fn follow<'b>(&'b self, node: Node<'b>, becomes: &str, diagnostics: &mut Diagnostics) -> Option<Node<'b>> {
        let mut next = node;
        for _ in 0..MAX_CHAIN {
            let Some(reference) = self.reference_of(next) else {
                return Some(next);
            };
            next = self.step(reference, becomes, diagnostics)?;
        }
        diagnostics.push(reference::cycle(node.get("$ref").unwrap_or(node), becomes));
        None
    }

    /// Follows one reference, given by the value that holds its text, and reports what is wrong with it.
    pub fn step<'b>(&'b self, reference: Node<'b>, becomes: &str, diagnostics: &mut Diagnostics) -> Option<Node<'b>> {
        match self.resolve(reference) {
            Ok(target) => {
                if target.by_name {
                    diagnostics.push(self.guessed(reference, target.node));
                }
                Some(target.node)
            }
            Err(problem) => {
                diagnostics.push(reference::report(reference, problem, becomes));
                None
            }
        }
    }

    /// Whether following a reference leads back to the value that holds it, by nothing but references. Reported if so.
    pub fn is_circular<'b>(&'b self, holder: Node<'b>, becomes: &str, diagnostics: &mut Diagnostics) -> bool {
        let Some(reference) = self.reference_of(holder) else {
            return false;
        };
        let next = |reference: Node<'b>| {
            let target = self.resolve(reference).ok()?.node;
            if target == holder {
                Some(target)
            } else {
                self.reference_of(target)
            }
        };
        let circular = std::iter::successors(Some(reference), |at| next(*at))
            .take(MAX_CHAIN)
            .any(|at| at == holder);
        if circular {
            diagnostics.push(reference::cycle(reference, becomes));
        }
        circular
    }
}

#[cfg(test)]
mod tests;
