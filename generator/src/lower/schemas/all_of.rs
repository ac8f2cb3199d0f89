//! Merging of `allOf`: one schema that has all constraints of its parts.
//!
//! In: a schema with `allOf`, or with keywords next to `$ref`. Out: a schema without either. The result has the
//! properties and required names of all parts, and the intersection of their bounds and enums. A property of several
//! parts becomes the intersection of its schemas. A contradiction is reported, and the contradicting keywords are
//! dropped, because the server does send a value although no value matches the schema. Parts without a common type
//! become any JSON value.

use indexmap::IndexSet;
use rustc_hash::FxHashSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Schema, SchemaId, Type, TypeSet};
use crate::json::Json;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::bounds;
use crate::lower::schemas::conditional;
use crate::lower::schemas::contradictions::{self, KEYWORDS_IGNORED, READ_AS_ANY};
use crate::lower::schemas::graph::{OwnConstraints, View, own_constraints};

/// The maximum nesting depth of `allOf`.
const MAX_DEPTH: usize = 48;

/// Returns the schema with all its `allOf` parts, references and conditional properties merged into it.
pub(in crate::lower) fn flatten<'d>(schemas: &mut Schemas<'d>, id: SchemaId) -> View<'d> {
    let schema = schemas.graph.get(id);
    if schema.reference.is_none() && schema.all_of.is_empty() && schema.conditional.is_empty() {
        return schema;
    }
    if let Some(merged) = schemas.merged.get(&id) {
        return schemas.graph.get(*merged);
    }
    let parts = all_of_parts(schemas, id);
    let merged = merge(schemas, id, &parts);
    match schemas.graph.add(merged) {
        Some(new) => {
            schemas.inline_names.insert(new, id, "");
            schemas.merged.insert(id, new);
            schemas.graph.get(new)
        }
        None => {
            report_size_limit(schemas, id);
            View::Synthetic(std::sync::Arc::new(Schema {
                place: schema.place,
                ..Schema::default()
            }))
        }
    }
}

/// Returns the merged schema that a reference resolves to.
pub(in crate::lower) fn flatten_target<'d>(schemas: &mut Schemas<'d>, id: SchemaId) -> View<'d> {
    let target = schemas.target(id);
    flatten(schemas, target)
}

/// Returns all schemas that a value must match: the referenced ones first, the schema itself last.
pub(in crate::lower) fn all_of_parts(schemas: &Schemas<'_>, id: SchemaId) -> IndexSet<SchemaId> {
    let mut parts = PartCollector {
        parts: IndexSet::new(),
        seen: FxHashSet::default(),
    };
    collect_parts(schemas, id, 0, &mut parts);
    parts.parts
}

fn collect_parts(schemas: &Schemas<'_>, id: SchemaId, depth: usize, to: &mut PartCollector) {
    if depth > MAX_DEPTH || !to.seen.insert(id) {
        return;
    }
    let schema = schemas.graph.get(id);
    for part in schema.reference.iter().chain(&schema.all_of) {
        collect_parts(schemas, *part, depth + 1, to);
    }
    to.parts.insert(id);
}

fn merge(schemas: &mut Schemas<'_>, id: SchemaId, parts: &IndexSet<SchemaId>) -> Schema {
    let root = schemas.graph.get(id);
    let mut merged = Schema {
        place: root.place,
        pointer: root.pointer.clone(),
        discriminator: root.discriminator.clone(),
        nullable: root.nullable,
        ..Schema::default()
    };
    for part in parts {
        let schema = schemas.graph.get(*part);
        // Annotations of another component describe that component.
        if *part == id || schemas.graph.component(*part).is_none() {
            copy_annotations(&mut merged, &schema);
        }
        if own_constraints(&schema) != OwnConstraints::None && !merge_constraints(schemas, &mut merged, &schema, id) {
            contradictions::report(schemas, id, "its parts allow no common type", READ_AS_ANY);
            return any_value(&root);
        }
        if *part == id || !has_member_among(schemas, &schema, parts) {
            merge_union(schemas, &mut merged, &schema, id);
        }
        if !schema.bounds.is_empty() {
            bounds::intersect(&mut merged.bounds, &schema.bounds);
        }
        merged.read_only |= schema.read_only;
        merged.write_only |= schema.write_only;
    }
    conditional::add_properties(schemas, &mut merged, parts, id);
    merged
}

