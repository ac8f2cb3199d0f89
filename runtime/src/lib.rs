//! The runtime of generated SDKs, and a generated client for its tests.
//!
//! The files of `templates/runtime` and of `sample` are mounted at their place in a generated crate. `sample` is the SDK of
//! `spec/acme-activities.yaml`, which `cargo run` regenerates. It is formatted as it is generated.

#[rustfmt::skip]
#[path = "../sample/src/api/mod.rs"]
pub mod api;
#[rustfmt::skip]
#[path = "../sample/src/client.rs"]
mod client;
#[rustfmt::skip]
#[path = "../sample/src/errors.rs"]
pub mod errors;
#[rustfmt::skip]
#[path = "../sample/src/models/mod.rs"]
pub mod models;
#[path = "../../templates/runtime/mod.rs"]
pub mod runtime;
#[rustfmt::skip]
#[path = "../sample/src/security.rs"]
mod security;

pub use client::{Client, ClientBuilder, Server};
#[cfg(feature = "tower")]
pub use runtime::tower::TowerTransport;

/// The result of a call.
pub type Result<T, E = runtime::Unexpected> = std::result::Result<T, runtime::Error<E>>;
