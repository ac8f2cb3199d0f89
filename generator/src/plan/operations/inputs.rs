//! The inputs of an operation.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::ir::{self, BodyKind, Content, Shape, TypeRef};
use crate::krate::{
    ArgumentType, Doc, EmptySetter, Encoding, Example, Ident, Input, InputKind, Markdown, TypeExpr, WireName,
};
use crate::plan::examples::json_text;
use crate::plan::models::{add_paragraph, code};
use crate::plan::names::{
    CALL_METHODS, Casing, Claim, DOWNLOAD_METHODS, PAGED_METHODS, POLLING_METHODS, Rank, STREAM_METHODS, Scope,
};
use crate::plan::{client, prose};
use crate::plan::{doc_text, types};
use crate::wire::{Location, MediaType, Style};

use super::placeholders::table_example;
use super::unnamed_inputs::{self, Files, UnnamedInput};
use super::{Context, outputs, required_inputs};

/// The inputs of an operation.
pub struct Inputs {
    /// The required inputs.
    pub arguments: Vec<Input>,
    /// The optional inputs.
    pub setters: Vec<Input>,
    /// The required inputs with a single possible value.
    pub constants: Vec<Input>,
    /// The type of each input in the document, by name.
    pub types: FxHashMap<Ident, TypeRef>,
    /// The type of the response body in the document.
    pub success: Option<TypeRef>,
}

// The function is long, because it decides the names of all inputs together.
pub fn inputs(context: &Context<'_>, operation: &ir::Operation) -> Inputs {
    let mut unnamed: Vec<UnnamedInput<'_>> = operation
        .parameters
        .iter()
        .map(|parameter| unnamed_inputs::parameter(&context.api.types, parameter))
        .collect();
    if let Some(body) = &operation.body {
        unnamed.extend(unnamed_inputs::body_inputs(context.api, body));
    }
    let mut scope = Scope::new(Casing::Snake).without(CALL_METHODS);
    if operation.pagination.is_some() {
        scope = scope.without(PAGED_METHODS);
    }
    if operation.polling.is_some() {
        scope = scope.without(POLLING_METHODS);
    }
    if matches!(operation.success.content, Content::Bytes { .. }) {
        scope = scope.without(DOWNLOAD_METHODS);
    }
    if operation.success.stream.is_some() {
        scope = scope.without(STREAM_METHODS);
    }
    let others = outputs::representations(context.api, operation);
    for other in &others {
        let methods = [Some(&other.send), Some(&other.send_response), other.download.as_ref()];
        scope = scope.without_names(methods.into_iter().flatten().map(Ident::as_str));
    }
    let names = scope.resolve(&unnamed.iter().map(|input| &input.claim).collect::<Vec<_>>());
    let success = match &operation.success.content {
        Content::Json { ty, .. } => Some(ty.clone()),
        Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::Stream { .. } | Content::ByStatus => {
            None
        }
    };
    let mut types = FxHashMap::with_capacity_and_hasher(unnamed.len(), FxBuildHasher);
    let mut named = Vec::with_capacity(unnamed.len());
    for (input, words) in unnamed.into_iter().zip(names) {
        let name = Casing::Snake.ident(&words);
        let empty_setter = input
            .may_be_empty(context)
            .then(|| scope.ident(&Claim::new(Rank::Derived, "empty", words.followed_by("empty"))))
            .map(|setter| EmptySetter {
                name: setter,
                doc: prose::empty_setter(name.as_str()),
            });
        types.insert(name.clone(), input.ty.clone());
        let required = input.required && !input.on_client;
        let mut input = Input {
            empty_setter,
            ..input.input(context, name)
        };
        if let Some(note) = client_note(context, &input) {
            input.setter_doc = format!("{}\n\n{note}", input.setter_doc);
        }
        named.push((required, input));
    }
    let [mut arguments, setters, constants] = by_use(named);
    // Path parameters come first and the body last.
    arguments.sort_by_key(|input| match &input.kind {
        InputKind::Parameter {
            location: Location::Path,
            ..
        } => 0,
        InputKind::Parameter { .. } => 1,
        InputKind::Body(_) | InputKind::Part(_) => 2,
    });
    if required_inputs::takes_struct(arguments.len()) {
        required_inputs::make_fields(&mut arguments);
    }
    Inputs {
        arguments,
        setters,
        constants,
        types,
        success,
    }
}

