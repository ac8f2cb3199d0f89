//! Stage 1, load: parses files into trees of values with source positions.
//!
//! In: a path, standard input, or a text in memory. Out: a [`SourceMap`] of files, each with its text and its tree.
//! Afterwards nothing is interpreted yet: numbers keep their text, objects keep the order of their keys, and every value
//! knows its line, column and JSON pointer. A file that cannot be parsed is reported and has a single null as its tree.

mod builder;
mod draft;
mod finding;
mod indent;
mod json;
mod locate;
mod node;
mod scalar;
mod text;
mod tree;
mod yaml;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::OnceLock;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, NodeId, Place};
use finding::Finding;
use tree::Tree;

pub use draft::{Content, Draft};
pub use node::{Node, Value};
pub use scalar::json_number;

/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 256 << 20;

/// Reads a file up to one byte more than the limit, so that [`text::parse`] reports files that are too large. `size` is the expected
/// number of bytes.
fn read_limited(reader: impl Read, size: u64) -> io::Result<Vec<u8>> {
    // One more byte, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(MAX_BYTES).min(MAX_BYTES) + 1);
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file with its text and its tree.
#[derive(Debug)]
pub struct SourceFile {
    id: FileId,
    path: String,
    text: String,
    tree: Tree,
    /// The byte offset of each line, computed when a message needs it.
    lines: OnceLock<Vec<u32>>,
    /// The number of characters before each block of the text, computed when a message needs it.
    characters: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Returns the path or URL, with slashes on every platform. Messages show it without the secrets of a URL.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the text without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the root of the tree.
    pub fn root(&self) -> Option<Node<'_>> {
        Node::new(self, NodeId(0))
    }
}

/// The files of a document. The first one is the document itself.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Creates an empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads a file from disk, or standard input for `-`.
    ///
    /// A file that cannot be read is reported as an error and still gets an id in the map.
    pub fn load(&mut self, path: &Path, diagnostics: &mut Diagnostics) -> FileId {
        let stdin = path == Path::new("-");
        let name = if stdin {
            "<stdin>".to_owned()
        } else {
            path.to_string_lossy().replace('\\', "/")
        };
        let bytes = if stdin {
            read_limited(io::stdin().lock(), 0)
        } else {
            File::open(path).and_then(|file| {
                let size = file.metadata()?.len();
                read_limited(file, size)
            })
        };
        match bytes {
            Ok(bytes) => self.add(&name, bytes, diagnostics),
            Err(error) => {
                let file = self.add_missing(&name);
                let message = format!("cannot read `{name}`: {}", reason(&error));
                let help =
                    "check the path; it is relative to the current folder, or to the folder of the configuration file";
                diagnostics.push(Diagnostic::new(Code::Unreadable, Place::File(file), message).help(help));
                file
            }
        }
    }

    /// Adds a text from memory. `name` is the path that messages show and that relative references start from.
    pub fn add(&mut self, name: &str, bytes: impl Into<Vec<u8>>, diagnostics: &mut Diagnostics) -> FileId {
        let parsed = text::parse(name, bytes.into());
        let id = self.push(name.to_owned(), parsed.text, parsed.tree);
        for finding in parsed.findings {
            diagnostics.push(self.diagnostic(id, finding));
        }
        id
    }

    /// Adds a file without text, so that messages can refer to it.
    pub fn add_missing(&mut self, name: &str) -> FileId {
        self.push(name.to_owned(), String::new(), Tree::default())
    }

    /// Creates a map with one text from memory.
    pub fn from_text(name: &str, text: impl Into<Vec<u8>>, diagnostics: &mut Diagnostics) -> Self {
        let mut sources = Self::new();
        sources.add(name, text, diagnostics);
        sources
    }

    /// Returns the file with this id.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// Returns all files, the document first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Returns the value with this id.
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
            characters: OnceLock::new(),
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

/// Returns why a file cannot be read, as a clause.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the file does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
