//! Speakeasy: `gen.yaml`, and `workflow.yaml` next to it. Names, groups, pagination and retries of Speakeasy are in the document.

use super::keys::{Keys, scalar};
use super::{Imported, ReadFile};

/// The keys that are not languages.
const OTHER: [&str; 5] = [
    "configVersion",
    "generation",
    "management",
    "features",
    "persistentEdits",
];

pub(super) fn read(keys: &mut Keys, read: ReadFile<'_>, imported: &mut Imported) {
    keys.skip(&["configVersion"]);
    keys.skip(&["management"]);
    // Snippets are always written.
    keys.skip(&["generation", "usageSnippets"]);
    let class = keys.text(&["generation", "sdkClassName"]);
    let languages = keys.names(&[]).into_iter().filter(|key| !OTHER.contains(&key.as_str()));
    let languages: Vec<String> = languages.collect();
    let language = languages
        .iter()
        .find(|language| keys.get(&[language, "packageName"]).is_some())
        .or(languages.first());
    let mut package = None;
    if let Some(language) = language {
        let mut text = |key: &str| keys.text(&[language, key]);
        package = text("packageName");
        let origin = |key: &str| format!("{language}.{key}");
        imported.set_text("version", text("version"), &origin("version"));
        imported.set_text("description", text("description"), &origin("description"));
        imported.set_text("license", text("license"), &origin("license"));
        imported.set_text("homepage", text("homepage"), &origin("homepage"));
        imported.set_text("env_prefix", text("envVarPrefix"), &origin("envVarPrefix"));
        let author = text("author");
        let authors = keys.take(&[language, "authors"]);
        let authors = authors.iter().flat_map(|list| list.as_sequence().into_iter().flatten());
        let authors: Vec<String> = author.into_iter().chain(authors.filter_map(scalar)).collect();
        if !authors.is_empty() {
            imported.set("authors", authors, &origin("authors"));
        }
        for key in ["repoUrl", "repoURL"] {
            let url = keys.text(&[language, key]);
            imported.set_text("repository", url, &origin(key));
        }
    }
    imported.set_name(package.or(class));
    workflow(read, imported);
}

/// Reads the document and its overlays from the workflow.
fn workflow(read: ReadFile<'_>, imported: &mut Imported) {
    // `gen.yaml` is in `.speakeasy/` or in the folder above it.
    let paths = [("workflow.yaml", "../"), (".speakeasy/workflow.yaml", "")];
    let Some((text, root)) = paths.iter().find_map(|(path, root)| Some((read(path)?, root))) else {
        return;
    };
    let Ok(value) = serde_yaml::from_str(&text) else { return };
    let mut keys = Keys::new(value);
    let Some(source) = keys.names(&["sources"]).into_iter().next() else {
        return;
    };
    let location = |value: &serde_yaml::Value| {
        let location = value.get("location")?;
        let text = scalar(location).or_else(|| scalar(location.get("location")?))?;
        let relative = !text.contains("://") && !text.starts_with('/');
        Some(if relative {
            format!("{root}{}", text.trim_start_matches("./"))
        } else {
            text
        })
    };
    let list = |keys: &mut Keys, key: &str| {
        let value = keys.take(&["sources", &source, key]);
        let items = value.and_then(|value| value.as_sequence().cloned()).unwrap_or_default();
        items.iter().filter_map(location).collect::<Vec<_>>()
    };
    let mut inputs = list(&mut keys, "inputs").into_iter();
    imported.document = inputs.next();
    imported
        .lost
        .extend(inputs.map(|input| format!("{input} (one document per SDK)")));
    imported.overlays = list(&mut keys, "overlays");
}
