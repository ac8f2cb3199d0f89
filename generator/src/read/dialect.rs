//! Detects the OpenAPI version of a document and reports unsupported ones.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::{Node, Value};

/// The versions whose keywords differ in meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dialect {
    /// Swagger 2.0
    Swagger2,
    /// OpenAPI 3.0
    V30,
    /// OpenAPI 3.1
    V31,
    /// OpenAPI 3.2
    V32,
}

/// Returns the version that the document declares, as text.
pub(super) fn version_text(root: Node<'_>) -> String {
    let version = root.get("openapi").or_else(|| root.get("swagger"));
    version.and_then(text).unwrap_or_default().to_owned()
}

/// Returns a version as text; unquoted, `3.1` is a number in YAML.
fn text(node: Node<'_>) -> Option<&str> {
    match node.value() {
        Value::String(text) | Value::Number(text) => Some(text.trim()),
        Value::Null | Value::Bool(_) | Value::Array | Value::Object => None,
    }
}

/// Detects the version, or reports that it is missing or unsupported.
pub(super) fn detect(root: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Dialect> {
    let dialect = match (root.get("openapi"), root.get("swagger")) {
        (Some(version), _) => openapi(version, diagnostics),
        (None, Some(version)) => swagger(version, diagnostics),
        (None, None) => {
            // Syntax errors have been reported already.
            if !(root.is_null() && diagnostics.has_errors()) {
                diagnostics.push(not_openapi(root));
            }
            None
        }
    }?;
    let has = |key: &str| root.get(key).is_some_and(|node| !node.is_null());
    if ["paths", "webhooks", "components", "definitions"].into_iter().any(has) {
        return Some(dialect);
    }
    let message = "the document has no `paths`, `webhooks` or `components`; there is nothing to generate";
    diagnostics
        .push(Diagnostic::new(Code::EmptyDocument, root.place(), message).help("add at least one path under `paths`"));
    None
}

fn openapi(version: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Dialect> {
    let written = text(version).unwrap_or_default();
    let mut parts = written.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), None | Some("0")) => Some(Dialect::V30),
        (Some("3"), Some("1")) => Some(Dialect::V31),
        (Some("3"), Some("2")) => Some(Dialect::V32),
        (Some("3"), Some(_)) => {
            let message = format!("unknown OpenAPI version `{written}`; it is read as 3.2");
            diagnostics.push(Diagnostic::new(Code::UnknownMinorVersion, version.place(), message));
            Some(Dialect::V32)
        }
        _ => {
            let message = format!("unsupported OpenAPI version `{written}`");
            diagnostics.push(unknown_version(version, message));
            None
        }
    }
}

fn swagger(version: Node<'_>, diagnostics: &mut Diagnostics) -> Option<Dialect> {
    let written = text(version).unwrap_or_default();
    if written == "2" || written.starts_with("2.") {
        return Some(Dialect::Swagger2);
    }
    let message = format!("unsupported Swagger version `{written}`");
    diagnostics.push(match written.starts_with('3') {
        true => unknown_version(version, message).help(format!("for version 3 and later, write `openapi: {written}`")),
        false => unknown_version(version, message),
    });
    None
}

fn unknown_version(version: Node<'_>, message: String) -> Diagnostic {
    Diagnostic::new(Code::UnsupportedVersion, version.place(), message)
        .help("set `swagger` to 2.0 or `openapi` to 3.0.x, 3.1.x or 3.2.x")
}

/// Reports a document that declares no OpenAPI version.
fn not_openapi(root: Node<'_>) -> Diagnostic {
    let has = |key: &str| root.get(key).is_some();
    let looks_like = if has("asyncapi") {
        Some("an AsyncAPI document")
    } else if has("arazzo") {
        Some("an Arazzo description")
    } else if has("overlay") {
        Some("an overlay")
    } else if has("swaggerVersion") {
        Some("a Swagger 1 document")
    } else if root.get("info").is_some_and(|info| info.get("_postman_id").is_some()) {
        Some("a Postman collection")
    } else if has("$schema") {
        Some("a JSON Schema")
    } else {
        None
    };
    let message = match looks_like {
        Some(kind) => format!("the file looks like {kind}, not like an OpenAPI document"),
        None if root.is_object() => {
            "not an OpenAPI document: the file has neither an `openapi` nor a `swagger` key".to_owned()
        }
        None if root.is_null() => "not an OpenAPI document: the file is empty".to_owned(),
        None => format!(
            "not an OpenAPI document: the file contains {} instead of an object",
            root.kind()
        ),
    };
    let help = match has("overlay") {
        true => "pass the overlay with `--overlay`, and the document that it changes as the document",
        false => "an OpenAPI document has a key such as `openapi: 3.1.0`",
    };
    Diagnostic::new(Code::NotOpenApi, root.place(), message).help(help)
}
