//! Values made from schemas: all properties, first values, one item.

use indexmap::IndexMap;

use crate::document::{Additional, Schema, SchemaId, Type};
use crate::json::Json;

use super::super::Lowering;
use super::super::structs::undescribed;
use super::fits::has_type;
use super::scalars;

/// Which way the value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Direction {
    /// It is sent.
    Sent,
    /// It is received.
    Received,
}

/// How many values an example may consist of before optional ones are left out.
const VALUES: usize = 160;
/// How deep optional properties are filled in.
const DEPTH: usize = 4;
/// How many items an array gets at most, whatever it has to have at least.
const MOST_ITEMS: usize = 16;
/// How deep a value may be at all.
const DEEPEST: usize = 24;

/// A value on its way.
struct Making {
    direction: Direction,
    /// The schemas that it stands in.
    inside: Vec<SchemaId>,
    /// How many values there are.
    values: usize,
}

impl Making {
    /// Whether what is not required may still be added.
    fn has_room(&self) -> bool {
        self.values < VALUES && self.inside.len() <= DEPTH
    }
}

impl Lowering<'_> {
    /// The example of a schema: the document's if it fits, else one made.
    pub(in crate::lower) fn example(&mut self, id: SchemaId, direction: Direction) -> Option<Json> {
        self.make(
            id,
            &mut Making {
                direction,
                inside: Vec::new(),
                values: 0,
            },
        )
    }

    /// `None` where the schema stands inside itself.
    fn make(&mut self, id: SchemaId, making: &mut Making) -> Option<Json> {
        let chain = self.graph.chain(id);
        let target = *chain.last()?;
        if making.inside.contains(&target) || making.inside.len() > DEEPEST {
            return None;
        }
        for id in &chain {
            let given = self.graph.get(*id);
            if let Some(given) = given.examples.first().filter(|given| self.fits(given, Some(target))) {
                making.values += size(given);
                return Some(given.clone());
            }
        }
        making.inside.push(target);
        let made = self.make_flat(target, making);
        making.inside.pop();
        made
    }

    fn make_flat(&mut self, target: SchemaId, making: &mut Making) -> Option<Json> {
        making.values += 1;
        let schema = self.flat(target);
        if let Some(given) = schema.examples.first().filter(|given| self.fits(given, Some(target))) {
            return Some(given.clone());
        }
        let listed = || schema.values.iter().flatten().find(|value| **value != Json::Null);
        if let Some(value) = schema.constant.as_ref().or_else(listed) {
            return Some(value.clone());
        }
        let members = if schema.one_of.is_empty() {
            &schema.any_of
        } else {
            &schema.one_of
        };
        if !members.is_empty() {
            let made = self.make_member(&schema, members, making)?;
            // Members that say nothing of the type leave it to the whole.
            if has_type(&schema, &made) {
                return Some(made);
            }
        }
        let default = schema
            .default
            .as_ref()
            .filter(|default| !matches!(default, Json::Null | Json::Object(_) | Json::Array(_)));
        if let Some(default) = default.filter(|default| self.fits(default, Some(target))) {
            return Some(default.clone());
        }
        match self.kind_to_make(&schema) {
            None => Some(Json::Object(IndexMap::new())),
            Some(Type::Null) => Some(Json::Null),
            Some(Type::Boolean) => Some(Json::Bool(true)),
            Some(Type::Integer) => Some(scalars::integer(&schema)),
            Some(Type::Number) => Some(scalars::number(&schema)),
            Some(Type::String) => Some(scalars::text(&schema)),
            Some(Type::Array) => Some(self.make_array(&schema, making)),
            Some(Type::Object) => self.make_object(target, &schema, making),
        }
    }

    /// The type to make a value of: the one that says most.
    fn kind_to_make(&self, schema: &Schema) -> Option<Type> {
        let order = [
            Type::Object,
            Type::Array,
            Type::String,
            Type::Integer,
            Type::Number,
            Type::Boolean,
            Type::Null,
        ];
        if let Some(kind) = order.into_iter().find(|kind| schema.types.has(*kind)) {
            return Some(kind);
        }
        let object = !schema.properties.is_empty() || schema.additional != Additional::Unspecified;
        let array = schema.items.is_some() || !schema.prefix_items.is_empty();
        match (object, array) {
            (true, _) => Some(Type::Object),
            (false, true) => Some(Type::Array),
            (false, false) if super::super::scalars::speaks_of_text(schema) => Some(Type::String),
            (false, false) => None,
        }
    }

    /// The first member of a union that a value can be made of.
    fn make_member(&mut self, schema: &Schema, members: &[SchemaId], making: &mut Making) -> Option<Json> {
        for member in members {
            if self.graph.is_null(*member) {
                continue;
            }
            let Some(mut made) = self.make(*member, making) else {
                continue;
            };
            if let Json::Object(entries) = &mut made {
                self.make_properties(schema, entries, making);
                self.tag(schema, *member, entries);
            }
            return Some(made);
        }
        None
    }

    /// Sets the tag of a member where the discriminator has one for it.
    fn tag(&mut self, schema: &Schema, member: SchemaId, entries: &mut IndexMap<String, Json>) {
        let Some(discriminator) = &schema.discriminator else {
            return;
        };
        if let Some(tag) = self.tags_of(member, discriminator).into_iter().next() {
            entries.insert(discriminator.property.clone(), Json::String(tag));
        }
    }

    fn make_array(&mut self, schema: &Schema, making: &mut Making) -> Json {
        let mut items = Vec::new();
        for item in &schema.prefix_items {
            items.extend(self.make(*item, making));
        }
        let least = usize::try_from(schema.bounds.min_items.unwrap_or(0))
            .unwrap_or(0)
            .min(MOST_ITEMS);
        let wanted = if making.has_room() && schema.bounds.max_items != Some(0) {
            least.max(1)
        } else {
            least
        };
        if let Some(item) = schema.items.filter(|_| items.is_empty()) {
            for _ in 0..wanted {
                match self.make(item, making) {
                    Some(made) => items.push(made),
                    None => break,
                }
            }
        }
        Json::Array(items)
    }

    /// An object; `None` where a required property cannot be made, since it would contain the object.
    fn make_object(&mut self, target: SchemaId, schema: &Schema, making: &mut Making) -> Option<Json> {
        let mut entries = IndexMap::new();
        if !self.make_properties(schema, &mut entries, making) {
            return None;
        }
        self.tag(schema, target, &mut entries);
        if entries.is_empty()
            && making.has_room()
            && let Additional::Schema(value) = schema.additional
            && let Some(made) = self.make(value, making)
        {
            entries.insert("key".to_owned(), made);
        }
        Some(Json::Object(entries))
    }

    /// Adds the properties; whether all that are required could be made.
    fn make_properties(&mut self, schema: &Schema, entries: &mut IndexMap<String, Json>, making: &mut Making) -> bool {
        let mut complete = true;
        for (name, property) in &schema.properties {
            let required = schema.required.contains(name);
            if entries.contains_key(name)
                || (!required && !making.has_room())
                || self.is_hidden(*property, making.direction)
            {
                continue;
            }
            match self.make(*property, making) {
                Some(made) => {
                    entries.insert(name.clone(), made);
                }
                None if required && self.nullable(*property) => {
                    entries.insert(name.clone(), Json::Null);
                }
                None => complete &= !required,
            }
        }
        for name in undescribed(schema) {
            let word = || Json::String(scalars::WORD.to_owned());
            entries.entry(name.clone()).or_insert_with(word);
        }
        complete
    }

    fn is_hidden(&self, property: SchemaId, direction: Direction) -> bool {
        self.graph.chain(property).into_iter().any(|id| {
            let schema = self.graph.get(id);
            schema.never
                || match direction {
                    Direction::Sent => schema.read_only,
                    Direction::Received => schema.write_only,
                }
        })
    }
}

fn size(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Json::Object(entries) => 1 + entries.values().map(size).sum::<usize>(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 1,
    }
}
