//! Request bodies: their media types, and the fields of forms.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Encoding, MediaContent, Operation, RequestBody, Schema, SchemaId, Style, Type};
use crate::ir::{Body, BodyFormat, BodyKind, FormField, Shape, TypeBody, TypeRef};
use crate::lower::conventions::extensions;
use crate::lower::conventions::media_types;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::nullability;
use crate::lower::schemas::resolve;
use crate::lower::schemas::scalars;
use crate::lower::schemas::structs;
use crate::lower::schemas::structs::set_if_none;
use crate::wire::{MediaKind, MediaType};

/// Returns the kind of a body. The schema decides for `*/*` and `application/*`. A JSON or XML body with a binary schema is
/// read as bytes. Any other string with an XML media type is the text of an XML document, unless its schema has `enum` or
/// `xml`.
pub(in crate::lower) fn kind_of_content(content: &MediaContent, schema: Option<&Schema>) -> MediaKind {
    let essence = content.name.essence();
    if content.name.kind() == MediaKind::Json && schema.is_some_and(scalars::is_binary) {
        return MediaKind::Binary;
    }
    let is_text = |schema: &Schema| schema.types.has(Type::String) && schema.values.is_none() && schema.xml.is_none();
    if content.name.is_xml() && schema.is_some_and(is_text) {
        return match schema.is_some_and(scalars::is_binary) {
            true => MediaKind::Binary,
            false => MediaKind::Text,
        };
    }
    if essence != "*/*" && essence != "*" && essence != "application/*" && !essence.is_empty() {
        return content.name.kind();
    }
    match schema {
        Some(schema) if scalars::is_binary(schema) => MediaKind::Binary,
        Some(schema) if schema.types.has(Type::String) && schema.values.is_none() => MediaKind::Text,
        // Any media type with any content.
        Some(schema) if all_of::is_unconstrained(schema) => MediaKind::Binary,
        Some(_) => MediaKind::Json,
        None => MediaKind::Binary,
    }
}

/// Returns the request body of an operation.
pub(in crate::lower) fn body(schemas: &mut Schemas<'_>, operation: &Operation) -> Option<Body> {
    let body = operation.body.as_ref()?;
    let mut formats: Vec<BodyFormat> = Vec::new();
    for content in media_types::by_preference(&body.content) {
        let format = body_format(schemas, content);
        // The same contents under another media type are not a separate format.
        let kind = format.media_type.kind();
        let is_same = |other: &&mut BodyFormat| other.kind == format.kind && other.media_type.kind() == kind;
        match formats.iter_mut().find(is_same) {
            Some(other) => other.also.push(format.range.unwrap_or(format.media_type)),
            None => formats.push(format),
        }
    }
    // A multipart format with files comes first, because JSON and form bodies cannot contain files.
    let carries_files =
        |format: &BodyFormat| matches!(&format.kind, BodyKind::Multipart(fields) if fields.iter().any(is_file));
    if let Some(index) = formats.iter().position(carries_files) {
        formats[..=index].rotate_right(1);
    }
    // Some tools describe an absent body as an optional form without fields.
    let empty = |format: &BodyFormat| matches!(&format.kind, BodyKind::Form(fields) | BodyKind::Multipart(fields) if fields.is_empty());
    if formats.is_empty() || (formats.iter().all(empty) && !body.required) {
        return None;
    }
    report_body_without_meaning(schemas, operation, body);
    Some(Body {
        custom_name: extensions::body_name(&body.extensions).or_else(|| extensions::body_name(&operation.extensions)),
        description: body.description.clone(),
        required: body.required,
        formats,
    })
}

/// Returns whether a part is a file, or a list of files.
fn is_file(field: &FormField) -> bool {
    match &field.ty.shape {
        Shape::Binary => true,
        Shape::List(of) => of.shape == Shape::Binary,
        _ => false,
    }
}

