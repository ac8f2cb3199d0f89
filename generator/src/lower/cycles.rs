//! Cycles: which properties and members have to be boxed, and which aliases need a type of their own.
//!
//! A value would contain itself where types refer to each other in a circle that no list or map interrupts. Properties in
//! such a circle are boxed; members of unions only where no property interrupts the circle. The choice depends on the
//! circle alone, not on the order of the document. An alias that refers to itself through a list becomes a type; one that is
//! nothing but a circle is any value.

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Api, Shape, TypeBody, TypeId, TypeRef};

use super::circles::{Circles, Edges};
use super::{Lowering, walk};

/// Marks boxes, and mends aliases.
pub(super) fn run(lowering: &mut Lowering<'_>) {
    mend_empty_circles(lowering);
    mend_aliases(&mut lowering.api);
    let circles = Circles::find(&edges(&lowering.api, direct_of));
    mark_fields(&mut lowering.api, &circles);
    let circles = Circles::find(&edges(&lowering.api, direct_unless_boxed));
    mark_variants(&mut lowering.api, &circles);
}

/// Aliases that are only each other become any value.
fn mend_empty_circles(lowering: &mut Lowering<'_>) {
    let circles = Circles::find(&edges(&lowering.api, |body, call| match body {
        TypeBody::Alias(ty) => direct(ty, call),
        TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => {}
    }));
    for index in 0..lowering.api.types.0.len() {
        if !circles.is_in_one(index) {
            continue;
        }
        let ty = &mut lowering.api.types.0[index];
        ty.body = TypeBody::Alias(TypeRef::plain(Shape::Any));
        let (place, pointer) = (ty.place, ty.pointer.clone());
        let message = "this schema refers to nothing but itself; it becomes any JSON value";
        lowering
            .diagnostics
            .push(Diagnostic::new(Code::SelfReference, place, message));
        lowering.drop(place, &pointer, "refers to nothing but itself");
    }
}

/// Aliases that refer to each other, through lists or maps, become types.
fn mend_aliases(api: &mut Api) {
    let circles = Circles::find(&edges(api, |body, call| match body {
        TypeBody::Alias(ty) => walk::named(ty, call),
        TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => {}
    }));
    for (index, ty) in api.types.0.iter_mut().enumerate() {
        if !circles.is_in_one(index) {
            continue;
        }
        if let TypeBody::Alias(inner) = &mut ty.body {
            ty.body = TypeBody::Newtype(std::mem::replace(inner, TypeRef::plain(Shape::Any)));
        }
    }
}

fn mark_fields(api: &mut Api, circles: &Circles) {
    for (index, ty) in api.types.0.iter_mut().enumerate() {
        if let TypeBody::Struct(body) = &mut ty.body {
            for field in &mut body.fields {
                field.boxed = reaches(&field.ty, index, circles);
            }
        }
    }
}

fn mark_variants(api: &mut Api, circles: &Circles) {
    for (index, ty) in api.types.0.iter_mut().enumerate() {
        if let TypeBody::Union(union) = &mut ty.body {
            for variant in &mut union.variants {
                variant.boxed = reaches(&variant.ty, index, circles);
            }
        }
    }
}

/// Whether a use leads around to the type that it stands in.
fn reaches(ty: &TypeRef, from: usize, circles: &Circles) -> bool {
    let mut reaches = false;
    direct(ty, &mut |to| reaches |= circles.together(from, to.0 as usize));
    reaches
}

fn edges(api: &Api, of: impl Fn(&TypeBody, &mut dyn FnMut(TypeId))) -> Edges {
    let mut edges = Edges::default();
    for ty in &api.types.0 {
        of(&ty.body, &mut |id| edges.add(id.0));
        edges.close();
    }
    edges
}

/// What a body contains without a list or map between.
fn direct_of(body: &TypeBody, call: &mut dyn FnMut(TypeId)) {
    match body {
        TypeBody::Struct(body) => body.fields.iter().for_each(|field| direct(&field.ty, call)),
        TypeBody::Enum(_) => {}
        TypeBody::Union(union) => union.variants.iter().for_each(|variant| direct(&variant.ty, call)),
        TypeBody::Alias(ty) | TypeBody::Newtype(ty) => direct(ty, call),
    }
}

fn direct_unless_boxed(body: &TypeBody, call: &mut dyn FnMut(TypeId)) {
    match body {
        TypeBody::Struct(body) => body
            .fields
            .iter()
            .filter(|field| !field.boxed)
            .for_each(|field| direct(&field.ty, call)),
        TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => direct_of(body, call),
    }
}

fn direct(ty: &TypeRef, call: &mut dyn FnMut(TypeId)) {
    match &ty.shape {
        Shape::Named(id) => call(*id),
        Shape::Tuple(items) => items.iter().for_each(|item| direct(item, call)),
        Shape::List(_) | Shape::Map(_) | Shape::Object | Shape::Any | Shape::Never | Shape::Null => {}
        Shape::Bool | Shape::Int(_) | Shape::Float(_) | Shape::Text(_) | Shape::Base64 | Shape::Binary => {}
    }
}
