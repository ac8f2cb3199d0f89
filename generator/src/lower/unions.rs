//! Unions: `oneOf`, `anyOf` and lists of types.
//!
//! What comes down to one type is no union: null beside one member, members that differ in limits only, enums of one value
//! each, an enum beside any string, an integer beside a number. What is left keeps its members in the document's order.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::document::{Schema, SchemaId, TypeSet};
use crate::ir::{Float, Int, Origin, Shape, Text, TypeBody, TypeRef, Variant};

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
            .filter(|member| !self.graph.is_null(*member) && self.target(*member) != id)
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
        if members.is_empty() {
            self.report_contradiction(id, "no member of its union fits what stands beside it");
            let alone = !self.stands_for.contains_key(&id);
            return Built::Shape(if alone { Shape::Any } else { Shape::Never });
        }
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
        let properties = if other.is_empty() {
            base.properties.clone()
        } else {
            IndexMap::new()
        };
        let Some(base) = self.member(id, base, "") else {
            return members.to_vec();
        };
        let mut with_base = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            if self.has_base(*member, id, &properties) {
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
            if !self.is_impossible(both) {
                with_base.push(both);
            }
        }
        with_base
    }

    /// Whether a member says already what the whole says: it points up to it, or has all of its properties.
    fn has_base(&mut self, member: SchemaId, whole: SchemaId, base: &IndexMap<String, SchemaId>) -> bool {
        let target = self.target(member);
        if self.parts(target).contains(&whole) {
            return true;
        }
        let member = self.flat(target);
        let has = |(name, property): (&String, &SchemaId)| {
            member
                .properties
                .get(name)
                .is_some_and(|own| !self.are_disjoint(*own, *property))
        };
        !base.is_empty() && base.iter().all(has)
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
        self.collapse_objects(id, &mut members);
        let mut variants: Vec<Variant> = Vec::new();
        let mut never = false;
        for (index, member) in members.iter().enumerate() {
            let ty = TypeRef {
                nullable: false,
                ..self.use_of(*member)
            };
            if ty.shape == Shape::Never {
                never = true;
                continue;
            }
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
        self.name_lists(&mut variants);
        match variants.len() {
            0 if never && !open => Built::Shape(Shape::Never),
            0 => Built::Shape(Shape::Any),
            1 if open => Built::Shape(Shape::Any),
            1 => self.alone(variants.swap_remove(0).ty.shape),
            _ => Built::Body(TypeBody::Union(self.told_apart(&members, variants, open))),
        }
    }

    /// The only member of a union that is left: the union is that type itself, under its own name.
    fn alone(&self, shape: Shape) -> Built {
        match &shape {
            Shape::Named(id) if matches!(self.api.types[*id].origin, Origin::Inline(_)) => {
                Built::Body(self.api.types[*id].body.clone())
            }
            _ => Built::Shape(shape),
        }
    }

    /// The members, with those of inline unions among them in their place, and of unions that this one is a member of in turn.
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
                && (self.graph.component(target).is_none() || self.leads_back(target, id));
            if target == id {
                continue;
            }
            if plain && spread.len() + open.len() < SPREAD && !seen.contains(&target) {
                seen.push(target);
                open.extend(inner.iter().rev().filter(|member| !self.graph.is_null(**member)));
            } else if !spread.iter().any(|before| self.target(*before) == target) {
                spread.push(member);
            }
        }
        spread
    }

    /// Whether the members of a union, or theirs, are the union `to`.
    fn leads_back(&self, from: SchemaId, to: SchemaId) -> bool {
        let (mut open, mut seen) = (vec![from], FxHashSet::default());
        while let Some(at) = open.pop() {
            let schema = self.graph.get(at);
            let inner = schema.one_of.iter().chain(&schema.any_of);
            for member in inner.map(|member| self.target(*member)) {
                if member == to {
                    return true;
                }
                if seen.len() < SPREAD && seen.insert(member) {
                    open.push(member);
                }
            }
        }
        false
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

    /// Calls lists by what is in them, where there are several: "list" says as much of each.
    fn name_lists(&self, variants: &mut [Variant]) {
        let lists: Vec<usize> = (0..variants.len())
            .filter(|index| variants[*index].name == "list")
            .collect();
        for index in lists.iter().copied().filter(|_| lists.len() > 1) {
            variants[index].name = self.word_inside(&variants[index].ty.shape);
        }
    }

    fn word_inside(&self, shape: &Shape) -> String {
        match shape {
            Shape::List(item) => format!("{} list", self.word_inside(&item.shape)),
            Shape::Named(id) => match &self.api.types[*id].origin {
                Origin::Component(name) | Origin::Given(name) => name.clone(),
                Origin::Inline(path) => path.last().cloned().unwrap_or_default(),
            },
            other => word_of_shape(other).unwrap_or("value").to_owned(),
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
        if let Some(word) = word_of_shape(&ty.shape) {
            return word.to_owned();
        }
        self.homes
            .path(target)
            .pop()
            .unwrap_or_else(|| format!("option {}", index + 1))
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
