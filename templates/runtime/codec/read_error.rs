//! Errors of reading, with the JSON path.

use std::fmt::{self, Write as _};

/// The result of reading a value.
pub type ReadResult<T = ()> = Result<T, Box<ReadError>>;

/// An error of reading a value, with its JSON path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    message: String,
    /// The steps of the path, innermost first.
    steps: Vec<PathStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PathStep {
    Key(String),
    Index(usize),
}

impl ReadError {
    /// Creates an error at the current value.
    pub fn new(message: impl Into<String>) -> Box<Self> {
        let (message, steps) = (message.into(), Vec::new());
        Box::new(Self { message, steps })
    }

    /// Adds the key of the object that contains the value.
    #[must_use]
    pub fn at_key(mut self: Box<Self>, key: &str) -> Box<Self> {
        self.steps.push(PathStep::Key(key.to_owned()));
        self
    }

    /// Adds the index of the array that contains the value.
    #[must_use]
    pub fn at_index(mut self: Box<Self>, index: usize) -> Box<Self> {
        self.steps.push(PathStep::Index(index));
        self
    }

    /// Replaces the message by one that is derived from it.
    #[must_use]
    pub fn explain(mut self: Box<Self>, message: impl FnOnce(&str) -> String) -> Box<Self> {
        self.message = message(&self.message);
        self
    }

    /// Returns the message, without the path.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the JSON path, `$` for the whole document.
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for step in self.steps.iter().rev() {
            // Writing to a `String` cannot fail.
            let _ = match step {
                PathStep::Key(key) if is_plain(key) => write!(path, ".{key}"),
                PathStep::Key(key) => write!(path, "[{key:?}]"),
                PathStep::Index(index) => write!(path, "[{index}]"),
            };
        }
        path
    }
}

/// Returns whether a key needs no quotes in a path.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.message, self.path())
    }
}

impl std::error::Error for ReadError {}
