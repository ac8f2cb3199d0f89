//! Checks the values of a parsed configuration.

use http::Uri;

use super::{
    AUTO_VERSION, Config, ConfigError, ConfigPlace, DateTimeType, DecimalType, DiagnosticRule, PaginationRule,
    PollingRule, Sdk, Settings, TypeChoices, UuidType,
};
use crate::diagnostics::{Code, Severity};

/// Returns all errors of the values.
pub(super) fn check(config: &Config) -> Vec<ConfigError> {
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
            errors.push(ConfigError {
                place: ConfigPlace::Key(at(&[])),
                message: format!("invalid crate name `{name}`: it {error}"),
                help: "use a name such as `petstore-client`".to_owned(),
            });
        }
        let earlier = config.sdks.iter().take(index);
        if let Some((other, _)) = earlier.into_iter().find(|(_, other)| same_folder(other, sdk)) {
            errors.push(ConfigError {
                place: ConfigPlace::Value(at(&["out"])),
                message: format!("`{name}` and `{other}` have the same output folder"),
                help: "use a different folder for each SDK".to_owned(),
            });
        }
        for (steps, message, help) in setting_errors(&sdk.settings) {
            let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
            errors.push(ConfigError {
                place: ConfigPlace::Value(at(&steps)),
                message,
                help: help.to_owned(),
            });
        }
    }
    errors
}

