//! Unions: `oneOf`, `anyOf` and lists of types.
//!
//! What comes down to one type is no union: null beside one member, members that differ in limits only, enums of one value
//! each, an enum beside any string, an integer beside a number. What is left keeps its members in the document's order.

use crate::document::{Schema, SchemaId, TypeSet};
use crate::ir::{Float, Int, Shape, Text, TypeBody, TypeRef, Variant};

use super::Lowering;
use super::enums::type_word;
use super::graph::{Weight, says_more, weight_beside_union};
use super::shapes::Built;

/// How many members a union of unions is spread out to.
const SPREAD: usize = 256;

impl Lowering<'_> {
    /// The type of a schema with `oneOf` or `anyOf`.
    pub(super) fn union(&mut self, id: SchemaId, schema: &Schema) -> Built {
        let (members, other) = match (schema.one_of.as_slice(), schema.any_of.as_slice()) {
            ([], members) => (members, [].as_slice()),
            (members, other) => (members, other),
        };
        let members: Vec<SchemaId> = members
            .iter()
            .copied()
            .filter(|member| !self.graph.is_null(*member))
            .collect();
        if members.is_empty() {
            let rest = Schema {
                one_of: Vec::new(),
                any_of: other.to_vec(),
                ..schema.clone()
            };
            return match other {
                [] if weight_beside_union(schema) == Weight::Annotations => Built::Shape(Shape::Null),
                [] => self.beside_union(id, &rest),
                _ => self.union(id, &rest),
            };
        }
        // Members that only say what has to be there, or limit something, make no types of their own.
        let bare = weight_beside_union(schema) == Weight::Annotations;
        if !bare && members.iter().all(|member| self.only_limits(*member, schema)) {
            let rest = Schema {
                one_of: Vec::new(),
                any_of: other.to_vec(),
                ..schema.clone()
            };
            return if other.is_empty() {
                self.beside_union(id, &rest)
            } else {
                self.union(id, &rest)
            };
        }
        let members = match weight_beside_union(schema) {
            Weight::Full => self.members_with_base(id, schema, &members, other),
            Weight::Annotations | Weight::Kind if other.is_empty() => members,
            Weight::Annotations | Weight::Kind => self.members_with_base(id, schema, &members, other),
        };
        self.tagged(id, schema, &members)
            .unwrap_or_else(|| self.union_of(id, &members))
    }

    /// Whether a member of a union says nothing beside limits and which of the properties of the whole are required.
    fn only_limits(&self, id: SchemaId, whole: &Schema) -> bool {
        let schema = self.graph.get(self.target(id));
        let named =
            |(name, property): (&String, &SchemaId)| whole.properties.contains_key(name) && self.is_any(*property);
        schema.reference.is_none()
            && schema.all_of.is_empty()
            && schema.one_of.is_empty()
            && schema.any_of.is_empty()
            && (!says_more(&schema) || !schema.properties.is_empty() && schema.properties.iter().all(named))
    }

    /// Each member together with what the schema says beside its union.
    fn members_with_base(
        &mut self,
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
        let base_properties: Vec<String> = if other.is_empty() {
            base.properties.keys().cloned().collect()
        } else {
            Vec::new()
        };
        let Some(base) = self.member(id, base, "") else {
            return members.to_vec();
        };
        let mut with_base = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            if self.has_base(*member, id, &base_properties) {
                with_base.push(*member);
                continue;
            }
            let step = self.step_to(*member, index);
            let Some((both, new)) = self.graph.conjoin(base, *member) else {
                self.report_too_much(id);
                continue;
            };
            if new {
                self.homes.settle(both, id, step);
                self.stands_for.insert(both, self.target(*member));
            }
            with_base.push(both);
        }
        with_base
    }

    /// Whether a member says already what the whole says: it points up to it, or has all of its properties.
    fn has_base(&mut self, member: SchemaId, whole: SchemaId, properties: &[String]) -> bool {
        let target = self.target(member);
        if self.parts(target).contains(&whole) {
            return true;
        }
        let member = self.flat(target);
        !properties.is_empty() && properties.iter().all(|name| member.properties.contains_key(name))
    }

    /// The step to a member: the name of its component, its title, else its number.
    fn step_to(&self, member: SchemaId, index: usize) -> String {
        let target = self.target(member);
        if let Some(name) = self.component_name(target) {
            return name.to_owned();
        }
        let title = self
            .graph
            .get(target)
            .title
            .clone()
            .filter(|title| !title.trim().is_empty());
        title.unwrap_or_else(|| format!("option {}", index + 1))
    }

    /// A type list with several entries.
    pub(super) fn several_kinds(&mut self, id: SchemaId, schema: &Schema, kinds: TypeSet) -> Built {
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
            members.extend(self.member(id, member, type_word(kind)));
        }
        self.union_of(id, &members)
    }

    /// The type of these members, told apart by what they are.
    pub(super) fn union_of(&mut self, id: SchemaId, members: &[SchemaId]) -> Built {
        let mut members = self.spread(id, members);
        let open = members.iter().any(|member| self.is_any(*member));
        members.retain(|member| !self.is_any(*member));
        if let Some(built) = self.one_enum(&members) {
            return built;
        }
        self.collapse_objects(&mut members);
        let mut variants: Vec<Variant> = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let ty = TypeRef {
                nullable: false,
                ..self.use_of(*member)
            };
            match variants
                .iter_mut()
                .find_map(|variant| absorb(&variant.ty.shape, &ty.shape).map(|both| (variant, both)))
            {
                None => variants.push(self.variant(*member, index, ty)),
                Some((variant, both)) if variant.ty.shape != both => {
                    variant.name = word_of_shape(&both).unwrap_or(&variant.name).to_owned();
                    variant.ty.shape = both;
                }
                Some(_) => {}
            }
        }
        match variants.len() {
            0 => Built::Shape(Shape::Any),
            1 if open => Built::Shape(Shape::Any),
            1 => Built::Shape(variants.swap_remove(0).ty.shape),
            _ => Built::Body(TypeBody::Union(self.told_apart(&members, variants, open))),
        }
    }

    /// The members, with those of inline unions among them in their place.
    fn spread(&self, id: SchemaId, members: &[SchemaId]) -> Vec<SchemaId> {
        let mut spread = Vec::with_capacity(members.len());
        let mut open: Vec<SchemaId> = members.iter().rev().copied().collect();
        let mut seen = vec![id];
        while let Some(member) = open.pop() {
            let target = self.target(member);
            let schema = self.graph.get(target);
            let inner = if schema.one_of.is_empty() {
                &schema.any_of
            } else {
                &schema.one_of
            };
            let plain = !inner.is_empty()
                && (schema.one_of.is_empty() || schema.any_of.is_empty())
                && schema.discriminator.is_none()
                && schema.reference.is_none()
                && schema.all_of.is_empty()
                && weight_beside_union(&schema) == Weight::Annotations
                && self.graph.component(target).is_none();
            if plain && spread.len() + open.len() < SPREAD && !seen.contains(&target) {
                seen.push(target);
                open.extend(inner.iter().rev().filter(|member| !self.graph.is_null(**member)));
            } else if !spread.iter().any(|before| self.target(*before) == target) {
                spread.push(member);
            }
        }
        spread
    }

    /// Leaves out objects that are another member but for what is required.
    fn collapse_objects(&self, members: &mut Vec<SchemaId>) {
        let mut kept: Vec<SchemaId> = Vec::new();
        for member in members.iter() {
            let schema = self.graph.get(self.target(*member));
            let same = |before: &SchemaId| {
                let other = self.graph.get(self.target(*before));
                !schema.properties.is_empty() && self.same_object(&schema, &other, 4)
            };
            if !kept.iter().any(same) {
                kept.push(*member);
            }
        }
        *members = kept;
    }

    /// Whether two objects have the same properties, whatever is required of them.
    fn same_object(&self, first: &Schema, second: &Schema, fuel: usize) -> bool {
        first.types == second.types
            && first.properties.len() == second.properties.len()
            && first.additional == second.additional
            && first.all_of.is_empty()
            && second.all_of.is_empty()
            && first.properties.iter().all(|(name, property)| {
                second
                    .properties
                    .get(name)
                    .is_some_and(|other| self.same(*property, *other, fuel))
            })
    }

    /// Whether two schemas make the same type.
    fn same(&self, first: SchemaId, second: SchemaId, fuel: usize) -> bool {
        let (first, second) = (self.target(first), self.target(second));
        if first == second {
            return true;
        }
        let (first, second) = (self.graph.get(first), self.graph.get(second));
        let plain = |schema: &Schema| {
            schema.reference.is_none()
                && schema.all_of.is_empty()
                && schema.one_of.is_empty()
                && schema.any_of.is_empty()
        };
        let same_items = match (first.items, second.items) {
            (Some(first), Some(second)) => fuel > 0 && self.same(first, second, fuel - 1),
            (None, None) => true,
            _ => false,
        };
        plain(&first)
            && plain(&second)
            && first.types == second.types
            && first.format == second.format
            && first.values == second.values
            && first.constant == second.constant
            && first.prefix_items.is_empty()
            && same_items
            && (first.properties.is_empty() && second.properties.is_empty()
                || fuel > 0 && self.same_object(&first, &second, fuel - 1))
    }

    pub(super) fn variant(&self, member: SchemaId, index: usize, ty: TypeRef) -> Variant {
        let docs = self.words(&self.graph.chain(member));
        Variant {
            name: self.variant_name(member, index, &ty),
            ty,
            tags: Vec::new(),
            description: docs.description,
            boxed: false,
        }
    }

    fn variant_name(&self, member: SchemaId, index: usize, ty: &TypeRef) -> String {
        let target = self.target(member);
        if let Some(name) = self.component_name(target) {
            return name.to_owned();
        }
        if let Some(stands_for) = self.stands_for.get(&target)
            && let Some(name) = self.component_name(*stands_for)
        {
            return name.to_owned();
        }
        let title = [member, target]
            .into_iter()
            .find_map(|id| self.graph.get(id).title.clone());
        if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
            return title;
        }
        word_of_shape(&ty.shape).map_or_else(|| format!("option {}", index + 1), str::to_owned)
    }
}

