//! Values that may be absent or null.

use super::{Encoder, ReadResult, Scalar, Source, Wire};

/// The value of a key that may be absent or null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The key is absent.
    #[default]
    Absent,
    /// The key is present and null.
    Null,
    /// The key is present with a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns the value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns a mutable reference to the value, if there is one.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value, if there is one, and drops the distinction between absent and null.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns whether the key is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the key is present and null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    /// Converts `None` to null. For an absent key, use [`Nullable::Absent`].
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Wire> Wire for Nullable<T> {
    fn empty() -> Self {
        Self::Absent
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        // A type that accepts any value reads null itself; it is the same null.
        let found = T::read_optional(source)?.filter(|value| value.scalar() != Some(Scalar::Null));
        *self = found.into();
        Ok(())
    }
    fn encode(&self, out: Encoder<'_>) {
        match self {
            Self::Value(value) => value.encode(out),
            Self::Absent | Self::Null => out.scalar(Scalar::Null),
        }
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        self.value().map_or(Some(Scalar::Null), Wire::scalar)
    }
    fn is_absent(&self) -> bool {
        Nullable::is_absent(self)
    }
}
