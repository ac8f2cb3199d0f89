//! Unions: `oneOf`, `anyOf` and type lists.
//!
//! A union that is really one type becomes that type: null next to one member, members that differ only in bounds,
//! enums of one value each, an enum next to any string. Otherwise the members keep the order of the document.

pub(in crate::lower) mod collapse_enums;
mod contradicted_mapping;
pub(in crate::lower) mod discriminator;
pub(in crate::lower) mod evidence;
pub(in crate::lower) mod mapped_values;
pub(in crate::lower) mod merge_objects;
mod shapes;
mod shared_values;
mod string_forms;
mod supertypes;
mod synthetic;

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::document::{Schema, SchemaId, Sparse, TypeSet};
use crate::ir::{Evidence, Origin, Shape, TypeBody, TypeRef, Variant};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::contradictions;
use crate::lower::schemas::graph::{OwnConstraints, constrains_values, own_constraints_without_union};
use crate::lower::schemas::resolve;
use crate::lower::schemas::resolve::Built;
use crate::lower::schemas::structs;
use crate::wire::StringForm;
use shapes::{merge_shapes, shape_name};
pub(in crate::lower) use synthetic::{any_of, synthetic_member};

/// The maximum number of members when nested unions are flattened.
const MAX_MEMBERS: usize = 256;

/// Builds the type of a schema with `oneOf` or `anyOf`.
pub(in crate::lower) fn union(schemas: &mut Schemas<'_>, id: SchemaId, schema: &Schema) -> Built {
    let (members, other) = match (schema.one_of.as_slice(), schema.any_of.as_slice()) {
        ([], members) => (members, [].as_slice()),
        (members, other) => (members, other),
    };
    let members: Vec<SchemaId> = members
        .iter()
        .copied()
        .filter(|member| !schemas.graph.is_null(*member) && schemas.target(*member) != id)
        .collect();
    if members.is_empty() {
        let rest = Schema {
            one_of: Vec::new(),
            any_of: other.to_vec(),
            ..schema.clone()
        };
        return match other {
            [] if own_constraints_without_union(schema) == OwnConstraints::None => Built::Shape(Shape::Null),
            [] => resolve::without_union(schemas, id, &rest),
            _ => union(schemas, id, &rest),
        };
    }
    // Members with only bounds and required names are not separate types.
    let is_bare = own_constraints_without_union(schema) == OwnConstraints::None;
    if !is_bare && members.iter().all(|member| has_only_bounds(schemas, *member, schema)) {
        let rest = Schema {
            one_of: Vec::new(),
            any_of: other.to_vec(),
            ..schema.clone()
        };
        return if other.is_empty() {
            resolve::without_union(schemas, id, &rest)
        } else {
            union(schemas, id, &rest)
        };
    }
    let members = match own_constraints_without_union(schema) {
        OwnConstraints::Full => intersect_with_base(schemas, id, schema, &members, other),
        OwnConstraints::None | OwnConstraints::TypeOnly if other.is_empty() => members,
        OwnConstraints::None | OwnConstraints::TypeOnly => intersect_with_base(schemas, id, schema, &members, other),
    };
    if members.is_empty() {
        let why = "no member of its union matches the keywords next to it";
        contradictions::report(schemas, id, why, contradictions::READ_AS_ANY);
        let is_derived = schemas.derived_from.contains_key(&id);
        return Built::Shape(if is_derived { Shape::Never } else { Shape::Any });
    }
    discriminator::declared_union(schemas, id, schema, &members).unwrap_or_else(|| build_union(schemas, id, &members))
}

/// Returns whether a union member has only bounds, names of required properties, and unconstrained properties that the
/// whole schema has, too.
fn has_only_bounds(schemas: &Schemas<'_>, id: SchemaId, whole: &Schema) -> bool {
    let schema = schemas.graph.get(schemas.target(id));
    let adds_nothing = |(name, property): (&String, &SchemaId)| {
        whole.properties.contains_key(name) && resolve::is_target_unconstrained(schemas, *property)
    };
    schema.reference.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && (!constrains_values(&schema) || !schema.properties.is_empty() && schema.properties.iter().all(adds_nothing))
}

