//! Writing: straight into a JSON buffer, or into whatever serde serializer stands behind [`Sink`].

use std::collections::BTreeMap;

use serde_core::Serialize;
use serde_core::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::{Scalar, Wire};

/// The place of one value. Each method fills it.
pub struct Encoder<'a> {
    place: Place<'a>,
    tags: Option<&'a Tag<'a>>,
}

enum Place<'a> {
    Bytes(&'a mut Vec<u8>),
    Sink(&'a mut dyn Sink),
}

/// A key that the unions around an object write into it.
#[derive(Clone, Copy)]
struct Tag<'a> {
    key: &'a str,
    value: &'a str,
    outer: Option<&'a Tag<'a>>,
}

impl Wire for Tag<'_> {
    fn vacant() -> Self {
        Self {
            key: "",
            value: "",
            outer: None,
        }
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(self.value.into()))
    }
}

/// A serde serializer behind an object-safe face.
trait Sink {
    fn scalar(&mut self, value: Scalar<'_>);
    fn value(&mut self, value: &Value);
    fn begin_object(&mut self);
    fn entry(&mut self, key: &str, value: &dyn Wire);
    fn begin_array(&mut self);
    fn item(&mut self, value: &dyn Wire);
}

impl<'a> Encoder<'a> {
    fn bytes(bytes: &'a mut Vec<u8>) -> Self {
        let (place, tags) = (Place::Bytes(bytes), None);
        Self { place, tags }
    }

    /// Writes a value that is neither array nor object.
    pub fn scalar(self, value: Scalar<'_>) {
        match self.place {
            Place::Bytes(bytes) => scalar(bytes, value),
            Place::Sink(sink) => sink.scalar(value),
        }
    }

    /// Writes a JSON tree.
    pub fn value(self, value: &Value) {
        match self.place {
            Place::Bytes(bytes) => json(bytes, value),
            Place::Sink(sink) => sink.value(value),
        }
    }

    /// Writes an object; `write` gives its fields.
    pub fn object(self, write: impl FnOnce(&mut Object<'_>)) {
        let mut object = match self.place {
            Place::Bytes(bytes) => {
                bytes.push(b'{');
                Object {
                    place: Place::Bytes(bytes),
                    empty: true,
                    tags: None,
                }
            }
            Place::Sink(sink) => {
                sink.begin_object();
                Object {
                    place: Place::Sink(sink),
                    empty: true,
                    tags: None,
                }
            }
        };
        let mut next = self.tags;
        while let Some(tag) = next {
            object.field(tag.key, tag);
            next = tag.outer;
        }
        object.tags = self.tags;
        write(&mut object);
        if let Place::Bytes(bytes) = object.place {
            bytes.push(b'}');
        }
    }

    /// Writes an array; `write` gives its items.
    pub fn array(self, write: impl FnOnce(&mut Array<'_>)) {
        match self.place {
            Place::Bytes(bytes) => {
                bytes.push(b'[');
                write(&mut Array {
                    place: Place::Bytes(bytes),
                    empty: true,
                });
                bytes.push(b']');
            }
            Place::Sink(sink) => {
                sink.begin_array();
                write(&mut Array {
                    place: Place::Sink(sink),
                    empty: true,
                });
            }
        }
    }

    /// Writes an object that says by `key` which variant of a union it is, whatever it holds under that key itself.
    pub fn tagged(self, key: &str, value: &str, object: &dyn Wire) {
        let outer = self.tags;
        let tag = Tag { key, value, outer };
        let place = match self.place {
            Place::Bytes(bytes) => Place::Bytes(bytes),
            Place::Sink(sink) => Place::Sink(sink),
        };
        // A union around this one, that reads the same key, has decided.
        let tags = if is_tag(outer, key) { outer } else { Some(&tag) };
        object.encode(Encoder { place, tags });
    }
}

/// The fields of an object that is being written.
pub struct Object<'a> {
    place: Place<'a>,
    empty: bool,
    tags: Option<&'a Tag<'a>>,
}

/// Whether a key is written by the unions around an object.
fn is_tag(mut tags: Option<&Tag<'_>>, key: &str) -> bool {
    while let Some(tag) = tags {
        if tag.key == key {
            return true;
        }
        tags = tag.outer;
    }
    false
}

impl Object<'_> {
    /// Writes a key with its value, whatever it is.
    pub fn field(&mut self, key: &str, value: &impl Wire) {
        if self.tags.is_some() && is_tag(self.tags, key) {
            return;
        }
        match &mut self.place {
            Place::Bytes(bytes) => {
                separate(bytes, &mut self.empty);
                string(bytes, key);
                bytes.push(b':');
                value.encode(Encoder::bytes(bytes));
            }
            Place::Sink(sink) => sink.entry(key, value),
        }
    }

