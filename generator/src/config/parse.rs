//! Parses the text of a configuration into a [`Config`] or a list of errors.

use super::Config;
use super::check::check;

/// An error in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The position of the error.
    pub place: ConfigPlace,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The next step.
    pub help: String,
}

/// A position in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigPlace {
    /// A line and a column, both starting at 1.
    Text(u32, u32),
    /// The value at this path of keys.
    Value(Vec<String>),
    /// The last key of this path.
    Key(Vec<String>),
}

/// The next step if the message does not list the valid values.
const REFERENCE: &str = "run `sdkwright schema --markdown` for the reference of the configuration";

/// Parses a configuration.
///
/// # Errors
///
/// Returns one error if the text cannot be parsed, and otherwise all errors of the content.
pub fn parse(text: &str) -> Result<Config, Vec<ConfigError>> {
    let config: Config = serde_yaml::from_str(text).map_err(|error| vec![serde_error(&error)])?;
    let errors = check(&config);
    if errors.is_empty() { Ok(config) } else { Err(errors) }
}

/// Converts an error of serde.
///
/// The function is long, because it has a case for each kind of message.
fn serde_error(error: &serde_yaml::Error) -> ConfigError {
    let place = error.location().map_or(ConfigPlace::Value(Vec::new()), |at| {
        ConfigPlace::Text(number(at.line()), number(at.column()))
    });
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or(&text);
    let (path, what) = match text.split_once(": ") {
        Some((path, what)) if !path.contains(' ') => (path, what),
        _ => ("", text),
    };
    let inside = if path.is_empty() {
        String::new()
    } else {
        format!(" in `{path}`")
    };
    if let Some(unknown) = what.strip_prefix("unknown field ") {
        let (key, known) = unknown.split_once(", expected ").unwrap_or((unknown, ""));
        let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        return ConfigError {
            place,
            message: format!("unknown key {key}{inside}"),
            help: suggestion(key.trim_matches('`'), &known),
        };
    }
    if let Some(unknown) = what.strip_prefix("unknown variant ") {
        let (value, known) = unknown.split_once(", expected ").unwrap_or((unknown, "another value"));
        return ConfigError {
            place,
            message: format!("invalid value {value} for `{path}`; expected {known}"),
            help: "use one of the listed values".to_owned(),
        };
    }
    if let Some(mismatch) = what.strip_prefix("invalid type: ") {
        let (found, expected) = mismatch.split_once(", expected ").unwrap_or((mismatch, "another type"));
        let expected = match expected {
            "a YAML tag starting with '!'" => "the name of a value",
            other => other,
        };
        let of = if path.is_empty() {
            String::new()
        } else {
            format!(" for `{path}`")
        };
        return ConfigError {
            place,
            message: format!("invalid value{of}: expected {expected}, found {found}"),
            help: REFERENCE.to_owned(),
        };
    }
    if let Some(key) = what.strip_prefix("missing field ") {
        return ConfigError {
            place,
            message: format!("the key {key} is missing{inside}"),
            help: format!("add {key}"),
        };
    }
    ConfigError {
        place,
        message: format!("{what}{inside}"),
        help: REFERENCE.to_owned(),
    }
}

/// Returns the nearest known key as a suggestion, or the list of known keys.
fn suggestion(given: &str, known: &[&str]) -> String {
    match nearest(given, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the known keys are {}", quoted(known)),
    }
}

/// Returns the known name that is most similar to a name, if one is similar enough.
pub fn nearest<'n>(given: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = given.to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, &known.to_lowercase());
    let nearest = known.into_iter().min_by_key(|known| distance(known))?;
    (distance(nearest) <= 1 + given.len() / 3).then_some(nearest)
}

fn quoted(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
