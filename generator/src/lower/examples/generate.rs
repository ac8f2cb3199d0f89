//! Examples generated from schemas: all properties, the first value of an enum, one item of a list.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use crate::document::{Additional, Schema, SchemaId, Type};
use crate::json::Json;

use super::distinct::distinct;
use super::scalars;
use super::validate::has_type;
use crate::lower::examples::validate;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::nullability;
use crate::lower::schemas::structs::undescribed_properties;
use crate::lower::schemas::unions::discriminator;
use crate::lower::schemas::unions::mapped_values::MappedValues;
use crate::lower::schemas::unions::members;

/// Whether the example is for a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::lower) enum Direction {
    /// A request.
    Sent,
    /// A response.
    Received,
}

/// The number of values in an example after which optional properties are left out.
const MAX_VALUES: usize = 160;
/// The number of enclosing schemas after which optional properties are left out.
const MAX_DEPTH_WITH_OPTIONALS: usize = 4;
/// The maximum number of items of an array, regardless of `minItems`.
const MAX_ITEMS: usize = 16;
/// The maximum depth of an example.
const MAX_DEPTH: usize = 24;

/// The maximum number of schemas that are visited for one example.
const MAX_STEPS: usize = 4_000;
/// The number of schemas that may be visited for one example if the steps of all examples are used up.
const MIN_STEPS: usize = 100;

/// The state of the generation of one example.
struct Generation {
    direction: Direction,
    /// The enclosing schemas.
    inside: Vec<SchemaId>,
    /// The number of values so far.
    values: usize,
    /// How many more schemas may be visited. Schemas that refer to each other have exponentially many examples.
    steps: usize,
}

impl Generation {
    /// Returns whether optional properties may still be added.
    fn has_room(&self) -> bool {
        self.values < MAX_VALUES && self.inside.len() <= MAX_DEPTH_WITH_OPTIONALS
    }
}

/// The examples of the schemas that operations refer to. The example of a schema of several operations is made once.
#[derive(Default)]
pub(super) struct SharedExamples(FxHashMap<(SchemaId, Direction), Option<Json>>);

impl SharedExamples {
    /// Returns the example of a schema: the documented one if it matches, otherwise a generated one.
    pub(super) fn example(&mut self, schemas: &mut Schemas<'_>, id: SchemaId, direction: Direction) -> Option<Json> {
        // A reference has the example of its target, unless it has an example itself.
        let chain = schemas.graph.chain(id);
        let (target, references) = chain.split_last()?;
        let is_bare = |id: &SchemaId| schemas.graph.get(*id).examples.is_empty();
        let key = (if references.iter().all(is_bare) { *target } else { id }, direction);
        if let Some(known) = self.0.get(&key) {
            return known.clone();
        }
        let example = example(schemas, id, direction);
        self.0.insert(key, example.clone());
        example
    }
}

/// Returns the example of a schema: the documented one if it matches, otherwise a generated one.
pub(in crate::lower) fn example(schemas: &mut Schemas<'_>, id: SchemaId, direction: Direction) -> Option<Json> {
    let steps = schemas.example_steps.clamp(MIN_STEPS, MAX_STEPS);
    let mut state = Generation {
        direction,
        inside: Vec::new(),
        values: 0,
        steps,
    };
    let example = generate(schemas, id, &mut state);
    schemas.example_steps = schemas.example_steps.saturating_sub(steps - state.steps);
    example
}

/// Generates an example. Returns `None` if the schema contains itself, or if the limit of steps or of the depth is
/// reached.
fn generate(schemas: &mut Schemas<'_>, id: SchemaId, state: &mut Generation) -> Option<Json> {
    state.steps = state.steps.checked_sub(1)?;
    let chain = schemas.graph.chain(id);
    let target = *chain.last()?;
    if state.inside.contains(&target) || state.inside.len() > MAX_DEPTH {
        return None;
    }
    for id in &chain {
        let documented = schemas.graph.get(*id);
        if let Some(documented) = documented
            .examples
            .first()
            .filter(|documented| validate::is_valid(schemas, documented, Some(target)))
        {
            state.values += size(documented);
            return Some(documented.clone());
        }
    }
    state.inside.push(target);
    let generated = generate_target(schemas, target, state);
    state.inside.pop();
    generated
}

fn generate_target(schemas: &mut Schemas<'_>, target: SchemaId, state: &mut Generation) -> Option<Json> {
    state.values += 1;
    let schema = all_of::flatten(schemas, target);
    if let Some(documented) = schema
        .examples
        .first()
        .filter(|documented| validate::is_valid(schemas, documented, Some(target)))
    {
        return Some(documented.clone());
    }
    let listed = || schema.values.iter().flatten().find(|value| **value != Json::Null);
    if let Some(value) = schema.constant.as_ref().or_else(listed) {
        return Some(value.clone());
    }
    if !members(&schema).is_empty() {
        let generated = generate_member(schemas, target, &schema, state)?;
        // If the members do not constrain the type, the whole schema does.
        if has_type(&schema, &generated) {
            return Some(generated);
        }
    }
    let default = schema
        .default
        .as_ref()
        .filter(|default| !matches!(default, Json::Null | Json::Object(_) | Json::Array(_)));
    if let Some(default) = default.filter(|default| validate::is_valid(schemas, default, Some(target))) {
        return Some(default.clone());
    }
    match type_to_generate(&schema) {
        None => Some(Json::empty_object()),
        Some(Type::Null) => Some(Json::Null),
        Some(Type::Boolean) => Some(Json::Bool(true)),
        Some(Type::Integer) => Some(scalars::integer(&schema)),
        Some(Type::Number) => Some(scalars::number(&schema)),
        Some(Type::String) => Some(scalars::example_string(&schema)),
        Some(Type::Array) => Some(generate_array(schemas, &schema, state)),
        Some(Type::Object) => generate_object(schemas, target, &schema, state),
    }
}

