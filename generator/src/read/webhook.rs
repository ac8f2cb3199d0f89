//! Webhooks and callbacks: requests that the API makes.

use super::Reader;
use crate::document::Webhook;
use crate::json::escape_pointer;
use crate::load::Node;

impl<'b> Reader<'b, '_> {
    /// Reads the webhooks of the document. OpenAPI 3.0 documents use `x-webhooks`.
    pub(super) fn webhooks(&mut self, root: Node<'b>) -> Vec<Webhook> {
        let key = if self.present(root, "webhooks").is_some() {
            "webhooks"
        } else {
            "x-webhooks"
        };
        let Some(webhooks) = self.object(root, key) else {
            return Vec::new();
        };
        let named = webhooks.entries().filter(|(name, _)| !name.starts_with("x-"));
        let mut read = Vec::new();
        for (name, node) in named {
            let pointer = format!("#/{key}/{}", escape_pointer(name));
            // Some 3.0 documents have callback expressions between the name and the methods.
            if node.entries().next().is_some_and(|(key, _)| key.starts_with("{$")) {
                read.extend(self.callback(name, node, &pointer));
                continue;
            }
            let operations = self.path_item(node, name, &pointer, false);
            read.push(Webhook {
                name: name.to_owned(),
                operations,
            });
        }
        read
    }

    /// Reads the callbacks of an operation, one for each name and expression.
    pub(super) fn callbacks(&mut self, operation: Node<'b>, pointer: &str) -> Vec<Webhook> {
        let Some(callbacks) = self.object(operation, "callbacks") else {
            return Vec::new();
        };
        let mut read = Vec::new();
        for (name, holder) in callbacks.entries().filter(|(name, _)| !name.starts_with("x-")) {
            let Some(node) = self.follow_object(holder, "the callback is skipped") else {
                continue;
            };
            read.extend(self.callback(name, node, &format!("{pointer}/callbacks/{}", escape_pointer(name))));
        }
        read
    }

    fn callback(&mut self, name: &str, node: Node<'b>, pointer: &str) -> Vec<Webhook> {
        let mut read = Vec::new();
        for (expression, item) in node.entries().filter(|(key, _)| !key.starts_with("x-")) {
            let suffix = format!("{pointer}/{}", escape_pointer(expression));
            let operations = self.path_item(item, expression, &suffix, false);
            read.push(Webhook {
                name: format!("{name} {expression}"),
                operations,
            });
        }
        read
    }
}
