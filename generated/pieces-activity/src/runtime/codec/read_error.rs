//! What stops a value from being read, and where in the document it stood.

use std::fmt::{self, Write as _};

/// The end of a read: done, or a error with its path.
pub type ReadResult<T = ()> = Result<T, Box<ReadError>>;

/// What stopped a value from being read, and where in the document it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    message: String,
    /// Innermost step first.
    steps: Vec<PathStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PathStep {
    Key(String),
    Index(usize),
}

impl ReadError {
    /// A error at the value being read.
    pub fn new(message: impl Into<String>) -> Box<Self> {
        let (message, steps) = (message.into(), Vec::new());
        Box::new(Self { message, steps })
    }

    /// The same error, seen from the object that has the value at `key`.
    #[must_use]
    pub fn at_key(mut self: Box<Self>, key: &str) -> Box<Self> {
        self.steps.push(PathStep::Key(key.to_owned()));
        self
    }

    /// The same error, seen from the array that has the value at `index`.
    #[must_use]
    pub fn at_index(mut self: Box<Self>, index: usize) -> Box<Self> {
        self.steps.push(PathStep::Index(index));
        self
    }

    /// The same place with another message, made of the present one.
    #[must_use]
    pub fn explain(mut self: Box<Self>, message: impl FnOnce(&str) -> String) -> Box<Self> {
        self.message = message(&self.message);
        self
    }

    /// What was wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The place as a JSON path, `$` for the document itself.
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for step in self.steps.iter().rev() {
            // Writing into a `String` cannot fail.
            let _ = match step {
                PathStep::Key(key) if is_plain(key) => write!(path, ".{key}"),
                PathStep::Key(key) => write!(path, "[{key:?}]"),
                PathStep::Index(index) => write!(path, "[{index}]"),
            };
        }
        path
    }
}

/// Whether a key can stand in a path without quotes.
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