/// Returns the intersection of each member with the keywords next to the union.
fn intersect_with_base(
    schemas: &mut Schemas<'_>,
    id: SchemaId,
    schema: &Schema,
    members: &[SchemaId],
    other: &[SchemaId],
) -> Vec<SchemaId> {
    let base = Schema {
        one_of: Vec::new(),
        any_of: other.to_vec(),
        discriminator: None,
        title: None,
        description: None,
        nullable: false,
        examples: Vec::new(),
        default: None,
        ..schema.clone()
    };
    let properties = if other.is_empty() {
        base.properties.clone()
    } else {
        Sparse::default()
    };
    let Some(base) = synthetic_member(schemas, id, base, "") else {
        return members.to_vec();
    };
    let mut with_base = Vec::with_capacity(members.len());
    for (index, member) in members.iter().enumerate() {
        if includes_base(schemas, *member, id, &properties) {
            with_base.push(*member);
            continue;
        }
        let segment = member_segment(schemas, *member, index);
        let Some((both, new)) = schemas.graph.intersect(base, *member) else {
            all_of::report_size_limit(schemas, id);
            continue;
        };
        if new {
            schemas.inline_names.insert(both, id, segment);
            schemas.derived_from.insert(both, schemas.target(*member));
        }
        if !all_of::is_unsatisfiable_member(schemas, both) {
            with_base.push(both);
        }
    }
    with_base
}

/// Returns whether a member already includes the keywords of the schema that contains the union: it extends that schema
/// by `allOf`, or has all its properties.
fn includes_base(
    schemas: &mut Schemas<'_>,
    member: SchemaId,
    whole: SchemaId,
    base: &IndexMap<String, SchemaId>,
) -> bool {
    let target = schemas.target(member);
    if all_of::all_of_parts(schemas, target).contains(&whole) {
        return true;
    }
    let member = all_of::flatten(schemas, target);
    let has = |(name, property): (&String, &SchemaId)| {
        member
            .properties
            .get(name)
            .is_some_and(|own| !all_of::are_disjoint(schemas, *own, *property))
    };
    !base.is_empty() && base.iter().all(has)
}

/// Returns the name segment of a member: the name of its component, its title, or its number.
fn member_segment(schemas: &Schemas<'_>, member: SchemaId, index: usize) -> String {
    let target = schemas.target(member);
    if let Some(name) = schemas.component_name(target) {
        return name.to_owned();
    }
    let title = schemas.graph.get(target).title.clone();
    let title = title.filter(|title| !title.trim().is_empty());
    title.unwrap_or_else(|| format!("option {}", index + 1))
}

/// Builds the union of a type list.
pub(in crate::lower) fn type_list_union(
    schemas: &mut Schemas<'_>,
    id: SchemaId,
    schema: &Schema,
    kinds: TypeSet,
) -> Built {
    if kinds.iter().count() >= 5 {
        return Built::Shape(Shape::Any);
    }
    let mut members = Vec::new();
    for kind in kinds.iter() {
        let member = Schema {
            types: TypeSet::from_iter([kind]),
            nullable: false,
            title: None,
            ..schema.clone()
        };
        members.extend(synthetic_member(schemas, id, member, kind.name()));
    }
    build_union(schemas, id, &members)
}

/// Builds the union of these members.
pub(in crate::lower) fn build_union(schemas: &mut Schemas<'_>, id: SchemaId, members: &[SchemaId]) -> Built {
    let mut members = flatten_members(schemas, id, members);
    let open = members
        .iter()
        .any(|member| resolve::is_target_unconstrained(schemas, *member));
    members.retain(|member| !resolve::is_target_unconstrained(schemas, *member));
    if let Some(built) = collapse_enums::collapse_enums(schemas, &members) {
        return built;
    }
    collapse_enums::merge_values(schemas, id, &mut members);
    merge_objects::merge_objects(schemas, id, &mut members);
    let mut variants: Vec<Variant> = Vec::new();
    let (mut never, mut strings) = (false, 0);
    for (index, member) in members.iter().enumerate() {
        let ty = TypeRef {
            nullable: false,
            ..resolve::type_ref(schemas, *member)
        };
        if ty.shape == Shape::Never {
            never = true;
            continue;
        }
        match variants
            .iter_mut()
            .find_map(|variant| merge_shapes(&variant.ty.shape, &ty.shape).map(|both| (variant, both)))
        {
            None => {
                let form = string_forms::form(schemas, *member);
                strings += usize::from(form.is_some());
                let form = form.unwrap_or_default();
                let variant = variant(schemas, *member, index, ty);
                variants.push(Variant { form, ..variant });
            }
            Some((variant, both)) if variant.ty.shape != both => {
                variant.name = shape_name(&both).unwrap_or(&variant.name).to_owned();
                variant.ty.shape = both;
                variant.form = StringForm::Any;
            }
            Some(_) => {}
        }
    }
    name_lists(schemas, &mut variants);
    shapes::remove_dates_next_to_text(&mut variants);
    if strings < 2 {
        variants.iter_mut().for_each(|variant| variant.form = StringForm::Any);
    }
    match variants.len() {
        0 if never && !open => Built::Shape(Shape::Never),
        0 => Built::Shape(Shape::Any),
        1 if open => Built::Shape(Shape::Any),
        1 => type_of_single_member(schemas, variants.swap_remove(0).ty.shape),
        _ => Built::Body(TypeBody::Union(discriminator::inferred_union(
            schemas, &members, variants, open,
        ))),
    }
}

