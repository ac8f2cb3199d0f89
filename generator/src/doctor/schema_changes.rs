//! Changes of the types and values that a schema allows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Dialect;
use super::changes::{Changes, member, target};
use super::infer::type_of;
use super::overlay::Action;
use super::properties;
use crate::document::{SchemaId, Type};
use crate::json::Json;

/// Returns the actions after which a schema also allows null.
pub(super) fn allow_null(changes: &Changes<'_>, id: SchemaId) -> Option<Vec<Action>> {
    let (schema, node) = (&changes.document.schemas[id], changes.schema_node(id)?);
    let path = target(node);
    let flag = match changes.dialect {
        Dialect::Swagger2 => "x-nullable",
        Dialect::V30 => "nullable",
        Dialect::V31 => return allow_null_type(changes, id),
    };
    if schema.reference.is_some() {
        // Keywords next to `$ref` have no effect.
        let reference = node.get("$ref")?.as_str()?;
        let value = json!({ "allOf": [{ "$ref": reference }], flag: true });
        return Some(vec![Action::remove(member(&path, "$ref")), Action::update(path, value)]);
    }
    Some(vec![Action::update(path, json!({ flag: true }))])
}

fn allow_null_type(changes: &Changes<'_>, id: SchemaId) -> Option<Vec<Action>> {
    let schema = &changes.document.schemas[id];
    let is_plain = schema.reference.is_none() && schema.all_of.is_empty();
    let path = target(changes.schema_node(id)?);
    let null = json!({ "type": "null" });
    let mut actions = Vec::new();
    if is_plain && !schema.types.is_empty() {
        let types: Vec<&str> = schema.types.iter().map(Type::name).chain(["null"]).collect();
        actions.push(Action::remove(member(&path, "type")));
        actions.push(Action::update(path.clone(), json!({ "type": types })));
    }
    let unions = [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)];
    for (keyword, _) in unions.iter().filter(|(_, members)| !members.is_empty() && is_plain) {
        actions.push(Action::update(path.clone(), json!({ *keyword: [null] })));
    }
    if actions.is_empty() {
        wrapped(changes, id, null)
    } else {
        Some(actions)
    }
}

/// Returns the actions after which a schema also allows values of the types of some samples.
pub(super) fn allow_type(changes: &Changes<'_>, id: SchemaId, samples: &[Value]) -> Option<Vec<Action>> {
    let schema = &changes.document.schemas[id];
    let path = target(changes.schema_node(id)?);
    let inferred = changes.inferred(samples);
    if changes.dialect == Dialect::Swagger2 {
        // Without unions, the only schema that allows both is the one that allows everything.
        let node = changes.schema_node(id)?;
        let found = ["$ref", "allOf"].into_iter().find(|key| node.get(key).is_some());
        if let Some(key) = found {
            return Some(vec![Action::remove(member(&path, key))]);
        }
    }
    if schema.reference.is_some() || !schema.all_of.is_empty() {
        return wrapped(changes, id, inferred);
    }
    let keyword = if schema.one_of.is_empty() { "anyOf" } else { "oneOf" };
    let is_union = !(schema.one_of.is_empty() && schema.any_of.is_empty());
    if is_union && schema.types.is_empty() {
        return Some(vec![Action::update(path, json!({ keyword: [inferred] }))]);
    }
    let mut types: BTreeSet<Type> = properties::types(schema)
        .iter()
        .chain(samples.iter().map(type_of))
        .collect();
    if types.contains(&Type::Number) {
        types.remove(&Type::Integer);
    }
    if changes.dialect != Dialect::V31 {
        types.remove(&Type::Null);
    }
    let mut actions = Vec::new();
    if types.contains(&Type::Number) && matches!(schema.format.as_deref(), Some("int32" | "int64")) {
        actions.push(Action::remove(member(&path, "format")));
    }
    let names: Vec<&str> = types.iter().map(|kind| kind.name()).collect();
    let types: Vec<Value> = names.iter().map(|name| json!({ "type": name })).collect();
    let is_declared = changes.schema_node(id)?.get("type").is_some();
    match (changes.dialect, names.as_slice()) {
        (_, [only]) => actions.push(Action::update(path, json!({ "type": only }))),
        (dialect, _) => {
            if is_declared {
                actions.push(Action::remove(member(&path, "type")));
            }
            match dialect {
                Dialect::Swagger2 => {}
                Dialect::V30 => actions.push(Action::update(path, json!({ "anyOf": types }))),
                Dialect::V31 => actions.push(Action::update(path, json!({ "type": names }))),
            }
        }
    }
    Some(actions)
}

/// Returns the actions that replace `$ref` or `allOf` of a schema by a union with one more member.
fn wrapped(changes: &Changes<'_>, id: SchemaId, other: Value) -> Option<Vec<Action>> {
    let node = changes.schema_node(id)?;
    let (key, value) = ["$ref", "allOf"].iter().find_map(|key| Some((*key, node.get(key)?)))?;
    let path = target(node);
    let value = json!({ "anyOf": [{ key: value.to_json() }, other] });
    Some(vec![Action::remove(member(&path, key)), Action::update(path, value)])
}

/// Returns the actions after which a schema lists some values.
pub(super) fn list_values(changes: &Changes<'_>, id: SchemaId, samples: &[Value]) -> Option<Vec<Action>> {
    let (schema, node) = (&changes.document.schemas[id], changes.schema_node(id)?);
    let path = target(node);
    if node.get("enum").is_some() {
        return Some(vec![Action::update(path, json!({ "enum": samples }))]);
    }
    node.get("const")?;
    let constant: &Json = schema.constant.as_ref()?;
    let values: Vec<Value> = std::iter::once(json!(constant))
        .chain(samples.iter().cloned())
        .collect();
    Some(vec![
        Action::remove(member(&path, "const")),
        Action::update(path, json!({ "enum": values })),
    ])
}
