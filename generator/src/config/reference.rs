//! The reference of the configuration: a JSON Schema and a Markdown page, both from the doc comments of the configuration types.
//!
//! The schema is a file, which a test derives from the types. So the program does not contain the code that derives it.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// The JSON Schema of the configuration.
const SCHEMA: &str = include_str!("schema.json");

/// Returns the JSON Schema of the configuration, for editors.
pub fn json_schema() -> Value {
    // A test parses the text.
    serde_json::from_str(SCHEMA).unwrap_or_default()
}

/// Returns the reference of the configuration as a Markdown page.
pub fn markdown() -> String {
    let schema = json_schema();
    let mut page = String::from(HEAD);
    let sdk = &schema["definitions"]["Sdk"];
    let mut nested = Vec::new();
    page.push_str("## Keys of an SDK\n\n");
    section(&mut page, sdk, 3, &mut nested);
    let mut index = 0;
    while let Some(name) = nested.get(index).cloned() {
        let definition = &schema["definitions"][&name];
        let _ = write!(page, "## `{name}`\n\n{}\n\n", text(definition).0);
        section(&mut page, definition, 3, &mut nested);
        index += 1;
    }
    page.trim_end().to_owned() + "\n"
}

const HEAD: &str = "\
# Configuration

<!-- Generated from the doc comments in generator/src/config: `cargo run -- schema --markdown > docs/configuration.md` -->

`sdkwright.yaml` lists the SDKs to generate. sdkwright looks for it in the current folder, in its folder `spec/`, and in the parent
folders up to the root of the repository. Paths are relative to the file.

```yaml
# yaml-language-server: $schema=sdkwright.schema.json
sdks:
  petstore-client:            # the name of the crate
    document: openapi.yaml
    out: ../petstore-client
    env_prefix: PETSTORE
```

`sdkwright init` writes a first configuration. `sdkwright schema > sdkwright.schema.json` writes a JSON Schema for editors. An unknown
key or an invalid value is an error with its position.

";

/// Appends the keys of an object, or the values of an enum. Adds the types of the keys to `nested`.
fn section(page: &mut String, schema: &Value, level: usize, nested: &mut Vec<String>) {
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let no_properties = Map::new();
    for (key, property) in schema["properties"].as_object().unwrap_or(&no_properties) {
        let (description, example) = text(property);
        let _ = write!(page, "{} `{key}`\n\n", "#".repeat(level));
        let kind = kind(property, nested);
        let required = if required.contains(&key.as_str()) {
            ", required"
        } else {
            ""
        };
        let _ = write!(page, "Type: {kind}{required}. {description}\n\n");
        if let Some(example) = example {
            let _ = write!(page, "```yaml\n{example}\n```\n\n");
        }
    }
    for value in schema["oneOf"].as_array().into_iter().flatten() {
        if let Some(name) = value["const"].as_str() {
            let _ = writeln!(page, "- `{name}`: {}", text(value).0);
        }
    }
    if schema["oneOf"].is_array() {
        page.push('\n');
    }
}

/// Returns the description of a schema and its example.
fn text(schema: &Value) -> (String, Option<String>) {
    let description = schema["description"].as_str().unwrap_or_default();
    let (text, example) = match description.split_once("Example: ") {
        Some((text, example)) => (text, Some(example.trim().trim_matches('`').to_owned())),
        None => (description, None),
    };
    (text.split_whitespace().collect::<Vec<_>>().join(" "), example)
}

/// Returns the type of a property in words.
fn kind(property: &Value, nested: &mut Vec<String>) -> String {
    let reference = property["$ref"].as_str().or_else(|| {
        let branches = property["allOf"].as_array().or(property["anyOf"].as_array());
        branches
            .into_iter()
            .flatten()
            .find_map(|branch| branch["$ref"].as_str())
    });
    if let Some(name) = reference.and_then(|reference| reference.rsplit('/').next()) {
        if !nested.iter().any(|known| known == name) {
            nested.push(name.to_owned());
        }
        return format!("[`{name}`](#{})", name.to_lowercase());
    }
    let types = match &property["type"] {
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .filter(|one| *one != "null")
            .collect(),
        other => other.as_str().into_iter().collect::<Vec<_>>(),
    };
    match types.first() {
        Some(&"array") => format!("list of {}", plural(&kind(&property["items"], nested))),
        Some(&"object") => format!(
            "mapping of strings to {}",
            plural(&kind(&property["additionalProperties"], nested))
        ),
        Some(one) => (*one).to_owned(),
        None => "value".to_owned(),
    }
}

/// Returns the plural of the name of a type. Links to types are unchanged.
fn plural(kind: &str) -> String {
    if kind.starts_with('[') {
        return kind.to_owned();
    }
    match kind.strip_prefix("list of ") {
        Some(items) => format!("lists of {items}"),
        None => format!("{kind}s"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use schemars::generate::SchemaSettings;
    use serde_json::Value;

    use super::{SCHEMA, json_schema};
    use crate::config::Config;

    /// Derives the schema from the types.
    fn derived() -> Value {
        let generator = SchemaSettings::draft07().into_generator();
        let mut schema = generator.into_root_schema_for::<Config>().to_value();
        schema["title"] = "sdkwright configuration".into();
        // The keys of `Settings` are part of `Sdk`, so unknown keys are checked for both together.
        schema["definitions"]["Sdk"]["additionalProperties"] = false.into();
        schema
    }

    #[test]
    fn the_schema_is_that_of_the_types() {
        let text = format!("{:#}\n", derived());
        if std::env::var_os("UPDATE_PAGES").is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/src/config/schema.json");
            fs::write(path, &text).expect("the schema");
            return;
        }
        assert!(
            SCHEMA == text,
            "the schema is out of date: run `UPDATE_PAGES=1 cargo test --lib config::reference`"
        );
        assert_eq!(json_schema(), derived());
    }
}
