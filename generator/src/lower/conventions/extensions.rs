//! Vendor extensions: one table of the supported ones, and functions that read their values.
//!
//! To support another extension, add a line to [`TABLE`]. If several have the same meaning, the first in the table
//! takes precedence.

use crate::document::Extensions;
use crate::json::Json;

/// The meaning of an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Meaning {
    /// The name of a method in the SDK.
    Method,
    /// The group of an operation.
    Group,
    /// The name of a parameter, property or named schema in the SDK.
    Name,
    /// The name of the type of a schema. It is not the name of a property that has this schema.
    TypeName,
    /// The name of the body argument.
    BodyName,
    /// The exclusion of an item from the SDK.
    Ignore,
    /// The deprecation message.
    Deprecation,
    /// The operation that replaces a deprecated one.
    Replacement,
    /// The names of enum values in the SDK.
    EnumNames,
    /// The descriptions of enum values.
    EnumDescriptions,
    /// Whether an enum may have unlisted values.
    OpenEnum,
    /// The known values of an open enum.
    OpenValues,
    /// The discriminator value of a schema.
    DiscriminatorValue,
    /// The property of an error that is the message.
    ErrorMessage,
    /// The pagination of an operation.
    Pagination(Dialect),
    /// The retry policy of an operation.
    Retries,
    /// Whether an operation is idempotent.
    Idempotent,
    /// Whether an operation continues after its response.
    LongRunning,
    /// Where the result of such an operation is.
    FinalState,
}

/// The vendor whose pagination extension is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Dialect {
    /// `x-speakeasy-pagination`
    Speakeasy,
    /// `x-fern-pagination`
    Fern,
    /// `x-ms-pageable`
    Microsoft,
    /// `x-pagination` of Datadog
    Datadog,
}

const TABLE: &[(&str, Meaning)] = &[
    ("x-sdkwright-name", Meaning::Method),
    ("x-speakeasy-name-override", Meaning::Method),
    ("x-fern-sdk-method-name", Meaning::Method),
    ("x-rust-name", Meaning::Method),
    ("x-ms-client-name", Meaning::Method),
    ("x-sdkwright-group", Meaning::Group),
    ("x-speakeasy-group", Meaning::Group),
    ("x-fern-sdk-group-name", Meaning::Group),
    ("x-sdkwright-name", Meaning::Name),
    ("x-rust-name", Meaning::Name),
    ("x-rust-type", Meaning::TypeName),
    ("x-speakeasy-name-override", Meaning::Name),
    ("x-fern-parameter-name", Meaning::Name),
    ("x-fern-property-name", Meaning::Name),
    ("x-fern-type-name", Meaning::TypeName),
    ("x-stainless-param", Meaning::Name),
    ("x-ms-client-name", Meaning::Name),
    ("x-codegen-request-body-name", Meaning::BodyName),
    ("x-ms-requestBody-name", Meaning::BodyName),
    ("x-sdkwright-ignore", Meaning::Ignore),
    ("x-speakeasy-ignore", Meaning::Ignore),
    ("x-fern-ignore", Meaning::Ignore),
    ("x-speakeasy-deprecation-message", Meaning::Deprecation),
    ("x-deprecation-message", Meaning::Deprecation),
    ("x-deprecated-message", Meaning::Deprecation),
    ("x-speakeasy-deprecation-replacement", Meaning::Replacement),
    ("x-enum-varnames", Meaning::EnumNames),
    ("x-enumNames", Meaning::EnumNames),
    ("x-enum-names", Meaning::EnumNames),
    ("x-enum-values", Meaning::EnumNames),
    ("x-speakeasy-enums", Meaning::EnumNames),
    ("x-ms-enum", Meaning::EnumNames),
    ("x-fern-enum", Meaning::EnumNames),
    ("x-enum-descriptions", Meaning::EnumDescriptions),
    ("x-enumDescriptions", Meaning::EnumDescriptions),
    ("x-speakeasy-enum-descriptions", Meaning::EnumDescriptions),
    ("x-ms-enum", Meaning::EnumDescriptions),
    ("x-fern-enum", Meaning::EnumDescriptions),
    ("x-aai-enum", Meaning::EnumDescriptions),
    ("x-speakeasy-unknown-values", Meaning::OpenEnum),
    ("x-extensible-enum", Meaning::OpenValues),
    ("x-enum", Meaning::OpenValues),
    ("x-ms-discriminator-value", Meaning::DiscriminatorValue),
    ("x-discriminator-value", Meaning::DiscriminatorValue),
    ("x-speakeasy-error-message", Meaning::ErrorMessage),
    ("x-speakeasy-pagination", Meaning::Pagination(Dialect::Speakeasy)),
    ("x-fern-pagination", Meaning::Pagination(Dialect::Fern)),
    ("x-ms-pageable", Meaning::Pagination(Dialect::Microsoft)),
    ("x-pagination", Meaning::Pagination(Dialect::Datadog)),
    ("x-speakeasy-retries", Meaning::Retries),
    ("x-fern-retries", Meaning::Retries),
    ("x-idempotent", Meaning::Idempotent),
    ("x-fern-idempotent", Meaning::Idempotent),
    ("x-ms-long-running-operation", Meaning::LongRunning),
    ("x-ms-long-running-operation-options", Meaning::FinalState),
];