/// An error in a setting: the path of its key, the message and the next step.
type SettingError = (Vec<String>, String, &'static str);

// The function is long, because it checks one setting after the other.
fn setting_errors(settings: &Settings) -> Vec<SettingError> {
    let mut errors = Vec::new();
    let mut check =
        |key: &str, value: Option<&String>, message: &dyn Fn(&str) -> Option<String>, help: &'static str| {
            if let Some(message) = value.and_then(|value| message(value)) {
                errors.push((vec![key.to_owned()], message, help));
            }
        };
    let url = |value: &str| {
        let is_url = value.parse::<Uri>().is_ok_and(|url| {
            matches!(url.scheme_str(), Some("http" | "https")) && url.host().is_some_and(|host| !host.is_empty())
        });
        (!is_url).then(|| format!("invalid URL `{value}`"))
    };
    check(
        "version",
        settings.version.as_ref().filter(|version| *version != AUTO_VERSION),
        &|value| {
            semver::Version::parse(value)
                .err()
                .map(|error| format!("invalid version `{value}`: {error}"))
        },
        "use a semantic version such as `1.2.0`, or `auto`",
    );
    check(
        "license",
        settings.license.as_ref(),
        &|value| {
            spdx::Expression::parse(value)
                .err()
                .map(|error| format!("invalid license `{value}`: {}", error.reason))
        },
        "use an SPDX expression such as `MIT OR Apache-2.0`",
    );
    for (key, value) in [
        ("repository", &settings.repository),
        ("homepage", &settings.homepage),
        ("documentation", &settings.documentation),
    ] {
        check(key, value.as_ref(), &url, "use an http or https URL");
    }
    check(
        "env_prefix",
        settings.env_prefix.as_ref(),
        &|value| (!is_env_prefix(value)).then(|| format!("invalid `env_prefix` `{value}`")),
        "use uppercase letters, digits and `_`, such as `PETSTORE`",
    );
    for (index, keyword) in settings.keywords.iter().flatten().enumerate() {
        if index >= MAX_KEYWORDS || !is_keyword(keyword) {
            let message = format!("invalid keyword `{keyword}`");
            let help = "use at most five keywords of at most 20 ASCII letters, digits, `_`, `-` and `+`";
            errors.push((vec!["keywords".to_owned(), index.to_string()], message, help));
        }
    }
    for (name, requirement) in &settings.dependencies {
        if is_generated_dependency(name, &settings.types) {
            let message = format!("`{name}` is already a dependency of generated crates");
            errors.push((
                vec!["dependencies".to_owned(), name.clone()],
                message,
                "remove it from `dependencies`",
            ));
            continue;
        }
        if name_error(name).is_some() || semver::VersionReq::parse(requirement).is_err() {
            let message = format!("invalid dependency `{name}` with the version `{requirement}`");
            let help = "use the name of a crate and a version requirement, such as `chrono: \"0.4\"`";
            errors.push((vec!["dependencies".to_owned(), name.clone()], message, help));
        }
    }
    for name in settings.features.keys() {
        let problem = if GENERATED_FEATURES.contains(&name.as_str()) {
            format!("`{name}` is already a feature of generated crates")
        } else if name_error(name).is_some() {
            format!("invalid feature `{name}`")
        } else {
            continue;
        };
        let help = "use another name of letters, digits, `-` and `_`";
        errors.push((vec!["features".to_owned(), name.clone()], problem, help));
    }
    for (index, path) in settings.license_files.iter().enumerate() {
        if !path.rsplit('/').next().is_some_and(|name| name.starts_with("LICENSE")) {
            let message = format!("invalid license file `{path}`");
            let help =
                "use a file whose name starts with `LICENSE`, because the package of the crate contains only those";
            errors.push((vec!["license_files".to_owned(), index.to_string()], message, help));
        }
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        if settings.license_files[..index]
            .iter()
            .any(|other| name(other) == name(path))
        {
            let message = format!("two license files have the name `{}`", name(path));
            let help = "rename one of them, because all are copied into the folder of the crate";
            errors.push((vec!["license_files".to_owned(), index.to_string()], message, help));
        }
    }
    for (index, registry) in settings.publish.iter().flatten().enumerate() {
        if name_error(registry).is_some() {
            let message = format!("invalid registry `{registry}`");
            let help = "use the name of a registry in Cargo's configuration, such as `crates-io`";
            errors.push((vec!["publish".to_owned(), index.to_string()], message, help));
        }
    }
    for (key, names) in [
        ("operations", &settings.operations),
        ("schemas", &settings.schemas),
        ("properties", &settings.properties),
        ("parameters", &settings.parameters),
        ("variants", &settings.variants),
    ] {
        for (from, to) in names {
            if !is_name(to) {
                let message = format!("invalid name `{to}` for `{from}`");
                let help = "use letters, digits and `_`, starting with a letter";
                errors.push((vec![key.to_owned(), from.clone()], message, help));
            }
        }
    }
    for (from, to) in &settings.groups {
        if to.is_empty() || !to.split('.').all(is_name) {
            let message = format!("invalid group `{to}` for `{from}`");
            let help = "use names of letters, digits and `_`, separated by dots, such as `admin.users`";
            errors.push((vec!["groups".to_owned(), from.clone()], message, help));
        }
    }
    for (index, rule) in settings.diagnostics.iter().enumerate() {
        if let Some((code, message, help)) = diagnostic_rule_error(rule) {
            let mut path = vec!["diagnostics".to_owned(), index.to_string()];
            if let Some(code) = code {
                path.extend(["codes".to_owned(), code.to_string()]);
            }
            errors.push((path, message, help));
        }
    }
    for (index, rule) in settings.pagination.iter().enumerate() {
        if let Some((message, help)) = rule_error(rule) {
            errors.push((vec!["pagination".to_owned(), index.to_string()], message, help));
        }
    }
    for (index, rule) in settings.polling.iter().enumerate() {
        if let Some((message, help)) = polling_error(rule) {
            errors.push((vec!["polling".to_owned(), index.to_string()], message, help));
        }
    }
    errors
}

/// The features that generated crates can have, apart from those of groups.
const GENERATED_FEATURES: [&str; 16] = [
    "blocking",
    "brotli",
    "default",
    "deflate",
    "gzip",
    "http2",
    "mock",
    "native-tls",
    "rustls",
    "rustls-ring",
    "socks",
    "system-proxy",
    "tower",
    "tracing",
    "webhooks",
    "zstd",
];

/// Returns whether generated crates can have this dependency with these types.
fn is_generated_dependency(name: &str, types: &TypeChoices) -> bool {
    match name {
        "chrono" => types.date_time == DateTimeType::Chrono,
        "time" => types.date_time == DateTimeType::Time,
        "uuid" => types.uuid == UuidType::Uuid,
        "rust_decimal" => types.decimal == DecimalType::RustDecimal,
        _ => GENERATED_DEPENDENCIES.contains(&name),
    }
}

/// The dependencies that generated crates can have with the default types.
const GENERATED_DEPENDENCIES: [&str; 26] = [
    "base64",
    "bytes",
    "flate2",
    "futures-core",
    "getrandom",
    "gloo-timers",
    "hmac",
    "http",
    "http-body",
    "jiff",
    "percent-encoding",
    "quick-xml",
    "reqwest",
    "rustls",
    "rustls-platform-verifier",
    "send_wrapper",
    "serde_core",
    "serde_json",
    "sha2",
    "tokio",
    "tower-service",
    "tracing",
    "url",
    "wasm-bindgen-futures",
    "web-time",
    "zeroize",
];

