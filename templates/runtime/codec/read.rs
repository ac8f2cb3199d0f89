//! Reading: a value is read *into* a vacant one, key by key, from whatever serde deserializer stands behind [`Source`].

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde_core::Deserialize;
use serde_core::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Fault, Keys, Outcome, Scalar, Wire};

/// How far a read has gone. It is the same for a whole document, but for the depth.
#[derive(Clone, Copy)]
pub struct Progress<'a> {
    depth: usize,
    notes: &'a Notes,
}

/// What is known of a document while it is read.
#[derive(Default)]
pub(super) struct Notes {
    /// Where a fault waits while a foreign error type carries the failure outwards.
    fault: Cell<Option<Box<Fault>>>,
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

    /// Counts a variant that turned out wrong.
    pub(super) fn count_try(self) -> Outcome {
        let tries = self.notes.tries.get() + 1;
        self.notes.tries.set(tries);
        if tries > Self::TRIES {
            return Err(Fault::new("too many variants fit to be told apart"));
        }
        Ok(())
    }

    /// Keeps a fault, and gives a foreign error to return instead.
    fn keep<E: de::Error>(self, fault: Box<Fault>) -> E {
        self.notes.fault.set(Some(fault));
        E::custom("")
    }

    /// The fault behind a foreign error.
    fn fault(self, error: impl fmt::Display) -> Box<Fault> {
        self.notes.fault.take().unwrap_or_else(|| Fault::new(error.to_string()))
    }
}

/// The next value of some document, in any format. Each method takes the value; a source is good for one call.
/// Every method fails where the value is not what was asked for, or where the document is broken.
#[allow(clippy::missing_errors_doc)]
pub trait Source {
    /// A value that is neither array nor object.
    fn scalar(&mut self, hint: Hint) -> Outcome<Scalar<'static>>;
    /// Any value, as a tree, and what reading that tree may cost.
    fn value(&mut self) -> Outcome<(Cow<'_, Value>, Progress<'_>)>;
    /// Passes the value over.
    fn skip(&mut self) -> Outcome;
    /// Gives the value to `read`, unless it is null.
    fn present(&mut self, read: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome;
    /// Gives every item of an array to `item`.
    fn array(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome;
    /// Gives every entry of an object to `entries`.
    fn map(&mut self, entries: &mut dyn Entries) -> Outcome;
}

/// What takes the entries of an object, one after the other.
pub trait Entries {
    /// Takes a key.
    fn key(&mut self, key: &str);
    /// Takes the value of the last key.
    ///
    /// # Errors
    /// When the value cannot stand there.
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
///
/// # Errors
/// When it is not one of a `T`.
pub fn decode<T: Wire>(source: &mut dyn Source) -> Outcome<T> {
    let mut value = T::vacant();
    value.read(source)?;
    Ok(value)
}

/// Reads the next value into a map.
///
/// # Errors
/// When it is not one of a `T`.
pub fn insert<T: Wire>(map: &mut BTreeMap<String, T>, key: &str, source: &mut dyn Source) -> Outcome {
    map.insert(key.to_owned(), decode(source)?);
    Ok(())
}

/// Reads an object into a vacant model.
pub(super) fn read_object(model: &mut dyn Wire, keys: &'static Keys, source: &mut dyn Source) -> Outcome {
    let mut fields = Fields {
        model,
        keys,
        found: None,
        extra: String::new(),
        next: 0,
        seen: Seen::new(keys.names.len()),
    };
    source.map(&mut fields)?;
    match keys.required.iter().find(|index| !fields.seen.has(**index)) {
        Some(index) => Err(Fault::new(format!("missing field `{}`", keys.names[*index]))),
        None => Ok(()),
    }
}

/// The entries of a model.
struct Fields<'a> {
    model: &'a mut dyn Wire,
    keys: &'static Keys,
    /// Where the last key stands in the table, unless it is an extra one.
    found: Option<usize>,
    extra: String,
    next: usize,
    seen: Seen,
}

impl Entries for Fields<'_> {
    fn key(&mut self, key: &str) {
        self.found = self.keys.find(key, self.next);
        if self.found.is_none() {
            self.extra.clear();
            self.extra.push_str(key);
        }
    }

    fn value(&mut self, source: &mut dyn Source) -> Outcome {
        let Some(index) = self.found else {
            return self
                .model
                .extra(&self.extra, source)
                .map_err(|fault| fault.at_key(&self.extra));
        };
        if self.seen.mark(index) {
            return Err(Fault::new(format!("duplicate field `{}`", self.keys.names[index])));
        }
        self.next = index + 1;
        self.model
            .field(index, source)
            .map_err(|fault| fault.at_key(self.keys.names[index]))
    }
}

/// Which keys were seen.
struct Seen {
    first: u64,
    rest: Vec<bool>,
}

impl Seen {
    fn new(keys: usize) -> Self {
        let rest = vec![false; keys.saturating_sub(64)];
        Self { first: 0, rest }
    }

