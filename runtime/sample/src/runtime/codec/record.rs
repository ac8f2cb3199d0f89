//! Records: objects with known keys. A model supplies the table of its keys, and this module reads them.

use std::fmt;

use super::source::Entries;
use super::{ReadError, ReadResult, Source, Wire};

/// The keys of a record.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// The names on the wire, in the order of the fields.
    pub names: &'static [&'static str],
    /// The presence of each key.
    pub presence: &'static [Presence],
}

/// Whether a key is always present. `Escaped` marks keys with characters that JSON escapes, so that other keys can be
/// written without a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The key is always written, and must be present when reading.
    Required,
    /// The key is omitted if the value is absent.
    Optional,
    /// The key is optional, and omitted from requests.
    ReadOnly,
    /// The key is required in responses, and omitted from requests.
    RequiredReadOnly,
    /// `Required`, with a key that is escaped in JSON.
    RequiredEscaped,
    /// `Optional`, with a key that is escaped in JSON.
    OptionalEscaped,
    /// `ReadOnly`, with a key that is escaped in JSON.
    ReadOnlyEscaped,
    /// `RequiredReadOnly`, with a key that is escaped in JSON.
    RequiredReadOnlyEscaped,
}

impl Presence {
    /// Returns whether the key is always present.
    pub fn is_required(self) -> bool {
        matches!(
            self,
            Self::Required | Self::RequiredEscaped | Self::RequiredReadOnly | Self::RequiredReadOnlyEscaped
        )
    }

    /// Returns whether the key needs no escapes in JSON.
    pub fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Required | Self::Optional | Self::ReadOnly | Self::RequiredReadOnly
        )
    }

    /// Returns whether the key is omitted from requests.
    pub fn is_read_only(self) -> bool {
        matches!(
            self,
            Self::ReadOnly | Self::ReadOnlyEscaped | Self::RequiredReadOnly | Self::RequiredReadOnlyEscaped
        )
    }
}

impl Keys {
    /// An empty table.
    pub const NONE: Self = Self {
        names: &[],
        presence: &[],
    };

    /// Returns the index of a key. The key after the last one is tried first, because most servers keep one order.
    fn find(&self, name: &str, next: usize) -> Option<usize> {
        if self.names.get(next).is_some_and(|key| *key == name) {
            return Some(next);
        }
        self.names.iter().position(|key| *key == name)
    }
}

/// Reads an object into empty fields: one for each key, then the map for other keys, if the record has one.
pub fn read_record(keys: &'static Keys, fields: &mut [&mut dyn Wire], source: &mut dyn Source) -> ReadResult {
    let seen = Seen::new(keys.names.len());
    let mut fields = Fields {
        fields,
        keys,
        found: None,
        extra: String::new(),
        next: 0,
        seen,
    };
    source.map(&mut fields)?;
    for index in fields.seen.absent(keys.names.len()) {
        let presence = keys.presence[index];
        // A value that the caller builds from JSON may lack what only responses contain.
        if presence.is_required() && (!presence.is_read_only() || source.is_response()) {
            source.missing(keys.names[index], &mut *fields.fields[index])?;
        }
    }
    Ok(())
}

/// The entries of a record.
struct Fields<'a, 'f> {
    fields: &'a mut [&'f mut dyn Wire],
    keys: &'static Keys,
    /// The index of the last key, if it is in the table.
    found: Option<usize>,
    extra: String,
    next: usize,
    seen: Seen,
}

impl Entries for Fields<'_, '_> {
    fn key(&mut self, key: &str) {
        self.found = self.keys.find(key, self.next);
        if self.found.is_none() {
            self.extra.clear();
            self.extra.push_str(key);
        }
    }

