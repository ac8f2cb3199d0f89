//! Builds a tree from the events of a parser.
//!
//! In: keys, scalars, and opened and closed containers, in document order. Out: a [`Tree`] in which every key of an object is
//! unique (the last one is used), merge keys are expanded, and no value is nested deeper than [`MAX_DEPTH`].

use rustc_hash::FxHashSet;

use super::tree::{Extent, Key, Kind, Record, Slice, Tree, children, fingerprint};

/// The maximum nesting depth. Later stages walk trees recursively and rely on it.
pub(super) const MAX_DEPTH: usize = 256;

/// The maximum number of values that aliases may repeat in one file, which bounds the memory that a few lines can use.
pub(super) const MAX_REPEATED: usize = 1_000_000;

/// The maximum number of values that are copied for anchors. Nested anchors copy a value more than once.
pub(super) const MAX_ANCHORED: usize = 4_000_000;

/// The document is nested deeper than [`MAX_DEPTH`].
#[derive(Debug)]
pub struct TooDeep;

/// A duplicate key of an object: where the overridden and the effective entry are.
#[derive(Clone, Copy, Debug)]
struct Duplicate {
    text: Slice,
    lost: Extent,
    won: Extent,
}

/// A copy of a value with its descendants. Indices start at 0.
#[derive(Clone, Debug)]
pub(super) struct Fragment(Vec<Record>);

impl Fragment {
    /// Returns the number of values.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the text if this is a scalar.
    pub(super) fn scalar(&self) -> Option<Slice> {
        let top = self.0.first()?;
        (!matches!(top.kind, Kind::Array | Kind::Object)).then_some(top.text)
    }

    /// Creates a string.
    pub(super) fn string(text: Slice, extent: Extent) -> Self {
        Self(vec![Record {
            kind: Kind::String,
            parent: 0,
            end: 1,
            text,
            extent,
            key: None,
            position: 0,
        }])
    }

    fn of(records: &[Record], at: u32) -> Self {
        let below = &records[at as usize..records[at as usize].end as usize];
        let moved = |record: &Record| Record {
            parent: record.parent.saturating_sub(at),
            end: record.end - at,
            ..*record
        };
        Self(below.iter().map(moved).collect())
    }

    fn children(&self) -> impl Iterator<Item = Self> + '_ {
        children(&self.0, 0).map(|at| Self::of(&self.0, at))
    }

    fn key(&self) -> Option<Slice> {
        Some(self.0.first()?.key?.text)
    }

    fn is_object(&self) -> bool {
        self.0.first().is_some_and(|top| top.kind == Kind::Object)
    }

    /// Returns how many containers are nested.
    fn depth(&self) -> usize {
        let mut depths = Vec::with_capacity(self.0.len());
        for record in &self.0 {
            let above = depths.get(record.parent as usize).copied().unwrap_or_default();
            depths.push(above + usize::from(matches!(record.kind, Kind::Array | Kind::Object)));
        }
        depths.into_iter().max().unwrap_or_default()
    }
}

/// A tree under construction.
#[derive(Debug)]
pub(super) struct Builder<'t> {
    text: &'t str,
    buffer: String,
    records: Vec<Record>,
    open: Vec<u32>,
    key: Option<Key>,
    /// The value that was finished last.
    last: u32,
    merge: bool,
    duplicates: Vec<Duplicate>,
}

impl<'t> Builder<'t> {
    /// Starts a tree. `merge` enables the merge key `<<`.
    pub(super) fn new(text: &'t str, merge: bool) -> Self {
        // Real documents have about one value in 20 bytes.
        let records = Vec::with_capacity(text.len() / 20 + 1);
        let (buffer, open, duplicates) = (String::new(), Vec::new(), Vec::new());
        Self {
            text,
            buffer,
            records,
            open,
            key: None,
            last: 0,
            merge,
            duplicates,
        }
    }

    /// Stores text that does not occur verbatim in the file.
    pub(super) fn keep(&mut self, text: &str) -> Slice {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        Slice::of_buffer(start as u32, text.len() as u32)
    }

    /// Sets the key of the next value.
    pub(super) fn key(&mut self, text: Slice, extent: Extent) {
        self.key = Some(Key {
            fingerprint: fingerprint(self.text(text)),
            text,
            extent,
        });
    }

    /// Adds a scalar.
    pub(super) fn scalar(&mut self, kind: Kind, text: Slice, extent: Extent) {
        self.last = self.push(kind, text, extent);
    }

    /// Opens an array or object.
    pub(super) fn open(&mut self, kind: Kind, start: u32) -> Result<(), TooDeep> {
        if self.open.len() >= MAX_DEPTH {
            return Err(TooDeep);
        }
        let at = self.push(kind, Slice::default(), Extent { start, end: start });
        self.open.push(at);
        Ok(())
    }

    /// Closes the innermost open container.
    pub(super) fn close(&mut self, end: u32) {
        let Some(at) = self.open.pop() else { return };
        let last = self.records.len() as u32;
        let record = &mut self.records[at as usize];
        record.end = last;
        record.extent.end = end;
        if record.kind == Kind::Object {
            self.settle(at);
        }
        self.last = at;
    }

    /// Returns the number of values in the value that was finished last.
    pub(super) fn last_len(&self) -> usize {
        (self.records[self.last as usize].end - self.last) as usize
    }

