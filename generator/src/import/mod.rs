//! `sdkwright init --from`: reads the configuration of another generator.
//!
//! In: the text of a configuration of Speakeasy, Stainless, Fern or OpenAPI Generator, and the files next to it. Out: an [`Imported`]
//! with settings, overlay actions for what only the document can express, and the list of keys that have no equivalent.

mod fern;
mod keys;
mod openapi_generator;
mod pagination;
mod speakeasy;
mod stainless;

use heck::ToKebabCase as _;
use serde::Serialize;
use serde_json::{Value, json};

use crate::config::{self, name_error};
use crate::ir::Api;
use crate::json::path_literal;
use keys::Keys;
use pagination::Scheme;

/// What was read from the configuration of another generator.
#[derive(Debug, Default)]
pub struct Imported {
    /// The name of the other generator.
    pub generator: &'static str,
    /// The document.
    pub document: Option<String>,
    /// The name of the crate.
    pub name: Option<String>,
    /// Existing overlay files.
    pub overlays: Vec<String>,
    /// The settings, by the key of `sdkwright.yaml`.
    pub settings: Vec<(&'static str, Value)>,
    /// The actions of the overlay.
    pub actions: Vec<Action>,
    /// What could not be carried over: keys of the file, with the reason if it is not obvious.
    pub lost: Vec<String>,
    /// The forms of pagination, which apply to every operation that has their inputs and outputs.
    schemes: Vec<Scheme>,
    /// Operations that are not paginated, by method and path.
    unpaginated: Vec<(String, String)>,
    /// The names and URLs of servers.
    servers: Vec<(String, String)>,
    /// Security schemes, by name.
    security: Vec<(String, Value)>,
}

/// An action of the overlay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Action {
    /// The JSONPath of the value.
    pub target: String,
    /// The members to add or replace.
    pub update: Value,
}

/// An overlay, with its keys in the usual order.
#[derive(Serialize)]
struct Overlay<'a> {
    overlay: &'static str,
    info: Value,
    actions: &'a [Action],
}

/// Reads another file, by its path relative to the configuration.
pub type ReadFile<'r> = &'r dyn Fn(&str) -> Option<String>;

/// Reads a configuration. Returns the reason if it is not one of the supported formats.
pub fn import(text: &str, read: ReadFile<'_>) -> Result<Imported, String> {
    let root: serde_yaml::Value =
        serde_yaml::from_str(text).map_err(|error| format!("it is not valid YAML ({error})"))?;
    let has = |key: &str| root.get(key).is_some();
    let mut keys = Keys::new(root.clone());
    let mut imported = Imported::default();
    if has("configVersion") || has("generation") {
        imported.generator = "Speakeasy";
        speakeasy::read(&mut keys, read, &mut imported);
    } else if has("resources") || has("client_settings") {
        imported.generator = "Stainless";
        stainless::read(&mut keys, &mut imported);
    } else if has("groups") || has("auth-schemes") {
        imported.generator = "Fern";
        fern::read(&mut keys, read, &mut imported);
    } else if ["generatorName", "generator-cli", "packageName", "additionalProperties"]
        .into_iter()
        .any(has)
    {
        imported.generator = "OpenAPI Generator";
        openapi_generator::read(&mut keys, &mut imported);
    } else {
        return Err("its format is unknown".to_owned());
    }
    imported.lost.extend(keys.rest());
    Ok(imported)
}

impl Imported {
    /// Adds a setting, unless its value is invalid.
    fn set(&mut self, key: &'static str, value: impl Into<Value>, origin: &str) {
        let value = value.into();
        let config = json!({ "sdks": { "a": { "document": "a", "out": "a", key: value } } });
        match config::parse(&config.to_string()) {
            Ok(_) => self.settings.push((key, value)),
            Err(errors) => {
                let reason = errors
                    .into_iter()
                    .next()
                    .map_or_else(String::new, |error| error.message);
                self.lost.push(format!("{origin} ({reason})"));
            }
        }
    }

    /// Adds a setting, if there is a value.
    fn set_text(&mut self, key: &'static str, value: Option<String>, origin: &str) {
        if let Some(value) = value {
            self.set(key, value, origin);
        }
    }

    /// Sets the name of the crate from that of a package, such as `@acme/sdk`.
    fn set_name(&mut self, package: Option<String>) {
        let name = package.map(|package| package.to_kebab_case());
        self.name = name.filter(|name| name_error(name).is_none());
    }

    /// Sets the prefix of environment variables from the name of one, such as `ACME_API_KEY`.
    fn set_env_prefix(&mut self, variable: &str) {
        const ENDS: [&str; 7] = [
            "_API_KEY",
            "_API_TOKEN",
            "_AUTH_TOKEN",
            "_BEARER_TOKEN",
            "_TOKEN",
            "_KEY",
            "_CLIENT_ID",
        ];
        let prefix = ENDS.iter().find_map(|end| variable.strip_suffix(end));
        match prefix.filter(|_| self.settings.iter().all(|(key, _)| *key != "env_prefix")) {
            Some(prefix) => self.set("env_prefix", prefix, variable),
            None => self
                .lost
                .push(format!("{variable} (the names of environment variables are fixed)")),
        }
    }

    /// Completes the settings that depend on the document.
    pub fn complete(&mut self, api: &Api) {
        let rules = pagination::rules(api, &self.schemes, &self.unpaginated, &mut self.lost);
        if !rules.is_empty() {
            self.set("pagination", rules, "pagination");
        }
        let url = |url: &str| url.trim_end_matches('/').to_owned();
        for (name, server) in &self.servers {
            if !api.servers.iter().any(|known| url(&known.url) == url(server)) {
                self.lost
                    .push(format!("server `{name}` (the document does not list {server})"));
            }
        }
        let security = std::mem::take(&mut self.security);
        if api.schemes.is_empty() {
            self.add_security(security);
        } else if !security.is_empty() {
            self.lost
                .push("authentication (that of the document is used)".to_owned());
        }
    }

    /// Adds security schemes to a document that has none.
    fn add_security(&mut self, schemes: Vec<(String, Value)>) {
        let requirement = |name: &String| json!({ name: [] });
        let requirements: Vec<Value> = schemes.iter().map(|(name, _)| requirement(name)).collect();
        if requirements.is_empty() {
            return;
        }
        let schemes: serde_json::Map<String, Value> = schemes.into_iter().collect();
        self.actions.push(Action {
            target: "$".to_owned(),
            update: json!({ "components": { "securitySchemes": schemes }, "security": requirements }),
        });
    }

    /// Returns the text of the overlay, if there is something that only the document can express.
    pub fn overlay(&self) -> Option<String> {
        if self.actions.is_empty() {
            return None;
        }
        let overlay = Overlay {
            overlay: "1.0.0",
            info: json!({ "title": format!("Settings of {}", self.generator), "version": "1.0.0" }),
            actions: &self.actions,
        };
        serde_yaml::to_string(&overlay).ok()
    }
}

/// Returns the target of an overlay action for an operation.
fn operation_target(method: &str, path: &str) -> String {
    format!("$.paths[{}].{}", path_literal(path), method.to_lowercase())
}
