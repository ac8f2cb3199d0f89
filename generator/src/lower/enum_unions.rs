//! Unions that are one enum: of values with words of their own, of enums, or of an enum and any value of its type.

use indexmap::IndexMap;

use crate::document::{Schema, SchemaId, Type};
use crate::ir::{Enum, EnumBase, EnumValue, Shape, TypeBody, TypeId};

use super::Lowering;
use super::enums::is_listable;
use super::shapes::Built;

/// What a member adds to the enum.
enum Part {
    /// Its values.
    Listed(Enum),
    /// Any value of the type.
    All(EnumBase),
}

impl Lowering<'_> {
    /// The enum that the members are together, if they are one.
    pub(super) fn one_enum(&mut self, members: &[SchemaId]) -> Option<Built> {
        if members.len() < 2 {
            return None;
        }
        let mut parts = Vec::with_capacity(members.len());
        for member in members {
            parts.push((self.target(*member), self.enum_part(*member)?));
        }
        let bases = parts.iter().map(|(_, part)| match part {
            Part::Listed(listed) => listed.base,
            Part::All(base) => *base,
        });
        let base = bases.clone().next()?;
        if bases.clone().any(|other| other != base) {
            return None;
        }
        let all = parts.iter().any(|(_, part)| matches!(part, Part::All(_)));
        let mut listed = parts.into_iter().filter_map(|(id, part)| match part {
            Part::Listed(listed) => Some((id, listed)),
            Part::All(_) => None,
        });
        let (first_id, first) = listed.next()?;
        let mut open = all || first.open;
        let mut values: IndexMap<String, EnumValue> = IndexMap::new();
        let mut alone = true;
        let named = self.graph.component(first_id).filter(|_| first.open);
        for value in first.values {
            values.entry(value.wire.clone()).or_insert(value);
        }
        for (_, more) in listed {
            alone = false;
            open |= more.open;
            for value in more.values {
                values.entry(value.wire.clone()).or_insert(value);
            }
        }
        // An open enum beside any string is that enum.
        if let (true, Some(component)) = (alone, named) {
            return Some(Built::Shape(Shape::Named(TypeId(component))));
        }
        Some(Built::Body(TypeBody::Enum(Enum {
            base,
            values: values.into_values().collect(),
            open,
        })))
    }

    fn enum_part(&mut self, member: SchemaId) -> Option<Part> {
        let target = self.target(member);
        let schema = self.flat(target);
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return None;
        }
        if schema.values.is_none() && schema.constant.is_none() {
            return self.plain_part(&schema);
        }
        if !is_listable(&schema) {
            return None;
        }
        match self.enumeration(target, &schema)? {
            Built::Body(TypeBody::Enum(mut listed)) => {
                if let [value] = listed.values.as_mut_slice() {
                    let docs = self.words(&self.graph.chain(member));
                    value.description = value.description.take().or(docs.description);
                    value.given = value.given.take().or(docs.summary);
                }
                Some(Part::Listed(listed))
            }
            Built::Body(_) | Built::Shape(_) => None,
        }
    }

    /// A member without values of its own: any string, any integer.
    fn plain_part(&self, schema: &Schema) -> Option<Part> {
        let mut types = schema.types;
        types.remove(Type::Null);
        let mut types = types.iter();
        let base = match (types.next()?, types.next()) {
            (Type::String, None) => EnumBase::Text,
            (Type::Integer, None) => EnumBase::Int,
            _ => return None,
        };
        Some(Part::All(base))
    }
}
