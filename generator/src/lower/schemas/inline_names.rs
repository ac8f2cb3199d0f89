//! Names of inline schemas, by their position in the document.
//!
//! In: the document. Out: for each schema its named root and the segments below it. Guarantees: a schema has one name
//! however often it is referred to. The name is that of its position, its file, its key in a file, or the first reference
//! to it, unless [`InlineNames::find`] receives a name for it.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::document::{Document, MediaContent, Operation, Schema, SchemaId, Status};
use crate::json::unescape_pointer;
use crate::lower::conventions::{media_types, paths};
use crate::lower::schemas::graph::{Graph, View};
use crate::lower::schemas::member_names;

/// The parent of a schema.
#[derive(Clone, Copy, Debug)]
enum Parent {
    /// A named root, by index.
    Root(usize),
    /// Another schema.
    Schema(SchemaId),
}

#[derive(Clone, Debug)]
struct Position<'d> {
    parent: Parent,
    /// The segment below the parent; empty if the schema is a part of its parent.
    segment: Cow<'d, str>,
}

/// The positions of all schemas.
#[derive(Debug, Default)]
pub(in crate::lower) struct InlineNames<'d> {
    roots: Vec<Vec<String>>,
    positions: Vec<Option<Position<'d>>>,
}

impl<'d> InlineNames<'d> {
    /// Finds the positions: first the components, so that their contents are never named after a referrer; then the schemas
    /// with a name in `named`; then the operations.
    pub(in crate::lower) fn find(
        document: &'d Document,
        graph: &Graph<'d>,
        operation_names: &[String],
        renamed: impl Fn(&str) -> String,
        named: impl IntoIterator<Item = (SchemaId, String)>,
    ) -> Self {
        let mut collector = Collector {
            graph,
            names: Self::default(),
            references: VecDeque::new(),
        };
        collector.names.positions.resize(document.schemas.count(), None);
        for (index, (key, id)) in (0..).zip(&document.components) {
            collector.root(*id, |_| vec![renamed(key)]);
            let target = graph.target(*id);
            if graph.component(target) == Some(index) {
                collector.root(target, |_| vec![renamed(key)]);
            }
        }
        for (id, name) in named {
            collector.root(id, |_| vec![name]);
        }
        for (operation, name) in document.operations.iter().zip(operation_names) {
            collector.operation(operation, name);
        }
        for webhook in &document.webhooks {
            collector.webhook(&webhook.name, &webhook.operations);
        }
        for callback in document.operations.iter().flat_map(|operation| &operation.callbacks) {
            // The runtime expression is the URL of the callback, not its name.
            let name = callback.name.split(" {").next().unwrap_or_default();
            collector.webhook(name, &callback.operations);
        }
        collector.assign_referenced();
        collector.names
    }

    /// Returns the name of a schema: its root and the segments below it.
    pub(in crate::lower) fn path(&self, id: SchemaId) -> Vec<String> {
        let mut segments = Vec::new();
        let mut at = id;
        // A chain of parents is never longer than the number of schemas.
        for _ in 0..=self.positions.len() {
            let Some(Some(position)) = self.positions.get(at.0 as usize) else {
                break;
            };
            if !position.segment.is_empty() {
                segments.push(position.segment.to_string());
            }
            match position.parent {
                Parent::Root(root) => {
                    segments.extend(self.roots[root].iter().rev().cloned());
                    break;
                }
                Parent::Schema(parent) => at = parent,
            }
        }
        segments.reverse();
        segments
    }

    /// Sets the position of a schema that has none, such as a synthetic one.
    pub(in crate::lower) fn insert(&mut self, id: SchemaId, parent: SchemaId, segment: impl Into<Cow<'d, str>>) {
        let index = id.0 as usize;
        if self.positions.len() <= index {
            self.positions.resize(index + 1, None);
        }
        if self.positions[index].is_none() && id != parent {
            self.positions[index] = Some(Position {
                parent: Parent::Schema(parent),
                segment: segment.into(),
            });
        }
    }
}

/// Collects positions while it visits the document.
struct Collector<'g, 'd> {
    graph: &'g Graph<'d>,
    names: InlineNames<'d>,
    /// Targets of references, with the referring schema. A target without a position gets one from the first reference.
    references: VecDeque<(SchemaId, SchemaId)>,
}