/// Returns the type of the value to generate: the most specific of the types that the schema allows.
fn type_to_generate(schema: &Schema) -> Option<Type> {
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
        (false, false) if crate::lower::schemas::scalars::implies_string(schema) => Some(Type::String),
        (false, false) => None,
    }
}

/// Generates a value of the first union member for which it is possible.
fn generate_member(
    schemas: &mut Schemas<'_>,
    target: SchemaId,
    schema: &Schema,
    state: &mut Generation,
) -> Option<Json> {
    for member in members(schema) {
        if schemas.graph.is_null(*member) {
            continue;
        }
        let Some(mut generated) = generate(schemas, *member, state) else {
            continue;
        };
        if let Some(entries) = generated.as_object_mut() {
            generate_properties(schemas, schema, entries, state);
            set_discriminator(schemas, (target, schema), *member, entries);
        }
        return Some(generated);
    }
    None
}

/// Sets the discriminator value of a member, if it has one.
fn set_discriminator(
    schemas: &mut Schemas<'_>,
    (id, schema): (SchemaId, &Schema),
    member: SchemaId,
    entries: &mut IndexMap<String, Json>,
) {
    let Some(discriminator) = &schema.discriminator else {
        return;
    };
    let mapped = MappedValues::cached(schemas, id, discriminator);
    if let Some(tag) = discriminator::discriminator_values(schemas, member, discriminator, &mapped)
        .into_iter()
        .next()
    {
        entries.insert(discriminator.property.clone(), Json::String(tag));
    }
}

fn generate_array(schemas: &mut Schemas<'_>, schema: &Schema, state: &mut Generation) -> Json {
    let mut items = Vec::new();
    for item in &schema.prefix_items {
        items.extend(generate(schemas, *item, state));
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
            let Some(mut generated) = generate(schemas, item, state) else {
                break;
            };
            if schema.bounds.unique_items && items.contains(&generated) {
                generated = distinct(schemas, item, &generated, &items).unwrap_or(generated);
            }
            items.push(generated);
        }
    }
    Json::Array(items)
}

/// Generates an object. Returns `None` if a required property cannot be generated.
fn generate_object(
    schemas: &mut Schemas<'_>,
    target: SchemaId,
    schema: &Schema,
    state: &mut Generation,
) -> Option<Json> {
    let mut entries = IndexMap::new();
    if !generate_properties(schemas, schema, &mut entries, state) {
        return None;
    }
    set_discriminator(schemas, (target, schema), target, &mut entries);
    if entries.is_empty()
        && state.has_room()
        && let Additional::Schema(value) = schema.additional
        && let Some(generated) = generate(schemas, value, state)
    {
        entries.insert("key".to_owned(), generated);
    }
    Some(Json::from(entries))
}

/// Returns whether an object has as many properties as its schema allows, including the required ones that are still missing.
fn is_full(schema: &Schema, entries: &IndexMap<String, Json>) -> bool {
    let missing = || {
        schema
            .required
            .iter()
            .filter(|name| !entries.contains_key(*name))
            .count()
    };
    let most = schema.bounds.max_properties;
    most.is_some_and(|most| entries.len() + missing() >= usize::try_from(most).unwrap_or(usize::MAX))
}

/// Adds the properties. Returns whether all required ones could be generated.
fn generate_properties(
    schemas: &mut Schemas<'_>,
    schema: &Schema,
    entries: &mut IndexMap<String, Json>,
    state: &mut Generation,
) -> bool {
    let mut complete = true;
    for (name, property) in &schema.properties {
        let required = schema.required.contains(name);
        if entries.contains_key(name)
            || (!required && (!state.has_room() || is_full(schema, entries)))
            || is_hidden(schemas, *property, state.direction)
        {
            continue;
        }
        match generate(schemas, *property, state) {
            Some(generated) => {
                entries.insert(name.clone(), generated);
            }
            None if required && nullability::nullable(schemas, *property) => {
                entries.insert(name.clone(), Json::Null);
            }
            None => complete &= !required,
        }
    }
    for name in undescribed_properties(schema) {
        let placeholder = || Json::String(scalars::PLACEHOLDER.to_owned());
        entries.entry(name.clone()).or_insert_with(placeholder);
    }
    complete
}

fn is_hidden(schemas: &Schemas<'_>, property: SchemaId, direction: Direction) -> bool {
    schemas.graph.chain(property).into_iter().any(|id| {
        let schema = schemas.graph.get(id);
        schema.never
            || match direction {
                Direction::Sent => schema.read_only,
                Direction::Received => schema.write_only,
            }
    })
}

pub(super) fn size(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Json::Object(entries) => 1 + entries.values().map(size).sum::<usize>(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 1,
    }
}
