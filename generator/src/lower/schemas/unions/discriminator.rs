//! Discriminators: unions whose members are distinguished by the value of a property.
//!
//! The values of a member are those of the mapping, otherwise the value of an extension, otherwise the values that it
//! allows for the property, otherwise the name of its component. A member with subtypes has, in addition to the values
//! of the mapping, those that it would have without the mapping, and those of its subtypes. If the schema of a member
//! has a constant for the property, and the mapping does not contain it, the constant replaces the values that the
//! mapping has for this member, unless the member is merged with keywords next to the union. If other components extend
//! a component with a discriminator by `allOf`, it becomes the union of these components and itself. The union accepts
//! unknown values, unless the configuration closes enums.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Discriminator, Schema, SchemaId};
use crate::ir::{Shape, Strategy, TypeBody, TypeRef, Union, Variant};
use crate::json::Json;
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::all_of::single_value;
use crate::lower::schemas::resolve;
use crate::lower::schemas::resolve::Built;
use crate::lower::schemas::unions;
use crate::lower::schemas::unions::contradicted_mapping;
use crate::lower::schemas::unions::mapped_values::{self, MappedValues};
use crate::lower::schemas::unions::shared_values;
use crate::lower::schemas::unions::supertypes;

/// The components that extend each component by `allOf`.
pub(in crate::lower) type Subtypes = FxHashMap<SchemaId, Vec<SchemaId>>;

/// Finds which components extend which by `allOf`.
pub(in crate::lower) fn find_subtypes(schemas: &Schemas<'_>) -> Subtypes {
    let mut subtypes = Subtypes::default();
    for component in schemas.document.components.values() {
        let schema = schemas.graph.get(*component);
        for part in &schema.all_of {
            let supertype = schemas.target(*part);
            if schemas.graph.component(supertype).is_some() && supertype != *component {
                subtypes.entry(supertype).or_default().push(*component);
            }
        }
    }
    subtypes
}

/// Returns the union of a component and of its subtypes, if a discriminator distinguishes them.
pub(in crate::lower) fn subtype_union(schemas: &mut Schemas<'_>, id: SchemaId, schema: &Schema) -> Option<Built> {
    schemas.graph.component(id)?;
    if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
        return None;
    }
    let discriminator = schema
        .discriminator
        .clone()
        .or_else(|| inherited_discriminator(schemas, id))?;
    let mut members: Vec<SchemaId> = Vec::new();
    let mapped: Vec<SchemaId> = schema
        .discriminator
        .iter()
        .flat_map(|own| own.mapping.values().copied())
        .collect();
    let subtypes = schemas.subtypes.get(&id).cloned().unwrap_or_default();
    for member in mapped.into_iter().chain(subtypes) {
        let member = schemas.target(member);
        // A subtype that adds nothing is the base itself.
        if !resolves_to(schemas, member, id) && !members.contains(&member) {
            members.push(member);
        }
    }
    if members.is_empty() {
        return None;
    }
    let own = Schema {
        discriminator: None,
        ..schema.clone()
    };
    let base = super::synthetic_member(schemas, id, own, "base")?;
    schemas.derived_from.insert(base, id);
    members.push(base);
    let default = members.len() - 1;
    let mut union = discriminator_union(schemas, &discriminator, &members, Some(default))?;
    // A subtype that adds nothing has the type of this union. Its values belong to the variant of the component itself.
    let own_type = resolve::type_ref(schemas, id).shape;
    let aliases: Vec<Variant> = union
        .variants
        .extract_if(.., |variant| variant.ty.shape == own_type)
        .collect();
    let last = union.variants.len().checked_sub(1).filter(|last| *last > 0)?;
    if let Strategy::Discriminator { default, .. } = &mut union.strategy {
        *default = Some(last);
    }
    "base".clone_into(&mut union.variants[last].name);
    for tag in aliases.into_iter().flat_map(|alias| alias.tags) {
        if !union.variants.iter().any(|variant| variant.tags.contains(&tag)) {
            union.variants[last].tags.push(tag);
        }
    }
    Some(Built::Body(TypeBody::Union(union)))
}

/// Returns the discriminator of a supertype, for a component that has subtypes itself.
fn inherited_discriminator(schemas: &Schemas<'_>, id: SchemaId) -> Option<Box<Discriminator>> {
    schemas.subtypes.get(&id)?;
    let mut ancestors = all_of::all_of_parts(schemas, id)
        .into_iter()
        .filter(|part| *part != id)
        .map(|part| schemas.graph.get(part));
    ancestors.find_map(|part| part.discriminator.clone())
}

