//! Finds the references in a file, and distinguishes them from data such as examples.

use crate::load::Node;

/// Calls `with` for each reference in a tree and its text, except those inside examples and other data.
pub(super) fn each<'b>(root: Node<'b>, mut with: impl FnMut(Node<'b>, &'b str)) {
    root.walk(|node| {
        if let Some(text) = node.as_str().filter(|_| is_reference(node)) {
            with(node, text);
        }
        !is_data(node)
    });
}

fn is_reference(node: Node<'_>) -> bool {
    let is_discriminator = |node: Node<'_>| node.key() == Some("discriminator");
    match node.key() {
        Some("$ref" | "$dynamicRef") => true,
        Some("defaultMapping") => node.parent().is_some_and(is_discriminator),
        // The values of a discriminator's mapping may be references. A property may be called `mapping`, too.
        Some(_) => node
            .parent()
            .filter(|map| map.key() == Some("mapping"))
            .and_then(Node::parent)
            .is_some_and(is_discriminator),
        None => false,
    }
}

/// Returns whether a value is data, in which `$ref` and `$id` have no meaning. Values for which this is not certain are not data,
/// because a reference that is not found costs more than a file that is read in vain.
pub(super) fn is_data(node: Node<'_>) -> bool {
    let (Some(key), Some(parent)) = (node.key(), node.parent()) else {
        return false;
    };
    // Older documents have webhooks in `x-webhooks`.
    let is_keyword = (key.starts_with("x-") && key != "x-webhooks")
        || matches!(key, "example" | "default" | "enum" | "const" | "value" | "dataValue");
    is_keyword
        && !match parent.key() {
            Some(key) => has_names(key),
            None => parent == parent.root() && may_have_names(parent),
        }
}

/// Returns whether the document names the children of this key: a response may be called `default`.
fn has_names(key: &str) -> bool {
    matches!(
        key,
        "properties" | "patternProperties" | "$defs" | "definitions" | "schemas" | "responses" | "parameters"
    ) || matches!(
        key,
        "headers" | "callbacks" | "requestBodies" | "links" | "securitySchemes" | "examples"
    ) || matches!(
        key,
        "paths" | "pathItems" | "content" | "encoding" | "dependentSchemas" | "mediaTypes"
    ) || matches!(key, "webhooks" | "x-webhooks" | "additionalOperations")
}

/// Returns whether the keys of a root may be names: neither those of an OpenAPI document nor those of a schema.
fn may_have_names(root: Node<'_>) -> bool {
    let keywords = ["openapi", "swagger", "$schema", "type"];
    let has = |keyword: &str| root.get(keyword).is_some_and(|value| !value.is_object());
    !keywords.into_iter().any(has)
}
