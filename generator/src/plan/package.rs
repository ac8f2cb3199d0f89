//! Plans `Cargo.toml`.

use crate::config::{AUTO_VERSION, Settings};
use crate::ir::Api;
use crate::krate::{Ident, Package};

use super::doc_text;
use super::names::Words;

/// The default keywords.
const KEYWORDS: [&str; 4] = ["api", "client", "openapi", "sdk"];

/// Plans the package.
pub fn package(api: &Api, name: &str, settings: &Settings) -> Package {
    let title = doc_text::single_line(&api.title);
    let auto_version = settings.version.as_deref() == Some(AUTO_VERSION);
    let configured = settings.version.as_ref().filter(|_| !auto_version);
    Package {
        name: name.to_owned(),
        lib: Ident::nearest(&name.replace('-', "_")),
        version: configured.cloned().unwrap_or_else(|| version(&api.version)),
        auto_version,
        description: settings
            .description
            .clone()
            .unwrap_or_else(|| format!("Client for the {}", if title.is_empty() { name } else { &title })),
        license: settings.license.clone().or_else(|| api.license.as_ref()?.expression()),
        repository: settings.repository.clone(),
        keywords: settings
            .keywords
            .clone()
            .unwrap_or_else(|| KEYWORDS.map(str::to_owned).to_vec()),
        authors: settings.authors.clone(),
        homepage: settings.homepage.clone(),
        documentation: settings.documentation.clone(),
        documentation_url: documentation_url(name, settings),
        publish: settings.publish.clone(),
        readme_header: trimmed(settings.readme_header.as_deref()),
        readme_footer: trimmed(settings.readme_footer.as_deref()),
        custom_features: settings
            .features
            .iter()
            .map(|(name, enabled)| (name.clone(), enabled.clone()))
            .collect(),
        custom_dependencies: settings
            .dependencies
            .iter()
            .map(|(name, version)| (name.clone(), version.clone()))
            .collect(),
        custom: settings.custom,
        features: Vec::new(),
    }
}

/// Returns the URL of the documentation: the configured one, or docs.rs if the crate may be published to crates.io.
fn documentation_url(name: &str, settings: &Settings) -> Option<String> {
    let is_public = |registries: &Vec<String>| registries.iter().any(|registry| registry == "crates-io");
    let docs_rs = || {
        settings
            .publish
            .as_ref()
            .is_none_or(is_public)
            .then(|| format!("https://docs.rs/{name}"))
    };
    settings.documentation.clone().or_else(docs_rs)
}

/// Returns a text of the configuration without white space at its ends.
fn trimmed(text: Option<&str>) -> String {
    text.unwrap_or_default().trim().to_owned()
}

/// Converts the version of the document to one that Cargo accepts: `1.2734.0` is unchanged, `v1` becomes `1.0.0`,
/// `2026-01-05` becomes `2026.1.5`, `1.2-beta` becomes `1.2.0-beta`, and `1.0.0 (old)` becomes `1.0.0`. A text that
/// cannot be converted, such as `latest` or `1.2.3.4`, becomes `0.1.0`.
pub fn version(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let end = date_length(text).or_else(|| text.find(['-', '+', ' ']));
    let (numbers, suffix) = text.split_at(end.unwrap_or(text.len()));
    let parts: Option<Vec<u64>> = numbers.split(['.', '-']).map(|part| part.parse().ok()).collect();
    let Some(parts) = parts.filter(|parts| (1..=3).contains(&parts.len()) && parts.iter().any(|part| *part > 0)) else {
        return "0.1.0".to_owned();
    };
    let part = |index: usize| parts.get(index).copied().unwrap_or(0);
    format!("{}.{}.{}{}", part(0), part(1), part(2), pre_release(suffix))
}

/// Returns the length of a date at the start of a text, such as `2026-01-05` and `2026-01-05-preview`.
fn date_length(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(text.len());
    let date = text[..end].trim_end_matches('-');
    let is_date = date.split('-').count() == 3 && date.split('-').all(|part| !part.is_empty());
    let rest = &text[date.len()..];
    (is_date && (rest.is_empty() || rest.starts_with(['-', '+', ' ']))).then_some(date.len())
}

/// Returns the pre-release suffix of a version, if it is valid.
fn pre_release(suffix: &str) -> String {
    // Build metadata does not distinguish versions.
    let suffix = suffix.split_once('+').map_or(suffix, |(pre_release, _)| pre_release);
    let words = suffix.trim_start_matches(['-', ' ']);
    let fits = !words.is_empty()
        && words
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-');
    let identifiers = words
        .split('.')
        .all(|word| !word.is_empty() && (word.len() == 1 || !word.starts_with('0')));
    if suffix.starts_with('-') && fits && identifiers {
        format!("-{words}")
    } else {
        String::new()
    }
}

/// Returns the prefix of environment variables: the configured one, or the name of the package.
pub fn env_prefix(name: &str, settings: &Settings) -> String {
    let prefix = settings.env_prefix.clone().unwrap_or_else(|| name.to_owned());
    Words::of(&prefix).starting_with_letter("api").shouty()
}

#[cfg(test)]
mod tests {
    use super::{documentation_url, version};
    use crate::config::Settings;

    #[test]
    fn versions_are_valid_for_cargo() {
        for (text, expected) in [
            ("1.2734.0", "1.2734.0"),
            ("v1", "1.0.0"),
            ("1.2", "1.2.0"),
            ("2026-01-05", "2026.1.5"),
            ("2.0.0-beta.1", "2.0.0-beta.1"),
            ("2026-01-05-preview", "2026.1.5-preview"),
            ("2026-1-5", "2026.1.5"),
            ("2026-01-05T10:00", "2026.0.0"),
            ("1.2-beta", "1.2.0-beta"),
            ("1.2.0-beta+5", "1.2.0-beta"),
            ("1.2.0+5", "1.2.0"),
            ("1.0.0 (old)", "1.0.0"),
            ("1.2.3.4", "0.1.0"),
            ("latest", "0.1.0"),
            ("", "0.1.0"),
            ("0.0", "0.1.0"),
            ("1.0.0-", "1.0.0"),
            ("99999999999999999999.1", "0.1.0"),
        ] {
            assert_eq!(version(text), expected, "{text}");
        }
    }

    #[test]
    fn readme_links_to_the_documentation_of_published_crates() {
        let settings = |publish: Option<&[&str]>, documentation: Option<&str>| Settings {
            publish: publish.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
            documentation: documentation.map(str::to_owned),
            ..Settings::default()
        };
        for (publish, documentation, expected) in [
            (None, None, Some("https://docs.rs/pets")),
            (
                Some(["crates-io", "own"].as_slice()),
                None,
                Some("https://docs.rs/pets"),
            ),
            (Some(&["own"]), None, None),
            (Some(&[]), None, None),
            (
                Some(&["own"]),
                Some("https://docs.example"),
                Some("https://docs.example"),
            ),
        ] {
            let found = documentation_url("pets", &settings(publish, documentation));
            assert_eq!(found.as_deref(), expected, "{publish:?}");
        }
    }
}