    fn value(&mut self, source: &mut dyn Source) -> ReadResult {
        let Some(index) = self.found else {
            return match self.fields.get_mut(self.keys.names.len()) {
                Some(map) => map
                    .extra(&self.extra, source)
                    .map_err(|error| error.at_key(&self.extra)),
                None => source.ignore(),
            };
        };
        if self.seen.mark(index) {
            return Err(ReadError::duplicate(self.keys.names[index]));
        }
        self.next = index + 1;
        self.fields[index]
            .read(source)
            .map_err(|error| error.at_key(self.keys.names[index]))
    }

    fn is_in_map(&self) -> bool {
        self.found.is_none()
    }
}

/// A set of keys that were read.
struct Seen {
    first: u64,
    rest: Vec<bool>,
}

impl Seen {
    fn new(keys: usize) -> Self {
        let rest = vec![false; keys.saturating_sub(64)];
        Self { first: 0, rest }
    }

    /// Adds a key and returns whether the set already contained it.
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

    /// Returns the indices of the keys that were not read. Every record calls this, so it examines only those bits.
    fn absent(&self, keys: usize) -> impl Iterator<Item = usize> {
        let all = if keys < 64 { (1 << keys) - 1 } else { u64::MAX };
        let mut bits = all & !self.first;
        let first = std::iter::from_fn(move || {
            let index = bits.trailing_zeros();
            bits &= bits.wrapping_sub(1);
            (index < 64).then_some(index as usize)
        });
        let rest = self.rest.iter().zip(64..).filter(|(seen, _)| !**seen);
        first.chain(rest.map(|(_, index)| index))
    }
}

/// A value in the output of `Debug`.
pub struct Redacted<'a, T>(pub &'a T);

/// Shows whether there is a value, but not the value.
impl<T: Wire> fmt::Debug for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_absent() { "None" } else { "(redacted)" })
    }
}

/// Implements `Debug` for a struct with secrets. A row has the field, and whether it is shown.
macro_rules! redacted_debug {
    (@ Shown $value:expr) => { $value };
    (@ Redacted $value:expr) => { &$crate::runtime::codec::Redacted($value) };
    (name: $name:ident, fields: [$($field:ident: $shown:ident),* $(,)?] $(,)?) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), $crate::runtime::codec::redacted_debug!(@ $shown &self.$field)))*
                    .finish()
            }
        }
    };
}

/// Builds the table of keys with their presence.
macro_rules! keys {
    ($($key:literal: $presence:ident),* $(,)?) => {
        &$crate::runtime::codec::Keys {
            names: &[$($key),*],
            presence: &[$($crate::runtime::codec::Presence::$presence),*],
        }
    };
}

/// Implements the traits of a struct. `extra` is the field for other keys, if it has one. A row has the field, and the presence and
/// the name of its key.
macro_rules! record {
    (
        name: $name:ident,
        $(extra: $extra:ident,)?
        fields: [$($field:ident: $presence:ident = $key:literal),* $(,)?] $(,)?
    ) => {
        impl $crate::runtime::codec::Wire for $name {
            fn empty() -> Self {
                Self {
                    $($field: $crate::runtime::codec::Wire::empty(),)*
                    $($extra: $crate::runtime::codec::Wire::empty(),)?
                }
            }
            fn keys() -> &'static $crate::runtime::codec::Keys {
                $crate::runtime::codec::keys![$($key: $presence),*]
            }
            fn read(&mut self, source: &mut dyn $crate::runtime::codec::Source) -> $crate::runtime::codec::ReadResult {
                $crate::runtime::codec::read_record(
                    Self::keys(),
                    &mut [$(&mut self.$field,)* $(&mut self.$extra,)?],
                    source,
                )
            }
            #[allow(unused_variables)] // The struct may have no fields.
            fn write(&self, out: &mut $crate::runtime::codec::Object<'_>) {
                $(out.field($key, $crate::runtime::codec::Presence::$presence, &self.$field);)*
                $(out.extras(&self.$extra);)?
            }
        }
        $crate::runtime::codec::serde!($name);
    };
}

pub(crate) use {keys, record, redacted_debug};
