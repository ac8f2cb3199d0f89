//! Streams.

use super::{Crate, ExampleCall, Ident, TypeExpr};
use crate::json::Json;
use crate::wire::MediaType;

/// The items of a streamed response.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// How the items are separated.
    pub framing: Framing,
    /// The type of an item, or of the data of an event.
    pub item: TypeExpr,
    /// The events of each variant of the data, in the order of the variants, if the name of the event selects it.
    pub variants: Vec<VariantEvents>,
}

/// The events whose data is a variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantEvents {
    /// The names of the events.
    pub names: Vec<String>,
    /// Whether the data is text. Otherwise it is JSON.
    pub is_text: bool,
}

/// How the items of a stream are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events whose data is text.
    TextEvents,
    /// Server-sent events whose data is JSON.
    Events,
    /// Server-sent events whose name selects the variant of their data.
    NamedEvents,
    /// JSON values, one on each line.
    Lines,
    /// JSON text sequences (RFC 7464).
    Sequence,
}

impl Framing {
    /// Returns whether the items are server-sent events.
    pub fn is_events(self) -> bool {
        match self {
            Self::TextEvents | Self::Events | Self::NamedEvents => true,
            Self::Lines | Self::Sequence => false,
        }
    }
}

impl Stream {
    /// Returns the noun for an item in documentation.
    pub fn word(&self) -> &'static str {
        if self.framing.is_events() { "event" } else { "item" }
    }

    /// Returns the type of an item as documentation shows it.
    pub fn display(&self, krate: &Crate) -> String {
        let item = self.item.display(krate);
        match self.framing {
            Framing::TextEvents => "ServerEvent".to_owned(),
            Framing::Events | Framing::NamedEvents => format!("ServerEvent<{item}>"),
            Framing::Lines | Framing::Sequence => item,
        }
    }
}

/// The input by which the server decides whether to stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamSwitch {
    /// A property of the JSON body.
    Property {
        /// The name on the wire.
        wire: String,
        /// Whether the server streams if the property is missing.
        default: bool,
    },
    /// A parameter, or a field of a form.
    Input(Ident),
}

/// A stream that an operation returns on request, as an alternative to the body.
#[derive(Clone, Debug, PartialEq)]
pub struct AlternativeStream {
    /// The items.
    pub stream: Stream,
    /// The media type that is requested.
    pub media_type: MediaType,
    /// The input by which the server decides whether to stream, if there is one.
    pub switch: Option<StreamSwitch>,
    /// What the method sets to ask for the stream, as a sentence.
    pub note: Option<String>,
    /// The call that examples show.
    pub call: ExampleCall,
    /// An example of an item in JSON.
    pub example: Option<Json>,
}
