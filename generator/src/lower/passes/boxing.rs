//! Boxing: which properties and variants are boxed, and which aliases become newtypes.
//!
//! A value would contain itself if types refer to each other in a cycle without a list or map. Properties in such a cycle
//! are boxed. Variants of unions are boxed only if no boxed property breaks the cycle. The choice depends on the cycle
//! alone, not on the order of the document. An alias that refers to itself through a list or map becomes a newtype. An alias
//! that refers only to itself becomes any value.

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Shape, TypeBody, TypeId, TypeRef, Types};
use crate::lower::Lowering;
use crate::lower::passes::scc::{Cycles, Edges};
use crate::lower::types::visit;

/// Marks boxed fields and variants, and replaces recursive aliases.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    replace_empty_cycles(lowering);
    wrap_recursive_aliases(&mut lowering.schemas.types);
    let cycles = Cycles::find(&edges(&lowering.schemas.types, visit_direct_in_body));
    mark_fields(&mut lowering.schemas.types, &cycles);
    let cycles = Cycles::find(&edges(&lowering.schemas.types, visit_direct_unboxed));
    mark_variants(&mut lowering.schemas.types, &cycles);
}

/// Replaces aliases that refer only to each other by any value.
fn replace_empty_cycles(lowering: &mut Lowering<'_>) {
    let cycles = Cycles::find(&edges(&lowering.schemas.types, |body, call| match body {
        TypeBody::Alias(ty) => visit_direct(ty, call),
        TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => {}
    }));
    for index in 0..lowering.schemas.types.0.len() {
        if !cycles.is_cyclic(index) {
            continue;
        }
        let ty = &mut lowering.schemas.types.0[index];
        ty.body = TypeBody::Alias(TypeRef::non_null(Shape::Any));
        let (place, pointer) = (ty.place, ty.pointer.clone());
        let message = "this schema refers only to itself; it is read as any JSON value";
        lowering
            .schemas
            .report
            .push(Diagnostic::new(Code::SelfReference, place, message));
        lowering
            .schemas
            .report
            .record_dropped(place, &pointer, "refers only to itself");
    }
}

/// Replaces aliases that refer to each other through lists or maps by newtypes.
fn wrap_recursive_aliases(types: &mut Types) {
    let cycles = Cycles::find(&edges(types, |body, call| match body {
        TypeBody::Alias(ty) => visit::named_types(ty, call),
        TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => {}
    }));
    for (index, ty) in types.0.iter_mut().enumerate() {
        if !cycles.is_cyclic(index) {
            continue;
        }
        if let TypeBody::Alias(inner) = &mut ty.body {
            ty.body = TypeBody::Newtype(std::mem::replace(inner, TypeRef::non_null(Shape::Any)));
        }
    }
}

fn mark_fields(types: &mut Types, cycles: &Cycles) {
    for (index, ty) in types.0.iter_mut().enumerate() {
        if let TypeBody::Struct(body) = &mut ty.body {
            for field in &mut body.fields {
                field.boxed = is_in_cycle(&field.ty, index, cycles);
            }
        }
    }
}

fn mark_variants(types: &mut Types, cycles: &Cycles) {
    for (index, ty) in types.0.iter_mut().enumerate() {
        if let TypeBody::Union(union) = &mut ty.body {
            for variant in &mut union.variants {
                variant.boxed = is_in_cycle(&variant.ty, index, cycles);
            }
        }
    }
}

/// Returns whether a type reference is part of a cycle through the type `from`.
fn is_in_cycle(ty: &TypeRef, from: usize, cycles: &Cycles) -> bool {
    let mut is_in_cycle = false;
    visit_direct(ty, &mut |to| is_in_cycle |= cycles.in_same_cycle(from, to.0 as usize));
    is_in_cycle
}

fn edges(types: &Types, of: impl Fn(&TypeBody, &mut dyn FnMut(TypeId))) -> Edges {
    let mut edges = Edges::default();
    for ty in &types.0 {
        of(&ty.body, &mut |id| edges.add(id.0));
        edges.next_node();
    }
    edges
}

/// Visits the types that a body contains without a list or map in between.
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
        Shape::Bool
        | Shape::Int(_)
        | Shape::Float
        | Shape::Foreign(_)
        | Shape::Text(_)
        | Shape::Base64
        | Shape::Binary => {}
    }
}
