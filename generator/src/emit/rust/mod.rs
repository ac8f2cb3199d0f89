//! The sources of the library: models, operations, groups, the client, errors, and the modules of the runtime.

mod access;
mod alternatives;
pub mod call_options;
pub mod client;
mod client_parameters;
mod constructors;
mod credentials;
pub mod errors;
pub mod groups;
pub mod headers;
pub mod inputs;
pub mod links;
pub mod models;
pub mod operations;
mod output_enum;
pub mod package;
mod pagination;
mod polling;
mod retries;
pub mod root;
pub mod runtime;
pub mod security;
mod streams;
mod style_rules;
mod unions;
pub mod webhooks;
pub mod xml;
