//! Words for readers.

use std::fmt;

/// CommonMark that rustdoc and every Markdown viewer show as it was meant: no raw HTML, no bare address, no bracket that is
/// taken for a link, foreign code fenced and labelled, no control character. Lines are not wrapped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Markdown(String);

impl Markdown {
    /// Takes a text that is safe already.
    pub fn safe(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is said about an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// One line that ends with a full stop. Never empty: where the document says nothing, it is made from the names.
    pub summary: Markdown,
    /// The rest; empty where there is none.
    pub body: Markdown,
    /// Why not to use it any more, and what to use instead; empty where the document does not say.
    pub deprecated: Option<String>,
}

impl Doc {
    /// One line alone.
    pub fn line(summary: impl Into<String>) -> Self {
        Self {
            summary: Markdown::safe(summary),
            ..Self::default()
        }
    }

    /// Summary and body as one text.
    pub fn text(&self) -> String {
        match (self.summary.is_empty(), self.body.is_empty()) {
            (_, true) => self.summary.to_string(),
            (true, false) => self.body.to_string(),
            (false, false) => format!("{}\n\n{}", self.summary, self.body),
        }
    }
}
