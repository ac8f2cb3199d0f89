//! `Cargo.toml`

use askama::Template;

use crate::krate::{Crate, RuntimeNeeds};

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
    features: Vec<String>,
    examples: Vec<&'static str>,
    dependencies: Vec<&'static str>,
    mock: bool,
}

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
        features: package.features.clone(),
        examples: [Some("quickstart"), krate.smoke.then_some("smoke")]
            .into_iter()
            .flatten()
            .collect(),
        dependencies: dependencies(&krate.runtime),
        mock: krate.tests,
    };
    manifest.render()
}

/// Returns a TOML string. JSON escapes are valid in TOML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned())
}

fn dependencies(needs: &RuntimeNeeds) -> Vec<&'static str> {
    let mut dependencies = vec![
        "base64 = \"0.23\"",
        "bytes = \"1\"",
        "http = \"1\"",
        "jiff = { version = \"0.2\", default-features = false, features = [\"std\"] }",
        "percent-encoding = \"2\"",
        "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls\"] }",
        "serde_core = \"1\"",
        "serde_json = { version = \"1\", features = [\"float_roundtrip\"] }",
        "tokio = { version = \"1\", default-features = false, features = [\"rt\", \"sync\", \"time\"] }",
        "tracing = { version = \"0.1\", default-features = false, optional = true }",
        "url = \"2\"",
        "zeroize = \"1\"",
    ];
    if needs.login {
        dependencies.extend([
            "getrandom = \"0.4\"",
            "sha2 = { version = \"0.11\", default-features = false }",
        ]);
    }
    if needs.paging || needs.streams {
        dependencies.push("futures-core = { version = \"0.3\", default-features = false }");
    }
    dependencies.sort_unstable();
    dependencies
}
