//! The actions of an overlay for each change of the document.

use serde_json::{Map, Value, json};

use super::Dialect;
use super::finding::Fix;
use super::infer;
use super::overlay::Action;
use super::schema_changes;
use crate::diagnostics::{FileId, NodeId, Place};
use crate::document::{Document, Location, SchemaId};
use crate::json::path_literal;
use crate::load::{Node, SourceMap};

const DESCRIPTION: &str = "Observed in a recorded exchange.";

/// Creates actions for a document.
pub(super) struct Changes<'d> {
    pub(super) document: &'d Document,
    sources: &'d SourceMap,
    pub(super) dialect: Dialect,
}

impl<'d> Changes<'d> {
    pub(super) fn new(document: &'d Document, sources: &'d SourceMap) -> Self {
        Self {
            document,
            sources,
            dialect: Dialect::of(document),
        }
    }

    /// Returns the node at a place, if it is in the document itself. An overlay cannot change other files.
    pub(super) fn node(&self, place: Option<Place>) -> Option<Node<'d>> {
        match place? {
            Place::Value(FileId(0), node) | Place::Key(FileId(0), node) => self.sources.node(FileId(0), node),
            Place::Value(..) | Place::Key(..) | Place::Text(..) | Place::File(_) => None,
        }
    }

    pub(super) fn schema_node(&self, id: SchemaId) -> Option<Node<'d>> {
        self.node(self.document.schemas[id].place)
    }

    /// Returns the actions of a change; none if the document cannot express it.
    pub(super) fn of(&self, fix: &Fix, samples: &[Value]) -> Vec<Action> {
        self.try_of(fix, samples).unwrap_or_default()
    }

    // The function is long, because it has an arm for each kind of fix.
    fn try_of(&self, fix: &Fix, samples: &[Value]) -> Option<Vec<Action>> {
        let action = match fix {
            Fix::None => return None,
            Fix::AllowNull(id) => return schema_changes::allow_null(self, *id),
            Fix::AllowType(id) => return schema_changes::allow_type(self, *id, samples),
            Fix::Value(id) => return schema_changes::list_values(self, *id, samples),
            Fix::Optional { schema, name } => return Some(self.optional(*schema, name, &[])),
            Fix::Property { schema, name } => {
                let value = json!({ "properties": { name: self.inferred(samples) } });
                Action::update(target(self.schema_node(*schema)?), value)
            }
            Fix::Map { schema, tag, member } => self.mapped(*schema, tag, *member)?,
            Fix::Remove { place, keyword } => Action::remove(target(self.node(*place)?.get(keyword)?)),
            Fix::Set { place, keyword, value } => {
                Action::update(target(self.node(*place)?), json!({ *keyword: value }))
            }
            Fix::Parameter {
                operation,
                location,
                name,
            } => {
                let parameter = self.parameter(name, *location, self.inferred(samples));
                Action::update(self.operation(*operation)?, json!({ "parameters": [parameter] }))
            }
            Fix::RequestContent { operation, media_type } => {
                return self.request_content(*operation, media_type, samples);
            }
            Fix::ResponseContent {
                operation,
                response,
                media_type,
            } => {
                return self.response_content((*operation, *response), media_type, samples);
            }
            Fix::NoContent { operation, response } => {
                let response = self.node(Some(self.document.operations[*operation].responses[*response].place))?;
                Action::remove(target(response.get("content").or_else(|| response.get("schema"))?))
            }
            Fix::Response { operation, status } => {
                let value = json!({ "responses": { status.to_string(): { "description": DESCRIPTION } } });
                Action::update(self.operation(*operation)?, value)
            }
            Fix::Header { response, name } => {
                let schema = self.inferred(samples);
                let header = match self.dialect {
                    Dialect::Swagger2 => schema,
                    Dialect::V30 | Dialect::V31 => json!({ "schema": schema }),
                };
                Action::update(
                    target(self.node(Some(*response))?),
                    json!({ "headers": { name: header } }),
                )
            }
            Fix::Operation { path, method, status } => return self.add_operation(path, method, *status),
            Fix::Server(_) if self.dialect == Dialect::Swagger2 => return None,
            Fix::Server(url) => Action::update("$".to_owned(), json!({ "servers": [{ "url": url }] })),
            Fix::Anonymous(operation) => self.anonymous(*operation)?,
        };
        Some(vec![action])
    }

    /// Returns the actions that make a property optional. `all` are all properties that become optional: a list of required
    /// properties that would be empty is removed.
    pub(super) fn optional(&self, id: SchemaId, name: &str, all: &[&str]) -> Vec<Action> {
        let Some(node) = self.schema_node(id) else {
            return Vec::new();
        };
        let Some(list) = node.get("required") else {
            return Vec::new();
        };
        if list
            .items()
            .all(|item| item.as_str().is_some_and(|item| all.contains(&item)))
        {
            let is_first = all.first() == Some(&name);
            return is_first.then(|| Action::remove(target(list))).into_iter().collect();
        }
        vec![Action::remove(format!(
            "{}[?@ == {}]",
            target(list),
            path_literal(name)
        ))]
    }

    pub(super) fn inferred(&self, samples: &[Value]) -> Value {
        infer::schema(&samples.iter().collect::<Vec<_>>(), self.dialect)
    }

    /// Returns the action that adds a value to the mapping of a discriminator.
    fn mapped(&self, id: SchemaId, tag: &str, member: SchemaId) -> Option<Action> {
        let schemas = &self.document.schemas;
        let member = schemas[member].reference.unwrap_or(member);
        let pointer = Some(&schemas[member].pointer).filter(|pointer| pointer.starts_with("#/"))?;
        let value = json!({ "discriminator": { "mapping": { tag: pointer } } });
        Some(Action::update(target(self.schema_node(id)?), value))
    }

    fn operation(&self, index: usize) -> Option<String> {
        Some(target(self.node(Some(self.document.operations[index].place))?))
    }

    fn parameter(&self, name: &str, location: Location, schema: Value) -> Value {
        let place = match location {
            Location::Path => "path",
            Location::Query | Location::QueryString => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let mut parameter = Map::from_iter([("name".to_owned(), json!(name)), ("in".to_owned(), json!(place))]);
        if location == Location::Path {
            parameter.insert("required".to_owned(), json!(true));
        }
        match (self.dialect, schema) {
            (Dialect::Swagger2, Value::Object(keywords)) => parameter.extend(keywords),
            (_, schema) => drop(parameter.insert("schema".to_owned(), schema)),
        }
        Value::Object(parameter)
    }

    fn request_content(&self, index: usize, media_type: &str, samples: &[Value]) -> Option<Vec<Action>> {
        let (operation, body) = (self.operation(index)?, &self.document.operations[index].body);
        let schema = self.inferred(samples);
        let action = match (self.dialect, body) {
            (Dialect::Swagger2, None) => {
                let parameter = json!({ "name": "body", "in": "body", "schema": schema });
                Action::update(
                    operation,
                    json!({ "consumes": [media_type], "parameters": [parameter] }),
                )
            }
            (Dialect::Swagger2, Some(body)) => {
                let names = body.content.iter().map(|content| content.name.as_str());
                self.extended(index, "consumes", names, media_type)?
            }
            (Dialect::V30 | Dialect::V31, None) => {
                let content = json!({ media_type: { "schema": schema } });
                Action::update(operation, json!({ "requestBody": { "content": content } }))
            }
            (Dialect::V30 | Dialect::V31, Some(body)) => {
                let content = json!({ media_type: { "schema": schema } });
                Action::update(target(self.node(Some(body.place))?), json!({ "content": content }))
            }
        };
        Some(vec![action])
    }

    fn response_content(&self, at: (usize, usize), media_type: &str, samples: &[Value]) -> Option<Vec<Action>> {
        let response = &self.document.operations[at.0].responses[at.1];
        let node = target(self.node(Some(response.place))?);
        let schema = self.inferred(samples);
        let action = match self.dialect {
            Dialect::V30 | Dialect::V31 => {
                Action::update(node, json!({ "content": { media_type: { "schema": schema } } }))
            }
            Dialect::Swagger2 if response.content.is_empty() => Action::update(node, json!({ "schema": schema })),
            Dialect::Swagger2 => {
                let names = response.content.iter().map(|content| content.name.as_str());
                self.extended(at.0, "produces", names, media_type)?
            }
        };
        Some(vec![action])
    }

    /// Returns the action that adds a media type to `consumes` or `produces` of an operation.
    fn extended<'n>(
        &self,
        index: usize,
        key: &str,
        names: impl Iterator<Item = &'n str>,
        new: &'n str,
    ) -> Option<Action> {
        let node = self.node(Some(self.document.operations[index].place))?;
        let names: Vec<&str> = match node.get(key) {
            Some(_) => vec![new],
            None => names.chain([new]).collect(),
        };
        Some(Action::update(target(node), json!({ key: names })))
    }

    fn add_operation(&self, path: &str, method: &str, status: u16) -> Option<Vec<Action>> {
        let key = method.to_ascii_lowercase();
        if !["get", "put", "post", "delete", "options", "head", "patch", "trace"].contains(&key.as_str()) {
            return None;
        }
        let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let parameters = names.map(|name| self.parameter(name, Location::Path, json!({ "type": "string" })));
        let mut operation = json!({ "responses": { status.to_string(): { "description": DESCRIPTION } } });
        let parameters: Vec<Value> = parameters.collect();
        if !parameters.is_empty() {
            operation["parameters"] = Value::Array(parameters);
        }
        Some(vec![Action::update(
            "$".to_owned(),
            json!({ "paths": { path: { key: operation } } }),
        )])
    }

    fn anonymous(&self, index: usize) -> Option<Action> {
        let alternatives = match &self.document.operations[index].security {
            Some(_) => vec![json!({})],
            None => {
                let shared = self.document.security.iter().map(|requirement| json!(requirement));
                shared.chain([json!({})]).collect()
            }
        };
        Some(Action::update(
            self.operation(index)?,
            json!({ "security": alternatives }),
        ))
    }
}

/// Returns the JSONPath of a value of the document.
pub(super) fn target(node: Node<'_>) -> String {
    let mut above: Vec<Node<'_>> = std::iter::successors(Some(node), |node| node.parent()).collect();
    above.reverse();
    let mut path = String::from("$");
    for node in above.iter().filter(|node| node.id() != NodeId(0)) {
        match node.key() {
            Some(key) if is_identifier(key) => path += &format!(".{key}"),
            Some(key) => path += &format!("[{}]", path_literal(key)),
            None => {
                let pointer = node.pointer();
                path += &format!("[{}]", pointer.rsplit('/').next().unwrap_or_default());
            }
        }
    }
    path
}

/// Returns the JSONPath of a key of an object.
pub(super) fn member(target: &str, key: &str) -> String {
    if is_identifier(key) {
        format!("{target}.{key}")
    } else {
        format!("{target}[{}]", path_literal(key))
    }
}

fn is_identifier(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
