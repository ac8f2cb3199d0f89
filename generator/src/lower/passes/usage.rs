//! Usage: which types are sent, which are received, and which properties occur in each direction.
//!
//! A read-only property does not occur in requests, and a write-only property does not occur in responses. A type that is
//! used in one direction lacks the properties of the other. In a type that is used in both directions, a read-only property
//! is omitted when a request is written, and a write-only property is optional.

use rustc_hash::FxHashMap;

use crate::ir::{Field, Int, Origin, Shape, Text, Type, TypeBody, TypeId, TypeRef};
use crate::json::Json;
use crate::lower::Lowering;
use crate::lower::types::visit;
use crate::wire::EnumBase;

/// A direction in which values are transferred.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Sent,
    Received,
}

/// Sets the usage of each type, and removes the properties that do not occur.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    let api = &lowering.api;
    for operation in &api.operations {
        visit::sent_types(operation, &mut |ty: &TypeRef| {
            visit::named_types(ty, &mut |id| sent.push(id))
        });
        visit::received_types(api, operation, &mut |ty: &TypeRef| {
            visit::named_types(ty, &mut |id| received.push(id))
        });
    }
    for payload in api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        visit::named_types(payload, &mut |id| received.push(id));
    }
    mark_reachable(lowering, sent, Direction::Sent);
    mark_reachable(lowering, received, Direction::Received);
    let single: FxHashMap<TypeId, (Shape, Json)> = lowering
        .schemas
        .types
        .iter()
        .filter_map(|(id, ty)| Some((id, only_enum_value(ty)?)))
        .collect();
    for ty in &mut lowering.schemas.types.0 {
        let usage = ty.usage;
        let TypeBody::Struct(body) = &mut ty.body else { continue };
        match (usage.request, usage.response) {
            (true, false) => {
                body.fields.retain(|field| !field.read_only);
                // Undescribed properties are omittable, because responses may lack them. In a request they are required.
                let undescribed = body.fields.iter_mut().filter(|field| !field.described);
                undescribed.for_each(|field| field.omittable = false);
            }
            (false, true) => {
                body.fields.retain(|field| !field.write_only);
                body.fields.iter_mut().for_each(|field| set_constant(field, &single));
            }
            (true, true) => body
                .fields
                .iter_mut()
                .for_each(|field| field.omittable |= field.write_only),
            (false, false) => {}
        }
    }
}

/// Returns the value and the shape of an inline enum with a single value.
fn only_enum_value(ty: &Type) -> Option<(Shape, Json)> {
    let (TypeBody::Enum(body), Origin::Inline(_) | Origin::Shared { .. }) = (&ty.body, &ty.origin) else {
        return None;
    };
    let [value] = body.values.as_slice() else { return None };
    Some(match body.base {
        EnumBase::String => (Shape::Text(Text::Unformatted), Json::String(value.wire.clone())),
        EnumBase::Int => (Shape::Int(Int::I64), Json::Number(value.wire.clone())),
    })
}

/// Replaces the enum of a received property by a constant if the enum has a single value.
fn set_constant(field: &mut Field, single: &FxHashMap<TypeId, (Shape, Json)>) {
    let Shape::Named(id) = &field.ty.shape else { return };
    if let Some((shape, value)) = single.get(id) {
        field.ty.shape = shape.clone();
        field.constant = Some(value.clone());
    }
}

/// Marks all types that are reachable from these types.
fn mark_reachable(lowering: &mut Lowering<'_>, mut pending: Vec<TypeId>, direction: Direction) {
    while let Some(id) = pending.pop() {
        let usage = &mut lowering.schemas.types[id].usage;
        let mark = match direction {
            Direction::Sent => &mut usage.request,
            Direction::Received => &mut usage.response,
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        let mut add = |ty: &TypeRef| visit::named_types(ty, &mut |id| pending.push(id));
        match &lowering.schemas.types[id].body {
            TypeBody::Struct(body) => {
                for field in &body.fields {
                    let hidden = match direction {
                        Direction::Sent => field.read_only,
                        Direction::Received => field.write_only,
                    };
                    if !hidden {
                        add(&field.ty);
                    }
                }
                if let crate::ir::Extra::Typed(ty) = &body.extra {
                    add(ty);
                }
            }
            body @ (TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_)) => {
                visit::uses(body, &mut |ty| add(ty));
            }
        }
    }
}
