//! Supertypes of union members: a common one, whose discriminator distinguishes them, and one that is a member itself.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::document::{Discriminator, SchemaId};
use crate::ir::TypeBody;
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::resolve::Built;
use crate::lower::schemas::unions::discriminator::{derived_from, discriminator_union};
use crate::lower::schemas::unions::mapped_values::MappedValues;

/// Returns the union of members that extend one component with a discriminator by `allOf`. Some frameworks declare the
/// discriminator only there, and not next to the union.
pub(super) fn union_of_subtypes(schemas: &mut Schemas<'_>, members: &[SchemaId]) -> Option<Built> {
    let (first, others) = members.split_first().filter(|(_, others)| !others.is_empty())?;
    let parts = |member: SchemaId| all_of::all_of_parts(schemas, schemas.target(member));
    let has_discriminator = |part: &SchemaId| schemas.graph.get(*part).discriminator.is_some();
    let mut common: Vec<SchemaId> = parts(*first).into_iter().filter(has_discriminator).collect();
    for other in others {
        let other = parts(*other);
        common.retain(|part| other.contains(part));
    }
    let targets: Vec<SchemaId> = members.iter().map(|member| schemas.target(*member)).collect();
    let supertype = common.pop().filter(|supertype| !targets.contains(supertype))?;
    let declared = schemas.graph.get(supertype).discriminator.clone()?;
    let values = declared.mapping.into_iter();
    let mapping: IndexMap<String, SchemaId> = values
        .filter_map(|(value, target)| Some((value, member_of(schemas, &targets, target)?)))
        .collect();
    let discriminator = Discriminator {
        mapping,
        property: declared.property,
        default: None,
    };
    let union = discriminator_union(schemas, &discriminator, members, None)?;
    let mut seen = FxHashSet::default();
    let mut values = union.variants.iter().flat_map(|variant| &variant.tags);
    let is_distinct = values.all(|value| seen.insert(value));
    is_distinct.then(|| Built::Body(TypeBody::Union(union)))
}

/// Returns the member for a schema in the mapping of the supertype: the schema itself, otherwise a member that the schema
/// extends, otherwise the only member that extends the schema.
fn member_of(schemas: &Schemas<'_>, members: &[SchemaId], of: SchemaId) -> Option<SchemaId> {
    let of = schemas.target(of);
    let above = all_of::all_of_parts(schemas, of);
    let mut extending = members
        .iter()
        .filter(|member| all_of::all_of_parts(schemas, **member).contains(&of));
    let only = extending.next().filter(|_| extending.next().is_none());
    let exact = members.iter().find(|member| **member == of);
    let extended = members.iter().find(|member| above.contains(*member));
    exact.or(extended).or(only).copied()
}

/// Returns the only member that lacks the property and is not in the mapping, if all others have the property and all
/// properties of that member. It is the supertype of the others, and its values have no discriminator (.NET).
pub(super) fn member_without_value(
    schemas: &mut Schemas<'_>,
    discriminator: &Discriminator,
    members: &[SchemaId],
) -> Option<usize> {
    if discriminator.mapping.is_empty() {
        return None;
    }
    let sources: Vec<SchemaId> = members.iter().map(|member| derived_from(schemas, *member)).collect();
    let flat: Vec<_> = sources.iter().map(|source| all_of::flatten(schemas, *source)).collect();
    let has_property = |index: &usize| flat[*index].properties.contains_key(&discriminator.property);
    let (others, lacking): (Vec<usize>, Vec<usize>) = (0..members.len()).partition(has_property);
    let [index] = lacking.as_slice() else { return None };
    let own = &flat[*index].properties;
    let extends = |other: &usize| own.keys().all(|name| flat[*other].properties.contains_key(name));
    if own.is_empty() || !others.iter().all(extends) {
        return None;
    }
    let is_mapped = !MappedValues::new(schemas, discriminator).of(sources[*index]).is_empty();
    let has_value = extensions::discriminator_value(&schemas.graph.get(sources[*index]).extensions).is_some();
    (!is_mapped && !has_value).then_some(*index)
}
