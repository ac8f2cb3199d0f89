//! String and integer enums. A model has the list `ALL` of its documented variants, and the method that returns the value on the wire.
//!
//! The code of each macro is compiled once per enum, so it is short and calls the functions of this module.

use std::fmt::Debug;

use super::{ReadError, ReadResult, Source, Wire, decode};

/// Returns the variant of a closed enum with a value on the wire, or an error that lists the known values.
pub fn find_known<T: Clone, N: PartialEq + Debug>(all: &[T], value_of: fn(&T) -> N, wanted: N) -> ReadResult<T> {
    let known = all.iter().find(|known| value_of(known) == wanted);
    known.cloned().ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|known| format!("{:?}", value_of(known))).collect();
        let wanted = format!("{wanted:?}");
        // A long text may be a secret in the wrong place, so it is not part of the message.
        let found = if wanted.len() <= 40 {
            wanted
        } else {
            "a longer text".to_owned()
        };
        let expected = format!("one of {}", names.join(", "));
        let message = format!("unknown value {found}, expected {expected}");
        ReadError::mismatch(expected, "an unknown value").explain(|_| message)
    })
}

/// Reads a value of an open enum.
pub fn read_open<N: Wire, T: From<N> + PartialEq>(target: &mut T, source: &mut dyn Source, all: &[T]) -> ReadResult {
    *target = decode::<N>(source)?.into();
    source.check_listed(&|| all.contains(target));
    Ok(())
}

/// Reads a value of a closed enum.
pub fn read_closed<N: Wire, T: TryFrom<N, Error = Box<ReadError>>>(
    target: &mut T,
    source: &mut dyn Source,
    _: &[T],
) -> ReadResult {
    *target = decode::<N>(source)?.try_into()?;
    Ok(())
}

/// Implements what all enums have in common. The enum has `ALL` and the method `$as`.
macro_rules! enum_impl {
    ($name:ident, $as:ident, $read:ident::<$owned:ty>) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.$as(), f)
            }
        }
        impl $crate::runtime::codec::Wire for $name {
            fn empty() -> Self {
                Self::ALL[0].clone()
            }
            fn read(&mut self, source: &mut dyn $crate::runtime::codec::Source) -> $crate::runtime::codec::ReadResult {
                $crate::runtime::codec::$read::<$owned, _>(self, source, Self::ALL)
            }
            fn scalar(&self) -> Option<$crate::runtime::codec::Scalar<'_>> {
                Some($crate::runtime::codec::Scalar::from(self.$as()))
            }
        }
        $crate::runtime::codec::serde!($name);
    };
}

/// Implements the traits of a string enum with `as_str`. `other` is the variant for values that are not listed.
macro_rules! open_enum {
    (name: $name:ident, other: $other:ident $(,)?) => {
        $crate::runtime::codec::enum_impl!($name, as_str, read_open::<String>);
        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match Self::ALL.iter().find(|known| known.as_str() == value).cloned() {
                    Some(known) => known,
                    None => Self::$other(String::from(value)),
                }
            }
        }
        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }
        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;
            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }
    };
}

/// Implements the traits of a string enum with `as_str`. A value that is not listed is an error.
macro_rules! closed_enum {
    (name: $name:ident $(,)?) => {
        $crate::runtime::codec::enum_impl!($name, as_str, read_closed::<String>);
        impl std::str::FromStr for $name {
            type Err = Box<$crate::runtime::codec::ReadError>;
            fn from_str(value: &str) -> Result<Self, Box<$crate::runtime::codec::ReadError>> {
                $crate::runtime::codec::find_known(Self::ALL, |known| known.as_str(), value)
            }
        }
        impl TryFrom<String> for $name {
            type Error = Box<$crate::runtime::codec::ReadError>;
            fn try_from(value: String) -> Result<Self, Box<$crate::runtime::codec::ReadError>> {
                value.parse()
            }
        }
    };
}

/// Implements the traits of an integer enum with `as_i64`. `other` is the variant for values that are not listed.
macro_rules! open_int_enum {
    (name: $name:ident, other: $other:ident $(,)?) => {
        $crate::runtime::codec::enum_impl!($name, as_i64, read_open::<i64>);
        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match Self::ALL.iter().find(|known| known.as_i64() == value).cloned() {
                    Some(known) => known,
                    None => Self::$other(value),
                }
            }
        }
    };
}

/// Implements the traits of an integer enum with `as_i64`. A value that is not listed is an error.
macro_rules! closed_int_enum {
    (name: $name:ident $(,)?) => {
        $crate::runtime::codec::enum_impl!($name, as_i64, read_closed::<i64>);
        impl TryFrom<i64> for $name {
            type Error = Box<$crate::runtime::codec::ReadError>;
            fn try_from(value: i64) -> Result<Self, Box<$crate::runtime::codec::ReadError>> {
                $crate::runtime::codec::find_known(Self::ALL, |known| known.as_i64(), value)
            }
        }
    };
}

pub(crate) use {closed_enum, closed_int_enum, enum_impl, open_enum, open_int_enum};
