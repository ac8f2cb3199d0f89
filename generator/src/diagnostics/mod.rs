//! Diagnostics: the errors, warnings and notes of all stages, as plain data without I/O.
//!
//! A leaf module: every stage may use it, and it uses none of them. [`render`] turns a [`Diagnostic`] into text.

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

/// A position in a file. Line, column and pointer are computed from it when a diagnostic is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A value in a document's tree.
    Value(FileId, NodeId),
    /// The key of that value.
    Key(FileId, NodeId),
    /// A line and a column, both starting at 1, of a text without a tree.
    Text(FileId, u32, u32),
    /// A file as a whole.
    File(FileId),
}

impl Place {
    /// Returns the file of the place.
    pub fn file(self) -> FileId {
        match self {
            Self::Value(file, _) | Self::Key(file, _) | Self::Text(file, ..) | Self::File(file) => file,
        }
    }

    /// Returns the place of the key of this value.
    #[must_use]
    pub fn key(self) -> Self {
        match self {
            Self::Value(file, node) => Self::Key(file, node),
            other => other,
        }
    }
}

/// The details of a place that a diagnostic shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located {
    /// The path of the file, as printed.
    pub path: String,
    /// The line, starting at 1; 0 for the file as a whole.
    pub line: u32,
    /// The column in characters, starting at 1.
    pub column: u32,
    /// The number of marked characters.
    pub length: u32,
    /// The line, or an excerpt around the place if the line is long.
    pub text: String,
    /// The number of characters of the line before that excerpt.
    pub skipped: u32,
    /// The JSON pointer of the value, in its file.
    pub pointer: Option<String>,
}

/// Finds the details of a place. The source map implements it.
pub trait Locate {
    /// Returns the details of a place, or `None` if it is in another document.
    fn locate(&self, place: Place) -> Option<Located>;
}

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Information that rarely requires action; shown with `--verbose`.
    Note,
    /// A part of the document is degraded by the rule of the code; the SDK is written.
    Warning,
    /// The SDK cannot be written.
    Error,
}

/// A second place that belongs to a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The position.
    pub place: Place,
    /// The text next to the position.
    pub message: String,
}

/// An error, a warning or a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code, which has the name of the rule that applies.
    pub code: Code,
    /// The severity, which can differ from that of the code.
    pub severity: Severity,
    /// What is wrong and what sdkwright does about it, in one sentence.
    pub message: String,
    /// The position, if there is one.
    pub place: Option<Place>,
    /// A short text under the marked characters.
    pub note: Option<String>,
    /// Other positions that are related.
    pub labels: Vec<Label>,
    /// The next step; by default, that of the code.
    pub help: Cow<'static, str>,
}

impl Diagnostic {
    /// Creates a diagnostic with the severity and the next step of its code.
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

    /// Sets the next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Cow::Owned(help.into());
        self
    }

    /// Sets the text under the marked characters.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds a related position.
    #[must_use]
    pub fn label(mut self, place: Place, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            message: message.into(),
        });
        self
    }
}

/// A list of diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Removes diagnostics with the code, place and message of an earlier one.
    pub fn dedup(&mut self) {
        let mut seen = HashSet::new();
        self.list
            .retain(|diagnostic| seen.insert((diagnostic.code, diagnostic.place, diagnostic.message.clone())));
    }

    /// Turns all warnings into errors.
    pub fn deny_warnings(&mut self) {
        let warnings = self
            .list
            .iter_mut()
            .filter(|diagnostic| diagnostic.severity == Severity::Warning);
        warnings.for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }

    /// Changes the severity of each diagnostic to the returned one, and removes those for which `severity` returns `None`.
    pub fn set_severities(&mut self, severity: impl Fn(&Diagnostic) -> Option<Severity>) {
        self.list.retain_mut(|diagnostic| match severity(diagnostic) {
            Some(severity) => {
                diagnostic.severity = severity;
                true
            }
            None => false,
        });
    }

    /// Appends another list.
    pub fn append(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Returns all diagnostics in the order in which they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Returns whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the number of diagnostics with a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Returns whether the list contains an error.
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
