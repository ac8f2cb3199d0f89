//! Read: turns a document of any version into a [`Document`] with one vocabulary.
//!
//! In: a [`Bundle`]. Out: a [`Document`], or `None` if this is not an OpenAPI document. Afterwards Swagger 2.0 and OpenAPI 3.0,
//! 3.1 and 3.2 look the same. An invalid node is reported and skipped; the rest of the document is read.

mod body;
mod dialect;
mod info;
mod operation;
mod parameter;
mod path;
mod path_query;
mod response;
mod schema;
mod security;
mod shape;
mod swagger;
mod template;
mod webhook;

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use crate::bundle::{Bundle, Chains};
use crate::diagnostics::{Diagnostics, FileId, NodeId};
use crate::document::{Document, Response, SchemaId, Schemas, Status};
use crate::load::Node;

use dialect::Dialect;
use schema::Arena;

/// Reads a document. Returns `None` only after reporting an error.
pub fn read(bundle: &Bundle, diagnostics: &mut Diagnostics) -> Option<Document> {
    let root = bundle.root()?;
    let dialect = dialect::detect(root, diagnostics)?;
    let mut found = Diagnostics::default();
    let document = Reader::new(bundle, dialect, &mut found).document(root);
    // Nodes that operations share are read for each operation; their messages are reported once.
    found.dedup();
    diagnostics.append(found);
    Some(document)
}

/// The state of the reader.
struct Reader<'b, 'd> {
    bundle: &'b Bundle,
    dialect: Dialect,
    diagnostics: &'d mut Diagnostics,
    arena: Arena<'b>,
    chains: Chains,
    /// The responses that `$ref`s point to, as far as they are read.
    shared_responses: FxHashMap<(FileId, NodeId, Status), Arc<Response>>,
    /// Whether other readers read other schemas of the document at the same time.
    is_concurrent: bool,
    /// Whether a schema must be read again by a reader that is not concurrent.
    is_incomplete: bool,
}

impl<'b, 'd> Reader<'b, 'd> {
    fn new(bundle: &'b Bundle, dialect: Dialect, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            bundle,
            dialect,
            diagnostics,
            arena: Arena::default(),
            chains: Chains::default(),
            shared_responses: FxHashMap::default(),
            is_concurrent: false,
            is_incomplete: false,
        }
    }

    /// Returns whether this reader must not do what depends on the order in which schemas are read, such as suggestions for unresolved
    /// references, whose number is limited. The schema is then read again.
    fn leaves_incomplete(&mut self) -> bool {
        self.is_incomplete |= self.is_concurrent;
        self.is_concurrent
    }

    /// Returns the JSON pointer of a value, prefixed with the file's path if the file is not the document itself.
    fn pointer(&self, node: Node<'b>) -> String {
        match self.bundle.relative_path(node.file()) {
            path if path.is_empty() => node.pointer(),
            path => path + &node.pointer(),
        }
    }

    fn document(mut self, root: Node<'b>) -> Document {
        let components = self.components(root);
        let security_schemes = self.security_schemes(root);
        let operations = self.paths(root);
        let mut document = Document {
            openapi: dialect::version_text(root),
            info: self.info(root),
            servers: self.root_servers(root),
            tags: self.tags(root),
            operations,
            webhooks: self.webhooks(root),
            schemas: Schemas::default(),
            components,
            security: self.requirements(root).unwrap_or_default(),
            security_schemes,
            extensions: self.extensions(root),
        };
        self.keep_known_requirements(&mut document);
        document.schemas = self.finish_schemas();
        document
    }

    /// Reads the named schemas.
    fn components(&mut self, root: Node<'b>) -> IndexMap<String, SchemaId> {
        let Some(schemas) = self.component_map(root, "schemas", "definitions") else {
            return IndexMap::new();
        };
        schemas
            .entries()
            .map(|(name, node)| (name.to_owned(), self.schema(node)))
            .collect()
    }

    /// Returns a map of components: in `components`, or at the root for Swagger 2.0.
    fn component_map(&mut self, root: Node<'b>, name: &str, old_name: &str) -> Option<Node<'b>> {
        if self.dialect == Dialect::Swagger2 {
            return self.object(root, old_name);
        }
        let components = self.object(root, "components")?;
        self.object(components, name)
    }
}

#[cfg(test)]
mod tests;
