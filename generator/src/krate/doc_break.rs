//! The separator of doc lines in rendered Rust, which the `format` stage replaces.

/// The character between the lines of a doc comment in rendered tokens. One attribute for all lines is much cheaper to
/// parse than one attribute a line. No [`Markdown`](super::Markdown) contains it.
pub const DOC_BREAK: char = '\u{1f}';
