//! Durations.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::{Error, SignedDuration, Span};

use super::deviation::DeviationRule;
use super::{ReadError, ReadResult, Scalar, Source, Wire, decode};

/// A duration (ISO 8601), such as `P1DT12H`.
///
/// Durations in other formats are kept as text, because servers use several formats.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Duration {
    text: String,
}

impl Duration {
    /// Returns the text on the wire.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the duration in calendar units, or `None` if the text has another format.
    pub fn span(&self) -> Option<Span> {
        self.text.trim().parse().ok()
    }

    /// Returns the duration, or `None` if it has units of days or more or the text has another format.
    pub fn signed(&self) -> Option<SignedDuration> {
        self.text.trim().parse().ok()
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl From<Span> for Duration {
    fn from(value: Span) -> Self {
        let text = value.to_string();
        Self { text }
    }
}

impl From<SignedDuration> for Duration {
    fn from(value: SignedDuration) -> Self {
        let text = value.to_string();
        Self { text }
    }
}

impl FromStr for Duration {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.trim().parse::<Span>()?;
        let text = text.to_owned();
        Ok(Self { text })
    }
}

impl Wire for Duration {
    fn empty() -> Self {
        let text = "PT0S".to_owned();
        Self { text }
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        self.text = decode(source)?;
        let is_valid = self.span().is_some();
        match is_valid || source.deviate(DeviationRule::KeptAsText, "duration", "another string") {
            true => Ok(()),
            false => Err(ReadError::mismatch("duration", "another string")),
        }
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(Cow::Borrowed(&self.text)))
    }
}

super::serde!(Duration);
