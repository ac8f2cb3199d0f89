//! [`Wire`] for `rust_decimal::Decimal`.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::deviation::DeviationRule;
use super::sink::{FLOAT_DIGITS, digit_count};
use super::{Hint, ReadError, ReadResult, Scalar, Source, Wire};

impl Wire for Decimal {
    fn empty() -> Self {
        Self::ZERO
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        *self = match source.scalar(Hint::Number)? {
            Scalar::I64(value) => value.into(),
            Scalar::U64(value) => value.into(),
            found => {
                let text = found.number()?.to_string();
                // The text is that of an `f64`, so it may have fewer digits than the JSON text.
                let is_long = digit_count(&text) > FLOAT_DIGITS;
                let found = "a number with more digits";
                let exact = Self::from_str_exact(&text);
                if (is_long || exact.is_err())
                    && source.is_response()
                    && !source.deviate(DeviationRule::Rounded, "a number of up to 15 digits", found)
                {
                    return Err(ReadError::mismatch("a number of up to 15 digits", found));
                }
                let rounded = exact.or_else(|_| Self::from_str(&text));
                rounded.map_err(|_| ReadError::mismatch("a number in range", "a number out of range"))?
            }
        };
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Digits(self.to_string().into()))
    }
}
