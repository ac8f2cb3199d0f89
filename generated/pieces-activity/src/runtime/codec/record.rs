//! Records: objects with known keys. A model gives the table of its fields; what reads them stands here, once.

use super::source::Entries;
use super::{ReadError, ReadResult, Source, Wire};

/// The keys of a record.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// The names on the wire, in the order of the fields.
    pub names: &'static [&'static str],
    /// Whether each of them has to be there.
    pub presence: &'static [Presence],
}

/// Whether a key has to be there. A key with a quote, a backslash or a control character is said to be escaped, so that
/// the others need not be looked at while they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is always there, be it with null.
    Required,
    /// It is left out where the value is absent.
    Optional,
    /// As `Required`.
    RequiredEscaped,
    /// As `Optional`.
    OptionalEscaped,
}

impl Presence {
    /// Whether the key is always there.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredEscaped)
    }

    /// Whether the key stands in JSON as it is.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Required | Self::Optional)
    }
}

impl Keys {
    /// No key at all.
    pub const NONE: Self = Self {
        names: &[],
        presence: &[],
    };

    /// Finds a key. The one after the last found is tried first, since most writers keep one order.
    fn find(&self, name: &str, next: usize) -> Option<usize> {
        if self.names.get(next).is_some_and(|key| *key == name) {
            return Some(next);
        }
        self.names.iter().position(|key| *key == name)
    }

    /// Those that have to be there, with their place in the table.
    pub(super) fn required(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let keys = self.names.iter().copied().zip(self.presence).enumerate();
        keys.filter(|(_, (_, presence))| presence.is_required())
            .map(|(index, (name, _))| (index, name))
    }
}

/// Reads an object into fields, which are empty: one for each key and, where the keys without a field are kept, the map
/// that keeps them behind.
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
    match keys.required().find(|(index, _)| !fields.seen.has(*index)) {
        Some((_, name)) => Err(ReadError::new(format!("missing field `{name}`"))),
        None => Ok(()),
    }
}

/// The entries of a record.
struct Fields<'a, 'f> {
    fields: &'a mut [&'f mut dyn Wire],
    keys: &'static Keys,
    /// Where the last key stands in the table, unless it is an extra one.
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
                None => source.skip(),
            };
        };
        if self.seen.mark(index) {
            return Err(ReadError::new(format!("duplicate field `{}`", self.keys.names[index])));
        }
        self.next = index + 1;
        self.fields[index]
            .read(source)
            .map_err(|error| error.at_key(self.keys.names[index]))
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

/// The keys of an object, each with whether it has to be there.
macro_rules! keys {
    ($($key:literal: $presence:ident),* $(,)?) => {
        &$crate::runtime::codec::Keys {
            names: &[$($key),*],
            presence: &[$($crate::runtime::codec::Presence::$presence),*],
        }
    };
}

/// Gives a struct its traits: after its name comes the field, if there is one, that keeps the keys without a field; then
/// for each field whether its key has to be there, and the key.
macro_rules! record {
    ($name:ident, $($extra:ident,)? [$($field:ident: $presence:ident = $key:literal),* $(,)?]) => {
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
            #[allow(unused_variables)] // There may be no field.
            fn write(&self, out: &mut $crate::runtime::codec::Object<'_>) {
                $(out.field($key, $crate::runtime::codec::Presence::$presence, &self.$field);)*
                $(out.extras(&self.$extra);)?
            }
        }
        $crate::runtime::codec::serde!($name);
    };
}

pub(crate) use {keys, record};
