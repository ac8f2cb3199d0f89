//! Reading and writing of models, for JSON bytes and for every other serde format.
//!
//! A model describes itself once, by a table of keys and two plain functions ([`Record`]); everything generic over a
//! serde format lives here and is compiled once, not once per model. That is what keeps `cargo check` of a large crate
//! short: no model carries a generic body.

mod read;
mod write;

pub use read::{Decode, Fault, Keys, Outcome, Record, Source, from_slice, from_value};
pub use write::{Encode, Encoder, Object, to_value, to_vec};

#[doc(hidden)]
pub use read::deserialize;
#[doc(hidden)]
pub use write::serialize;

/// Gives a [`Record`] its four one-line traits: the codec's own and serde's.
macro_rules! record {
    ($name:ident) => {
        impl $crate::runtime::codec::Decode for $name {
            fn vacant() -> Self {
                $crate::runtime::codec::Record::vacant()
            }
            fn read(&mut self, source: &mut dyn $crate::runtime::codec::Source) -> $crate::runtime::codec::Outcome {
                source.object(self)
            }
        }
        impl $crate::runtime::codec::Encode for $name {
            fn encode(&self, out: $crate::runtime::codec::Encoder<'_>) {
                out.object(|object| $crate::runtime::codec::Record::write(self, object));
            }
        }
        $crate::runtime::codec::forward!($name);
    };
}

/// Forwards serde's two traits to the codec.
macro_rules! forward {
    ($name:ident) => {
        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::codec::deserialize(deserializer)
            }
        }
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::codec::serialize(self, serializer)
            }
        }
    };
}

pub(crate) use {forward, record};
