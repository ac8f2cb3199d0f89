//! Dates and times. Common deviations are read; RFC 3339 is written.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Error, Timestamp};

use super::deviation::DeviationRule;
use super::{ReadError, ReadResult, Scalar, Source, Wire, decode};

macro_rules! times {
    ($($type:ty: $empty:expr, $parse:expr, $clamp:expr, $name:literal;)*) => {$(
        impl Wire for $type {
            fn empty() -> Self {
                $empty
            }
            fn read(&mut self, source: &mut dyn Source) -> ReadResult {
                let text: String = decode(source)?;
                match $parse(text.trim()) {
                    Ok(value) => *self = value,
                    Err(error) => match $clamp(text.trim()) {
                        Some(value) if source.deviate(DeviationRule::Clamped, $name, "one out of range") => *self = value,
                        Some(_) | None => return Err(invalid($name, &text, &error)),
                    },
                }
                Ok(())
            }
            fn scalar(&self) -> Option<Scalar<'_>> {
                Some(Scalar::Str(Cow::Owned(self.to_string())))
            }
        }
    )*};
}

times! {
    Timestamp: Timestamp::UNIX_EPOCH, timestamp, clamped, "date-time";
    Date: Date::ZERO, str::parse, |_| None, "date";
    Time: Time::MIN, time, |_| None, "time";
}

/// Returns the error of an invalid time. Only text that looks like a time is part of the message, since other text may be a
/// secret in the wrong place.
fn invalid(name: &'static str, text: &str, error: &Error) -> Box<ReadError> {
    let is_shown = |c: char| c.is_ascii_digit() || "TZtz:+-./, ".contains(c);
    if text.len() > 40 || !text.chars().all(is_shown) || text.is_empty() {
        let found = if text.is_empty() {
            "an empty string"
        } else {
            "another string"
        };
        return ReadError::mismatch(name, found);
    }
    ReadError::mismatch(name, "an invalid one").explain(|_| format!("invalid {name} {text:?}: {error}"))
}

/// Parses a date-time. A missing offset means UTC; digits after nanoseconds are dropped.
fn timestamp(text: &str) -> Result<Timestamp, Error> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut text = Cow::Borrowed(text);
    if let Some(start) = text.find('.').map(|dot| dot + 1)
        && digits(&text[start..]) > 9
    {
        let end = start + digits(&text[start..]);
        text.to_mut().replace_range(start + 9..end, "");
    }
    text.parse().or_else(|error| match text.parse::<DateTime>() {
        Ok(local) => local.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()),
        Err(_) => Err(error),
    })
}

/// Returns the last timestamp for a later date-time, such as `9999-12-31T23:59:59Z`, which often means "never".
fn clamped(text: &str) -> Option<Timestamp> {
    let local: DateTime = text.get(..19)?.parse().ok()?;
    (local.year() == 9999).then_some(Timestamp::MAX)
}

/// Parses a time of day. An offset is dropped, because it has no meaning without a date.
fn time(text: &str) -> Result<Time, Error> {
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    text[..end].parse()
}
