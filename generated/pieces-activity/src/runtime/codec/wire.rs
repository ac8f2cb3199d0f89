//! The trait of all values that are read and written.

use std::borrow::Cow;

use super::{Encoder, Keys, Object, ReadError, ReadResult, Source};

/// A value that is read from a [`Source`] and written to an [`Encoder`].
///
/// Every type implements `empty` and `read`. In addition, a record implements `keys` and `write`, a union `variant` and
/// `encode`, any other type `scalar` or `encode`. Methods that read return an error if the value does not match.
pub trait Wire {
    /// Creates an empty value to read into. It is not returned before all required properties were read.
    fn empty() -> Self
    where
        Self: Sized;

    /// Returns the keys of a record.
    fn keys() -> &'static Keys
    where
        Self: Sized,
    {
        &Keys::NONE
    }

    /// Reads the next value into `self`, which is empty.
    fn read(&mut self, source: &mut dyn Source) -> ReadResult;

    /// Reads the value of a key that has no field into the map for other keys.
    fn extra(&mut self, key: &str, value: &mut dyn Source) -> ReadResult {
        let _ = key;
        value.skip()
    }

    /// Writes all fields of a record.
    fn write(&self, out: &mut Object<'_>) {
        let _ = out;
    }

    /// Reads `value` as the variant of a union with this index.
    fn variant(&mut self, index: usize, value: &mut dyn Source) -> ReadResult {
        let _ = index;
        value.skip()
    }

    /// Reads the next value, or `None` if it is null.
    fn read_optional(source: &mut dyn Source) -> ReadResult<Option<Self>>
    where
        Self: Sized,
    {
        let mut found = None;
        let is_present = source.present(&mut |source| found.insert(Self::empty()).read(source))?;
        // `Option::filter` would move the value, which may be large.
        if !is_present {
            found = None;
        }
        Ok(found)
    }

    /// Writes the value.
    fn encode(&self, out: Encoder<'_>) {
        match self.scalar() {
            Some(scalar) => out.scalar(scalar),
            None => out.object(|object| self.write(object)),
        }
    }

    /// Returns the value, if it is neither an array nor an object.
    fn scalar(&self) -> Option<Scalar<'_>> {
        None
    }

    /// Returns whether an optional key with this value is omitted.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that is neither an array nor an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F32(f32),
    F64(f64),
    Str(Cow<'a, str>),
    /// The digits of a number that the other variants cannot represent exactly.
    Digits(Box<str>),
}

impl Scalar<'_> {
    /// Returns the boolean, or an error.
    pub fn bool(self) -> ReadResult<bool> {
        match self {
            Self::Bool(value) => Ok(value),
            other => other.refuse("a boolean"),
        }
    }

    /// Returns the integer, or an error. `3.0` is an integer.
    pub fn integer<T: TryFrom<i128>>(self) -> ReadResult<T> {
        // The first float beyond `i128`.
        const LIMIT: f64 = (1_u128 << 127) as f64;
        let value = match self {
            Self::I64(value) => Some(i128::from(value)),
            Self::U64(value) => Some(i128::from(value)),
            Self::F64(value) if value.fract() == 0.0 => (value.abs() < LIMIT).then_some(value as i128),
            Self::Digits(text) => text.parse().ok(),
            other => return other.refuse("an integer"),
        };
        let value = value.and_then(|value| T::try_from(value).ok());
        value.ok_or_else(|| {
            let expected = format!("an integer in the range of {}", std::any::type_name::<T>());
            ReadError::mismatch(expected, "a number out of range")
        })
    }

    /// Returns the number, or an error.
    pub fn number(self) -> ReadResult<f64> {
        match self {
            Self::I64(value) => Ok(value as f64),
            Self::U64(value) => Ok(value as f64),
            Self::F32(value) => Ok(value.into()),
            Self::F64(value) => Ok(value),
            Self::Digits(text) => Ok(text.parse().unwrap_or(f64::NAN)),
            other => other.refuse("a number"),
        }
    }

    /// Returns whether [`number`](Self::number) changes the value: an integer that has more digits than a number keeps.
    pub fn is_rounded(&self) -> bool {
        match self {
            Self::I64(value) => (*value as f64) as i128 != i128::from(*value),
            Self::U64(value) => (*value as f64) as i128 != i128::from(*value),
            Self::Digits(_) => true,
            Self::Null | Self::Bool(_) | Self::F32(_) | Self::F64(_) | Self::Str(_) => false,
        }
    }

    /// Returns the string, `None` for null, or an error.
    pub fn text(self) -> ReadResult<Option<String>> {
        match self {
            Self::Null => Ok(None),
            other => other.string().map(Some),
        }
    }

    /// Returns the string, or an error.
    pub fn string(self) -> ReadResult<String> {
        match self {
            Self::Str(value) => Ok(value.into_owned()),
            other => other.refuse("a string"),
        }
    }

    fn refuse<T>(self, expected: &'static str) -> ReadResult<T> {
        let found = match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::I64(_) | Self::U64(_) | Self::F32(_) | Self::F64(_) | Self::Digits(_) => "a number",
            Self::Str(text) if text.is_empty() => "an empty string",
            Self::Str(_) => "a string",
        };
        Err(ReadError::mismatch(expected, found))
    }
}

impl<'a> From<&'a str> for Scalar<'a> {
    fn from(value: &'a str) -> Self {
        Self::Str(Cow::Borrowed(value))
    }
}

impl From<i64> for Scalar<'_> {
    fn from(value: i64) -> Self {
        Self::I64(value)
    }
}
