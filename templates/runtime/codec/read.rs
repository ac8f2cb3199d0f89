//! Reading: a value is read *into* a vacant one, key by key, from whatever serde deserializer stands behind [`Source`].

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde_core::Deserialize;
use serde_core::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The end of a read: done, or a fault with its path.
pub type Outcome<T = ()> = Result<T, Box<Fault>>;

/// What stopped a value from being read, and where in the document it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    message: String,
    /// Innermost step first.
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl Fault {
    /// A fault at the value being read.
    pub fn new(message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            message: message.into(),
            steps: Vec::new(),
        })
    }

    /// What was wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The place as a JSON path, `$` for the document itself.
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for step in self.steps.iter().rev() {
            match step {
                Step::Key(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.message, self.path())
    }
}

impl std::error::Error for Fault {}

/// The keys of an object.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// The names on the wire, in the order of the fields.
    pub names: &'static [&'static str],
    /// Which of them the object has to have.
    pub required: &'static [usize],
}

impl Keys {
    /// Finds a key. The one after the last found is tried first, since most writers keep one order.
    fn find(&self, name: &str, next: usize) -> Option<usize> {
        if self.names.get(next).is_some_and(|key| *key == name) {
            return Some(next);
        }
        self.names.iter().position(|key| *key == name)
    }
}

/// A model that is a JSON object.
pub trait Record {
    /// An instance with nothing in it, to be read into. It never leaves the codec before its required keys were seen.
    fn vacant() -> Self
    where
        Self: Sized;
    /// The keys.
    fn keys(&self) -> &'static Keys;
    /// Reads the value of the key with this index.
    fn field(&mut self, index: usize, value: &mut dyn Source) -> Outcome;
    /// Reads the value of a key that the table does not list.
    fn extra(&mut self, key: &str, value: &mut dyn Source) -> Outcome {
        let _ = key;
        value.skip()
    }
    /// Writes all fields.
    fn write(&self, out: &mut super::Object<'_>);
}

/// A value that can be read from a [`Source`].
pub trait Decode {
    /// The empty value that [`Decode::read`] fills.
    fn vacant() -> Self
    where
        Self: Sized;
    /// Reads the next value into `self`.
    fn read(&mut self, source: &mut dyn Source) -> Outcome;
    /// Reads the next value, or none where it is null.
    fn read_optional(source: &mut dyn Source) -> Outcome<Option<Self>>
    where
        Self: Sized,
    {
        let mut value = Self::vacant();
        Ok(source.present(&mut |source| value.read(source))?.then_some(value))
    }
}

/// The next value of some document, in any format. Each method takes the value; a source is good for one call.
pub trait Source {
    fn bool(&mut self) -> Outcome<bool>;
    fn optional_bool(&mut self) -> Outcome<Option<bool>>;
    fn i64(&mut self) -> Outcome<i64>;
    fn optional_i64(&mut self) -> Outcome<Option<i64>>;
    fn u64(&mut self) -> Outcome<u64>;
    fn optional_u64(&mut self) -> Outcome<Option<u64>>;
    fn f64(&mut self) -> Outcome<f64>;
    fn optional_f64(&mut self) -> Outcome<Option<f64>>;
    fn string(&mut self) -> Outcome<String>;
    fn optional_string(&mut self) -> Outcome<Option<String>>;
    fn value(&mut self) -> Outcome<Value>;
    fn skip(&mut self) -> Outcome;
    /// Reads the value into `target`, unless it is null. Tells whether it was there.
    fn present(&mut self, read: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome<bool>;
    fn object(&mut self, record: &mut dyn Record) -> Outcome;
    fn array(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome;
    fn map(&mut self, entry: &mut dyn FnMut(String, &mut dyn Source) -> Outcome) -> Outcome;
}

/// Where a fault waits while a foreign error type carries the failure outwards.
#[derive(Default)]
struct Slot(Cell<Option<Box<Fault>>>);

impl Slot {
    /// Keeps the fault, and gives a foreign error to return instead.
    fn keep<E: de::Error>(&self, fault: Box<Fault>) -> E {
        self.0.set(Some(fault));
        E::custom("")
    }

    /// The fault behind a foreign error.
    fn fault<E: fmt::Display>(&self, error: E) -> Box<Fault> {
        self.0.take().unwrap_or_else(|| Fault::new(error.to_string()))
    }

    /// Adds a step to the fault behind a foreign error.
    fn step<E: de::Error>(&self, error: E, step: Step) -> E {
        let mut fault = self.fault(error);
        fault.steps.push(step);
        self.keep(fault)
    }
}

/// A serde deserializer behind the object-safe [`Source`].
struct Erased<'s, D> {
    deserializer: Option<D>,
    slot: &'s Slot,
}

impl<'de, 's, D: Deserializer<'de>> Erased<'s, D> {
    fn new(deserializer: D, slot: &'s Slot) -> Self {
        Self {
            deserializer: Some(deserializer),
            slot,
        }
    }

