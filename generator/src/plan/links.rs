//! Links: a method of the response for each link whose values have the types of the parameters.
//!
//! A link that does not become a method is reported with the reason.

use indexmap::IndexMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{self, Api, Content};
use crate::krate::{
    ArgumentType, Doc, Group, GroupId, Ident, Input, InputKind, LinkConversion, LinkGuard, LinkMethod, LinkSource,
    LinkValue, Operation, OperationId, Output, ResponseLinks, TypeExpr, WireName,
};
use crate::wire::Status;

use super::names::{Casing, Claim, RESPONSE_METHODS, Rank, Scope, Words};
use super::operations::{Context, access};
use super::{doc_text, prose, types};

/// Plans the methods of all links.
pub fn links(
    context: &Context<'_>,
    groups: &[Group],
    operations: &[Operation],
    diagnostics: &mut Diagnostics,
) -> Vec<ResponseLinks> {
    let mut all = LinksByType::default();
    for (index, source) in context.api.operations.iter().enumerate() {
        for link in &source.links {
            match method(context, operations, OperationId(index), link) {
                Ok(method) => add(&mut all, operations, OperationId(index), method),
                Err(reason) => {
                    let message = format!("the link `{}` does not become a method: {reason}", link.name);
                    diagnostics.push(Diagnostic::new(Code::UnboundLink, link.place, message));
                }
            }
        }
    }
    let mut all: Vec<ResponseLinks> = all.into_values().collect();
    for links in &mut all {
        name(operations, &mut links.methods);
    }
    for method in all.iter_mut().flat_map(|links| &mut links.methods) {
        let target = &operations[method.target.0];
        method.doc = prose::link(method, target, &groups[target.group.0]);
    }
    all
}

/// The links of responses, by the type of the body, and by the group if the type is the enum of an operation's
/// successes.
type LinksByType = IndexMap<(TypeExpr, Option<GroupId>), ResponseLinks>;

/// Adds a method to those of its type. Operations that have the same link share the method.
fn add(all: &mut LinksByType, operations: &[Operation], source: OperationId, method: LinkMethod) {
    let operation = &operations[source.0];
    let body = operation.output.ty(&operation.names);
    let group = (operation.output == Output::ByStatus).then_some(operation.group);
    let links = all.entry((body.clone(), group)).or_insert_with(|| ResponseLinks {
        body,
        group,
        feature: None,
        methods: Vec::new(),
    });
    let by_status = |guard: &LinkGuard| matches!(guard, LinkGuard::Status(_));
    let same = links.methods.iter_mut().find(|other| {
        let values = other.arguments == method.arguments && other.setters == method.setters;
        let is_guarded = by_status(&other.guard) || by_status(&method.guard);
        values
            && other.wire == method.wire
            && other.target == method.target
            && (is_guarded || other.guard == method.guard)
    });
    let Some(same) = same else {
        links.methods.push(method);
        return;
    };
    same.sources.push(source);
    // The values are in the response, regardless of its status.
    if same.guard != method.guard {
        let lacks_value = method.arguments.iter().flatten().any(LinkValue::is_fallible);
        same.guard = LinkGuard::None;
        same.is_optional = lacks_value;
    }
}

/// Names the methods of a type: by the link, and by the operation as well if two links have the same name.
fn name(operations: &[Operation], methods: &mut [LinkMethod]) {
    let claims = methods.iter().map(|method| {
        let source = method.sources.first().map(|source| &operations[source.0]);
        let pointer = source.map_or("", |source| source.pointer.as_str());
        let words = Words::of(&method.wire).starting_with_letter("link");
        let longer = words
            .followed_by("of")
            .followed_by(source.map_or("", |source| source.names.method.as_str()));
        Claim::new(Rank::Document, format!("{pointer} {}", method.wire), words).or(longer)
    });
    let names = Scope::new(Casing::Snake)
        .without(RESPONSE_METHODS)
        .idents(&claims.collect::<Vec<_>>());
    for (method, name) in methods.iter_mut().zip(names) {
        method.name = name;
    }
}

