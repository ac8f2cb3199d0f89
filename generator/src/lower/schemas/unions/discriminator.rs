//! Discriminators: unions whose members are distinguished by the value of a property.
//!
//! The values of a member are those of the mapping, or the values that its own property allows, or the name of its
//! component. A component that other components extend by `allOf` becomes the union of these and of itself. It accepts
//! unknown values.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Discriminator, Schema, SchemaId};
use crate::ir::{Shape, Strategy, TypeBody, TypeRef, Union, Variant};

use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::schemas::all_of::single_value;
use crate::lower::schemas::resolve::Built;

/// The components that extend each component by `allOf`.
pub(in crate::lower) type Children = FxHashMap<SchemaId, Vec<SchemaId>>;

impl<'d> Lowering<'d> {
    /// Finds which components extend which by `allOf`.
    pub(in crate::lower) fn find_children(&self) -> Children {
        let mut children = Children::default();
        for component in self.document.components.values() {
            let schema = self.graph.get(*component);
            for part in &schema.all_of {
                let parent = self.target(*part);
                if self.graph.component(parent).is_some() && parent != *component {
                    children.entry(parent).or_default().push(*component);
                }
            }
        }
        children
    }

    /// Returns the union of a component and of its subtypes, if a discriminator distinguishes them.
    pub(in crate::lower) fn subtype_union(&mut self, id: SchemaId, schema: &Schema) -> Option<Built> {
        self.graph.component(id)?;
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return None;
        }
        let discriminator = schema
            .discriminator
            .clone()
            .or_else(|| self.inherited_discriminator(id))?;
        let mut members: Vec<SchemaId> = Vec::new();
        let mapped: Vec<SchemaId> = schema
            .discriminator
            .iter()
            .flat_map(|own| own.mapping.values().copied())
            .collect();
        let children = self.children.get(&id).cloned().unwrap_or_default();
        for member in mapped.into_iter().chain(children) {
            let member = self.target(member);
            if member != id && !members.contains(&member) {
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
        let base = self.member(id, own, "base")?;
        self.origin_of.insert(base, id);
        members.push(base);
        let default = members.len() - 1;
        let mut union = self.discriminator_union(&discriminator, &members, Some(default))?;
        if let Some(variant) = union.variants.last_mut() {
            "base".clone_into(&mut variant.name);
        }
        Some(Built::Body(TypeBody::Union(union)))
    }

    /// Returns the discriminator of a supertype, for a component that has subtypes of its own.
    fn inherited_discriminator(&self, id: SchemaId) -> Option<Discriminator> {
        self.children.get(&id)?;
        let mut ancestors = self
            .all_of_parts(id)
            .into_iter()
            .filter(|part| *part != id)
            .map(|part| self.graph.get(part));
        ancestors.find_map(|part| part.discriminator.clone())
    }

    /// Returns the union of members that a discriminator distinguishes, or `None` if it does not distinguish them.
    pub(in crate::lower) fn discriminated(
        &mut self,
        id: SchemaId,
        schema: &Schema,
        members: &[SchemaId],
    ) -> Option<Built> {
        let discriminator = schema.discriminator.as_ref()?;
        let mut members = members.to_vec();
        let mapped = discriminator.mapping.values().copied();
        for extra in mapped.chain(discriminator.default) {
            let target = self.target(extra);
            let is_listed = |member: &SchemaId| self.origin_of(*member) == target;
            if !members.iter().any(is_listed) && target != id {
                members.push(extra);
            }
        }
        if members.len() < 2 {
            return None;
        }
        let default = discriminator.default.map(|default| self.target(default));
        let default = default.and_then(|default| members.iter().position(|member| self.origin_of(*member) == default));
        match self.discriminator_union(discriminator, &members, default) {
            Some(union) => {
                self.report_shared_values(schema, &union);
                Some(Built::Body(TypeBody::Union(union)))
            }
            None => {
                let message = format!(
                    "the discriminator `{}` does not distinguish all members; their structure is used",
                    discriminator.property
                );
                let help = "add a value for each member to `mapping`, or a different `const` for the property";
                self.diagnostics
                    .push(Diagnostic::new(Code::UntaggedMember, schema.place, message).help(help));
                None
            }
        }
    }

    /// Reports members that share a discriminator value.
    fn report_shared_values(&mut self, schema: &Schema, union: &Union) {
        let shared = (0..union.variants.len()).filter(|index| union.shares_tag(*index));
        let names: Vec<String> = shared
            .map(|index| format!("`{}`", union.variants[index].name))
            .collect();
        if names.is_empty() {
            return;
        }
        let message = format!(
            "{} share discriminator values; they are distinguished by structure",
            names.join(", ")
        );
        self.diagnostics
            .push(Diagnostic::new(Code::UntaggedMember, schema.place, message));
    }

    fn discriminator_union(
        &mut self,
        discriminator: &Discriminator,
        members: &[SchemaId],
        default: Option<usize>,
    ) -> Option<Union> {
        let mut variants: Vec<Variant> = Vec::with_capacity(members.len());
        let mut default = default;
        for (index, member) in members.iter().enumerate() {
            let tags = self.discriminator_values(*member, discriminator);
            if tags.is_empty() && default.replace(index).is_some_and(|before| before != index) {
                return None;
            }
            let ty = TypeRef {
                nullable: false,
                ..self.type_ref(*member)
            };
            if !matches!(ty.shape, Shape::Named(_) | Shape::Object | Shape::Map(_)) {
                return None;
            }
            let mut variant = self.variant(*member, index, ty);
            variant.tags = tags;
            variants.push(variant);
        }
        let open = self.settings.open_enums != Some(false);
        let strategy = Strategy::Tag {
            property: discriminator.property.clone(),
            default,
        };
        Some(Union {
            variants,
            strategy,
            open,
        })
    }

    /// Returns the schema that a member of a union is or was derived from.
    fn origin_of(&self, member: SchemaId) -> SchemaId {
        let target = self.target(member);
        self.origin_of.get(&target).copied().unwrap_or(target)
    }

    /// Returns the discriminator values of a member.
    pub(in crate::lower) fn discriminator_values(
        &mut self,
        member: SchemaId,
        discriminator: &Discriminator,
    ) -> Vec<String> {
        let target = self.origin_of(member);
        let of = |id: SchemaId| self.graph.chain(id).contains(&target);
        let mapped = discriminator
            .mapping
            .iter()
            .filter(|(_, id)| of(**id))
            .map(|(tag, _)| tag.clone());
        let mut tags: Vec<String> = mapped.collect();
        let is_derived = self.target(member) != target;
        if tags.is_empty() || (self.children.contains_key(&target) && !is_derived) {
            for tag in
                self.own_discriminator_values(target, &discriminator.property, is_derived, &mut FxHashSet::default())
            {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        tags
    }

    /// Returns the discriminator values that a schema declares itself, and those of its members and subtypes.
    fn own_discriminator_values(
        &mut self,
        target: SchemaId,
        property: &str,
        without_children: bool,
        seen: &mut FxHashSet<SchemaId>,
    ) -> Vec<String> {
        // Members may form a cycle, and may reach one schema on very many paths.
        if !seen.insert(target) {
            return Vec::new();
        }
        let flat = self.flatten(target);
        let mut tags = Vec::new();
        if let Some(tag) = extensions::discriminator_value(&self.graph.get(target).extensions) {
            tags.push(tag);
        } else if let Some(id) = flat.properties.get(property) {
            let tagged = self.flatten(self.target(*id));
            // An enum that all members share does not distinguish one of them.
            let shared = self.graph.component(self.target(*id)).is_some() && single_value(&tagged).is_none();
            if !shared {
                let values = tagged.constant.iter().chain(tagged.values.iter().flatten());
                tags.extend(values.filter_map(|value| value.as_str().map(str::to_owned)));
            }
        }
        let inner: Vec<SchemaId> = flat.one_of.iter().chain(&flat.any_of).copied().collect();
        if tags.is_empty() && inner.is_empty() {
            tags.extend(self.component_name(target).map(str::to_owned));
        }
        let children = if without_children {
            Vec::new()
        } else {
            self.children.get(&target).cloned().unwrap_or_default()
        };
        for inner in inner.into_iter().chain(children) {
            let inner = self.target(inner);
            tags.extend(self.own_discriminator_values(inner, property, false, seen));
        }
        if let Some(own) = &flat.discriminator {
            tags.extend(own.mapping.keys().cloned());
        }
        tags
    }

    /// Returns the union of these variants: distinguished by a property with a different constant in each, otherwise by
    /// structure.
    pub(in crate::lower) fn discriminate(&mut self, members: &[SchemaId], variants: Vec<Variant>, open: bool) -> Union {
        match self.shared_constant_property(members) {
            Some((property, tags)) if variants.len() == members.len() => {
                let tagged = variants.into_iter().zip(tags);
                let variants = tagged
                    .map(|(variant, tag)| Variant {
                        tags: vec![tag],
                        ..variant
                    })
                    .collect();
                let open = open || self.settings.open_enums != Some(false);
                Union {
                    variants,
                    strategy: Strategy::Tag {
                        property,
                        default: None,
                    },
                    open,
                }
            }
            _ => Union {
                variants,
                strategy: Strategy::Structure,
                open,
            },
        }
    }

    /// Returns a property that every member requires with a different single value.
    fn shared_constant_property(&mut self, members: &[SchemaId]) -> Option<(String, Vec<String>)> {
        let first = self.flatten(self.target(*members.first()?));
        for name in first.properties.keys() {
            let mut tags: Vec<String> = Vec::with_capacity(members.len());
            for member in members {
                let Some(tag) = self.required_constant(*member, name).filter(|tag| !tags.contains(tag)) else {
                    break;
                };
                tags.push(tag);
            }
            if tags.len() == members.len() {
                return Some((name.clone(), tags));
            }
        }
        None
    }

    fn required_constant(&mut self, member: SchemaId, name: &str) -> Option<String> {
        let schema = self.flatten(self.target(member));
        let property = *schema.properties.get(name).filter(|_| schema.required.contains(name))?;
        let tagged = self.flatten(self.target(property));
        single_value(&tagged)?.as_str().map(str::to_owned)
    }
}
