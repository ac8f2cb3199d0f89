//! Inline names: where each schema is at home.
//!
//! In: the document. Out: for each schema the named thing that it stands in and the steps down to it. Holds afterwards: a
//! schema has one home however often it is referred to, and it depends on nothing but the place in the document.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::document::{Document, MediaType, Operation, Schema, SchemaId, Status};

use super::bodies;
use super::graph::{Graph, View};
use super::ids;
use super::steps;

/// What a schema stands in.
#[derive(Clone, Copy, Debug)]
enum Above {
    /// A thing with a name, by its index.
    Root(usize),
    /// Another schema.
    Schema(SchemaId),
}

#[derive(Clone, Debug)]
struct Home<'d> {
    above: Above,
    /// The step down; empty where the schema is part of what it stands in.
    step: Cow<'d, str>,
}

/// The homes of all schemas.
#[derive(Debug, Default)]
pub(super) struct Homes<'d> {
    roots: Vec<Vec<String>>,
    homes: Vec<Option<Home<'d>>>,
}

impl<'d> Homes<'d> {
    /// Finds the homes: components first, so that what is in one is never named after who refers to it; then what `named` has
    /// a name for.
    pub(super) fn find(
        document: &'d Document,
        graph: &Graph<'d>,
        ids: &[String],
        renamed: impl Fn(&str) -> String,
        named: impl IntoIterator<Item = (SchemaId, String)>,
    ) -> Self {
        let mut walk = Walk {
            graph,
            homes: Self::default(),
            later: VecDeque::new(),
        };
        walk.homes.homes.resize(document.schemas.0.len(), None);
        for (index, (key, id)) in (0..).zip(&document.components) {
            walk.root(*id, vec![renamed(key)]);
            let target = graph.target(*id);
            if graph.component(target) == Some(index) {
                walk.root(target, vec![renamed(key)]);
            }
        }
        for (id, name) in named {
            walk.root(id, vec![name]);
        }
        for (operation, id) in document.operations.iter().zip(ids) {
            walk.operation(operation, id);
        }
        for webhook in &document.webhooks {
            walk.webhook(&webhook.name, &webhook.operations);
        }
        for callback in document.operations.iter().flat_map(|operation| &operation.callbacks) {
            // The expression says where the callback goes, not what it is.
            let name = callback.name.split(" {").next().unwrap_or_default();
            walk.webhook(name, &callback.operations);
        }
        walk.rest();
        walk.homes
    }

    /// The name of a schema: its root and the steps down.
    pub(super) fn path(&self, id: SchemaId) -> Vec<String> {
        let mut steps = Vec::new();
        let mut at = id;
        // A chain of homes is never longer than there are schemas.
        for _ in 0..=self.homes.len() {
            let Some(Some(home)) = self.homes.get(at.0 as usize) else {
                break;
            };
            if !home.step.is_empty() {
                steps.push(home.step.to_string());
            }
            match home.above {
                Above::Root(root) => {
                    steps.extend(self.roots[root].iter().rev().cloned());
                    break;
                }
                Above::Schema(above) => at = above,
            }
        }
        steps.reverse();
        steps
    }

    /// Gives a made schema its home.
    pub(super) fn settle(&mut self, id: SchemaId, above: SchemaId, step: impl Into<Cow<'d, str>>) {
        let index = id.0 as usize;
        if self.homes.len() <= index {
            self.homes.resize(index + 1, None);
        }
        if self.homes[index].is_none() && id != above {
            self.homes[index] = Some(Home {
                above: Above::Schema(above),
                step: step.into(),
            });
        }
    }
}

/// The walk through the document.
struct Walk<'g, 'd> {
    graph: &'g Graph<'d>,
    homes: Homes<'d>,
    /// Where references lead, with the schema that refers. What nobody else gives a home gets it there.
    later: VecDeque<(SchemaId, SchemaId)>,
}

