//! Parses the text of a configuration into a [`Config`] or a list of errors.

use super::{Config, PagingRule, Sdk};

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

/// Returns why a name is not a valid crate name, as the predicate of a sentence.
pub fn name_error(name: &str) -> Option<&'static str> {
    let keyword = syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
    if name.is_empty() {
        Some("is empty")
    } else if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        Some("has characters other than ASCII letters, digits, `-` and `_`")
    } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Some("does not begin with a letter")
    } else if keyword || matches!(name, "test" | "core" | "std" | "alloc" | "proc-macro" | "proc_macro") {
        Some("is reserved by Rust or Cargo")
    } else {
        None
    }
}

/// Converts an error of serde.
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
        help: "see spec/sdkwright.yaml in the repository of sdkwright for an example".to_owned(),
    }
}

/// Returns the nearest known key as a suggestion, or the list of known keys.
fn suggestion(given: &str, known: &[&str]) -> String {
    let distance = |known: &str| strsim::damerau_levenshtein(given, known);
    match known.iter().copied().min_by_key(|known| distance(known)) {
        Some(nearest) if distance(nearest) <= 1 + given.len() / 3 => format!("did you mean `{nearest}`?"),
        _ => format!("the known keys are {}", quoted(known)),
    }
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

/// Returns all errors of the content.
fn check(config: &Config) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    if config.sdks.is_empty() {
        errors.push(ConfigError {
            place: ConfigPlace::Key(vec!["sdks".to_owned()]),
            message: "no SDK is configured".to_owned(),
            help: "add one under `sdks`, with its `document` and `out`".to_owned(),
        });
    }
    for (index, (name, sdk)) in config.sdks.iter().enumerate() {
        let at = |steps: &[&str]| {
            ["sdks", name]
                .iter()
                .chain(steps)
                .map(|step| (*step).to_owned())
                .collect()
        };
        if let Some(error) = name_error(name) {
            let help = "use a name such as `petstore-client`".to_owned();
            errors.push(ConfigError {
                place: ConfigPlace::Key(at(&[])),
                message: format!("invalid crate name `{name}`: it {error}"),
                help,
            });
        }
        if let Some((other, _)) = config
            .sdks
            .iter()
            .take(index)
            .find(|(_, other)| same_folder(other, sdk))
        {
            let message = format!("`{name}` and `{other}` have the same output folder");
            errors.push(ConfigError {
                place: ConfigPlace::Value(at(&["out"])),
                message,
                help: "use a different folder for each SDK".to_owned(),
            });
        }
        for (index, rule) in sdk.settings.pagination.iter().enumerate() {
            if let Some((message, help)) = rule_error(rule) {
                let place = ConfigPlace::Value(at(&["pagination", &index.to_string()]));
                errors.push(ConfigError {
                    place,
                    message,
                    help: help.to_owned(),
                });
            }
        }
    }
    errors
}

/// Returns whether two SDKs have the same output folder, ignoring `./` and trailing slashes.
fn same_folder(one: &Sdk, other: &Sdk) -> bool {
    let steps = |out: &str| -> Vec<String> {
        out.split(['/', '\\'])
            .filter(|step| !step.is_empty() && *step != ".")
            .map(str::to_owned)
            .collect()
    };
    steps(&one.out) == steps(&other.out)
}

fn rule_error(rule: &PagingRule) -> Option<(String, &'static str)> {
    let kinds = [
        ("cursor", rule.cursor.is_some()),
        ("url", rule.url.is_some()),
        ("link", rule.link.is_some()),
        ("page", rule.page.is_some()),
        ("offset", rule.offset.is_some()),
        ("none", rule.none),
    ];
    let given: Vec<&str> = kinds
        .iter()
        .filter(|(_, given)| *given)
        .map(|(kind, _)| *kind)
        .collect();
    if rule.operations.is_empty() {
        Some((
            "this pagination rule has no operations".to_owned(),
            "list their ids under `operations`",
        ))
    } else if given.len() > 1 {
        Some((
            format!("this pagination rule has {} kinds: {}", given.len(), quoted(&given)),
            "keep one of them",
        ))
    } else if given.is_empty() {
        let help = "add one of `cursor`, `url`, `link`, `page`, `offset` or `none: true`";
        Some(("this pagination rule has no kind".to_owned(), help))
    } else {
        None
    }
}