/// Returns a schema that any value matches, with the annotations of another schema.
fn any_value(schema: &Schema) -> Schema {
    let mut any = Schema {
        place: schema.place,
        pointer: schema.pointer.clone(),
        read_only: schema.read_only,
        write_only: schema.write_only,
        ..Schema::default()
    };
    copy_annotations(&mut any, schema);
    any
}

/// Adds the constraints of a part. Returns `false` if the part and the parts before it have no type in common.
fn merge_constraints(schemas: &mut Schemas<'_>, merged: &mut Schema, part: &Schema, owner: SchemaId) -> bool {
    merged.never |= part.never;
    let Some(types) = common_types(merged.types, part.types) else {
        return false;
    };
    merged.types = types;
    merge_properties(schemas, merged, part, owner);
    merged.required.extend(part.required.iter().cloned());
    merged.additional = additional(merged.additional, part.additional);
    merged.items = match (merged.items, part.items) {
        (Some(first), Some(second)) => Some(intersection(schemas, first, second, owner, "item")),
        (first, second) => first.or(second),
    };
    if merged.prefix_items.is_empty() {
        merged.prefix_items.clone_from(&part.prefix_items);
    }
    merge_values(schemas, merged, part, owner);
    replace(&mut merged.format, &part.format);
    replace(&mut merged.content_encoding, &part.content_encoding);
    replace(&mut merged.content_media_type, &part.content_media_type);
    replace(&mut merged.content_schema, &part.content_schema);
    for keyword in &part.untyped_keywords {
        if !merged.untyped_keywords.contains(keyword) {
            merged.untyped_keywords.push(keyword);
        }
    }
    true
}

fn merge_properties(schemas: &mut Schemas<'_>, merged: &mut Schema, part: &Schema, owner: SchemaId) {
    for (name, property) in &part.properties {
        let both = match merged.properties.get(name).copied() {
            Some(before) => {
                if schemas.derived_from.contains_key(&owner) && are_disjoint(schemas, before, *property) {
                    contradictions::report(schemas, owner, "a property has no common value", KEYWORDS_IGNORED);
                }
                intersection(schemas, before, *property, owner, name)
            }
            None => *property,
        };
        merged.properties.insert(name.clone(), both);
    }
}

fn merge_values(schemas: &mut Schemas<'_>, merged: &mut Schema, part: &Schema, owner: SchemaId) {
    if let Some(values) = &part.values {
        let common = match merged.values.take() {
            Some(before) => before.into_iter().filter(|value| values.contains(value)).collect(),
            None => values.clone(),
        };
        if common.is_empty() && !values.is_empty() {
            contradictions::report(schemas, owner, "its parts have no common value", KEYWORDS_IGNORED);
        } else {
            merged.values = Some(common);
        }
    }
    match (&merged.constant, &part.constant) {
        (Some(first), Some(second)) if first != second => {
            merged.constant = None;
            contradictions::report(schemas, owner, "its parts have different constants", KEYWORDS_IGNORED);
        }
        (None, Some(_)) => merged.constant.clone_from(&part.constant),
        _ => {}
    }
}

/// Returns whether the part is a union that has one of the other parts as a member. A value that matches that part also
/// matches the union, so the union adds no constraint.
fn has_member_among(schemas: &Schemas<'_>, part: &Schema, parts: &IndexSet<SchemaId>) -> bool {
    let mut members = part.one_of.iter().chain(&part.any_of);
    members.any(|member| schemas.graph.chain(*member).iter().any(|member| parts.contains(member)))
}

