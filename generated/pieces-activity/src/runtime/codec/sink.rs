//! Writing into any serde serializer, behind an object-safe trait.

use serde_core::Serialize;
use serde_core::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::write::Encoder;
use super::{Scalar, Wire};

/// An object-safe serde serializer.
pub(super) trait Sink {
    fn put(&mut self, value: Item<'_>);
    fn begin(&mut self, bracket: u8);
    fn entry(&mut self, key: &str, value: Item<'_>);
    fn item(&mut self, value: Item<'_>);
    /// Returns whether the value is part of a request, which has no read-only properties.
    fn is_request(&self) -> bool {
        false
    }
}

/// The state of a serializer.
enum State<S: Serializer> {
    Open(S),
    Object(S::SerializeMap),
    Array(S::SerializeSeq),
    Done(Result<S::Ok, S::Error>),
    Taken,
}

impl<S: Serializer> State<S> {
    fn open(&mut self, write: impl FnOnce(S) -> Result<Self, S::Error>) {
        if let State::Open(serializer) = std::mem::replace(self, State::Taken) {
            *self = write(serializer).unwrap_or_else(|error| State::Done(Err(error)));
        }
    }

    fn check(&mut self, result: Result<(), S::Error>) {
        if let Err(error) = result {
            *self = State::Done(Err(error));
        }
    }
}

impl<S: Serializer> Sink for State<S> {
    fn put(&mut self, value: Item<'_>) {
        self.open(|serializer| Ok(State::Done(value.serialize(serializer))));
    }

    fn begin(&mut self, bracket: u8) {
        self.open(|serializer| match bracket {
            b'{' => serializer.serialize_map(None).map(State::Object),
            _ => serializer.serialize_seq(None).map(State::Array),
        });
    }

    fn entry(&mut self, key: &str, value: Item<'_>) {
        if let State::Object(map) = self {
            let result = map.serialize_entry(key, &value);
            self.check(result);
        }
    }

    fn item(&mut self, value: Item<'_>) {
        if let State::Array(seq) = self {
            let result = seq.serialize_element(&value);
            self.check(result);
        }
    }
}

/// A value for a serializer. Scalars and trees are serialized without a [`State`].
pub(super) enum Item<'a> {
    Scalar(Scalar<'a>),
    Tree(&'a Value),
    Other(&'a dyn Wire),
}

impl<'a> Item<'a> {
    pub(super) fn of(value: &'a impl Wire) -> Self {
        value.scalar().map_or(Self::Other(value), Self::Scalar)
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Item::Scalar(Scalar::Null) => serializer.serialize_unit(),
            Item::Scalar(Scalar::Bool(value)) => serializer.serialize_bool(*value),
            Item::Scalar(Scalar::I64(value)) => serializer.serialize_i64(*value),
            Item::Scalar(Scalar::U64(value)) => serializer.serialize_u64(*value),
            Item::Scalar(Scalar::F32(value)) => serializer.serialize_f32(*value),
            Item::Scalar(Scalar::F64(value)) => serializer.serialize_f64(*value),
            Item::Scalar(Scalar::Str(value)) => serializer.serialize_str(value),
            Item::Scalar(Scalar::Digits(value)) => digits(value, serializer),
            Item::Tree(value) => value.serialize(serializer),
            Item::Other(value) => serialize(*value, serializer),
        }
    }
}

/// The number of digits that every `f64` keeps.
pub(super) const FLOAT_DIGITS: usize = 15;

/// Returns the number of digits without leading zeros.
pub(super) fn digit_count(number: &str) -> usize {
    let digits = number.trim_start_matches(['-', '0', '.']).bytes();
    digits.filter(u8::is_ascii_digit).count()
}

/// Writes a number, unless the serializer cannot represent its digits.
fn digits<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = digits.parse() {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = digits.parse() {
        return serializer.serialize_i128(value);
    }
    match digits.parse() {
        Ok(value) if digit_count(digits) <= FLOAT_DIGITS => serializer.serialize_f64(value),
        Ok(_) | Err(_) => Err(S::Error::custom("the number has too many digits for this format")),
    }
}

/// Writes a value to a serde serializer.
pub fn serialize<S: Serializer>(value: &dyn Wire, serializer: S) -> Result<S::Ok, S::Error> {
    let mut state = State::Open(serializer);
    value.encode(Encoder::to_sink(&mut state));
    match state {
        State::Done(result) => result,
        State::Object(map) => map.end(),
        State::Array(seq) => seq.end(),
        State::Open(_) | State::Taken => Err(S::Error::custom("no value was written")),
    }
}
