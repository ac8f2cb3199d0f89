//! Operations.
//!
//! In: the operations of [`Api`], their names, the models. Out: one [`Operation`] for each, with everything that its builder
//! says and sends.

mod access;
mod drafts;
mod inputs;
mod outputs;
mod paging;
mod stand_in;
mod streams;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{Requirement as Needs, Status};
use crate::ir::{self, Api, SchemeKind};
use crate::json::Json;
use crate::krate::{
    Body, BodyForm, BodyKind, ErrorId, ExampleCall, GroupId, Input, Model, Nested, Operation, OperationNames,
    Requirement, RetryRule, WireName,
};

use super::examples::Maker;
use super::models::capitalised;
use super::names::Words;
use super::sizes::Sizes;
use super::{doc_text, trials, types};

pub use access::access;
pub use inputs::Inputs;
pub use outputs::media_type;
pub use stand_in::stand_in;
pub use streams::plain;

/// What all operations are planned with.
pub struct Context<'a> {
    /// The document.
    pub api: &'a Api,
    /// The models, under the indices of their types.
    pub models: &'a [Model],
    /// Makes examples.
    pub maker: Maker<'a>,
    /// The error enum of each error set.
    pub errors: &'a [Option<ErrorId>],
    /// How large the models are.
    pub sizes: &'a Sizes,
    /// Whether programs are written that prove the crate.
    pub proved: bool,
    /// How what is nested in a deep object goes out.
    pub nested: Nested,
}

/// Plans an operation.
pub fn operation(
    context: &Context<'_>,
    source: &ir::Operation,
    (group, names): (GroupId, OperationNames),
    diagnostics: &mut Diagnostics,
) -> Operation {
    let inputs = inputs::inputs(context, source);
    let (output, cases) = outputs::outputs(context.sizes, source);
    let paging = source.paging.as_ref().and_then(|rule| {
        let planned = paging::paging(context, &inputs, &output, rule);
        if planned.is_none() {
            let message = format!(
                "`{}` is not paged: its list or its next page cannot be told from the body",
                source.id
            );
            diagnostics.push(Diagnostic::new(Code::PagingUnbound, source.place, message));
        }
        planned
    });
    let mut security: Vec<Vec<Requirement>> = source
        .security
        .iter()
        .map(|needs| requirement(context, needs))
        .collect();
    security.dedup();
    let body = source.body.as_ref().map(body);
    Operation {
        id: source.id.clone(),
        pointer: source.pointer.clone(),
        method: source.method.clone(),
        path: source.path.clone(),
        sent: source.sent.clone(),
        group,
        doc: doc_text::doc(&source.docs, || capitalised(&Words::of(&source.id))),
        example: example(
            context,
            &inputs,
            &|input, given| plain(source, input, given),
            &|input| shows(source, input),
        ),
        trial: context.proved.then(|| {
            trials::trial(
                &context.maker,
                source,
                &names.method,
                &inputs,
                body.as_ref(),
                paging.as_ref(),
            )
        }),
        body,
        security,
        server: source.servers.first().map(server),
        accept: outputs::accept(context.api, source),
        output,
        success_codes: success_codes(source),
        cases,
        stream: streams::other(context, source, &inputs, |value, wish| {
            example(context, &inputs, value, &|input| wish(input) || shows(source, input))
        }),
        error: context.errors.get(source.errors.0 as usize).copied().flatten(),
        paging,
        idempotent: source.idempotent,
        idempotency_key: source.idempotency_key.as_ref().map(WireName::new),
        retries: source.retries.as_ref().map(retry_rule),
        arguments: inputs.arguments,
        setters: inputs.setters,
        constants: inputs.constants,
        names,
    }
}

/// What a request has to show. A client certificate it does not: the caller's transport shows that to the server.
fn requirement(context: &Context<'_>, needs: &Needs) -> Vec<Requirement> {
    let is_shown = |name: &String| {
        let scheme = context.api.schemes.iter().find(|scheme| scheme.name == *name);
        scheme.is_none_or(|scheme| scheme.kind != SchemeKind::MutualTls)
    };
    let needs = needs
        .iter()
        .filter(|(scheme, _)| is_shown(scheme))
        .map(|(scheme, scopes)| Requirement {
            scheme: WireName::new(scheme),
            scopes: scopes.clone(),
        });
    needs.collect()
}

/// The URL of a server, with the defaults of its variables.
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

/// A retry rule of the document.
pub fn retry_rule(rule: &ir::RetryRule) -> RetryRule {
    RetryRule {
        never: rule.never,
        initial: rule.initial,
        max: rule.max,
        exponent: rule.exponent,
        elapsed: rule.elapsed,
        statuses: rule.statuses.clone(),
        connection: rule.connection,
    }
}

fn body(body: &ir::Body) -> Body {
    let docs = ir::Docs {
        description: body.description.clone(),
        ..ir::Docs::default()
    };
    let forms = body.forms.iter().map(|form| BodyForm {
        media_type: form.media_type.clone(),
        sample: form.range.as_deref().and_then(sample),
        kind: match &form.kind {
            ir::BodyKind::Json(ty) => BodyKind::Json(types::expr(ty)),
            ir::BodyKind::Form(_) => BodyKind::Form,
            ir::BodyKind::Multipart(_) => BodyKind::Multipart,
            ir::BodyKind::Lines(_) => BodyKind::Lines,
            ir::BodyKind::Text => BodyKind::Text,
            ir::BodyKind::Binary => BodyKind::Bytes,
        },
        example: form.example.clone(),
    });
    Body {
        required: body.required,
        doc: doc_text::doc(&docs, || "The body".to_owned()),
        forms: forms.collect(),
    }
}

/// A common media type out of a range.
fn sample(range: &str) -> Option<&'static str> {
    match range.split('/').next()? {
        "image" => Some("image/png"),
        "audio" => Some("audio/mpeg"),
        "video" => Some("video/mp4"),
        "font" => Some("font/woff2"),
        _ => None,
    }
}

/// The call with the inputs that have to be given, and those that `shows` has.
fn example(
    context: &Context<'_>,
    inputs: &Inputs,
    changed: &dyn Fn(&Input, Json) -> Json,
    shows: &dyn Fn(&Input) -> bool,
) -> ExampleCall {
    let value = |input: &Input| {
        let ty = inputs.types.get(&input.name)?;
        let value = input.example.as_ref().or(input.default.as_ref())?;
        context.maker.taken(&input.take, ty, &changed(input, value.clone()))
    };
    let arguments = inputs
        .arguments
        .iter()
        .map(|input| value(input).unwrap_or_else(|| stand_in(input)));
    let shown = inputs.setters.iter().filter(|input| shows(input));
    ExampleCall {
        arguments: arguments.collect(),
        setters: shown
            .filter_map(|input| Some((input.name.clone(), value(input)?)))
            .take(3)
            .collect(),
    }
}

/// Whether the example sets an optional input: one that is not on its way out, and that the document itself gives an
/// example for.
fn shows(source: &ir::Operation, input: &Input) -> bool {
    let given = |parameter: &ir::Parameter| parameter.wire == input.wire.as_str() && parameter.example_is_documented;
    input.doc.deprecated.is_none() && source.parameters.iter().any(given)
}
