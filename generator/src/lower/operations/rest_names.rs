//! Names by the conventions of REST, for operations without a usable id: a verb and the resources along the path.

use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::{Document, Method, Operation, Schema, SchemaId, Type};
use crate::ir::{RestName, singular, words};
use crate::lower::conventions::paths::{is_prefix, split_prefix};
use crate::lower::operations::action_words;

/// The maximum number of references that are followed to the schema of a response.
const MAX_REFERENCES: usize = 16;

/// The paths of a document, with their methods.
pub(super) struct Paths<'d> {
    document: &'d Document,
    methods: FxHashMap<&'d str, Vec<&'d Method>>,
    /// The paths before each path parameter.
    collections: FxHashSet<&'d str>,
    /// For each response schema examined so far, whether it is an object without a list.
    single_objects: Mutex<FxHashMap<SchemaId, bool>>,
}

/// A segment of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment<'p> {
    Static(&'p str),
    Parameter,
}

impl<'d> Paths<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut methods: FxHashMap<&str, Vec<&Method>> = FxHashMap::default();
        let mut collections = FxHashSet::default();
        for operation in &document.operations {
            let path = operation.path.as_str();
            methods.entry(path).or_default().push(&operation.method);
            collections.extend(path.match_indices("/{").map(|(at, _)| &path[..at]));
        }
        Self {
            document,
            methods,
            collections,
            single_objects: Mutex::default(),
        }
    }

    fn has(&self, path: &str, method: &Method) -> bool {
        self.methods.get(path).is_some_and(|methods| methods.contains(&method))
    }

    /// Returns whether the document has paths for single items of a collection.
    fn has_items(&self, path: &str) -> bool {
        self.collections.contains(path)
    }

    /// Returns whether the success response of an operation is an object without a list, such as the current session of
    /// `GET /session`.
    fn returns_one(&self, operation: &Operation) -> bool {
        let success = operation.responses.iter().find(|response| response.status.is_success());
        let body = success.and_then(|response| response.content.iter().find_map(|content| content.schema));
        body.is_some_and(|id| {
            let mut known = self.single_objects.lock().unwrap_or_else(PoisonError::into_inner);
            *known.entry(id).or_insert_with(|| self.is_single_object(id))
        })
    }

    /// Returns whether a schema is an object without a list.
    fn is_single_object(&self, id: SchemaId) -> bool {
        let schema = self.target(id);
        let is_list = |id: &SchemaId| {
            let schema = self.target(*id);
            schema.types.has(Type::Array) || schema.items.is_some()
        };
        let is_combined = !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty());
        !is_combined && !schema.properties.is_empty() && !schema.properties.values().any(is_list)
    }

    /// Returns the schema that a schema refers to.
    fn target(&self, id: SchemaId) -> &'d Schema {
        let mut schema = &self.document.schemas[id];
        for _ in 0..MAX_REFERENCES {
            match schema.reference {
                Some(next) => schema = &self.document.schemas[next],
                None => break,
            }
        }
        schema
    }

    /// Returns a name by the conventions of REST.
    pub(super) fn rest_name(&self, operation: &Operation) -> Option<RestName> {
        let path = operation.path.split(['?', '#']).next().unwrap_or_default();
        if operation.path.contains('#') {
            return None;
        }
        let (path, custom) = match path.rsplit_once(':') {
            Some((before, verb)) if !verb.contains(['/', '}']) => (before, Some(verb)),
            _ => (path, None),
        };
        let segments = segments(path);
        let ends_in_item = segments.last() == Some(&Segment::Parameter);
        let mut nouns = nouns(&segments);
        let is_action = custom.is_none() && self.is_action(operation, path, &segments);
        let verb = match custom {
            Some(verb) => words(verb).join("_"),
            None if is_action => words(&nouns.pop()?).join("_"),
            None => self.verb(operation, path, &nouns, ends_in_item),
        };
        if verb == "create"
            && let Some(last) = nouns.last_mut()
        {
            *last = singular(last);
        }
        let is_named = !nouns.is_empty() || is_action;
        is_named.then_some(RestName { verb, nouns })
    }

    /// Returns whether the last segment is an action rather than a resource, such as `/charges/{id}/capture` or `/login`.
    fn is_action(&self, operation: &Operation, path: &str, segments: &[Segment<'_>]) -> bool {
        let [above @ .., Segment::Static(last)] = segments else {
            return false;
        };
        match operation.method {
            Method::Post | Method::Put if self.has(&operation.path, &Method::Get) || self.has_items(path) => false,
            Method::Post | Method::Put if action_words::is_action(last) => true,
            Method::Post | Method::Put => {
                let is_plural = singular(last) != *last;
                let is_below = match above.last() {
                    Some(Segment::Parameter | Segment::Static("batch" | "bulk")) => true,
                    Some(Segment::Static(_)) => self.has_items_above(path),
                    None => false,
                };
                is_below && !is_plural && !action_words::is_resource(last)
            }
            Method::Get => matches!(*last, "search" | "lookup" | "query" | "count" | "download" | "export"),
            Method::Delete
            | Method::Options
            | Method::Head
            | Method::Patch
            | Method::Trace
            | Method::Query
            | Method::Other(_) => false,
        }
    }

    fn has_items_above(&self, path: &str) -> bool {
        path.rsplit_once('/').is_some_and(|(above, _)| self.has_items(above))
    }

    fn verb(&self, operation: &Operation, path: &str, nouns: &[String], ends_in_item: bool) -> String {
        let is_plural = nouns.last().is_some_and(|noun| singular(noun) != *noun);
        // `/objects/{type}` is a collection if `/objects/{type}/{id}` is an item.
        let ends_in_item = ends_in_item && (!self.has_items(path) || self.returns_one(operation));
        let verb = match (&operation.method, ends_in_item) {
            (Method::Get, false) if is_plural || self.has_items(path) && !self.returns_one(operation) => "list",
            (Method::Get, _) => "get",
            (Method::Post, true) => "update",
            (Method::Post, false) => "create",
            (Method::Put, _)
                if self.has(&operation.path, &Method::Patch) || self.has(&operation.path, &Method::Post) =>
            {
                "replace"
            }
            (Method::Put | Method::Patch, _) => "update",
            (Method::Delete, _) => "delete",
            (Method::Query, _) => "query",
            (Method::Options | Method::Head | Method::Trace | Method::Other(_), _) => {
                return operation.method.to_ascii_lowercase();
            }
        };
        verb.to_owned()
    }
}