    /// Marks a key, and tells whether it was marked before.
    fn mark(&mut self, index: usize) -> bool {
        let before = self.has(index);
        match index.checked_sub(64) {
            None => self.first |= 1 << index,
            Some(index) => self.rest[index] = true,
        }
        before
    }

    fn has(&self, index: usize) -> bool {
        match index.checked_sub(64) {
            None => self.first & (1 << index) != 0,
            Some(index) => self.rest[index],
        }
    }
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

/// Reads a value from any serde deserializer.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let notes = Notes::default();
    decode(&mut Erased::new(deserializer, Progress::start(&notes))).map_err(de::Error::custom)
}

/// Reads a value from JSON text.
///
/// # Errors
/// When the bytes are no JSON, or not the JSON of a `T`; the fault names the place.
pub fn from_slice<T: Wire>(bytes: &[u8]) -> Outcome<T> {
    let notes = Notes::default();
    // Checked as a whole first: that is cheaper than string by string.
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::new(error.to_string()))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = decode(&mut Erased::new(&mut deserializer, Progress::start(&notes)))?;
    deserializer.end().map_err(|error| Fault::new(error.to_string()))?;
    Ok(value)
}

/// A serde deserializer behind the object-safe [`Source`].
struct Erased<'p, D> {
    deserializer: Option<D>,
    progress: Progress<'p>,
}

impl<'de, 'p, D: Deserializer<'de>> Erased<'p, D> {
    fn new(deserializer: D, progress: Progress<'p>) -> Self {
        let deserializer = Some(deserializer);
        Self { deserializer, progress }
    }

    fn take<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Outcome<T> {
        match self.deserializer.take() {
            Some(deserializer) => read(deserializer).map_err(|error| self.progress.fault(error)),
            None => Err(Fault::new("the value was read twice")),
        }
    }
}

impl<'de, D: Deserializer<'de>> Source for Erased<'_, D> {
    fn scalar(&mut self, hint: Hint) -> Outcome<Scalar<'static>> {
        self.take(|deserializer| match hint {
            // A format without types of its own (YAML) must know that `12` may be a text here.
            Hint::String => deserializer.deserialize_option(hint),
            Hint::Bool | Hint::Number => deserializer.deserialize_any(hint),
        })
    }

    fn value(&mut self) -> Outcome<(Cow<'_, Value>, Progress<'_>)> {
        let value = self.take(Value::deserialize)?;
        Ok((Cow::Owned(value), self.progress))
    }

    fn skip(&mut self) -> Outcome {
        self.take(|deserializer| IgnoredAny::deserialize(deserializer).map(drop))
    }

    fn present(&mut self, read: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome {
        let progress = self.progress;
        self.take(|deserializer| deserializer.deserialize_option(Present(Nested { read, progress })))
    }

    fn array(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome {
        let progress = self.progress.deeper()?;
        self.take(|deserializer| deserializer.deserialize_seq(Items { item, progress }))
    }

    fn map(&mut self, entries: &mut dyn Entries) -> Outcome {
        let progress = self.progress.deeper()?;
        self.take(|deserializer| deserializer.deserialize_map(Pairwise { entries, progress }))
    }
}

impl<'de> Visitor<'de> for Hint {
    type Value = Scalar<'static>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected())
    }
    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Scalar::I64(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Scalar::U64(value))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Scalar::F64(value))
    }
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Str(Cow::Owned(value.to_owned())))
    }
    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Scalar::Str(Cow::Owned(value)))
    }
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Null)
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self {
            Self::String => deserializer.deserialize_string(self),
            Self::Bool | Self::Number => deserializer.deserialize_any(self),
        }
    }
}

/// Hands a value's deserializer to `read` as a [`Source`].
struct Nested<'p, F> {
    read: F,
    progress: Progress<'p>,
}

impl<'de, F: FnOnce(&mut dyn Source) -> Outcome> DeserializeSeed<'de> for Nested<'_, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        (self.read)(&mut Erased::new(deserializer, self.progress)).map_err(|fault| self.progress.keep(fault))
    }
}

struct Present<'p, F>(Nested<'p, F>);

impl<'de, F: FnOnce(&mut dyn Source) -> Outcome> Visitor<'de> for Present<'_, F> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }
    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.deserialize(deserializer)
    }
}

struct Items<'a, 'p> {
    item: &'a mut dyn FnMut(&mut dyn Source) -> Outcome,
    progress: Progress<'p>,
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { item, progress } = self;
        while let Some(()) = items.next_element_seed(Nested {
            read: &mut *item,
            progress,
        })? {}
        Ok(())
    }
}

struct Pairwise<'a, 'p> {
    entries: &'a mut dyn Entries,
    progress: Progress<'p>,
}

impl<'de> Visitor<'de> for Pairwise<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { entries, progress } = self;
        while let Some(()) = map.next_key_seed(Key(&mut *entries))? {
            let read = |source: &mut dyn Source| entries.value(source);
            map.next_value_seed(Nested { read, progress })?;
        }
        Ok(())
    }
}

/// Gives a key to the entries.
struct Key<'a>(&'a mut dyn Entries);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E>(self, key: &str) -> Result<(), E> {
        self.0.key(key);
        Ok(())
    }
}