fn report_body_without_meaning(schemas: &mut Schemas<'_>, operation: &Operation, body: &RequestBody) {
    if matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE" | "TRACE") {
        let message = format!(
            "HTTP defines no meaning for the body of a `{}` request; the body is sent",
            operation.method
        );
        schemas
            .report
            .push(Diagnostic::new(Code::BodyWithoutMeaning, body.place, message));
    }
}

fn body_format(schemas: &mut Schemas<'_>, content: &MediaContent) -> BodyFormat {
    let schema = content.schema.map(|id| all_of::flatten_target(schemas, id));
    let media = kind_of_content(content, schema.as_deref());
    let kind = match (media, content.schema) {
        (MediaKind::Json, Some(schema)) => BodyKind::Json(resolve::type_ref(schemas, schema)),
        (MediaKind::Json, None) => BodyKind::Json(TypeRef::non_null(Shape::Any)),
        (MediaKind::Multipart, Some(schema)) => {
            form_fields(schemas, content, schema, media).map_or(BodyKind::Binary, BodyKind::Multipart)
        }
        (MediaKind::Form, Some(schema)) => {
            form_fields(schemas, content, schema, media).map_or(BodyKind::Text, BodyKind::Form)
        }
        (MediaKind::Form | MediaKind::Text, _) => BodyKind::Text,
        (MediaKind::Stream, _) => line_schema(schemas, content).map_or(BodyKind::Binary, |line| {
            BodyKind::Lines(TypeRef::non_null(Shape::List(Box::new(resolve::type_ref(
                schemas, line,
            )))))
        }),
        (MediaKind::Xml, Some(schema)) => BodyKind::Json(resolve::type_ref(schemas, schema)),
        (MediaKind::Multipart | MediaKind::Xml | MediaKind::Binary, _) => {
            if media == MediaKind::Binary && schema.is_some_and(|schema| is_structured(schemas, &schema)) {
                report_bytes_only(schemas, content, "request");
            }
            BodyKind::Binary
        }
    };
    let media_type = media_types::to_send(&content.name, media);
    BodyFormat {
        range: media_types::unmatched_range(&content.name, &media_type),
        media_type,
        also: Vec::new(),
        kind,
        example: content.examples.first().cloned(),
    }
}

/// Returns the schema of one value in a body that is a sequence of JSON values: `itemSchema` (OpenAPI 3.2), the `items`
/// of an array, or an object schema that describes each line.
pub(in crate::lower) fn line_schema(schemas: &mut Schemas<'_>, content: &MediaContent) -> Option<SchemaId> {
    if !content.name.is_json_lines() {
        return None;
    }
    if content.item_schema.is_some() {
        return content.item_schema;
    }
    let id = content.schema?;
    let schema = all_of::flatten_target(schemas, id);
    if schema.types.has(Type::Array) || schema.items.is_some() {
        return schema.items;
    }
    let object = schema.types.has(Type::Object) || !schema.properties.is_empty();
    (object || !schema.one_of.is_empty() || !schema.any_of.is_empty()).then_some(id)
}

/// Returns whether a schema describes properties or items, which a body of bytes does not have. A list of integers is
/// bytes in the documents of Rust frameworks.
pub(in crate::lower) fn is_structured(schemas: &Schemas<'_>, schema: &Schema) -> bool {
    let is_integer = |id| schemas.graph.get(schemas.target(id)).types.has(Type::Integer);
    !schema.properties.is_empty() || schema.items.is_some_and(|id| !is_integer(id))
}

/// Reports that a body with a schema is sent or returned as bytes.
pub(in crate::lower) fn report_bytes_only(schemas: &mut Schemas<'_>, content: &MediaContent, what: &str) {
    let message = format!(
        "`{}` has a schema but is not supported; the {what} body is passed as bytes",
        content.name
    );
    let accepts = if what == "request" { "accepts" } else { "can return" };
    let help = format!("describe the body as JSON too, if the API {accepts} it");
    schemas
        .report
        .push(Diagnostic::new(Code::RawBody, content.place, message).help(help));
    schemas.report.record_dropped(
        Some(content.place),
        &content.pointer,
        &format!("`{}` is passed as bytes", content.name),
    );
}

