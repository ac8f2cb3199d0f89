//! Union members that are one object: they differ only in `required` or in the values of enums.

use indexmap::IndexMap;

use crate::document::{Additional, Schema, SchemaId, Type, TypeSet};

use super::{any_of, synthetic_member};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::enums::fits_one_enum;

/// The maximum depth of the comparison.
const MAX_DEPTH: usize = 4;

/// Removes a member whose properties equal another's and whose `required` is a superset; merges inline objects that
/// differ only in `required` or enum values.
pub(in crate::lower) fn merge_objects(schemas: &mut Schemas<'_>, id: SchemaId, members: &mut Vec<SchemaId>) {
    let mut kept: Vec<SchemaId> = Vec::new();
    for member in members.iter() {
        let schema = schemas.graph.get(schemas.target(*member));
        let compare = |before: &SchemaId| {
            let other = schemas.graph.get(schemas.target(*before));
            let same = !schema.properties.is_empty() && has_same_properties(schemas, &schema, &other, MAX_DEPTH);
            // The member that requires less accepts the values of both. If neither `required` contains the other, both
            // members stay.
            same.then(|| {
                (
                    other.required.is_subset(&schema.required),
                    schema.required.is_subset(&other.required),
                )
            })
        };
        let found = kept
            .iter()
            .enumerate()
            .find_map(|(index, before)| match compare(before)? {
                (true, _) => Some((index, *before)),
                (false, true) => Some((index, *member)),
                (false, false) => None,
            });
        match found {
            Some((index, weaker)) => kept[index] = weaker,
            None => kept.push(*member),
        }
    }
    if let Some(one) = merge_inline_objects(schemas, id, &kept) {
        kept = vec![one];
    }
    *members = kept;
}

/// Returns whether a member is an inline schema with properties and without a composition.
fn is_inline_object(schemas: &Schemas<'_>, member: SchemaId) -> bool {
    let target = schemas.target(member);
    let schema = schemas.graph.get(target);
    schemas.graph.component(target).is_none() && has_no_composition(&schema) && !schema.properties.is_empty()
}

/// Returns the object that accepts the values of all inline objects, if they have the same properties except for enum
/// values.
fn merge_inline_objects(schemas: &mut Schemas<'_>, id: SchemaId, members: &[SchemaId]) -> Option<SchemaId> {
    let (first, others) = members.split_first().filter(|(_, others)| !others.is_empty())?;
    let first = schemas.graph.get(schemas.target(*first));
    let mut properties: IndexMap<&String, Vec<SchemaId>> = first
        .properties
        .iter()
        .map(|(name, property)| (name, vec![*property]))
        .collect();
    let mut required = first.required.clone();
    if !members.iter().all(|member| is_inline_object(schemas, *member)) {
        return None;
    }
    for other in others {
        let other = schemas.graph.get(schemas.target(*other));
        if other.properties.len() != properties.len() || other.additional != first.additional {
            return None;
        }
        for (name, found) in &mut properties {
            let property = *other.properties.get(*name)?;
            if !is_same_type(schemas, found[0], property, MAX_DEPTH) && !are_both_enums(schemas, found[0], property) {
                return None;
            }
            found.push(property);
        }
        required.retain(|name| other.required.contains(name));
    }
    let mut one = Schema {
        place: first.place,
        pointer: first.pointer.clone(),
        types: TypeSet::from_iter([Type::Object]),
        additional: first.additional,
        required,
        ..Schema::default()
    };
    let mut parts = Vec::new();
    for (name, found) in properties {
        let same = found
            .iter()
            .all(|other| is_same_type(schemas, found[0], *other, MAX_DEPTH));
        let property = if same {
            found[0]
        } else {
            make_any_of(schemas, id, found)?
        };
        parts.push((property, name.clone()));
        one.properties.insert(name.clone(), property);
    }
    let one = synthetic_member(schemas, id, one, "")?;
    for (property, name) in parts {
        schemas.inline_names.insert(property, one, name);
    }
    Some(one)
}

/// Creates the union of these schemas.
fn make_any_of(schemas: &mut Schemas<'_>, parent: SchemaId, members: Vec<SchemaId>) -> Option<SchemaId> {
    let schema = any_of(schemas, members)?;
    let Some(id) = schemas.graph.add(schema) else {
        all_of::report_size_limit(schemas, parent);
        return None;
    };
    Some(id)
}

/// Returns whether both schemas are enums with the same declared types.
fn are_both_enums(schemas: &Schemas<'_>, first: SchemaId, second: SchemaId) -> bool {
    let (first, second) = (
        schemas.graph.get(schemas.target(first)),
        schemas.graph.get(schemas.target(second)),
    );
    first.types == second.types && fits_one_enum(&first) && fits_one_enum(&second)
}

fn has_no_composition(schema: &Schema) -> bool {
    let parts = [&schema.all_of, &schema.conditional, &schema.one_of, &schema.any_of];
    schema.reference.is_none() && parts.into_iter().all(Vec::is_empty)
}

/// Returns whether two objects have the same properties, ignoring `required`.
fn has_same_properties(schemas: &Schemas<'_>, first: &Schema, second: &Schema, remaining_depth: usize) -> bool {
    first.types == second.types
        && first.properties.len() == second.properties.len()
        && first.additional == second.additional
        && [first, second]
            .iter()
            .all(|schema| schema.all_of.is_empty() && schema.conditional.is_empty())
        && first.properties.iter().all(|(name, property)| {
            second
                .properties
                .get(name)
                .is_some_and(|other| is_same_type(schemas, *property, *other, remaining_depth))
        })
}

/// Returns whether two schemas have the same types, format, values, items and properties.
fn is_same_type(schemas: &Schemas<'_>, first: SchemaId, second: SchemaId, remaining_depth: usize) -> bool {
    // Targets lack the null that references add.
    if all_of::may_be_null(schemas, first) != all_of::may_be_null(schemas, second) {
        return false;
    }
    let (first, second) = (schemas.target(first), schemas.target(second));
    if first == second {
        return true;
    }
    let (first, second) = (schemas.graph.get(first), schemas.graph.get(second));
    let is_same = |first, second| remaining_depth > 0 && is_same_type(schemas, first, second, remaining_depth - 1);
    let same_items = match (first.items, second.items) {
        (Some(first), Some(second)) => is_same(first, second),
        (None, None) => true,
        _ => false,
    };
    let same_additional = match (first.additional, second.additional) {
        (Additional::Schema(first), Additional::Schema(second)) => is_same(first, second),
        (first, second) => first == second,
    };
    has_no_composition(&first)
        && has_no_composition(&second)
        && first.types == second.types
        && first.format == second.format
        && first.values == second.values
        && first.constant == second.constant
        && first.prefix_items.is_empty()
        && second.prefix_items.is_empty()
        && same_items
        && same_additional
        && first.content_encoding == second.content_encoding
        && first.required == second.required
        && (first.properties.is_empty() && second.properties.is_empty()
            || remaining_depth > 0 && has_same_properties(schemas, &first, &second, remaining_depth - 1))
}
