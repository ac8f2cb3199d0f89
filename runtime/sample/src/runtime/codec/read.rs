//! Reading from JSON text, or from any serde deserializer.

use std::borrow::Cow;
use std::fmt;

use serde_core::Deserialize;
use serde_core::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::deviation::{Deviation, DeviationRule};
use super::source::{Entries, Hint, MapEntries, Read, ReadContext, ReadState, Source, Tolerance, decode};
use super::tree::read_tree;
use super::{ReadError, ReadMode, ReadReport, ReadResult, Scalar, Wire};

/// Reads a value from a serde deserializer.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let state = ReadState::default();
    decode(&mut Erased::new(deserializer, ReadContext::start(&state))).map_err(de::Error::custom)
}

/// Reads a value from JSON text without tolerance for deviations.
pub fn from_slice<T: Wire>(bytes: &[u8]) -> ReadResult<T> {
    let mut value = T::empty();
    read_text(&mut value, utf8(bytes)?, Tolerance::None)?;
    Ok(value)
}

/// Returns a boolean property of a JSON object, and skips the others.
pub fn bool_property(bytes: &[u8], name: &str) -> Option<bool> {
    let (state, mut found) = (ReadState::default(), None);
    let mut entries = MapEntries::new(|key: &str, source: &mut dyn Source| {
        if key != name {
            return source.skip();
        }
        found = Some(source.scalar(Hint::Bool)?.bool()?);
        Ok(())
    });
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let mut object = Erased::new(&mut deserializer, ReadContext::start(&state));
    object.map(&mut entries).ok()?;
    found
}

/// Reads a value from JSON text, and returns it with the deviations that were tolerated.
///
/// The text is read as it is documented first, since most responses are valid. Only if that fails, it is parsed into a tree
/// and read with tolerance. With `skips_items`, items of the outermost list that cannot be read are skipped.
pub fn read_response<T: Wire>(bytes: &[u8], mode: ReadMode, skips_items: bool) -> ReadResult<(T, ReadReport)> {
    read_response_into(T::empty, bytes, mode, skips_items)
}

/// Reads a value as [`read_response`] does. `empty` creates the value to read into.
pub fn read_response_into<T: Wire>(
    empty: impl Fn() -> T,
    bytes: &[u8],
    mode: ReadMode,
    skips_items: bool,
) -> ReadResult<(T, ReadReport)> {
    let text = utf8(bytes)?;
    let mut value = empty();
    let report = match read_text(&mut value, text, Tolerance::Deferred) {
        Ok(()) if mode != ReadMode::Reporting => ReadReport::default(),
        first => {
            value = empty();
            read_again(&mut value, text, mode, skips_items, first.err())?
        }
    };
    Ok((value, report))
}

/// Reads JSON text as a tree, after the text was read with the error `first`. Invalid JSON is not read again.
fn read_again(
    target: &mut dyn Wire,
    text: &str,
    mode: ReadMode,
    skips_items: bool,
    first: Option<Box<ReadError>>,
) -> ReadResult<ReadReport> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return Err(first.unwrap_or_else(|| ReadError::new(error.to_string()))),
    };
    let mut report = read_tree(target, &value, mode, skips_items)?;
    // A tree contains each key once, so a duplicate key is no longer visible.
    if let Some(error) = first.filter(|error| error.is_duplicate() || report == ReadReport::default()) {
        if mode == ReadMode::Strict {
            return Err(error);
        }
        let deviation = Deviation::recovered(DeviationRule::DuplicateProperty, &error, 0);
        report.deviations.push(deviation);
    }
    Ok(report)
}

/// Returns the text of a body. One UTF-8 check of the whole text is cheaper than one per string.
fn utf8(bytes: &[u8]) -> ReadResult<&str> {
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::new(error.to_string()))?;
    // Parsers may ignore a byte order mark (RFC 8259, section 8.1), and some servers send one.
    Ok(text.trim_start_matches('\u{feff}'))
}

