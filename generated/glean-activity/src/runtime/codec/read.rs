//! Reading from JSON text, or from any serde deserializer.

use std::borrow::Cow;
use std::fmt;

use serde_core::Deserialize;
use serde_core::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::source::{Entries, Hint, Read, ReadContext, ReadState, Source, decode};
use super::{ReadError, ReadResult, Scalar, Wire};

/// Reads a value from a serde deserializer.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let state = ReadState::default();
    decode(&mut Erased::new(deserializer, ReadContext::start(&state))).map_err(de::Error::custom)
}

/// Reads a value from JSON text.
pub fn from_slice<T: Wire>(bytes: &[u8]) -> ReadResult<T> {
    let state = ReadState::default();
    // One UTF-8 check of the whole text is cheaper than one per string.
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::new(error.to_string()))?;
    // Parsers may ignore a byte order mark (RFC 8259, section 8.1), and some servers send one.
    let mut deserializer = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let value = decode(&mut Erased::new(&mut deserializer, ReadContext::start(&state)))?;
    deserializer.end().map_err(|error| ReadError::new(error.to_string()))?;
    Ok(value)
}

impl ReadContext<'_> {
    /// Stores an error and returns a serde error in its place.
    fn keep<E: de::Error>(self, error: Box<ReadError>) -> E {
        self.state.error.set(Some(error));
        E::custom("")
    }

    /// Returns the stored error behind a serde error.
    fn error(self, error: impl fmt::Display) -> Box<ReadError> {
        self.state
            .error
            .take()
            .unwrap_or_else(|| ReadError::new(error.to_string()))
    }
}

/// A serde deserializer behind the object-safe [`Source`].
struct Erased<'p, D> {
    deserializer: Option<D>,
    context: ReadContext<'p>,
}

impl<'de, 'p, D: Deserializer<'de>> Erased<'p, D> {
    fn new(deserializer: D, context: ReadContext<'p>) -> Self {
        let deserializer = Some(deserializer);
        Self { deserializer, context }
    }

    fn take<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> ReadResult<T> {
        match self.deserializer.take() {
            Some(deserializer) => read(deserializer).map_err(|error| self.context.error(error)),
            None => Err(ReadError::new("the value was already read")),
        }
    }
}

impl<'de, D: Deserializer<'de>> Source for Erased<'_, D> {
    fn scalar(&mut self, hint: Hint) -> ReadResult<Scalar<'static>> {
        self.take(|deserializer| match hint {
            // An untyped format (YAML) must know that `12` may be a string here.
            Hint::String => deserializer.deserialize_option(hint),
            Hint::Bool | Hint::Number => deserializer.deserialize_any(hint),
        })
    }

    fn value(&mut self) -> ReadResult<(Cow<'_, Value>, ReadContext<'_>)> {
        let value = self.take(Value::deserialize)?;
        Ok((Cow::Owned(value), self.context))
    }

    fn skip(&mut self) -> ReadResult {
        self.take(|deserializer| IgnoredAny::deserialize(deserializer).map(drop))
    }

    fn present(&mut self, read: Read<'_>) -> ReadResult {
        let context = self.context;
        self.take(|deserializer| deserializer.deserialize_option(ItemVisitor { read, context }))
    }

    fn array(&mut self, read: Read<'_>) -> ReadResult {
        let context = self.context.deeper()?;
        self.take(|deserializer| deserializer.deserialize_seq(ItemVisitor { read, context }))
    }

    fn map(&mut self, entries: &mut dyn Entries) -> ReadResult {
        let context = self.context.deeper()?;
        self.take(|deserializer| deserializer.deserialize_map(MapVisitor { entries, context }))
    }
}

/// Defines visitor methods that accept any value.
macro_rules! visit {
    ($($method:ident($($value:ident: $type:ty)?) => $result:expr;)*) => {$(
        fn $method<E>(self $(, $value: $type)?) -> Result<Self::Value, E> {
            Ok($result)
        }
    )*};
}

impl<'de> Visitor<'de> for Hint {
    type Value = Scalar<'static>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected())
    }
    visit! {
        visit_bool(value: bool) => Scalar::Bool(value);
        visit_i64(value: i64) => Scalar::I64(value);
        visit_u64(value: u64) => Scalar::U64(value);
        visit_f64(value: f64) => Scalar::F64(value);
        visit_str(value: &str) => Scalar::Str(Cow::Owned(value.to_owned()));
        visit_none() => Scalar::Null;
        visit_unit() => Scalar::Null;
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self {
            Self::String => deserializer.deserialize_string(self),
            Self::Bool | Self::Number => deserializer.deserialize_any(self),
        }
    }
}

/// Passes the deserializer of a value to `read` as a [`Source`].
struct ValueSeed<'p, F> {
    read: F,
    context: ReadContext<'p>,
}

impl<'de, F: FnOnce(&mut dyn Source) -> ReadResult> DeserializeSeed<'de> for ValueSeed<'_, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        (self.read)(&mut Erased::new(deserializer, self.context)).map_err(|error| self.context.keep(error))
    }
}

/// Passes each item of an array, or a single value that is not null, to `read`.
struct ItemVisitor<'a, 'p> {
    read: Read<'a>,
    context: ReadContext<'p>,
}

impl<'de> Visitor<'de> for ItemVisitor<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }
    visit! {
        visit_none() => ();
        visit_unit() => ();
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { read, context } = self;
        ValueSeed { read, context }.deserialize(deserializer)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { read, context } = self;
        while let Some(()) = items.next_element_seed(ValueSeed {
            read: &mut *read,
            context,
        })? {}
        Ok(())
    }
}

struct MapVisitor<'a, 'p> {
    entries: &'a mut dyn Entries,
    context: ReadContext<'p>,
}

impl<'de> Visitor<'de> for MapVisitor<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { entries, context } = self;
        while let Some(()) = map.next_key_seed(Key(&mut *entries))? {
            let read = |source: &mut dyn Source| entries.value(source);
            map.next_value_seed(ValueSeed { read, context })?;
        }
        Ok(())
    }
}

/// Passes a key to the entries.
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
