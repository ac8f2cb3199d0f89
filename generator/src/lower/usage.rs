//! Usage: what is sent, what is received, and what of a type travels in which direction.
//!
//! A property that is only received says nothing about what is sent, and the other way round. A type in one direction does
//! not have the properties of the other; in a type for both directions they may be left out.

use crate::ir::{TypeBody, TypeId, TypeRef};

use super::{Lowering, walk};

/// A direction in which values travel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Sent,
    Received,
}

/// Says of each type who uses it, and leaves out the properties that its users never see.
pub(super) fn run(lowering: &mut Lowering<'_>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    let api = &lowering.api;
    for operation in &api.operations {
        walk::sent(operation, &mut |ty: &TypeRef| walk::named(ty, &mut |id| sent.push(id)));
        walk::received(api, operation, &mut |ty: &TypeRef| {
            walk::named(ty, &mut |id| received.push(id))
        });
    }
    for payload in api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        walk::named(payload, &mut |id| received.push(id));
    }
    spread(lowering, sent, Direction::Sent);
    spread(lowering, received, Direction::Received);
    for ty in &mut lowering.api.types.0 {
        let usage = ty.usage;
        let TypeBody::Struct(body) = &mut ty.body else { continue };
        match (usage.request, usage.response) {
            (true, false) => body.fields.retain(|field| !field.read_only),
            (false, true) => body.fields.retain(|field| !field.write_only),
            (true, true) => body
                .fields
                .iter_mut()
                .for_each(|field| field.omittable |= field.read_only || field.write_only),
            (false, false) => {}
        }
    }
}

/// Marks all that these types consist of.
fn spread(lowering: &mut Lowering<'_>, mut open: Vec<TypeId>, direction: Direction) {
    while let Some(id) = open.pop() {
        let usage = &mut lowering.api.types[id].usage;
        let mark = match direction {
            Direction::Sent => &mut usage.request,
            Direction::Received => &mut usage.response,
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        let mut add = |ty: &TypeRef| walk::named(ty, &mut |id| open.push(id));
        match &lowering.api.types[id].body {
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
                walk::uses(body, &mut |ty| add(ty));
            }
        }
    }
}
