//! Reads an OpenAPI document and writes the Rust SDK crate of the API. See README.md and ARCHITECTURE.md.

pub mod bundle;
#[doc(hidden)]
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod document;
pub mod emit;
pub mod format;
mod generator;
pub mod ir;
pub mod json;
pub mod krate;
pub mod load;
pub mod lower;
mod net;
pub mod overlay;
pub mod plan;
pub mod read;
pub mod session;
pub mod write;

pub use generator::{Error, Generator, Report};
pub use session::Input;
