//! The object-safe traits for reading. Nothing here is generic over a serde format.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use serde_json::Value;

use super::deviation::{Deviation, DeviationRule, Mark, ReadReport};
use super::path::PathStep;
use super::{ReadError, ReadMode, ReadResult, Scalar, Wire};

/// A function that reads a value.
pub type Read<'a> = &'a mut dyn FnMut(&mut dyn Source) -> ReadResult;

/// The next value of a document in any format. A source can be used for one call. Each method returns an error if the value
/// has another type or the document is malformed.
pub trait Source {
    /// Reads a value that is neither an array nor an object.
    fn scalar(&mut self, hint: Hint) -> ReadResult<Scalar<'static>>;
    /// Reads a string, or `None` for null. Strings are the most frequent scalars, so a source can override this
    /// with a faster implementation.
    fn text(&mut self) -> ReadResult<Option<String>> {
        self.scalar(Hint::String)?.text()
    }
    /// Reads any value as a tree, and returns it with the context for reading it.
    fn value(&mut self) -> ReadResult<(Cow<'_, Value>, ReadContext<'_>)>;
    /// Skips the value.
    fn skip(&mut self) -> ReadResult;
    /// Skips the value of a property for which a record has no field.
    fn ignore(&mut self) -> ReadResult {
        self.skip()
    }
    /// Passes the value to `read`, unless it is null. Returns whether a value was read.
    fn present(&mut self, read: Read<'_>) -> ReadResult<bool>;
    /// Records a deviation of a scalar that was read. Returns whether it is tolerated.
    fn deviate(&mut self, rule: DeviationRule, expected: &str, found: &str) -> bool {
        let _ = (rule, expected, found);
        false
    }
    /// Handles an optional scalar that cannot be read. It is absent if this returns `Ok`, because the document is read with
    /// tolerance.
    fn unreadable(&mut self, error: Box<ReadError>) -> ReadResult {
        Err(error)
    }
    /// Passes each item of an array to `item`. All items are needed.
    fn array(&mut self, item: Read<'_>) -> ReadResult;
    /// Passes each item of a list to `item`. Items that cannot be read may be skipped.
    fn list(&mut self, item: Read<'_>) -> ReadResult {
        self.array(item)
    }
    /// Passes each entry of an object to `entries`.
    fn map(&mut self, entries: &mut dyn Entries) -> ReadResult;
    /// Reports a value that an open enum does not list, if that is wanted.
    fn check_listed(&mut self, is_listed: &dyn Fn() -> bool) {
        let _ = is_listed;
    }
    /// Returns whether the document is a response.
    fn is_response(&self) -> bool;
    /// Handles a required property that the object, which was read before, does not have.
    fn missing(&mut self, key: &str, field: &mut dyn Wire) -> ReadResult {
        let _ = field;
        Err(ReadError::missing(key))
    }
}

/// A receiver for the entries of an object.
pub trait Entries {
    /// Receives a key.
    fn key(&mut self, key: &str);
    /// Reads the value of the last key.
    fn value(&mut self, source: &mut dyn Source) -> ReadResult;
    /// Returns whether the last key is an entry of a map, not a documented property.
    fn is_in_map(&self) -> bool;
}

/// The expected type of a scalar. Null is returned regardless of the hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    Bool,
    Number,
    /// An integer that may exceed 64 bits.
    WideInteger,
    String,
}

impl Hint {
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::WideInteger => "an integer",
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

    fn is_in_map(&self) -> bool {
        true
    }
}

/// How the reader handles deviations from the API description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tolerance {
    /// They are errors.
    None,
    /// They are errors, and a tolerant read follows, so a union must not fall back to a variant that matches less well.
    Deferred,
    /// They are tolerated by the rules of a mode.
    Some(ReadMode),
}

/// The context of a read: the depth and the tolerance at this place, and the state of the whole document. It is copied for each
/// value, so it is small.
#[derive(Clone, Copy)]
pub struct ReadContext<'a> {
    pub(super) depth: u8,
    pub(super) tolerance: Tolerance,
    /// Whether items that cannot be read are skipped and kept in the report. This is for the outermost list only, unless the mode
    /// is lenient.
    pub(super) skips_items: bool,
    /// Whether a property, item or map entry that cannot be read and may be absent is left out. A union reads its variants without
    /// this first, so that a value that a variant cannot read is evidence against it.
    pub(super) leaves_out: bool,
    /// Whether this is an item of an array. A list that is such an item is read as a whole, because the positions of its items may
    /// have a meaning, as in a list of coordinates.
    pub(super) in_array: bool,
    /// The depth from which unions without a discriminator may keep unknown values.
    pub(super) keeps_from: u8,
    /// The number of unions since the enclosing array or object.
    pub(super) unions: u8,
    /// Whether this is inside a variant of a union after which another variant may be read.
    pub compares: bool,
    pub(super) state: &'a ReadState,
}

