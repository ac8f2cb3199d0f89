//! Names of union members, for the inline schemas in them.

use std::borrow::Cow;

use crate::document::{Schema, SchemaId, Type};
use crate::lower::schemas::all_of::single_value;
use crate::lower::schemas::graph::Graph;

/// Returns the name of each member: empty for the only member that is not null; otherwise its title, its discriminator
/// value, its JSON type if no other member has it, or its number.
pub(in crate::lower) fn member_names<'d>(graph: &Graph<'d>, members: &[SchemaId]) -> Vec<Cow<'d, str>> {
    let is_single = members.iter().filter(|member| !graph.is_null(**member)).count() == 1;
    if is_single {
        return vec![Cow::Borrowed(""); members.len()];
    }
    let schemas: Vec<Option<&'d Schema>> = members.iter().map(|member| graph.get(*member).in_document()).collect();
    let property = distinguishing_property(graph, &schemas);
    let name = |(index, schema): (usize, &Option<&'d Schema>)| {
        let title = schema
            .and_then(|schema| schema.title.as_deref())
            .filter(|title| !title.trim().is_empty());
        let tag = || constant_of(graph, (*schema)?, property?);
        let type_name = || {
            let kind = json_type((*schema)?)?;
            let same = schemas.iter().flatten().filter(|other| json_type(other) == Some(kind));
            (same.count() == 1).then(|| kind.name())
        };
        let name = title.or_else(tag).or_else(type_name);
        name.map_or_else(|| Cow::Owned(format!("option {}", index + 1)), Cow::Borrowed)
    };
    schemas.iter().enumerate().map(name).collect()
}

/// Returns the property that has a different single value in each of the objects.
fn distinguishing_property<'d>(graph: &Graph<'d>, schemas: &[Option<&'d Schema>]) -> Option<&'d str> {
    let mut objects = Vec::with_capacity(schemas.len());
    for schema in schemas {
        objects.extend(Some((*schema)?).filter(|schema| !schema.properties.is_empty()));
    }
    let (first, others) = objects.split_first().filter(|(_, others)| !others.is_empty())?;
    let distinguishes = |name: &&String| {
        let Some(first) = constant_of(graph, first, name) else {
            return false;
        };
        let mut seen = vec![first];
        others.iter().all(|other| match constant_of(graph, other, name) {
            Some(tag) if !seen.contains(&tag) => {
                seen.push(tag);
                true
            }
            Some(_) | None => false,
        })
    };
    first.properties.keys().find(distinguishes).map(String::as_str)
}

/// Returns the only value of a property, if it can be used in a name.
fn constant_of<'d>(graph: &Graph<'d>, schema: &'d Schema, name: &str) -> Option<&'d str> {
    let property = graph.get(*schema.properties.get(name)?).in_document()?;
    single_value(property)?
        .as_str()
        .filter(|tag| tag.chars().any(char::is_alphanumeric))
}

/// Returns the JSON type of a schema, if it has exactly one.
fn json_type(schema: &Schema) -> Option<Type> {
    let mut kinds = schema.types.iter().filter(|kind| *kind != Type::Null);
    let kind = kinds
        .next()
        .or((!schema.properties.is_empty()).then_some(Type::Object))?;
    kinds.next().is_none().then_some(kind)
}