impl<'d> Collector<'_, 'd> {
    /// Makes a schema a root, unless it has a position. Operations share schemas, so a name is made only for the first position.
    fn root(&mut self, id: SchemaId, name: impl FnOnce(&Self) -> Vec<String>) {
        if !matches!(self.names.positions.get(id.0 as usize), Some(None)) {
            return;
        }
        let name = name(self);
        self.names.roots.push(name);
        let parent = Parent::Root(self.names.roots.len() - 1);
        self.assign(vec![(
            id,
            Position {
                parent,
                segment: Cow::Borrowed(""),
            },
        )]);
    }

    fn operation(&mut self, operation: &'d Operation, operation_name: &str) {
        for parameter in &operation.parameters {
            let schemas = parameter
                .schema
                .iter()
                .chain(parameter.content.iter().filter_map(|content| content.schema.as_ref()));
            for schema in schemas {
                self.root(*schema, |collector| {
                    let shared = collector.shared_name(*schema, &operation.path, Some(&parameter.name));
                    shared.unwrap_or_else(|| vec![operation_name.to_owned(), parameter.name.clone()])
                });
            }
        }
        if let Some(body) = &operation.body {
            let contents = media_types::by_preference(&body.content);
            for (index, content) in contents.into_iter().enumerate() {
                let mut name = vec![operation_name.to_owned(), "request".to_owned()];
                if index > 0 {
                    name.push(media_types::name_suffix(&content.name).to_owned());
                }
                self.content(content, &operation.path, name);
            }
        }
        self.responses(operation, operation_name);
    }

    fn responses(&mut self, operation: &'d Operation, operation_name: &str) {
        let first = first_success(operation);
        for response in &operation.responses {
            let mut name = vec![operation_name.to_owned()];
            match response.status {
                status if Some(status) == first => name.push("response".to_owned()),
                status if status.is_success() => name.extend(["response".to_owned(), status_word(status)]),
                status if is_named_as_error(operation, status) => {
                    name.extend([status_word(status), "error".to_owned()])
                }
                _ => name.push("response".to_owned()),
            }
            for (index, content) in media_types::by_preference(&response.content).into_iter().enumerate() {
                let mut name = name.clone();
                if index > 0 {
                    name.push(media_types::name_suffix(&content.name).to_owned());
                }
                self.content(content, &operation.path, name);
            }
            for header in &response.headers {
                if let Some(schema) = header.schema {
                    self.root(schema, |collector| {
                        let shared = collector.shared_name(schema, &operation.path, Some(&header.name));
                        shared.unwrap_or_else(|| vec![operation_name.to_owned(), header.name.clone()])
                    });
                }
            }
        }
    }

    fn webhook(&mut self, name: &str, operations: &'d [Operation]) {
        for operation in operations {
            for content in operation.body.iter().flat_map(|body| &body.content) {
                self.content(content, &operation.path, vec![name.to_owned(), "payload".to_owned()]);
            }
        }
    }

    fn content(&mut self, content: &'d MediaContent, path: &str, name: Vec<String>) {
        if let Some(schema) = content.schema {
            self.root(schema, |collector| {
                let shared = collector.shared_name(schema, path, None);
                shared.unwrap_or_else(|| name.clone())
            });
        }
        if let Some(schema) = content.item_schema {
            self.root(schema, |collector| {
                let mut name = collector.shared_name(schema, path, None).unwrap_or(name);
                name.push("item".to_owned());
                name
            });
        }
    }

    /// Returns the name of a schema in a component or a path item that several operations share.
    fn shared_name(&self, id: SchemaId, path: &str, parameter: Option<&str>) -> Option<Vec<String>> {
        let schema = self.graph.get(id);
        let mut segments = schema.pointer.strip_prefix("#/")?.split('/');
        let kind = match segments.next()? {
            "components" => segments.next()?,
            "paths" => {
                let of_path = segments.nth(1)? == "parameters";
                return of_path.then(|| {
                    let mut words = paths::words_of_path(path);
                    words.extend(parameter.map(str::to_owned));
                    words
                });
            }
            kind => kind,
        };
        let name = unescape_pointer(segments.next()?).into_owned();
        match kind {
            "responses" => Some(vec![name, "response".to_owned()]),
            "requestBodies" => Some(vec![name, "request".to_owned()]),
            "headers" | "parameters" => Some(vec![name]),
            _ => None,
        }
    }

    /// Assigns positions to schemas and all schemas in them.
    fn assign(&mut self, mut pending: Vec<(SchemaId, Position<'d>)>) {
        while let Some((id, position)) = pending.pop() {
            let Some(slot) = self.names.positions.get_mut(id.0 as usize) else {
                continue;
            };
            if slot.is_some() {
                continue;
            }
            *slot = Some(position);
            let View::Document(schema) = self.graph.get(id) else {
                continue;
            };
            if let Some(target) = schema.reference {
                self.references.push_back((target, id));
            }
            self.children(id, schema, &mut pending);
        }
    }

    fn children(&self, id: SchemaId, schema: &'d Schema, pending: &mut Vec<(SchemaId, Position<'d>)>) {
        let mut add = |child: SchemaId, segment: Cow<'d, str>| {
            pending.push((
                child,
                Position {
                    parent: Parent::Schema(id),
                    segment,
                },
            ))
        };
        for (name, child) in &schema.properties {
            add(*child, Cow::Borrowed(name));
        }
        if let Some(items) = schema.items {
            add(items, Cow::Borrowed("item"));
        }
        if let Some(content) = schema.content_schema {
            add(content, Cow::Borrowed("content"));
        }
        if let crate::document::Additional::Schema(value) = schema.additional {
            add(value, Cow::Borrowed("value"));
        }
        for (index, child) in schema.prefix_items.iter().enumerate() {
            add(*child, Cow::Owned(format!("item {}", index + 1)));
        }
        for child in schema.all_of.iter().chain(&schema.conditional) {
            add(*child, Cow::Borrowed(""));
        }
        for members in [&schema.one_of, &schema.any_of] {
            for (child, segment) in members.iter().zip(member_names::member_names(self.graph, members)) {
                add(*child, segment);
            }
        }
    }

    /// Assigns positions to schemas that are only referred to: by their file or key, otherwise below the first reference.
    fn assign_referenced(&mut self) {
        while let Some((target, referrer)) = self.references.pop_front() {
            let assigned = self.names.positions.get(target.0 as usize).is_none_or(Option::is_some);
            let parent = Parent::Schema(referrer);
            match self
                .graph
                .component(target)
                .is_none()
                .then(|| name_of_file_schema(&self.graph.get(target).pointer))
                .flatten()
            {
                Some(name) if !assigned => self.root(target, |_| vec![name]),
                _ => self.assign(vec![(
                    target,
                    Position {
                        parent,
                        segment: Cow::Borrowed(""),
                    },
                )]),
            }
        }
    }
}

