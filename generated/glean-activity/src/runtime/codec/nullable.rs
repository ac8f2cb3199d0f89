//! Values that may be absent or null.

use std::ops::Deref;

use super::{Encoder, ReadResult, Scalar, Source, Wire};

/// The value of a property that can be absent or null.
///
/// In a request, an absent property is not sent, and `null` is sent as `null`. [`into_option`](Self::into_option) drops the
/// distinction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// The property is absent.
    #[default]
    Absent,
    /// The property is present and null.
    Null,
    /// The property is present with a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns a reference to the value, if there is one.
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

    /// Returns the value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value. Returns `default` for absent and null.
    pub fn unwrap_or(self, default: T) -> T {
        self.into_option().unwrap_or(default)
    }

    /// Returns the value. Returns the default of its type for absent and null.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// Converts the value with a function. Absent and null stay as they are.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(convert(value)),
        }
    }

    /// Converts `&Nullable<T>` to `Nullable<&T>`.
    pub fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Converts `&Nullable<T>` to `Nullable<&T::Target>`, such as `&Nullable<String>` to `Nullable<&str>`.
    pub fn as_deref(&self) -> Nullable<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(Deref::deref)
    }

    /// Returns whether there is a value.
    pub fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// Returns whether the property is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the property is present and null.
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
    /// Converts `None` to null. For an absent property, use [`Nullable::Absent`].
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    /// Converts absent and null to `None`.
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
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
