//! What an operation takes.

use std::collections::HashMap;

use crate::document::{Location, Style};
use crate::ir::{self, BodyKind, Content, Shape, TypeRef};
use crate::krate::{Doc, Example, Ident, Input, Markdown, Place, Take, TypeExpr, WireName, Write};
use crate::plan::examples::json_text;
use crate::plan::models::{add_paragraph, capitalised, code};
use crate::plan::names::{CALL_METHODS, Case, Claim, PAGED_METHODS, Rank, STREAM_METHODS, Scope, Words};
use crate::plan::{doc_text, types};

use super::Context;
use super::drafts::{self, Draft, Files};
use super::outputs::essence;

/// The inputs of an operation.
pub struct Inputs {
    /// What has to be given.
    pub arguments: Vec<Input>,
    /// What may be given.
    pub setters: Vec<Input>,
    /// What has one value only.
    pub constants: Vec<Input>,
    /// The document's type of each input, by its name.
    pub types: HashMap<Ident, TypeRef>,
    /// The document's type of the body that comes back.
    pub success: Option<TypeRef>,
}

pub fn inputs(context: &Context<'_>, operation: &ir::Operation) -> Inputs {
    let mut drafts: Vec<Draft<'_>> = operation.parameters.iter().map(drafts::parameter).collect();
    if let Some(body) = &operation.body {
        drafts.extend(drafts::of_body(body));
    }
    let mut scope = Scope::new(Case::Snake).without(CALL_METHODS);
    if operation.paging.is_some() {
        scope = scope.without(PAGED_METHODS);
    }
    if operation.success.stream.is_some() {
        scope = scope.without(STREAM_METHODS);
    }
    let names = scope.settle(&drafts.iter().map(|draft| draft.claim.clone()).collect::<Vec<_>>());
    let success = match &operation.success.content {
        Content::Json { ty, .. } => Some(ty.clone()),
        Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::Stream { .. } | Content::ByStatus => {
            None
        }
    };
    let mut inputs = Inputs {
        arguments: Vec::new(),
        setters: Vec::new(),
        constants: Vec::new(),
        types: HashMap::new(),
        success,
    };
    for (draft, words) in drafts.into_iter().zip(names) {
        let name = Case::Snake.ident(&words);
        let file_name = draft
            .is_one_file()
            .then(|| scope.ident(&Claim::new(Rank::Ours, "file name", words.then("name"))));
        inputs.types.insert(name.clone(), draft.ty.clone());
        let required = draft.required;
        let input = draft.input(context, name, file_name);
        match (required, input.fixed.is_some()) {
            (true, true) => inputs.constants.push(input),
            (true, false) => inputs.arguments.push(input),
            (false, _) => inputs.setters.push(input),
        }
    }
    // A body comes after what tells where it goes.
    inputs.arguments.sort_by_key(|input| match &input.place {
        Place::Parameter {
            location: Location::Path,
            ..
        } => 0,
        Place::Parameter { .. } => 1,
        Place::Body(_) | Place::Part(_) => 2,
    });
    inputs
}

