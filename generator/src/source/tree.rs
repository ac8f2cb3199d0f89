//! The tree of one file, as a flat list of values in the order of the text.
//!
//! The number of a value in that list is its [`NodeId`]: a parent comes before its children, and everything below it
//! follows without a gap. So a tree is one allocation, whatever its size, and a value is found by its number at once.

use rustc_hash::FxHashMap;

use super::SourceFile;
use crate::diagnostics::{FileId, NodeId, Place};
use crate::json::{Json, escape_pointer};

/// Objects with more entries than this are looked up through an index.
const LINEAR: u32 = 12;

/// Where a piece of text is kept: in the file itself, or (unescaped, folded, made up) in the tree's own buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slice {
    start: u32,
    len: u32,
}

/// The bit that tells the tree's buffer from the file. Files are shorter than this.
pub(super) const BUFFER: u32 = 1 << 31;

impl Slice {
    /// A piece of the file.
    pub(super) fn of_file(start: u32, len: u32) -> Self {
        Self { start, len }
    }

    /// A piece of the tree's buffer.
    pub(super) fn of_buffer(start: u32, len: u32) -> Self {
        Self {
            start: start | BUFFER,
            len,
        }
    }

    /// The text itself.
    pub(super) fn of<'t>(self, file: &'t str, buffer: &'t str) -> &'t str {
        let text = if self.start & BUFFER == 0 { file } else { buffer };
        let start = (self.start & !BUFFER) as usize;
        text.get(start..start + self.len as usize).unwrap_or_default()
    }
}

/// Bytes of the file, from and to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What kind of value a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// The key under which a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// What most keys differ in, so that few have to be compared in full.
    pub(super) mark: u32,
    pub(super) text: Slice,
    pub(super) extent: Extent,
}

/// The mark of a key: its length, and three of its bytes.
pub(super) fn mark(key: &str) -> u32 {
    match key.as_bytes() {
        [] => 0,
        bytes @ [first, .., last] => u32::from_be_bytes([bytes.len() as u8, *first, bytes[bytes.len() / 2], *last]),
        [only] => u32::from_be_bytes([1, *only, 0, 0]),
    }
}

/// One value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) tag: Tag,
    pub(super) parent: u32,
    /// The number after the last value below this one.
    pub(super) end: u32,
    pub(super) text: Slice,
    pub(super) extent: Extent,
    pub(super) key: Option<Key>,
}

/// The tree of one file. It has at least a root.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) records: Vec<Record>,
    pub(super) buffer: String,
    /// For each large object its children, sorted by key.
    index: FxHashMap<u32, Box<[u32]>>,
    /// The values that another file laid over this one, with what they are there.
    pub(super) origins: FxHashMap<u32, (FileId, NodeId)>,
}

impl Tree {
    /// A tree of finished records; an empty list becomes a null.
    pub(super) fn new(mut records: Vec<Record>, buffer: String, text: &str) -> Self {
        if records.is_empty() {
            let (text, extent) = (Slice::default(), Extent::default());
            records.push(Record {
                tag: Tag::Null,
                parent: 0,
                end: 1,
                text,
                extent,
                key: None,
            });
        }
        let index = large_objects(&records, |slice| slice.of(text, &buffer));
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

fn large_objects<'t>(records: &[Record], text: impl Fn(Slice) -> &'t str) -> FxHashMap<u32, Box<[u32]>> {
    let mut sizes = vec![0_u32; records.len()];
    for record in &records[1..] {
        sizes[record.parent as usize] += 1;
    }
    let large = (0..records.len()).filter(|at| records[*at].tag == Tag::Object && sizes[*at] > LINEAR);
    let key = |at: u32| records[at as usize].key.map_or("", |key| text(key.text));
    large
        .map(|at| {
            let mut children: Vec<u32> = children(records, at as u32).collect();
            children.sort_by_key(|child| key(*child));
            (at as u32, children.into())
        })
        .collect()
}

/// The numbers of the values right below one.
pub(super) fn children(records: &[Record], at: u32) -> impl Iterator<Item = u32> + '_ {
    let end = records[at as usize].end;
    let first = (at + 1 < end).then_some(at + 1);
    std::iter::successors(first, move |child| {
        let next = records[*child as usize].end;
        (next < end).then_some(next)
    })
}

