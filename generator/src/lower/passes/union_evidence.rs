//! Union evidence: the structure by which the variants of all unions are recognized (`schemas/unions/evidence.rs`).
//!
//! It depends on the finished types of the variants, so it is determined after the last pass that changes them.

use rayon::prelude::*;

use crate::ir::{Evidence, TypeBody, TypeId};
use crate::json::JsonKind;
use crate::lower::Lowering;
use crate::lower::schemas::unions::evidence;

/// Sets the evidence of all variants, and whether a union keeps objects that no variant can represent.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let types = &lowering.schemas.types;
    let found = types.par_iter().filter_map(|(id, ty)| match &ty.body {
        TypeBody::Union(union) => Some((id, evidence::of_union(types, union))),
        TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    });
    let found: Vec<(TypeId, Vec<Evidence>)> = found.collect();
    for (id, evidence) in found {
        let ty = &mut lowering.schemas.types[id];
        let received = ty.usage.response;
        if let TypeBody::Union(union) = &mut ty.body {
            let has_objects = evidence.iter().any(|one| one.kinds.contains(&JsonKind::Object));
            union.verbatim &= received && !union.open && has_objects;
            for (variant, evidence) in union.variants.iter_mut().zip(evidence) {
                variant.evidence = evidence;
            }
        }
    }
}
