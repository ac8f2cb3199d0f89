//! The steps from a union to its members, for the names of what stands in them.

use std::borrow::Cow;

use crate::document::{Schema, SchemaId, Type};

use super::all_of::only_value;
use super::enums::type_word;
use super::graph::Graph;

/// The step to each member: none to one that is alone but for null; else its title, the tag or the JSON type that it alone
/// has, or its number.
pub(super) fn to_members<'d>(graph: &Graph<'d>, members: &[SchemaId]) -> Vec<Cow<'d, str>> {
    let alone = members.iter().filter(|member| !graph.is_null(**member)).count() == 1;
    if alone {
        return vec![Cow::Borrowed(""); members.len()];
    }
    let schemas: Vec<Option<&'d Schema>> = members.iter().map(|member| graph.get(*member).written()).collect();
    let tag = telling_property(graph, &schemas);
    let step = |(index, schema): (usize, &Option<&'d Schema>)| {
        let title = schema
            .and_then(|schema| schema.title.as_deref())
            .filter(|title| !title.trim().is_empty());
        let tag = || value(graph, (*schema)?, tag?);
        let kind = || {
            let kind = kind_of((*schema)?)?;
            let same = schemas.iter().flatten().filter(|other| kind_of(other) == Some(kind));
            (same.count() == 1).then(|| type_word(kind))
        };
        let word = title.or_else(tag).or_else(kind);
        word.map_or_else(|| Cow::Owned(format!("option {}", index + 1)), Cow::Borrowed)
    };
    schemas.iter().enumerate().map(step).collect()
}

/// The property that has one value in each of the objects, another one everywhere.
fn telling_property<'d>(graph: &Graph<'d>, schemas: &[Option<&'d Schema>]) -> Option<&'d str> {
    let mut objects = Vec::with_capacity(schemas.len());
    for schema in schemas {
        objects.extend(Some((*schema)?).filter(|schema| !schema.properties.is_empty()));
    }
    let (first, others) = objects.split_first().filter(|(_, others)| !others.is_empty())?;
    let tells = |name: &&String| {
        let Some(first) = value(graph, first, name) else {
            return false;
        };
        let mut seen = vec![first];
        others.iter().all(|other| match value(graph, other, name) {
            Some(tag) if !seen.contains(&tag) => {
                seen.push(tag);
                true
            }
            Some(_) | None => false,
        })
    };
    first.properties.keys().find(tells).map(String::as_str)
}

/// The only value of a property, if a name can be made of it.
fn value<'d>(graph: &Graph<'d>, schema: &'d Schema, name: &str) -> Option<&'d str> {
    let property = graph.get(*schema.properties.get(name)?).written()?;
    only_value(property)?
        .as_str()
        .filter(|tag| tag.chars().any(char::is_alphanumeric))
}

/// The JSON type that a schema says, if it says one.
fn kind_of(schema: &Schema) -> Option<Type> {
    let mut kinds = schema.types.iter().filter(|kind| *kind != Type::Null);
    let kind = kinds
        .next()
        .or((!schema.properties.is_empty()).then_some(Type::Object))?;
    kinds.next().is_none().then_some(kind)
}
