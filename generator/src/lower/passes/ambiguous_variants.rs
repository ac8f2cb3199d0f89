//! Ambiguous variants: structs of a union that one JSON value can match equally well.
//!
//! Decoding returns the first of them. The documentation of the union states this rule, and a diagnostic reports the
//! variants.

use indexmap::IndexSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Field, Shape, Strategy, Struct, TypeBody, TypeId, Types, Union};
use crate::json::Json;
use crate::lower::Lowering;
use crate::lower::types::lookup;

/// Finds the ambiguous variants of the unions in responses whose variants are distinguished by structure.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let types = &lowering.schemas.types;
    let found: Vec<(TypeId, Vec<usize>)> = types
        .iter()
        .filter(|(_, ty)| ty.usage.response)
        .filter_map(|(id, ty)| match &ty.body {
            TypeBody::Union(union) if union.strategy == Strategy::Structure => Some((id, ambiguous(types, union))),
            TypeBody::Union(_)
            | TypeBody::Struct(_)
            | TypeBody::Enum(_)
            | TypeBody::Alias(_)
            | TypeBody::Newtype(_) => None,
        })
        .filter(|(_, variants)| !variants.is_empty())
        .collect();
    for (id, variants) in found {
        let ty = &mut lowering.schemas.types[id];
        let TypeBody::Union(union) = &mut ty.body else { continue };
        let names: Vec<String> = variants
            .iter()
            .map(|index| format!("`{}`", union.variants[*index].name))
            .collect();
        union.ambiguous = variants;
        let message = format!(
            "a value can match {} equally well; it is read as the first of them",
            names.join(" and ")
        );
        lowering
            .schemas
            .report
            .push(Diagnostic::new(Code::AmbiguousVariants, ty.place, message));
    }
}

/// Returns the indices of the variants for which a value exists that matches another variant equally well.
fn ambiguous(types: &Types, union: &Union) -> Vec<usize> {
    let structs: Vec<(usize, &Struct)> = union
        .variants
        .iter()
        .enumerate()
        .filter_map(|(index, variant)| Some((index, lookup::as_struct(types, &variant.ty.shape)?.1)))
        .collect();
    let mut found = IndexSet::new();
    for (at, (index, body)) in structs.iter().enumerate() {
        for (other_index, other) in &structs[at + 1..] {
            if match_equally(types, body, other) {
                found.extend([*index, *other_index]);
            }
        }
    }
    found.into_iter().collect()
}

/// Returns whether a value that has only the shared properties matches both structs equally well.
fn match_equally(types: &Types, one: &Struct, other: &Struct) -> bool {
    let find = |body: &'_ Struct, field: &Field| body.fields.iter().position(|found| found.wire == field.wire);
    let requires_same = |one: &Struct, other: &Struct| {
        let mut required = one.fields.iter().filter(|field| !field.omittable);
        required.all(|field| find(other, field).is_some_and(|index| !other.fields[index].omittable))
    };
    let mut shared = one
        .fields
        .iter()
        .filter_map(|field| Some((field, &other.fields[find(other, field)?])))
        .peekable();
    shared.peek().is_some()
        && requires_same(one, other)
        && requires_same(other, one)
        && shared.all(|(one, other)| can_be_equal(types, one, other))
}

/// Returns whether two properties do not distinguish their structs: their constants overlap, or only one of them has constants,
/// or neither has constants and one of them may be missing or both have the same type.
fn can_be_equal(types: &Types, one: &Field, other: &Field) -> bool {
    match (constants(types, one), constants(types, other)) {
        (Some(one), Some(other)) => one.iter().any(|value| other.contains(value)),
        (Some(_), None) | (None, Some(_)) => true,
        // A property that is missing from the value does not distinguish anything.
        (None, None) => one.omittable || other.omittable || one.ty.shape == other.ty.shape,
    }
}

/// Returns the values of a property, if there is a fixed set of them. Null is `None`.
fn constants(types: &Types, field: &Field) -> Option<Vec<Option<String>>> {
    let null = field.ty.nullable.then_some(None);
    if let Some(constant) = &field.constant {
        let text = match constant {
            Json::String(text) => text.clone(),
            other => other.to_text(),
        };
        return Some(std::iter::once(Some(text)).chain(null).collect());
    }
    let Shape::Named(id) = lookup::resolve_aliases(types, &field.ty.shape) else {
        return None;
    };
    match &types[*id].body {
        TypeBody::Enum(values) => {
            let values = values.values.iter().map(|value| Some(value.wire.clone()));
            Some(values.chain(null).collect())
        }
        TypeBody::Struct(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    }
}
