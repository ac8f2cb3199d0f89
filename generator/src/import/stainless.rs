//! Stainless: `stainless.yml`, with resources, pagination schemes and settings of the client.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase as _;
use serde_json::{Map, Value, json};
use serde_yaml::Value as Yaml;

use super::keys::{Keys, scalar};
use super::pagination::Scheme;
use super::{Action, Imported, operation_target};

pub(super) fn read(keys: &mut Keys, imported: &mut Imported) {
    for key in ["edition", "$schema"] {
        keys.skip(&[key]);
    }
    package(keys, imported);
    client(keys, imported);
    let mut models: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(resources) = keys.take(&["resources"]) {
        resource_list(&resources, &[], &mut models, imported);
    }
    let mut schemas = Map::new();
    for (schema, names) in models {
        match names.as_slice() {
            [name] if *name != schema => {
                schemas.insert(schema, name.clone().into());
            }
            _ => {}
        }
    }
    if !schemas.is_empty() {
        imported.set("schemas", schemas, "resources.*.models");
    }
    let schemes = keys.take(&["pagination"]);
    for scheme in schemes.iter().flat_map(|list| list.as_sequence().into_iter().flatten()) {
        let name = scheme.get("name").and_then(scalar).unwrap_or_default();
        match Scheme::of_stainless(&name, scheme) {
            Ok(scheme) => imported.schemes.push(scheme),
            Err(reason) => imported.lost.push(format!("pagination scheme `{name}` ({reason})")),
        }
    }
}

fn package(keys: &mut Keys, imported: &mut Imported) {
    let targets = keys.names(&["targets"]);
    let name = targets
        .iter()
        .find_map(|target| keys.text(&["targets", target, "package_name"]));
    let organization = keys.text(&["organization", "name"]);
    imported.set_name(name.or(organization));
    imported.set_text("homepage", keys.text(&["organization", "docs"]), "organization.docs");
    imported.set_text("license", keys.text(&["settings", "license"]), "settings.license");
    if let Some(contact) = keys.text(&["organization", "contact"]) {
        imported.set("authors", vec![contact], "organization.contact");
    }
    match keys.text(&["query_settings", "nested_format"]).as_deref() {
        Some("brackets") => imported.set("deep_objects", "brackets", "query_settings.nested_format"),
        Some(other) => imported.lost.push(format!("query_settings.nested_format: {other}")),
        None => {}
    }
    for name in keys.names(&["environments"]) {
        if let Some(url) = keys.text(&["environments", &name]) {
            imported.servers.push((name, url));
        }
    }
}

fn client(keys: &mut Keys, imported: &mut Imported) {
    imported.set_text(
        "env_prefix",
        keys.text(&["client_settings", "default_env_prefix"]),
        "client_settings.default_env_prefix",
    );
    for option in keys.names(&["client_settings", "opts"]) {
        let path = ["client_settings", "opts", &option];
        let scheme = keys
            .get(&[&path[..], &["auth", "security_scheme"]].concat())
            .and_then(scalar);
        if scheme.is_none() {
            continue;
        }
        let variable = keys.text(&[&path[..], &["read_env"]].concat());
        keys.skip(&path);
        if let Some(variable) = variable {
            imported.set_env_prefix(&variable);
        }
    }
    let retries = ["client_settings", "default_retries"];
    let mut seconds = |key: &str| -> Option<u64> {
        let seconds: f64 = keys.text(&[&retries[..], &[key]].concat())?.parse().ok()?;
        std::time::Duration::try_from_secs_f64(seconds)
            .ok()
            .and_then(|time| u64::try_from(time.as_millis()).ok())
    };
    let (initial, max) = (seconds("initial_delay_seconds"), seconds("max_delay_seconds"));
    if initial.is_some() || max.is_some() {
        let backoff = json!({
            "initialInterval": initial.unwrap_or(500), "maxInterval": max.unwrap_or(8000), "exponent": 2,
        });
        imported.actions.push(Action {
            target: "$".to_owned(),
            update: json!({ "x-speakeasy-retries": {
                "strategy": "backoff", "backoff": backoff, "statusCodes": [408, 409, 429, "5XX"], "retryConnectionErrors": true,
            } }),
        });
    }
    if let Some(key) = keys.text(&["client_settings", "idempotency_header"]) {
        imported.lost.push(format!(
            "client_settings.idempotency_header (add the header parameter `{key}` to the document)"
        ));
    }
    if let Some(Yaml::Mapping(schemes)) = keys.take(&["security_schemes"]) {
        for (name, scheme) in &schemes {
            if let (Some(name), Ok(scheme)) = (scalar(name), serde_json::to_value(scheme)) {
                imported.security.push((name, scheme));
            }
        }
        keys.skip(&["security"]);
    }
}

