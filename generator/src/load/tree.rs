//! The tree of one file, stored as a flat list of values in document order.
//!
//! The index of a value in the list is its [`NodeId`]. A parent precedes its children, and the descendants of a value follow
//! it without a gap. A tree is therefore one allocation, and a value is found by its index.

use rustc_hash::FxHashMap;

use super::SourceFile;
use crate::diagnostics::{FileId, NodeId, Place};
use crate::json::{Json, escape_pointer};

/// The number of entries above which an object gets a key index.
const LINEAR: u32 = 12;

/// A range of text: in the file itself, or (unescaped, folded, generated) in the tree's buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slice {
    start: u32,
    len: u32,
}

/// The bit of `start` that marks a range of the buffer. Files are shorter than this.
pub(super) const BUFFER: u32 = 1 << 31;

impl Slice {
    /// Creates a range of the file.
    pub(super) fn of_file(start: u32, len: u32) -> Self {
        Self { start, len }
    }

    /// Creates a range of the tree's buffer.
    pub(super) fn of_buffer(start: u32, len: u32) -> Self {
        Self {
            start: start | BUFFER,
            len,
        }
    }

    /// Returns the text of the range.
    pub(super) fn of<'t>(self, file: &'t str, buffer: &'t str) -> &'t str {
        let text = if self.start & BUFFER == 0 { file } else { buffer };
        let start = (self.start & !BUFFER) as usize;
        text.get(start..start + self.len as usize).unwrap_or_default()
    }
}

/// A range of bytes in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// The key of a value in an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// A short hash, so that most comparisons of keys need no text.
    pub(super) fingerprint: u32,
    pub(super) text: Slice,
    pub(super) extent: Extent,
}

/// Returns the fingerprint of a key: its length and three of its bytes.
pub(super) fn fingerprint(key: &str) -> u32 {
    match key.as_bytes() {
        [] => 0,
        bytes @ [first, .., last] => u32::from_be_bytes([bytes.len() as u8, *first, bytes[bytes.len() / 2], *last]),
        [only] => u32::from_be_bytes([1, *only, 0, 0]),
    }
}

/// A value in the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) kind: Kind,
    pub(super) parent: u32,
    /// The index after the last descendant.
    pub(super) end: u32,
    pub(super) text: Slice,
    pub(super) extent: Extent,
    pub(super) key: Option<Key>,
    /// The position among the children of the parent. [`Tree::new`] sets it.
    pub(super) position: u32,
}

/// The tree of one file. It always has a root.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) records: Vec<Record>,
    pub(super) buffer: String,
    /// The children of each large object, sorted by key, and of each large array, in order.
    index: FxHashMap<u32, Box<[u32]>>,
    /// The values that an overlay inserted, with the file and value that they come from.
    pub(super) origins: FxHashMap<u32, (FileId, NodeId)>,
}

impl Tree {
    /// Creates a tree from finished records. An empty list becomes a null.
    pub(super) fn new(mut records: Vec<Record>, buffer: String, text: &str) -> Self {
        if records.is_empty() {
            let (text, extent) = (Slice::default(), Extent::default());
            records.push(Record {
                kind: Kind::Null,
                parent: 0,
                end: 1,
                text,
                extent,
                key: None,
                position: 0,
            });
        }
        let index = index(&mut records, |slice| slice.of(text, &buffer));
        let origins = FxHashMap::default();
        Self {
            records,
            buffer,
            index,
            origins,
        }
    }
}

impl Default for Tree {
    fn default() -> Self {
        Self::new(Vec::new(), String::new(), "")
    }
}

/// Sets the positions of all values and returns the children of large containers.
fn index<'t>(records: &mut [Record], text: impl Fn(Slice) -> &'t str) -> FxHashMap<u32, Box<[u32]>> {
    let mut sizes = vec![0_u32; records.len()];
    for record in &mut records[1..] {
        let size = &mut sizes[record.parent as usize];
        record.position = *size;
        *size += 1;
    }
    let large = (0..records.len()).filter(|at| sizes[*at] > LINEAR);
    let key = |at: u32| records[at as usize].key.map_or("", |key| text(key.text));
    large
        .map(|at| {
            let mut children: Vec<u32> = children(records, at as u32).collect();
            if records[at].kind == Kind::Object {
                children.sort_by_key(|child| key(*child));
            }
            (at as u32, children.into())
        })
        .collect()
}

/// Returns the indices of the direct children.
pub(super) fn children(records: &[Record], at: u32) -> impl Iterator<Item = u32> + '_ {
    let end = records[at as usize].end;
    let first = (at + 1 < end).then_some(at + 1);
    std::iter::successors(first, move |child| {
        let next = records[*child as usize].end;
        (next < end).then_some(next)
    })
}

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
        let above: Vec<Self> = std::iter::successors(Some(self), |node| node.parent()).collect();
        let mut pointer = String::from("#");
        for pair in above.windows(2).rev() {
            pointer.push('/');
            match pair[0].key() {
                Some(key) => pointer.push_str(&escape_pointer(key)),
                None => pointer.push_str(&pair[0].record().position.to_string()),
            }
        }
        pointer
    }

    /// Converts the value to [`Json`].
    pub fn to_json(self) -> Json {
        match self.value() {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(value),
            Value::Number(text) => Json::Number(text.to_owned()),
            Value::String(text) => Json::String(text.to_owned()),
            Value::Array => Json::Array(self.items().map(Self::to_json).collect()),
            Value::Object => Json::Object(
                self.entries()
                    .map(|(key, value)| (key.to_owned(), value.to_json()))
                    .collect(),
            ),
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
