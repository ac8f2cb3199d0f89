//! Cycles: which properties and members have to be boxed, and which aliases need a type of their own.
//!
//! A value would contain itself where types refer to each other in a circle that no list or map interrupts. Properties in
//! such a circle are boxed; members of unions only where no property interrupts the circle. The choice depends on the
//! circle alone, not on the order of the document. An alias that refers to itself through a list becomes a type; one that is
//! nothing but a circle is any value.

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Api, Shape, TypeBody, TypeId, TypeRef};

use super::scc::{Components, Edges};
use super::{Lowering, visit};

/// Marks boxes, and mends aliases.
pub(super) fn run(lowering: &mut Lowering<'_>) {
    replace_empty_cycles(lowering);
    wrap_recursive_aliases(&mut lowering.api);
    let components = Components::find(&edges(&lowering.api, visit_direct_in_body));
    mark_fields(&mut lowering.api, &components);
    let components = Components::find(&edges(&lowering.api, visit_direct_unboxed));
    mark_variants(&mut lowering.api, &components);
}

/// Aliases that are only each other become any value.
fn replace_empty_cycles(lowering: &mut Lowering<'_>) {
    let components = Components::find(&edges(&lowering.api, |body, call| match body {
        TypeBody::Alias(ty) => visit_direct(ty, call),
        TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => {}
    }));
    for index in 0..lowering.api.types.0.len() {
        if !components.is_cyclic(index) {
            continue;
        }
        let ty = &mut lowering.api.types.0[index];
        ty.body = TypeBody::Alias(TypeRef::non_null(Shape::Any));
        let (place, pointer) = (ty.place, ty.pointer.clone());
        let message = "this schema refers to nothing but itself; it becomes any JSON value";
        lowering
            .diagnostics
            .push(Diagnostic::new(Code::SelfReference, place, message));
        lowering.drop(place, &pointer, "refers to nothing but itself");
    }
}

/// Aliases that refer to each other, through lists or maps, become types.
fn wrap_recursive_aliases(api: &mut Api) {
    let components = Components::find(&edges(api, |body, call| match body {
        TypeBody::Alias(ty) => visit::named_types(ty, call),
        TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => {}
    }));
    for (index, ty) in api.types.0.iter_mut().enumerate() {
        if !components.is_cyclic(index) {
            continue;
        }
        if let TypeBody::Alias(inner) = &mut ty.body {
            ty.body = TypeBody::Newtype(std::mem::replace(inner, TypeRef::non_null(Shape::Any)));
        }
    }
}

fn mark_fields(api: &mut Api, components: &Components) {
    for (index, ty) in api.types.0.iter_mut().enumerate() {
        if let TypeBody::Struct(body) = &mut ty.body {
            for field in &mut body.fields {
                field.boxed = is_in_cycle(&field.ty, index, components);
            }
        }
    }
}

fn mark_variants(api: &mut Api, components: &Components) {
    for (index, ty) in api.types.0.iter_mut().enumerate() {
        if let TypeBody::Union(union) = &mut ty.body {
            for variant in &mut union.variants {
                variant.boxed = is_in_cycle(&variant.ty, index, components);
            }
        }
    }
}

/// Whether a use leads around to the type that it stands in.
fn is_in_cycle(ty: &TypeRef, from: usize, components: &Components) -> bool {
    let mut is_in_cycle = false;
    visit_direct(ty, &mut |to| {
        is_in_cycle |= components.in_same_cycle(from, to.0 as usize)
    });
    is_in_cycle
}

fn edges(api: &Api, of: impl Fn(&TypeBody, &mut dyn FnMut(TypeId))) -> Edges {
    let mut edges = Edges::default();
    for ty in &api.types.0 {
        of(&ty.body, &mut |id| edges.add(id.0));
        edges.next_node();
    }
    edges
}

/// What a body contains without a list or map between.
fn visit_direct_in_body(body: &TypeBody, call: &mut dyn FnMut(TypeId)) {
    match body {
        TypeBody::Struct(body) => body.fields.iter().for_each(|field| visit_direct(&field.ty, call)),
        TypeBody::Enum(_) => {}
        TypeBody::Union(union) => union
            .variants
            .iter()
            .for_each(|variant| visit_direct(&variant.ty, call)),
        TypeBody::Alias(ty) | TypeBody::Newtype(ty) => visit_direct(ty, call),
    }
}

fn visit_direct_unboxed(body: &TypeBody, call: &mut dyn FnMut(TypeId)) {
    match body {
        TypeBody::Struct(body) => body
            .fields
            .iter()
            .filter(|field| !field.boxed)
            .for_each(|field| visit_direct(&field.ty, call)),
        TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => {
            visit_direct_in_body(body, call)
        }
    }
}

fn visit_direct(ty: &TypeRef, call: &mut dyn FnMut(TypeId)) {
    match &ty.shape {
        Shape::Named(id) => call(*id),
        Shape::Tuple(items) => items.iter().for_each(|item| visit_direct(item, call)),
        Shape::List(_) | Shape::Map(_) | Shape::Object | Shape::Any | Shape::Never | Shape::Null => {}
        Shape::Bool | Shape::Int(_) | Shape::Float(_) | Shape::Text(_) | Shape::Base64 | Shape::Binary => {}
    }
}
