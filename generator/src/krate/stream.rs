//! Streams.

use super::{Crate, ExampleCall, TypeExpr};
use crate::json::Json;

/// The items of an answer that is read as it comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// How they follow each other.
    pub framing: Framing,
    /// What they are; of events, what their data is.
    pub item: TypeExpr,
}

/// How the items of a stream follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events whose data is text.
    TextEvents,
    /// Server-sent events whose data is JSON.
    Events,
    /// JSON values, each on a line of its own.
    Lines,
    /// JSON values with a mark before each.
    Sequence,
}

impl Framing {
    /// Whether the items are events.
    pub fn is_events(self) -> bool {
        match self {
            Self::TextEvents | Self::Events => true,
            Self::Lines | Self::Sequence => false,
        }
    }
}

impl Stream {
    /// What an item is called where there is one.
    pub fn word(&self) -> &'static str {
        if self.framing.is_events() { "event" } else { "item" }
    }

    /// The type of an item as users of the crate write it.
    pub fn display(&self, krate: &Crate) -> String {
        let item = self.item.display(krate);
        match self.framing {
            Framing::TextEvents => "ServerEvent".to_owned(),
            Framing::Events => format!("ServerEvent<{item}>"),
            Framing::Lines | Framing::Sequence => item,
        }
    }
}

/// The stream that an operation gives where it is asked for, beside what it gives else.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherStream {
    /// Its items.
    pub stream: Stream,
    /// What is asked for.
    pub media_type: String,
    /// What else a caller has to do, as a sentence.
    pub note: Option<String>,
    /// How it is called, as examples show it.
    pub call: ExampleCall,
    /// An example of an item on the wire.
    pub example: Option<Json>,
}
