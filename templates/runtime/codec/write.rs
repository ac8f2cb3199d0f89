//! Writing: into a JSON buffer, or into any serde serializer behind a sink.

use std::collections::BTreeMap;

use serde_core::Serialize;
use serde_json::Value;

use super::sink::{Item, Sink};
use super::{Presence, Scalar, Wire};

/// A slot for one value. Each method writes the value.
pub struct Encoder<'a> {
    output: Output<'a>,
    tags: Option<&'a Tag<'a>>,
}

enum Output<'a> {
    Bytes(&'a mut Vec<u8>, Purpose),
    Sink(&'a mut dyn Sink),
}

/// What a value is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A request, without read-only properties.
    Request,
    /// Anything else.
    Other,
}

impl<'a> Output<'a> {
    fn is_request(&self) -> bool {
        match self {
            Self::Bytes(_, purpose) => *purpose == Purpose::Request,
            Self::Sink(sink) => sink.is_request(),
        }
    }

    fn begin(self, bracket: u8) -> Self {
        match self {
            Self::Bytes(bytes, purpose) => {
                bytes.push(bracket);
                Self::Bytes(bytes, purpose)
            }
            Self::Sink(sink) => {
                sink.begin(bracket);
                Self::Sink(sink)
            }
        }
    }

    fn end(self, bracket: u8) {
        match self {
            Self::Bytes(bytes, _) => bytes.push(bracket),
            Self::Sink(_) => {}
        }
    }
}

impl<'a> Encoder<'a> {
    /// Creates the encoder of a value that a sink receives.
    pub(super) fn to_sink(sink: &'a mut dyn Sink) -> Self {
        let (output, tags) = (Output::Sink(sink), None);
        Self { output, tags }
    }
}

impl Encoder<'_> {
    /// Writes a value that is neither an array nor an object.
    #[inline]
    pub fn scalar(self, value: Scalar<'_>) {
        match self.output {
            Output::Bytes(bytes, _) => scalar(bytes, value),
            Output::Sink(sink) => sink.put(Item::Scalar(value)),
        }
    }

    /// Writes a JSON tree.
    pub fn value(self, value: &Value) {
        match self.output {
            Output::Bytes(bytes, _) => json(bytes, value),
            Output::Sink(sink) => sink.put(Item::Tree(value)),
        }
    }

    /// Writes an object with the fields that `write` adds.
    pub fn object(self, write: impl FnOnce(&mut Object<'_>)) {
        let mut object = Object {
            output: self.output.begin(b'{'),
            empty: true,
            tags: None,
        };
        let mut next = self.tags;
        while let Some(tag) = next {
            object.entry(tag.key, &tag.value);
            next = tag.outer;
        }
        object.tags = self.tags;
        write(&mut object);
        object.output.end(b'}');
    }

    /// Writes an array with the items that `write` adds.
    pub fn array(self, write: impl FnOnce(&mut Array<'_>)) {
        let mut array = Array {
            output: self.output.begin(b'['),
            empty: true,
        };
        write(&mut array);
        array.output.end(b']');
    }

    /// Writes an object with the discriminator `key`. A field with the same key is skipped.
    pub fn tagged(self, key: &str, value: &str, object: &dyn Wire) {
        let outer = self.tags;
        let tag = Tag { key, value, outer };
        // Rebuilt, so that the output may have the shorter lifetime of the tag.
        #[allow(clippy::needless_match)]
        let output = match self.output {
            Output::Bytes(bytes, purpose) => Output::Bytes(bytes, purpose),
            Output::Sink(sink) => Output::Sink(sink),
        };
        // An enclosing union with the same key has priority.
        let tags = if is_tag(outer, key) { outer } else { Some(&tag) };
        object.encode(Encoder { output, tags });
    }
}

/// A discriminator that enclosing unions write into an object.
struct Tag<'a> {
    key: &'a str,
    value: &'a str,
    outer: Option<&'a Tag<'a>>,
}

/// Returns whether enclosing unions write this key.
fn is_tag(mut tags: Option<&Tag<'_>>, key: &str) -> bool {
    while let Some(tag) = tags {
        if tag.key == key {
            return true;
        }
        tags = tag.outer;
    }
    false
}

/// An object that is being written.
pub struct Object<'a> {
    output: Output<'a>,
    empty: bool,
    tags: Option<&'a Tag<'a>>,
}

