//! Writing: straight into a JSON buffer, or into whatever serde serializer stands behind [`Sink`].

use std::collections::BTreeMap;

use serde_core::Serialize;
use serde_core::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

/// A value that can be written.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, out: Encoder<'_>);
    /// Whether an optional key with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The place of one value. Each method fills it.
pub struct Encoder<'a>(Place<'a>);

enum Place<'a> {
    Bytes(&'a mut Vec<u8>),
    Sink(&'a mut dyn Sink),
}

/// A serde serializer behind an object-safe face.
trait Sink {
    fn bool(&mut self, value: bool);
    fn i64(&mut self, value: i64);
    fn u64(&mut self, value: u64);
    fn f64(&mut self, value: f64);
    fn str(&mut self, value: &str);
    fn null(&mut self);
    fn value(&mut self, value: &Value);
    fn begin_object(&mut self);
    fn entry(&mut self, key: &str, value: &dyn Encode);
    fn begin_array(&mut self);
    fn item(&mut self, value: &dyn Encode);
}

impl<'a> Encoder<'a> {
    pub fn bool(self, value: bool) {
        match self.0 {
            Place::Bytes(bytes) => bytes.extend_from_slice(if value { b"true" } else { b"false" }),
            Place::Sink(sink) => sink.bool(value),
        }
    }
    pub fn i64(self, value: i64) {
        match self.0 {
            Place::Bytes(bytes) => json(bytes, &value),
            Place::Sink(sink) => sink.i64(value),
        }
    }
    pub fn u64(self, value: u64) {
        match self.0 {
            Place::Bytes(bytes) => json(bytes, &value),
            Place::Sink(sink) => sink.u64(value),
        }
    }
    pub fn f64(self, value: f64) {
        match self.0 {
            Place::Bytes(bytes) => json(bytes, &value),
            Place::Sink(sink) => sink.f64(value),
        }
    }
    pub fn str(self, value: &str) {
        match self.0 {
            Place::Bytes(bytes) => string(bytes, value),
            Place::Sink(sink) => sink.str(value),
        }
    }
    pub fn null(self) {
        match self.0 {
            Place::Bytes(bytes) => bytes.extend_from_slice(b"null"),
            Place::Sink(sink) => sink.null(),
        }
    }
    pub fn value(self, value: &Value) {
        match self.0 {
            Place::Bytes(bytes) => json(bytes, value),
            Place::Sink(sink) => sink.value(value),
        }
    }
    /// Writes an object; `write` gives its fields.
    pub fn object(self, write: impl FnOnce(&mut Object<'_>)) {
        match self.0 {
            Place::Bytes(bytes) => {
                bytes.push(b'{');
                write(&mut Object {
                    place: Place::Bytes(bytes),
                    empty: true,
                });
                bytes.push(b'}');
            }
            Place::Sink(sink) => {
                sink.begin_object();
                write(&mut Object {
                    place: Place::Sink(sink),
                    empty: true,
                });
            }
        }
    }
    /// Writes an array.
    pub fn array<'i, T: Encode + 'i>(self, items: impl Iterator<Item = &'i T>) {
        match self.0 {
            Place::Bytes(bytes) => {
                bytes.push(b'[');
                for (index, item) in items.enumerate() {
                    if index > 0 {
                        bytes.push(b',');
                    }
                    item.encode(Encoder(Place::Bytes(bytes)));
                }
                bytes.push(b']');
            }
            Place::Sink(sink) => {
                sink.begin_array();
                items.for_each(|item| sink.item(item));
            }
        }
    }
}

/// The fields of an object that is being written.
pub struct Object<'a> {
    place: Place<'a>,
    empty: bool,
}

impl Object<'_> {
    /// Writes a key with its value, whatever it is.
    pub fn field(&mut self, key: &str, value: &impl Encode) {
        match &mut self.place {
            Place::Bytes(bytes) => {
                if !self.empty {
                    bytes.push(b',');
                }
                self.empty = false;
                plain(bytes, key);
                bytes.push(b':');
                value.encode(Encoder(Place::Bytes(bytes)));
            }
            Place::Sink(sink) => sink.entry(key, value),
        }
    }
    /// Writes a key with its value, unless the value is absent.
    pub fn optional(&mut self, key: &str, value: &impl Encode) {
        if !value.is_absent() {
            self.field(key, value);
        }
    }
}

/// Writes what serde_json writes; a `Vec` takes every byte, and the values given here have no failing case.
fn json<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(bytes, value);
    debug_assert!(written.is_ok());
}

