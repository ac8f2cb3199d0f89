//! [`Wire`] for the types of the crate `time`.

use std::borrow::Cow;

use jiff::civil;
use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use super::offset::with_offset;
use super::{ReadError, ReadResult, Scalar, Source, Wire, decode};

/// A value is written with the offset that was read, but not always with the same text.
impl Wire for OffsetDateTime {
    fn empty() -> Self {
        Self::UNIX_EPOCH
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let (civil, offset) = with_offset(source)?;
        *self =
            date_time(civil, offset.seconds()).map_err(|_| ReadError::mismatch("date-time", "a value out of range"))?;
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        let text = self.format(&Rfc3339).unwrap_or_else(|_| self.to_string());
        Some(Scalar::Str(Cow::Owned(text)))
    }
}

impl Wire for Date {
    fn empty() -> Self {
        OffsetDateTime::UNIX_EPOCH.date()
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let found: civil::Date = decode(source)?;
        *self = date(found).map_err(|_| ReadError::mismatch("date", "a value out of range"))?;
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(Cow::Owned(self.to_string())))
    }
}

fn date(date: civil::Date) -> Result<Date, time::error::ComponentRange> {
    let [month, day] = [date.month(), date.day()].map(i8::unsigned_abs);
    Date::from_calendar_date(date.year().into(), Month::try_from(month)?, day)
}

fn date_time(civil: civil::DateTime, offset: i32) -> Result<OffsetDateTime, time::error::ComponentRange> {
    let [hour, minute, second] = [civil.hour(), civil.minute(), civil.second()].map(i8::unsigned_abs);
    let time = Time::from_hms_nano(hour, minute, second, civil.subsec_nanosecond().unsigned_abs())?;
    Ok(OffsetDateTime::new_in_offset(
        date(civil.date())?,
        time,
        UtcOffset::from_whole_seconds(offset)?,
    ))
}
