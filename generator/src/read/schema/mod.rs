//! Schemas: each node that is used as a schema becomes exactly one [`Schema`].
//!
//! A schema gets its id when it is first seen and is read later, from a queue. Reference cycles and long chains of references
//! therefore need no special handling. Schemas of the queue are read in parallel. Their children get ids afterwards, in the order of
//! the queue, so the ids and the order of messages do not depend on the threads.

mod keywords;
mod types;

use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Reader;
use super::dialect::Dialect;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, NodeId};
use crate::document::{Schema, SchemaId, Schemas};
use crate::load::{Node, Value};

/// How a node is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// A schema.
    Schema,
    /// A parameter or header of Swagger 2.0, which mixes its own keywords with those of a schema.
    Parameter,
    /// A form field of Swagger 2.0, whose annotations are those of its property.
    Field,
}

/// A schema with an id.
#[derive(Debug)]
enum Pending<'b> {
    /// It is still to be read.
    Node(Node<'b>, Form),
    /// It has no place in the document.
    Made(Box<Schema>),
}

/// A schema that a concurrent reader has read.
enum Read<'b> {
    /// The schema, with ids that are indices of its children, and what was reported.
    Schema(Box<Schema>, VecDeque<Pending<'b>>, Diagnostics),
    /// It must be read again.
    Incomplete(Node<'b>, Form),
    /// It has no place in the document.
    Made(Box<Schema>),
}

/// The number of schemas that are read in parallel before their children get ids, so that few schemas are in memory twice.
const CHUNK: usize = 4096;

/// The maximum number of schemas that a thread reads at once, so that all threads are busy until the end of a chunk.
const TASK: usize = 128;

/// The schemas that have an id.
#[derive(Debug, Default)]
pub(super) struct Arena<'b> {
    ids: FxHashMap<(FileId, NodeId, Form), SchemaId>,
    count: u32,
    /// The schemas that are not finished, in the order of their ids.
    queue: VecDeque<Pending<'b>>,
}

impl<'b> Arena<'b> {
    /// Adds a schema that has no place in the document.
    pub(super) fn add(&mut self, schema: Schema) -> SchemaId {
        self.push(Pending::Made(Box::new(schema)))
    }

    /// Returns the id of a schema that another reader found.
    fn add_pending(&mut self, pending: Pending<'b>) -> SchemaId {
        match pending {
            Pending::Node(node, form) => self.id(node, form),
            made @ Pending::Made(_) => self.push(made),
        }
    }

    fn push(&mut self, schema: Pending<'b>) -> SchemaId {
        let id = SchemaId(self.count);
        self.count += 1;
        self.queue.push_back(schema);
        id
    }

    fn id(&mut self, node: Node<'b>, form: Form) -> SchemaId {
        let key = (node.file(), node.id(), form);
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.push(Pending::Node(node, form));
        self.ids.insert(key, id);
        id
    }
}

