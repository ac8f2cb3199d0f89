//! `sdkwright init`: a first configuration for a document.
//!
//! In: the interpretation of a document. Out: the text of `sdkwright.yaml`, with settings that fit the document and comments about
//! what a person should decide. Nothing is written here.

mod workflow;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use heck::ToKebabCase as _;

use serde_json::Value;

use crate::config::name_error;
use crate::document::Style;
use crate::import::Imported;
use crate::ir::{Api, FieldPath, Operation, Pagination, PaginationInput, PaginationStep};
use crate::wire::License;

pub use workflow::workflow;

/// The longest operation id that needs no shorter name.
const MAX_ID_LENGTH: usize = 40;

/// What the configuration contains besides the facts of the document.
#[derive(Clone, Copy, Debug)]
pub struct Target<'t> {
    /// The path of the document, relative to the configuration.
    pub document: &'t str,
    /// The name of the crate.
    pub name: &'t str,
    /// The output folder of the crate.
    pub out: &'t str,
    /// The configuration of another generator.
    pub imported: Option<&'t Imported>,
    /// The overlay with the changes of that configuration, relative to this one.
    pub overlay: Option<&'t str>,
}

/// Returns a crate name for an API: the first words of its title, without those that every API has.
pub fn crate_name(api: &Api) -> String {
    let title = deunicode::deunicode(&api.title);
    // A capital letter inside a word of several is part of a name, such as `GitHub`.
    let words: Vec<&str> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let title = match words.as_slice() {
        [one] => one.to_kebab_case(),
        several => several.join("-").to_ascii_lowercase(),
    };
    let words: Vec<&str> = title.split('-').filter(|word| !GENERIC.contains(word)).collect();
    let end = words.iter().skip(1).position(|word| ADDITIONS.contains(word));
    let end = end.map_or(words.len(), |end| end + 1).min(MAX_WORDS);
    let name = words[..end].join("-");
    if name_error(&name).is_none() {
        name
    } else {
        "api-client".to_owned()
    }
}

/// The largest number of words in the name of a crate.
const MAX_WORDS: usize = 4;

/// Words that begin an addition to the name of an API, such as `with fixes`.
const ADDITIONS: [&str; 5] = ["by", "for", "from", "using", "with"];

/// Words of titles that do not identify an API.
const GENERIC: [&str; 8] = [
    "api",
    "apis",
    "rest",
    "openapi",
    "swagger",
    "specification",
    "spec",
    "the",
];

/// Returns the text of a configuration.
pub fn configuration(api: &Api, target: Target<'_>) -> String {
    let Target {
        document,
        name,
        out,
        imported,
        overlay,
    } = target;
    let mut text = format!(
        "# yaml-language-server: $schema=sdkwright.schema.json\n# The configuration of sdkwright. `sdkwright schema --markdown` \
         prints the reference of all keys.\nsdks:\n  {name}:\n    document: {}\n    out: {}\n",
        quoted(document),
        quoted(out)
    );
    let overlays = imported
        .iter()
        .flat_map(|imported| &imported.overlays)
        .map(String::as_str);
    let overlays: Vec<String> = overlays.chain(overlay).map(quoted).collect();
    if !overlays.is_empty() {
        let _ = writeln!(text, "    overlays: [{}]", overlays.join(", "));
    }
    if api.servers.iter().all(|server| !server.url.contains("://")) {
        text.push_str(
            "    # The document has no absolute server URL, so each client has to set one with `base_url`. Add `servers` to the document,\n    \
             # or with an overlay.\n",
        );
    }
    if let Some(imported) = imported {
        carried_over(&mut text, imported);
    }
    let known = |key: &str| imported.is_some_and(|imported| imported.settings.iter().any(|(known, _)| *known == key));
    package(&mut text, api, name, &known);
    text.push_str("\n    # Wire tests with a mock of the API, and a program that calls every operation once.\n    tests: true\n    smoke: true\n");
    if !known("pagination") {
        pagination(&mut text, api);
    }
    if !known("deep_objects") {
        deep_objects(&mut text, api);
    }
    if !known("operations") {
        names(&mut text, api);
    }
    text
}

/// Appends the settings of another generator, and the list of what has no equivalent.
fn carried_over(text: &mut String, imported: &Imported) {
    let _ = writeln!(text, "\n    # Carried over from {}.", imported.generator);
    for (key, value) in &imported.settings {
        match value {
            Value::String(value) => {
                let _ = writeln!(text, "    {key}: {}", quoted(value));
            }
            Value::Object(pairs) => {
                let _ = writeln!(text, "    {key}:");
                for (from, to) in pairs {
                    let to = to.as_str().map_or_else(|| to.to_string(), quoted);
                    let _ = writeln!(text, "      {}: {to}", quoted(from));
                }
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let _ = writeln!(text, "    {key}:");
                for item in items {
                    let _ = writeln!(text, "      - {item}");
                }
            }
            value => {
                let _ = writeln!(text, "    {key}: {value}");
            }
        }
    }
    if !imported.lost.is_empty() {
        text.push_str("    # Not carried over:\n");
        for lost in &imported.lost {
            let _ = writeln!(text, "    # - {}", one_line(lost));
        }
    }
    text.push('\n');
}