    /// Copies the value that was finished last, without its key.
    pub(super) fn fragment(&self) -> Fragment {
        let mut fragment = Fragment::of(&self.records, self.last);
        if let Some(top) = fragment.0.first_mut() {
            top.key = None;
        }
        fragment
    }

    /// Appends a copy of a value. The copy keeps the source positions of the original.
    pub(super) fn paste(&mut self, fragment: &Fragment) -> Result<(), TooDeep> {
        if self.open.len() + fragment.depth() > MAX_DEPTH {
            return Err(TooDeep);
        }
        let (top, parent) = (self.records.len(), self.open.last().copied().unwrap_or_default());
        self.graft(fragment, parent);
        self.records[top].key = self.key.take();
        self.last = top as u32;
        Ok(())
    }

    /// Returns the finished tree and the duplicate keys: key, overridden position, effective position.
    pub(super) fn finish(mut self) -> (Tree, Vec<(String, Extent, Extent)>) {
        while let Some(at) = self.open.last() {
            let end = self.records[*at as usize].extent.end;
            self.close(end);
        }
        let duplicates = self
            .duplicates
            .iter()
            .map(|key| (self.text(key.text).to_owned(), key.lost, key.won))
            .collect();
        (Tree::new(self.records, self.buffer, self.text), duplicates)
    }

    /// Returns the text of a slice.
    pub(super) fn text(&self, slice: Slice) -> &str {
        slice.of(self.text, &self.buffer)
    }

    fn push(&mut self, kind: Kind, text: Slice, extent: Extent) -> u32 {
        let at = self.records.len() as u32;
        let parent = self.open.last().copied().unwrap_or_default();
        self.records.push(Record {
            kind,
            parent,
            end: at + 1,
            text,
            extent,
            key: self.key.take(),
            position: 0,
        });
        at
    }

    fn graft(&mut self, fragment: &Fragment, parent: u32) {
        let base = self.records.len() as u32;
        self.records.extend(fragment.0.iter().map(|record| Record {
            parent: record.parent + base,
            end: record.end + base,
            ..*record
        }));
        self.records[base as usize].parent = parent;
    }

    fn key_at(&self, at: u32) -> &str {
        self.records[at as usize].key.map_or("", |key| self.text(key.text))
    }

    /// Removes duplicate keys from a closed object and expands merge keys.
    fn settle(&mut self, object: u32) {
        let entries: Vec<u32> = children(&self.records, object).collect();
        let merges = self.merge && entries.iter().any(|at| self.key_at(*at) == "<<");
        let overridden = self.overridden(&entries);
        if overridden.is_empty() && !merges {
            return;
        }
        let kept = entries.into_iter().filter(|at| overridden.binary_search(at).is_err());
        let parts: Vec<Fragment> = kept.map(|at| Fragment::of(&self.records, at)).collect();
        self.records.truncate(object as usize + 1);
        let own = parts.iter().filter_map(Fragment::key);
        let mut keys: FxHashSet<String> = own.map(|key| self.text(key).to_owned()).collect();
        for part in &parts {
            match self.merged(part) {
                Some(sources) => self.merge(object, &mut keys, &sources),
                None => self.graft(part, object),
            }
        }
        self.records[object as usize].end = self.records.len() as u32;
    }

    /// Returns the objects that an entry merges, if the entry is a merge key whose value is an object or a list of objects.
    fn merged(&self, entry: &Fragment) -> Option<Vec<Fragment>> {
        let is_key = self.merge && entry.key().is_some_and(|key| self.text(key) == "<<");
        let sources = if entry.is_object() {
            vec![entry.clone()]
        } else {
            entry.children().collect()
        };
        (is_key && !sources.is_empty() && sources.iter().all(Fragment::is_object)).then_some(sources)
    }

    /// Appends the entries of `sources` whose keys are not in `keys` yet.
    fn merge(&mut self, object: u32, keys: &mut FxHashSet<String>, sources: &[Fragment]) {
        for entry in sources.iter().flat_map(Fragment::children) {
            let key = entry.key().map_or("", |key| self.text(key)).to_owned();
            if keys.insert(key) {
                self.graft(&entry, object);
            }
        }
    }

    /// Returns the entries that a later entry with the same key overrides, in ascending order.
    fn overridden(&mut self, entries: &[u32]) -> Vec<u32> {
        let mut by_key: Vec<(&str, u32)> = entries.iter().map(|at| (self.key_at(*at), *at)).collect();
        // In small objects, comparing all pairs is cheaper than sorting.
        let stands_before =
            |(position, (key, _)): (usize, &(&str, u32))| by_key[..position].iter().any(|(other, _)| other == key);
        if by_key.len() <= 8 && !by_key.iter().enumerate().any(stands_before) {
            return Vec::new();
        }
        by_key.sort_unstable();
        let twice = by_key.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let mut pairs: Vec<(u32, u32)> = twice.map(|pair| (pair[0].1, pair[1].1)).collect();
        pairs.sort_unstable();
        let key = |at: u32| self.records[at as usize].key;
        let messages = pairs.iter().filter_map(|(lost, won)| Some((key(*lost)?, key(*won)?)));
        let messages = messages.map(|(lost, won)| Duplicate {
            text: won.text,
            lost: lost.extent,
            won: won.extent,
        });
        self.duplicates.extend(messages);
        pairs.into_iter().map(|(lost, _)| lost).collect()
    }
}
