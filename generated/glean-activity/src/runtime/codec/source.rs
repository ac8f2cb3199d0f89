//! What a document is read from, and how objects and maps take their entries. Nothing here is generic over a format.

use std::borrow::Cow;
use std::cell::Cell;

use serde_json::Value;

use super::{Fault, Outcome, Scalar, Wire};

/// What to do with a value.
pub type Read<'a> = &'a mut dyn FnMut(&mut dyn Source) -> Outcome;

/// The next value of some document, in any format. Each method takes the value; a source is good for one call.
/// Each gives a fault where the value is not what was asked for, or the document is broken.
pub trait Source {
    /// A value that is neither array nor object.
    fn scalar(&mut self, hint: Hint) -> Outcome<Scalar<'static>>;
    /// Any value, as a tree, and what reading that tree may cost.
    fn value(&mut self) -> Outcome<(Cow<'_, Value>, Progress<'_>)>;
    /// Passes the value over.
    fn skip(&mut self) -> Outcome;
    /// Gives the value to `read`, unless it is null.
    fn present(&mut self, read: Read<'_>) -> Outcome;
    /// Gives every item of an array to `item`.
    fn array(&mut self, item: Read<'_>) -> Outcome;
    /// Gives every entry of an object to `entries`.
    fn map(&mut self, entries: &mut dyn Entries) -> Outcome;
}

/// What takes the entries of an object, one after the other.
pub trait Entries {
    /// Takes a key.
    fn key(&mut self, key: &str);
    /// Takes the value of the last key.
    fn value(&mut self, source: &mut dyn Source) -> Outcome;
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
pub fn decode<T: Wire>(source: &mut dyn Source) -> Outcome<T> {
    let mut value = T::vacant();
    value.read(source)?;
    Ok(value)
}

/// The entries of a map: `put` gets each with its key.
pub(super) struct Pairs<F> {
    key: String,
    put: F,
}

impl<F: FnMut(&str, &mut dyn Source) -> Outcome> Pairs<F> {
    pub(super) fn new(put: F) -> Self {
        let key = String::new();
        Self { key, put }
    }
}

impl<F: FnMut(&str, &mut dyn Source) -> Outcome> Entries for Pairs<F> {
    fn key(&mut self, key: &str) {
        self.key.clear();
        self.key.push_str(key);
    }

    fn value(&mut self, source: &mut dyn Source) -> Outcome {
        (self.put)(&self.key, source).map_err(|fault| fault.at_key(&self.key))
    }
}

/// How far a read has gone. It is the same for a whole document, but for the depth.
#[derive(Clone, Copy)]
pub struct Progress<'a> {
    depth: usize,
    pub(super) notes: &'a Notes,
}

/// What is known of a document while it is read.
#[derive(Default)]
pub(super) struct Notes {
    /// Where a fault waits while a foreign error type carries the failure outwards.
    pub(super) fault: Cell<Option<Box<Fault>>>,
    /// How often a variant of a union turned out wrong.
    tries: Cell<u32>,
}

impl<'a> Progress<'a> {
    /// How deep arrays and objects may nest before the stack is in danger.
    const DEPTH: usize = 128;
    /// How often a variant of a union may turn out wrong: nested unions multiply.
    const TRIES: u32 = 100_000;

    pub(super) fn start(notes: &'a Notes) -> Self {
        Self { depth: 0, notes }
    }

    /// Enters an array or object.
    pub(super) fn deeper(self) -> Outcome<Self> {
        if self.depth >= Self::DEPTH {
            return Err(Fault::new(format!("nested more than {} levels deep", Self::DEPTH)));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }

    /// Counts a variant of a union that turned out wrong; a fault when it is one too many.
    pub fn count_try(self) -> Outcome {
        let tries = self.notes.tries.get() + 1;
        self.notes.tries.set(tries);
        if tries > Self::TRIES {
            return Err(Fault::new("too many variants fit to be told apart"));
        }
        Ok(())
    }
}