/// The number of keywords that crates.io accepts.
const MAX_KEYWORDS: usize = 5;

/// Returns whether crates.io accepts a keyword.
fn is_keyword(text: &str) -> bool {
    text.len() <= 20
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+'))
}

fn is_env_prefix(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Returns whether a text can be turned into a Rust name. Its case does not matter.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Returns why a name is not a valid crate name, as the predicate of a sentence.
pub fn name_error(name: &str) -> Option<&'static str> {
    let keyword = syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
    if name.is_empty() {
        Some("is empty")
    } else if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        Some("has characters other than ASCII letters, digits, `-` and `_`")
    } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Some("does not start with a letter")
    } else if keyword || matches!(name, "test" | "core" | "std" | "alloc" | "proc-macro" | "proc_macro") {
        Some("is reserved by Rust or Cargo")
    } else {
        None
    }
}

/// Returns whether two SDKs have the same output folder, however it is written.
fn same_folder(one: &Sdk, other: &Sdk) -> bool {
    let steps = |out: &str| -> Vec<String> {
        let out = out.replace('\\', "/");
        let is_absolute = out.starts_with('/');
        let mut steps = Vec::new();
        for step in out.split('/').filter(|step| !step.is_empty() && *step != ".") {
            let parent = steps.last().is_some_and(|last| last != "..");
            match step {
                ".." if parent => drop(steps.pop()),
                ".." if is_absolute => {}
                _ => steps.push(step.to_owned()),
            }
        }
        // An absolute path starts with an empty step.
        is_absolute.then(String::new).into_iter().chain(steps).collect()
    };
    steps(&one.out) == steps(&other.out)
}

fn rule_error(rule: &PaginationRule) -> Option<(String, &'static str)> {
    let kinds = [
        ("cursor", rule.cursor.is_some()),
        ("url", rule.url.is_some()),
        ("link", rule.link.is_some()),
        ("page", rule.page.is_some()),
        ("offset", rule.offset.is_some()),
        ("none", rule.none),
    ];
    let set: Vec<String> = kinds
        .iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(kind, _)| format!("`{kind}`"))
        .collect();
    if rule.operations.is_empty() {
        let message = "this pagination rule has no operations";
        Some((message.to_owned(), "list their ids under `operations`"))
    } else if set.len() > 1 {
        let message = format!("this pagination rule sets more than one of {}", set.join(" and "));
        Some((message, "keep one of them"))
    } else if set.is_empty() {
        let message = "this pagination rule has none of `cursor`, `url`, `link`, `page`, `offset` and `none`";
        Some((message.to_owned(), "add one of them"))
    } else {
        None
    }
}

fn polling_error(rule: &PollingRule) -> Option<(String, &'static str)> {
    if rule.operations.is_empty() {
        let message = "this polling rule has no operations";
        return Some((message.to_owned(), "list their ids under `operations`"));
    }
    let interval = rule
        .interval
        .filter(|seconds| !(*seconds > 0.0 && *seconds <= MAX_INTERVAL))?;
    let message = format!("invalid `interval` {interval}");
    Some((message, "use a number of seconds between 0 and 86400"))
}

/// The longest time between two requests for a status, in seconds.
const MAX_INTERVAL: f64 = 86_400.0;

/// Returns the first error of a rule: the index of the code that causes it, if one does, the message and the next step.
fn diagnostic_rule_error(rule: &DiagnosticRule) -> Option<(Option<usize>, String, &'static str)> {
    if rule.codes.is_empty() {
        let message = "this diagnostic rule has no codes";
        return Some((None, message.to_owned(), "list them under `codes`, such as `[W0401]`"));
    }
    for (index, id) in rule.codes.iter().enumerate() {
        match Code::parse(id) {
            None => {
                let help = "run `sdkwright explain --codes` for the list of codes";
                return Some((Some(index), format!("unknown diagnostic code `{id}`"), help));
            }
            Some(code) if code.severity() == Severity::Error => {
                let help = "remove it from `codes`; only the level of warnings and notes can be changed";
                let message = format!("the level of the error `{id}` cannot be changed");
                return Some((Some(index), message, help));
            }
            Some(_) => {}
        }
    }
    None
}
