//! Usage: which types are sent, which are received, and which properties occur in each direction.
//!
//! A read-only property does not occur in requests, and a write-only property does not occur in responses. A type that is
//! used in one direction lacks the properties of the other. In a type that is used in both directions, a read-only property
//! is omitted when a request is written, and a write-only property is optional.

use rustc_hash::FxHashMap;

use crate::ir::{Field, Int, Origin, Shape, Struct, Text, Type, TypeBody, TypeId, TypeRef, Types, Usage};
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
    let usages = usages(lowering);
    for (ty, usage) in lowering.schemas.types.0.iter_mut().zip(usages) {
        ty.usage = usage;
    }
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

/// Returns the directions in which each type is used.
pub(in crate::lower) fn usages(lowering: &Lowering<'_>) -> Vec<Usage> {
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
    let types = &lowering.schemas.types;
    let mut usages = vec![Usage::default(); types.0.len()];
    mark_reachable(types, &mut usages, sent, Direction::Sent);
    mark_reachable(types, &mut usages, received, Direction::Received);
    for (id, usage) in &lowering.equal_components {
        let own = &mut usages[id.0 as usize];
        own.request |= usage.request;
        own.response |= usage.response;
    }
    usages
}

/// Returns whether a usage has all directions of another one.
pub(in crate::lower) fn includes(usage: Usage, other: Usage) -> bool {
    (usage.request || !other.request) && (usage.response || !other.response)
}

/// Returns whether a struct differs between requests and responses.
pub(in crate::lower) fn depends_on_direction(types: &Types, body: &Struct) -> bool {
    let becomes_constant =
        |field: &Field| matches!(&field.ty.shape, Shape::Named(id) if only_enum_value(&types[*id]).is_some());
    let mut fields = body.fields.iter();
    fields.any(|field| field.read_only || field.write_only || !field.described || becomes_constant(field))
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
fn mark_reachable(types: &Types, usages: &mut [Usage], mut pending: Vec<TypeId>, direction: Direction) {
    while let Some(id) = pending.pop() {
        let usage = &mut usages[id.0 as usize];
        let mark = match direction {
            Direction::Sent => &mut usage.request,
            Direction::Received => &mut usage.response,
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        let mut add = |ty: &TypeRef| visit::named_types(ty, &mut |id| pending.push(id));
        match &types[id].body {
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