impl<'b> Reader<'b, '_> {
    /// Returns the id of a node's schema.
    pub(super) fn schema(&mut self, node: Node<'b>) -> SchemaId {
        self.arena.id(node, Form::Schema)
    }

    /// Returns the id of the schema inside a parameter or header of Swagger 2.0.
    pub(super) fn schema_of_parameter(&mut self, node: Node<'b>) -> SchemaId {
        self.arena.id(node, Form::Parameter)
    }

    /// Returns the id of the schema inside a form field of Swagger 2.0.
    pub(super) fn schema_of_form_field(&mut self, node: Node<'b>) -> SchemaId {
        self.arena.id(node, Form::Field)
    }

    /// Reads all schemas in the queue, including those that are added meanwhile.
    pub(super) fn finish_schemas(&mut self) -> Schemas {
        let mut schemas = Schemas::default();
        while !self.arena.queue.is_empty() {
            let count = self.arena.queue.len().min(CHUNK);
            let chunk: Vec<Pending<'b>> = self.arena.queue.drain(..count).collect();
            let read = chunk.into_par_iter().with_max_len(TASK);
            let read: Vec<Read<'b>> = read.map(|pending| self.read_concurrently(pending)).collect();
            for read in read {
                schemas.push(self.add_read(read));
            }
        }
        schemas
    }

    /// Reads a schema without a change to this reader, so that several threads can do so.
    fn read_concurrently(&self, pending: Pending<'b>) -> Read<'b> {
        let (node, form) = match pending {
            Pending::Node(node, form) => (node, form),
            Pending::Made(schema) => return Read::Made(schema),
        };
        let mut diagnostics = Diagnostics::default();
        let mut reader = Reader {
            is_concurrent: true,
            ..Reader::new(self.bundle, self.dialect, &mut diagnostics)
        };
        let schema = reader.read_schema(node, form);
        match reader.is_incomplete {
            true => Read::Incomplete(node, form),
            false => Read::Schema(Box::new(schema), reader.arena.queue, diagnostics),
        }
    }

    /// Adds the children of a schema to the queue, and returns the schema with their ids.
    fn add_read(&mut self, read: Read<'b>) -> Schema {
        match read {
            Read::Schema(mut schema, children, diagnostics) => {
                self.diagnostics.append(diagnostics);
                let ids: Vec<SchemaId> = children
                    .into_iter()
                    .map(|child| self.arena.add_pending(child))
                    .collect();
                schema.renumber(|own| ids[own.0 as usize]);
                *schema
            }
            Read::Incomplete(node, form) => self.read_schema(node, form),
            Read::Made(schema) => *schema,
        }
    }

    fn read_schema(&mut self, node: Node<'b>, form: Form) -> Schema {
        Schema {
            place: Some(node.place()),
            pointer: self.pointer(node),
            ..self.keywords(node, form)
        }
    }

    fn keywords(&mut self, node: Node<'b>, form: Form) -> Schema {
        match node.value() {
            Value::Object => {}
            Value::Bool(allowed) => {
                return Schema {
                    never: !allowed,
                    ..Schema::default()
                };
            }
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array => {
                self.report_shape(node, "a schema", "it is read as any JSON value");
                return Schema::default();
            }
        }
        let mut schema = Schema {
            never: form == Form::Schema && allows_nothing(node),
            ..Schema::default()
        };
        if form == Form::Schema {
            schema.reference = self.schema_reference(node);
        }
        let only_annotations = schema.reference.is_some() && self.dialect < Dialect::V31;
        if form != Form::Parameter {
            self.annotations(node, &mut schema);
        }
        if only_annotations {
            self.ignored_siblings(node);
        } else {
            self.assertions(node, &mut schema);
            if form == Form::Schema {
                self.composition(node, &mut schema);
            }
        }
        self.nullability(node, &mut schema);
        schema
    }

    /// Returns the target of a schema's `$ref`, if it is valid.
    fn schema_reference(&mut self, holder: Node<'b>) -> Option<SchemaId> {
        const CONSEQUENCE: &str = "it is read as any JSON value";
        let Some(reference) = self.bundle.reference_of(holder) else {
            self.ref_not_string(holder, CONSEQUENCE);
            return None;
        };
        let target = self.bundle.find(reference).filter(|target| !target.guessed);
        if let Some(target) = target.filter(|target| self.bundle.reference_of(target.node).is_none()) {
            return Some(self.schema(target.node));
        }
        if self.leaves_incomplete() {
            return None;
        }
        if self
            .bundle
            .is_circular(holder, &mut self.chains, CONSEQUENCE, self.diagnostics)
        {
            return None;
        }
        let target = self.bundle.step(reference, CONSEQUENCE, self.diagnostics)?;
        Some(self.schema(target))
    }

    /// Reports keywords next to a `$ref`, if the version ignores them.
    fn ignored_siblings(&mut self, node: Node<'b>) {
        const SAID: [&str; 10] = [
            "type",
            "properties",
            "items",
            "allOf",
            "oneOf",
            "anyOf",
            "enum",
            "format",
            "required",
            "additionalProperties",
        ];
        let Some((key, value)) = node.entries().find(|(key, _)| SAID.contains(key)) else {
            return;
        };
        // Many documents repeat the target's type, which is harmless.
        if key == "type" && node.entries().filter(|(key, _)| SAID.contains(key)).count() == 1 {
            return;
        }
        let message = format!("`{key}` next to `$ref` is ignored before OpenAPI 3.1");
        let diagnostic = Diagnostic::new(Code::IgnoredSibling, value.place().key(), message);
        self.diagnostics.push(diagnostic.help("put both into an `allOf`"));
    }
}

/// Returns whether no value matches a schema: it is `false` or `{ not: {} }`.
pub(super) fn allows_nothing(schema: Node<'_>) -> bool {
    match schema.value() {
        Value::Bool(allowed) => !allowed,
        Value::Object => schema.get("not").is_some_and(|not| match not.value() {
            Value::Bool(allowed) => allowed,
            Value::Object => not.entries().next().is_none(),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array => false,
        }),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array => false,
    }
}