/// Appends the settings of the package.
fn package(text: &mut String, api: &Api, name: &str, known: &dyn Fn(&str) -> bool) {
    if !known("version") {
        let _ = writeln!(
            text,
            "    # The version of the crate. Default: the version of the document ({}). With `auto`, each change increments it.\n    # \
             version: auto",
            one_line(&api.version)
        );
    }
    if !known("license") {
        license(text, api);
    }
    if !known("env_prefix") {
        let prefix = name.replace('-', "_").to_uppercase();
        let _ = writeln!(
            text,
            "    # The prefix of the environment variables with credentials, such as `{prefix}_TOKEN`.\n    env_prefix: {prefix}"
        );
    }
}

fn license(text: &mut String, api: &Api) {
    let known = api.license.as_ref().and_then(License::expression);
    let _ = match known {
        Some(identifier) => writeln!(
            text,
            "    # The license of the crate. Default: the license of the document.\n    # license: {identifier}"
        ),
        None => writeln!(
            text,
            "    # The license of the crate, as an SPDX expression. The document does not state one.\n    # license: MIT OR Apache-2.0"
        ),
    };
}

/// Appends the inferred pagination, and the lists without pagination.
fn pagination(text: &mut String, api: &Api) {
    let paginated: Vec<(&Operation, &Pagination)> = api
        .operations
        .iter()
        .filter_map(|operation| Some((operation, operation.pagination.as_ref()?)))
        .collect();
    text.push_str("\n    # Pagination. ");
    if paginated.is_empty() {
        text.push_str("None was found in the document. Add a rule for each list that has pages:\n    # pagination:\n    #   - operations: [listPets]\n    #     cursor: { input: after, next: paging.after, items: data }\n");
        return;
    }
    text.push_str("These rules were found in the document. To change one, uncomment and edit it; `none: true` disables it:\n    # pagination:\n");
    for (operation, pagination) in paginated {
        if let Some(rule) = rule(pagination) {
            let _ = writeln!(
                text,
                "    #   - operations: [{}]\n    #     {rule}",
                quoted(&operation.id)
            );
        }
    }
}

/// Returns the rule of the configuration for an inferred pagination, if the configuration can express it.
fn rule(pagination: &Pagination) -> Option<String> {
    let items = pagination.items.as_ref().map(path).filter(|items| !items.is_empty());
    let items = items.map_or_else(String::new, |items| format!(", items: {}", quoted(&items)));
    let input = |input: &PaginationInput| match input {
        PaginationInput::Query(name) | PaginationInput::Exploded(_, name) => quoted(name),
        PaginationInput::Deep(..) | PaginationInput::Header(_) => quoted(&input.to_string()),
        PaginationInput::Body(name) | PaginationInput::BodyNumber(name) => quoted(&format!("body.{}", path(name))),
    };
    let rule = match &pagination.step {
        PaginationStep::Cursor { input: name, next } => {
            format!(
                "cursor: {{ input: {}, next: {}{items} }}",
                input(name),
                quoted(&next.to_string())
            )
        }
        PaginationStep::Url { next } => format!("url: {{ next: {}{items} }}", quoted(&path(next))),
        PaginationStep::Link => format!("link: {{ {} }}", items.trim_start_matches(", ")).replace("{  }", "{}"),
        PaginationStep::Page { input: name, first, .. } => {
            format!("page: {{ input: {}, first: {first}{items} }}", input(name))
        }
        PaginationStep::Offset { input: name, first, .. } => {
            let first = if *first == 0 {
                String::new()
            } else {
                format!(", first: {first}")
            };
            format!("offset: {{ input: {}{first}{items} }}", input(name))
        }
        PaginationStep::LastId { .. } => return None,
    };
    Some(rule)
}

fn path(path: &FieldPath) -> String {
    path.0.join(".")
}

/// Appends the encoding of nested values, if a parameter needs it.
fn deep_objects(text: &mut String, api: &Api) {
    let is_deep = |operation: &&Operation| {
        operation
            .parameters
            .iter()
            .any(|parameter| parameter.style == Style::DeepObject)
    };
    let deep: Vec<&str> = api
        .operations
        .iter()
        .filter(is_deep)
        .map(|operation| operation.id.as_str())
        .collect();
    if let Some(first) = deep.first() {
        let _ = writeln!(
            text,
            "\n    # {} with `deepObject` parameters, such as `{first}`. OpenAPI does not define how nested values are encoded. Ask the\n    \
             # API's authors, and set `brackets` (default), `indices` or `repeat`.\n    # deep_objects: brackets",
            count(deep.len(), "operation")
        );
    }
}

/// Appends the operations whose names a person should review.
fn names(text: &mut String, api: &Api) {
    let long: Vec<&Operation> = api
        .operations
        .iter()
        .filter(|operation| operation.id.len() > MAX_ID_LENGTH)
        .collect();
    if long.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n    # {} with a long name. Choose a shorter one:\n    # operations:",
        count(long.len(), "operation")
    );
    for operation in long {
        let _ = writeln!(text, "    #   {}: shorter_name", quoted(&operation.id));
    }
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a string as a YAML scalar, in quotes unless it is a plain word or path.
fn quoted(text: &str) -> String {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.') && text.chars().all(is_safe);
    if is_plain
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        )
    {
        text.to_owned()
    } else {
        // A JSON string is a YAML scalar in double quotes.
        Value::from(text).to_string()
    }
}
