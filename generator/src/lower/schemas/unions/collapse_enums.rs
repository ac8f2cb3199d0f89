//! Unions that are one enum: of single values with their own descriptions, of enums, or of an enum and any value of its
//! type.

use indexmap::IndexMap;

use crate::document::{Schema, SchemaId, Type};
use crate::ir::{Enum, EnumValue, Shape, TypeBody, TypeId};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::enums;
use crate::lower::schemas::enums::fits_one_enum;
use crate::lower::schemas::resolve::Built;
use crate::lower::schemas::structs;
use crate::wire::EnumBase;

/// What a member contributes to the enum.
enum Member {
    /// Its listed values.
    Listed(Enum),
    /// Any value of the type.
    All(EnumBase),
}

/// Returns the enum that all members form together, if they form one.
pub(in crate::lower) fn collapse_enums(schemas: &mut Schemas<'_>, members: &[SchemaId]) -> Option<Built> {
    if members.len() < 2 {
        return None;
    }
    let mut parts = Vec::with_capacity(members.len());
    for member in members {
        parts.push((schemas.target(*member), enum_member(schemas, *member)?));
    }
    let bases = parts.iter().map(|(_, part)| match part {
        Member::Listed(listed) => listed.base,
        Member::All(base) => *base,
    });
    let base = bases.clone().next()?;
    if bases.clone().any(|other| other != base) {
        return None;
    }
    let all = parts.iter().any(|(_, part)| matches!(part, Member::All(_)));
    let mut listed = parts.into_iter().filter_map(|(id, part)| match part {
        Member::Listed(listed) => Some((id, listed)),
        Member::All(_) => None,
    });
    let (first_id, first) = listed.next()?;
    let mut open = all || first.open;
    let mut values: IndexMap<String, EnumValue> = IndexMap::new();
    let mut single = true;
    let named = schemas.graph.component(first_id).filter(|_| first.open);
    for value in first.values {
        values.entry(value.wire.clone()).or_insert(value);
    }
    for (_, more) in listed {
        single = false;
        open |= more.open;
        for value in more.values {
            values.entry(value.wire.clone()).or_insert(value);
        }
    }
    // An open enum next to any string is that enum.
    if let (true, Some(component)) = (single, named) {
        return Some(Built::Shape(Shape::Named(TypeId(component))));
    }
    Some(Built::Body(TypeBody::Enum(Enum {
        base,
        values: values.into_values().collect(),
        open,
    })))
}

/// Replaces inline members that are one enum together, next to members of other types, by that enum. A string without a
/// format next to listed strings makes their enum open.
pub(in crate::lower) fn merge_values(schemas: &mut Schemas<'_>, id: SchemaId, members: &mut Vec<SchemaId>) {
    for (kind, base) in [(Type::String, EnumBase::String), (Type::Integer, EnumBase::Int)] {
        let mut group = Vec::new();
        let mut has_values = false;
        for member in members.iter().copied() {
            let schema = schemas.graph.get(schemas.target(member));
            if schemas.graph.component(schemas.target(member)).is_some() {
                continue;
            }
            match enum_member(schemas, member) {
                Some(Member::Listed(listed)) if listed.base == base => has_values = true,
                Some(Member::All(all)) if all == base && schema.format.is_none() && schema.bounds.is_empty() => {}
                Some(Member::Listed(_) | Member::All(_)) | None => continue,
            }
            group.push(member);
        }
        let [first, _, ..] = group.as_slice() else { continue };
        if !has_values {
            continue;
        }
        let first = *first;
        let Some(schema) = super::any_of(schemas, group.clone()) else {
            continue;
        };
        if let Some(merged) = super::synthetic_member(schemas, id, schema, kind.name()) {
            members.retain(|member| *member == first || !group.contains(member));
            members
                .iter_mut()
                .filter(|member| **member == first)
                .for_each(|member| *member = merged);
        }
    }
}

fn enum_member(schemas: &mut Schemas<'_>, member: SchemaId) -> Option<Member> {
    let target = schemas.target(member);
    let schema = all_of::flatten(schemas, target);
    if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
        return None;
    }
    if schema.values.is_none() && schema.constant.is_none() {
        return any_value_member(&schema);
    }
    if !fits_one_enum(&schema) {
        return None;
    }
    match enums::enumeration(schemas, target, &schema)? {
        Built::Body(TypeBody::Enum(mut listed)) => {
            if let [value] = listed.values.as_mut_slice() {
                // A member that was combined with the keywords next to the union keeps its title.
                let source = schemas.derived_from.get(&target).copied().unwrap_or(member);
                let docs = structs::docs_of(schemas, &schemas.graph.chain(source));
                value.description = value.description.take().or(docs.description);
                value.custom_name = value.custom_name.take().or(docs.summary);
            }
            Some(Member::Listed(listed))
        }
        Built::Body(_) | Built::Shape(_) => None,
    }
}

/// Returns the contribution of a member without listed values: any string or any integer.
fn any_value_member(schema: &Schema) -> Option<Member> {
    let mut types = schema.types;
    types.remove(Type::Null);
    let mut types = types.iter();
    let base = match (types.next()?, types.next()) {
        (Type::String, None) => EnumBase::String,
        (Type::Integer, None) => EnumBase::Int,
        _ => return None,
    };
    Some(Member::All(base))
}
