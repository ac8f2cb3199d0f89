//! The tree of one file, stored as a flat list of values in document order.
//!
//! The index of a value in the list is its [`NodeId`]. A parent precedes its children, and the descendants of a value follow
//! it without a gap. A tree is therefore one allocation, and a value is found by its index.

use rustc_hash::FxHashMap;

use crate::diagnostics::{FileId, NodeId};

/// The number of entries above which an object gets a key index.
pub(super) const LINEAR: u32 = 12;

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
    pub(super) index: FxHashMap<u32, Box<[u32]>>,
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