/// A value of a file: a handle, free to copy.
#[derive(Clone, Copy)]
pub struct Node<'s> {
    file: &'s SourceFile,
    at: u32,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Value<'s> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as text that JSON would take too (or `.inf`, `-.inf`, `.nan`).
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

    /// The value that it was in another file, if it is from there.
    pub(super) fn origin(self) -> Option<(FileId, NodeId)> {
        self.file.tree.origins.get(&self.at).copied()
    }

    pub(super) fn record(self) -> &'s Record {
        &self.file.tree.records[self.at as usize]
    }

    fn text(self, slice: Slice) -> &'s str {
        slice.of(&self.file.text, &self.file.tree.buffer)
    }

    /// Its number.
    pub fn id(self) -> NodeId {
        NodeId(self.at)
    }

    /// The file that it stands in.
    pub fn file(self) -> FileId {
        self.file.id
    }

    /// Where it stands.
    pub fn place(self) -> Place {
        Place::Value(self.file(), self.id())
    }

    /// The key under which it stands, if it stands in an object.
    pub fn key(self) -> Option<&'s str> {
        self.record().key.map(|key| self.text(key.text))
    }

    /// The value that it stands in.
    pub fn parent(self) -> Option<Self> {
        (self.at > 0).then(|| self.with(self.record().parent))
    }

    /// The root of its file.
    pub fn root(self) -> Self {
        self.with(0)
    }

    /// What it is.
    pub fn value(self) -> Value<'s> {
        let record = self.record();
        match record.tag {
            Tag::Null => Value::Null,
            Tag::False => Value::Bool(false),
            Tag::True => Value::Bool(true),
            Tag::Number => Value::Number(self.text(record.text)),
            Tag::String => Value::String(self.text(record.text)),
            Tag::Array => Value::Array,
            Tag::Object => Value::Object,
        }
    }

    /// Its kind, in words: `an object`, `a string`, …
    pub fn kind(self) -> &'static str {
        match self.record().tag {
            Tag::Null => "null",
            Tag::False | Tag::True => "a boolean",
            Tag::Number => "a number",
            Tag::String => "a string",
            Tag::Array => "an array",
            Tag::Object => "an object",
        }
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.record().tag == Tag::Object
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        self.record().tag == Tag::Array
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        self.record().tag == Tag::Null
    }

    /// The string, if it is one.
    pub fn as_str(self) -> Option<&'s str> {
        match self.value() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key, if it is an object that has it.
    pub fn get(self, key: &str) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        // Few objects have an index, so the small ones are told apart before it is asked.
        let may_be_large = self.record().end - self.at > LINEAR;
        match may_be_large.then(|| self.file.tree.index.get(&self.at)).flatten() {
            Some(sorted) => {
                let found = sorted.binary_search_by_key(&key, |child| self.with(*child).key().unwrap_or_default());
                found.ok().map(|position| self.with(sorted[position]))
            }
            None => {
                let mark = mark(key);
                let is_marked = |child: &Self| child.record().key.is_some_and(|own| own.mark == mark);
                self.children()
                    .find(|child| is_marked(child) && child.key() == Some(key))
            }
        }
    }

    /// The entries, in order, if it is an object; nothing otherwise.
    pub fn entries(self) -> impl Iterator<Item = (&'s str, Self)> {
        let children = self.is_object().then(|| self.children());
        children
            .into_iter()
            .flatten()
            .map(|child| (child.key().unwrap_or_default(), child))
    }

    /// The elements, in order, if it is an array; nothing otherwise.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let children = self.is_array().then(|| self.children());
        children.into_iter().flatten()
    }

    fn children(self) -> impl Iterator<Item = Self> {
        children(&self.file.tree.records, self.at).map(move |at| self.with(at))
    }

    /// This value and all below it, in order. A subtree for which `enter` says no is left out, its top too.
    pub fn walk(self, mut enter: impl FnMut(Self) -> bool) {
        let end = self.record().end;
        let mut at = self.at;
        while at < end {
            let node = self.with(at);
            at = if enter(node) { at + 1 } else { node.record().end };
        }
    }

    /// Its JSON pointer in its file, such as `#/paths/~1activities/get`.
    pub fn pointer(self) -> String {
        let above: Vec<Self> = std::iter::successors(Some(self), |node| node.parent()).collect();
        let mut pointer = String::from("#");
        for pair in above.windows(2).rev() {
            pointer.push('/');
            match pair[0].key() {
                Some(key) => pointer.push_str(&escape_pointer(key)),
                None => {
                    let position = pair[1].children().position(|child| child == pair[0]);
                    pointer.push_str(&position.unwrap_or_default().to_string());
                }
            }
        }
        pointer
    }

    /// The value as plain data.
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