/// The word for a shape without a name.
fn word_of_shape(shape: &Shape) -> Option<&'static str> {
    Some(match shape {
        Shape::Any | Shape::Never | Shape::Tuple(_) => return None,
        Shape::Named(_) => return None,
        Shape::Null => "null",
        Shape::Bool => "boolean",
        Shape::Int(_) => "integer",
        Shape::Float(_) => "number",
        Shape::Text(Text::Plain) => "string",
        Shape::Text(Text::DateTime) => "date time",
        Shape::Text(Text::Date) => "date",
        Shape::Text(Text::Time) => "time",
        Shape::Text(Text::Duration) => "duration",
        Shape::Text(Text::Uuid) => "uuid",
        Shape::Base64 | Shape::Binary => "bytes",
        Shape::Object => "object",
        Shape::List(_) => "list",
        Shape::Map(_) => "map",
    })
}

/// The shape that stands for both, if one can.
fn absorb(first: &Shape, second: &Shape) -> Option<Shape> {
    Some(match (first, second) {
        (first, second) if first == second => first.clone(),
        (Shape::Int(first), Shape::Int(second)) => Shape::Int(wider(*first, *second)),
        (Shape::Float(_), Shape::Int(_) | Shape::Float(_)) | (Shape::Int(_), Shape::Float(_)) => {
            Shape::Float(Float::F64)
        }
        (Shape::Text(_) | Shape::Base64, Shape::Text(_) | Shape::Base64) => Shape::Text(Text::Plain),
        (Shape::Object, Shape::Map(_)) | (Shape::Map(_), Shape::Object) => Shape::Object,
        _ => return None,
    })
}

fn wider(first: Int, second: Int) -> Int {
    match (first, second) {
        (first, second) if first == second => first,
        (Int::I32, Int::I64 | Int::U32) | (Int::I64 | Int::U32, Int::I32) => Int::I64,
        (Int::I64, Int::U32) | (Int::U32, Int::I64) => Int::I64,
        (Int::U64, Int::U32) | (Int::U32, Int::U64) => Int::U64,
        _ => Int::I128,
    }
}