impl<'d> Walk<'_, 'd> {
    fn root(&mut self, id: SchemaId, name: Vec<String>) {
        self.homes.roots.push(name);
        let above = Above::Root(self.homes.roots.len() - 1);
        self.down(vec![(
            id,
            Home {
                above,
                step: Cow::Borrowed(""),
            },
        )]);
    }

    fn operation(&mut self, operation: &'d Operation, id: &str) {
        for parameter in &operation.parameters {
            let schemas = parameter
                .schema
                .iter()
                .chain(parameter.content.iter().filter_map(|content| content.schema.as_ref()));
            for schema in schemas.copied().collect::<Vec<_>>() {
                let name = self.shared(schema, &operation.path, Some(&parameter.name));
                self.root(
                    schema,
                    name.unwrap_or_else(|| vec![id.to_owned(), parameter.name.clone()]),
                );
            }
        }
        if let Some(body) = &operation.body {
            let forms = bodies::in_order_of_preference(&body.content);
            for (index, form) in forms.into_iter().enumerate() {
                let mut name = vec![id.to_owned(), "request".to_owned()];
                if index > 0 {
                    name.push(bodies::word(&form.name).to_owned());
                }
                self.content(form, &operation.path, name);
            }
        }
        self.responses(operation, id);
    }

    fn responses(&mut self, operation: &'d Operation, id: &str) {
        let first = first_success(operation);
        for response in &operation.responses {
            let mut name = vec![id.to_owned()];
            match response.status {
                status if Some(status) == first => name.push("response".to_owned()),
                status if is_success(status) => name.extend(["response".to_owned(), status_word(status)]),
                status if is_failure(operation, status) => name.extend([status_word(status), "error".to_owned()]),
                _ => name.push("response".to_owned()),
            }
            for (index, content) in bodies::in_order_of_preference(&response.content)
                .into_iter()
                .enumerate()
            {
                let mut name = name.clone();
                if index > 0 {
                    name.push(bodies::word(&content.name).to_owned());
                }
                self.content(content, &operation.path, name);
            }
            for header in &response.headers {
                if let Some(schema) = header.schema {
                    let shared = self.shared(schema, &operation.path, Some(&header.name));
                    self.root(
                        schema,
                        shared.unwrap_or_else(|| vec![id.to_owned(), header.name.clone()]),
                    );
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

    fn content(&mut self, content: &'d MediaType, path: &str, name: Vec<String>) {
        if let Some(schema) = content.schema {
            let name = self.shared(schema, path, None).unwrap_or_else(|| name.clone());
            self.root(schema, name);
        }
        if let Some(schema) = content.item_schema {
            let mut name = self.shared(schema, path, None).unwrap_or(name);
            name.push("item".to_owned());
            self.root(schema, name);
        }
    }

    /// The name of what stands in a component or a path item that several operations share.
    fn shared(&self, id: SchemaId, path: &str, parameter: Option<&str>) -> Option<Vec<String>> {
        let schema = self.graph.get(id);
        let mut steps = schema.pointer.strip_prefix("#/")?.split('/');
        let kind = match steps.next()? {
            "components" => steps.next()?,
            "paths" => {
                let of_path = steps.nth(1)? == "parameters";
                return of_path.then(|| {
                    let mut words = ids::words_of_path(path);
                    words.extend(parameter.map(str::to_owned));
                    words
                });
            }
            kind => kind,
        };
        let name = unescape(steps.next()?);
        match kind {
            "responses" => Some(vec![name, "response".to_owned()]),
            "requestBodies" => Some(vec![name, "request".to_owned()]),
            "headers" | "parameters" => Some(vec![name]),
            _ => None,
        }
    }

    /// Settles schemas and all that stands in them.
    fn down(&mut self, mut open: Vec<(SchemaId, Home<'d>)>) {
        while let Some((id, home)) = open.pop() {
            let Some(slot) = self.homes.homes.get_mut(id.0 as usize) else {
                continue;
            };
            if slot.is_some() {
                continue;
            }
            *slot = Some(home);
            let View::Written(schema) = self.graph.get(id) else {
                continue;
            };
            if let Some(target) = schema.reference {
                self.later.push_back((target, id));
            }
            self.children(id, schema, &mut open);
        }
    }

    fn children(&self, id: SchemaId, schema: &'d Schema, open: &mut Vec<(SchemaId, Home<'d>)>) {
        let mut add = |child: SchemaId, step: Cow<'d, str>| {
            open.push((
                child,
                Home {
                    above: Above::Schema(id),
                    step,
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
        for child in &schema.all_of {
            add(*child, Cow::Borrowed(""));
        }
        for members in [&schema.one_of, &schema.any_of] {
            for (child, step) in members.iter().zip(steps::to_members(self.graph, members)) {
                add(*child, step);
            }
        }
    }

    /// Gives a home to what is only referred to: by its file or its key there, else where the first reference stands.
    fn rest(&mut self) {
        while let Some((target, referrer)) = self.later.pop_front() {
            let settled = self.homes.homes.get(target.0 as usize).is_none_or(Option::is_some);
            let above = Above::Schema(referrer);
            match self
                .graph
                .component(target)
                .is_none()
                .then(|| elsewhere(&self.graph.get(target).pointer))
                .flatten()
            {
                Some(name) if !settled => self.root(target, vec![name]),
                _ => self.down(vec![(
                    target,
                    Home {
                        above,
                        step: Cow::Borrowed(""),
                    },
                )]),
            }
        }
    }
}

/// The name of a schema that is a whole file, or stands in one under a key of its own.
fn elsewhere(pointer: &str) -> Option<String> {
    let (file, inside) = pointer.split_once('#')?;
    let mut folders = file.rsplit(['/', '\\']);
    let stem = folders.next()?.split('.').next().filter(|stem| !stem.is_empty())?;
    let steps: Vec<&str> = inside.split('/').skip(1).collect();
    match steps.as_slice() {
        [] | [""] if stem == "index" => folders.next().map(str::to_owned),
        [] | [""] => Some(stem.to_owned()),
        [key] | ["definitions" | "schemas", key] | ["components", "schemas", key] => Some(unescape(key)),
        _ => None,
    }
}

fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// The success that is meant where one is meant.
fn first_success(operation: &Operation) -> Option<Status> {
    let statuses = operation.responses.iter().map(|response| response.status);
    statuses.filter(|status| is_success(*status)).min_by_key(rank)
}

/// Whether a status is none of success. `default` is one where no other is.
pub(super) fn is_failure(operation: &Operation, status: Status) -> bool {
    !is_success(status) && (status != Status::Default || first_success(operation).is_some())
}

fn rank(status: &Status) -> u16 {
    match status {
        Status::Code(code) => *code,
        Status::Range(hundreds) => u16::from(*hundreds) * 100 + 99,
        Status::Default => u16::MAX,
    }
}

/// A word for a status: its reason where it is well known.
pub(super) fn status_word(status: Status) -> String {
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