/// Returns the union of members that a discriminator distinguishes, or `None` if it does not distinguish them.
pub(in crate::lower) fn declared_union(
    schemas: &mut Schemas<'_>,
    id: SchemaId,
    schema: &Schema,
    members: &[SchemaId],
) -> Option<Built> {
    let Some(discriminator) = schema.discriminator.as_ref() else {
        return supertypes::union_of_subtypes(schemas, members);
    };
    let mut members = members.to_vec();
    let mapped = discriminator.mapping.values().copied();
    let mut listed: FxHashSet<SchemaId> = members.iter().map(|member| derived_from(schemas, *member)).collect();
    for extra in mapped.chain(discriminator.default) {
        let target = schemas.target(extra);
        if target != id && !listed.contains(&target) {
            members.push(extra);
            listed.insert(derived_from(schemas, extra));
        }
    }
    if members.len() < 2 {
        return None;
    }
    let default = discriminator.default.map(|default| schemas.target(default));
    let default = default.and_then(|default| {
        members
            .iter()
            .position(|member| derived_from(schemas, *member) == default)
    });
    let default = default.or_else(|| supertypes::member_without_value(schemas, discriminator, &members));
    match discriminator_union(schemas, discriminator, &members, default) {
        Some(union) => {
            contradicted_mapping::report(schemas, schema, discriminator);
            shared_values::report(schemas, schema, &union);
            Some(Built::Body(TypeBody::Union(union)))
        }
        None => {
            let message = format!(
                "the discriminator `{}` does not distinguish all members; their structure is used",
                discriminator.property
            );
            let help = "add a value for each member to `mapping`, or a different `const` for the property";
            schemas
                .report
                .push(Diagnostic::new(Code::UntaggedMember, schema.place, message).help(help));
            None
        }
    }
}

pub(super) fn discriminator_union(
    schemas: &mut Schemas<'_>,
    discriminator: &Discriminator,
    members: &[SchemaId],
    default: Option<usize>,
) -> Option<Union> {
    let mut variants: Vec<Variant> = Vec::with_capacity(members.len());
    let mut default = default;
    let mapped = MappedValues::new(schemas, discriminator);
    for (index, member) in members.iter().enumerate() {
        let tags = discriminator_values(schemas, *member, discriminator, &mapped);
        if tags.is_empty() && default.replace(index).is_some_and(|before| before != index) {
            return None;
        }
        let ty = TypeRef {
            nullable: false,
            ..resolve::type_ref(schemas, *member)
        };
        if !matches!(ty.shape, Shape::Named(_) | Shape::Object | Shape::Map(_)) {
            return None;
        }
        let mut variant = unions::variant(schemas, *member, index, ty);
        variant.tags = tags;
        variants.push(variant);
    }
    let open = schemas.settings.open_enums != Some(false);
    let strategy = Strategy::Discriminator {
        property: discriminator.property.clone(),
        default,
    };
    Some(Union {
        variants,
        strategy,
        open,
        verbatim: false,
        ambiguous: Vec::new(),
    })
}

/// Returns the schema from which a member of a union was derived, otherwise the target of the member.
pub(super) fn derived_from(schemas: &Schemas<'_>, member: SchemaId) -> SchemaId {
    let target = schemas.target(member);
    schemas.derived_from.get(&target).copied().unwrap_or(target)
}