/// Returns the fields of a form, or `None` if the schema is not an object with known properties.
fn form_fields(
    schemas: &mut Schemas<'_>,
    content: &MediaContent,
    id: SchemaId,
    media: MediaKind,
) -> Option<Vec<FormField>> {
    let mut fields = Vec::new();
    collect_fields(schemas, content, schemas.target(id), media, true, 0, &mut fields);
    if !fields.is_empty() {
        return Some(fields);
    }
    let flat = all_of::flatten_target(schemas, id);
    if flat.one_of.is_empty()
        && flat.any_of.is_empty()
        && matches!(resolve::type_ref(schemas, id).shape, Shape::Object | Shape::Any)
    {
        // An operation without inputs may declare a form without fields.
        let closed_or_unspecified = matches!(flat.additional, Additional::Unspecified | Additional::Forbidden);
        if closed_or_unspecified {
            return Some(fields);
        }
    }
    let message = "the fields of this form are unknown; the caller passes the encoded form";
    schemas
        .report
        .push(Diagnostic::new(Code::FormWithoutFields, content.place, message));
    schemas
        .report
        .record_dropped(Some(content.place), &flat.pointer, "the fields of the form are unknown");
    None
}

/// Collects the fields of an object and of all members of its union. Fields of union members are optional.
fn collect_fields(
    schemas: &mut Schemas<'_>,
    content: &MediaContent,
    id: SchemaId,
    media: MediaKind,
    may_be_required: bool,
    depth: usize,
    to: &mut Vec<FormField>,
) {
    if depth > 8 {
        return;
    }
    let schema = all_of::flatten(schemas, id);
    for (name, property) in &schema.properties {
        let required = may_be_required && schema.required.contains(name);
        if to.iter().any(|field| field.wire == *name) || schemas.graph.get(schemas.target(*property)).never {
            continue;
        }
        if is_read_only(schemas, *property) {
            continue;
        }
        let field = form_field(schemas, name, *property, required, content.encoding.get(name), media);
        to.push(field);
    }
    for member in schema.one_of.iter().chain(&schema.any_of) {
        collect_fields(schemas, content, schemas.target(*member), media, false, depth + 1, to);
    }
}

fn is_read_only(schemas: &Schemas<'_>, property: SchemaId) -> bool {
    schemas
        .graph
        .chain(property)
        .iter()
        .any(|id| schemas.graph.get(*id).read_only)
}

fn form_field(
    schemas: &mut Schemas<'_>,
    name: &str,
    property: SchemaId,
    required: bool,
    encoding: Option<&Encoding>,
    media: MediaKind,
) -> FormField {
    let chain = schemas.graph.chain(property);
    let constant = structs::constant(schemas, &chain, required);
    let ty = match &constant {
        Some(value) => TypeRef::non_null(structs::shape_of_constant(schemas, &chain, value)),
        None if media == MediaKind::Multipart => part_type(schemas, property, encoding),
        None => resolve::type_ref(schemas, property),
    };
    let styled = encoding
        .filter(|encoding| encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved.is_some());
    let style = styled.map(|encoding| encoding.style.unwrap_or(Style::Form));
    let explode = styled
        .and_then(|encoding| encoding.explode)
        .unwrap_or(style.is_none_or(|style| style == Style::Form));
    let of_schema = || schemas.graph.get(schemas.target(property)).content_media_type.clone();
    // Frameworks write `application/octet-stream` for files of any type.
    let is_file_type = |name: &String| ty.shape == Shape::Binary && name != "application/octet-stream";
    let documented = encoding
        .and_then(|encoding| encoding.content_type.clone())
        .or_else(|| of_schema().filter(is_file_type));
    let written = documented.as_deref();
    let written = written.and_then(|types| {
        types
            .split(',')
            .map(str::trim)
            .find(|name| !name.is_empty() && !name.contains('*'))
    });
    let accepted = documented.as_deref().into_iter().flat_map(|types| types.split(','));
    let accepted = accepted.map(str::trim).filter(|name| !name.is_empty());
    let mut field = FormField {
        accepted: accepted.map(MediaType::from).collect(),
        headers: part_headers(encoding),
        wire: name.to_owned(),
        media_type: written.unwrap_or_else(|| part_media_type(schemas, &ty)).into(),
        ty,
        required,
        style,
        explode,
        docs: structs::docs_of(schemas, &chain),
        custom_name: None,
        default: None,
        constant,
        example: None,
    };
    for id in chain {
        let schema = schemas.graph.get(id);
        set_if_none(&mut field.default, schema.default.as_ref());
        set_if_none(&mut field.example, schema.examples.first());
        set_if_none(&mut field.custom_name, extensions::name(&schema.extensions).as_ref());
    }
    field
}

