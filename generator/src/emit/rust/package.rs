//! `Cargo.toml`

use askama::Template;

use crate::krate::{Crate, Dependency, Package};

#[derive(Template)]
#[template(path = "crate/Cargo.toml.j2", escape = "none")]
struct Manifest {
    /// The name as a TOML key; package names need no quotes.
    key: String,
    name: String,
    version: String,
    description: String,
    license: Option<String>,
    repository: Option<String>,
    keywords: Vec<String>,
    authors: Vec<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    /// The value of `publish`, if the registries are limited.
    publish: Option<String>,
    custom_features: Vec<(String, String)>,
    custom_dependencies: Vec<(String, String)>,
    /// The features of groups, with what they enable.
    features: Vec<(String, String)>,
    examples: Vec<&'static str>,
    dependencies: Vec<String>,
    native_dependencies: Vec<String>,
    web_dependencies: Vec<String>,
    dev_dependencies: Vec<String>,
    mock: bool,
    changelog: bool,
    /// The optional dependencies of the feature `webhooks`. Empty without webhooks.
    webhooks: Vec<String>,
}

/// The configuration with which `cargo fmt` leaves the generated files unchanged.
pub const RUSTFMT: &str = include_str!("../../../../templates/crate/rustfmt.toml");

/// Renders the manifest of the package.
pub fn file(krate: &Crate) -> askama::Result<String> {
    let package = &krate.package;
    let manifest = Manifest {
        key: package.name.clone(),
        name: quoted(&package.name),
        version: quoted(&package.version),
        description: quoted(&package.description),
        license: package.license.as_deref().map(quoted),
        repository: package.repository.as_deref().map(quoted),
        keywords: package.keywords.iter().map(|keyword| quoted(keyword)).collect(),
        authors: package.authors.iter().map(|author| quoted(author)).collect(),
        homepage: package.homepage.as_deref().map(quoted),
        documentation: package.documentation.as_deref().map(quoted),
        publish: package.publish.as_deref().map(array),
        custom_features: package
            .custom_features
            .iter()
            .filter(|(name, _)| !package.features.contains(name))
            .map(|(name, enabled)| (name.clone(), array(enabled)))
            .collect(),
        custom_dependencies: package
            .custom_dependencies
            .iter()
            .map(|(name, version)| (name.clone(), quoted(version)))
            .collect(),
        features: package
            .features
            .iter()
            .map(|name| (name.clone(), enabled(package, name)))
            .collect(),
        examples: [Some("quickstart"), krate.smoke.then_some("smoke")]
            .into_iter()
            .flatten()
            .collect(),
        dependencies: krate.dependencies.iter().map(line).collect(),
        native_dependencies: krate.native_dependencies.iter().map(line).collect(),
        web_dependencies: krate.web_dependencies.iter().map(line).collect(),
        dev_dependencies: krate.dev_dependencies.iter().map(line).collect(),
        mock: krate.tests,
        changelog: package.auto_version,
        webhooks: optional_dependencies(krate, &["hmac", "sha2"]),
    };
    manifest.render()
}

/// Returns the optional dependencies with these names, as a feature lists them.
fn optional_dependencies(krate: &Crate, names: &[&str]) -> Vec<String> {
    let optional = krate.dependencies.iter().filter(|dependency| dependency.optional);
    let listed = optional.filter(|dependency| names.contains(&dependency.name));
    listed
        .map(|dependency| format!("\"dep:{}\"", dependency.name))
        .collect()
}

/// Returns a TOML string. JSON escapes are valid in TOML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

/// Returns what the feature of a group enables: nothing, unless custom code extends it.
fn enabled(package: &Package, name: &str) -> String {
    let extended = package.custom_features.iter().find(|(custom, _)| custom == name);
    array(extended.map_or(&[], |(_, enabled)| enabled))
}

/// Returns a TOML array of strings.
fn array(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// Returns a dependency as a line of TOML.
fn line(dependency: &Dependency) -> String {
    let Dependency { name, version, .. } = dependency;
    let mut settings = vec![format!("version = \"{version}\"")];
    if !dependency.default_features {
        settings.push("default-features = false".to_owned());
    }
    if !dependency.features.is_empty() {
        settings.push(format!("features = {:?}", dependency.features));
    }
    if dependency.optional {
        settings.push("optional = true".to_owned());
    }
    match settings.as_slice() {
        [_] => format!("{name} = \"{version}\""),
        settings => format!("{name} = {{ {} }}", settings.join(", ")),
    }
}