impl Object<'_> {
    /// Writes a key with its value, unless the key is optional and the value absent.
    pub fn field(&mut self, key: &str, presence: Presence, value: &impl Wire) {
        let is_written = presence.is_required() || !value.is_absent();
        if is_written && !(presence.is_read_only() && self.output.is_request()) {
            debug_assert!(is_plain(key) || !presence.is_plain(), "{key:?} must be escaped");
            self.put(key, presence.is_plain(), value);
        }
    }

    /// Writes the keys that have no field.
    pub fn extras<T: Wire>(&mut self, extras: &BTreeMap<String, T>) {
        extras.iter().for_each(|(key, value)| self.entry(key, value));
    }

    /// Writes a key with its value.
    pub fn entry(&mut self, key: &str, value: &impl Wire) {
        self.put(key, false, value);
    }

    #[inline]
    fn put(&mut self, key: &str, is_plain: bool, value: &impl Wire) {
        if self.tags.is_some() && is_tag(self.tags, key) {
            return;
        }
        match &mut self.output {
            Output::Bytes(bytes, purpose) => {
                if is_plain {
                    plain_key(bytes, key, &mut self.empty);
                } else {
                    any_key(bytes, key, &mut self.empty);
                }
                encode(value, bytes, *purpose);
            }
            Output::Sink(sink) => sink.entry(key, Item::of(value)),
        }
    }
}

/// An array that is being written.
pub struct Array<'a> {
    output: Output<'a>,
    empty: bool,
}

impl Array<'_> {
    /// Writes the next item.
    pub fn item(&mut self, value: &impl Wire) {
        match &mut self.output {
            Output::Bytes(bytes, purpose) => {
                separate(bytes, &mut self.empty);
                encode(value, bytes, *purpose);
            }
            Output::Sink(sink) => sink.item(Item::of(value)),
        }
    }
}

/// Writes a value of a request as JSON text, without read-only properties.
pub fn to_request_text(value: &dyn Wire) -> String {
    String::from_utf8(to_request_body(value)).unwrap_or_default()
}

/// Writes a value as JSON.
pub fn to_vec(value: &dyn Wire) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    encode(value, &mut bytes, Purpose::Other);
    bytes
}

/// Writes a value as the JSON body of a request, without read-only properties.
pub fn to_request_body(value: &dyn Wire) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    encode(value, &mut bytes, Purpose::Request);
    bytes
}

#[inline]
fn encode(value: &(impl Wire + ?Sized), bytes: &mut Vec<u8>, purpose: Purpose) {
    let (output, tags) = (Output::Bytes(bytes, purpose), None);
    value.encode(Encoder { output, tags });
}

/// Begins an entry whose key needs no escapes. This is done for every field, so it copies few, fixed pieces.
#[inline]
fn plain_key(bytes: &mut Vec<u8>, key: &str, empty: &mut bool) {
    bytes.reserve(key.len() + 4);
    if std::mem::take(empty) {
        bytes.push(b'"');
    } else {
        bytes.extend_from_slice(b",\"");
    }
    bytes.extend_from_slice(key.as_bytes());
    bytes.extend_from_slice(b"\":");
}

/// Begins an entry with any key.
fn any_key(bytes: &mut Vec<u8>, key: &str, empty: &mut bool) {
    separate(bytes, empty);
    string(bytes, key);
    bytes.push(b':');
}

fn separate(bytes: &mut Vec<u8>, empty: &mut bool) {
    if !std::mem::take(empty) {
        bytes.push(b',');
    }
}

#[inline]
fn scalar(bytes: &mut Vec<u8>, value: Scalar<'_>) {
    match value {
        Scalar::Null => bytes.extend_from_slice(b"null"),
        Scalar::Bool(value) => bytes.extend_from_slice(if value { b"true" } else { b"false" }),
        Scalar::I64(value) => json(bytes, &value),
        Scalar::U64(value) => json(bytes, &value),
        Scalar::F32(value) => float(bytes, value.into(), &value),
        Scalar::F64(value) => float(bytes, value, &value),
        Scalar::Str(value) => string(bytes, &value),
        Scalar::Digits(value) => bytes.extend_from_slice(value.as_bytes()),
    }
}

/// Writes a float with its shortest digits; a whole number has no fraction, because many servers do not accept `5.0` as an integer.
#[inline]
fn float<T: Serialize>(bytes: &mut Vec<u8>, value: f64, exact: &T) {
    match whole(value) {
        Some(integer) => json(bytes, &integer),
        None => json(bytes, exact),
    }
}

/// Returns the integer that a float represents exactly.
#[inline]
pub(super) fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

/// Writes with serde_json. Writing to a `Vec` cannot fail, and neither can the values passed here.
fn json<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(bytes, value);
    debug_assert!(written.is_ok());
}

#[inline]
fn string(bytes: &mut Vec<u8>, value: &str) {
    if is_plain(value) {
        plain(bytes, value)
    } else {
        json(bytes, value)
    }
}

#[inline]
fn plain(bytes: &mut Vec<u8>, value: &str) {
    bytes.reserve(value.len() + 3);
    bytes.push(b'"');
    bytes.extend_from_slice(value.as_bytes());
    bytes.push(b'"');
}

/// Returns whether a string needs no escapes in JSON. A loop without early exit is faster.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |plain, byte| {
        plain & (byte >= 0x20) & (byte != b'"') & (byte != b'\\')
    })
}
