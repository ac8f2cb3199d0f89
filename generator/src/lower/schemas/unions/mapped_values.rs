//! Mapped values: the discriminator values that a mapping has for each schema.
//!
//! They are collected once for all members of a union, because each member would otherwise search the whole mapping.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::document::{Discriminator, SchemaId};
use crate::lower::schemas::Schemas;
use crate::lower::types::lookup::MAX_ALIASES;

/// The discriminator values of a mapping, by schema.
pub(in crate::lower) struct MappedValues(FxHashMap<SchemaId, Vec<String>>);

impl MappedValues {
    pub(in crate::lower) fn new(schemas: &Schemas<'_>, discriminator: &Discriminator) -> Self {
        let mut values: FxHashMap<SchemaId, Vec<String>> = FxHashMap::default();
        for (value, id) in &discriminator.mapping {
            let mut reached = schemas.graph.chain(*id);
            reached.extend(aliases(schemas, *id));
            reached.sort_unstable();
            reached.dedup();
            for schema in reached {
                values.entry(schema).or_default().push(value.clone());
            }
        }
        Self(values)
    }

    /// Returns the values for the discriminator of a schema, which are collected once.
    pub(in crate::lower) fn cached(
        schemas: &mut Schemas<'_>,
        id: SchemaId,
        discriminator: &Discriminator,
    ) -> Arc<Self> {
        if let Some(known) = schemas.mapped_values.get(&id) {
            return Arc::clone(known);
        }
        let values = Arc::new(Self::new(schemas, discriminator));
        schemas.mapped_values.insert(id, Arc::clone(&values));
        values
    }

    /// Returns the values for a schema, in the order of the mapping.
    pub(super) fn of(&self, schema: SchemaId) -> &[String] {
        self.0.get(&schema).map_or(&[], Vec::as_slice)
    }
}

/// Returns a schema and the schemas of which it is an alias, directly or through other components, up to
/// [`MAX_ALIASES`].
pub(super) fn aliases(schemas: &Schemas<'_>, id: SchemaId) -> impl Iterator<Item = SchemaId> {
    let next = |at: &SchemaId| Some(schemas.target(*at)).filter(|next| next != at);
    std::iter::successors(Some(id), next).take(MAX_ALIASES)
}
