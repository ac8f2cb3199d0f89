//! Enums of texts and of integers: a model gives the variants, and a table of what stands on the wire.

use super::{Fault, Outcome};

/// Finds a value by what stands on the wire.
pub fn find<'a, T: Clone, N: PartialEq + 'a>(all: &'a [T], name: impl Fn(&'a T) -> N, wanted: N) -> Option<T> {
    all.iter().find(|value| name(value) == wanted).cloned()
}

/// Finds a value of a closed enum.
///
/// # Errors
/// When there is no such value; the fault names those that there are.
pub fn pick<'a, T: Clone, N: PartialEq + std::fmt::Debug + Copy + 'a>(
    all: &'a [T],
    name: impl Fn(&'a T) -> N,
    wanted: N,
) -> Outcome<T> {
    find(all, &name, wanted).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|value| format!("{:?}", name(value))).collect();
        Fault::new(format!(
            "unknown value {wanted:?}, expected one of {}",
            names.join(", ")
        ))
    })
}

/// What all enums have: `read` makes a value of what stands on the wire.
macro_rules! choice {
    ($name:ident, $as:ident -> $wire:ty, [$($variant:ident)*], {$($arms:tt)*}, $read:expr) => {
        impl $name {
            /// Every value that the API's document names, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The value on the wire.
            pub fn $as(&self) -> $wire {
                match self { $($arms)* }
            }
            /// Whether the API's document names the value.
            pub fn is_known(&self) -> bool {
                Self::ALL.contains(self)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.$as().fmt(f)
            }
        }
        impl $crate::runtime::codec::Wire for $name {
            fn vacant() -> Self {
                Self::ALL[0].clone()
            }
            fn read(&mut self, source: &mut dyn $crate::runtime::codec::Source) -> $crate::runtime::codec::Outcome {
                *self = $read($crate::runtime::codec::decode(source)?)?;
                Ok(())
            }
            fn scalar(&self) -> Option<$crate::runtime::codec::Scalar<'_>> {
                Some(self.$as().into())
            }
        }
        $crate::runtime::codec::serde!($name);
    };
}

/// Gives an enum of texts its traits. `$other` keeps a value that the table does not name.
macro_rules! open_enum {
    ($name:ident, $other:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::choice!($name, as_str -> &str, [$($variant)*], {
            $(Self::$variant => $wire,)*
            Self::$other(value) => value,
        }, |value: String| Ok::<_, Box<$crate::runtime::codec::Fault>>(value.into()));
        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                $crate::runtime::codec::find(Self::ALL, Self::as_str, value).unwrap_or_else(|| Self::$other(value.into()))
            }
        }
        impl From<String> for $name {
            fn from(value: String) -> Self {
                value.as_str().into()
            }
        }
    };
}

/// Gives an enum of texts its traits. A value that the table does not name is a fault.
macro_rules! closed_enum {
    ($name:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::choice!($name, as_str -> &str, [$($variant)*], {
            $(Self::$variant => $wire,)*
        }, |value: String| value.parse());
        impl std::str::FromStr for $name {
            type Err = Box<$crate::runtime::codec::Fault>;
            fn from_str(value: &str) -> Result<Self, Self::Err> {
                $crate::runtime::codec::pick(Self::ALL, Self::as_str, value)
            }
        }
    };
}

/// Gives an enum of integers its traits. `$other` keeps a value that the table does not name.
macro_rules! open_int_enum {
    ($name:ident, $other:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::choice!($name, as_i64 -> i64, [$($variant)*], {
            $(Self::$variant => $wire,)*
            Self::$other(value) => *value,
        }, |value: i64| Ok::<_, Box<$crate::runtime::codec::Fault>>(value.into()));
        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                $crate::runtime::codec::find(Self::ALL, Self::as_i64, value).unwrap_or(Self::$other(value))
            }
        }
    };
}

/// Gives an enum of integers its traits. A value that the table does not name is a fault.
macro_rules! closed_int_enum {
    ($name:ident, [$($variant:ident = $wire:literal),* $(,)?]) => {
        $crate::runtime::codec::choice!($name, as_i64 -> i64, [$($variant)*], {
            $(Self::$variant => $wire,)*
        }, |value: i64| value.try_into());
        impl TryFrom<i64> for $name {
            type Error = Box<$crate::runtime::codec::Fault>;
            fn try_from(value: i64) -> Result<Self, Self::Error> {
                $crate::runtime::codec::pick(Self::ALL, Self::as_i64, value)
            }
        }
    };
}

pub(crate) use {choice, closed_enum, closed_int_enum, open_enum, open_int_enum};