/// Returns the name of a schema that is a whole file, or has its own key in a file.
fn name_of_file_schema(pointer: &str) -> Option<String> {
    let (file, inside) = pointer.split_once('#')?;
    let mut folders = file.rsplit(['/', '\\']);
    let stem = folders.next()?.split('.').next().filter(|stem| !stem.is_empty())?;
    let segments: Vec<&str> = inside.split('/').skip(1).collect();
    match segments.as_slice() {
        [] | [""] if stem == "index" => folders.next().map(str::to_owned),
        [] | [""] => Some(stem.to_owned()),
        [key] | ["definitions" | "schemas", key] | ["components", "schemas", key] => {
            Some(unescape_pointer(key).into_owned())
        }
        _ => None,
    }
}

/// Returns the lowest success status.
fn first_success(operation: &Operation) -> Option<Status> {
    let statuses = operation.responses.iter().map(|response| response.status);
    statuses.filter(|status| status.is_success()).min_by_key(rank)
}

/// Returns whether the body of a response is named as an error. `default` is an error if the operation documents a
/// success.
pub(in crate::lower) fn is_named_as_error(operation: &Operation, status: Status) -> bool {
    !status.is_success() && (status != Status::Default || first_success(operation).is_some())
}

fn rank(status: &Status) -> u16 {
    match status {
        Status::Code(code) => *code,
        Status::Range(hundreds) => u16::from(*hundreds) * 100 + 99,
        Status::Default => u16::MAX,
    }
}

/// Returns the word for a status: its reason phrase if it is well known.
pub(in crate::lower) fn status_word(status: Status) -> String {
    match status {
        Status::Code(400) => "bad request".to_owned(),
        Status::Code(401) => "unauthorized".to_owned(),
        Status::Code(403) => "forbidden".to_owned(),
        Status::Code(404) => "not found".to_owned(),
        Status::Code(409) => "conflict".to_owned(),
        Status::Code(410) => "gone".to_owned(),
        Status::Code(412) => "precondition failed".to_owned(),
        Status::Code(422) => "unprocessable entity".to_owned(),
        Status::Code(429) => "too many requests".to_owned(),
        Status::Code(500) => "internal server error".to_owned(),
        Status::Code(502) => "bad gateway".to_owned(),
        Status::Code(503) => "service unavailable".to_owned(),
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}xx"),
        Status::Default => "default".to_owned(),
    }
}
