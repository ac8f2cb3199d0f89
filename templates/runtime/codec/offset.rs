//! Date-times for types that need an offset.

use jiff::civil;
use jiff::tz::Offset;

use super::deviation::DeviationRule;
use super::{DateTime, ReadError, ReadResult, Source, decode};

/// Reads a date-time with an offset. A text without an offset is in UTC if this is tolerated.
pub(super) fn with_offset(source: &mut dyn Source) -> ReadResult<(civil::DateTime, Offset)> {
    const EXPECTED: &str = "date-time with an offset";
    const FOUND: &str = "a date-time without an offset";
    let value: DateTime = decode(source)?;
    match value.offset() {
        Some(offset) => Ok((value.civil(), offset)),
        None if source.deviate(DeviationRule::Converted, EXPECTED, FOUND) => Ok((value.civil(), Offset::UTC)),
        None => Err(ReadError::mismatch(EXPECTED, FOUND)),
    }
}
