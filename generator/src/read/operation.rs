//! Operations, including what they inherit from their path item.

use super::Reader;
use super::dialect::Dialect;
use super::path::Item;
use crate::document::{Method, Operation, Parameter, RequestBody, Server};
use crate::load::Node;

impl<'b> Reader<'b, '_> {
    /// Reads one operation. `suffix` is the rest of its pointer after the path item.
    pub(super) fn operation(
        &mut self,
        item: Item<'b, '_>,
        node: Node<'b>,
        method: &str,
        suffix: &str,
    ) -> Option<Operation> {
        let node = self.as_object(node)?;
        let pointer = format!("{}/{suffix}", item.pointer);
        let (mut parameters, body) = self.inputs(item, node);
        let (mut path, mut request_path) = (item.path.to_owned(), item.path.to_owned());
        if item.is_template {
            path = self.path_without_operators(&path, node.place(), &mut parameters);
            request_path = self.path_as_sent(&path, node.place(), &mut parameters);
            self.settle_path_parameters(&request_path, node.place(), &mut parameters);
        }
        let description = self.nearest(item, node, "description");
        let description = self.with_page(node, description);
        let own_servers = self.own_servers(item, node);
        // Callbacks of callbacks and webhooks are not read: SDKs have no use for them, and they can be recursive.
        let callbacks = if item.is_template {
            self.callbacks(node, &pointer)
        } else {
            Vec::new()
        };
        let nodes = [Some(item.node), item.ref_siblings, Some(node)];
        let extensions = nodes
            .into_iter()
            .flatten()
            .flat_map(|node| self.extensions(node))
            .collect();
        Some(Operation {
            place: node.place(),
            id: self.text(node, "operationId").filter(|id| !id.trim().is_empty()),
            method: Method::new(method),
            path,
            request_path,
            tags: self.strings(node, "tags"),
            summary: self.nearest(item, node, "summary"),
            description,
            deprecated: self.flag(node, "deprecated"),
            parameters,
            body,
            responses: self.responses(node),
            security: self.requirements(node),
            servers: own_servers,
            callbacks,
            pointer,
            extensions,
        })
    }

    /// Returns a text of the operation, or of its path item.
    fn nearest(&mut self, item: Item<'b, '_>, operation: Node<'b>, key: &str) -> Option<String> {
        let nodes = [Some(operation), item.ref_siblings, Some(item.node)];
        nodes.into_iter().flatten().find_map(|node| self.text(node, key))
    }

    fn inputs(&mut self, item: Item<'b, '_>, operation: Node<'b>) -> (Vec<Parameter>, Option<RequestBody>) {
        let shared: Vec<Node<'b>> = std::iter::once(item.node).chain(item.ref_siblings).collect();
        match self.dialect {
            Dialect::Swagger2 => self.swagger_inputs(&shared, operation),
            Dialect::V30 | Dialect::V31 | Dialect::V32 => {
                (self.parameters(&shared, operation), self.request_body(operation))
            }
        }
    }

    fn own_servers(&mut self, item: Item<'b, '_>, operation: Node<'b>) -> Vec<Server> {
        if self.dialect == Dialect::Swagger2 {
            return self.operation_schemes(operation);
        }
        let nodes = [Some(operation), item.ref_siblings, Some(item.node)];
        let mut servers = nodes.into_iter().flatten().map(|node| self.servers(node));
        servers.find(|servers| !servers.is_empty()).unwrap_or_default()
    }
}
