//! The fields of forms and multipart bodies: their types, media types and styles.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Encoding, MediaContent, Schema, SchemaId, Style};
use crate::ir::{Docs, Extra, FormField, Shape, TypeBody, TypeRef};
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::nullability;
use crate::lower::schemas::resolve;
use crate::lower::schemas::scalars;
use crate::lower::schemas::structs;
use crate::lower::schemas::structs::set_if_none;
use crate::lower::types::lookup;
use crate::wire::{FieldStyle, MediaKind, MediaType};

/// A request body that is a form.
#[derive(Clone, Copy)]
pub(super) struct Form<'c> {
    /// The description of the body.
    pub content: &'c MediaContent,
    /// Multipart, or a form of the media type `application/x-www-form-urlencoded`.
    pub media: MediaKind,
    /// Whether a JSON body has the same schema, and the schema has no binary properties. A part without a type is then any value, not a
    /// file.
    pub is_also_json: bool,
}

/// Returns the fields of a form, or `None` if the schema is not an object with known properties.
pub(super) fn form_fields(schemas: &mut Schemas<'_>, form: Form<'_>, id: SchemaId) -> Option<Vec<FormField>> {
    let content = form.content;
    let mut fields = Vec::new();
    collect_fields(schemas, form, schemas.target(id), true, 0, &mut fields);
    let flat = all_of::flatten_target(schemas, id);
    if !fields.is_empty() {
        let additional = additional_fields(schemas, form, &flat);
        fields.extend(additional);
        return Some(fields);
    }
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
    if let Some(field) = any_fields(schemas, form, id, &flat) {
        return Some(vec![field]);
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

/// Returns the field without a name that represents a form whose fields have any name, if it has no files.
fn any_fields(schemas: &mut Schemas<'_>, form: Form<'_>, id: SchemaId, flat: &Schema) -> Option<FormField> {
    if has_additional_files(schemas, form, flat) {
        return None;
    }
    let ty = resolve::type_ref(schemas, id);
    if !matches!(
        lookup::resolve_aliases(&schemas.types, &ty.shape),
        Shape::Map(_) | Shape::Object
    ) {
        return None;
    }
    Some(FormField {
        required: true,
        docs: structs::docs_of(schemas, &schemas.graph.chain(id)),
        example: form.content.examples.first().cloned(),
        ..field_of_map(ty.shape, "fields")
    })
}

/// Returns the field without a name that represents the additional properties of a form with known fields.
fn additional_fields(schemas: &mut Schemas<'_>, form: Form<'_>, flat: &Schema) -> Option<FormField> {
    let shape = match resolve::extra(schemas, flat) {
        Extra::Ignored => return None,
        Extra::Typed(value) if value.shape == Shape::Any => Shape::Object,
        Extra::Typed(value) => Shape::Map(Box::new(value)),
    };
    if has_additional_files(schemas, form, flat) {
        let message = "additional parts that are files have no input";
        schemas.report.record_dropped(flat.place, &flat.pointer, message);
        return None;
    }
    Some(FormField {
        docs: Docs {
            description: Some("Additional fields, which the API description does not list.".to_owned()),
            ..Docs::default()
        },
        ..field_of_map(shape, "additional")
    })
}

/// Returns whether the additional properties of a form are files, which a map cannot contain.
fn has_additional_files(schemas: &mut Schemas<'_>, form: Form<'_>, flat: &Schema) -> bool {
    match flat.additional {
        Additional::Schema(of) if form.media == MediaKind::Multipart => is_file(&part_type(schemas, form, of, None)),
        Additional::Schema(_) | Additional::Any | Additional::Unspecified | Additional::Forbidden => false,
    }
}

/// Returns a field without a name. It is serialized like an exploded object: each property is a field.
fn field_of_map(shape: Shape, name: &str) -> FormField {
    FormField {
        accepted: Vec::new(),
        headers: Vec::new(),
        wire: String::new(),
        media_type: "text/plain".into(),
        ty: TypeRef::non_null(shape),
        required: false,
        style: Some(Style::Form),
        explode: true,
        allow_reserved: false,
        docs: Docs::default(),
        custom_name: Some(name.to_owned()),
        default: None,
        constant: None,
        example: None,
    }
}

/// Collects the fields of an object and of all members of its union. Fields of union members are optional.
fn collect_fields(
    schemas: &mut Schemas<'_>,
    form: Form<'_>,
    id: SchemaId,
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
        let field = form_field(schemas, form, name, *property, required);
        to.push(field);
    }
    for member in schema.one_of.iter().chain(&schema.any_of) {
        collect_fields(schemas, form, schemas.target(*member), false, depth + 1, to);
    }
}

fn is_read_only(schemas: &Schemas<'_>, property: SchemaId) -> bool {
    schemas
        .graph
        .chain(property)
        .iter()
        .any(|id| schemas.graph.get(*id).read_only)
}

fn form_field(schemas: &mut Schemas<'_>, form: Form<'_>, name: &str, property: SchemaId, required: bool) -> FormField {
    let media = form.media;
    let encoding = form.content.encoding.get(name);
    let chain = schemas.graph.chain(property);
    let constant = structs::constant(schemas, &chain, required);
    let ty = match &constant {
        Some(value) => TypeRef::non_null(structs::shape_of_constant(schemas, &chain, value)),
        None if media == MediaKind::Multipart => part_type(schemas, form, property, encoding),
        None => resolve::type_ref(schemas, property),
    };
    let rule = encoding.and_then(|encoding| style_rule(schemas, encoding, media, &ty));
    // Each style writes a scalar in the same way.
    let is_scalar_part = media == MediaKind::Multipart && is_scalar(schemas, &ty);
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
        media_type: match rule {
            // The style replaces the media type.
            Some(_) if media == MediaKind::Multipart => "text/plain".into(),
            Some(_) | None => written.unwrap_or_else(|| part_media_type(schemas, &ty)).into(),
        },
        ty,
        required,
        style: rule.map(|(style, _)| style).filter(|_| !is_scalar_part),
        explode: rule.is_none_or(|(_, explode)| explode),
        // The text of a part is not percent-encoded.
        allow_reserved: media != MediaKind::Multipart && encoding.is_some_and(|it| it.allow_reserved == Some(true)),
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

/// Returns whether a part is a file, or a list of files.
pub(super) fn is_file(ty: &TypeRef) -> bool {
    match &ty.shape {
        Shape::Binary => true,
        Shape::List(of) => of.shape == Shape::Binary,
        _ => false,
    }
}

/// Returns the style of a field and whether its values are exploded, if the document declares one of them.
///
/// OpenAPI 3.0 ignores the style of a part. `deepObject` is an exception, because no other encoding can be meant. The style of a file has no
/// effect, and OpenAPI does not define that of a list whose items are not scalars, which is one part in JSON.
fn style_rule(schemas: &Schemas<'_>, encoding: &Encoding, media: MediaKind, ty: &TypeRef) -> Option<(Style, bool)> {
    let (style, explode) = declared_style(encoding)?;
    let has_effect = match &ty.shape {
        _ if media != MediaKind::Multipart => true,
        _ if is_file(ty) => false,
        _ if style == Style::DeepObject => true,
        _ if schemas.document.openapi.starts_with("3.0") => false,
        Shape::List(item) => !explode || is_scalar(schemas, item),
        _ => true,
    };
    has_effect.then_some((style, explode))
}

fn declared_style(encoding: &Encoding) -> Option<(Style, bool)> {
    if encoding.style.is_none() && encoding.explode.is_none() && encoding.allow_reserved.is_none() {
        return None;
    }
    let style = encoding.style.unwrap_or(Style::Form);
    Some((style, encoding.explode.unwrap_or(style == Style::Form)))
}

/// Returns the styles that the document declares for the properties of a query string that is a form.
pub(super) fn query_fields(content: &MediaContent) -> Vec<FieldStyle> {
    let declared = content.encoding.iter().filter_map(|(name, encoding)| {
        let (style, explode) = declared_style(encoding)?;
        Some(FieldStyle {
            name: name.clone(),
            style,
            explode,
            allow_reserved: encoding.allow_reserved == Some(true),
        })
    });
    declared.collect()
}

/// Returns the names of the headers that the document lists for a part, except those that every part has.
fn part_headers(encoding: Option<&Encoding>) -> Vec<String> {
    let headers = encoding.into_iter().flat_map(|encoding| &encoding.headers);
    let is_own = |name: &&String| !["content-disposition", "content-type"].contains(&&*name.to_ascii_lowercase());
    headers.map(|header| &header.name).filter(is_own).cloned().collect()
}

/// Returns the type of a part of a multipart body: bytes if the schema is binary, or, since OpenAPI 3.1, if it has no
/// type.
fn part_type(schemas: &mut Schemas<'_>, form: Form<'_>, property: SchemaId, encoding: Option<&Encoding>) -> TypeRef {
    let target = schemas.target(property);
    let schema = schemas.graph.get(target);
    let media_types = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let is_json = form.is_also_json || media_types.is_some_and(|types| types.contains("json"));
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

/// Returns whether a value is a scalar.
fn is_scalar(schemas: &Schemas<'_>, ty: &TypeRef) -> bool {
    !matches!(ty.shape, Shape::List(_)) && part_media_type(schemas, ty) == "text/plain"
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
