//! Visitors of finished types.

use crate::ir::{Api, BodyKind, Content, Extra, Operation, Shape, TypeBody, TypeId, TypeRef};

/// Visits each named type in a shape.
pub(in crate::lower) fn named_types(ty: &TypeRef, visit: &mut (impl FnMut(TypeId) + ?Sized)) {
    // Most types have no parts, so the stack is empty at first and needs no memory.
    let (mut pending, mut next) = (Vec::new(), Some(ty));
    while let Some(ty) = next.take().or_else(|| pending.pop()) {
        match &ty.shape {
            Shape::Named(id) => visit(*id),
            Shape::List(item) | Shape::Map(item) => next = Some(&**item),
            Shape::Tuple(items) => pending.extend(items),
            Shape::Any
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Int(_)
            | Shape::Float
            | Shape::Foreign(_) => {}
            Shape::Text(_) | Shape::Base64 | Shape::Binary | Shape::Object => {}
        }
    }
}

/// Visits each type reference in the body of a type.
pub(in crate::lower) fn uses<'a>(body: &'a TypeBody, visit: &mut impl FnMut(&'a TypeRef)) {
    match body {
        TypeBody::Struct(body) => {
            body.fields.iter().for_each(|field| visit(&field.ty));
            if let Extra::Typed(ty) = &body.extra {
                visit(ty);
            }
        }
        TypeBody::Enum(_) => {}
        TypeBody::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
        TypeBody::Alias(ty) | TypeBody::Newtype(ty) => visit(ty),
    }
}

/// Visits each type that an operation sends.
pub(in crate::lower) fn sent_types<'a>(operation: &'a Operation, visit: &mut impl FnMut(&'a TypeRef)) {
    operation.parameters.iter().for_each(|parameter| visit(&parameter.ty));
    for format in operation.body.iter().flat_map(|body| &body.formats) {
        match &format.kind {
            BodyKind::Json(ty) | BodyKind::Lines(ty) => visit(ty),
            BodyKind::Form(fields) | BodyKind::Multipart(fields) => fields.iter().for_each(|field| visit(&field.ty)),
            BodyKind::Text | BodyKind::Binary => {}
        }
    }
}

/// Visits each type that an operation receives.
pub(in crate::lower) fn received_types<'a>(
    api: &'a Api,
    operation: &'a Operation,
    visit: &mut impl FnMut(&'a TypeRef),
) {
    let errors = api.error_sets.get(operation.errors.0 as usize);
    let failures = errors.iter().flat_map(|set| &set.cases).map(|case| &case.content);
    let others = operation.success.representations.iter().map(|other| &other.content);
    let successes = operation.success.cases.iter().map(|case| &case.content).chain(others);
    for content in successes.chain(failures) {
        match content {
            Content::Json { ty, .. } => visit(ty),
            Content::Stream { stream, .. } => stream.item().into_iter().for_each(&mut *visit),
            Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::ByStatus => {}
        }
    }
    let other = operation.success.stream.as_ref().and_then(|form| form.stream.item());
    other.into_iter().for_each(&mut *visit);
    for documented in &operation.response_headers {
        visit(&documented.header.ty);
    }
    let result = operation
        .polling
        .as_ref()
        .and_then(|polling| polling.result_type.as_ref());
    result.into_iter().for_each(&mut *visit);
}

/// Visits each type reference in a body mutably.
pub(in crate::lower) fn uses_mut(body: &mut TypeBody, visit: &mut impl FnMut(&mut TypeRef)) {
    match body {
        TypeBody::Struct(body) => {
            body.fields.iter_mut().for_each(|field| visit(&mut field.ty));
            if let Extra::Typed(ty) = &mut body.extra {
                visit(ty);
            }
        }
        TypeBody::Enum(_) => {}
        TypeBody::Union(union) => union.variants.iter_mut().for_each(|variant| visit(&mut variant.ty)),
        TypeBody::Alias(ty) | TypeBody::Newtype(ty) => visit(ty),
    }
}
