//! `paths`: path items and the methods in them.

use super::Reader;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::Operation;
use crate::json::escape_pointer;
use crate::load::Node;

/// The methods that are keys of a path item. OpenAPI 3.2 added `query`.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Keys of a path item that are not methods.
const PATH_ITEM_KEYS: [&str; 7] = [
    "$ref",
    "summary",
    "description",
    "servers",
    "parameters",
    "additionalOperations",
    "$comment",
];

/// What the operations of a path item share.
#[derive(Clone, Copy)]
pub(super) struct Item<'b, 'p> {
    /// The path item.
    pub(super) node: Node<'b>,
    /// The siblings of a `$ref`, which take precedence over its target.
    pub(super) ref_siblings: Option<Node<'b>>,
    /// The path template; the name or expression of a webhook or callback.
    pub(super) path: &'p str,
    /// The JSON pointer of the path item.
    pub(super) pointer: &'p str,
    /// Whether the path is a template whose parameters must be declared.
    pub(super) is_template: bool,
}

impl<'b> Reader<'b, '_> {
    pub(super) fn paths(&mut self, root: Node<'b>) -> Vec<Operation> {
        let Some(paths) = self.object(root, "paths") else {
            return Vec::new();
        };
        let mut operations = Vec::with_capacity(paths.entries().count());
        for (key, node) in paths.entries().filter(|(key, _)| !key.starts_with("x-")) {
            let path = self.path_with_slash(key, node);
            self.report_path_query(&path, node.place().key());
            let pointer = format!("#/paths/{}", escape_pointer(key));
            operations.extend(self.path_item(node, &path, &pointer, true));
        }
        operations
    }

    fn path_with_slash(&mut self, key: &str, node: Node<'b>) -> String {
        if key.starts_with('/') {
            return key.to_owned();
        }
        let message = format!("the path `{key}` does not start with `/`; it is read as `/{key}`");
        self.diagnostics
            .push(Diagnostic::new(Code::PathWithoutSlash, node.place().key(), message));
        format!("/{key}")
    }

    /// Reads the operations of a path item, in document order.
    pub(super) fn path_item(
        &mut self,
        holder: Node<'b>,
        path: &str,
        pointer: &str,
        is_template: bool,
    ) -> Vec<Operation> {
        if holder.is_null() {
            return Vec::new();
        }
        let Some(node) = self.follow_object(holder, "the path is skipped") else {
            return Vec::new();
        };
        let item = Item {
            node,
            ref_siblings: (holder != node).then_some(holder),
            path,
            pointer,
            is_template,
        };
        let mut operations = Vec::new();
        self.methods(item, node, &mut operations);
        if let Some(siblings) = item.ref_siblings {
            self.methods(item, siblings, &mut operations);
        }
        operations
    }

    /// Adds the operations of a path item to `operations`. A later operation replaces an earlier one of the same method.
    fn methods(&mut self, item: Item<'b, '_>, node: Node<'b>, operations: &mut Vec<Operation>) {
        for (key, node) in node.entries() {
            let lower = key.to_ascii_lowercase();
            if METHODS.contains(&lower.as_str()) {
                if lower != key {
                    let message = format!("the method `{key}` is not in lower case; it is read as `{lower}`");
                    self.diagnostics
                        .push(Diagnostic::new(Code::MethodCase, node.place().key(), message));
                }
                let operation = self.operation(item, node, &lower.to_ascii_uppercase(), key);
                self.add(operations, operation);
            } else if key == "additionalOperations" {
                self.additional_operations(item, node, operations);
            } else if !PATH_ITEM_KEYS.contains(&key) && !key.starts_with("x-") {
                let message = format!("unknown key `{key}` of a path item; it is skipped");
                self.diagnostics
                    .push(Diagnostic::new(Code::UnknownMethod, node.place().key(), message));
            }
        }
    }

    fn additional_operations(&mut self, item: Item<'b, '_>, node: Node<'b>, operations: &mut Vec<Operation>) {
        let Some(node) = self.as_object(node) else {
            return;
        };
        for (method, node) in node.entries() {
            if !is_token(method) {
                let message = format!("invalid HTTP method `{method}`; the operation is skipped");
                self.diagnostics
                    .push(Diagnostic::new(Code::UnknownMethod, node.place().key(), message));
                continue;
            }
            let suffix = format!("additionalOperations/{}", escape_pointer(method));
            let operation = self.operation(item, node, method, &suffix);
            self.add(operations, operation);
        }
    }

    /// Adds an operation. An earlier one of the same method is replaced and reported.
    fn add(&mut self, operations: &mut Vec<Operation>, operation: Option<Operation>) {
        let Some(operation) = operation else {
            return;
        };
        if let Some(index) = operations.iter().position(|other| other.method == operation.method) {
            let replaced = operations.remove(index);
            let message = format!(
                "the path `{}` has a second `{}` operation; this one is skipped",
                replaced.path,
                replaced.method.as_str()
            );
            self.diagnostics
                .push(Diagnostic::new(Code::RepeatedMethod, replaced.place, message));
        }
        operations.push(operation);
    }
}

/// Returns whether a text is a token (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