fn plain(bytes: &mut Vec<u8>, value: &str) {
    bytes.reserve(value.len() + 3);
    bytes.push(b'"');
    bytes.extend_from_slice(value.as_bytes());
    bytes.push(b'"');
}

fn string(bytes: &mut Vec<u8>, value: &str) {
    if !value.bytes().fold(false, |found, byte| {
        found | (byte < 0x20) | (byte == b'"') | (byte == b'\\')
    }) {
        plain(bytes, value);
    } else {
        json(bytes, value);
    }
}

/// A serializer on its way from untouched to finished.
enum State<S: Serializer> {
    Open(S),
    Object(S::SerializeMap),
    Array(S::SerializeSeq),
    Done(Result<S::Ok, S::Error>),
    Taken,
}

impl<S: Serializer> State<S> {
    fn put(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) {
        if let State::Open(serializer) = std::mem::replace(self, State::Taken) {
            *self = State::Done(write(serializer));
        }
    }
    fn finish(self) -> Result<S::Ok, S::Error> {
        match self {
            State::Done(result) => result,
            State::Object(map) => map.end(),
            State::Array(seq) => seq.end(),
            State::Open(_) | State::Taken => Err(S::Error::custom("nothing was written")),
        }
    }
}

impl<S: Serializer> Sink for State<S> {
    fn bool(&mut self, value: bool) {
        self.put(|serializer| serializer.serialize_bool(value));
    }
    fn i64(&mut self, value: i64) {
        self.put(|serializer| serializer.serialize_i64(value));
    }
    fn u64(&mut self, value: u64) {
        self.put(|serializer| serializer.serialize_u64(value));
    }
    fn f64(&mut self, value: f64) {
        self.put(|serializer| serializer.serialize_f64(value));
    }
    fn str(&mut self, value: &str) {
        self.put(|serializer| serializer.serialize_str(value));
    }
    fn null(&mut self) {
        self.put(Serializer::serialize_unit);
    }
    fn value(&mut self, value: &Value) {
        self.put(|serializer| value.serialize(serializer));
    }
    fn begin_object(&mut self) {
        if let State::Open(serializer) = std::mem::replace(self, State::Taken) {
            *self = match serializer.serialize_map(None) {
                Ok(map) => State::Object(map),
                Err(error) => State::Done(Err(error)),
            };
        }
    }
    fn entry(&mut self, key: &str, value: &dyn Encode) {
        if let State::Object(map) = self
            && let Err(error) = map.serialize_entry(key, &Erased(value))
        {
            *self = State::Done(Err(error));
        }
    }
    fn begin_array(&mut self) {
        if let State::Open(serializer) = std::mem::replace(self, State::Taken) {
            *self = match serializer.serialize_seq(None) {
                Ok(seq) => State::Array(seq),
                Err(error) => State::Done(Err(error)),
            };
        }
    }
    fn item(&mut self, value: &dyn Encode) {
        if let State::Array(seq) = self
            && let Err(error) = seq.serialize_element(&Erased(value))
        {
            *self = State::Done(Err(error));
        }
    }
}

struct Erased<'a>(&'a dyn Encode);

impl Serialize for Erased<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// Writes a value into any serde serializer.
pub fn serialize<T: Encode + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut state = State::Open(serializer);
    value.encode(Encoder(Place::Sink(&mut state)));
    state.finish()
}

/// Writes a value as JSON.
pub fn to_vec<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    value.encode(Encoder(Place::Bytes(&mut bytes)));
    bytes
}

/// Writes a value as a JSON tree.
pub fn to_value<T: Encode + ?Sized>(value: &T) -> Value {
    serialize(value, serde_json::value::Serializer).unwrap_or(Value::Null)
}

macro_rules! scalar {
    ($type:ty, $write:ident) => {
        impl Encode for $type {
            fn encode(&self, out: Encoder<'_>) {
                out.$write(*self);
            }
        }
    };
}

scalar!(bool, bool);
scalar!(i64, i64);
scalar!(u64, u64);
scalar!(f64, f64);

impl Encode for String {
    fn encode(&self, out: Encoder<'_>) {
        out.str(self);
    }
}

impl Encode for Value {
    fn encode(&self, out: Encoder<'_>) {
        out.value(self);
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: Encoder<'_>) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, out: Encoder<'_>) {
        (**self).encode(out);
    }
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: Encoder<'_>) {
        out.array(self.iter());
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, out: Encoder<'_>) {
        out.object(|object| {
            for (key, value) in self {
                object.field(key, value);
            }
        });
    }
}
