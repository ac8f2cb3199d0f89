//! Base64-encoded bytes.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{ReadError, ReadResult, Scalar, Source, Wire, decode};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes that are Base64-encoded on the wire (RFC 4648). Both alphabets are read, with or without padding and line breaks;
/// the standard alphabet with padding is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Vec<u8>);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Wire for Base64 {
    fn empty() -> Self {
        Self::default()
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        let mut text: String = decode(source)?;
        if text.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '-' | '_')) {
            text.retain(|c| !c.is_ascii_whitespace());
            text = text.replace('-', "+").replace('_', "/");
        }
        self.0 = ENGINE
            .decode(text)
            .map_err(|error| ReadError::new(format!("invalid Base64: {error}")))?;
        Ok(())
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(Cow::Owned(ENGINE.encode(&self.0))))
    }
}

super::serde!(Base64);
