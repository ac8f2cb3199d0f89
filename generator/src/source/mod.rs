//! Stage 1, load: texts become trees of values that know where they stand.
//!
//! In: a path, standard input, or a text in memory. Out: a [`SourceMap`] of files, each with its text and its tree.
//! Afterwards nothing has a meaning yet; numbers keep their text, objects the order of their keys, and each value can
//! tell its line, column and JSON pointer. Broken texts are reported and become a lone null.

mod builder;
mod draft;
mod finding;
mod json;
mod locate;
mod scalar;
mod text;
mod tree;
mod yaml;

use std::io::Read as _;
use std::path::Path;
use std::sync::OnceLock;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, NodeId, Place};
use finding::Finding;
use tree::Tree;

pub use builder::TooDeep;
pub use draft::{Content, Draft};
pub use tree::{Node, Value};

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 1 << 30;

/// One file: its text and its tree.
#[derive(Debug)]
pub struct SourceFile {
    id: FileId,
    path: String,
    text: String,
    tree: Tree,
    /// Where each line begins, found when the first message needs it.
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Its path, as told to the user; slashes on every system.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The root of its tree.
    pub fn root(&self) -> Option<Node<'_>> {
        Node::new(self, NodeId(0))
    }
}

/// All files of a document. The first is the document itself.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads a file from disk, or standard input for `-`.
    ///
    /// The file has a place in the map even when it cannot be read; the diagnostics then have an error.
    pub fn load(&mut self, path: &Path, diagnostics: &mut Diagnostics) -> FileId {
        let stdin = path == Path::new("-");
        let name = if stdin {
            "<stdin>".to_owned()
        } else {
            path.to_string_lossy().replace('\\', "/")
        };
        let bytes = if stdin {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(path)
        };
        match bytes {
            Ok(bytes) => self.add(&name, bytes, diagnostics),
            Err(error) => {
                let file = self.add_missing(&name);
                let message = format!("cannot read `{name}`: {error}");
                let help = "check the path; it starts from the current folder, in a configuration from the folder of that file";
                diagnostics.push(Diagnostic::new(Code::Unreadable, Place::File(file), message).help(help));
                file
            }
        }
    }

    /// Adds a text that is in memory. `name` is the path that messages show and references start from.
    pub fn add(&mut self, name: &str, bytes: impl Into<Vec<u8>>, diagnostics: &mut Diagnostics) -> FileId {
        let parsed = text::parse(name, bytes.into());
        let id = self.push(name.to_owned(), parsed.text, parsed.tree);
        for finding in parsed.findings {
            diagnostics.push(self.diagnostic(id, finding));
        }
        id
    }

    /// Adds a file of which there is no text, for messages to speak of.
    pub fn add_missing(&mut self, name: &str) -> FileId {
        self.push(name.to_owned(), String::new(), Tree::default())
    }

    /// A map with one text that is in memory.
    pub fn from_text(name: &str, text: impl Into<Vec<u8>>, diagnostics: &mut Diagnostics) -> Self {
        let mut sources = Self::new();
        sources.add(name, text, diagnostics);
        sources
    }

    /// The file with an id of this map.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files, the document itself first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The value with an id of this map.
    pub fn node(&self, file: FileId, node: NodeId) -> Option<Node<'_>> {
        Node::new(self.file(file)?, node)
    }

    fn push(&mut self, path: String, text: String, tree: Tree) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(SourceFile {
            id,
            path,
            text,
            tree,
            lines: OnceLock::new(),
        });
        id
    }

    fn diagnostic(&self, file: FileId, finding: Finding) -> Diagnostic {
        let source = self.file(file);
        let place = |at| source.map_or(Place::File(file), |source| source.place_at(at));
        let mut diagnostic = Diagnostic::new(finding.code, place(finding.at), finding.message);
        if let Some(help) = finding.help {
            diagnostic = diagnostic.help(help);
        }
        match finding.label {
            Some((at, message)) => diagnostic.label(place(at), message),
            None => diagnostic,
        }
    }
}

#[cfg(test)]
mod tests;
