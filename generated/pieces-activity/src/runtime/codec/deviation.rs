//! Deviations: values of a response that differ from the API description, and how they were decoded.

use std::fmt;

use serde_json::Value;

use super::ReadError;
use super::path::{Path, PathStep};

/// How much a response may deviate from the API description.
///
/// Except in strict mode, a value that cannot be decoded costs as little as possible: the innermost optional or nullable property, list
/// item or map entry that contains it is left out. A list in a list is left out as a whole, because the positions of its items may
/// have a meaning, and a union prefers a variant that can represent the whole value. If nothing can be left out, decoding fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadMode {
    /// Every deviation is an error.
    Strict,
    /// Deviations that have only one possible meaning are accepted, and parts that cannot be decoded are left out.
    #[default]
    Tolerant,
    /// Like `Tolerant`, and unknown values and properties are reported as deviations too.
    Reporting,
    /// In addition, a required value that cannot be decoded is replaced by the default of its type.
    Lenient,
}

/// A difference between a response and the API description that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    rule: DeviationRule,
    expected: String,
    found: String,
    path: Path,
    /// The number of steps of the path that are inside the value that was left out.
    inside: usize,
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
    /// The value of an optional or nullable property could not be decoded, and the property was decoded as absent.
    UnreadableAsAbsent,
    /// An object contains a key twice, and the last value was used.
    DuplicateProperty,
    /// No variant of a union matches all properties, and a variant with fewer properties was used.
    PartialVariant,
    /// No variant of a union matches, and the value was kept verbatim.
    UnknownVariant,
    /// An item of a list or an entry of a map could not be decoded, or was null, and was left out.
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
            Self::UnreadableAsAbsent => false,
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
            Self::EmptyAsAbsent | Self::UnreadableAsAbsent => "decoded as absent",
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
            inside: 0,
        }
    }

    /// Creates the deviation for an error after which decoding continued. `inside` is the number of steps of the error's path that
    /// are inside the value that was left out.
    pub(super) fn recovered(rule: DeviationRule, error: &ReadError, inside: usize) -> Self {
        let expected = error.expected().unwrap_or("a valid value");
        let mut deviation = Self::new(rule, expected, error.found_kind());
        deviation.path = error.path.clone();
        deviation.inside = inside;
        deviation
    }

    /// Returns whether a value was left out or replaced.
    pub(crate) fn is_loss(&self) -> bool {
        matches!(
            self.rule,
            DeviationRule::UnreadableAsAbsent | DeviationRule::ItemSkipped | DeviationRule::Defaulted
        )
    }

    /// Returns whether a value was left out or replaced that is not in a list.
    #[doc(hidden)]
    pub fn is_loss_outside_lists(&self) -> bool {
        self.is_loss() && !self.path.without(self.inside).is_in_array()
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

    /// Returns the JSON path of the value that differs.
    pub fn path(&self) -> String {
        self.path.to_string()
    }

    /// Returns the JSON path of the value that was decoded in another way: the value at [`path`](Self::path), or the optional
    /// property, list item or map entry around it that was left out.
    pub fn affected_path(&self) -> String {
        self.path.without(self.inside).to_string()
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
            inside,
        } = self;
        write!(f, "expected {expected}, found {found} at {path}: ")?;
        if *inside > 0 {
            write!(f, "{} ", path.without(*inside))?;
        }
        f.write_str(rule.action())
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
#[derive(Clone, Copy, Default)]
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
        self.deviations
            .push(Deviation::recovered(rule, &error, error.path.len()));
        let value = value.clone();
        self.skipped.push(SkippedItem { error, value });
    }

    /// Returns the number of deviations after `mark` by which a value was left out or replaced.
    pub(crate) fn losses(&self, mark: Mark) -> usize {
        let deviations = self.deviations[mark.deviations..].iter();
        deviations.filter(|deviation| deviation.is_loss()).count()
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.losses(Mark::default()) == 0
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
