//! Pruning: removes types that nothing reaches.
//!
//! Components that no operation uses are kept if `unused: keep` is configured or if the document has no operations, unless a
//! selection is active. Ids are indices, and this pass renumbers them.

use crate::config::Unused;
use crate::ir::{BodyKind, Content, Shape, TypeId, TypeRef};
use crate::lower::Lowering;
use crate::lower::passes::select;
use crate::lower::types::visit;

/// Removes the types that nothing reaches.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let kept = reached(lowering);
    let mut ids = vec![None; kept.len()];
    let staying = ids.iter_mut().zip(&kept).filter(|(_, kept)| **kept);
    for ((id, _), new) in staying.zip(0..) {
        *id = Some(TypeId(new));
    }
    keep_only(&mut lowering.schemas.types.0, &kept);
    keep_only(&mut lowering.schemas.sources, &kept);
    renumber(lowering, &|id: TypeId| ids.get(id.0 as usize).copied().flatten());
}

/// Removes the items that are not kept.
fn keep_only<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    items.retain(|_| kept.next().is_some_and(|kept| *kept));
}

/// Returns whether each type is part of the SDK.
pub(in crate::lower) fn reached(lowering: &Lowering<'_>) -> Vec<bool> {
    let api = &lowering.api;
    let mut kept = vec![false; lowering.schemas.types.0.len()];
    let mut pending: Vec<TypeId> = lowering.equal_components.iter().map(|(id, _)| *id).collect();
    let keeps_unused = lowering.settings.unused == Unused::Keep || lowering.document.operations.is_empty();
    if keeps_unused && select::is_everything(&lowering.settings.select) {
        pending.extend((0..).map(TypeId).take(lowering.document.components.len()));
    }
    let mut add = |ty: &TypeRef| visit::named_types(ty, &mut |id| pending.push(id));
    for operation in &api.operations {
        visit::sent_types(operation, &mut add);
        visit::received_types(api, operation, &mut add);
    }
    api.webhooks
        .iter()
        .filter_map(|webhook| webhook.payload.as_ref())
        .for_each(add);
    while let Some(id) = pending.pop() {
        if !std::mem::replace(&mut kept[id.0 as usize], true) {
            visit::uses(&lowering.schemas.types[id].body, &mut |ty| {
                visit::named_types(ty, &mut |id| pending.push(id))
            });
        }
    }
    kept
}

/// Replaces the id of each type in every reference to it.
pub(in crate::lower) fn renumber(lowering: &mut Lowering<'_>, new: &impl Fn(TypeId) -> Option<TypeId>) {
    change_types(lowering, &mut |ty| renumber_type(ty, new));
    for ty in &mut lowering.schemas.types.0 {
        ty.patch_of = ty.patch_of.and_then(new);
    }
}

/// Changes each reference to a type.
pub(in crate::lower) fn change_types(lowering: &mut Lowering<'_>, mut change: &mut impl FnMut(&mut TypeRef)) {
    let api = &mut lowering.api;
    for ty in &mut lowering.schemas.types.0 {
        visit::uses_mut(&mut ty.body, &mut change);
    }
    for operation in &mut api.operations {
        operation
            .parameters
            .iter_mut()
            .for_each(|parameter| change(&mut parameter.ty));
        for format in operation.body.iter_mut().flat_map(|body| &mut body.formats) {
            match &mut format.kind {
                BodyKind::Json(ty) | BodyKind::Lines(ty) => change(ty),
                BodyKind::Form(fields) | BodyKind::Multipart(fields) => {
                    fields.iter_mut().for_each(|field| change(&mut field.ty))
                }
                BodyKind::Text | BodyKind::Binary => {}
            }
        }
        for case in &mut operation.success.cases {
            change_content(&mut case.content, &mut change);
            case.headers.iter_mut().for_each(|header| change(&mut header.ty));
        }
        for documented in &mut operation.response_headers {
            change(&mut documented.header.ty);
        }
        change_content(&mut operation.success.content, &mut change);
        for other in &mut operation.success.representations {
            change_content(&mut other.content, &mut change);
        }
        let other = operation
            .success
            .stream
            .as_mut()
            .and_then(|form| form.stream.item_mut());
        other.into_iter().for_each(&mut change);
        let polling = operation.polling.as_mut();
        let result = polling.and_then(|polling| polling.result_type.as_mut());
        result.into_iter().for_each(&mut change);
    }
    for case in api.error_sets.iter_mut().flat_map(|set| &mut set.cases) {
        change_content(&mut case.content, &mut change);
    }
    api.webhooks
        .iter_mut()
        .filter_map(|webhook| webhook.payload.as_mut())
        .for_each(change);
}

fn change_content(content: &mut Content, change: &mut impl FnMut(&mut TypeRef)) {
    match content {
        Content::Json { ty, .. } => change(ty),
        Content::Stream { stream, .. } => stream.item_mut().into_iter().for_each(change),
        Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::ByStatus => {}
    }
}

fn renumber_type(ty: &mut TypeRef, new: &impl Fn(TypeId) -> Option<TypeId>) {
    match &mut ty.shape {
        // Every type in use was reached and has a new id.
        Shape::Named(id) => *id = new(*id).unwrap_or(*id),
        Shape::List(item) | Shape::Map(item) => renumber_type(item, new),
        Shape::Tuple(items) => items.iter_mut().for_each(|item| renumber_type(item, new)),
        Shape::Any | Shape::Never | Shape::Null | Shape::Bool | Shape::Int(_) | Shape::Float | Shape::Foreign(_) => {}
        Shape::Text(_) | Shape::Base64 | Shape::Binary | Shape::Object => {}
    }
}
