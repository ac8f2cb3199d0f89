//! Values made from schemas: all properties, first values, one item.

use indexmap::IndexMap;

use crate::document::{Additional, Schema, SchemaId, Type};
use crate::json::Json;

use super::super::Lowering;
use super::super::structs::undescribed_properties;
use super::scalars;
use super::validate::has_type;

/// Which way the value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Direction {
    /// It is sent.
    Sent,
    /// It is received.
    Received,
}

/// How many values an example may consist of before optional ones are left out.
const MAX_VALUES: usize = 160;
/// How deep optional properties are filled in.
const DEPTH: usize = 4;
/// How many items an array gets at most, whatever it has to have at least.
const MAX_ITEMS: usize = 16;
/// How deep a value may be at all.
const MAX_DEPTH: usize = 24;

/// A value on its way.
struct Generation {
    direction: Direction,
    /// The schemas that it stands in.
    inside: Vec<SchemaId>,
    /// How many values there are.
    values: usize,
}

impl Generation {
    /// Whether what is not required may still be added.
    fn has_room(&self) -> bool {
        self.values < MAX_VALUES && self.inside.len() <= DEPTH
    }
}

impl Lowering<'_> {
    /// The example of a schema: the document's if it is_valid, else one made.
    pub(in crate::lower) fn example(&mut self, id: SchemaId, direction: Direction) -> Option<Json> {
        self.generate(
            id,
            &mut Generation {
                direction,
                inside: Vec::new(),
                values: 0,
            },
        )
    }

    /// `None` where the schema stands inside itself.
    fn generate(&mut self, id: SchemaId, state: &mut Generation) -> Option<Json> {
        let chain = self.graph.chain(id);
        let target = *chain.last()?;
        if state.inside.contains(&target) || state.inside.len() > MAX_DEPTH {
            return None;
        }
        for id in &chain {
            let documented = self.graph.get(*id);
            if let Some(documented) = documented
                .examples
                .first()
                .filter(|documented| self.is_valid(documented, Some(target)))
            {
                state.values += size(documented);
                return Some(documented.clone());
            }
        }
        state.inside.push(target);
        let made = self.generate_target(target, state);
        state.inside.pop();
        made
    }

    fn generate_target(&mut self, target: SchemaId, state: &mut Generation) -> Option<Json> {
        state.values += 1;
        let schema = self.flatten(target);
        if let Some(documented) = schema
            .examples
            .first()
            .filter(|documented| self.is_valid(documented, Some(target)))
        {
            return Some(documented.clone());
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
            let made = self.generate_member(&schema, members, state)?;
            // Members that say nothing of the type leave it to the whole.
            if has_type(&schema, &made) {
                return Some(made);
            }
        }
        let default = schema
            .default
            .as_ref()
            .filter(|default| !matches!(default, Json::Null | Json::Object(_) | Json::Array(_)));
        if let Some(default) = default.filter(|default| self.is_valid(default, Some(target))) {
            return Some(default.clone());
        }
        match self.type_to_generate(&schema) {
            None => Some(Json::Object(IndexMap::new())),
            Some(Type::Null) => Some(Json::Null),
            Some(Type::Boolean) => Some(Json::Bool(true)),
            Some(Type::Integer) => Some(scalars::integer(&schema)),
            Some(Type::Number) => Some(scalars::number(&schema)),
            Some(Type::String) => Some(scalars::text(&schema)),
            Some(Type::Array) => Some(self.generate_array(&schema, state)),
            Some(Type::Object) => self.generate_object(target, &schema, state),
        }
    }

    /// The type to make a value of: the one that says most.
    fn type_to_generate(&self, schema: &Schema) -> Option<Type> {
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
            (false, false) if super::super::scalars::implies_string(schema) => Some(Type::String),
            (false, false) => None,
        }
    }

    /// The first member of a union that a value can be made of.
    fn generate_member(&mut self, schema: &Schema, members: &[SchemaId], state: &mut Generation) -> Option<Json> {
        for member in members {
            if self.graph.is_null(*member) {
                continue;
            }
            let Some(mut made) = self.generate(*member, state) else {
                continue;
            };
            if let Json::Object(entries) = &mut made {
                self.generate_properties(schema, entries, state);
                self.set_discriminator(schema, *member, entries);
            }
            return Some(made);
        }
        None
    }

    /// Sets the tag of a member where the discriminator has one for it.
    fn set_discriminator(&mut self, schema: &Schema, member: SchemaId, entries: &mut IndexMap<String, Json>) {
        let Some(discriminator) = &schema.discriminator else {
            return;
        };
        if let Some(tag) = self.discriminator_values(member, discriminator).into_iter().next() {
            entries.insert(discriminator.property.clone(), Json::String(tag));
        }
    }

    fn generate_array(&mut self, schema: &Schema, state: &mut Generation) -> Json {
        let mut items = Vec::new();
        for item in &schema.prefix_items {
            items.extend(self.generate(*item, state));
        }
        let least = usize::try_from(schema.bounds.min_items.unwrap_or(0))
            .unwrap_or(0)
            .min(MAX_ITEMS);
        let wanted = if state.has_room() && schema.bounds.max_items != Some(0) {
            least.max(1)
        } else {
            least
        };
        if let Some(item) = schema.items.filter(|_| items.is_empty()) {
            for _ in 0..wanted {
                match self.generate(item, state) {
                    Some(made) => items.push(made),
                    None => break,
                }
            }
        }
        Json::Array(items)
    }

    /// An object; `None` where a required property cannot be made, since it would contain the object.
    fn generate_object(&mut self, target: SchemaId, schema: &Schema, state: &mut Generation) -> Option<Json> {
        let mut entries = IndexMap::new();
        if !self.generate_properties(schema, &mut entries, state) {
            return None;
        }
        self.set_discriminator(schema, target, &mut entries);
        if entries.is_empty()
            && state.has_room()
            && let Additional::Schema(value) = schema.additional
            && let Some(made) = self.generate(value, state)
        {
            entries.insert("key".to_owned(), made);
        }
        Some(Json::Object(entries))
    }

    /// Adds the properties; whether all that are required could be made.
    fn generate_properties(
        &mut self,
        schema: &Schema,
        entries: &mut IndexMap<String, Json>,
        state: &mut Generation,
    ) -> bool {
        let mut complete = true;
        for (name, property) in &schema.properties {
            let required = schema.required.contains(name);
            if entries.contains_key(name)
                || (!required && !state.has_room())
                || self.is_hidden(*property, state.direction)
            {
                continue;
            }
            match self.generate(*property, state) {
                Some(made) => {
                    entries.insert(name.clone(), made);
                }
                None if required && self.nullable(*property) => {
                    entries.insert(name.clone(), Json::Null);
                }
                None => complete &= !required,
            }
        }
        for name in undescribed_properties(schema) {
            let word = || Json::String(scalars::PLACEHOLDER.to_owned());
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
