//! What rendered Rust tells the stage that lays it out, in ways that are no Rust of the crate.

/// Stands between the lines of a doc comment: one attribute for all lines costs far less than one for each. No
/// [`Markdown`](super::Markdown) holds it.
pub const DOC_BREAK: char = '\u{1f}';
