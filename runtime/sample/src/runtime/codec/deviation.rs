//! Deviations: values of a response that differ from its documentation, and what was read instead.

use std::fmt;

use serde_json::Value;

use super::ReadError;
use super::path::{Path, PathStep};

/// How much a response may deviate from its documentation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadMode {
    /// Every deviation is an error.
    Strict,
    /// Values are read as far as they have only one meaning.
    #[default]
    Tolerant,
    /// In addition, values that cannot be read become the default of their type.
    Lenient,
}

/// A difference between a response and its documentation that was tolerated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    rule: DeviationRule,
    expected: String,
    found: String,
    path: Path,
}

/// The rule by which a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviationRule {
    /// Null was read as an empty list, map or object.
    NullAsEmpty,
    /// A missing member was read as the empty form of its type.
    MissingAsEmpty,
    /// A scalar was converted from another JSON type, such as a number in a string.
    Converted,
    /// An empty array was read as an empty object or map.
    ArrayAsObject,
    /// An empty string or array was read as an absent value.
    EmptyAsAbsent,
    /// An object contains a key twice, and the last value was read.
    DuplicateMember,
    /// No variant of a union matches all members, and one that knows fewer of them was read.
    PartialVariant,
    /// An item of a list could not be read and was skipped.
    ItemSkipped,
    /// A text has another format, and was kept verbatim.
    KeptAsText,
    /// The response has no body, as its status code permits, and the default of its type was returned.
    NoBody,
    /// A value could not be read and was replaced by the default of its type (lenient mode only).
    Defaulted,
}

impl DeviationRule {
    fn action(self) -> &'static str {
        match self {
            Self::NullAsEmpty | Self::MissingAsEmpty => "read as empty",
            Self::Converted => "converted",
            Self::ArrayAsObject => "read as an empty object",
            Self::EmptyAsAbsent => "read as absent",
            Self::DuplicateMember => "the last value was read",
            Self::PartialVariant => "a variant with fewer members was read",
            Self::ItemSkipped => "skipped",
            Self::KeptAsText => "kept verbatim",
            Self::NoBody | Self::Defaulted => "replaced by the default",
        }
    }
}

impl Deviation {
    pub(crate) fn new(rule: DeviationRule, expected: &str, found: &str) -> Self {
        Self {
            rule,
            expected: expected.to_owned(),
            found: found.to_owned(),
            path: Path::default(),
        }
    }

    /// Creates the deviation for an error that did not end the read.
    pub(super) fn recovered(rule: DeviationRule, error: &ReadError) -> Self {
        let (expected, found) = (error.expected().unwrap_or("a valid value"), error.message());
        let mut deviation = Self::new(rule, expected, error.found().unwrap_or(found));
        deviation.path = error.path.clone();
        deviation
    }

    /// Returns the rule by which the value was read.
    pub fn rule(&self) -> DeviationRule {
        self.rule
    }

    /// Returns the JSON path of the value.
    pub fn path(&self) -> String {
        self.path.to_string()
    }

    /// Returns what the documentation expects.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Returns the kind of value that was found. It is never the value itself.
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rule,
            expected,
            found,
            path,
        } = self;
        write!(f, "expected {expected}, found {found} at {path}: {}", rule.action())
    }
}

/// An item of a list that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct SkippedItem {
    error: Box<ReadError>,
    value: Value,
}

impl SkippedItem {
    /// Returns why the item could not be read. Its path begins at the response body.
    pub fn error(&self) -> &ReadError {
        &self.error
    }

    /// Returns the item as JSON.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

/// What was noticed while a document was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadReport {
    /// The tolerated differences.
    pub deviations: Vec<Deviation>,
    /// The items that could not be read.
    pub skipped: Vec<SkippedItem>,
}

/// A position in a report, to which it can be reset.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    deviations: usize,
    skipped: usize,
}

impl ReadReport {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            deviations: self.deviations.len(),
            skipped: self.skipped.len(),
        }
    }

    /// Forgets everything after `mark`.
    pub(super) fn reset(&mut self, mark: Mark) {
        self.deviations.truncate(mark.deviations);
        self.skipped.truncate(mark.skipped);
    }

    pub(super) fn skip(&mut self, error: Box<ReadError>, value: &Value) {
        let rule = DeviationRule::ItemSkipped;
        self.deviations.push(Deviation::recovered(rule, &error));
        let value = value.clone();
        self.skipped.push(SkippedItem { error, value });
    }

    /// Adds the step from the enclosing array or object to everything after `mark`.
    pub(super) fn enclose(&mut self, mark: Mark, step: &PathStep) {
        for deviation in &mut self.deviations[mark.deviations..] {
            deviation.path.enclose(step.clone());
        }
        for item in &mut self.skipped[mark.skipped..] {
            item.error.path.enclose(step.clone());
        }
    }
}
