//! Request bodies, media types, encodings and examples.

use indexmap::IndexMap;

use super::Reader;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Encoding, MediaContent, RequestBody, Sparse, Style};
use crate::json::Json;
use crate::load::Node;

impl<'b> Reader<'b, '_> {
    pub(super) fn request_body(&mut self, operation: Node<'b>) -> Option<RequestBody> {
        let holder = self.present(operation, "requestBody")?;
        let node = self.follow_object(holder, "the operation has no body")?;
        let content = self.content(node);
        if content.is_empty() {
            self.report_shape(node, "an object with `content`", "the operation has no body");
            return None;
        }
        Some(RequestBody {
            place: node.place(),
            description: self.description(holder, node),
            required: self.flag(node, "required"),
            content,
            extensions: self.extensions(node),
        })
    }

    /// Reads the media types under `content`, in order.
    pub(super) fn content(&mut self, node: Node<'b>) -> Vec<MediaContent> {
        let Some(content) = self.object(node, "content") else {
            return Vec::new();
        };
        let mut media = Vec::new();
        for (name, holder) in content.entries() {
            // `x-shader/x-vertex` is a media type; `x-internal` is an extension.
            if name.starts_with("x-") && !name.contains('/') {
                continue;
            }
            // `application/json:` without a value is a media type without a schema.
            let node = if holder.is_null() {
                Some(holder)
            } else {
                self.follow_object(holder, "the media type is skipped")
            };
            media.extend(node.map(|node| self.media_type(name, node)));
        }
        media
    }

    fn media_type(&mut self, name: &str, node: Node<'b>) -> MediaContent {
        if node.get("encoding").is_some() {
            let message = "`prefixEncoding` has no effect next to `encoding`; it is ignored";
            self.without_effect(node, "prefixEncoding", message);
        }
        MediaContent {
            place: node.place(),
            pointer: self.pointer(node),
            name: name.into(),
            schema: self.present(node, "schema").map(|schema| self.schema(schema)),
            item_schema: self.present(node, "itemSchema").map(|schema| self.schema(schema)),
            examples: self.examples(node),
            encoding: self.encodings(node),
        }
    }

    fn encodings(&mut self, node: Node<'b>) -> Sparse<IndexMap<String, Encoding>> {
        let Some(encodings) = self.object(node, "encoding") else {
            return Sparse::default();
        };
        let mut read = IndexMap::new();
        for (name, encoding) in encodings.entries() {
            if let Some(encoding) = self.as_object(encoding) {
                read.insert(name.to_owned(), self.encoding(encoding));
            }
        }
        read.into()
    }

    fn encoding(&mut self, node: Node<'b>) -> Encoding {
        Encoding {
            content_type: self.text(node, "contentType"),
            headers: self.headers(node),
            style: self.form_style(node),
            explode: self.maybe_flag(node, "explode"),
            allow_reserved: self.maybe_flag(node, "allowReserved"),
        }
    }

    /// Returns the style of a field of a form, if declared. A style of another location is read as the default.
    fn form_style(&mut self, node: Node<'b>) -> Option<Style> {
        let style = self.style(node)?;
        match style {
            Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited | Style::DeepObject => {
                Some(style)
            }
            Style::Simple | Style::Label | Style::Matrix | Style::Cookie => {
                let place = node.get("style").unwrap_or(node).place();
                let message = "a field of a form cannot have this style; the default is used";
                self.diagnostics
                    .push(Diagnostic::new(Code::UnknownStyle, place, message));
                Some(Style::Form)
            }
        }
    }

    /// Returns `example` and `examples` of a parameter, header or media type, best first.
    pub(super) fn examples(&mut self, node: Node<'b>) -> Vec<Json> {
        let mut examples: Vec<Json> = node.get("example").map(Node::to_json).into_iter().collect();
        let Some(named) = self.present(node, "examples") else {
            return examples;
        };
        if named.is_array() {
            examples.extend(named.items().map(Node::to_json));
            return examples;
        }
        let Some(named) = self.as_object(named) else {
            return examples;
        };
        for (_, holder) in named.entries() {
            let Some(node) = self.bundle.follow(holder, "the example is skipped", self.diagnostics) else {
                continue;
            };
            let is_described = node.is_object()
                && ["value", "dataValue", "externalValue", "serializedValue"]
                    .iter()
                    .any(|key| node.get(key).is_some());
            if is_described {
                if node.get("value").is_some() {
                    self.without_effect(
                        node,
                        "dataValue",
                        "`dataValue` is ignored, because the example has a `value`",
                    );
                }
                let value = node.get("value").or_else(|| node.get("dataValue"));
                examples.extend(value.map(Node::to_json));
            } else if !(node.is_object() && (node.get("summary").is_some() || node.get("description").is_some())) {
                // Many documents have the bare value in place of an Example Object.
                examples.push(node.to_json());
            }
        }
        examples
    }
}
