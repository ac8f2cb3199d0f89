//! Deciding what the crate looks like.

mod doc_text;
mod names;
