//! Errors of reading, with the JSON path.

use std::borrow::Cow;
use std::fmt;

use super::path::{Path, PathStep};

/// The result of reading a value.
pub type ReadResult<T = ()> = Result<T, Box<ReadError>>;

/// An error of reading a value, with its JSON path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    message: String,
    expected: Option<Cow<'static, str>>,
    found: Option<Cow<'static, str>>,
    /// Whether an object has a key twice.
    is_duplicate: bool,
    pub(super) path: Path,
}

impl ReadError {
    /// Creates an error at the current value.
    pub fn new(message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            message: message.into(),
            expected: None,
            found: None,
            is_duplicate: false,
            path: Path::default(),
        })
    }

    /// Creates an error for an object that has a key twice.
    pub fn duplicate(key: &str) -> Box<Self> {
        let mut error = Self::new(format!("duplicate property `{key}`"));
        error.is_duplicate = true;
        error
    }

    /// Creates an error for a value that is not what the type expects.
    pub fn mismatch(expected: impl Into<Cow<'static, str>>, found: impl Into<Cow<'static, str>>) -> Box<Self> {
        let (expected, found) = (expected.into(), found.into());
        let mut error = Self::new(format!("expected {expected}, found {found}"));
        error.expected = Some(expected);
        error.found = Some(found);
        error
    }

    /// Creates an error for a required property that is missing. The path includes the property.
    pub fn missing(key: &str) -> Box<Self> {
        let mut error = Self::new(format!("missing property `{key}`"));
        error.expected = Some(Cow::Borrowed("a required property"));
        error.found = Some(Cow::Borrowed("nothing"));
        error.at_key(key)
    }

    /// Adds the key of the object that contains the value.
    #[must_use]
    pub fn at_key(mut self: Box<Self>, key: &str) -> Box<Self> {
        self.path.enclose(PathStep::Key(key.to_owned()));
        self
    }

    /// Adds the index of the array that contains the value.
    #[must_use]
    pub fn at_index(mut self: Box<Self>, index: usize) -> Box<Self> {
        self.path.enclose(PathStep::Index(index));
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

    /// Returns what the type expects, if it is known.
    pub fn expected(&self) -> Option<&str> {
        self.expected.as_deref()
    }

    /// Returns the kind of value that was found, if it is known. It is never the value itself.
    pub fn found(&self) -> Option<&str> {
        self.found.as_deref()
    }

    /// Returns whether an object has a key twice.
    pub(super) fn is_duplicate(&self) -> bool {
        self.is_duplicate
    }

    /// Returns the kind of value that was found, or else the message, which contains no value if the kind is unknown.
    pub(super) fn found_kind(&self) -> &str {
        self.found().unwrap_or(&self.message)
    }

    /// Returns the JSON path, `$` for the whole document.
    pub fn path(&self) -> String {
        self.path.to_string()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.message, self.path)
    }
}

impl std::error::Error for ReadError {}