/// Returns the segments of the resource of a path.
fn segments(path: &str) -> Vec<Segment<'_>> {
    let (_, resource) = split_prefix(path);
    // `{Sid}.json` is a parameter, `report.{format}` is not.
    let is_parameter = |segment: &str| segment.starts_with('{');
    // A version in the middle, such as `/crm/v3/objects` or `/objects/2025-09/{type}`, is not a resource either.
    let is_version = |text: &&str| is_prefix(text) && (text.starts_with(['v', 'V']) || text.contains('-'));
    resource
        .into_iter()
        .filter(|text| !is_version(text))
        .map(|text| match is_parameter(text) {
            true => Segment::Parameter,
            false => Segment::Static(text.split(['{', '.']).next().unwrap_or(text)),
        })
        .collect()
}

/// Returns the resources of a path: its static segments, singular where an item is selected.
fn nouns(segments: &[Segment<'_>]) -> Vec<String> {
    let mut nouns = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Static("") | Segment::Parameter => {}
            Segment::Static(text) if segments.get(index + 1) == Some(&Segment::Parameter) => nouns.push(singular(text)),
            Segment::Static(text) => nouns.push((*text).to_owned()),
        }
    }
    nouns
}

#[cfg(test)]
mod tests {
    use super::{is_prefix, nouns, segments};

    #[test]
    fn versions_are_not_resources() {
        assert!(
            ["v1", "api", "2020-05-31", "1.1", "V2", "v2beta1"]
                .iter()
                .all(|word| is_prefix(word))
        );
        assert!(!["users", "versions", "2fa", "v"].iter().any(|word| is_prefix(word)));
        let segments = segments("/api/v1/customers/{customer}/sources/{id}.json");
        assert_eq!(nouns(&segments), ["customer", "source"]);
        assert_eq!(nouns(&super::segments("/{tenant}/api/users")), ["users"]);
    }
}