/// Plans the method of a link, or returns the reason why that is impossible.
fn method(
    context: &Context<'_>,
    operations: &[Operation],
    source: OperationId,
    link: &ir::Link,
) -> Result<LinkMethod, String> {
    let (from, target) = (&operations[source.0], &operations[link.target]);
    let is_stream = matches!(from.output, Output::Stream(_));
    if is_stream || from.pagination.is_some() {
        let what = if is_stream { "a stream" } else { "paginated" };
        return Err(format!("the response of `{}` is {what}", from.id));
    }
    let values = values(context, source, link, target)?;
    let of = |input: &Input| values.iter().find(|(other, _)| other.name == input.name);
    let arguments: Vec<Option<LinkValue>> = target
        .arguments
        .iter()
        .map(|input| of(input).map(|(_, value)| value.clone()))
        .collect();
    let setters = target.setters.iter().filter_map(of);
    let reads_body = values
        .iter()
        .any(|(_, value)| matches!(value.source, LinkSource::Body(_)));
    let arguments_of_target = target.arguments.iter().map(|input| input.name.as_str());
    let mut scope = Scope::new(Casing::Snake).without_names(arguments_of_target);
    let client = scope.ident(&Claim::new(Rank::Derived, "client", Words::of("client")).or(Words::of("api client")));
    let value = reads_body
        .then(|| scope.ident(&Claim::new(Rank::Derived, "value", Words::of("body")).or(Words::of("response body"))));
    let guard = guard(from, link.case, value);
    let is_optional = guard != LinkGuard::None || arguments.iter().flatten().any(LinkValue::is_fallible);
    Ok(LinkMethod {
        name: Ident::nearest("link"),
        wire: link.name.clone(),
        doc: String::new(),
        about: link.description.as_ref().map(|_| about(link)),
        target: OperationId(link.target),
        feature: None,
        sources: vec![source],
        client,
        guard,
        is_optional,
        setters: setters
            .map(|(input, value)| (input.name.clone(), value.clone()))
            .collect(),
        arguments,
    })
}

/// Returns the inputs that a link sets, with their values. Values of the request are passed by the caller.
fn values<'o>(
    context: &Context<'_>,
    source: OperationId,
    link: &ir::Link,
    target: &'o Operation,
) -> Result<Vec<(&'o Input, LinkValue)>, String> {
    let case = &context.api.operations[source.0].success.cases[link.case];
    let set = link
        .values
        .iter()
        .filter(|value| value.source != ir::LinkSource::Request);
    let values = set.map(|value| {
        let parameter = &context.api.operations[link.target].parameters[value.parameter];
        let input = input(target, parameter)?;
        let value = self::value(context, &case.content, &value.source, input, parameter)?;
        Ok((input, value))
    });
    values.collect()
}

/// Returns the documentation of a link.
fn about(link: &ir::Link) -> Doc {
    let docs = ir::Docs {
        description: link.description.clone(),
        ..ir::Docs::default()
    };
    doc_text::doc(&docs, || link.name.clone())
}

/// Returns the condition under which the response of an operation is the case with an index.
fn guard(operation: &Operation, case: usize, value: Option<Ident>) -> LinkGuard {
    let case = &operation.cases[case];
    match (&operation.output, case.status) {
        (Output::ByStatus, _) => LinkGuard::Variant {
            output: operation.names.output.clone(),
            variant: case.name.clone(),
            value: value.filter(|_| case.output != Output::Empty),
        },
        (Output::OptionalJson(_), _) if value.is_some() => value.map_or(LinkGuard::None, LinkGuard::Body),
        (_, Status::Code(code)) if operation.cases.len() > 1 => LinkGuard::Status(code),
        _ => LinkGuard::None,
    }
}

