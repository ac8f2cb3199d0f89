//! The shared machinery of the SDK.

pub mod codec;
