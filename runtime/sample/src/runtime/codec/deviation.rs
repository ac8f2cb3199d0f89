//! Deviations: values of a response that differ from the API description, and how they were decoded.

use std::fmt;

use serde_json::Value;

use super::ReadError;
use super::path::{Path, PathStep};

/// How much a response may deviate from the API description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadMode {
    /// Every deviation is an error.
    Strict,
    /// Deviations that have only one possible meaning are accepted.
    #[default]
    Tolerant,
    /// Like `Tolerant`, and unknown values and properties are reported as deviations too.
    Reporting,
    /// In addition, a value that cannot be decoded is replaced by the default of its type.
    Lenient,
}

/// A difference between a response and the API description that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    rule: DeviationRule,
    expected: String,
    found: String,
    path: Path,
}

/// The rule by which a value was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviationRule {
    /// Null was decoded as an empty list, map or object.
    NullAsEmpty,
    /// A missing property was decoded as the empty value of its type.
    MissingAsEmpty,
    /// A scalar was converted from another form, such as a number in a string, or a string without quotes.
    Converted,
    /// A number has more digits than its type, and was rounded.
    Rounded,
    /// An empty array was decoded as an empty object or map.
    ArrayAsObject,
    /// An empty object was decoded as an empty list.
    ObjectAsArray,
    /// An empty string or array was decoded as an absent value.
    EmptyAsAbsent,
    /// An object contains a key twice, and the last value was used.
    DuplicateProperty,
    /// No variant of a union matches all properties, and a variant with fewer properties was used.
    PartialVariant,
    /// No variant of a union matches, and the value was kept verbatim.
    UnknownVariant,
    /// An item of a list could not be decoded and was skipped, or an item or map entry was null and was left out.
    ItemSkipped,
    /// A string has another format, and was kept verbatim.
    KeptAsText,
    /// Elements of XML are nested or named otherwise, such as a list in a separate element, and were read by their content.
    OtherElements,
    /// A value of an enum is not documented, and was kept (reported on request only).
    UnknownValue,
    /// A property is not documented, and was ignored (reported on request only).
    UndocumentedProperty,
    /// A success has an undocumented status code, and was read like the nearest documented one (reported on request only).
    UndocumentedStatus,
    /// The response has no body, as its status code permits, and the default of its type was returned.
    NoBody,
    /// A value could not be decoded and was replaced by the default of its type (lenient mode only).
    Defaulted,
}

impl DeviationRule {
    /// Returns whether a format without the types of JSON requires this form, such as text for a number.
    pub(super) fn is_untyped_form(self) -> bool {
        match self {
            Self::NullAsEmpty | Self::MissingAsEmpty | Self::ArrayAsObject | Self::ObjectAsArray => true,
            Self::Converted | Self::EmptyAsAbsent => true,
            Self::Rounded | Self::DuplicateProperty | Self::PartialVariant | Self::UnknownVariant => false,
            Self::ItemSkipped | Self::KeptAsText | Self::OtherElements | Self::NoBody | Self::Defaulted => false,
            Self::UnknownValue | Self::UndocumentedProperty | Self::UndocumentedStatus => false,
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::NullAsEmpty | Self::MissingAsEmpty => "decoded as empty",
            Self::Converted => "converted",
            Self::Rounded => "rounded",
            Self::ArrayAsObject => "decoded as an empty object",
            Self::ObjectAsArray => "decoded as an empty list",
            Self::EmptyAsAbsent => "decoded as absent",
            Self::DuplicateProperty => "the last value was used",
            Self::PartialVariant => "a variant with fewer properties was used",
            Self::ItemSkipped => "skipped",
            Self::UndocumentedProperty => "ignored",
            Self::UndocumentedStatus => "read like the nearest documented one",
            Self::UnknownValue | Self::UnknownVariant | Self::KeptAsText => "kept verbatim",
            Self::OtherElements => "read by their content",
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

    /// Creates the deviation for an error after which decoding continued.
    pub(super) fn recovered(rule: DeviationRule, error: &ReadError) -> Self {
        let expected = error.expected().unwrap_or("a valid value");
        let mut deviation = Self::new(rule, expected, error.found_kind());
        deviation.path = error.path.clone();
        deviation
    }

    /// Returns the error of a mode in which the deviation is not accepted.
    #[doc(hidden)]
    pub fn to_error(&self) -> Box<ReadError> {
        let mut error = ReadError::mismatch(self.expected.clone(), self.found.clone());
        error.path = self.path.clone();
        error
    }

    /// Adds the index of the array that contains the value.
    #[must_use]
    pub fn at_index(mut self, index: usize) -> Self {
        self.path.enclose(PathStep::Index(index));
        self
    }

    /// Returns the rule by which the value was decoded.
    pub fn rule(&self) -> DeviationRule {
        self.rule
    }

    /// Returns the JSON path of the value.
    pub fn path(&self) -> String {
        self.path.to_string()
    }

    /// Returns what the API description documents.
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

/// An item of a list that could not be decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct SkippedItem {
    error: Box<ReadError>,
    value: Value,
}

impl SkippedItem {
    /// Returns why the item could not be decoded. Its path begins at the response body.
    pub fn error(&self) -> &ReadError {
        &self.error
    }

    /// Returns the item as JSON.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

/// The deviations and skipped items of a decoded document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadReport {
    /// The accepted deviations.
    pub deviations: Vec<Deviation>,
    /// The items that could not be decoded.
    pub skipped: Vec<SkippedItem>,
}

/// A position in a report, to which it can be reset.
#[derive(Clone, Copy)]
pub struct Mark {
    deviations: usize,
    skipped: usize,
}

impl ReadReport {
    pub(crate) fn mark(&self) -> Mark {
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
    pub(crate) fn enclose(&mut self, mark: Mark, step: &PathStep) {
        for deviation in &mut self.deviations[mark.deviations..] {
            deviation.path.enclose(step.clone());
        }
        for item in &mut self.skipped[mark.skipped..] {
            item.error.path.enclose(step.clone());
        }
    }
}
