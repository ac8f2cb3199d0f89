//! Server-sent events whose name selects the type of their data.

use std::borrow::Cow;

use super::ServerEvent;
use super::codec::{self, Encoder, ReadError, ReadResult, Source, Wire};
use super::frames::Frame;

/// The names of the events whose data is one variant of a union.
#[derive(Clone, Copy, Debug)]
pub enum NamedEvents {
    /// Events whose data is JSON.
    Json(&'static [&'static str]),
    /// Events whose data is text.
    Text(&'static [&'static str]),
}

/// A union that is read as the variant with a known index.
struct KnownVariant<T> {
    value: T,
    index: usize,
}

impl<T: Wire> Wire for KnownVariant<T> {
    fn empty() -> Self {
        let (value, index) = (T::empty(), usize::MAX);
        Self { value, index }
    }

    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        self.value.variant(self.index, source)
    }

    fn encode(&self, out: Encoder<'_>) {
        self.value.encode(out);
    }
}

impl<T: Wire> ServerEvent<T> {
    /// Creates an event whose data is the variant of its name. `variants` lists the events of each variant. The data of an
    /// unknown event is kept as text, by the variant after the listed ones.
    ///
    /// # Errors
    ///
    /// Returns an error if the data does not match the variant.
    pub fn named(frame: &Frame, variants: &[NamedEvents]) -> ReadResult<Self> {
        let name = match frame.name.as_str() {
            "" => "message",
            name => name,
        };
        let mut found = (variants.len(), true);
        for (index, events) in variants.iter().enumerate() {
            let (names, is_text) = match events {
                NamedEvents::Json(names) => (names, false),
                NamedEvents::Text(names) => (names, true),
            };
            if names.contains(&name) {
                found = (index, is_text);
            }
        }
        let (index, is_text) = found;
        let data = if is_text {
            let text = serde_json::to_vec(&String::from_utf8_lossy(&frame.data));
            Cow::Owned(text.map_err(|error| ReadError::new(error.to_string()))?)
        } else {
            Cow::Borrowed(frame.data.as_slice())
        };
        let empty = || KnownVariant {
            value: T::empty(),
            index,
        };
        let (read, report) = codec::read_response_into(empty, &data, frame.read_mode, false)?;
        frame.deviations.replace(report.deviations);
        Ok(Self::new(read.value, frame))
    }
}