/// Adds the union of a part. A schema holds at most two unions.
fn merge_union(schemas: &mut Schemas<'_>, merged: &mut Schema, part: &Schema, owner: SchemaId) {
    for members in [&part.one_of, &part.any_of] {
        if members.is_empty() {
            continue;
        }
        if keep_narrower(schemas, &mut merged.one_of, members) || keep_narrower(schemas, &mut merged.any_of, members) {
            continue;
        }
        let free = merged.one_of.is_empty() || merged.any_of.is_empty();
        let room = if merged.one_of.is_empty() {
            &mut merged.one_of
        } else {
            &mut merged.any_of
        };
        if free {
            room.clone_from(members);
            if merged.discriminator.is_none() {
                merged.discriminator.clone_from(&part.discriminator);
            }
        } else {
            contradictions::report_third_union(schemas, owner);
        }
    }
}

/// Returns whether one of two unions contains all members of the other, and keeps the smaller one.
fn keep_narrower(schemas: &Schemas<'_>, before: &mut Vec<SchemaId>, members: &[SchemaId]) -> bool {
    let targets = |members: &[SchemaId]| {
        members
            .iter()
            .map(|member| schemas.target(*member))
            .collect::<FxHashSet<_>>()
    };
    let (old, new) = (targets(before), targets(members));
    if old.is_empty() || !(old.is_subset(&new) || new.is_subset(&old)) {
        return false;
    }
    if new.len() < old.len() {
        *before = members.to_vec();
    }
    true
}

/// Returns whether both schemas list their values and have no value in common.
pub(in crate::lower) fn are_disjoint(schemas: &Schemas<'_>, first: SchemaId, second: SchemaId) -> bool {
    let (first, second) = (
        schemas.graph.get(schemas.target(first)),
        schemas.graph.get(schemas.target(second)),
    );
    let lists = |schema: &Schema| schema.values.is_some() || schema.constant.is_some();
    let mut values = listed_values(&first);
    lists(&first) && lists(&second) && !values.any(|value| listed_values(&second).any(|other| other == value))
}

/// Returns the schema of the values that match both. Its inline name is `segment` below `owner`.
pub(in crate::lower) fn intersection(
    schemas: &mut Schemas<'_>,
    first: SchemaId,
    second: SchemaId,
    owner: SchemaId,
    segment: &str,
) -> SchemaId {
    let (first_target, second_target) = (schemas.target(first), schemas.target(second));
    if first == second || first_target == second_target || is_unconstrained(&schemas.graph.get(first_target)) {
        return second;
    }
    if is_unconstrained(&schemas.graph.get(second_target)) {
        return first;
    }
    if is_type_of(schemas, first_target, second_target) {
        return second;
    }
    if is_type_of(schemas, second_target, first_target) {
        return first;
    }
    match schemas.graph.intersect(first, second) {
        Some((id, new)) => {
            if new {
                schemas.inline_names.insert(id, owner, segment.to_owned());
            }
            id
        }
        None => {
            report_size_limit(schemas, owner);
            second
        }
    }
}

/// Returns whether a schema has no constraints other than bounds and null.
pub(in crate::lower) fn is_unconstrained(schema: &Schema) -> bool {
    schema.reference.is_none() && schema.all_of.is_empty() && own_constraints(schema) == OwnConstraints::None
}

/// Returns whether a schema only states a type that all values of the other schema have. An envelope declares its payload
/// this way (`data: { type: object }`), and each response declares the same property with the schema of its payload.
fn is_type_of(schemas: &Schemas<'_>, general: SchemaId, special: SchemaId) -> bool {
    let general = schemas.graph.get(general);
    let is_only_type = general.reference.is_none()
        && general.all_of.is_empty()
        && own_constraints(&general) == OwnConstraints::TypeOnly
        && general.bounds.is_empty();
    let is_general_nullable = general.nullable || general.types.has(Type::Null);
    if !is_only_type || (!is_general_nullable && may_be_null(schemas, special)) {
        return false;
    }
    let has = |kind| general.types.has(kind) || kind == Type::Integer && general.types.has(Type::Number);
    let types = schemas.graph.json_types(special, MAX_DEPTH);
    !types.is_empty() && types.iter().all(has)
}

