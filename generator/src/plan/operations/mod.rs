//! Operations.
//!
//! In: the operations of [`Api`], their names, the models. Out: an [`Operation`] for each, with everything that its
//! builder documents and sends.

mod access;
mod inputs;
mod outputs;
mod pagination;
mod placeholders;
mod polling;
mod required_inputs;
mod shared_setters;
mod streams;
mod success_flag;
mod unnamed_inputs;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::Requirement as DocumentRequirement;
use crate::ir::{self, Api, SchemeKind};
use crate::json::Json;
use crate::krate::{
    Body, BodyFormat, BodyKind, ClientParameter, Doc, ErrorId, ExampleCall, GroupId, Input, Markdown, Model,
    NestedStyle, Operation, OperationNames, OperationProse, OperationSnippets, Requirement, WireName,
};
use crate::wire::{MediaType, Method, Status};

use super::examples::ExampleBuilder;
use super::models::{add_paragraph, code};
use super::sizes::Sizes;
use super::{client, doc_text, types, wire_tests, xml};

pub use access::access;
pub use inputs::Inputs;
pub use outputs::media_type;
pub use pagination::without_position;
pub use placeholders::placeholder;
pub use required_inputs::{name_structs, takes_struct};
pub use shared_setters::{share_setters, shared_setters};
use streams::without_flag;
pub use streams::without_stream;

/// The context in which all operations are planned.
pub struct Context<'a> {
    /// The API, as lowered.
    pub api: &'a Api,
    /// The models, under the indices of their types.
    pub models: &'a [Model],
    /// Builds example expressions.
    pub examples: ExampleBuilder<'a>,
    /// The error enum of each error set.
    pub errors: &'a [Option<ErrorId>],
    /// How large the models are.
    pub sizes: &'a Sizes,
    /// Whether calls for the smoke example and the wire tests are planned.
    pub call_cases: bool,
    /// How nested values in deep objects are encoded.
    pub nested: NestedStyle,
    /// The parameters that are set on the client.
    pub client_parameters: &'a [ClientParameter],
}

/// Plans an operation.
///
/// The function is long, because it decides one field after the other.
pub fn operation(
    context: &Context<'_>,
    source: &ir::Operation,
    (group, names): (GroupId, OperationNames),
    diagnostics: &mut Diagnostics,
) -> Operation {
    let inputs = inputs::inputs(context, source);
    let (output, cases) = outputs::outputs(context.api, context.sizes, source);
    let pagination = source.pagination.as_ref().and_then(|rule| {
        // Pages are read as JSON.
        if xml::of_content(context.api, &source.success.content).is_some() {
            return None;
        }
        let planned = pagination::pagination(context, &inputs, &output, rule);
        if planned.is_none() {
            let message = format!(
                "cannot paginate `{}`: the response body has no matching list, or no matching value for the next page",
                source.id
            );
            diagnostics.push(Diagnostic::new(Code::PaginationUndetermined, source.place, message));
        }
        planned
    });
    let mut security: Vec<Vec<Requirement>> = source
        .security
        .iter()
        .map(|alternative| requirement(context, alternative))
        .collect();
    security.dedup();
    let body = source.body.as_ref().map(|source| body(context.api, source));
    Operation {
        id: source.id.clone(),
        pointer: source.pointer.clone(),
        method: source.method.clone(),
        path: source.path.clone(),
        request_path: source.request_path.clone(),
        variant: source.variant.as_ref().map(|variant| variant.media_type.clone()),
        group,
        doc: doc(source),
        example: example(
            context,
            &inputs,
            &|input, example| without_flag(context, source, input, without_position(source, input, example)),
            &|input| shows(source, input),
        ),
        call_case: context.call_cases.then(|| {
            let case = wire_tests::call_case(
                &context.examples,
                source,
                &names.method,
                &inputs,
                body.as_ref(),
                pagination.as_ref(),
            );
            Box::new(case)
        }),
        body,
        snippets: OperationSnippets::default(),
        prose: OperationProse::default(),
        security,
        client_certificate: requires_certificate(context, source),
        security_const: None,
        server: source.servers.first().map(server),
        accept: outputs::accept(context.api, source),
        representations: outputs::representations(context.api, source),
        output,
        xml: xml::of_content(context.api, &source.success.content),
        headers: Vec::new(),
        success_codes: success_codes(source),
        success_flag: success_flag::flag(context.api, &source.success.content),
        cases,
        stream: streams::alternative_stream(context, source, &inputs, || {
            let without = |input: &Input, example| without_flag(context, source, input, example);
            example(context, &inputs, &without, &|input| shows(source, input))
        })
        .map(Box::new),
        error: context.errors.get(source.errors.0 as usize).copied().flatten(),
        pagination: pagination.map(Box::new),
        polling: polling::polling(context.api, source).map(Box::new),
        idempotent: source.idempotent,
        idempotent_override: (assumed_idempotent(&source.method) != Some(source.idempotent))
            .then_some(source.idempotent),
        idempotency_key: source.idempotency_key.as_ref().map(WireName::new),
        retries: source.retries.clone(),
        arguments: inputs.arguments,
        required: None,
        setters: inputs.setters,
        client_parameters: client::uses(context.client_parameters, source),
        constants: inputs.constants,
        names,
    }
}

