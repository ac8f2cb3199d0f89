//! [`Wire`] for `uuid::Uuid`.

use std::borrow::Cow;

use uuid::Uuid;

use super::deviation::DeviationRule;
use super::{ReadError, ReadResult, Scalar, Source, Wire, decode};

/// Other notations, such as one with braces or without hyphens, are read as deviations.
impl Wire for Uuid {
    fn empty() -> Self {
        Self::nil()
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let text: String = decode(source)?;
        let invalid = || ReadError::mismatch("uuid", "another string");
        *self = Self::try_parse(text.trim()).map_err(|_| invalid())?;
        let is_usual = self.to_string().eq_ignore_ascii_case(&text);
        match is_usual || source.deviate(DeviationRule::Converted, "uuid", "another notation of a UUID") {
            true => Ok(()),
            false => Err(invalid()),
        }
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(Cow::Owned(self.to_string())))
    }
}
