//! Reads an OpenAPI document and writes the Rust SDK crate of the API. See README.md and ARCHITECTURE.md.

pub mod bundle;
pub mod config;
pub mod diagnostics;
pub mod document;
pub mod ir;
pub mod json;
pub mod krate;
pub mod output;
pub mod read;
pub mod source;
pub mod plan;