/// Returns the keys and values of the extensions with a meaning, in order of precedence.
fn values(extensions: &Extensions, meaning: Meaning) -> impl Iterator<Item = (&'static str, &Json)> {
    // Most nodes have no extensions.
    let table = if extensions.is_empty() { &[] } else { TABLE };
    let known = table.iter().filter(move |(_, other)| *other == meaning);
    known.filter_map(|(key, _)| Some((*key, extensions.get(*key)?)))
}

fn string_value(extensions: &Extensions, meaning: Meaning) -> Option<String> {
    let mut texts = values(extensions, meaning).filter_map(|(_, value)| value.as_str());
    texts
        .find(|text| !text.trim().is_empty())
        .map(|text| text.trim().to_owned())
}

/// Returns the name of a method.
pub(in crate::lower) fn method(extensions: &Extensions) -> Option<String> {
    string_value(extensions, Meaning::Method)
}

/// Returns the name of a parameter, property or schema.
pub(in crate::lower) fn name(extensions: &Extensions) -> Option<String> {
    string_value(extensions, Meaning::Name)
}

/// Returns the name of the type of a named schema.
pub(in crate::lower) fn type_name(extensions: &Extensions) -> Option<String> {
    name(extensions).or_else(|| string_value(extensions, Meaning::TypeName))
}

/// Returns the name of the body argument.
pub(in crate::lower) fn body_name(extensions: &Extensions) -> Option<String> {
    string_value(extensions, Meaning::BodyName)
}

/// Returns the path of a group: `client.activity`, or a list of names.
pub(in crate::lower) fn group(extensions: &Extensions) -> Option<Vec<String>> {
    values(extensions, Meaning::Group).find_map(|(_, value)| {
        let path: Vec<String> = match value {
            Json::String(path) => path.split('.').map(|segment| segment.trim().to_owned()).collect(),
            Json::Array(segments) => segments
                .iter()
                .filter_map(|segment| segment.as_str().map(str::to_owned))
                .collect(),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Object(_) => return None,
        };
        let path: Vec<String> = path.into_iter().filter(|segment| !segment.is_empty()).collect();
        (!path.is_empty()).then_some(path)
    })
}

/// Returns the key that excludes an item from the SDK, if one does.
pub(in crate::lower) fn exclusion(extensions: &Extensions) -> Option<&'static str> {
    values(extensions, Meaning::Ignore)
        .find(|(_, value)| value.as_bool() == Some(true))
        .map(|(key, _)| key)
}

/// Returns the deprecation message.
pub(in crate::lower) fn deprecation(extensions: &Extensions) -> Option<String> {
    let instead = || string_value(extensions, Meaning::Replacement).map(|other| format!("Use `{other}` instead."));
    string_value(extensions, Meaning::Deprecation).or_else(instead)
}

/// Returns the discriminator value of a schema.
pub(in crate::lower) fn discriminator_value(extensions: &Extensions) -> Option<String> {
    string_value(extensions, Meaning::DiscriminatorValue)
}

/// Returns whether a property of an error is its message.
pub(in crate::lower) fn is_error_message(extensions: &Extensions) -> bool {
    values(extensions, Meaning::ErrorMessage).any(|(_, value)| value.as_bool() == Some(true))
}