/// Returns the input of a parameter.
fn input<'o>(target: &'o Operation, parameter: &ir::Parameter) -> Result<&'o Input, String> {
    let is_parameter = |input: &&Input| {
        let location = match &input.kind {
            InputKind::Parameter { location, .. } => Some(*location),
            InputKind::Body(_) | InputKind::Part(_) => None,
        };
        input.wire.as_str() == parameter.wire && location == Some(parameter.location)
    };
    let mut inputs = target.arguments.iter().chain(&target.setters);
    inputs.find(is_parameter).ok_or_else(|| {
        format!(
            "the parameter `{}` of `{}` has only one value",
            parameter.wire, target.id
        )
    })
}

fn value(
    context: &Context<'_>,
    content: &Content,
    source: &ir::LinkSource,
    input: &Input,
    parameter: &ir::Parameter,
) -> Result<LinkValue, String> {
    let differs = |what: &str| format!("{what} does not have the type of the parameter `{}`", parameter.wire);
    match source {
        ir::LinkSource::Constant(json) => {
            let example = context.examples.argument(&input.argument, &parameter.ty, json);
            let example = example.filter(crate::krate::Example::is_literal);
            let value = example.ok_or_else(|| differs("the constant"))?;
            let json = json.clone();
            let source = LinkSource::Constant { value, json };
            let conversion = LinkConversion::Copy;
            Ok(LinkValue { source, conversion })
        }
        ir::LinkSource::Header(name) => {
            let conversion = conversion(context.api, input, parameter, &TypeExpr::String);
            Ok(LinkValue {
                source: LinkSource::Header(WireName::new(name)),
                conversion: conversion.ok_or_else(|| differs(&format!("the header `{name}`")))?,
            })
        }
        ir::LinkSource::Body(path) => {
            let pointer = format!("`/{}` of the response body", path.0.join("/"));
            let found = if let Content::Json { ty, .. } = content
                && !path.0.is_empty()
            {
                access(&context.api.types, context.models, ty, path)
            } else {
                None
            };
            let (mut access, ty) = found.ok_or_else(|| format!("{pointer} is not a described property"))?;
            access.ty = types::shape(context.api.types.resolve(&ty.shape));
            let conversion = conversion(context.api, input, parameter, &access.ty);
            Ok(LinkValue {
                conversion: conversion.ok_or_else(|| differs(&pointer))?,
                source: LinkSource::Body(access),
            })
        }
        ir::LinkSource::Request => Err("a value of the request is passed by the caller".to_owned()),
    }
}

/// Returns the conversion of a value to the type of a parameter. Only scalars are converted.
fn conversion(api: &Api, input: &Input, parameter: &ir::Parameter, from: &TypeExpr) -> Option<LinkConversion> {
    use TypeExpr::{Bool, Date, DateTime, Duration, F64, I32, I64, String, Time, U32, U64};
    if matches!(input.ty, TypeExpr::Option(_) | TypeExpr::Nullable(_)) {
        return None;
    }
    let to = types::shape(api.types.resolve(&parameter.ty.shape));
    let is_text = input.argument == ArgumentType::IntoString;
    match (from, &to) {
        (String, String) => Some(if is_text {
            LinkConversion::Borrow
        } else {
            LinkConversion::Clone
        }),
        (Bool | I32 | I64 | U32 | U64 | F64, String) => Some(LinkConversion::ToText),
        (Bool | I32 | I64 | U32 | U64 | F64 | Date, to) if from == to => Some(LinkConversion::Copy),
        (DateTime | Time | Duration, to) if from == to => Some(LinkConversion::Clone),
        (String, Bool | I32 | I64 | U32 | U64 | F64) => Some(LinkConversion::Parse),
        (I32 | U32, I64) | (U32, U64) | (I32 | U32, F64) => Some(LinkConversion::Widen(to)),
        (I32 | I64 | U32 | U64, I32 | I64 | U32 | U64) => Some(LinkConversion::Narrow(to)),
        _ => None,
    }
}
