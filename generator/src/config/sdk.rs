//! Deserializes an [`Sdk`], whose own keys and those of its settings are in one mapping.
//!
//! Serde's `flatten` does not support `deny_unknown_fields` and loses the position of each value. So the mapping is split
//! here: the keys of the SDK are read directly, and all others are passed to [`Settings`], which rejects unknown keys.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};

use super::{Sdk, Settings};

impl<'de> Deserialize<'de> for Sdk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SdkVisitor)
    }
}

struct SdkVisitor;

impl<'de> Visitor<'de> for SdkVisitor {
    type Value = Sdk;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a mapping with `document` and `out`")
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Sdk, A::Error> {
        let (mut document, mut out, mut overlays, mut allow_outside) = (None, None, None, None);
        let split = Split {
            entries,
            document: &mut document,
            overlays: &mut overlays,
            allow_outside: &mut allow_outside,
            out: &mut out,
        };
        let settings = Settings::deserialize(MapAccessDeserializer::new(split))?;
        let document = document.ok_or_else(|| A::Error::missing_field("document"))?;
        let out = out.ok_or_else(|| A::Error::missing_field("out"))?;
        Ok(Sdk {
            document,
            overlays: overlays.unwrap_or_default(),
            allow_outside: allow_outside.unwrap_or_default(),
            out,
            settings,
        })
    }
}

/// The entries of the mapping; those of the SDK itself are put aside.
struct Split<'s, A> {
    entries: A,
    document: &'s mut Option<String>,
    overlays: &'s mut Option<Vec<String>>,
    allow_outside: &'s mut Option<bool>,
    out: &'s mut Option<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Split<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let mut seed = Some(seed);
        loop {
            let (twice, name) = match self.entries.next_key_seed(KeySeed(&mut seed))? {
                None => return Ok(None),
                Some(Key::Other(key)) => return Ok(Some(key)),
                Some(Key::Document) => (self.document.replace(self.entries.next_value()?).is_some(), "document"),
                Some(Key::Overlays) => (self.overlays.replace(self.entries.next_value()?).is_some(), "overlays"),
                Some(Key::AllowOutside) => (
                    self.allow_outside.replace(self.entries.next_value()?).is_some(),
                    "allow_outside",
                ),
                Some(Key::Out) => (self.out.replace(self.entries.next_value()?).is_some(), "out"),
            };
            if twice {
                return Err(A::Error::duplicate_field(name));
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.entries.next_value_seed(seed)
    }
}

enum Key<T> {
    Document,
    Overlays,
    AllowOutside,
    Out,
    Other(T),
}

/// Distinguishes the keys of the SDK from others. The first other key consumes the seed.
struct KeySeed<'s, K>(&'s mut Option<K>);

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for KeySeed<'_, K> {
    type Value = Key<K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for KeySeed<'_, K> {
    type Value = Key<K::Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        match key {
            "document" => Ok(Key::Document),
            "overlays" => Ok(Key::Overlays),
            "allow_outside" => Ok(Key::AllowOutside),
            "out" => Ok(Key::Out),
            _ => {
                let seed = self
                    .0
                    .take()
                    .ok_or_else(|| E::custom("unexpected entry after the end of the mapping"))?;
                // Only an unknown key can fail here: the list of known ones in its message ends with the SDK's own.
                let known =
                    |error: E| E::custom(format_args!("{error}, `document`, `overlays`, `allow_outside`, `out`"));
                seed.deserialize(key.into_deserializer()).map(Key::Other).map_err(known)
            }
        }
    }
}
