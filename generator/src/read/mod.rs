//! Stage 3, read: a document of any version becomes a [`Document`] in one vocabulary.
//!
//! In: a [`Bundle`]. Out: a [`Document`], or nothing where the text is no OpenAPI document. Afterwards no dialect
//! survives: Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 look the same. A node that makes no sense is reported and costs
//! that node, not the document.

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
mod webhook;

use indexmap::IndexMap;

use crate::bundle::Bundle;
use crate::diagnostics::Diagnostics;
use crate::document::{Document, SchemaId, Schemas};
use crate::source::Node;

use dialect::Dialect;
use schema::Arena;

/// Reads a document. Nothing comes back only with an error among the diagnostics.
pub fn read(bundle: &Bundle, diagnostics: &mut Diagnostics) -> Option<Document> {
    let root = bundle.root()?;
    let dialect = dialect::detect(root, diagnostics)?;
    let mut found = Diagnostics::default();
    let document = Reader {
        bundle,
        dialect,
        diagnostics: &mut found,
        arena: Arena::default(),
    }
    .document(root);
    // What many operations share is read for each of them, and need not be told as often.
    found.dedup();
    diagnostics.append(found);
    Some(document)
}

/// What reading needs at hand.
struct Reader<'b, 'd> {
    bundle: &'b Bundle,
    dialect: Dialect,
    diagnostics: &'d mut Diagnostics,
    arena: Arena<'b>,
}

impl<'b> Reader<'b, '_> {
    /// The JSON pointer of a value, with the path of its file before it where that is not the document itself.
    fn pointer(&self, node: Node<'b>) -> String {
        format!("{}{}", self.bundle.relative_path(node.file()), node.pointer())
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

    /// The named schemas.
    fn components(&mut self, root: Node<'b>) -> IndexMap<String, SchemaId> {
        let Some(schemas) = self.component_map(root, "schemas", "definitions") else {
            return IndexMap::new();
        };
        schemas
            .entries()
            .map(|(name, node)| (name.to_owned(), self.schema(node)))
            .collect()
    }

    /// A map of components: in `components`, or at the root for Swagger 2.0.
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