/// Mentions the methods for the other media types of a body in the documentation of the first one.
pub fn mention_variants(operations: &mut [Operation]) {
    for index in 0..operations.len() {
        if operations[index].variant.is_some() {
            continue;
        }
        let others = operations[index + 1..].iter().map_while(|other| {
            let media_type = other.variant.as_ref()?;
            Some(format!(
                "{} sends the body as {}.",
                code(other.names.method.as_str()),
                code(media_type)
            ))
        });
        let note = others.collect::<Vec<_>>().join(" ");
        if !note.is_empty() {
            add_paragraph(&mut operations[index].doc, &note);
        }
    }
}

/// Returns the documentation of an operation. If the document has no text, or if the text only repeats the id, the
/// summary is the request line.
fn doc(source: &ir::Operation) -> Doc {
    let mut doc = doc_text::doc_of_named(&source.docs, &[&source.id]);
    if doc.summary.is_empty() && doc.body.is_empty() {
        doc.is_derived = true;
        doc.summary = Markdown::from_safe_text(format!(
            "Calls {}.",
            code(&format!("{} {}", source.method, source.path))
        ));
    }
    if let Some(note) = source.body.as_ref().and_then(media_types_note) {
        add_paragraph(&mut doc, &note);
    }
    if let Some(variant) = &source.variant {
        let summary = doc.summary.as_str().trim_end_matches('.');
        doc.summary = Markdown::from_safe_text(format!("{summary}, as {}.", code(&variant.media_type)));
    }
    doc
}

/// Explains how to choose one of several media types, or one in a range, of a body with one method.
fn media_types_note(body: &ir::Body) -> Option<String> {
    let format = body.formats.first()?;
    if format.range.is_none() && format.also.is_empty() {
        return None;
    }
    let setting = match format.kind {
        ir::BodyKind::Binary => "The content type of the file is sent",
        ir::BodyKind::Json(_)
        | ir::BodyKind::Form(_)
        | ir::BodyKind::Multipart(_)
        | ir::BodyKind::Lines(_)
        | ir::BodyKind::Text => "Set the media type with `header(\"content-type\", …)`",
    };
    let accepted: Vec<String> = accepted(format).iter().map(|name| code(name)).collect();
    let sent = code(&format.media_type);
    let accepted = accepted.join(", ");
    Some(format!("The API accepts {accepted}. {setting}; the default is {sent}."))
}

/// Returns whether the runtime assumes that a method is idempotent. It follows the `http` crate, which knows `QUERY` only
/// since version 1.5, so for `QUERY` the result depends on the version.
fn assumed_idempotent(method: &Method) -> Option<bool> {
    (*method != Method::Query).then(|| method.is_idempotent())
}

/// Returns the schemes whose credentials a request carries. Client certificates are left out, because the transport
/// sends them.
fn requirement(context: &Context<'_>, source: &DocumentRequirement) -> Vec<Requirement> {
    let required = source
        .iter()
        .filter(|(scheme, _)| !is_certificate(context, scheme))
        .map(|(scheme, scopes)| Requirement {
            scheme: WireName::new(scheme),
            scopes: scopes.clone(),
        });
    required.collect()
}

