//! The object-safe traits for reading. Nothing here is generic over a serde format.

use std::borrow::Cow;
use std::cell::Cell;

use serde_json::Value;

use super::{ReadError, ReadResult, Scalar, Wire};

/// A function that reads a value.
pub type Read<'a> = &'a mut dyn FnMut(&mut dyn Source) -> ReadResult;

/// The next value of a document in any format. A source can be used for one call. Each method returns an error if the value
/// has another type or the document is malformed.
pub trait Source {
    /// Reads a value that is neither an array nor an object.
    fn scalar(&mut self, hint: Hint) -> ReadResult<Scalar<'static>>;
    /// Reads any value as a tree, and returns it with the context for reading it.
    fn value(&mut self) -> ReadResult<(Cow<'_, Value>, ReadContext<'_>)>;
    /// Skips the value.
    fn skip(&mut self) -> ReadResult;
    /// Passes the value to `read`, unless it is null.
    fn present(&mut self, read: Read<'_>) -> ReadResult;
    /// Passes each item of an array to `item`.
    fn array(&mut self, item: Read<'_>) -> ReadResult;
    /// Passes each entry of an object to `entries`.
    fn map(&mut self, entries: &mut dyn Entries) -> ReadResult;
}

/// A receiver for the entries of an object.
pub trait Entries {
    /// Receives a key.
    fn key(&mut self, key: &str);
    /// Reads the value of the last key.
    fn value(&mut self, source: &mut dyn Source) -> ReadResult;
}

/// The expected type of a scalar. Null is returned whatever the hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Hint {
    Bool,
    Number,
    String,
}

impl Hint {
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
        }
    }
}

/// Reads the next value.
pub fn decode<T: Wire>(source: &mut dyn Source) -> ReadResult<T> {
    let mut value = T::empty();
    value.read(source)?;
    Ok(value)
}

/// The entries of a map, each passed to `put` with its key.
pub(super) struct MapEntries<F> {
    key: String,
    put: F,
}

impl<F: FnMut(&str, &mut dyn Source) -> ReadResult> MapEntries<F> {
    pub(super) fn new(put: F) -> Self {
        let key = String::new();
        Self { key, put }
    }
}

impl<F: FnMut(&str, &mut dyn Source) -> ReadResult> Entries for MapEntries<F> {
    fn key(&mut self, key: &str) {
        self.key.clear();
        self.key.push_str(key);
    }

    fn value(&mut self, source: &mut dyn Source) -> ReadResult {
        (self.put)(&self.key, source).map_err(|error| error.at_key(&self.key))
    }
}

/// The context of a read: the depth, and the state of the whole document.
#[derive(Clone, Copy)]
pub struct ReadContext<'a> {
    depth: usize,
    pub(super) state: &'a ReadState,
}

/// The state of reading a document.
#[derive(Default)]
pub(super) struct ReadState {
    /// An error that a serde error represents while it is passed outwards.
    pub(super) error: Cell<Option<Box<ReadError>>>,
    /// The number of union variants that were tried without success.
    tries: Cell<u32>,
}

impl<'a> ReadContext<'a> {
    /// The maximum depth of arrays and objects, which protects the stack.
    const MAX_DEPTH: usize = 128;
    /// The maximum number of failed variants. Nested unions multiply them.
    const MAX_TRIES: u32 = 100_000;

    pub(super) fn start(state: &'a ReadState) -> Self {
        Self { depth: 0, state }
    }

    /// Enters an array or object.
    pub(super) fn deeper(self) -> ReadResult<Self> {
        if self.depth >= Self::MAX_DEPTH {
            return Err(ReadError::new(format!(
                "nested more than {} levels deep",
                Self::MAX_DEPTH
            )));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }

    /// Counts a failed variant of a union, and returns an error above the maximum.
    pub fn count_try(self) -> ReadResult {
        let tries = self.state.tries.get() + 1;
        self.state.tries.set(tries);
        if tries > Self::MAX_TRIES {
            return Err(ReadError::new("too many union variants were tried"));
        }
        Ok(())
    }
}
