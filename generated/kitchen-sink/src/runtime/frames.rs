//! Splits the bytes of a stream into items. Chunks may end anywhere; each byte is inspected once.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use super::codec::{self, Deviation, ReadError, ReadMode, ReadResult, Wire};

/// The maximum size of one item, which bounds memory if an item never ends.
const MAX_ITEM_BYTES: usize = 64 * 1024 * 1024;

/// How the items of a stream are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events (`text/event-stream`).
    Events,
    /// One JSON value per line.
    Lines,
    /// JSON text sequences: a record separator before each value, and a line feed after it (RFC 7464).
    Sequence,
}

/// An undecoded item of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The JSON value, or the joined `data` lines of an event.
    pub data: Vec<u8>,
    /// The event name.
    pub name: String,
    /// The last event id.
    pub id: Option<String>,
    /// The reconnection time.
    pub retry: Option<Duration>,
    /// How much the item may deviate from the API description.
    pub(super) read_mode: ReadMode,
    /// The deviations that were found when the item was read.
    pub(super) deviations: RefCell<Vec<Deviation>>,
}

impl Frame {
    /// Reads the item as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the item is not JSON or does not match `T`.
    pub fn value<T: Wire>(&self) -> ReadResult<T> {
        let (value, report) = codec::read_response(&self.data, self.read_mode, false)?;
        self.deviations.replace(report.deviations);
        Ok(value)
    }
}

/// The position in a JSON value of a sequence: which brackets and strings are open.
#[derive(Debug, Default)]
struct OpenValue {
    brackets: usize,
    in_string: bool,
    after_backslash: bool,
}

impl OpenValue {
    /// Adds a byte. Returns whether the value ends before it: at a record separator, or at a line feed outside brackets and strings.
    fn ends(&mut self, byte: u8) -> bool {
        let is_escaped = std::mem::take(&mut self.after_backslash);
        match byte {
            b'\x1e' => *self = Self::default(),
            _ if is_escaped => return false,
            b'\\' => self.after_backslash = self.in_string,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.brackets += 1,
            b'}' | b']' if !self.in_string => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
        byte == b'\x1e' || byte == b'\n' && !self.in_string && self.brackets == 0
    }
}

/// A splitter that turns bytes into items.
#[derive(Debug)]
pub(super) struct Frames {
    framing: Framing,
    ready: VecDeque<Frame>,
    /// The current, incomplete line.
    line: Vec<u8>,
    /// The current, incomplete event.
    event: Frame,
    has_data: bool,
    /// The id of the last complete event.
    pub last_id: Option<String>,
    /// The last reconnection time.
    pub retry: Option<Duration>,
    /// Whether the last line ended with a carriage return. A line feed that follows belongs to it.
    after_return: bool,
    value: OpenValue,
    started: bool,
    /// Whether the rest is ignored, because the server sent `[DONE]` or an item is too large.
    pub is_done: bool,
    /// The error of the item after the ready ones.
    pub error: Option<Box<ReadError>>,
}

impl Frames {
    pub fn new(framing: Framing) -> Self {
        Self {
            framing,
            ready: VecDeque::new(),
            line: Vec::new(),
            event: Frame::default(),
            has_data: false,
            last_id: None,
            retry: None,
            after_return: false,
            value: OpenValue::default(),
            started: false,
            is_done: false,
            error: None,
        }
    }

    /// Discards an incomplete item, and continues with the first bytes of another response.
    pub fn restart(&mut self) {
        *self = Self {
            event: Frame {
                id: self.last_id.clone(),
                ..Frame::default()
            },
            last_id: self.last_id.take(),
            retry: self.retry,
            ..Self::new(self.framing)
        };
    }

    /// Returns the next complete item.
    pub fn next(&mut self) -> Option<Frame> {
        self.ready.pop_front()
    }

    /// Adds a chunk.
    pub fn feed(&mut self, mut piece: &[u8]) {
        while !piece.is_empty() && !self.is_done {
            if std::mem::take(&mut self.after_return) && piece[0] == b'\n' {
                piece = &piece[1..];
                continue;
            }
            let end = piece.iter().position(|byte| self.ends_line(*byte));
            let (part, rest) = piece.split_at(end.unwrap_or(piece.len()));
            if self.line.len() + self.event.data.len() + part.len() > MAX_ITEM_BYTES {
                self.error = Some(ReadError::new(format!(
                    "the item is larger than {MAX_ITEM_BYTES} bytes"
                )));
                self.is_done = true;
                return;
            }
            self.line.extend_from_slice(part);
            piece = rest;
            if let Some((end, rest)) = rest.split_first() {
                self.after_return = *end == b'\r';
                self.end_line();
                piece = rest;
            }
        }
    }

    /// Handles the end of the stream. An incomplete event is discarded, as the HTML standard requires; a JSON value may end here.
    pub fn finish(&mut self) {
        if self.framing != Framing::Events {
            self.end_line();
        }
    }

    fn ends_line(&mut self, byte: u8) -> bool {
        match self.framing {
            Framing::Events => matches!(byte, b'\n' | b'\r'),
            Framing::Lines => byte == b'\n',
            Framing::Sequence => self.value.ends(byte),
        }
    }

    fn end_line(&mut self) {
        let whole = std::mem::take(&mut self.line);
        let mut line = whole.as_slice();
        if !std::mem::replace(&mut self.started, true) {
            line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        }
        match self.framing {
            Framing::Events if line.is_empty() => self.end_event(),
            Framing::Events => self.field(line),
            Framing::Lines | Framing::Sequence => {
                let data = line.trim_ascii().to_vec();
                if !data.is_empty() {
                    self.ready.push_back(Frame {
                        data,
                        ..Frame::default()
                    });
                }
            }
        }
        // The buffer of this line is reused for the next one.
        self.line = whole;
        self.line.clear();
    }

    /// Handles a line of an event. A line that begins with a colon is a comment; unknown fields are ignored.
    fn field(&mut self, line: &[u8]) {
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let (name, value) = line.split_at(colon);
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push(b'\n');
                }
                self.event.data.extend_from_slice(value);
            }
            b"event" => self.event.name = text(),
            b"id" if !value.contains(&0) => self.event.id = Some(text()),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let retry = text().parse().ok().map(Duration::from_millis);
                self.event.retry = retry.or(self.event.retry);
                self.retry = retry.or(self.retry);
            }
            _ => {}
        }
    }

    /// Handles the empty line that ends an event. An event without data is discarded. The id persists for later events.
    fn end_event(&mut self) {
        self.last_id.clone_from(&self.event.id);
        let next = Frame {
            id: self.event.id.clone(),
            ..Frame::default()
        };
        let event = std::mem::replace(&mut self.event, next);
        if std::mem::take(&mut self.has_data) {
            self.is_done = event.data == b"[DONE]";
            if !self.is_done {
                self.ready.push_back(event);
            }
        }
    }
}
