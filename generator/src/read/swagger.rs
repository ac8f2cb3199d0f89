//! Swagger 2.0, converted to the vocabulary of OpenAPI 3.

use indexmap::IndexMap;

use super::Reader;
use super::info::server;
use super::parameter::override_by;
use super::template::spans_segments;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{
    Encoding, Extensions, Location, MediaContent, Parameter, RequestBody, Schema, SchemaId, SecurityKind, Server,
    Sparse, Style, Type, TypeSet,
};
use crate::load::Node;
use crate::wire::{MediaType, Status};

const JSON: &str = "application/json";
const JSON_LINES: &str = "application/x-ndjson";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The parameters of an operation that form its body.
#[derive(Default)]
struct BodyParts<'b> {
    body: Vec<Node<'b>>,
    form: Vec<Node<'b>>,
}

impl<'b> Reader<'b, '_> {
    /// Returns the servers that `schemes`, `host` and `basePath` describe.
    pub(super) fn hosts(&mut self, root: Node<'b>) -> Vec<Server> {
        let schemes = self.strings(root, "schemes");
        self.servers_of(root, &schemes)
    }

    /// Returns the servers of an operation with its own `schemes`.
    pub(super) fn operation_schemes(&mut self, operation: Node<'b>) -> Vec<Server> {
        let schemes = self.strings(operation, "schemes");
        match self.bundle.root() {
            Some(root) if !schemes.is_empty() => self.servers_of(root, &schemes),
            Some(_) | None => Vec::new(),
        }
    }

    fn servers_of(&mut self, root: Node<'b>, schemes: &[String]) -> Vec<Server> {
        let base = self.text(root, "basePath").unwrap_or_default();
        let base = if base.is_empty() || base.starts_with('/') {
            base
        } else {
            format!("/{base}")
        };
        let Some(host) = self.text(root, "host").filter(|host| !host.is_empty()) else {
            return if base.is_empty() {
                Vec::new()
            } else {
                vec![server(&base, root.get("basePath"))]
            };
        };
        let mut schemes: Vec<&str> = schemes
            .iter()
            .map(String::as_str)
            .filter(|scheme| scheme.starts_with("http"))
            .collect();
        // The first server is the default, so https comes first.
        schemes.sort_by_key(|scheme| *scheme != "https");
        if schemes.is_empty() {
            schemes.push("https");
        }
        schemes
            .iter()
            .map(|scheme| server(&format!("{scheme}://{host}{base}"), root.get("host")))
            .collect()
    }

    /// Reads the parameters of an operation, and the body that some of them form.
    pub(super) fn swagger_inputs(
        &mut self,
        items: &[Node<'b>],
        operation: Node<'b>,
    ) -> (Vec<Parameter>, Option<RequestBody>) {
        let (mut shared_parts, mut parts) = (BodyParts::default(), BodyParts::default());
        let shared = items.iter().fold(Vec::new(), |shared, item| {
            let more = self.parameter_list(*item, |reader, node, _| {
                reader.swagger_parameter(node, &mut shared_parts)
            });
            override_by(shared, more)
        });
        let own = self.parameter_list(operation, |reader, node, _| reader.swagger_parameter(node, &mut parts));
        if parts.body.is_empty() {
            parts.body = shared_parts.body;
        }
        let named = |node: &Node<'b>| node.get("name").and_then(Node::as_str);
        shared_parts
            .form
            .retain(|shared| !parts.form.iter().any(|own| named(own) == named(shared)));
        parts.form.splice(0..0, shared_parts.form);
        let body = self.swagger_body(operation, &parts);
        (override_by(shared, own), body)
    }

    fn swagger_parameter(&mut self, node: Node<'b>, parts: &mut BodyParts<'b>) -> Option<Parameter> {
        match node.get("in").and_then(Node::as_str) {
            Some("body") => {
                parts.body.push(node);
                return None;
            }
            Some("formData" | "formdata") => {
                parts.form.push(node);
                return None;
            }
            Some(_) | None => {}
        }
        let (name, location) = self.name_and_location(node, node)?;
        let (style, explode) = self.collection_format(node, location);
        Some(Parameter {
            place: node.place(),
            required: self.is_required(node, &name, location),
            deprecated: self.flag(node, "deprecated"),
            description: self.text(node, "description"),
            style,
            explode,
            allow_reserved: false,
            allow_empty: self.flag(node, "allowEmptyValue"),
            wildcard: location == Location::Path && spans_segments(node),
            schema: Some(self.swagger_schema(node)),
            content: None,
            examples: node.get("x-example").map(Node::to_json).into_iter().collect(),
            extensions: self.extensions(node),
            name,
            location,
        })
    }

    /// Reads the schema of a parameter.
    fn swagger_schema(&mut self, node: Node<'b>) -> SchemaId {
        match self.nested_schema(node) {
            Some(schema) => schema,
            None => self.schema_of_parameter(node),
        }
    }

    /// Reads `schema` of a parameter without a type. Some documents use it, as in OpenAPI 3.
    fn nested_schema(&mut self, node: Node<'b>) -> Option<SchemaId> {
        let schema = self.present(node, "schema").filter(|_| node.get("type").is_none())?;
        Some(self.schema(schema))
    }

    /// Converts `collectionFormat` to a style and `explode`.
    fn collection_format(&mut self, node: Node<'b>, location: Location) -> (Style, bool) {
        let comma = match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::QueryString | Location::Cookie => Style::Form,
        };
        let format = self.text(node, "collectionFormat");
        match format.as_deref() {
            None | Some("csv") => (comma, false),
            Some("ssv") => (Style::SpaceDelimited, false),
            Some("tsv") => (Style::TabDelimited, false),
            Some("pipes") => (Style::PipeDelimited, false),
            Some("multi") => {
                if matches!(location, Location::Path | Location::Header) {
                    let message = "`collectionFormat: multi` is only allowed in the query and in forms; `csv` is used";
                    self.without_effect(node, "collectionFormat", message);
                }
                (comma, comma == Style::Form)
            }
            Some(unknown) => {
                let place = node.get("collectionFormat").unwrap_or(node).place();
                let message = format!("unknown collectionFormat `{unknown}`; `csv` is used");
                self.diagnostics
                    .push(Diagnostic::new(Code::UnknownStyle, place, message));
                (comma, false)
            }
        }
    }

    fn swagger_body(&mut self, operation: Node<'b>, parts: &BodyParts<'b>) -> Option<RequestBody> {
        let second = parts.body.get(1).or(if parts.body.is_empty() {
            None
        } else {
            parts.form.first()
        });
        if let Some(second) = second {
            let message = "the operation has more than one body; this parameter is skipped";
            self.diagnostics
                .push(Diagnostic::new(Code::TwoBodies, second.place(), message));
        }
        let consumes = self.media_names(operation, "consumes");
        match (parts.body.first(), parts.form.first()) {
            (Some(body), _) => Some(self.body_parameter(*body, consumes)),
            (None, Some(first)) => Some(self.form(*first, &parts.form, &consumes)),
            (None, None) => None,
        }
    }

    fn body_parameter(&mut self, node: Node<'b>, consumes: Vec<String>) -> RequestBody {
        let schema = self.present(node, "schema").map(|schema| self.schema(schema));
        let names = if consumes.is_empty() {
            vec![JSON.to_owned()]
        } else {
            consumes
        };
        // Forms use `formData`, so a `body` parameter with form media types comes from a document-wide `consumes`.
        let is_form = |name: &String| name == FORM || name == MULTIPART;
        let bodies: Vec<String> = names.iter().filter(|name| !is_form(name)).cloned().collect();
        let names = if bodies.is_empty() { names } else { bodies };
        RequestBody {
            place: node.place(),
            description: self.text(node, "description"),
            required: self.flag(node, "required"),
            content: names
                .into_iter()
                .map(|name| MediaContent {
                    schema,
                    ..self.media(name, node)
                })
                .collect(),
            extensions: self.extensions(node),
        }
    }

    fn form(&mut self, first: Node<'b>, fields: &[Node<'b>], consumes: &[String]) -> RequestBody {
        let mut schema = Schema {
            types: TypeSet::from_iter([Type::Object]),
            ..Schema::default()
        };
        let mut encoding: Sparse<IndexMap<String, Encoding>> = Sparse::default();
        let mut has_file = false;
        for field in fields {
            let Some(name) = self.text(*field, "name") else {
                let message = "the parameter has no `name`; it is skipped";
                self.diagnostics
                    .push(Diagnostic::new(Code::NamelessParameter, field.place(), message));
                continue;
            };
            has_file |= field.get("type").and_then(Node::as_str) == Some("file");
            if self.flag(*field, "required") {
                schema.required.insert(name.clone());
            }
            if field.get("type").and_then(Node::as_str) == Some("array") {
                let (style, explode) = self.collection_format(*field, Location::Query);
                encoding.insert(
                    name.clone(),
                    Encoding {
                        style: Some(style),
                        explode: Some(explode),
                        ..Encoding::default()
                    },
                );
            }
            let property = match self.nested_schema(*field) {
                Some(schema) => schema,
                None => self.schema_of_form_field(*field),
            };
            schema.properties.insert(name, property);
        }
        let required = !schema.required.is_empty();
        let schema = Some(self.arena.add(schema));
        let mut names: Vec<&str> = [FORM, MULTIPART]
            .into_iter()
            .filter(|name| consumes.iter().any(|other| other == name))
            .collect();
        if has_file {
            names = vec![MULTIPART];
        } else if names.is_empty() {
            names = vec![FORM];
        }
        let content = names.into_iter().map(|name| MediaContent {
            schema,
            encoding: encoding.clone(),
            ..self.media(name.to_owned(), first)
        });
        let content = content.collect();
        RequestBody {
            place: first.place(),
            description: None,
            required,
            content,
            extensions: Extensions::default(),
        }
    }

    /// Returns the content of a response: its `schema` in each media type of `produces`. `produces` often lists only the media
    /// types of successful responses, so an object that none of them can contain is JSON if the response is an error.
    pub(super) fn swagger_content(
        &mut self,
        status: Status,
        response: Node<'b>,
        operation: Node<'b>,
    ) -> Vec<MediaContent> {
        let Some(node) = self.present(response, "schema") else {
            return Vec::new();
        };
        let is_file = node.get("type").and_then(Node::as_str) == Some("file");
        let schema = Some(self.schema(node));
        let mut names = self.media_names(operation, "produces");
        if names.is_empty() {
            names.push(if is_file { "application/octet-stream" } else { JSON }.to_owned());
        } else if !status.is_success() && is_object(node) && !names.iter().any(|name| contains_objects(name)) {
            names = vec![JSON.to_owned()];
        }
        if self.is_stream_result(node) && names.iter().any(|name| MediaType::new(name.as_str()).is_json()) {
            names = vec![JSON_LINES.to_owned()];
        }
        let examples = self.object(response, "examples");
        names
            .into_iter()
            .map(|name| {
                let example = examples.and_then(|examples| examples.get(&name));
                MediaContent {
                    schema,
                    examples: example.map(Node::to_json).into_iter().collect(),
                    ..self.media(name, node)
                }
            })
            .collect()
    }

    /// Returns whether a schema describes an item of a stream. grpc-gateway sends one such object a line, and documents it as the
    /// body of type `application/json`.
    fn is_stream_result(&self, schema: Node<'b>) -> bool {
        let target = self.bundle.follow(schema, "", &mut Diagnostics::default());
        let title = target.and_then(|target| target.get("title")?.as_str());
        title.is_some_and(|title| title.starts_with("Stream result of "))
    }

    /// Returns `consumes` or `produces` of an operation, otherwise of the document.
    fn media_names(&mut self, operation: Node<'b>, key: &str) -> Vec<String> {
        let own = self.present(operation, key).map(|_| operation);
        let node = own.or(self.bundle.root());
        node.map(|node| self.strings(node, key)).unwrap_or_default()
    }

    pub(super) fn swagger_security_kind(&mut self, node: Node<'b>) -> SecurityKind {
        let kind = self.text(node, "type").unwrap_or_default();
        match kind.to_ascii_lowercase().as_str() {
            "basic" => SecurityKind::Http {
                scheme: "basic".to_owned(),
                format: None,
            },
            "apikey" => self.api_key(node),
            "oauth2" => {
                let name = match self.text(node, "flow").unwrap_or_default().as_str() {
                    "application" => "clientCredentials".to_owned(),
                    "accessCode" => "authorizationCode".to_owned(),
                    other => other.to_owned(),
                };
                SecurityKind::OAuth2 {
                    flows: IndexMap::from([(name, self.flow(node))]),
                    metadata_url: None,
                }
            }
            _ => SecurityKind::Other(kind),
        }
    }

    fn media(&self, name: String, node: Node<'b>) -> MediaContent {
        MediaContent {
            place: node.place(),
            pointer: self.pointer(node),
            name: name.into(),
            schema: None,
            item_schema: None,
            examples: Vec::new(),
            encoding: Sparse::default(),
        }
    }
}

/// Returns whether a schema describes an object, as far as its own keywords show.
fn is_object(schema: Node<'_>) -> bool {
    let is_object = schema.get("type").and_then(Node::as_str) == Some("object");
    is_object
        || ["$ref", "properties", "allOf"]
            .iter()
            .any(|key| schema.get(key).is_some())
}

/// Returns whether a body of this media type may be an object.
fn contains_objects(media_type: &str) -> bool {
    let media_type = MediaType::new(media_type);
    media_type.is_json() || media_type.is_xml() || media_type.is_sequence() || media_type.is_range()
}
