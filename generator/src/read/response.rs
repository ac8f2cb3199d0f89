//! Responses and headers.

use std::sync::Arc;

use super::Reader;
use super::dialect::Dialect;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Header, Link, LinkTarget, MediaContent, Response, Status};
use crate::load::Node;

impl<'b> Reader<'b, '_> {
    /// Reads the responses of an operation, in document order.
    pub(super) fn responses(&mut self, operation: Node<'b>) -> Vec<Arc<Response>> {
        let node = self.object(operation, "responses");
        let entries: Vec<(&str, Node<'b>)> = node.map(|node| node.entries().collect()).unwrap_or_default();
        let mut responses: Vec<Arc<Response>> = Vec::new();
        for (key, holder) in entries.into_iter().filter(|(key, _)| !key.starts_with("x-")) {
            let Some(status) = self.status(key, holder) else {
                continue;
            };
            let Some(node) = self.follow_object(holder, "the response is skipped") else {
                continue;
            };
            if !responses.iter().any(|other| other.status == status) {
                let response = self.shared_response(status, holder, node, operation);
                self.report_missing_description(&response, holder);
                responses.push(response);
            }
        }
        if responses.is_empty() && self.dialect < Dialect::V31 {
            let message = "the operation has no responses; only the status code distinguishes success from error";
            self.diagnostics
                .push(Diagnostic::new(Code::NoResponses, operation.place(), message));
        }
        responses
    }

    /// Reads a response, which is the same as before if other operations refer to it.
    fn shared_response(
        &mut self,
        status: Status,
        holder: Node<'b>,
        node: Node<'b>,
        operation: Node<'b>,
    ) -> Arc<Response> {
        // A description next to the `$ref` belongs to one operation, and so do the media types of Swagger 2.0.
        if holder == node || holder.entries().nth(1).is_some() || self.dialect == Dialect::Swagger2 {
            return Arc::new(self.response(status, holder, node, operation));
        }
        let key = (node.file(), node.id(), status);
        if let Some(known) = self.shared_responses.get(&key) {
            return Arc::clone(known);
        }
        let response = Arc::new(self.response(status, holder, node, operation));
        self.shared_responses.insert(key, Arc::clone(&response));
        response
    }

    fn report_missing_description(&mut self, response: &Response, holder: Node<'b>) {
        if response.description.is_none() && self.dialect < Dialect::V32 {
            let message = "the response has no `description`; the status code is used";
            self.diagnostics
                .push(Diagnostic::new(Code::MissingKeyword, holder.place(), message));
        }
    }

    fn response(&mut self, status: Status, holder: Node<'b>, node: Node<'b>, operation: Node<'b>) -> Response {
        let content = match self.dialect {
            Dialect::Swagger2 => self.swagger_content(status, node, operation),
            Dialect::V30 | Dialect::V31 | Dialect::V32 => {
                let content = self.content(node);
                if content.is_empty() {
                    self.content_of_schema(status, node)
                } else {
                    content
                }
            }
        };
        let description = self.description(holder, node).or_else(|| self.text(node, "summary"));
        Response {
            place: node.place(),
            status,
            description,
            headers: self.headers(node),
            content,
            links: self.links(node),
            extensions: self.extensions(node),
        }
    }

    /// Reads the links of a response.
    fn links(&mut self, node: Node<'b>) -> Vec<Link> {
        if self.dialect == Dialect::Swagger2 {
            return Vec::new();
        }
        let entries: Vec<(&str, Node<'b>)> = match self.object(node, "links") {
            Some(links) => links.entries().filter(|(name, _)| !name.starts_with("x-")).collect(),
            None => return Vec::new(),
        };
        let links = entries.into_iter().filter_map(|(name, holder)| {
            let node = self.follow_object(holder, "the link is skipped")?;
            self.link(name, holder, node)
        });
        links.collect()
    }

    fn link(&mut self, name: &str, holder: Node<'b>, node: Node<'b>) -> Option<Link> {
        let id = self.text(node, "operationId").map(LinkTarget::Id);
        let Some(target) = id.or_else(|| self.text(node, "operationRef").map(LinkTarget::Reference)) else {
            let message = format!("the link `{name}` has neither `operationId` nor `operationRef`; it is skipped");
            self.diagnostics
                .push(Diagnostic::new(Code::UnboundLink, holder.place(), message));
            return None;
        };
        let parameters = self.object(node, "parameters");
        let parameters = parameters.into_iter().flat_map(Node::entries);
        Some(Link {
            place: holder.place(),
            name: name.to_owned(),
            target,
            parameters: parameters
                .map(|(name, value)| (name.to_owned(), value.to_json()))
                .collect(),
            unsupported: ["requestBody", "server"]
                .into_iter()
                .find(|key| node.get(key).is_some()),
            description: self.description(holder, node),
        })
    }

    /// Reads a response that has `schema` where Swagger 2.0 had it.
    fn content_of_schema(&mut self, status: Status, node: Node<'b>) -> Vec<MediaContent> {
        let Some(schema) = self.present(node, "schema") else {
            return Vec::new();
        };
        let message =
            "`schema` is not a keyword of responses since OpenAPI 3.0; it is read as `application/json` content";
        self.diagnostics
            .push(Diagnostic::new(Code::OldKeyword, schema.place().key(), message));
        self.swagger_content(status, node, node)
    }

    fn status(&mut self, key: &str, node: Node<'b>) -> Option<Status> {
        let status = parse_status(key);
        if status.is_none() {
            let message = format!("invalid status code `{key}`; the response is skipped");
            let diagnostic = Diagnostic::new(Code::InvalidStatus, node.place().key(), message);
            self.diagnostics
                .push(diagnostic.help("use a status code such as `404`, a range such as `4XX`, or `default`"));
        }
        status
    }

    /// Reads `headers` of a response or an encoding. `Content-Type` is skipped, because the media type describes it.
    pub(super) fn headers(&mut self, node: Node<'b>) -> Vec<Header> {
        let Some(headers) = self.object(node, "headers") else {
            return Vec::new();
        };
        let named = headers
            .entries()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let mut read = Vec::new();
        for (name, holder) in named {
            let Some(node) = self.follow_object(holder, "the header is skipped") else {
                continue;
            };
            read.push(self.header(name, holder, node));
        }
        read
    }

    fn header(&mut self, name: &str, holder: Node<'b>, node: Node<'b>) -> Header {
        let schema = match self.dialect {
            Dialect::Swagger2 => Some(self.schema_of_parameter(node)),
            Dialect::V30 | Dialect::V31 | Dialect::V32 => match self.present(node, "schema") {
                Some(schema) => Some(self.schema(schema)),
                None => self.content(node).into_iter().next().and_then(|media| media.schema),
            },
        };
        Header {
            place: node.place(),
            name: name.to_owned(),
            description: self.description(holder, node),
            required: self.flag(node, "required"),
            schema,
        }
    }
}

/// Parses a status code or range. Ranges may be in lower case or written as `200-299`.
fn parse_status(key: &str) -> Option<Status> {
    let key = key.trim();
    if key.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    if let Ok(code) = key.parse::<u16>() {
        return (100..=599).contains(&code).then_some(Status::Code(code));
    }
    let (digit, rest) = (key.get(..1)?.parse::<u8>().ok()?, key.get(1..)?);
    let written_out = format!("00-{digit}99");
    let is_range = rest.eq_ignore_ascii_case("xx") || rest == written_out;
    ((1..=5).contains(&digit) && is_range).then_some(Status::Range(digit))
}
