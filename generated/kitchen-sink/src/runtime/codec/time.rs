//! Dates and times. A value with a time keeps its text, so that what was read is written unchanged.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::civil::{self, Date};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Error, Timestamp, Zoned};

use super::deviation::DeviationRule;
use super::{ReadError, ReadResult, Scalar, Source, Wire, decode};

/// Implements what [`DateTime`] and [`Time`] have in common: a text, a civil value and an offset.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($civil:ty, $what:literal), $empty:literal, $parse:ident, $other:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            /// The text on the wire. It is empty for the empty value, which is so common that it is not allocated.
            text: String,
            civil: $civil,
            offset: Option<Offset>,
        }

        impl $name {
            /// Returns the text on the wire.
            pub fn as_str(&self) -> &str {
                match self.text.as_str() {
                    "" => $empty,
                    text => text,
                }
            }

            #[doc = concat!("Returns the ", $what, " without the offset.")]
            pub fn civil(&self) -> $civil {
                self.civil
            }

            /// Returns the offset from UTC, if the text has one.
            pub fn offset(&self) -> Option<Offset> {
                self.offset
            }
        }

        /// Compares the values, not their texts.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                (self.civil, self.offset) == (other.civil, other.offset)
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                (self.civil, self.offset).hash(state);
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// Creates a value without an offset.
        impl From<$civil> for $name {
            fn from(civil: $civil) -> Self {
                let text = civil.to_string();
                let offset = None;
                Self { text, civil, offset }
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                let (civil, offset) = $parse(text)?;
                let text = text.to_owned();
                Ok(Self { text, civil, offset })
            }
        }

        impl Wire for $name {
            fn empty() -> Self {
                let (text, offset) = (String::new(), None);
                Self { text, civil: <$civil>::default(), offset }
            }
            fn read(&mut self, source: &mut dyn Source) -> ReadResult {
                let text: String = decode(source)?;
                match $parse(text.trim()) {
                    Ok((civil, offset)) => *self = Self { text, civil, offset },
                    Err(_) => match $other(text.trim()) {
                        Some(value) if source.deviate(DeviationRule::Converted, $what, "another format") => *self = value,
                        Some(_) | None => return Err(invalid($what, &text)),
                    },
                }
                Ok(())
            }
            fn scalar(&self) -> Option<Scalar<'_>> {
                Some(Scalar::Str(Cow::Borrowed(self.as_str())))
            }
        }

        super::serde!($name);
    )*};
}

texts! {
    /// A date and time (RFC 3339), with or without an offset from UTC.
    DateTime(civil::DateTime, "date-time"), "1970-01-01T00:00:00Z", date_time, other_date_time;
    /// A time of day (RFC 3339), with or without an offset from UTC.
    Time(civil::Time, "time"), "00:00:00", time, |_: &str| None;
}

impl DateTime {
    /// Returns the point in time. A value without an offset is in UTC. A point beyond the range of [`Timestamp`], such as
    /// `9999-12-31T23:59:59Z`, is the nearest one.
    pub fn timestamp(&self) -> Timestamp {
        let offset = self.offset.unwrap_or(Offset::UTC);
        let nearest = || match self.civil.year() {
            ..=0 => Timestamp::MIN,
            _ => Timestamp::MAX,
        };
        offset.to_timestamp(self.civil).unwrap_or_else(|_| nearest())
    }
}

/// Creates a value in UTC.
impl From<Timestamp> for DateTime {
    fn from(value: Timestamp) -> Self {
        Self {
            text: value.to_string(),
            civil: Offset::UTC.to_datetime(value),
            offset: Some(Offset::UTC),
        }
    }
}

/// Creates a value with the offset of the time zone.
impl From<&Zoned> for DateTime {
    fn from(value: &Zoned) -> Self {
        let offset = value.offset();
        Self {
            text: value.timestamp().display_with_offset(offset).to_string(),
            civil: value.datetime(),
            offset: Some(offset),
        }
    }
}

impl Wire for Date {
    fn empty() -> Self {
        Date::ZERO
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let text: String = decode(source)?;
        let found = without_picoseconds(text.trim());
        match Pieces::parse(&*found) {
            Ok(pieces) if pieces.time().is_none() => {
                *self = pieces.date();
                let other = "another notation of a date";
                // The usual notation has 10 characters, and no other one has.
                if found.len() != 10 && source.is_response() && !source.deviate(DeviationRule::Converted, "date", other)
                {
                    return Err(ReadError::mismatch("date", other));
                }
            }
            Ok(pieces) if source.deviate(DeviationRule::Converted, "date", "a date-time") => *self = pieces.date(),
            Ok(_) => return Err(ReadError::mismatch("date", "a date-time")),
            Err(_) => return Err(invalid("date", &text)),
        }
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(Cow::Owned(self.to_string())))
    }
}

/// Parses a date-time. The time, the offset and the `T` are optional, and digits after nanoseconds are ignored.
fn date_time(text: &str) -> Result<(civil::DateTime, Option<Offset>), Error> {
    let text = without_picoseconds(text);
    let pieces = Pieces::parse(&*text)?;
    let time = pieces.time().unwrap_or(civil::Time::midnight());
    Ok((pieces.date().to_datetime(time), pieces.to_numeric_offset()))
}

/// Parses a time of day with an optional offset.
fn time(text: &str) -> Result<(civil::Time, Option<Offset>), Error> {
    let (value, offset) = date_time(&format!("1970-01-01T{text}"))?;
    Ok((value.time(), offset))
}

/// Parses other formats: the date of an HTTP header or mail, and seconds or milliseconds since 1970.
fn other_date_time(text: &str) -> Option<DateTime> {
    let number = || {
        text.parse::<i64>()
            .ok()
            .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let since_1970 = match text.len() {
        10 => number().and_then(|seconds| Timestamp::from_second(seconds).ok()),
        13 => number().and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()),
        _ => None,
    };
    let mail = || rfc2822::parse(text).ok().map(|zoned| DateTime::from(&zoned));
    since_1970.map(DateTime::from).or_else(mail)
}

/// Removes the digits after nanoseconds.
fn without_picoseconds(text: &str) -> Cow<'_, str> {
    let Some(start) = text.find('.').map(|dot| dot + 1) else {
        return Cow::Borrowed(text);
    };
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        ..=9 => Cow::Borrowed(text),
        digits => Cow::Owned(format!("{}{}", &text[..start + 9], &text[start + digits..])),
    }
}

/// Returns the error of an invalid time. The text is not part of the message, since it may be a secret in the wrong place.
fn invalid(name: &'static str, text: &str) -> Box<ReadError> {
    let is_time = |c: char| c.is_ascii_digit() || "TZtz:+-./, ".contains(c);
    let found = match text {
        "" => "an empty string",
        text if text.chars().all(is_time) => "an invalid value",
        _ => "another string",
    };
    ReadError::mismatch(name, found)
}
