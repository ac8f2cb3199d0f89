//! Request bodies and their media types.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{MediaContent, Operation, RequestBody, Schema, SchemaId, Type};
use crate::ir::{Body, BodyFormat, BodyKind, Shape, TypeRef};
use crate::lower::conventions::extensions;
use crate::lower::conventions::media_types;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::resolve;
use crate::lower::schemas::scalars;
use crate::lower::types::lookup;
use crate::wire::{MediaKind, MediaType};

use super::form_fields::{self, Form, is_file};

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
        let format = body_format(schemas, content, &body.content);
        // The same contents under another media type are not a separate format, unless they mean another patch.
        let (kind, patch) = (format.media_type.kind(), media_types::patch(&format.media_type));
        let is_same = |other: &&mut BodyFormat| {
            other.kind == format.kind
                && other.media_type.kind() == kind
                && media_types::patch(&other.media_type) == patch
        };
        match formats.iter_mut().find(is_same) {
            Some(other) => add_media_type(other, format.range.unwrap_or(format.media_type)),
            None => formats.push(format),
        }
    }
    json_patch_of_lists(schemas, &mut formats);
    // A multipart format with files comes first, because JSON and form bodies cannot contain files.
    let carries_files = |format: &BodyFormat| match &format.kind {
        BodyKind::Multipart(fields) => fields.iter().any(|field| is_file(&field.ty)),
        BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Form(_) | BodyKind::Text | BodyKind::Binary => false,
    };
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

/// Moves a JSON patch after the other JSON formats if its schema is not that of a list, because a JSON patch (RFC 6902) is a list of
/// changes. Kubernetes describes all of its patches as one object.
fn json_patch_of_lists(schemas: &Schemas<'_>, formats: &mut [BodyFormat]) {
    let is_object = |format: &BodyFormat| match &format.kind {
        BodyKind::Json(ty) => matches!(
            lookup::resolve_aliases(&schemas.types, &ty.shape),
            Shape::Object | Shape::Map(_) | Shape::Named(_)
        ),
        BodyKind::Lines(_) | BodyKind::Form(_) | BodyKind::Multipart(_) | BodyKind::Text | BodyKind::Binary => false,
    };
    let is_json = |format: &&BodyFormat| format.media_type.is_json();
    let count = formats.iter().take_while(is_json).count();
    if let Some(first) = formats.first()
        && first.media_type.essence() == "application/json-patch+json"
        && is_object(first)
    {
        formats[..count].rotate_left(1);
    }
}

/// Adds a media type to a format.
fn add_media_type(format: &mut BodyFormat, also: MediaType) {
    let first = format.range.as_ref().unwrap_or(&format.media_type);
    if *first != also && !format.also.contains(&also) {
        format.also.push(also);
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

/// Returns a format of a body. `all` are the descriptions of its formats.
fn body_format(schemas: &mut Schemas<'_>, content: &MediaContent, all: &[MediaContent]) -> BodyFormat {
    let schema = content.schema.map(|id| all_of::flatten_target(schemas, id));
    let media = kind_of_content(content, schema.as_deref());
    let form = Form {
        content,
        media,
        is_also_json: is_also_json(schemas, content, all),
    };
    let kind = match (media, content.schema) {
        (MediaKind::Json, Some(schema)) => BodyKind::Json(resolve::type_ref(schemas, schema)),
        (MediaKind::Json, None) => BodyKind::Json(TypeRef::non_null(Shape::Any)),
        (MediaKind::Multipart, Some(schema)) => {
            form_fields::form_fields(schemas, form, schema).map_or(BodyKind::Binary, BodyKind::Multipart)
        }
        (MediaKind::Form, Some(schema)) => {
            form_fields::form_fields(schemas, form, schema).map_or(BodyKind::Text, BodyKind::Form)
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
        range: range(&content.name, &media_type, &kind),
        media_type,
        also: Vec::new(),
        kind,
        example: content.examples.first().cloned(),
    }
}

/// Returns whether a JSON body has the same schema as a form, and the schema has no binary properties.
fn is_also_json(schemas: &mut Schemas<'_>, form: &MediaContent, all: &[MediaContent]) -> bool {
    let Some(target) = form.schema.map(|id| schemas.target(id)) else {
        return false;
    };
    let is_same = |other: &MediaContent| other.schema.is_some_and(|id| schemas.target(id) == target);
    let mut json = all.iter().filter(|other| other.name.kind() == MediaKind::Json);
    if !json.any(is_same) {
        return false;
    }
    let flat = all_of::flatten(schemas, target);
    let is_binary = |id| scalars::is_binary(&schemas.graph.get(schemas.target(id)));
    let documents_file = |id: &SchemaId| {
        let schema = schemas.graph.get(schemas.target(*id));
        scalars::is_binary(&schema) || schema.items.is_some_and(is_binary)
    };
    !flat.properties.values().any(documents_file)
}

/// Returns the documented range of media types, if callers have to know it: the sent media type is not in the range, or a
/// file of any media type is accepted.
fn range(name: &MediaType, sent: &MediaType, kind: &BodyKind) -> Option<MediaType> {
    let any_file = matches!(kind, BodyKind::Binary) && name.essence() == "*/*";
    match any_file {
        true => Some("*/*".into()),
        false => media_types::unmatched_range(name, sent),
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
