//! Handles to the values of a tree.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::SourceFile;
use super::tree::{Extent, Kind, LINEAR, Record, Slice, children, fingerprint};
use crate::diagnostics::{FileId, NodeId, Place};
use crate::json::{Json, escape_pointer};

/// A handle to a value of a file; `Copy`.
#[derive(Clone, Copy)]
pub struct Node<'s> {
    file: &'s SourceFile,
    at: u32,
}

/// The content of a value.
#[derive(Clone, Copy, Debug)]
pub enum Value<'s> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as JSON text (or `.inf`, `-.inf`, `.nan`).
    Number(&'s str),
    /// A string.
    String(&'s str),
    /// An array; see [`Node::items`].
    Array,
    /// An object; see [`Node::entries`].
    Object,
}

impl<'s> Node<'s> {
    pub(super) fn new(file: &'s SourceFile, id: NodeId) -> Option<Self> {
        ((id.0 as usize) < file.tree.records.len()).then_some(Self { file, at: id.0 })
    }

    fn with(self, at: u32) -> Self {
        Self { at, ..self }
    }

    /// Returns the value of the overlay that this one was copied from, if any.
    pub(super) fn origin(self) -> Option<(FileId, NodeId)> {
        self.file.tree.origins.get(&self.at).copied()
    }

    pub(super) fn record(self) -> &'s Record {
        &self.file.tree.records[self.at as usize]
    }

    fn text(self, slice: Slice) -> &'s str {
        slice.of(&self.file.text, &self.file.tree.buffer)
    }

    /// Returns the id within the file.
    pub fn id(self) -> NodeId {
        NodeId(self.at)
    }

    /// Returns the file that contains this value.
    pub fn file(self) -> FileId {
        self.file.id
    }

    /// Returns the place that messages point to.
    pub fn place(self) -> Place {
        Place::Value(self.file(), self.id())
    }

    /// Returns the key of this value, if its parent is an object.
    pub fn key(self) -> Option<&'s str> {
        self.record().key.map(|key| self.text(key.text))
    }

    /// Returns the parent.
    pub fn parent(self) -> Option<Self> {
        (self.at > 0).then(|| self.with(self.record().parent))
    }

    /// Returns the root of the file.
    pub fn root(self) -> Self {
        self.with(0)
    }

    /// Returns the content.
    pub fn value(self) -> Value<'s> {
        let record = self.record();
        match record.kind {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number => Value::Number(self.text(record.text)),
            Kind::String => Value::String(self.text(record.text)),
            Kind::Array => Value::Array,
            Kind::Object => Value::Object,
        }
    }

    /// Describes the kind in words: `an object`, `a string`, …
    pub fn kind(self) -> &'static str {
        match self.record().kind {
            Kind::Null => "null",
            Kind::False | Kind::True => "a boolean",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }

    /// Returns whether this is an object.
    pub fn is_object(self) -> bool {
        self.record().kind == Kind::Object
    }

    /// Returns whether this is an array.
    pub fn is_array(self) -> bool {
        self.record().kind == Kind::Array
    }

    /// Returns whether this is null.
    pub fn is_null(self) -> bool {
        self.record().kind == Kind::Null
    }

    /// Returns the text of a string.
    pub fn as_str(self) -> Option<&'s str> {
        match self.value() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value of a key of an object.
    pub fn get(self, key: &str) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        // Few objects have an index, so small objects skip the hash lookup.
        let may_be_large = self.record().end - self.at > LINEAR;
        match may_be_large.then(|| self.file.tree.index.get(&self.at)).flatten() {
            Some(sorted) => {
                let found = sorted.binary_search_by_key(&key, |child| self.with(*child).key().unwrap_or_default());
                found.ok().map(|position| self.with(sorted[position]))
            }
            None => {
                let fingerprint = fingerprint(key);
                let is_marked = |child: &Self| child.record().key.is_some_and(|own| own.fingerprint == fingerprint);
                self.children()
                    .find(|child| is_marked(child) && child.key() == Some(key))
            }
        }
    }

    /// Returns the entries of an object in order; nothing for other values.
    pub fn entries(self) -> impl Iterator<Item = (&'s str, Self)> {
        let children = self.is_object().then(|| self.children());
        children
            .into_iter()
            .flatten()
            .map(|child| (child.key().unwrap_or_default(), child))
    }

    /// Returns the elements of an array in order; nothing for other values.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let children = self.is_array().then(|| self.children());
        children.into_iter().flatten()
    }

    /// Returns the element of an array at a position.
    pub fn item(self, position: usize) -> Option<Self> {
        if !self.is_array() {
            return None;
        }
        match self.file.tree.index.get(&self.at) {
            Some(children) => children.get(position).map(|child| self.with(*child)),
            None => self.children().nth(position),
        }
    }

    fn children(self) -> impl Iterator<Item = Self> {
        children(&self.file.tree.records, self.at).map(move |at| self.with(at))
    }

    /// Visits this value and its descendants in order. If `enter` returns false, the descendants are skipped.
    pub fn walk(self, mut enter: impl FnMut(Self) -> bool) {
        let end = self.record().end;
        let mut at = self.at;
        while at < end {
            let node = self.with(at);
            at = if enter(node) { at + 1 } else { node.record().end };
        }
    }

    /// Returns the JSON pointer within the file, such as `#/paths/~1activities/get`.
    pub fn pointer(self) -> String {
        let mut steps = Vec::with_capacity(16);
        steps.extend(std::iter::successors(Some(self), |node| node.parent()).map(Self::step));
        // The root has no step.
        steps.pop();
        let mut pointer = String::with_capacity(1 + steps.iter().map(|step| 1 + step.len()).sum::<usize>());
        pointer.push('#');
        for step in steps.iter().rev() {
            pointer.push('/');
            pointer.push_str(step);
        }
        pointer
    }

    /// Returns the last segment of the JSON pointer.
    fn step(self) -> Cow<'s, str> {
        match self.key() {
            Some(key) => escape_pointer(key),
            None => self.record().position.to_string().into(),
        }
    }

    /// Converts the value to [`Json`].
    pub fn to_json(self) -> Json {
        match self.value() {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Number(text) => Json::Number(text.to_owned()),
            Value::String(text) => Json::String(text.to_owned()),
            Value::Array => Json::Array(self.items().map(Self::to_json).collect()),
            Value::Object => {
                let entries = self.entries().map(|(key, value)| (key.to_owned(), value.to_json()));
                Json::from(entries.collect::<IndexMap<_, _>>())
            }
        }
    }

    pub(super) fn extent(self) -> Extent {
        self.record().extent
    }

    pub(super) fn key_extent(self) -> Option<Extent> {
        self.record().key.map(|key| key.extent)
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && self.file.id == other.file.id
    }
}

impl Eq for Node<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}", self.file.path, self.pointer())
    }
}
