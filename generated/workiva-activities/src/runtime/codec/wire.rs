//! The one trait of all values that travel, and the vocabulary that it speaks.

use std::borrow::Cow;

use super::{Encoder, Keys, Object, ReadError, ReadResult, Source};

/// A value that is read from a [`Source`] and written to an [`Encoder`].
///
/// All give `empty` and `read`. Beside these, a record gives `keys` and `write`, a union `variant` and `encode`, what is
/// neither `scalar` or `encode`. What reads gives a error when the value does not fit.
pub trait Wire {
    /// A value with nothing in it, to be read into. None is handed out before all that it requires was read.
    fn empty() -> Self
    where
        Self: Sized;

    /// The keys of a record.
    fn keys() -> &'static Keys
    where
        Self: Sized,
    {
        &Keys::NONE
    }

    /// Reads the next value into `self`, which is empty.
    fn read(&mut self, source: &mut dyn Source) -> ReadResult;

    /// Reads the value of a key that a record has no field for, into the map that keeps it.
    fn extra(&mut self, key: &str, value: &mut dyn Source) -> ReadResult {
        let _ = key;
        value.skip()
    }

    /// Writes all fields of a record.
    fn write(&self, out: &mut Object<'_>) {
        let _ = out;
    }

    /// Becomes the variant of a union with this index, read from `value`.
    fn variant(&mut self, index: usize, value: &mut dyn Source) -> ReadResult {
        let _ = index;
        value.skip()
    }

    /// Reads the next value, or none where it is null.
    fn read_optional(source: &mut dyn Source) -> ReadResult<Option<Self>>
    where
        Self: Sized,
    {
        let mut found = None;
        source.present(&mut |source| found.insert(Self::empty()).read(source))?;
        Ok(found)
    }

    /// Writes the value.
    fn encode(&self, out: Encoder<'_>) {
        match self.scalar() {
            Some(scalar) => out.scalar(scalar),
            None => out.object(|object| self.write(object)),
        }
    }

    /// The value itself, where it is neither array nor object.
    fn scalar(&self) -> Option<Scalar<'_>> {
        None
    }

    /// Whether an optional key with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that is neither array nor object.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Scalar<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F32(f32),
    F64(f64),
    Str(Cow<'a, str>),
}

impl Scalar<'_> {
    /// The boolean, or a error.
    pub fn bool(self) -> ReadResult<bool> {
        match self {
            Self::Bool(value) => Ok(value),
            other => other.refuse("a boolean"),
        }
    }

    /// The integer, or a error; `3.0` counts as one.
    pub fn integer<T: TryFrom<i128>>(self) -> ReadResult<T> {
        let value = match self {
            Self::I64(value) => i128::from(value),
            Self::U64(value) => i128::from(value),
            // The cast saturates, far outside of every `T`.
            Self::F64(value) if value.fract() == 0.0 => value as i128,
            other => return other.refuse("an integer"),
        };
        T::try_from(value).map_err(|_| ReadError::new(format!("the integer {value} is out of range")))
    }

    /// The number, or a error.
    pub fn number(self) -> ReadResult<f64> {
        match self {
            Self::I64(value) => Ok(value as f64),
            Self::U64(value) => Ok(value as f64),
            Self::F32(value) => Ok(value.into()),
            Self::F64(value) => Ok(value),
            other => other.refuse("a number"),
        }
    }

    /// The text, or a error.
    pub fn string(self) -> ReadResult<String> {
        match self {
            Self::Str(value) => Ok(value.into_owned()),
            other => other.refuse("a string"),
        }
    }

    fn refuse<T>(self, expected: &str) -> ReadResult<T> {
        let found = match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::I64(_) | Self::U64(_) | Self::F32(_) | Self::F64(_) => "a number",
            Self::Str(_) => "a string",
        };
        Err(ReadError::new(format!("expected {expected}, found {found}")))
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