fn read_text(target: &mut dyn Wire, text: &str, tolerance: Tolerance) -> ReadResult {
    let state = ReadState {
        is_response: tolerance == Tolerance::Deferred,
        ..ReadState::default()
    };
    let context = ReadContext {
        tolerance,
        ..ReadContext::start(&state)
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    target.read(&mut Erased::new(&mut deserializer, context))?;
    deserializer.end().map_err(|error| ReadError::new(error.to_string()))
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
            .unwrap_or_else(|| ReadError::new(without_value(&error.to_string())))
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
            Hint::WideInteger => deserializer.deserialize_i128(hint),
        })
    }

    fn text(&mut self) -> ReadResult<Option<String>> {
        self.take(|deserializer| deserializer.deserialize_option(Text))?
    }

    fn value(&mut self) -> ReadResult<(Cow<'_, Value>, ReadContext<'_>)> {
        let value = self.take(Value::deserialize)?;
        Ok((Cow::Owned(value), self.context))
    }

    fn skip(&mut self) -> ReadResult {
        self.take(|deserializer| IgnoredAny::deserialize(deserializer).map(drop))
    }

    fn present(&mut self, read: Read<'_>) -> ReadResult<bool> {
        let context = self.context;
        self.take(|deserializer| deserializer.deserialize_option(ItemVisitor { read, context }))
    }

    fn is_response(&self) -> bool {
        self.context.state.is_response
    }

    fn array(&mut self, read: Read<'_>) -> ReadResult {
        let context = self.context.deeper()?;
        self.take(|deserializer| deserializer.deserialize_seq(ItemVisitor { read, context }).map(drop))
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
        visit_i128(value: i128) => Scalar::Digits(value.to_string().into());
        visit_f64(value: f64) => Scalar::F64(value);
        visit_str(value: &str) => Scalar::Str(Cow::Owned(value.to_owned()));
        visit_none() => Scalar::Null;
        visit_unit() => Scalar::Null;
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self {
            Self::String => deserializer.deserialize_string(self),
            Self::Bool | Self::Number | Self::WideInteger => deserializer.deserialize_any(self),
        }
    }
}

/// Accepts the same values as [`Hint::String`].
struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = ReadResult<Option<String>>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hint::String.expecting(f)
    }
    visit! {
        visit_bool(value: bool) => Scalar::Bool(value).text();
        visit_i64(value: i64) => Scalar::I64(value).text();
        visit_u64(value: u64) => Scalar::U64(value).text();
        visit_i128(value: i128) => Scalar::Digits(value.to_string().into()).text();
        visit_f64(value: f64) => Scalar::F64(value).text();
        visit_str(value: &str) => Ok(Some(value.to_owned()));
        visit_none() => Ok(None);
        visit_unit() => Ok(None);
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_string(self)
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
    /// Whether a value was read.
    type Value = bool;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }
    visit! {
        visit_none() => false;
        visit_unit() => false;
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let Self { read, context } = self;
        ValueSeed { read, context }.deserialize(deserializer)?;
        Ok(true)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        let Self { read, context } = self;
        let mut index = 0;
        loop {
            let read = &mut *read;
            match items.next_element_seed(ValueSeed { read, context }) {
                Ok(Some(())) => index += 1,
                Ok(None) => return Ok(true),
                Err(error) => {
                    let located = context.state.error.take().map(|error| error.at_index(index));
                    context.state.error.set(located);
                    return Err(error);
                }
            }
        }
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

/// Leaves out the value that serde quotes, which may be a secret: `invalid type: string "…", expected a map`.
fn without_value(message: &str) -> String {
    let parts = ['"', '`'].iter().find_map(|quote| {
        let (before, _) = message.split_once(&format!(" {quote}"))?;
        let (_, expected) = message.rsplit_once(&format!("{quote}, expected "))?;
        Some((before, expected)).filter(|_| before.starts_with("invalid "))
    });
    match parts {
        Some((before, expected)) => format!("{before}, expected {expected}"),
        None => message.to_owned(),
    }
}
