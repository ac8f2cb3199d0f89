//! What a document is read from, and how objects and maps take their entries. Nothing here is generic over a format.

use std::borrow::Cow;
use std::cell::Cell;

use serde_json::Value;

use super::{ReadError, ReadResult, Scalar, Wire};

/// What to do with a value.
pub type Read<'a> = &'a mut dyn FnMut(&mut dyn Source) -> ReadResult;

/// The next value of some document, in any format. ItemVisitor method takes the value; a source is good for one call.
/// ItemVisitor gives a error where the value is not what was asked for, or the document is broken.
pub trait Source {
    /// A value that is neither array nor object.
    fn scalar(&mut self, hint: Hint) -> ReadResult<Scalar<'static>>;
    /// Any value, as a tree, and what reading that tree may cost.
    fn value(&mut self) -> ReadResult<(Cow<'_, Value>, ReadContext<'_>)>;
    /// Passes the value over.
    fn skip(&mut self) -> ReadResult;
    /// Gives the value to `read`, unless it is null.
    fn present(&mut self, read: Read<'_>) -> ReadResult;
    /// Gives every item of an array to `item`.
    fn array(&mut self, item: Read<'_>) -> ReadResult;
    /// Gives every entry of an object to `entries`.
    fn map(&mut self, entries: &mut dyn Entries) -> ReadResult;
}

/// What takes the entries of an object, one after the other.
pub trait Entries {
    /// Takes a key.
    fn key(&mut self, key: &str);
    /// Takes the value of the last key.
    fn value(&mut self, source: &mut dyn Source) -> ReadResult;
}

/// What kind of scalar is asked for. Null is given out whatever the hint.
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

/// The entries of a map: `put` gets each with its key.
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

/// How far a read has gone. It is the same for a whole document, but for the depth.
#[derive(Clone, Copy)]
pub struct ReadContext<'a> {
    depth: usize,
    pub(super) state: &'a ReadState,
}

/// What is known of a document while it is read.
#[derive(Default)]
pub(super) struct ReadState {
    /// Where a error waits while a foreign error type carries the failure outwards.
    pub(super) error: Cell<Option<Box<ReadError>>>,
    /// How often a variant of a union turned out wrong.
    tries: Cell<u32>,
}

impl<'a> ReadContext<'a> {
    /// How deep arrays and objects may nest before the stack is in danger.
    const MAX_DEPTH: usize = 128;
    /// How often a variant of a union may turn out wrong: nested unions multiply.
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

    /// Counts a variant of a union that turned out wrong; a error when it is one too many.
    pub fn count_try(self) -> ReadResult {
        let tries = self.state.tries.get() + 1;
        self.state.tries.set(tries);
        if tries > Self::MAX_TRIES {
            return Err(ReadError::new("too many variants fit to be told apart"));
        }
        Ok(())
    }
}
