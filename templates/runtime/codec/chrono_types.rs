//! [`Wire`] for the types of chrono.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeZone};
use jiff::civil::Date;

use super::offset::with_offset;
use super::{ReadError, ReadResult, Scalar, Source, Wire, decode};

/// A value is written with the offset that was read, but not always with the same text.
impl Wire for DateTime<FixedOffset> {
    fn empty() -> Self {
        Self::default()
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let (civil, offset) = with_offset(source)?;
        let time = date(civil.date()).and_then(|date| {
            let hms = [civil.hour(), civil.minute(), civil.second()]
                .map(i8::unsigned_abs)
                .map(u32::from);
            let local = date.and_hms_nano_opt(hms[0], hms[1], hms[2], civil.subsec_nanosecond().unsigned_abs())?;
            FixedOffset::east_opt(offset.seconds())?
                .from_local_datetime(&local)
                .single()
        });
        *self = time.ok_or_else(|| ReadError::mismatch("date-time", "a value out of range"))?;
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(Cow::Owned(
            self.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        )))
    }
}

impl Wire for NaiveDate {
    fn empty() -> Self {
        Self::default()
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let found: Date = decode(source)?;
        *self = date(found).ok_or_else(|| ReadError::mismatch("date", "a value out of range"))?;
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(Cow::Owned(self.to_string())))
    }
}

fn date(date: Date) -> Option<NaiveDate> {
    let [month, day] = [date.month(), date.day()].map(i8::unsigned_abs).map(u32::from);
    NaiveDate::from_ymd_opt(date.year().into(), month, day)
}
