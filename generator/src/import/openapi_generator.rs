//! OpenAPI Generator: a configuration file, or `openapitools.json` with its first generator.

use heck::ToUpperCamelCase as _;
use serde_json::{Map, Value, json};

use super::keys::Keys;
use super::{Action, Imported};
use crate::json::path_literal;

pub(super) fn read(keys: &mut Keys, imported: &mut Imported) {
    keys.skip(&["generatorName"]);
    let mut prefix: Vec<String> = Vec::new();
    if let Some(name) = keys.names(&["generator-cli", "generators"]).into_iter().next() {
        prefix = vec!["generator-cli".to_owned(), "generators".to_owned(), name];
        keys.skip(&["generator-cli", "version"]);
    }
    let mut source = Source { keys, prefix };
    imported.document = source.text("inputSpec");
    let name = source.text("packageName").or_else(|| source.text("projectName"));
    let artifact = source.text("npmName").or_else(|| source.text("artifactId"));
    imported.set_name(name.or(artifact));
    for (key, origins) in [
        ("version", ["packageVersion", "artifactVersion"]),
        ("description", ["packageDescription", "artifactDescription"]),
        ("homepage", ["packageUrl", "artifactUrl"]),
        ("license", ["licenseName", "licenseId"]),
    ] {
        for origin in origins {
            if let Some(value) = source.text(origin) {
                imported.set(key, value, origin);
            }
        }
    }
    let (author, email) = (source.text("developerName"), source.text("developerEmail"));
    if let Some(author) = author.or_else(|| source.text("packageAuthor")) {
        let author = email.map_or(author.clone(), |email| format!("{author} <{email}>"));
        imported.set("authors", vec![author], "developerName");
    }
    if let (Some(user), Some(repository)) = (source.text("gitUserId"), source.text("gitRepoId")) {
        let host = source.text("gitHost").unwrap_or_else(|| "github.com".to_owned());
        imported.set("repository", format!("https://{host}/{user}/{repository}"), "gitRepoId");
    }
    let mappings = source.pairs("operationIdNameMappings");
    map(imported, "operations", mappings.into_iter());
    let mappings = source.pairs("modelNameMappings").into_iter();
    map(
        imported,
        "schemas",
        mappings.map(|(from, to)| (from, to.to_upper_camel_case())),
    );
    for (wire, name) in source.pairs("parameterNameMappings") {
        rename(
            imported,
            format!("$..parameters[?@.name == {}]", path_literal(&wire)),
            &name,
        );
    }
    for (wire, name) in source.pairs("nameMappings") {
        rename(imported, format!("$..properties[{}]", path_literal(&wire)), &name);
    }
}

fn map(imported: &mut Imported, key: &'static str, pairs: impl Iterator<Item = (String, String)>) {
    let pairs: Map<String, Value> = pairs.map(|(from, to)| (from, to.into())).collect();
    if !pairs.is_empty() {
        imported.set(key, pairs, key);
    }
}

fn rename(imported: &mut Imported, target: String, name: &str) {
    let update = json!({ "x-sdkwright-name": name });
    imported.actions.push(Action { target, update });
}

/// The keys of a generator, also those in its additional properties.
struct Source<'k> {
    keys: &'k mut Keys,
    prefix: Vec<String>,
}

impl Source<'_> {
    fn paths(&self, key: &str) -> Vec<Vec<String>> {
        let within = |folder: Option<&str>| {
            let steps = folder.into_iter().chain([key]).map(str::to_owned);
            self.prefix.iter().cloned().chain(steps).collect::<Vec<_>>()
        };
        [None, Some("additionalProperties"), Some("configOptions")]
            .map(within)
            .to_vec()
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let paths = self.paths(key);
        let paths: Vec<Vec<&str>> = paths
            .iter()
            .map(|path| path.iter().map(String::as_str).collect())
            .collect();
        let paths: Vec<&[&str]> = paths.iter().map(Vec::as_slice).collect();
        self.keys.first_text(&paths)
    }

    fn pairs(&mut self, key: &str) -> Vec<(String, String)> {
        let path: Vec<&str> = self.prefix.iter().map(String::as_str).chain([key]).collect();
        self.keys.pairs(&path)
    }
}
