//! The inputs of an operation before they have names: one for each parameter, and one for the body or each of its
//! parts.

use crate::ir::{self, Api, BodyKind, Docs, Shape, TypeRef};
use crate::json::Json;
use crate::krate::{FormPart, InputKind};
use crate::plan::names::{Claim, Rank, Words};
use crate::plan::{types, xml};
use crate::wire::{Location, MediaType};

/// The number of files that an input accepts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Files {
    None,
    One,
    /// Several files, each with a name.
    Several,
}

/// An input before it has a name.
pub struct UnnamedInput<'a> {
    pub claim: Claim,
    pub wire: &'a str,
    pub kind: InputKind,
    pub ty: TypeRef,
    pub required: bool,
    /// Whether it is set on the client.
    pub on_client: bool,
    pub docs: Docs,
    pub default: Option<&'a Json>,
    pub constant: Option<&'a Json>,
    pub example: Option<Json>,
    pub files: Files,
    /// The body that the input is or is part of.
    pub body: Option<&'a BodyKind>,
    /// The media type of that body.
    pub media_type: Option<&'a MediaType>,
}

/// Returns the input for a parameter.
///
/// The setter of an optional parameter does not accept null, because a parameter that is not set is not sent.
pub fn parameter<'a>(types: &ir::Types, parameter: &'a ir::Parameter) -> UnnamedInput<'a> {
    let required = parameter.required || parameter.location == Location::Path;
    let words = Words::of(&parameter.wire).starting_with_letter("value");
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let key = format!("{} {location}", parameter.wire);
    let claim = match &parameter.custom_name {
        Some(name) => Claim::new(Rank::Explicit, key, Words::of(name).starting_with_letter("value")),
        None => Claim::new(Rank::Document, key, words.clone()),
    };
    UnnamedInput {
        claim: claim
            .or(words.prefixed_with(location))
            .or_maybe(Words::spelled_otherwise(&parameter.wire).map(|words| words.prefixed_with(location))),
        wire: &parameter.wire,
        kind: InputKind::Parameter {
            location: parameter.location,
            style: parameter.style,
            explode: parameter.explode,
            allow_reserved: parameter.allow_reserved,
            allow_empty: parameter.allow_empty,
            wildcard: parameter.wildcard,
            media_type: parameter.media_type.clone(),
            fields: parameter.fields.clone(),
        },
        ty: if required {
            parameter.ty.clone()
        } else {
            types::without_null(types, &parameter.ty)
        },
        required,
        on_client: parameter.on_client,
        docs: parameter.docs.clone(),
        default: parameter.default.as_ref(),
        constant: parameter.constant.as_ref(),
        example: parameter.example.clone(),
        files: Files::None,
        body: None,
        media_type: None,
    }
}

/// Returns the inputs for a body: one, or one for each of its fields.
pub fn body_inputs<'a>(api: &Api, body: &'a ir::Body) -> Vec<UnnamedInput<'a>> {
    let Some(format) = body.formats.first() else {
        return Vec::new();
    };
    let fields = match &format.kind {
        BodyKind::Form(fields) | BodyKind::Multipart(fields) if !fields.is_empty() => fields,
        BodyKind::Json(ty) | BodyKind::Lines(ty) => return vec![whole_body(body, ty.clone())],
        BodyKind::Text => return vec![whole_body(body, TypeRef::non_null(Shape::Text(ir::Text::Unformatted)))],
        BodyKind::Binary | BodyKind::Form(_) | BodyKind::Multipart(_) => {
            return vec![whole_body(body, TypeRef::non_null(Shape::Binary))];
        }
    };
    let whole = format.example.as_ref();
    let fields = fields.iter().map(|field| {
        let words = Words::of(&field.wire).starting_with_letter("value");
        let key = format!("{} part", field.wire);
        let claim = match &field.custom_name {
            Some(name) => Claim::new(Rank::Explicit, key, Words::of(name).starting_with_letter("value")),
            None => Claim::new(Rank::Document, key, words.clone()),
        };
        let files = files(&format.kind, &field.ty);
        UnnamedInput {
            claim: claim.or(words.prefixed_with("body")),
            wire: &field.wire,
            kind: InputKind::Part(Box::new(FormPart {
                accepted: field.accepted.clone(),
                headers: field.headers.clone(),
                form: 0,
                media_type: field.media_type.clone(),
                xml: xml::of_part(api, &format.kind, field),
                style: field.style,
                explode: field.explode,
                allow_reserved: field.allow_reserved,
            })),
            ty: match files {
                Files::None if field.required && body.required => field.ty.clone(),
                Files::None => types::without_null(&api.types, &field.ty),
                // A part cannot be null. A part without content is not sent.
                Files::One | Files::Several => TypeRef::non_null(field.ty.shape.clone()),
            },
            required: field.required && body.required,
            on_client: false,
            docs: field.docs.clone(),
            default: field.default.as_ref(),
            constant: field.constant.as_ref(),
            example: match files {
                Files::None => field.example.clone().or_else(|| whole?.get(&field.wire).cloned()),
                // The content of a file is not JSON.
                Files::One | Files::Several => None,
            },
            files,
            body: Some(&format.kind),
            media_type: Some(&format.media_type),
        }
    });
    fields.collect()
}

/// Returns whether a field of a body accepts no file, one file or several.
fn files(body: &BodyKind, ty: &TypeRef) -> Files {
    if !matches!(body, BodyKind::Multipart(_)) {
        return Files::None;
    }
    match &ty.shape {
        Shape::Binary => Files::One,
        Shape::List(of) if of.shape == Shape::Binary => Files::Several,
        _ => Files::None,
    }
}

fn whole_body(body: &ir::Body, ty: TypeRef) -> UnnamedInput<'_> {
    let claim = match &body.custom_name {
        Some(name) => Claim::new(Rank::Explicit, "body", Words::of(name).starting_with_letter("value")),
        None => Claim::new(Rank::Derived, "body", Words::of("body")),
    };
    UnnamedInput {
        claim: claim.or(Words::of("request body")),
        wire: "",
        kind: InputKind::Body(0),
        ty,
        required: body.required,
        on_client: false,
        docs: Docs {
            description: body.description.clone(),
            ..Docs::default()
        },
        default: None,
        constant: None,
        example: body.formats.first().and_then(|format| format.example.clone()),
        files: Files::None,
        body: body.formats.first().map(|format| &format.kind),
        media_type: body.formats.first().map(|format| &format.media_type),
    }
}