/// Returns whether every alternative of an operation's security requirements contains a client certificate.
fn requires_certificate(context: &Context<'_>, source: &ir::Operation) -> bool {
    let requires =
        |alternative: &DocumentRequirement| alternative.iter().any(|(scheme, _)| is_certificate(context, scheme));
    !source.security.is_empty() && source.security.iter().all(requires)
}

fn is_certificate(context: &Context<'_>, name: &str) -> bool {
    let mut schemes = context.api.schemes.iter();
    schemes.any(|scheme| scheme.name == name && scheme.kind == SchemeKind::MutualTls)
}

/// Returns the URL of a server, with the defaults of its variables.
fn server(server: &crate::document::Server) -> String {
    let variables = server.variables.iter();
    variables.fold(server.url.clone(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    })
}

fn success_codes(source: &ir::Operation) -> Vec<u16> {
    let codes = source.success.cases.iter().filter_map(|case| match case.status {
        Status::Code(code) if !(200..300).contains(&code) => Some(code),
        Status::Code(_) | Status::Range(_) | Status::Default => None,
    });
    codes.collect()
}

fn body(api: &Api, body: &ir::Body) -> Body {
    let docs = ir::Docs {
        description: body.description.clone(),
        ..ir::Docs::default()
    };
    let formats = body.formats.iter().map(|format| BodyFormat {
        accepted: accepted(format),
        media_type: format.media_type.clone(),
        sample: format.range.as_deref().and_then(sample),
        multipart: multipart(format),
        kind: match &format.kind {
            ir::BodyKind::Json(ty) => BodyKind::Json(types::expr(ty)),
            ir::BodyKind::Form(_) => BodyKind::Form,
            ir::BodyKind::Multipart(_) => BodyKind::Multipart,
            ir::BodyKind::Lines(_) => BodyKind::Lines,
            ir::BodyKind::Text => BodyKind::Text,
            ir::BodyKind::Binary => BodyKind::Bytes,
        },
        // Examples are JSON.
        example: format.example.clone().filter(|_| !format.media_type.is_xml()),
        xml: xml::of_body(api, format),
    });
    Body {
        required: body.required,
        doc: doc_text::doc(&docs, || "The request body".to_owned()),
        formats: formats.collect(),
    }
}

/// Returns the media type of a multipart body without its parameters, if it is not the default.
fn multipart(format: &ir::BodyFormat) -> Option<String> {
    let essence = format.media_type.essence();
    (matches!(format.kind, ir::BodyKind::Multipart(_)) && essence != "multipart/form-data").then_some(essence)
}

fn accepted(format: &ir::BodyFormat) -> Vec<MediaType> {
    let first = format.range.as_ref().unwrap_or(&format.media_type);
    std::iter::once(first).chain(&format.also).cloned().collect()
}

/// Returns a common media type in a range.
fn sample(range: &str) -> Option<&'static str> {
    match range.split('/').next()? {
        "image" => Some("image/png"),
        "audio" => Some("audio/mpeg"),
        "video" => Some("video/mp4"),
        "font" => Some("font/woff2"),
        _ => None,
    }
}

/// Returns the call with the required inputs and at most three optional ones that `shows` selects.
fn example(
    context: &Context<'_>,
    inputs: &Inputs,
    adapt: &dyn Fn(&Input, Json) -> Json,
    shows: &dyn Fn(&Input) -> bool,
) -> ExampleCall {
    let value = |input: &Input| {
        let ty = inputs.types.get(&input.name)?;
        let value = input.example.as_ref().or(input.default.as_ref())?;
        context
            .examples
            .argument(&input.argument, ty, &adapt(input, value.clone()))
    };
    let arguments = inputs
        .arguments
        .iter()
        .map(|input| value(input).unwrap_or_else(|| placeholder(input)));
    let shown = inputs.setters.iter().filter(|input| shows(input));
    ExampleCall {
        arguments: arguments.collect(),
        setters: shown
            .filter_map(|input| Some((input.name.clone(), value(input)?)))
            .take(3)
            .collect(),
    }
}

/// Returns whether the example sets an optional input: it is not deprecated, and the document itself has an example for
/// it.
fn shows(source: &ir::Operation, input: &Input) -> bool {
    let has_example =
        |parameter: &ir::Parameter| parameter.wire == input.wire.as_str() && parameter.example_is_documented;
    input.doc.deprecated.is_none() && source.parameters.iter().any(has_example)
}