    fn take<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Outcome<T> {
        match self.deserializer.take() {
            Some(deserializer) => read(deserializer).map_err(|error| self.slot.fault(error)),
            None => Err(Fault::new("the value was read twice")),
        }
    }
}

impl<'de, D: Deserializer<'de>> Source for Erased<'_, D> {
    fn bool(&mut self) -> Outcome<bool> {
        self.take(bool::deserialize)
    }
    fn optional_bool(&mut self) -> Outcome<Option<bool>> {
        self.take(Option::deserialize)
    }
    fn i64(&mut self) -> Outcome<i64> {
        self.take(i64::deserialize)
    }
    fn optional_i64(&mut self) -> Outcome<Option<i64>> {
        self.take(Option::deserialize)
    }
    fn u64(&mut self) -> Outcome<u64> {
        self.take(u64::deserialize)
    }
    fn optional_u64(&mut self) -> Outcome<Option<u64>> {
        self.take(Option::deserialize)
    }
    fn f64(&mut self) -> Outcome<f64> {
        self.take(f64::deserialize)
    }
    fn optional_f64(&mut self) -> Outcome<Option<f64>> {
        self.take(Option::deserialize)
    }
    fn string(&mut self) -> Outcome<String> {
        self.take(String::deserialize)
    }
    fn optional_string(&mut self) -> Outcome<Option<String>> {
        self.take(Option::deserialize)
    }
    fn value(&mut self) -> Outcome<Value> {
        self.take(Value::deserialize)
    }
    fn skip(&mut self) -> Outcome {
        self.take(|deserializer| IgnoredAny::deserialize(deserializer).map(drop))
    }
    fn present(&mut self, read: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome<bool> {
        let slot = self.slot;
        self.take(|deserializer| deserializer.deserialize_option(Present { read, slot }))
    }
    fn object(&mut self, record: &mut dyn Record) -> Outcome {
        let slot = self.slot;
        self.take(|deserializer| deserializer.deserialize_map(Fields { record, slot }))
    }
    fn array(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Outcome) -> Outcome {
        let slot = self.slot;
        self.take(|deserializer| deserializer.deserialize_seq(Items { item, slot }))
    }
    fn map(&mut self, entry: &mut dyn FnMut(String, &mut dyn Source) -> Outcome) -> Outcome {
        let slot = self.slot;
        self.take(|deserializer| deserializer.deserialize_map(Entries { entry, slot }))
    }
}

/// Hands a value's deserializer to `read` as a [`Source`].
struct Nested<'a, 's, F> {
    read: F,
    slot: &'s Slot,
    _marker: std::marker::PhantomData<&'a ()>,
}

impl<'s, F> Nested<'_, 's, F> {
    fn new(slot: &'s Slot, read: F) -> Self {
        Self {
            read,
            slot,
            _marker: std::marker::PhantomData,
        }
    }
}

impl<'de, F: FnOnce(&mut dyn Source) -> Outcome> DeserializeSeed<'de> for Nested<'_, '_, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        (self.read)(&mut Erased::new(deserializer, self.slot)).map_err(|fault| self.slot.keep(fault))
    }
}

struct Present<'a, 's> {
    read: &'a mut dyn FnMut(&mut dyn Source) -> Outcome,
    slot: &'s Slot,
}

impl<'de> Visitor<'de> for Present<'_, '_> {
    type Value = bool;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }
    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }
    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        Nested::new(self.slot, self.read)
            .deserialize(deserializer)
            .map(|()| true)
    }
}

struct Items<'a, 's> {
    item: &'a mut dyn FnMut(&mut dyn Source) -> Outcome,
    slot: &'s Slot,
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            match items.next_element_seed(Nested::new(self.slot, &mut *self.item)) {
                Ok(Some(())) => index += 1,
                Ok(None) => return Ok(()),
                Err(error) => return Err(self.slot.step(error, Step::Index(index))),
            }
        }
    }
}

struct Entries<'a, 's> {
    entry: &'a mut dyn FnMut(String, &mut dyn Source) -> Outcome,
    slot: &'s Slot,
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let name = key.clone();
            let entry = &mut *self.entry;
            map.next_value_seed(Nested::new(self.slot, |value: &mut dyn Source| entry(key, value)))
                .map_err(|error| self.slot.step(error, Step::Key(name)))?;
        }
        Ok(())
    }
}

/// Looks a key up.
struct KeySeed {
    keys: &'static Keys,
    next: usize,
}

enum Found {
    Known(usize),
    Extra(String),
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Found;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Found;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E>(self, key: &str) -> Result<Found, E> {
        Ok(self
            .keys
            .find(key, self.next)
            .map_or_else(|| Found::Extra(key.to_owned()), Found::Known))
    }
}

