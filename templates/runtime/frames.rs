//! The items of a stream, out of bytes that come in pieces which may be cut anywhere. Each byte is looked at once.

use std::collections::VecDeque;
use std::time::Duration;

use super::codec::ReadError;

/// The most bytes of one item, so that a stream without an end to its items does not fill the memory.
const MAX_ITEM_BYTES: usize = 64 * 1024 * 1024;

/// How the items of a stream follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events, `text/event-stream`.
    Events,
    /// JSON values, each on a line of its own.
    Lines,
    /// JSON values with a mark before each (RFC 7464).
    Sequence,
}

/// An item as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The value; of an event, its lines of data.
    pub data: Vec<u8>,
    /// The name of the event.
    pub name: String,
    /// The last id that came with an event.
    pub id: Option<String>,
    /// After which time to connect again.
    pub retry: Option<Duration>,
}

/// Cuts bytes into items.
#[derive(Debug)]
pub(super) struct Frames {
    framing: Framing,
    ready: VecDeque<Frame>,
    /// The line that has not ended yet.
    line: Vec<u8>,
    /// The event that has not ended yet.
    event: Frame,
    has_data: bool,
    /// The last line ended with a carriage return: a line feed at once belongs to it.
    after_return: bool,
    begun: bool,
    /// Whatever follows is not looked at: the server said that it is done, or an item is too large.
    pub is_done: bool,
    /// What is wrong with the item after the ones that are ready.
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
            after_return: false,
            begun: false,
            is_done: false,
            error: None,
        }
    }

    /// The next item that is complete.
    pub fn next(&mut self) -> Option<Frame> {
        self.ready.pop_front()
    }

    /// Takes in a piece.
    pub fn feed(&mut self, mut piece: &[u8]) {
        while !piece.is_empty() && !self.is_done {
            if std::mem::take(&mut self.after_return) && piece[0] == b'\n' {
                piece = &piece[1..];
                continue;
            }
            let end = piece.iter().position(|byte| self.ends_line(*byte));
            let (part, rest) = piece.split_at(end.unwrap_or(piece.len()));
            if self.line.len() + self.event.data.len() + part.len() > MAX_ITEM_BYTES {
                self.error = Some(ReadError::new(format!("the item has more than {MAX_ITEM_BYTES} bytes")));
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

    /// Takes the end of the bytes. An event that has not ended is none, as its standard has it; a value may end here.
    pub fn finish(&mut self) {
        if self.framing != Framing::Events {
            self.end_line();
        }
    }

    fn ends_line(&self, byte: u8) -> bool {
        match self.framing {
            Framing::Events => matches!(byte, b'\n' | b'\r'),
            Framing::Lines => byte == b'\n',
            Framing::Sequence => byte == b'\x1e',
        }
    }

    fn end_line(&mut self) {
        let whole = std::mem::take(&mut self.line);
        let mut line = whole.as_slice();
        if !std::mem::replace(&mut self.begun, true) {
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
        // The next line takes the room of this one.
        self.line = whole;
        self.line.clear();
    }

    /// A line of an event. One that begins with a colon is a comment; what is unknown says nothing.
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
            }
            _ => {}
        }
    }

    /// An empty line ends an event; one without data is none. The id stays with the stream.
    fn end_event(&mut self) {
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