impl Draft<'_> {
    fn is_one_file(&self) -> bool {
        self.files == Files::One
    }

    fn input(self, context: &Context<'_>, name: Ident, file_name: Option<Ident>) -> Input {
        let doc = self.doc();
        let take = self.take(context);
        let fixed = self
            .constant
            .filter(|_| self.required)
            .and_then(|value| context.maker.owned(&self.ty, value));
        Input {
            doc,
            fixed: fixed.filter(Example::is_plain),
            write: self.write(context, &take),
            ty: self.ty(context, &take),
            take,
            wire: WireName::new(self.wire),
            nested: is_deep(&self.place).then_some(context.nested),
            place: self.place,
            default: self.default.cloned(),
            constant: self.constant.cloned(),
            example: self.example,
            file_name,
            name,
        }
    }

    fn ty(&self, context: &Context<'_>, take: &Take) -> TypeExpr {
        match (take, types::resolve(&context.api.types, &self.ty.shape)) {
            _ if self.files == Files::One => TypeExpr::File,
            _ if self.files == Files::Several => TypeExpr::List(Box::new(TypeExpr::File)),
            // The caller gives items, whatever the list is called.
            (Take::Items(_), Shape::List(of)) => TypeExpr::List(Box::new(types::expr(of))),
            _ => types::expr(&self.ty),
        }
    }

    fn take(&self, context: &Context<'_>) -> Take {
        if self.files == Files::Several {
            return Take::Items(Box::new(Take::IntoBytes));
        }
        let take = types::take(&context.api.types, &self.ty);
        let is_model = match types::resolve(&context.api.types, &self.ty.shape) {
            Shape::Named(id) => !matches!(context.api.types[*id].body, ir::TypeBody::Enum(_)),
            Shape::Map(_) | Shape::Object | Shape::Any | Shape::Tuple(_) => true,
            _ => false,
        };
        // What is only written, and may be large, is borrowed.
        if is_model && !matches!(take, Take::IntoString | Take::IntoBytes) {
            Take::Borrow
        } else {
            take
        }
    }

    fn write(&self, context: &Context<'_>, take: &Take) -> Write {
        let is_text = *take == Take::IntoString;
        match &self.place {
            Place::Parameter {
                media_type: Some(_), ..
            } => {
                if is_text {
                    Write::Text
                } else {
                    Write::Json
                }
            }
            Place::Parameter {
                location,
                style,
                explode,
                allow_reserved,
                ..
            } => {
                let is_list = matches!(
                    types::resolve(&context.api.types, &self.ty.shape),
                    Shape::List(_) | Shape::Tuple(_)
                );
                let usual = match location {
                    Location::Path | Location::Header => *style == Style::Simple,
                    Location::Query => *style == Style::Form && (*explode || !is_list),
                    Location::Cookie => *style == Style::Form && !(*explode && is_list),
                    Location::QueryString => false,
                };
                if !usual || *allow_reserved || *take == Take::Borrow {
                    Write::Styled
                } else if is_text && *location != Location::Cookie {
                    Write::Text
                } else {
                    Write::Plain
                }
            }
            Place::Body(_) => match self.body {
                Some(BodyKind::Json(_)) if self.media_type == "application/json" => Write::JsonBody,
                Some(BodyKind::Json(_)) => Write::JsonBodyAs,
                Some(BodyKind::Lines(_)) => Write::LinesBody,
                Some(BodyKind::Form(_) | BodyKind::Multipart(_) | BodyKind::Text | BodyKind::Binary) | None => {
                    Write::RawBody
                }
            },
            Place::Part(_) if self.files == Files::One => Write::FilePart,
            Place::Part(_) if self.files == Files::Several => Write::FileParts,
            Place::Part(part) => match self.body {
                Some(BodyKind::Multipart(_)) if is_json(&part.media_type) => Write::JsonPart,
                Some(BodyKind::Multipart(_)) => Write::Part,
                Some(
                    BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Form(_) | BodyKind::Text | BodyKind::Binary,
                )
                | None => match part.style {
                    Some(_) => Write::StyledField,
                    None => Write::Field,
                },
            },
        }
    }

    fn doc(&self) -> Doc {
        let mut doc = doc_text::doc(&self.docs, || match self.place {
            Place::Body(_) => "The body of the request".to_owned(),
            Place::Parameter { .. } | Place::Part(_) => capitalised(&Words::of(self.wire)),
        });
        // Where the name on the wire is more than other letters, it is what the API's own documentation calls it.
        if self
            .wire
            .contains(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
        {
            let said = if doc.summary.is_empty() {
                String::new()
            } else {
                format!(": {}", doc.summary)
            };
            doc.summary = Markdown::safe(format!("{}{said}", code(self.wire)));
        }
        let note = match (self.constant, self.default) {
            (Some(value), _) => format!("Always {}.", code(&json_text(value))),
            (None, Some(value)) => format!("Default: {}.", code(&json_text(value))),
            (None, None) => return doc,
        };
        add_paragraph(&mut doc, &note);
        doc
    }
}

/// Whether an object there may hold more than scalars.
fn is_deep(place: &Place) -> bool {
    let style = match place {
        Place::Parameter {
            style,
            media_type: None,
            ..
        } => Some(*style),
        Place::Part(part) => part.style,
        Place::Parameter { .. } | Place::Body(_) => None,
    };
    style == Some(Style::DeepObject)
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}