/// Returns the type of a union with one member. An inline member takes the name of the union.
fn type_of_single_member(schemas: &Schemas<'_>, shape: Shape) -> Built {
    match &shape {
        Shape::Named(id) if matches!(schemas.types[*id].origin, Origin::Inline(_)) => {
            Built::Body(schemas.types[*id].body.clone())
        }
        _ => Built::Shape(shape),
    }
}

/// Returns the members, with inline unions and unions that contain this one replaced by their members.
fn flatten_members(schemas: &Schemas<'_>, id: SchemaId, members: &[SchemaId]) -> Vec<SchemaId> {
    let mut flat = Vec::with_capacity(members.len());
    let mut pending: Vec<SchemaId> = members.iter().rev().copied().collect();
    let mut seen = vec![id];
    while let Some(member) = pending.pop() {
        let target = schemas.target(member);
        let schema = schemas.graph.get(target);
        let inner = self::members(&schema);
        let is_transparent = !inner.is_empty()
            && (schema.one_of.is_empty() || schema.any_of.is_empty())
            && schema.discriminator.is_none()
            && schema.reference.is_none()
            && schema.all_of.is_empty()
            && own_constraints_without_union(&schema) == OwnConstraints::None
            && (schemas.graph.component(target).is_none() || contains_union(schemas, target, id));
        if target == id {
            continue;
        }
        if is_transparent && flat.len() + pending.len() < MAX_MEMBERS && !seen.contains(&target) {
            seen.push(target);
            pending.extend(inner.iter().rev().filter(|member| !schemas.graph.is_null(**member)));
        } else if !flat.iter().any(|before| schemas.target(*before) == target) {
            flat.push(member);
        }
    }
    flat
}

/// Returns whether a union contains the union `to` as a member, directly or through other unions.
fn contains_union(schemas: &Schemas<'_>, from: SchemaId, to: SchemaId) -> bool {
    let (mut pending, mut seen) = (vec![from], FxHashSet::default());
    while let Some(at) = pending.pop() {
        let schema = schemas.graph.get(at);
        let inner = schema.one_of.iter().chain(&schema.any_of);
        for member in inner.map(|member| schemas.target(*member)) {
            if member == to {
                return true;
            }
            if seen.len() < MAX_MEMBERS && seen.insert(member) {
                pending.push(member);
            }
        }
    }
    false
}

pub(in crate::lower) fn variant(schemas: &Schemas<'_>, member: SchemaId, index: usize, ty: TypeRef) -> Variant {
    let docs = structs::docs_of(schemas, &schemas.graph.chain(member));
    Variant {
        name: variant_name(schemas, member, index, &ty),
        custom_name: None,
        ty,
        tags: Vec::new(),
        description: docs.description,
        form: StringForm::Any,
        boxed: false,
        evidence: Evidence::default(),
    }
}

/// Names lists by their items if there are several lists.
fn name_lists(schemas: &Schemas<'_>, variants: &mut [Variant]) {
    let lists: Vec<usize> = (0..variants.len())
        .filter(|index| variants[*index].name == "list")
        .collect();
    for index in lists.iter().copied().filter(|_| lists.len() > 1) {
        variants[index].name = list_item_name(schemas, &variants[index].ty.shape);
    }
}

fn list_item_name(schemas: &Schemas<'_>, shape: &Shape) -> String {
    match shape {
        Shape::List(item) => format!("{} list", list_item_name(schemas, &item.shape)),
        Shape::Named(id) => match &schemas.types[*id].origin {
            Origin::Component(name) | Origin::Custom(name) => name.clone(),
            Origin::Inline(path) | Origin::Shared { first: path, .. } => path.last().cloned().unwrap_or_default(),
        },
        other => shape_name(other).unwrap_or("value").to_owned(),
    }
}

fn variant_name(schemas: &Schemas<'_>, member: SchemaId, index: usize, ty: &TypeRef) -> String {
    let target = schemas.target(member);
    if let Some(name) = schemas.component_name(target) {
        return name.to_owned();
    }
    if let Some(source) = schemas.derived_from.get(&target)
        && let Some(name) = schemas.component_name(*source)
    {
        return name.to_owned();
    }
    let title = [member, target]
        .into_iter()
        .find_map(|id| schemas.graph.get(id).title.clone());
    if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
        return title;
    }
    if let Some(word) = shape_name(&ty.shape) {
        return word.to_owned();
    }
    schemas
        .inline_names
        .path(target)
        .pop()
        .unwrap_or_else(|| format!("option {}", index + 1))
}

/// Returns the members of a schema that is only one union: those of `oneOf`, otherwise those of `anyOf`.
pub(in crate::lower) fn members(schema: &Schema) -> &[SchemaId] {
    if schema.one_of.is_empty() {
        &schema.any_of
    } else {
        &schema.one_of
    }
}
