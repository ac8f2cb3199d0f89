//! A tree that can be changed, for what is laid over a document.
//!
//! In: the tree of a file. Out, once it is changed: another tree for that file. Every value knows where it is from, also where
//! that is in another file, so that messages about it point there.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::builder::{MAX_DEPTH, TooDeep};
use super::tree::{Key, Record, Slice, Tag, Tree, mark};
use super::{Node, SourceMap, Value};
use crate::diagnostics::{FileId, NodeId};

/// A value that can be changed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The value that it was taken from.
    from: (FileId, NodeId),
    /// What is in it.
    pub content: Content,
}

/// What is in a [`Draft`].
#[derive(Clone, Debug)]
pub enum Content {
    /// Null, a boolean, a number or a string, as where it was taken from.
    Scalar,
    /// The elements.
    Array(Vec<Draft>),
    /// The entries, in order.
    Object(IndexMap<String, Draft>),
}

impl Draft {
    /// A value with all below it.
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

    /// The value that it was taken from.
    pub fn taken_from<'s>(&self, sources: &'s SourceMap) -> Option<Node<'s>> {
        sources.node(self.from.0, self.from.1)
    }

    /// How many values it has, with itself.
    pub fn count(&self) -> usize {
        1 + match &self.content {
            Content::Scalar => 0,
            Content::Array(items) => items.iter().map(Self::count).sum(),
            Content::Object(entries) => entries.values().map(Self::count).sum::<usize>(),
        }
    }
}

impl SourceMap {
    /// Gives a file another tree. What was found in the old one is not in the new one.
    ///
    /// # Errors
    ///
    /// Values would be nested deeper than a tree may be. The file keeps its tree.
    pub fn replace(&mut self, file: FileId, draft: &Draft) -> Result<(), TooDeep> {
        let Some(source) = self.file(file) else { return Ok(()) };
        let mut writer = Writer {
            sources: self,
            file,
            records: Vec::with_capacity(source.tree.records.len()),
            // What is not changed keeps its place in the buffer.
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

/// Writes a tree.
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
        let (tag, text) = match (&draft.content, node.value()) {
            (Content::Array(_), _) => (Tag::Array, Slice::default()),
            (Content::Object(_), _) => (Tag::Object, Slice::default()),
            (Content::Scalar, Value::Number(text) | Value::String(text)) if !is_own => (record.tag, self.keep(text)),
            (Content::Scalar, _) => (record.tag, record.text),
        };
        let key = key.map(|text| match record.key {
            Some(own) if is_own && node.key() == Some(text) => own,
            other => Key {
                mark: mark(text),
                text: self.keep(text),
                extent: other.map_or(record.extent, |key| key.extent),
            },
        });
        self.records.push(Record {
            tag,
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