/// Reads resources with their models, methods and subresources.
fn resource_list(
    resources: &Yaml,
    group: &[String],
    models: &mut BTreeMap<String, Vec<String>>,
    imported: &mut Imported,
) {
    for (name, resource) in resources.as_mapping().into_iter().flatten() {
        let Some(name) = scalar(name) else { continue };
        let path: Vec<String> = group.iter().cloned().chain([name.clone()]).collect();
        for (alias, schema) in entries(resource, "models") {
            let schema = scalar(schema).unwrap_or_default();
            let schema = schema.rsplit('/').next().unwrap_or_default().to_owned();
            if schema.is_empty() || schema.contains(' ') {
                imported
                    .lost
                    .push(format!("resources.{}.models.{alias}", path.join(".")));
            } else {
                models.entry(schema).or_default().push(alias.to_upper_camel_case());
            }
        }
        for (method, value) in entries(resource, "methods") {
            read_method(&path, &method, value, imported);
        }
        if let Some(subresources) = resource.get("subresources") {
            resource_list(subresources, &path, models, imported);
        }
        let known = ["models", "methods", "subresources", "standalone_api"];
        let others = resource
            .as_mapping()
            .into_iter()
            .flatten()
            .filter_map(|(key, _)| scalar(key));
        let others = others.filter(|key| !known.contains(&key.as_str()));
        imported
            .lost
            .extend(others.map(|key| format!("resources.{}.{key}", path.join("."))));
    }
}

fn read_method(group: &[String], name: &str, value: &Yaml, imported: &mut Imported) {
    let place = format!("resources.{}.methods.{name}", group.join("."));
    let endpoint = scalar(value).or_else(|| scalar(value.get("endpoint")?));
    let endpoint = endpoint.as_deref().and_then(|endpoint| endpoint.trim().split_once(' '));
    let Some((method, path)) = endpoint else {
        imported.lost.push(place);
        return;
    };
    let path = path.trim();
    let mut update = Map::new();
    update.insert("x-sdkwright-name".to_owned(), name.into());
    // Methods of the client itself keep the group of the document.
    if group.iter().all(|segment| !segment.starts_with('$')) {
        update.insert("x-sdkwright-group".to_owned(), group.join(".").into());
    }
    for (key, value) in value.as_mapping().into_iter().flatten() {
        let text = scalar(value);
        match (scalar(key).unwrap_or_default().as_str(), text.as_deref()) {
            ("endpoint", _) | ("type", Some("http")) => {}
            ("paginated", Some("false")) => imported.unpaginated.push((method.to_owned(), path.to_owned())),
            ("paginated", _) | ("skip", Some("false")) => {}
            ("skip", Some("true")) => {
                update.insert("x-sdkwright-ignore".to_owned(), true.into());
            }
            ("deprecated", Some(message)) => {
                update.insert("deprecated".to_owned(), true.into());
                update.insert("x-deprecation-message".to_owned(), message.into());
            }
            ("body_param_name", Some(name)) => {
                update.insert("x-codegen-request-body-name".to_owned(), name.into());
            }
            (other, _) => imported.lost.push(format!("{place}.{other}")),
        }
    }
    imported.actions.push(Action {
        target: operation_target(method, path),
        update: Value::Object(update),
    });
}

/// Returns the entries of a mapping below a resource.
fn entries<'y>(resource: &'y Yaml, key: &str) -> impl Iterator<Item = (String, &'y Yaml)> {
    let mapping = resource.get(key).and_then(Yaml::as_mapping);
    mapping
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((scalar(key)?, value)))
}