/// Distributes inputs, each with whether it is required: arguments, setters and constants. Inputs are large and there are many of
/// them, so each vector is as long as needed.
fn by_use(named: Vec<(bool, Input)>) -> [Vec<Input>; 3] {
    let index = |required: bool, input: &Input| match (required, input.constant_value.is_some()) {
        (true, false) => 0,
        (false, _) => 1,
        (true, true) => 2,
    };
    let mut counts = [0; 3];
    for (required, input) in &named {
        counts[index(*required, input)] += 1;
    }
    let mut of_use = counts.map(Vec::with_capacity);
    for (required, input) in named {
        of_use[index(required, &input)].push(input);
    }
    of_use
}

/// Returns a note that the client has a default for the input.
fn client_note(context: &Context<'_>, input: &Input) -> Option<String> {
    let InputKind::Parameter { location, .. } = &input.kind else {
        return None;
    };
    client::named(context.client_parameters, *location, input.wire.as_str())
        .map(|parameter| prose::client::overridden(parameter.setter.as_str()))
}

impl UnnamedInput<'_> {
    fn input(self, context: &Context<'_>, name: Ident) -> Input {
        let doc = self.doc();
        let described = !matches!(self.kind, InputKind::Body(_)) || self.docs.is_described();
        let setter_doc = prose::setter(&self.kind, self.wire, described.then_some(&doc));
        let argument = self.argument_type(context);
        let constant_value = self
            .constant
            .filter(|_| self.required)
            .and_then(|value| context.examples.owned(&self.ty, value));
        Input {
            doc,
            setter_doc,
            constant_value: constant_value.filter(Example::is_literal),
            encoding: self.encoding(context, &argument),
            ty: self.ty(context, &argument),
            argument,
            wire: WireName::new(self.wire),
            nested: is_deep(&self.kind).then_some(context.nested),
            default: self.default.cloned(),
            constant: self.constant.cloned(),
            table_example: self.example.as_ref().and_then(|json| table_example(&self.kind, json)),
            shared_setter: None,
            example: self.example,
            kind: self.kind,
            empty_setter: None,
            name,
        }
    }

    fn is_binary_body(&self) -> bool {
        matches!(self.kind, InputKind::Body(_)) && self.ty.shape == Shape::Binary
    }

    /// Returns whether the API accepts the name without a value, which the type of the input cannot express.
    fn may_be_empty(&self, context: &Context<'_>) -> bool {
        let allowed = matches!(
            self.kind,
            InputKind::Parameter {
                location: Location::Query,
                allow_empty: true,
                ..
            }
        );
        allowed && !self.required && types::argument_type(&context.api.types, &self.ty) != ArgumentType::IntoString
    }

    fn ty(&self, context: &Context<'_>, argument: &ArgumentType) -> TypeExpr {
        match (argument, context.api.types.resolve(&self.ty.shape)) {
            _ if self.files == Files::One || self.is_binary_body() => TypeExpr::File,
            _ if self.files == Files::Several => TypeExpr::List(Box::new(TypeExpr::File)),
            // The caller passes items, even if the list is an alias.
            (ArgumentType::Items(_), Shape::List(of)) => TypeExpr::List(Box::new(types::expr(of))),
            _ => types::expr(&self.ty),
        }
    }

    fn argument_type(&self, context: &Context<'_>) -> ArgumentType {
        if self.files == Files::Several {
            return ArgumentType::Items(Box::new(ArgumentType::IntoFile));
        }
        if self.files == Files::One || self.is_binary_body() {
            return ArgumentType::IntoFile;
        }
        let argument = types::argument_type(&context.api.types, &self.ty);
        let is_model = match context.api.types.resolve(&self.ty.shape) {
            Shape::Named(id) => !matches!(context.api.types[*id].body, ir::TypeBody::Enum(_)),
            Shape::Map(_) | Shape::Object | Shape::Any | Shape::Tuple(_) => true,
            _ => false,
        };
        // A value that is only serialized and may be large is borrowed.
        if is_model
            && !matches!(
                argument,
                ArgumentType::IntoString | ArgumentType::IntoBytes | ArgumentType::IntoFile
            )
        {
            ArgumentType::Borrow
        } else if argument == ArgumentType::Value && types::converts(&context.api.types, &self.ty) {
            ArgumentType::Into
        } else {
            argument
        }
    }

    // The function is long, because it has an arm for each location and kind of value.
    fn encoding(&self, context: &Context<'_>, argument: &ArgumentType) -> Encoding {
        let is_text = *argument == ArgumentType::IntoString;
        match &self.kind {
            InputKind::Parameter {
                location: Location::QueryString,
                media_type,
                fields,
                ..
            } => match media_type.as_ref().map(MediaType::essence).as_deref() {
                Some("application/x-www-form-urlencoded") | None if !is_text => match fields.is_empty() {
                    true => Encoding::QueryForm,
                    false => Encoding::QueryFields,
                },
                _ if is_text => Encoding::QueryText,
                _ => Encoding::QueryJson,
            },
            InputKind::Parameter {
                media_type: Some(_), ..
            } => {
                if is_text {
                    Encoding::String
                } else {
                    Encoding::Json
                }
            }
            InputKind::Parameter {
                wildcard: true,
                style: Style::Simple,
                ..
            } => Encoding::Wildcard,
            InputKind::Parameter {
                location,
                style,
                explode,
                allow_reserved,
                ..
            } => {
                let is_list = matches!(
                    context.api.types.resolve(&self.ty.shape),
                    Shape::List(_) | Shape::Tuple(_)
                );
                let usual = match location {
                    Location::Path | Location::Header => *style == Style::Simple,
                    Location::Query => *style == Style::Form && (*explode || !is_list),
                    Location::Cookie => *style == Style::Form && !(*explode && is_list),
                    Location::QueryString => false,
                };
                if !usual || *allow_reserved || *argument == ArgumentType::Borrow {
                    Encoding::Styled
                } else if is_text && *location != Location::Cookie {
                    Encoding::String
                } else {
                    Encoding::DefaultStyle
                }
            }
            InputKind::Body(_) if self.is_binary_body() => Encoding::FileBody,
            InputKind::Body(_) => match self.body {
                Some(BodyKind::Json(_)) if self.media_type.is_some_and(|own| *own == "application/json") => {
                    Encoding::JsonBody
                }
                Some(BodyKind::Json(_)) if self.media_type.is_some_and(MediaType::is_xml) => Encoding::XmlBody,
                Some(BodyKind::Json(_)) => Encoding::JsonBodyAs,
                Some(BodyKind::Lines(_)) => Encoding::LinesBody,
                Some(BodyKind::Form(_) | BodyKind::Multipart(_) | BodyKind::Text | BodyKind::Binary) | None => {
                    Encoding::RawBody
                }
            },
            InputKind::Part(_) if self.files == Files::One => Encoding::FilePart,
            InputKind::Part(_) if self.files == Files::Several => Encoding::FileParts,
            InputKind::Part(part) => match self.body {
                Some(BodyKind::Multipart(_)) if part.style.is_some() => Encoding::StyledPart,
                Some(BodyKind::Multipart(_)) if part.media_type.is_json() => Encoding::JsonPart,
                Some(BodyKind::Multipart(_)) if part.xml.is_some() => Encoding::XmlPart,
                Some(BodyKind::Multipart(_)) => Encoding::Part,
                Some(
                    BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Form(_) | BodyKind::Text | BodyKind::Binary,
                )
                | None => match part.style {
                    Some(_) => Encoding::StyledField,
                    None => Encoding::Field,
                },
            },
        }
    }

    fn doc(&self) -> Doc {
        let mut doc = match self.kind {
            InputKind::Body(_) => doc_text::doc(&self.docs, || "The request body".to_owned()),
            InputKind::Part(_) if self.wire.is_empty() => {
                doc_text::doc(&self.docs, || "The fields of the request body".to_owned())
            }
            InputKind::Parameter { .. } | InputKind::Part(_) => doc_text::doc_of_named(&self.docs, &[self.wire]),
        };
        if let InputKind::Part(part) = &self.kind
            && self.files != Files::None
            && !part.headers.is_empty()
        {
            let names: Vec<String> = part.headers.iter().map(|name| code(name)).collect();
            add_paragraph(&mut doc, &prose::part_headers(&names.join(", ")));
        }
        let note = match (self.constant, self.default) {
            (Some(value), _) => format!("Always {}.", code(&json_text(value))),
            (None, Some(value)) => format!("Default: {}.", code(&json_text(value))),
            (None, None) => return doc,
        };
        doc.notes = Markdown::from_safe_text(note);
        doc
    }
}

/// Returns whether the input is a deep object.
fn is_deep(kind: &InputKind) -> bool {
    let style = match kind {
        InputKind::Parameter { fields, .. } if !fields.is_empty() => {
            return fields.iter().any(|field| field.style == Style::DeepObject);
        }
        InputKind::Parameter {
            style,
            media_type: None,
            ..
        } => Some(*style),
        InputKind::Part(part) => part.style,
        InputKind::Parameter { .. } | InputKind::Body(_) => None,
    };
    style == Some(Style::DeepObject)
}
