//! String and integer enums: a model lists the variants and their values on the wire.
//!
//! The code of each macro is compiled once per enum, so it only calls the functions of this module.

use std::fmt::Debug;

use super::{ReadError, ReadResult, Source, Wire, decode};

/// Returns the variant with a value on the wire. `names` holds the value of each item of `all`.
pub fn find<T: Clone, N: PartialEq>(all: &[T], names: &[N], wanted: N) -> Option<T> {
    let index = names.iter().position(|name| *name == wanted)?;
    all.get(index).cloned()
}

/// Returns the variant of a closed enum, or an error that lists the known values.
pub fn find_known<T: Clone, N: PartialEq + Debug + Copy>(all: &[T], names: &[N], wanted: N) -> ReadResult<T> {
    find(all, names, wanted).ok_or_else(|| {
        let names: Vec<_> = names.iter().map(|name| format!("{name:?}")).collect();
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

/// Implements what all enums have in common.
macro_rules! enum_impl {
    ($name:ident, $as:ident -> $wire:ty, [$($variant:ident)*], {$($arms:tt)*}, $read:ident::<$owned:ty>) => {
        impl $name {
            /// All documented values, in the order of the API description.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Returns the value on the wire.
            pub fn $as(&self) -> $wire {
                match self { $($arms)* }
            }
        }
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

/// Implements the traits of a string enum. `$other` holds values that are not listed.
macro_rules! open_enum {
    ($name:ident, $other:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::enum_impl!($name, as_str -> &str, [$($variant)*], {
            $(Self::$variant => $wire,)*
            Self::$other(value) => value,
        }, read_open::<String>);
        impl $name {
            /// Returns whether the value is documented.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::$other(_))
            }
        }
        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match $crate::runtime::codec::find(Self::ALL, &[$($wire),*], value) {
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

/// Implements the traits of a string enum. A value that is not listed is an error.
macro_rules! closed_enum {
    ($name:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::enum_impl!($name, as_str -> &str, [$($variant)*], {
            $(Self::$variant => $wire,)*
        }, read_closed::<String>);
        impl std::str::FromStr for $name {
            type Err = Box<$crate::runtime::codec::ReadError>;
            fn from_str(value: &str) -> Result<Self, Box<$crate::runtime::codec::ReadError>> {
                $crate::runtime::codec::find_known(Self::ALL, &[$($wire),*], value)
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

/// Implements the traits of an integer enum. `$other` holds values that are not listed.
macro_rules! open_int_enum {
    ($name:ident, $other:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::enum_impl!($name, as_i64 -> i64, [$($variant)*], {
            $(Self::$variant => $wire,)*
            Self::$other(value) => *value,
        }, read_open::<i64>);
        impl $name {
            /// Returns whether the value is documented.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::$other(_))
            }
        }
        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match $crate::runtime::codec::find(Self::ALL, &[$($wire),*], value) {
                    Some(known) => known,
                    None => Self::$other(value),
                }
            }
        }
    };
}

/// Implements the traits of an integer enum. A value that is not listed is an error.
macro_rules! closed_int_enum {
    ($name:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::enum_impl!($name, as_i64 -> i64, [$($variant)*], {
            $(Self::$variant => $wire,)*
        }, read_closed::<i64>);
        impl TryFrom<i64> for $name {
            type Error = Box<$crate::runtime::codec::ReadError>;
            fn try_from(value: i64) -> Result<Self, Box<$crate::runtime::codec::ReadError>> {
                $crate::runtime::codec::find_known(Self::ALL, &[$($wire),*], value)
            }
        }
    };
}

pub(crate) use {closed_enum, closed_int_enum, enum_impl, open_enum, open_int_enum};