/// Returns the names of the headers that the document lists for a part, except those that every part has.
fn part_headers(encoding: Option<&Encoding>) -> Vec<String> {
    let headers = encoding.into_iter().flat_map(|encoding| &encoding.headers);
    let is_own = |name: &&String| !["content-disposition", "content-type"].contains(&&*name.to_ascii_lowercase());
    headers.map(|header| &header.name).filter(is_own).cloned().collect()
}

/// Returns the type of a part of a multipart body: bytes if the schema is binary, or, since OpenAPI 3.1, if it has no
/// type.
fn part_type(schemas: &mut Schemas<'_>, property: SchemaId, encoding: Option<&Encoding>) -> TypeRef {
    let target = schemas.target(property);
    let schema = schemas.graph.get(target);
    let is_json = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let is_json = is_json.is_some_and(|types| types.contains("json"));
    if scalars::is_binary(&schema) || (!is_json && is_untyped_part(schemas, property)) {
        return TypeRef {
            shape: Shape::Binary,
            nullable: nullability::nullable(schemas, property),
        };
    }
    if let Some(items) = binary_items(schemas, &schema, is_json) {
        return TypeRef {
            shape: Shape::List(Box::new(items)),
            nullable: nullability::nullable(schemas, property),
        };
    }
    resolve::type_ref(schemas, property)
}

/// Returns whether a part has no type, which OpenAPI 3.1 and later read as `application/octet-stream`.
fn is_untyped_part(schemas: &mut Schemas<'_>, property: SchemaId) -> bool {
    let schema = schemas.graph.get(schemas.target(property));
    let openapi = &schemas.document.openapi;
    let is_older = openapi.starts_with("2.") || openapi.starts_with("3.0");
    let is_free = schema.types.is_empty() && schema.values.is_none() && schema.constant.is_none();
    !is_older && is_free && resolve::type_ref(schemas, property).shape == Shape::Any
}

fn binary_items(schemas: &mut Schemas<'_>, schema: &Schema, is_json: bool) -> Option<TypeRef> {
    let items = schema.items?;
    let untyped = !is_json && is_untyped_part(schemas, items);
    let binary = untyped || scalars::is_binary(&schemas.graph.get(schemas.target(items)));
    binary.then(|| TypeRef {
        shape: Shape::Binary,
        nullable: nullability::nullable(schemas, items),
    })
}

/// Returns the default media type of a multipart part.
fn part_media_type(schemas: &Schemas<'_>, ty: &TypeRef) -> &'static str {
    match &ty.shape {
        Shape::Binary => "application/octet-stream",
        Shape::List(item) => part_media_type(schemas, item),
        Shape::Any | Shape::Object | Shape::Map(_) | Shape::Tuple(_) => "application/json",
        Shape::Named(id) => match &schemas.types[*id].body {
            TypeBody::Enum(_) => "text/plain",
            TypeBody::Alias(inner) | TypeBody::Newtype(inner) if inner != ty => part_media_type(schemas, inner),
            TypeBody::Struct(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => "application/json",
        },
        Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Int(_)
        | Shape::Float
        | Shape::Foreign(_)
        | Shape::Text(_)
        | Shape::Base64 => "text/plain",
    }
}
