//! Harness of the runtime that every generated SDK carries: the files of `templates/runtime/`, mounted where they stand.

#[path = "../../templates/runtime/mod.rs"]
pub mod runtime;
pub mod sample;
