//! Decompression of responses, behind the feature `gzip`. reqwest has it too, but needs three more crates for it.
#![cfg(all(feature = "gzip", not(all(target_arch = "wasm32", target_os = "unknown"))))]

use std::io::{self, Write};
use std::sync::LazyLock;

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue, RANGE};
use http::{HeaderMap, StatusCode};

use super::call_error::{TransportError, TransportErrorKind};
use super::exchange::failure;

/// How many bytes are decompressed at a time. They can become a thousand times as many.
const PIECE: usize = 8 * 1024;

/// The encodings that the client accepts. reqwest decompresses all but gzip.
static ACCEPTED: LazyLock<HeaderValue> = LazyLock::new(|| {
    let mut names = String::from("gzip");
    let others = [
        (", br", cfg!(feature = "brotli")),
        (", deflate", cfg!(feature = "deflate")),
        (", zstd", cfg!(feature = "zstd")),
    ];
    names.extend(
        others
            .iter()
            .filter(|(_, is_enabled)| *is_enabled)
            .map(|(name, _)| *name),
    );
    HeaderValue::from_str(&names).unwrap_or(HeaderValue::from_static("gzip"))
});

/// Accepts compressed responses, unless the request states what it accepts. A part of a compressed body cannot be decompressed.
pub(super) fn accept(headers: &mut HeaderMap) {
    if !headers.contains_key(RANGE) {
        headers.entry(ACCEPT_ENCODING).or_insert_with(|| ACCEPTED.clone());
    }
}

/// A compressed body.
pub(super) struct Gzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    /// What was received and not decompressed yet.
    rest: Bytes,
    /// Whether the body has begun and not ended. The response to a HEAD request has no body.
    is_open: bool,
}

impl Gzip {
    /// Returns the decompression of a response if its body is compressed and complete, and removes the headers that describe the
    /// compressed body.
    pub(super) fn new(response: &mut reqwest::Response) -> Option<Box<Self>> {
        let is_part = response.status() == StatusCode::PARTIAL_CONTENT;
        let headers = response.headers_mut();
        let encoding = headers.get(CONTENT_ENCODING)?.as_bytes();
        if is_part || !encoding.eq_ignore_ascii_case(b"gzip") {
            return None;
        }
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
        Some(Box::new(Self {
            decoder: MultiGzDecoder::new(Vec::new()),
            rest: Bytes::new(),
            is_open: false,
        }))
    }

    /// Returns the next chunk of the decompressed body, or `None` at its end.
    pub(super) async fn chunk(&mut self, response: &mut reqwest::Response) -> Result<Option<Bytes>, TransportError> {
        loop {
            while !self.rest.is_empty() {
                let piece = self.rest.split_to(self.rest.len().min(PIECE));
                let chunk = self.decompress(&piece).map_err(corrupt)?;
                if !chunk.is_empty() {
                    return Ok(Some(chunk));
                }
            }
            match response.chunk().await.map_err(failure)? {
                Some(received) => self.rest = received,
                None => return self.finish().map_err(corrupt),
            }
        }
    }

    /// Returns everything that the bytes up to the end of this piece contain.
    fn decompress(&mut self, piece: &[u8]) -> io::Result<Bytes> {
        self.is_open = true;
        self.decoder.write_all(piece)?;
        self.decoder.flush()?;
        Ok(std::mem::take(self.decoder.get_mut()).into())
    }

    /// Checks that the body is complete, and returns the rest of it.
    fn finish(&mut self) -> io::Result<Option<Bytes>> {
        if !std::mem::take(&mut self.is_open) {
            return Ok(None);
        }
        self.decoder.try_finish()?;
        let rest = std::mem::take(self.decoder.get_mut());
        Ok((!rest.is_empty()).then(|| rest.into()))
    }
}

fn corrupt(error: io::Error) -> TransportError {
    TransportError::caused(TransportErrorKind::Exchange, error)
}
