//! A key that may be left out, and may be null.

use super::{Encoder, ReadResult, Scalar, Source, Wire};

/// The value of a key that may be left out (say nothing of it) and may be null (say that there is none).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there, and null.
    Null,
    /// The key is there, with a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, where there is one, to be changed in place.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, where there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the key is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the key is there, and null.
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
    /// None becomes null: a key to be left out is [`Nullable::Absent`].
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Wire> Wire for Nullable<T> {
    fn empty() -> Self {
        Self::Absent
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        // What may be anything has a null of its own, which is no other than this one.
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
