//! Makes a tree from the events of a reader, whichever text it reads.
//!
//! In: keys, scalars, opened and closed containers, in the order of the text. Out: a [`Tree`] in which each object has
//! each key once (the last one wins), merge keys are merged and no value is nested deeper than [`MAX_DEPTH`].

use super::tree::{Extent, Key, Record, Slice, Tag, Tree, children, mark};

/// How deep values may be nested. Stages that come later walk trees recursively and rely on it.
pub(super) const MAX_DEPTH: usize = 256;

/// How many values aliases may repeat in one file, so that a few lines cannot fill the memory.
pub(super) const MAX_REPEATED: usize = 1_000_000;

/// The containers are nested deeper than [`MAX_DEPTH`].
#[derive(Debug)]
pub struct TooDeep;

/// A key that stands twice in an object: the one that lost and the one that won.
#[derive(Clone, Copy, Debug)]
struct Duplicate {
    text: Slice,
    lost: Extent,
    won: Extent,
}

/// A copy of a value with all below it. Its numbers count from 0.
#[derive(Clone, Debug)]
pub(super) struct Fragment(Vec<Record>);

impl Fragment {
    /// How many values it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The text of the value, if it is a scalar.
    pub(super) fn scalar(&self) -> Option<Slice> {
        let top = self.0.first()?;
        (!matches!(top.tag, Tag::Array | Tag::Object)).then_some(top.text)
    }

    /// A lone string.
    pub(super) fn string(text: Slice, extent: Extent) -> Self {
        Self(vec![Record {
            tag: Tag::String,
            parent: 0,
            end: 1,
            text,
            extent,
            key: None,
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
        self.0.first().is_some_and(|top| top.tag == Tag::Object)
    }

    /// How many containers are nested in it.
    fn depth(&self) -> usize {
        let mut depths = Vec::with_capacity(self.0.len());
        for record in &self.0 {
            let above = depths.get(record.parent as usize).copied().unwrap_or_default();
            depths.push(above + usize::from(matches!(record.tag, Tag::Array | Tag::Object)));
        }
        depths.into_iter().max().unwrap_or_default()
    }
}

/// Puts records together into a tree.
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
    /// Begins a tree; `merge` says whether `<<` is a merge key.
    pub(super) fn new(text: &'t str, merge: bool) -> Self {
        // A guess from real documents: about one value in 20 bytes.
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

    /// Keeps text that does not stand in the file as it is.
    pub(super) fn keep(&mut self, text: &str) -> Slice {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        Slice::of_buffer(start as u32, text.len() as u32)
    }

    /// The key of the value that comes next.
    pub(super) fn key(&mut self, text: Slice, extent: Extent) {
        self.key = Some(Key {
            mark: mark(self.text(text)),
            text,
            extent,
        });
    }

    /// A value without parts.
    pub(super) fn scalar(&mut self, tag: Tag, text: Slice, extent: Extent) {
        self.last = self.push(tag, text, extent);
    }

    /// Opens an array or object.
    pub(super) fn open(&mut self, tag: Tag, start: u32) -> Result<(), TooDeep> {
        if self.open.len() >= MAX_DEPTH {
            return Err(TooDeep);
        }
        let at = self.push(tag, Slice::default(), Extent { start, end: start });
        self.open.push(at);
        Ok(())
    }

    /// Closes what was opened last.
    pub(super) fn close(&mut self, end: u32) {
        let Some(at) = self.open.pop() else { return };
        let last = self.records.len() as u32;
        let record = &mut self.records[at as usize];
        record.end = last;
        record.extent.end = end;
        if record.tag == Tag::Object {
            self.settle(at);
        }
        self.last = at;
    }

    /// A copy of the value that was finished last, without its key.
    pub(super) fn fragment(&self) -> Fragment {
        let mut fragment = Fragment::of(&self.records, self.last);
        if let Some(top) = fragment.0.first_mut() {
            top.key = None;
        }
        fragment
    }

    /// Repeats a value. Its places stay those of the original.
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

    /// The finished tree, and the keys that stood twice: the key, the place that lost, the place that won.
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

    /// The text of a slice.
    pub(super) fn text(&self, slice: Slice) -> &str {
        slice.of(self.text, &self.buffer)
    }

    fn push(&mut self, tag: Tag, text: Slice, extent: Extent) -> u32 {
        let at = self.records.len() as u32;
        let parent = self.open.last().copied().unwrap_or_default();
        self.records.push(Record {
            tag,
            parent,
            end: at + 1,
            text,
            extent,
            key: self.key.take(),
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

    /// The finished values from one on, each with its next.
    fn siblings(&self, first: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.records.len() as u32;
        let first = (first < end).then_some(first);
        std::iter::successors(first, move |at| {
            let next = self.records[*at as usize].end;
            (next < end).then_some(next)
        })
    }

    fn key_at(&self, at: u32) -> &str {
        self.records[at as usize].key.map_or("", |key| self.text(key.text))
    }

    /// Sees to it that a closed object has each key once and no merge key.
    fn settle(&mut self, object: u32) {
        let entries: Vec<u32> = children(&self.records, object).collect();
        let merges = self.merge && entries.iter().any(|at| self.key_at(*at) == "<<");
        let lost = self.lost(&entries);
        if lost.is_empty() && !merges {
            return;
        }
        let kept = entries.into_iter().filter(|at| !lost.contains(at));
        let parts: Vec<Fragment> = kept.map(|at| Fragment::of(&self.records, at)).collect();
        self.records.truncate(object as usize + 1);
        for part in &parts {
            match self.merged(part) {
                Some(sources) => self.merge(object, &parts, &sources),
                None => self.graft(part, object),
            }
        }
        self.records[object as usize].end = self.records.len() as u32;
    }

    /// The objects that an entry merges in, if it is a merge key with objects.
    fn merged(&self, entry: &Fragment) -> Option<Vec<Fragment>> {
        let is_key = self.merge && entry.key().is_some_and(|key| self.text(key) == "<<");
        let sources = if entry.is_object() {
            vec![entry.clone()]
        } else {
            entry.children().collect()
        };
        (is_key && !sources.is_empty() && sources.iter().all(Fragment::is_object)).then_some(sources)
    }

    /// Puts the entries of `sources` into an object, where neither `own` nor an earlier source has their key.
    fn merge(&mut self, object: u32, own: &[Fragment], sources: &[Fragment]) {
        for entry in sources.iter().flat_map(Fragment::children) {
            let key = entry.key().map_or("", |key| self.text(key));
            let own_has = own.iter().filter_map(Fragment::key).any(|own| self.text(own) == key);
            if !own_has && !self.siblings(object + 1).any(|at| self.key_at(at) == key) {
                self.graft(&entry, object);
            }
        }
    }

    /// The entries that a later one with the same key replaces.
    fn lost(&mut self, entries: &[u32]) -> Vec<u32> {
        let mut by_key: Vec<(&str, u32)> = entries.iter().map(|at| (self.key_at(*at), *at)).collect();
        // In small objects, comparing all with all costs less than sorting.
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
        let told = pairs.iter().filter_map(|(lost, won)| Some((key(*lost)?, key(*won)?)));
        let told = told.map(|(lost, won)| Duplicate {
            text: won.text,
            lost: lost.extent,
            won: won.extent,
        });
        self.duplicates.extend(told);
        pairs.into_iter().map(|(lost, _)| lost).collect()
    }
}
