//! What the stages have to say: plain data, no I/O.
//!
//! A leaf: every stage may use it, it uses none of them. Whoever shows a [`Diagnostic`] turns it into text by [`render`].

mod codes;
pub mod render;

use std::borrow::Cow;
use std::collections::HashSet;

pub use codes::Code;

/// One file of the document, by its index in the source map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// One node of a file's tree, by its number in the order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// Where something stands. Line, column and pointer are found from it when a message needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A value in a document's tree.
    Value(FileId, NodeId),
    /// The key under which that value stands.
    Key(FileId, NodeId),
    /// A line and a column of a text that has no tree, both from 1.
    Text(FileId, u32, u32),
    /// A file as a whole.
    File(FileId),
}

impl Place {
    /// The file that the place is in.
    pub fn file(self) -> FileId {
        match self {
            Self::Value(file, _) | Self::Key(file, _) | Self::Text(file, ..) | Self::File(file) => file,
        }
    }

    /// The key of the value at this place.
    #[must_use]
    pub fn key(self) -> Self {
        match self {
            Self::Value(file, node) => Self::Key(file, node),
            other => other,
        }
    }
}

/// What messages show of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located {
    /// The file, as told to the user.
    pub path: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// How many characters of the line are meant.
    pub length: u32,
    /// The line, or what stands around the place where the line is long.
    pub text: String,
    /// How many characters of the line stand before that text.
    pub skipped: u32,
    /// The JSON pointer of the value, in its file.
    pub pointer: Option<String>,
}

/// What knows where places are. The source map does.
pub trait Locate {
    /// What to show of a place; nothing if it is of another document.
    fn locate(&self, place: Place) -> Option<Located>;
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something to know.
    Note,
    /// Something was degraded by the rule that the code names; the SDK is written.
    Warning,
    /// No SDK can be written.
    Error,
}

/// A second place that belongs to a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where it is.
    pub place: Place,
    /// What is there.
    pub message: String,
}

/// One thing to tell the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, which also names the rule by which the node degrades.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong and what becomes of it, in one line that can stand alone.
    pub message: String,
    /// Where it is, where there is a place.
    pub place: Option<Place>,
    /// A few words under the marked text.
    pub note: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// The next step: that of the code, unless there is a better one.
    pub help: Cow<'static, str>,
}

impl Diagnostic {
    /// A diagnostic with the severity of its code.
    pub fn new(code: Code, place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: place.into(),
            note: None,
            labels: Vec::new(),
            help: Cow::Borrowed(code.help()),
        }
    }

    /// Adds the next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Cow::Owned(help.into());
        self
    }

    /// Adds a few words under the marked text.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, place: Place, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            message: message.into(),
        });
        self
    }
}

/// What has been said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Leaves out what says the same of the same place as an earlier one.
    pub fn dedup(&mut self) {
        let mut seen = HashSet::new();
        self.list
            .retain(|diagnostic| seen.insert((diagnostic.code, diagnostic.place, diagnostic.message.clone())));
    }

    /// Makes errors of the warnings.
    pub fn deny_warnings(&mut self) {
        let warnings = self
            .list
            .iter_mut()
            .filter(|diagnostic| diagnostic.severity == Severity::Warning);
        warnings.for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// All of them, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many have the severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests;
