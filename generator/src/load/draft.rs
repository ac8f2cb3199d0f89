//! A mutable copy of a tree, which overlays edit.
//!
//! In: the tree of a file. Out: a new tree for that file. Every value keeps its origin, which may be in another file, so that
//! messages point to where it was written.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::builder::{MAX_DEPTH, TooDeep};
use super::tree::{Key, Kind, Record, Slice, Tree, fingerprint};
use super::{Node, SourceMap, Value};
use crate::diagnostics::{FileId, NodeId};

/// A value that can be edited.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The value that this one was copied from.
    from: (FileId, NodeId),
    /// The content.
    pub content: Content,
}

/// The content of a [`Draft`].
#[derive(Clone, Debug)]
pub enum Content {
    /// Null, a boolean, a number or a string, equal to that of the original.
    Scalar,
    /// The elements.
    Array(Vec<Draft>),
    /// The entries, in order.
    Object(IndexMap<String, Draft>),
}

impl Draft {
    /// Copies a value with its descendants.
    pub fn of(node: Node<'_>) -> Self {
        let content = match node.value() {
            Value::Array => Content::Array(node.items().map(Self::of).collect()),
            Value::Object => {
                let entries = node.entries().map(|(key, value)| (key.to_owned(), Self::of(value)));
                Content::Object(entries.collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Content::Scalar,
        };
        Self {
            from: (node.file(), node.id()),
            content,
        }
    }

    /// Creates a copy of a value with other content.
    pub fn with_content(node: Node<'_>, content: Content) -> Self {
        Self {
            from: (node.file(), node.id()),
            content,
        }
    }

    /// Returns the value that this one was copied from.
    pub fn taken_from<'s>(&self, sources: &'s SourceMap) -> Option<Node<'s>> {
        sources.node(self.from.0, self.from.1)
    }

    /// Returns the number of values, including this one.
    pub fn count(&self) -> usize {
        1 + match &self.content {
            Content::Scalar => 0,
            Content::Array(items) => items.iter().map(Self::count).sum(),
            Content::Object(entries) => entries.values().map(Self::count).sum::<usize>(),
        }
    }
}

impl SourceMap {
    /// Replaces the tree of a file. Ids of the old tree are not valid in the new one.
    ///
    /// # Errors
    ///
    /// Returns [`TooDeep`] if values would be nested too deeply. The file then keeps its tree.
    pub fn replace(&mut self, file: FileId, draft: &Draft) -> Result<(), TooDeep> {
        let Some(source) = self.file(file) else { return Ok(()) };
        let mut writer = Writer {
            sources: self,
            file,
            records: Vec::with_capacity(source.tree.records.len()),
            // Unchanged text keeps its position in the buffer.
            buffer: source.tree.buffer.clone(),
            origins: FxHashMap::default(),
        };
        writer.put(draft, None, 0, 0)?;
        let mut tree = Tree::new(writer.records, writer.buffer, &source.text);
        tree.origins = writer.origins;
        if let Some(source) = self.files.get_mut(file.0 as usize) {
            source.tree = tree;
        }
        Ok(())
    }
}

/// A writer of edited trees.
struct Writer<'s> {
    sources: &'s SourceMap,
    file: FileId,
    records: Vec<Record>,
    buffer: String,
    origins: FxHashMap<u32, (FileId, NodeId)>,
}

impl Writer<'_> {
    fn put(&mut self, draft: &Draft, key: Option<&str>, parent: u32, depth: usize) -> Result<(), TooDeep> {
        let Some(node) = draft.taken_from(self.sources) else {
            return Ok(());
        };
        let (at, record) = (self.records.len() as u32, *node.record());
        let is_own = node.file() == self.file;
        let origin = node.origin().or((!is_own).then_some(draft.from));
        self.origins.extend(origin.map(|origin| (at, origin)));
        let (kind, text) = match (&draft.content, node.value()) {
            (Content::Array(_), _) => (Kind::Array, Slice::default()),
            (Content::Object(_), _) => (Kind::Object, Slice::default()),
            (Content::Scalar, Value::Number(text) | Value::String(text)) if !is_own => (record.kind, self.keep(text)),
            (Content::Scalar, _) => (record.kind, record.text),
        };
        let key = key.map(|text| match record.key {
            Some(own) if is_own && node.key() == Some(text) => own,
            other => Key {
                fingerprint: fingerprint(text),
                text: self.keep(text),
                extent: other.map_or(record.extent, |key| key.extent),
            },
        });
        self.records.push(Record {
            kind,
            parent,
            end: at + 1,
            text,
            key,
            ..record
        });
        if depth >= MAX_DEPTH && !matches!(draft.content, Content::Scalar) {
            return Err(TooDeep);
        }
        match &draft.content {
            Content::Scalar => {}
            Content::Array(items) => items.iter().try_for_each(|item| self.put(item, None, at, depth + 1))?,
            Content::Object(entries) => {
                let mut entries = entries.iter();
                entries.try_for_each(|(key, value)| self.put(value, Some(key), at, depth + 1))?;
            }
        }
        self.records[at as usize].end = self.records.len() as u32;
        Ok(())
    }

    fn keep(&mut self, text: &str) -> Slice {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        Slice::of_buffer(start as u32, text.len() as u32)
    }
}
