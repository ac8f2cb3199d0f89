//! What a generated crate looks like, written by hand: the tests of the runtime call it, and the generator writes the same.

mod client;

pub mod api;
pub mod errors;
pub mod models;

pub use client::{Client, ClientBuilder, Server};

/// What a call gives.
pub type Result<T, E = crate::runtime::Unexpected> = std::result::Result<T, crate::runtime::Error<E>>;
