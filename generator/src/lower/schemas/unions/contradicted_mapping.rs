//! Contradicted mappings: members whose constant for the discriminator property is not a key of the mapping.
//!
//! The constant is the discriminator value then, because the schema of the member allows no other value. Members that are
//! merged with keywords next to their union keep the values of the mapping.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Discriminator, Schema, SchemaId};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::unions::discriminator::discriminator_text;

/// Returns the constant that the schema of a member declares for the discriminator property, if the mapping lacks it. A
/// constant that the member inherits from a component does not count, because other members can inherit it, too.
pub(super) fn constant(schemas: &mut Schemas<'_>, member: SchemaId, discriminator: &Discriminator) -> Option<String> {
    let schema = schemas.graph.get(member);
    let of = |schema: &Schema| schema.properties.get(&discriminator.property).copied();
    let mut inline_parts = schema
        .all_of
        .iter()
        .filter(|part| schemas.graph.component(schemas.target(**part)).is_none());
    let property = of(&schema).or_else(|| inline_parts.find_map(|part| of(&schemas.graph.get(*part))))?;
    let property = all_of::flatten_target(schemas, property);
    let value = discriminator_text(all_of::single_value(&property)?)?;
    (!discriminator.mapping.contains_key(&value)).then_some(value)
}

/// Reports the keys of a mapping that the constant of a member contradicts.
pub(super) fn report(schemas: &mut Schemas<'_>, schema: &Schema, discriminator: &Discriminator) {
    for (key, id) in &discriminator.mapping {
        let target = schemas.target(*id);
        let Some(value) = constant(schemas, target, discriminator) else {
            continue;
        };
        let name = schemas.component_name(target).unwrap_or("the member").to_owned();
        let message = format!(
            "the mapping contains `{key}` for `{name}`, whose property `{}` only allows `{value}`; `{value}` is used",
            discriminator.property
        );
        schemas
            .report
            .push(Diagnostic::new(Code::ContradictedMapping, schema.place, message));
    }
}
