//! A small client for the tests of the runtime. It is written by hand and has the structure of a generated crate.

mod client;

pub mod api;
pub mod errors;
pub mod models;

pub use client::{Client, ClientBuilder, Server};

/// The result of a call.
pub type Result<T, E = crate::runtime::Unexpected> = std::result::Result<T, crate::runtime::Error<E>>;