/// Returns the declared pagination of an operation.
pub(in crate::lower) fn pagination(extensions: &Extensions) -> Option<(Dialect, &'static str, &Json)> {
    let dialects = [Dialect::Speakeasy, Dialect::Fern, Dialect::Microsoft, Dialect::Datadog];
    dialects.into_iter().find_map(|dialect| {
        let (key, value) = values(extensions, Meaning::Pagination(dialect)).next()?;
        Some((dialect, key, value))
    })
}

/// Returns the declared retry policy of an operation.
pub(in crate::lower) fn retries(extensions: &Extensions) -> Option<&Json> {
    values(extensions, Meaning::Retries).next().map(|(_, value)| value)
}

/// Returns whether an operation is declared idempotent.
pub(in crate::lower) fn idempotent(extensions: &Extensions) -> Option<bool> {
    values(extensions, Meaning::Idempotent).find_map(|(_, value)| value.as_bool())
}

/// Returns the key that declares an operation as long-running, if one does.
pub(in crate::lower) fn long_running(extensions: &Extensions) -> Option<&'static str> {
    values(extensions, Meaning::LongRunning)
        .find(|(_, value)| value.as_bool() == Some(true))
        .map(|(key, _)| key)
}

/// Returns the key and the value that declare where the result of a long-running operation is.
pub(in crate::lower) fn final_state(extensions: &Extensions) -> Option<(&'static str, &str)> {
    values(extensions, Meaning::FinalState)
        .find_map(|(key, value)| Some((key, value.get("final-state-via")?.as_str()?)))
}

/// Returns the key and the reference that declare the schema of the result of a long-running operation.
pub(in crate::lower) fn final_state_schema(extensions: &Extensions) -> Option<(&'static str, &str)> {
    values(extensions, Meaning::FinalState).find_map(|(key, value)| {
        let schema = value.get("final-state-schema")?;
        Some((key, schema.get("$ref").unwrap_or(schema).as_str()?))
    })
}

/// Returns whether an enum is declared open or closed.
pub(in crate::lower) fn open_enum(extensions: &Extensions) -> Option<bool> {
    values(extensions, Meaning::OpenEnum).find_map(|(_, value)| match value.as_str() {
        Some("allow") => Some(true),
        Some("disallow") => Some(false),
        _ => None,
    })
}

/// Returns the known values of an open enum.
pub(in crate::lower) fn open_values(extensions: &Extensions) -> Option<&[Json]> {
    values(extensions, Meaning::OpenValues).find_map(|(_, value)| value.as_array())
}

/// The names and descriptions of enum values.
#[derive(Debug, Default)]
pub(in crate::lower) struct EnumLabels<'e> {
    names: Vec<&'e Json>,
    descriptions: Vec<&'e Json>,
}

impl<'e> EnumLabels<'e> {
    pub(in crate::lower) fn of(extensions: &'e Extensions) -> Self {
        Self {
            names: values(extensions, Meaning::EnumNames).map(|(_, value)| value).collect(),
            descriptions: values(extensions, Meaning::EnumDescriptions)
                .map(|(_, value)| value)
                .collect(),
        }
    }

    /// Returns the name and the description of the value at an index.
    pub(in crate::lower) fn of_value(&self, index: usize, wire: &str) -> (Option<String>, Option<String>) {
        let name = self
            .names
            .iter()
            .find_map(|labels| label(labels, index, wire, &["name", "identifier"]));
        let description = self
            .descriptions
            .iter()
            .find_map(|labels| label(labels, index, wire, &["description", "label"]));
        (name, description)
    }
}

/// Returns the label of a value: by its index in a list, by its key in a map, or from a list of objects with `value`.
fn label(labels: &Json, index: usize, wire: &str, keys: &[&str]) -> Option<String> {
    let as_label = |value: &Json| match value {
        Json::String(text) => Some(text.clone()),
        Json::Object(_) => keys.iter().find_map(|key| value.get(key)?.as_str().map(str::to_owned)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => None,
    };
    let found = match labels {
        Json::Array(list) => as_label(list.get(index)?),
        Json::Object(map) => match map.get("values") {
            Some(Json::Array(list)) => {
                let of = |entry: &&Json| {
                    entry
                        .get("value")
                        .is_some_and(|value| value.as_str() == Some(wire) || value.to_text() == wire)
                };
                as_label(list.iter().find(of)?)
            }
            _ => as_label(map.get(wire)?),
        },
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => None,
    };
    found.filter(|text| !text.trim().is_empty())
}
