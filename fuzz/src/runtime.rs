//! The parts of the runtime that read what a server sends, and their targets.

#[path = "../../templates/runtime/codec/mod.rs"]
pub mod codec;
#[path = "../../templates/runtime/frames.rs"]
mod frames;
#[path = "../../templates/runtime/retry.rs"]
mod retry;

use std::fmt::Debug;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};

use codec::{ReadMode, Wire};
use frames::{Frame, Frames, Framing};

/// Reads a body as a model in every mode. A value that was read can be written, and is the same when it is read again.
pub fn read_as<T: Wire + PartialEq + Debug>(body: &[u8]) {
    for mode in [ReadMode::Strict, ReadMode::Tolerant, ReadMode::Lenient] {
        let _ = codec::read_response::<T>(body, mode, true);
    }
    if let Ok(value) = codec::from_slice::<T>(body) {
        let text = codec::to_vec(&value);
        let again: T = codec::from_slice(&text).expect("a written value can be read");
        assert_eq!(value, again, "read again from {}", String::from_utf8_lossy(&text));
    }
}

/// Splits a stream into items. The result does not depend on where chunks end.
pub fn events(data: &[u8]) {
    let Some((choice, data)) = data.split_first() else { return };
    let framing = [Framing::Events, Framing::Lines, Framing::Sequence][usize::from(choice % 3)];
    let size = usize::from(choice / 3) % 7 + 1;
    assert_eq!(items(framing, [data].into_iter()), items(framing, data.chunks(size)));
}

fn items<'d>(framing: Framing, chunks: impl Iterator<Item = &'d [u8]>) -> Vec<Frame> {
    let mut frames = Frames::new(framing);
    let mut found = Vec::new();
    for chunk in chunks {
        frames.feed(chunk);
        while let Some(frame) = frames.next() {
            found.push(frame);
        }
    }
    frames.finish();
    while let Some(frame) = frames.next() {
        found.push(frame);
    }
    found
}

/// Parses the headers `Retry-After` and `retry-after-ms`, separated by a line feed.
pub fn retry_after(data: &[u8]) {
    let mut values = data.splitn(2, |byte| *byte == b'\n').map(HeaderValue::from_bytes);
    let mut headers = HeaderMap::new();
    for name in ["retry-after", "retry-after-ms"] {
        if let Some(Ok(value)) = values.next() {
            headers.insert(name, value);
        }
    }
    for now in [SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40)] {
        let _ = retry::retry_after(&headers, || now);
    }
}
