//! Request bodies: their media types, and the fields of forms.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Encoding, MediaType, Operation, RequestBody, Schema, SchemaId, Style, Type};
use crate::ir::{Body, BodyForm, BodyKind, FormField, Shape, TypeRef};

use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::conventions::media_types::{self, MediaKind};
use crate::lower::schemas::scalars;
use crate::lower::schemas::structs::set_if_none;

/// Returns the media types of a body in order of preference: JSON, forms, text, bytes.
pub(in crate::lower) fn by_preference(content: &[MediaType]) -> Vec<&MediaType> {
    let mut forms: Vec<&MediaType> = content.iter().collect();
    forms.sort_by_key(|form| {
        (
            media_types::kind_of_name(&form.name),
            media_types::essence(&form.name) != "application/json",
        )
    });
    forms
}

/// Returns the word for a media type that distinguishes a type name.
pub(in crate::lower) fn name_suffix(name: &str) -> &'static str {
    match media_types::kind_of_name(name) {
        MediaKind::Json => "json",
        MediaKind::Multipart => "multipart",
        MediaKind::Form => "form",
        MediaKind::Text => "text",
        MediaKind::Stream => "stream",
        MediaKind::Xml => "xml",
        MediaKind::Binary => "binary",
    }
}

impl Lowering<'_> {
    /// Returns the request body of an operation.
    pub(in crate::lower) fn body(&mut self, operation: &Operation) -> Option<Body> {
        let body = operation.body.as_ref()?;
        let mut forms: Vec<BodyForm> = Vec::new();
        for content in by_preference(&body.content) {
            let form = self.body_form(content);
            let json = matches!(form.kind, BodyKind::Json(_));
            // The same type under another JSON media type is not a separate form.
            if !json || forms.iter().all(|other| other.kind != form.kind) {
                forms.push(form);
            }
        }
        // Some tools describe an absent body as an optional form without fields.
        let empty = |form: &BodyForm| matches!(&form.kind, BodyKind::Form(fields) | BodyKind::Multipart(fields) if fields.is_empty());
        if forms.is_empty() || (forms.iter().all(empty) && !body.required) {
            return None;
        }
        self.report_body_without_meaning(operation, body);
        Some(Body {
            custom_name: extensions::body_name(&body.extensions)
                .or_else(|| extensions::body_name(&operation.extensions)),
            description: body.description.clone(),
            required: body.required,
            forms,
        })
    }

    fn report_body_without_meaning(&mut self, operation: &Operation, body: &RequestBody) {
        if matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE" | "TRACE") {
            let message = format!(
                "a body on `{}` has no defined meaning in HTTP; it is sent as described",
                operation.method
            );
            self.diagnostics
                .push(Diagnostic::new(Code::BodyWithoutMeaning, body.place, message));
        }
    }

    fn body_form(&mut self, content: &MediaType) -> BodyForm {
        let schema = content.schema.map(|id| self.flatten(self.target(id)));
        let media = media_types::kind_of(content, schema.as_deref());
        let kind = match (media, content.schema) {
            (MediaKind::Json, Some(schema)) => BodyKind::Json(self.type_ref(schema)),
            (MediaKind::Json, None) => BodyKind::Json(TypeRef::non_null(Shape::Any)),
            (MediaKind::Multipart, Some(schema)) => self
                .form_fields(content, schema, media)
                .map_or(BodyKind::Binary, BodyKind::Multipart),
            (MediaKind::Form, Some(schema)) => self
                .form_fields(content, schema, media)
                .map_or(BodyKind::Text, BodyKind::Form),
            (MediaKind::Form | MediaKind::Text, _) => BodyKind::Text,
            (MediaKind::Stream, _) => self.line(content).map_or(BodyKind::Binary, |line| {
                BodyKind::Lines(TypeRef::non_null(Shape::List(Box::new(self.type_ref(line)))))
            }),
            (MediaKind::Xml, Some(_)) => {
                self.report_bytes_only(content, "request");
                BodyKind::Binary
            }
            (MediaKind::Multipart | MediaKind::Xml | MediaKind::Binary, _) => BodyKind::Binary,
        };
        let media_type = media_types::to_send(&content.name, media);
        BodyForm {
            range: media_types::unmatched_range(&content.name, &media_type),
            media_type,
            kind,
            example: content.examples.first().cloned(),
        }
    }

    /// Returns the schema of one value in a body that is a sequence of JSON values: `itemSchema` (OpenAPI 3.2), the `items`
    /// of an array, or an object schema that describes each line.
    pub(in crate::lower) fn line(&mut self, content: &MediaType) -> Option<SchemaId> {
        if !media_types::is_json_lines(&content.name) {
            return None;
        }
        if content.item_schema.is_some() {
            return content.item_schema;
        }
        let id = content.schema?;
        let schema = self.flatten(self.target(id));
        if schema.types.has(Type::Array) || schema.items.is_some() {
            return schema.items;
        }
        let object = schema.types.has(Type::Object) || !schema.properties.is_empty();
        (object || !schema.one_of.is_empty() || !schema.any_of.is_empty()).then_some(id)
    }

    /// Reports that a body with a schema is sent or returned as bytes.
    pub(in crate::lower) fn report_bytes_only(&mut self, content: &MediaType, what: &str) {
        let message = format!(
            "`{}` has a schema but is not supported; the {what} body is passed as bytes",
            content.name
        );
        let help = "describe the body as JSON too, if the API accepts it";
        self.diagnostics
            .push(Diagnostic::new(Code::RawBody, content.place, message).help(help));
        self.drop(
            Some(content.place),
            &content.pointer,
            &format!("`{}` is passed as bytes", content.name),
        );
    }

    /// Returns the fields of a form, or `None` if the schema is not an object with known properties.
    fn form_fields(&mut self, content: &MediaType, id: SchemaId, media: MediaKind) -> Option<Vec<FormField>> {
        let mut fields = Vec::new();
        self.collect_fields(content, self.target(id), media, true, 0, &mut fields);
        if !fields.is_empty() {
            return Some(fields);
        }
        let flat = self.flatten(self.target(id));
        if flat.one_of.is_empty()
            && flat.any_of.is_empty()
            && matches!(self.type_ref(id).shape, Shape::Object | Shape::Any)
        {
            // An operation without inputs may declare a form without fields.
            let closed_or_unspecified = matches!(flat.additional, Additional::Unspecified | Additional::Forbidden);
            if closed_or_unspecified {
                return Some(fields);
            }
        }
        let message = "the fields of this form are unknown; the caller passes the encoded form";
        self.diagnostics
            .push(Diagnostic::new(Code::FormWithoutFields, content.place, message));
        self.drop(Some(content.place), &flat.pointer, "the fields of the form are unknown");
        None
    }

    /// Collects the fields of an object and of all members of its union. Fields of union members are optional.
    fn collect_fields(
        &mut self,
        content: &MediaType,
        id: SchemaId,
        media: MediaKind,
        certain: bool,
        depth: usize,
        to: &mut Vec<FormField>,
    ) {
        if depth > 8 {
            return;
        }
        let schema = self.flatten(id);
        for (name, property) in &schema.properties {
            let required = certain && schema.required.contains(name);
            if to.iter().any(|field| field.wire == *name) || self.graph.get(self.target(*property)).never {
                continue;
            }
            if self.is_read_only(*property) {
                continue;
            }
            let field = self.form_field(name, *property, required, content.encoding.get(name), media);
            to.push(field);
        }
        for member in schema.one_of.iter().chain(&schema.any_of) {
            self.collect_fields(content, self.target(*member), media, false, depth + 1, to);
        }
    }

    fn is_read_only(&self, property: SchemaId) -> bool {
        self.graph
            .chain(property)
            .iter()
            .any(|id| self.graph.get(*id).read_only)
    }

    fn form_field(
        &mut self,
        name: &str,
        property: SchemaId,
        required: bool,
        encoding: Option<&Encoding>,
        media: MediaKind,
    ) -> FormField {
        let chain = self.graph.chain(property);
        let constant = self.constant(&chain, required);
        let ty = match &constant {
            Some(value) => TypeRef::non_null(self.shape_of_constant(&chain, value)),
            None if media == MediaKind::Multipart => self.part_type(property),
            None => self.type_ref(property),
        };
        let styled = encoding.filter(|encoding| {
            encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved.is_some()
        });
        let style = styled.map(|encoding| encoding.style.unwrap_or(Style::Form));
        let explode = styled
            .and_then(|encoding| encoding.explode)
            .unwrap_or(style.is_none_or(|style| style == Style::Form));
        let written = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let written = written.and_then(|types| {
            types
                .split(',')
                .map(str::trim)
                .find(|name| !name.is_empty() && !name.contains('*'))
        });
        let mut field = FormField {
            wire: name.to_owned(),
            media_type: written.map_or_else(|| self.part_media_type(&ty).to_owned(), str::to_owned),
            ty,
            required,
            style,
            explode,
            docs: self.docs_of(&chain),
            custom_name: None,
            default: None,
            constant,
            example: None,
        };
        for id in chain {
            let schema = self.graph.get(id);
            set_if_none(&mut field.default, schema.default.as_ref());
            set_if_none(&mut field.example, schema.examples.first());
            set_if_none(&mut field.custom_name, extensions::name(&schema.extensions).as_ref());
        }
        field
    }

    /// Returns the type of a part of a multipart body: bytes if the schema is binary.
    fn part_type(&mut self, property: SchemaId) -> TypeRef {
        let target = self.target(property);
        let schema = self.graph.get(target);
        if scalars::is_binary(&schema) {
            return TypeRef {
                shape: Shape::Binary,
                nullable: self.nullable(property),
            };
        }
        if let Some(items) = self.binary_items(&schema) {
            return TypeRef {
                shape: Shape::List(Box::new(items)),
                nullable: self.nullable(property),
            };
        }
        self.type_ref(property)
    }

    fn binary_items(&mut self, schema: &Schema) -> Option<TypeRef> {
        let items = schema.items?;
        let binary = scalars::is_binary(&self.graph.get(self.target(items)));
        binary.then(|| TypeRef {
            shape: Shape::Binary,
            nullable: self.nullable(items),
        })
    }

    /// Returns the default media type of a multipart part.
    fn part_media_type(&self, ty: &TypeRef) -> &'static str {
        match &ty.shape {
            Shape::Binary => "application/octet-stream",
            Shape::List(item) => self.part_media_type(item),
            Shape::Any | Shape::Object | Shape::Map(_) | Shape::Tuple(_) => "application/json",
            Shape::Named(id) => match &self.api.types[*id].body {
                crate::ir::TypeBody::Enum(_) => "text/plain",
                crate::ir::TypeBody::Alias(inner) | crate::ir::TypeBody::Newtype(inner) if inner != ty => {
                    self.part_media_type(inner)
                }
                _ => "application/json",
            },
            Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Int(_)
            | Shape::Float(_)
            | Shape::Text(_)
            | Shape::Base64 => "text/plain",
        }
    }
}
