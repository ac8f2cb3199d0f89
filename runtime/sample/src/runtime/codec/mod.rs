//! Reading and writing of models, from and to JSON and every other serde format.
//!
//! A model implements [`Wire`] with a table of its keys and a few non-generic functions. All code that is generic over a
//! serde format is here and compiled once instead of once per model, which keeps the compile time of a large crate short.

// Which macros an SDK uses depends on its models.
#![allow(unused_imports, unused_macros)]

mod base64;
mod constructors;
mod deviation;
mod nullable;
mod path;
mod read;
mod read_error;
mod record;
mod sink;
mod source;
mod tree;
mod tree_writer;
mod values;
mod wire;
mod write;

pub use base64::Base64;
pub use deviation::{Deviation, DeviationRule, ReadMode, ReadReport, SkippedItem};
pub use nullable::Nullable;
pub use path::PathStep;
pub use read::{bool_property, deserialize, from_slice, read_response, read_response_into};
pub use read_error::{ReadError, ReadResult};
pub use record::{Keys, Presence, Redacted, read_record};
pub use sink::serialize;
pub use source::{Entries, Hint, Read, ReadContext, Source, decode};
pub use tree::{from_untyped, from_value};
pub use tree_writer::{RequestText, scalar_text, to_request_texts, to_request_value};
pub use wire::{Scalar, Wire};
pub use write::{Array, Encoder, Object, to_request_body, to_request_text, to_vec};

/// Implements serde's two traits in terms of [`Wire`].
macro_rules! serde {
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

/// Implements [`Wire`] for a type with one field, which is its value on the wire.
macro_rules! newtype {
    (name: $name:ident $(,)?) => {
        impl $crate::runtime::codec::Wire for $name {
            fn empty() -> Self {
                Self($crate::runtime::codec::Wire::empty())
            }
            fn read(&mut self, source: &mut dyn $crate::runtime::codec::Source) -> $crate::runtime::codec::ReadResult {
                self.0.read(source)
            }
            fn encode(&self, out: $crate::runtime::codec::Encoder<'_>) {
                self.0.encode(out);
            }
            fn scalar(&self) -> Option<$crate::runtime::codec::Scalar<'_>> {
                self.0.scalar()
            }
        }
        $crate::runtime::codec::serde!($name);
    };
}

pub(crate) use constructors::{conversions, null_setters, setters};
pub(crate) use record::{keys, record, redacted_debug};
pub(crate) use {newtype, serde};
