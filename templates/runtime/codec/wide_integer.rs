//! [`Wire`] for `i128`.

use super::deviation::DeviationRule;
use super::{Hint, ReadError, ReadResult, Scalar, Source, Wire};

/// The smallest float that is too large for `u64`.
const ABOVE_U64: f64 = 18_446_744_073_709_551_616.0;

impl Wire for i128 {
    fn empty() -> Self {
        0
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let found = source.scalar(Hint::WideInteger)?;
        // In a tree, a larger integer is a float, and so is an integer with a fraction.
        let (rule, expected, other) = match found {
            Scalar::F64(value) if value.abs() >= ABOVE_U64 => (
                DeviationRule::Rounded,
                "an integer of up to 64 bits",
                "a larger integer",
            ),
            Scalar::F64(value) if value.fract() == 0.0 => {
                (DeviationRule::Converted, "an integer", "a number with a fraction")
            }
            found => {
                *self = found.integer()?;
                return Ok(());
            }
        };
        if source.is_response() && !source.deviate(rule, expected, other) {
            return Err(ReadError::mismatch(expected, other));
        }
        *self = found.integer()?;
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Digits(self.to_string().into()))
    }
}
