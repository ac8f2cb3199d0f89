//! Fern: `generators.yml`, and the overrides of the document that it lists. Names, groups and pagination of Fern are in these overrides.

use serde_json::{Value, json};

use super::keys::{Keys, scalar};
use super::{Action, Imported, ReadFile};

pub(super) fn read(keys: &mut Keys, read: ReadFile<'_>, imported: &mut Imported) {
    keys.skip(&["default-group"]);
    document(keys, read, imported);
    generator(keys, imported);
    servers(keys, imported);
    authentication(keys, imported);
}

/// Reads the document with its overrides and overlays.
fn document(keys: &mut Keys, read: ReadFile<'_>, imported: &mut Imported) {
    // The first form is the current one.
    let forms: [(&[&str], &str); 2] = [(&["api", "specs", "0"], "openapi"), (&["api"], "path")];
    let form = forms
        .iter()
        .find(|(path, key)| keys.get(&[path, &[*key][..]].concat()).is_some());
    let Some((path, key)) = form else {
        imported.document = keys.text(&["api"]);
        return;
    };
    imported.document = keys.text(&[path, &[*key][..]].concat());
    for file in list(keys, &[path, &["overrides"][..]].concat()) {
        match read(&file).and_then(|text| serde_yaml::from_str::<Value>(&text).ok()) {
            Some(update) => imported.actions.push(Action {
                target: "$".to_owned(),
                update,
            }),
            None => imported.lost.push(format!("{file} (it cannot be read)")),
        }
    }
    imported.overlays = list(keys, &[path, &["overlays"][..]].concat());
    if path.len() > 1 {
        for other in 1.. {
            let index = other.to_string();
            let Some(spec) = keys.text(&["api", "specs", &index, "openapi"]) else {
                break;
            };
            imported.lost.push(format!("{spec} (one document per SDK)"));
        }
    }
}

/// Reads the settings of the generator for Rust, or of the first one.
fn generator(keys: &mut Keys, imported: &mut Imported) {
    let mut found: Vec<(String, String, String)> = Vec::new();
    for group in keys.names(&["groups"]) {
        let count = keys
            .get(&["groups", &group, "generators"])
            .and_then(|list| Some(list.as_sequence()?.len()));
        for index in (0..count.unwrap_or(0)).map(|index| index.to_string()) {
            let name = keys
                .get(&["groups", &group, "generators", &index, "name"])
                .and_then(scalar);
            found.push((name.unwrap_or_default(), group.clone(), index));
        }
    }
    let for_rust = found.iter().find(|(name, ..)| name.contains("rust")).or(found.first());
    if let Some((_, group, index)) = for_rust.cloned() {
        package(&["groups", &group, "generators", &index], keys, imported);
    }
}

/// Reads the metadata of the package from the settings of a generator.
fn package(path: &[&str], keys: &mut Keys, imported: &mut Imported) {
    let at = |keys: &[&'static str]| -> Vec<&str> { path.iter().copied().chain(keys.iter().copied()).collect() };
    keys.skip(&at(&["name"]));
    keys.skip(&at(&["version"]));
    let names = [
        &["config", "crateName"][..],
        &["config", "crate_name"],
        &["output", "package-name"],
        &["config", "packageName"],
    ];
    let name = names.map(|name| keys.text(&at(name))).into_iter().flatten().next();
    imported.set_name(name);
    let versions = [
        &["config", "crateVersion"][..],
        &["config", "crate_version"],
        &["config", "packageVersion"],
    ];
    for origin in versions {
        imported.set_text("version", keys.text(&at(origin)), "crateVersion");
    }
    let descriptions = [&["metadata", "description"][..], &["metadata", "package-description"]];
    for origin in descriptions {
        imported.set_text("description", keys.text(&at(origin)), "metadata.description");
    }
    imported.set_text(
        "homepage",
        keys.text(&at(&["metadata", "reference-url"])),
        "metadata.reference-url",
    );
    for license in [&["github", "license"][..], &["metadata", "license"]] {
        imported.set_text("license", keys.text(&at(license)), "license");
    }
    if let Some(repository) = keys.text(&at(&["github", "repository"])) {
        imported.set(
            "repository",
            format!("https://github.com/{repository}"),
            "github.repository",
        );
    }
    let authors = authors(path, keys);
    if !authors.is_empty() {
        imported.set("authors", authors, "metadata.authors");
    }
}

fn authors(path: &[&str], keys: &mut Keys) -> Vec<String> {
    let mut authors = Vec::new();
    for number in 0.. {
        let number = number.to_string();
        let mut text = |key: &str| keys.text(&[path, &["metadata", "authors", &number, key][..]].concat());
        let (Some(name), email) = (text("name"), text("email")) else {
            break;
        };
        authors.push(email.map_or(name.clone(), |email| format!("{name} <{email}>")));
    }
    authors
}

fn servers(keys: &mut Keys, imported: &mut Imported) {
    keys.skip(&["api", "default-environment"]);
    for name in keys.names(&["api", "environments"]) {
        if let Some(url) = keys.first_text(&[&["api", "environments", &name], &["api", "environments", &name, "url"]]) {
            imported.servers.push((name, url));
        }
    }
}

fn authentication(keys: &mut Keys, imported: &mut Imported) {
    let used = keys.text(&["api", "auth"]);
    for name in keys.names(&["auth-schemes"]) {
        let mut text = |path: &[&str]| keys.text(&[&["auth-schemes", &name][..], path].concat());
        let (scheme, header) = (text(&["scheme"]), text(&["header"]));
        let prefix = text(&["prefix"]);
        let described = match (scheme.as_deref(), header) {
            (Some("bearer"), _) => json!({ "type": "http", "scheme": "bearer" }),
            (Some("basic"), _) => json!({ "type": "http", "scheme": "basic" }),
            (None, Some(header)) => match prefix.as_deref().map(str::trim) {
                Some("Bearer") if header.eq_ignore_ascii_case("authorization") => {
                    json!({ "type": "http", "scheme": "bearer" })
                }
                Some(prefix) if !prefix.is_empty() => {
                    imported
                        .lost
                        .push(format!("auth-schemes.{name} (a key with the prefix `{prefix}`)"));
                    continue;
                }
                _ => json!({ "type": "apiKey", "in": "header", "name": header }),
            },
            _ => {
                imported
                    .lost
                    .push(format!("auth-schemes.{name} (declare its flow in the document)"));
                keys.skip(&["auth-schemes", &name]);
                continue;
            }
        };
        if let Some(variable) = text(&["env"]).or_else(|| text(&["token", "env"])) {
            imported.set_env_prefix(&variable);
        }
        for rest in [&["name"][..], &["type"], &["token", "name"]] {
            keys.skip(&[&["auth-schemes", &name][..], rest].concat());
        }
        if used.as_ref().is_none_or(|used| *used == name) {
            imported.security.push((name, described));
        }
    }
}

/// Returns a text, or the texts of a list.
fn list(keys: &mut Keys, path: &[&str]) -> Vec<String> {
    match keys.take(path) {
        Some(serde_yaml::Value::Sequence(items)) => items.iter().filter_map(scalar).collect(),
        other => other.as_ref().and_then(scalar).into_iter().collect(),
    }
}
