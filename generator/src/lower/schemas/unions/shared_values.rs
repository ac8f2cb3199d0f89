//! Shared values: variants of a union that have a discriminator value in common. Their structure distinguishes them.

use rustc_hash::FxHashMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::document::Schema;
use crate::ir::Union;
use crate::lower::schemas::Schemas;

/// Returns for each variant whether it shares a discriminator value with another one.
pub(super) fn of(union: &Union) -> Vec<bool> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut shared = vec![false; union.variants.len()];
    for (index, variant) in union.variants.iter().enumerate() {
        for tag in &variant.tags {
            let other = *first.entry(tag).or_insert(index);
            if other != index {
                shared[other] = true;
                shared[index] = true;
            }
        }
    }
    shared
}

/// Reports members that share a discriminator value.
pub(super) fn report(schemas: &mut Schemas<'_>, schema: &Schema, union: &Union) {
    let variants = union.variants.iter().zip(of(union));
    let names: Vec<String> = variants
        .filter(|(_, is_shared)| *is_shared)
        .map(|(variant, _)| format!("`{}`", variant.name))
        .collect();
    if names.is_empty() {
        return;
    }
    let names = match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        Some(_) | None => names.concat(),
    };
    let message = format!("{names} share discriminator values; they are distinguished by structure");
    let diagnostic = Diagnostic::new(Code::UntaggedMember, schema.place, message);
    schemas
        .report
        .push(diagnostic.help("use a different discriminator value for each member"));
}
