//! Documentation text.

use std::fmt;

/// CommonMark that rustdoc and every Markdown viewer render the same way: no raw HTML, no bare URL, no bracket that
/// could be read as a link, code blocks fenced and labeled, no control characters. Lines are not wrapped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Markdown(String);

impl Markdown {
    /// Creates a value from text that is already safe.
    pub fn from_safe_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The documentation of an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// One line that ends with a full stop. Where the document has no text, it is derived from the name. Empty if the
    /// derived text would only repeat the name.
    pub summary: Markdown,
    /// Whether the document has no text for the item, so that the summary is derived.
    pub is_derived: bool,
    /// The text after the summary. May be empty.
    pub body: Markdown,
    /// The last paragraph, with facts that pages show in other places, such as the default. May be empty.
    pub notes: Markdown,
    /// The deprecation note: why the item is deprecated and what to use instead. Empty if the document has no reason.
    pub deprecated: Option<String>,
}

impl Doc {
    /// Creates a doc that consists of a summary.
    pub fn from_summary(summary: impl Into<String>) -> Self {
        Self {
            summary: Markdown::from_safe_text(summary),
            ..Self::default()
        }
    }

    /// Returns summary, body and notes as one text.
    pub fn to_markdown(&self) -> String {
        let parts = [&self.summary, &self.body, &self.notes].map(Markdown::as_str);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n\n")
    }
}
