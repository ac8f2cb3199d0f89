//! The pagination of an operation, in terms of its models.

use crate::ir::{self, PaginationStep as Rule, Shape, TypeRef};
use crate::json::Json;
use crate::krate::{
    Access, Input, InputKind, Output, Pagination, PaginationInput, PaginationOutput, PaginationStep, TypeExpr, WireName,
};
use crate::plan::types;

use super::inputs::Inputs;
use super::{Context, access};

/// Resolves a pagination rule to fields of the models. Returns `None` if the list, the next page or the input cannot be found.
// The function is long, because it has an arm for each kind of pagination.
pub fn pagination(
    context: &Context<'_>,
    inputs: &Inputs,
    output: &Output,
    rule: &ir::Pagination,
) -> Option<Pagination> {
    let Output::Json(body) = output else { return None };
    let body_type = inputs.success.as_ref()?;
    let path_to = |from: &TypeRef, path: &ir::FieldPath| access(&context.api.types, context.models, from, path);
    let (items, list) = path_to(body_type, rule.items.as_ref()?)?;
    let Shape::List(item) = context.api.types.resolve(&list.shape) else {
        return None;
    };
    let cursor_in = |from: &TypeRef, path: &ir::FieldPath| {
        let (access, _) = path_to(from, path)?;
        is_cursor(&access.ty).then_some(access)
    };
    let cursor = |path: &ir::FieldPath| cursor_in(body_type, path);
    let flag = |path: &ir::FieldPath| {
        let (access, _) = path_to(body_type, path)?;
        is_bool(&access).then_some(access)
    };
    let number = |path: &ir::FieldPath| {
        let (access, _) = path_to(body_type, path)?;
        is_number(&access.ty).then_some(access)
    };
    let step = match &rule.step {
        Rule::Cursor { input, next } => PaginationStep::Cursor {
            input: resolve_input(inputs, input)?,
            next: resolve_output(next, &cursor)?,
        },
        Rule::Url { next } => PaginationStep::Url { next: cursor(next)? },
        Rule::Link => PaginationStep::Link,
        Rule::Page {
            input,
            first,
            total,
            limit,
        } => PaginationStep::Page {
            input: resolve_input(inputs, input)?,
            first: *first,
            total: total.as_ref().and_then(|total| resolve_output(total, &number)),
            limit: limit.as_ref().and_then(|limit| resolve_input(inputs, limit)),
        },
        Rule::Offset { input, first, limit } => PaginationStep::Offset {
            first: *first,
            input: resolve_input(inputs, input)?,
            limit: limit.as_ref().and_then(|limit| resolve_input(inputs, limit)),
        },
        Rule::LastId { input, id, more } => PaginationStep::LastId {
            input: resolve_input(inputs, input)?,
            id: cursor_in(item, id)?,
            more: more.as_ref().and_then(flag),
        },
    };
    let more = rule
        .more
        .as_ref()
        .and_then(|more| Some((flag(&more.path)?, more.value)));
    Some(Pagination {
        body: body.clone(),
        item: types::expr(item),
        items,
        resume: resume(&step),
        more,
        total: rule.total.as_ref().and_then(|total| resolve_output(total, &number)),
        step,
    })
}

/// Returns a value of the response; `path` finds a property of the body.
fn resolve_output(
    output: &ir::PaginationOutput,
    path: &dyn Fn(&ir::FieldPath) -> Option<Access>,
) -> Option<PaginationOutput> {
    match output {
        ir::PaginationOutput::Body(at) => path(at).map(PaginationOutput::Body),
        ir::PaginationOutput::Header(name) => Some(PaginationOutput::Header(name.to_ascii_lowercase())),
    }
}

/// Returns the input of a rule. `None` if it is a parameter that the operation does not have.
fn resolve_input(inputs: &Inputs, input: &ir::PaginationInput) -> Option<PaginationInput> {
    let has = |name: &str, at: crate::wire::Location| {
        let mut all = inputs.arguments.iter().chain(&inputs.setters);
        all.any(|input| {
            let is_there = matches!(input.kind, InputKind::Parameter { location, .. } if location == at);
            is_there && input.wire.as_str() == name
        })
    };
    match input {
        ir::PaginationInput::Query(name) => {
            has(name, crate::wire::Location::Query).then(|| PaginationInput::Query(WireName::new(name)))
        }
        ir::PaginationInput::Deep(name, property) => has(name, crate::wire::Location::Query)
            .then(|| PaginationInput::Deep(WireName::new(name), WireName::new(property))),
        ir::PaginationInput::Exploded(name, property) => has(name, crate::wire::Location::Query)
            .then(|| PaginationInput::Exploded(WireName::new(name), WireName::new(property))),
        ir::PaginationInput::Header(name) => {
            has(name, crate::wire::Location::Header).then(|| PaginationInput::Header(WireName::new(name)))
        }
        ir::PaginationInput::Body(path) => Some(PaginationInput::Body(wire_names(path))),
        ir::PaginationInput::BodyNumber(path) => Some(PaginationInput::BodyNumber(wire_names(path))),
    }
}

fn wire_names(path: &ir::FieldPath) -> Vec<WireName> {
    path.0.iter().map(WireName::new).collect()
}

/// Returns whether the value can be a cursor: a string, a number, or a date or time, which are sent as their text.
fn is_cursor(ty: &TypeExpr) -> bool {
    let is_time = matches!(ty, TypeExpr::DateTime | TypeExpr::Date | TypeExpr::Time);
    *ty == TypeExpr::String || is_number(ty) || is_time
}

fn is_number(ty: &TypeExpr) -> bool {
    matches!(
        ty,
        TypeExpr::I32 | TypeExpr::I64 | TypeExpr::U32 | TypeExpr::U64 | TypeExpr::I128 | TypeExpr::F64
    )
}

fn is_bool(access: &Access) -> bool {
    access.ty == TypeExpr::Bool
}

fn resume(step: &PaginationStep) -> Option<String> {
    match step.input()? {
        PaginationInput::Query(name) | PaginationInput::Exploded(_, name) | PaginationInput::Header(name) => {
            Some(name.to_string())
        }
        PaginationInput::Deep(parameter, property) => Some(format!("{parameter}[{property}]")),
        PaginationInput::Body(path) | PaginationInput::BodyNumber(path) => path.last().map(ToString::to_string),
    }
}

/// Returns the example of an input without the property that selects a page. An example that starts in the middle of a list would
/// be confusing.
pub fn without_position(operation: &ir::Operation, input: &Input, mut example: Json) -> Json {
    let rule = operation.pagination.as_ref();
    let position = match rule.and_then(|rule| rule.step.input()) {
        Some(ir::PaginationInput::Deep(name, property) | ir::PaginationInput::Exploded(name, property)) => {
            Some(property).filter(|_| name == input.wire.as_str())
        }
        _ => None,
    };
    if let (Some(position), Some(entries)) = (position, example.as_object_mut()) {
        entries.shift_remove(position);
    }
    example
}