    /// Writes a key with its value, unless the value is absent.
    pub fn optional(&mut self, key: &str, value: &impl Wire) {
        if !value.is_absent() {
            self.field(key, value);
        }
    }

    /// Writes the keys that the model has no field for.
    pub fn extras<T: Wire>(&mut self, extras: &BTreeMap<String, T>) {
        for (key, value) in extras {
            self.field(key, value);
        }
    }
}

/// The items of an array that is being written.
pub struct Array<'a> {
    place: Place<'a>,
    empty: bool,
}

impl Array<'_> {
    /// Writes the next item.
    pub fn item(&mut self, value: &impl Wire) {
        match &mut self.place {
            Place::Bytes(bytes) => {
                separate(bytes, &mut self.empty);
                value.encode(Encoder::bytes(bytes));
            }
            Place::Sink(sink) => sink.item(value),
        }
    }
}

fn separate(bytes: &mut Vec<u8>, empty: &mut bool) {
    if !std::mem::take(empty) {
        bytes.push(b',');
    }
}

fn scalar(bytes: &mut Vec<u8>, value: Scalar<'_>) {
    match value {
        Scalar::Null => bytes.extend_from_slice(b"null"),
        Scalar::Bool(value) => bytes.extend_from_slice(if value { b"true" } else { b"false" }),
        Scalar::I64(value) => json(bytes, &value),
        Scalar::U64(value) => json(bytes, &value),
        Scalar::F32(value) => json(bytes, &value),
        Scalar::F64(value) => json(bytes, &value),
        Scalar::Str(value) => string(bytes, &value),
    }
}

/// Writes what serde_json writes; a `Vec` takes every byte, and the values given here have no failing case.
fn json<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(bytes, value);
    debug_assert!(written.is_ok());
}

fn string(bytes: &mut Vec<u8>, value: &str) {
    let is_plain = |plain, byte| plain & (byte >= 0x20) & (byte != b'"') & (byte != b'\\');
    if !value.bytes().fold(true, is_plain) {
        return json(bytes, value);
    }
    bytes.reserve(value.len() + 3);
    bytes.push(b'"');
    bytes.extend_from_slice(value.as_bytes());
    bytes.push(b'"');
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
    fn put(&mut self, write: impl FnOnce(S) -> Self) {
        if let State::Open(serializer) = std::mem::replace(self, State::Taken) {
            *self = write(serializer);
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
    fn scalar(&mut self, value: Scalar<'_>) {
        self.put(|serializer| State::Done(serialize_scalar(value, serializer)));
    }

    fn value(&mut self, value: &Value) {
        self.put(|serializer| State::Done(value.serialize(serializer)));
    }

    fn begin_object(&mut self) {
        self.put(|serializer| match serializer.serialize_map(None) {
            Ok(map) => State::Object(map),
            Err(error) => State::Done(Err(error)),
        });
    }

    fn entry(&mut self, key: &str, value: &dyn Wire) {
        if let State::Object(map) = self
            && let Err(error) = map.serialize_entry(key, &Erased(value))
        {
            *self = State::Done(Err(error));
        }
    }

    fn begin_array(&mut self) {
        self.put(|serializer| match serializer.serialize_seq(None) {
            Ok(seq) => State::Array(seq),
            Err(error) => State::Done(Err(error)),
        });
    }

    fn item(&mut self, value: &dyn Wire) {
        if let State::Array(seq) = self
            && let Err(error) = seq.serialize_element(&Erased(value))
        {
            *self = State::Done(Err(error));
        }
    }
}

struct Erased<'a>(&'a dyn Wire);

impl Serialize for Erased<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// Writes a value into any serde serializer.
pub fn serialize<S: Serializer>(value: &dyn Wire, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(scalar) = value.scalar() {
        return serialize_scalar(scalar, serializer);
    }
    let mut state = State::Open(serializer);
    let (place, tags) = (Place::Sink(&mut state), None);
    value.encode(Encoder { place, tags });
    state.finish()
}

fn serialize_scalar<S: Serializer>(value: Scalar<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Scalar::Null => serializer.serialize_unit(),
        Scalar::Bool(value) => serializer.serialize_bool(value),
        Scalar::I64(value) => serializer.serialize_i64(value),
        Scalar::U64(value) => serializer.serialize_u64(value),
        Scalar::F32(value) => serializer.serialize_f32(value),
        Scalar::F64(value) => serializer.serialize_f64(value),
        Scalar::Str(value) => serializer.serialize_str(&value),
    }
}

/// Writes a value as JSON.
pub fn to_vec(value: &dyn Wire) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    value.encode(Encoder::bytes(&mut bytes));
    bytes
}

/// Writes a value as a JSON tree.
pub fn to_value(value: &dyn Wire) -> Value {
    serialize(value, serde_json::value::Serializer).unwrap_or(Value::Null)
}