/// Which keys were seen.
struct Seen {
    first: u64,
    rest: Vec<bool>,
}

impl Seen {
    fn new(keys: usize) -> Self {
        Self {
            first: 0,
            rest: vec![false; keys.saturating_sub(64)],
        }
    }
    fn mark(&mut self, index: usize) {
        match index.checked_sub(64) {
            None => self.first |= 1 << index,
            Some(index) => self.rest[index] = true,
        }
    }
    fn has(&self, index: usize) -> bool {
        match index.checked_sub(64) {
            None => self.first & (1 << index) != 0,
            Some(index) => self.rest[index],
        }
    }
}

struct Fields<'a, 's> {
    record: &'a mut dyn Record,
    slot: &'s Slot,
}

impl<'de> Visitor<'de> for Fields<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { record, slot } = self;
        let keys = record.keys();
        let mut seen = Seen::new(keys.names.len());
        let mut next = 0;
        while let Some(found) = map.next_key_seed(KeySeed { keys, next })? {
            match found {
                Found::Known(index) => {
                    seen.mark(index);
                    next = index + 1;
                    let record = &mut *record;
                    map.next_value_seed(Nested::new(slot, |value: &mut dyn Source| record.field(index, value)))
                        .map_err(|error| slot.step(error, Step::Key(keys.names[index].to_owned())))?;
                }
                Found::Extra(key) => {
                    let record = &mut *record;
                    map.next_value_seed(Nested::new(slot, |value: &mut dyn Source| record.extra(&key, value)))
                        .map_err(|error| slot.step(error, Step::Key(key.clone())))?;
                }
            }
        }
        match keys.required.iter().find(|index| !seen.has(**index)) {
            Some(index) => Err(slot.keep(Fault::new(format!("missing field `{}`", keys.names[*index])))),
            None => Ok(()),
        }
    }
}

/// Reads a value from any serde deserializer.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let slot = Slot::default();
    let mut target = T::vacant();
    target
        .read(&mut Erased::new(deserializer, &slot))
        .map_err(de::Error::custom)?;
    Ok(target)
}

/// Reads a value from JSON text.
///
/// # Errors
/// When the bytes are no JSON, or not the JSON of a `T`; the fault names the place.
pub fn from_slice<T: Decode>(bytes: &[u8]) -> Outcome<T> {
    let slot = Slot::default();
    // Checked as a whole first: that is cheaper than string by string.
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::new(error.to_string()))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut target = T::vacant();
    target.read(&mut Erased::new(&mut deserializer, &slot))?;
    deserializer.end().map_err(|error| Fault::new(error.to_string()))?;
    Ok(target)
}

/// Reads a value from JSON that was read before.
///
/// # Errors
/// When it is not the JSON of a `T`; the fault names the place.
pub fn from_value<T: Decode>(value: &Value) -> Outcome<T> {
    let slot = Slot::default();
    let mut target = T::vacant();
    target.read(&mut Erased::new(value, &slot))?;
    Ok(target)
}

macro_rules! scalar {
    ($type:ty, $vacant:expr, $read:ident, $optional:ident) => {
        impl Decode for $type {
            fn vacant() -> Self {
                $vacant
            }
            fn read(&mut self, source: &mut dyn Source) -> Outcome {
                *self = source.$read()?;
                Ok(())
            }
            fn read_optional(source: &mut dyn Source) -> Outcome<Option<Self>> {
                source.$optional()
            }
        }
    };
}

scalar!(bool, false, bool, optional_bool);
scalar!(i64, 0, i64, optional_i64);
scalar!(u64, 0, u64, optional_u64);
scalar!(f64, 0.0, f64, optional_f64);
scalar!(String, String::new(), string, optional_string);

impl Decode for Value {
    fn vacant() -> Self {
        Value::Null
    }
    fn read(&mut self, source: &mut dyn Source) -> Outcome {
        *self = source.value()?;
        Ok(())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn vacant() -> Self {
        None
    }
    fn read(&mut self, source: &mut dyn Source) -> Outcome {
        *self = T::read_optional(source)?;
        Ok(())
    }
}

impl<T: Decode> Decode for Box<T> {
    fn vacant() -> Self {
        Box::new(T::vacant())
    }
    fn read(&mut self, source: &mut dyn Source) -> Outcome {
        (**self).read(source)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn vacant() -> Self {
        Vec::new()
    }
    fn read(&mut self, source: &mut dyn Source) -> Outcome {
        source.array(&mut |source| {
            let mut item = T::vacant();
            item.read(source)?;
            self.push(item);
            Ok(())
        })
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn vacant() -> Self {
        BTreeMap::new()
    }
    fn read(&mut self, source: &mut dyn Source) -> Outcome {
        source.map(&mut |key, source| {
            let mut value = T::vacant();
            value.read(source)?;
            self.insert(key, value);
            Ok(())
        })
    }
}