/// Returns whether any part of a schema allows null.
pub(in crate::lower) fn may_be_null(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    all_of_parts(schemas, id).iter().any(|part| {
        let part = schemas.graph.get(*part);
        let mut members = part.one_of.iter().chain(&part.any_of);
        part.nullable || part.types.has(Type::Null) || members.any(|member| schemas.graph.is_null(*member))
    })
}

/// Returns whether the schema is a derived union member that contradicts the keywords next to its union.
pub(in crate::lower) fn is_unsatisfiable_member(schemas: &mut Schemas<'_>, id: SchemaId) -> bool {
    flatten(schemas, id);
    schemas.unsatisfiable.contains(&id) && schemas.derived_from.contains_key(&id)
}

pub(in crate::lower) fn report_size_limit(schemas: &mut Schemas<'_>, id: SchemaId) {
    let schema = schemas.graph.get(id);
    let message = "this schema expands to too many types; its Rust type does not represent all of it";
    schemas
        .report
        .push(Diagnostic::new(Code::SchemaTooLarge, schema.place, message));
    schemas
        .report
        .record_dropped(schema.place, &schema.pointer, "expands to too many types");
}

struct PartCollector {
    parts: IndexSet<SchemaId>,
    seen: FxHashSet<SchemaId>,
}

/// Copies the annotations of a part.
fn copy_annotations(merged: &mut Schema, part: &Schema) {
    replace(&mut merged.title, &part.title);
    replace(&mut merged.description, &part.description);
    replace(&mut merged.default, &part.default);
    if !part.examples.is_empty() {
        merged.examples.clone_from(&part.examples);
    }
    merged.deprecated |= part.deprecated;
    for (key, value) in &part.extensions {
        merged.extensions.insert(key.clone(), value.clone());
    }
}

fn replace<T: Clone>(to: &mut Option<T>, from: &Option<T>) {
    if from.is_some() {
        to.clone_from(from);
    }
}

/// Returns the types that both allow, or `None` if they have no type in common. An empty set allows every type. Every
/// integer is a number.
fn common_types(first: TypeSet, second: TypeSet) -> Option<TypeSet> {
    if first.is_empty() || second.is_empty() {
        return Some(if first.is_empty() { second } else { first });
    }
    let mut both: TypeSet = first.iter().filter(|kind| second.has(*kind)).collect();
    let integer = |some: TypeSet, other: TypeSet| some.has(Type::Integer) && other.has(Type::Number);
    if integer(first, second) || integer(second, first) {
        both.remove(Type::Number);
        both.insert(Type::Integer);
    }
    (!both.is_empty()).then_some(both)
}

fn additional(first: Additional, second: Additional) -> Additional {
    match (first, second) {
        (Additional::Schema(schema), _) | (_, Additional::Schema(schema)) => Additional::Schema(schema),
        (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
        (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
        (Additional::Unspecified, Additional::Unspecified) => Additional::Unspecified,
    }
}

/// Returns the values that a schema lists.
fn listed_values(schema: &Schema) -> impl Iterator<Item = &Json> {
    schema.constant.iter().chain(schema.values.iter().flatten())
}

/// Returns the value of a schema that allows only one.
pub(in crate::lower) fn single_value(schema: &Schema) -> Option<&Json> {
    match (&schema.constant, schema.values.as_deref()) {
        (Some(value), _) | (None, Some([value])) => Some(value),
        (None, Some(_) | None) => None,
    }
}
