//! Pagination schemes of Stainless, which apply to every operation that has their inputs and outputs.

use serde_json::{Map, Value, json};
use serde_yaml::Value as Yaml;

use super::keys::scalar;
use crate::ir::{Api, Content, Operation, Shape, TypeBody, TypeRef};
use crate::wire::{Location, Method};

/// A pagination scheme.
#[derive(Debug)]
pub(super) struct Scheme {
    name: String,
    /// The key of the rule in the configuration, such as `cursor`.
    kind: &'static str,
    /// The members of the rule that name query parameters.
    inputs: Vec<(&'static str, String)>,
    /// The members of the rule that name properties of the body.
    outputs: Vec<(&'static str, String)>,
}

impl Scheme {
    /// Reads a scheme, or returns the reason why it has no equivalent.
    pub(super) fn of_stainless(name: &str, scheme: &Yaml) -> Result<Self, &'static str> {
        let mut fields = Fields::default();
        fields.collect(&mut Vec::new(), scheme.get("request"));
        let inputs = std::mem::take(&mut fields);
        fields.collect(&mut Vec::new(), scheme.get("response"));
        let outputs = fields;
        let kind = scheme.get("type").and_then(scalar).unwrap_or_default();
        let required = |value: Option<&String>| value.cloned().ok_or("a field without a purpose");
        let items = outputs.of("items").or(outputs.list.as_ref());
        let mut rule = Self {
            name: name.to_owned(),
            kind: "",
            inputs: Vec::new(),
            outputs: items.map(|items| ("items", items.clone())).into_iter().collect(),
        };
        let limit = inputs.of("page_size_param").map(|limit| ("limit", limit.clone()));
        match kind.as_str() {
            "cursor" => {
                rule.kind = "cursor";
                rule.inputs.push(("input", required(inputs.of("next_cursor_param"))?));
                rule.outputs.push(("next", required(outputs.of("next_cursor_field"))?));
            }
            "cursor_url" => {
                rule.kind = "url";
                rule.outputs.push(("next", required(outputs.of("cursor_url_field"))?));
            }
            "page_number" => {
                rule.kind = "page";
                rule.inputs.push(("input", required(inputs.of("page_number_param"))?));
                rule.inputs.extend(limit);
                let total = outputs
                    .of("total_page_count_field")
                    .map(|total| ("total", total.clone()));
                rule.outputs.extend(total);
            }
            "offset" => {
                rule.kind = "offset";
                rule.inputs.push(("input", required(inputs.of("offset_count_param"))?));
                rule.inputs.extend(limit);
            }
            _ => return Err("pagination of this type is inferred from the document only"),
        }
        Ok(rule)
    }

    /// Returns whether an operation has the inputs and outputs.
    fn applies(&self, api: &Api, operation: &Operation) -> bool {
        let is_input = |(_, name): &(&str, String)| {
            let mut parameters = operation.parameters.iter();
            parameters.any(|parameter| parameter.location == Location::Query && parameter.wire == *name)
        };
        let Content::Json { ty, .. } = &operation.success.content else {
            return false;
        };
        self.inputs.iter().all(is_input) && self.outputs.iter().all(|(_, path)| has(api, ty, path))
    }

    fn rule(&self, operations: &[&str]) -> Value {
        let members: Map<String, Value> = self
            .inputs
            .iter()
            .chain(&self.outputs)
            .map(|(key, name)| ((*key).to_owned(), name.clone().into()))
            .collect();
        json!({ "operations": operations, self.kind: members })
    }
}

/// Returns the rules of the operations to which a scheme applies.
pub(super) fn rules(
    api: &Api,
    schemes: &[Scheme],
    unpaginated: &[(String, String)],
    lost: &mut Vec<String>,
) -> Vec<Value> {
    let is_unpaginated = |operation: &Operation| {
        let mut list = unpaginated.iter();
        list.any(|(method, path)| operation.method.to_string().eq_ignore_ascii_case(method) && operation.path == *path)
    };
    let mut rules = Vec::new();
    let none: Vec<&str> = api
        .operations
        .iter()
        .filter(|operation| is_unpaginated(operation))
        .map(id)
        .collect();
    if !none.is_empty() {
        rules.push(json!({ "operations": none, "none": true }));
    }
    let mut ruled: Vec<&str> = Vec::new();
    for scheme in schemes {
        let paginated = api.operations.iter().filter(|operation| {
            operation.method == Method::Get && !is_unpaginated(operation) && scheme.applies(api, operation)
        });
        let operations: Vec<&str> = paginated.map(id).filter(|id| !ruled.contains(id)).collect();
        if operations.is_empty() {
            lost.push(format!(
                "pagination scheme `{}` (no operation has its parameters and properties)",
                scheme.name
            ));
        } else {
            rules.push(scheme.rule(&operations));
            ruled.extend(operations);
        }
    }
    rules
}

fn id(operation: &Operation) -> &str {
    &operation.id
}

/// Returns whether a value of the type has a property at a path.
fn has(api: &Api, ty: &TypeRef, path: &str) -> bool {
    path.split('.')
        .try_fold(ty, |ty, name| {
            let Shape::Named(id) = api.types.resolve(&ty.shape) else {
                return None;
            };
            let TypeBody::Struct(of) = &api.types[*id].body else {
                return None;
            };
            of.fields.iter().find(|field| field.wire == name).map(|field| &field.ty)
        })
        .is_some()
}

/// The fields of a request or a response, by purpose.
#[derive(Debug, Default)]
struct Fields {
    purposes: Vec<(String, String)>,
    /// The first list.
    list: Option<String>,
}

impl Fields {
    fn of(&self, purpose: &str) -> Option<&String> {
        self.purposes
            .iter()
            .find(|(known, _)| known == purpose)
            .map(|(_, path)| path)
    }

    /// Collects the fields of a mapping of names to schemas, also those of nested objects.
    fn collect(&mut self, path: &mut Vec<String>, schemas: Option<&Yaml>) {
        for (name, schema) in schemas.and_then(Yaml::as_mapping).into_iter().flatten() {
            let Some(name) = scalar(name) else { continue };
            path.push(name);
            let purpose = schema
                .get("x-stainless-pagination-property")
                .and_then(|property| property.get("purpose"));
            if let Some(purpose) = purpose.and_then(scalar) {
                self.purposes.push((purpose, path.join(".")));
            }
            let ty = schema.get("type").and_then(scalar);
            if ty.as_deref() == Some("array") && self.list.is_none() {
                self.list = Some(path.join("."));
            }
            self.collect(path, schema.get("properties"));
            path.pop();
        }
    }
}
