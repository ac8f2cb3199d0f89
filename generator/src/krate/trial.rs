//! Calls that prove a crate: one for each operation, with every input that it takes.

use super::{Example, Ident};
use crate::json::Json;

/// A call with all that an operation takes, but for what is deprecated and what paging sets by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What a program calls it, such as `get_activity_by_id`; unique in the crate.
    pub name: Ident,
    /// One value for each argument of the method.
    pub arguments: Vec<TrialInput>,
    /// The setters that are called.
    pub setters: Vec<(Ident, TrialInput)>,
}

/// A value of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialInput {
    /// In Rust: a literal, or [`Example::FromJson`].
    pub value: Example,
    /// On the wire; `None` where the document says too little to make a value of its schema.
    pub wire: Option<Json>,
}