/// The state of reading a document.
#[derive(Default)]
pub(super) struct ReadState {
    /// An error that a serde error represents while it is passed outwards.
    pub(super) error: Cell<Option<Box<ReadError>>>,
    /// The number of union variants that were tried without success.
    pub(super) tries: Cell<u32>,
    /// The number of union variants that were read inside a comparison to find a better one.
    pub(super) comparisons: Cell<u32>,
    /// The number of properties that were ignored, because their record has no field for them.
    pub(super) ignored: Cell<usize>,
    /// Whether the document is a response.
    pub(super) is_response: bool,
    pub(super) report: RefCell<ReadReport>,
}

impl<'a> ReadContext<'a> {
    /// The maximum depth of arrays and objects, which protects the stack.
    const MAX_DEPTH: u8 = 128;
    /// The maximum number of unions that are directly nested.
    const MAX_UNIONS: u8 = 16;
    /// The maximum number of failed variants. Nested unions multiply them.
    const MAX_TRIES: u32 = 100_000;
    /// The maximum number of comparisons inside others, which nested unions multiply too.
    const MAX_COMPARISONS: u32 = 100_000;

    pub(super) fn start(state: &'a ReadState) -> Self {
        Self {
            depth: 0,
            tolerance: Tolerance::None,
            skips_items: false,
            leaves_out: false,
            in_array: false,
            keeps_from: 0,
            unions: 0,
            compares: false,
            state,
        }
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
            in_array: false,
            unions: 0,
            ..self
        })
    }

    /// Enters a variant of a union. Unions that are variants of each other could be entered without end.
    pub fn in_union(self) -> ReadResult<Self> {
        if self.unions >= Self::MAX_UNIONS {
            return Err(ReadError::new(
                "the value is not in any variant of unions that contain each other",
            ));
        }
        Ok(Self {
            unions: self.unions + 1,
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

    /// Counts a failed default variant if it is read inside another union, where the attempts multiply. Elsewhere, such as in
    /// the items of a list, their number is not limited.
    pub fn count_nested_try(self) -> ReadResult {
        match self.compares {
            true => self.count_try(),
            false => Ok(()),
        }
    }

    /// Counts a comparison of a variant that was read with the next one. Returns whether it is made: comparisons inside others
    /// have a maximum, above which the first variant that can be read is taken.
    pub fn count_comparison(self) -> bool {
        let comparisons = self.state.comparisons.get();
        if self.compares {
            self.state.comparisons.set(comparisons.saturating_add(1));
        }
        !self.compares || comparisons < Self::MAX_COMPARISONS
    }

    /// Returns whether deviations are tolerated.
    pub(super) fn is_tolerant(self) -> bool {
        let Tolerance::Some(mode) = self.tolerance else {
            return false;
        };
        mode != ReadMode::Strict
    }

    /// Returns whether a union without a discriminator may keep a value that no variant can represent.
    pub fn keeps_unknown(self) -> bool {
        self.depth >= self.keeps_from && (self.tolerance == Tolerance::None || self.is_tolerant())
    }

    /// Returns whether unknown values and properties are reported.
    pub(super) fn is_reporting(self) -> bool {
        self.tolerance == Tolerance::Some(ReadMode::Reporting)
    }

    /// Returns whether values that cannot be read become the default of their type.
    pub(super) fn is_lenient(self) -> bool {
        self.tolerance == Tolerance::Some(ReadMode::Lenient)
    }

    /// Returns the context for a variant of a union after which others can be read: nothing is left out, unless the mode is lenient.
    pub fn undecided(self) -> Self {
        let leaves_out = self.is_lenient();
        Self { leaves_out, ..self }
    }

    /// Records a deviation at the current value.
    pub(super) fn deviate(self, rule: DeviationRule, expected: &str, found: &str) {
        let deviation = Deviation::new(rule, expected, found);
        self.state.report.borrow_mut().deviations.push(deviation);
    }

    /// Returns whether a list or map may lack this value, which cannot be read. Null contains no data.
    pub(super) fn may_leave_out(self, value: &Value) -> bool {
        self.leaves_out || value.is_null() && self.is_tolerant()
    }

    /// Replaces the deviations after `mark` by that of a value that was left out because of an error. `inside` is the number of
    /// steps of the error's path that are inside the value.
    pub(super) fn leave_out(self, mark: Mark, rule: DeviationRule, error: &ReadError, inside: usize) {
        self.reset(mark);
        let deviation = Deviation::recovered(rule, error, inside);
        self.state.report.borrow_mut().deviations.push(deviation);
    }

    /// Returns the number of values after `mark` that were left out or replaced.
    pub fn losses(self, mark: Mark) -> usize {
        self.state.report.borrow().losses(mark)
    }

    pub(super) fn mark(self) -> Mark {
        self.state.report.borrow().mark()
    }

    pub(super) fn reset(self, mark: Mark) {
        self.state.report.borrow_mut().reset(mark);
    }

    /// Adds the step from the enclosing array or object to the deviations after `mark`.
    pub(super) fn enclose(self, mark: Mark, step: &PathStep) {
        self.state.report.borrow_mut().enclose(mark, step);
    }
}