/// Returns the discriminator values of a member.
pub(in crate::lower) fn discriminator_values(
    schemas: &mut Schemas<'_>,
    member: SchemaId,
    discriminator: &Discriminator,
    mapped: &MappedValues,
) -> Vec<String> {
    let target = derived_from(schemas, member);
    let mut tags = mapped.of(target).to_vec();
    let is_derived = schemas.target(member) != target;
    if !tags.is_empty()
        && !is_derived
        && let Some(value) = contradicted_mapping::constant(schemas, target, discriminator)
    {
        tags = vec![value];
    }
    if tags.is_empty() || (schemas.subtypes.contains_key(&target) && !is_derived) {
        for tag in own_discriminator_values(
            schemas,
            target,
            &discriminator.property,
            is_derived,
            &mut FxHashSet::default(),
        ) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    tags
}

/// Returns the discriminator values that a schema declares itself, and those of its members and subtypes.
fn own_discriminator_values(
    schemas: &mut Schemas<'_>,
    target: SchemaId,
    property: &str,
    without_subtypes: bool,
    seen: &mut FxHashSet<SchemaId>,
) -> Vec<String> {
    // Members may form a cycle, and may reach one schema on very many paths.
    if !seen.insert(target) {
        return Vec::new();
    }
    let flat = all_of::flatten(schemas, target);
    let mut tags = Vec::new();
    if let Some(tag) = extensions::discriminator_value(&schemas.graph.get(target).extensions) {
        tags.push(tag);
    } else if let Some(id) = flat.properties.get(property) {
        let tagged = all_of::flatten_target(schemas, *id);
        // An enum that all members share does not distinguish one of them.
        let shared = schemas.graph.component(schemas.target(*id)).is_some() && single_value(&tagged).is_none();
        if !shared {
            let values = tagged.constant.iter().chain(tagged.values.iter().flatten());
            tags.extend(values.filter_map(discriminator_text));
        }
    }
    let inner: Vec<SchemaId> = flat.one_of.iter().chain(&flat.any_of).copied().collect();
    if tags.is_empty() && inner.is_empty() {
        tags.extend(schemas.component_name(target).map(str::to_owned));
    }
    let subtypes = if without_subtypes {
        Vec::new()
    } else {
        schemas.subtypes.get(&target).cloned().unwrap_or_default()
    };
    for inner in inner.into_iter().chain(subtypes) {
        let inner = schemas.target(inner);
        tags.extend(own_discriminator_values(schemas, inner, property, false, seen));
    }
    // The schema can have a discriminator itself. The keys of its mapping count only if they are values of `property`.
    if let Some(own) = flat.discriminator.as_ref().filter(|own| own.property == property)
        && !without_subtypes
    {
        tags.extend(own.mapping.keys().cloned());
    }
    tags
}

/// Returns the union of these variants: distinguished by a property whose listed values differ in each member,
/// otherwise by structure.
pub(in crate::lower) fn inferred_union(
    schemas: &mut Schemas<'_>,
    members: &[SchemaId],
    variants: Vec<Variant>,
    open: bool,
) -> Union {
    match distinguishing_property(schemas, members) {
        Some((property, tags)) if variants.len() == members.len() => {
            let tagged = variants.into_iter().zip(tags);
            let variants = tagged.map(|(variant, tags)| Variant { tags, ..variant }).collect();
            let open = open || schemas.settings.open_enums != Some(false);
            Union {
                variants,
                strategy: Strategy::Discriminator {
                    property,
                    default: None,
                },
                open,
                verbatim: false,
                ambiguous: Vec::new(),
            }
        }
        _ => Union {
            variants,
            strategy: Strategy::Structure,
            open,
            verbatim: schemas.settings.open_enums != Some(false),
            ambiguous: Vec::new(),
        },
    }
}

/// Returns a property whose values distinguish the members: each member lists its values, and no two share one. The property
/// may be optional, because many document generators omit properties with a default from `required`.
fn distinguishing_property(schemas: &mut Schemas<'_>, members: &[SchemaId]) -> Option<(String, Vec<Vec<String>>)> {
    let first = all_of::flatten_target(schemas, *members.first()?);
    let mut best: Option<(bool, String, Vec<Vec<String>>)> = None;
    for name in first.properties.keys() {
        let mut values: Vec<Vec<String>> = Vec::with_capacity(members.len());
        let mut is_required = true;
        for member in members {
            let Some((required, own)) = constant_values(schemas, *member, name) else {
                break;
            };
            if own
                .iter()
                .any(|value| values.iter().flatten().any(|other| other == value))
            {
                break;
            }
            is_required &= required;
            values.push(own);
        }
        let is_better = best.as_ref().is_none_or(|(required, ..)| is_required && !required);
        if values.len() == members.len() && is_better {
            best = Some((is_required, name.clone(), values));
        }
    }
    best.map(|(_, name, values)| (name, values))
}

/// Returns whether a property is required, and the strings that it may have.
fn constant_values(schemas: &mut Schemas<'_>, member: SchemaId, name: &str) -> Option<(bool, Vec<String>)> {
    let schema = all_of::flatten_target(schemas, member);
    let property = all_of::flatten_target(schemas, *schema.properties.get(name)?);
    let mut listed = property.constant.iter().chain(property.values.iter().flatten());
    let values: Option<Vec<String>> = listed.by_ref().map(|value| value.as_str().map(str::to_owned)).collect();
    let values = values.filter(|values| !values.is_empty())?;
    Some((schema.required.contains(name), values))
}

/// Returns a discriminator value as text. Some APIs use numbers.
pub(super) fn discriminator_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) | Json::Number(text) => Some(text.clone()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Returns whether a schema is an alias of the target, directly or through other components.
fn resolves_to(schemas: &Schemas<'_>, from: SchemaId, target: SchemaId) -> bool {
    mapped_values::aliases(schemas, from).any(|at| at == target)
}
