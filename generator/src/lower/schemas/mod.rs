//! Schemas: from the schemas of the document to types.
//!
//! In: the schemas of a document. Out: types and type references, on demand. [`Schemas`] is the context of this work;
//! the functions that need it take it as their first argument. Operations are visited only to name inline schemas and
//! to find equal error bodies.

pub(in crate::lower) mod all_of;
pub(in crate::lower) mod bounds;
pub(in crate::lower) mod components;
pub(in crate::lower) mod conditional;
pub(in crate::lower) mod contradictions;
pub(in crate::lower) mod enums;
pub(in crate::lower) mod graph;
pub(in crate::lower) mod inline_names;
pub(in crate::lower) mod member_names;
pub(in crate::lower) mod nullability;
pub(in crate::lower) mod resolve;
pub(in crate::lower) mod scalars;
pub(in crate::lower) mod shared_error_bodies;
pub(in crate::lower) mod structs;
pub(in crate::lower) mod unions;
pub(in crate::lower) mod xml;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::Settings;
use crate::document::{Document, SchemaId};
use crate::ir::Types;
use crate::lower::report::Report;

use graph::Graph;
use inline_names::InlineNames;
use nullability::Nullable;
use resolve::Progress;
use unions::discriminator::Subtypes;
use unions::mapped_values::MappedValues;

/// How much work the examples of an API may take together: the number of schemas that are visited.
const MAX_EXAMPLE_STEPS: usize = 5_000_000;

/// The context of all work on schemas.
pub(in crate::lower) struct Schemas<'d> {
    pub(in crate::lower) document: &'d Document,
    pub(in crate::lower) settings: &'d Settings,
    pub(in crate::lower) report: Report,
    /// The types that are built so far.
    pub(in crate::lower) types: Types,
    /// The schema of each type.
    pub(in crate::lower) sources: Vec<SchemaId>,
    pub(in crate::lower) graph: Graph<'d>,
    pub(in crate::lower) inline_names: InlineNames<'d>,
    /// The merged schema of each schema with `allOf` or `$ref` that was flattened so far.
    pub(in crate::lower) merged: FxHashMap<SchemaId, SchemaId>,
    /// The schema from which a synthetic union member was derived.
    derived_from: FxHashMap<SchemaId, SchemaId>,
    /// Schemas that no value matches.
    unsatisfiable: FxHashSet<SchemaId>,
    subtypes: Subtypes,
    nullables: Vec<Nullable>,
    progress: Vec<Progress>,
    /// The current depth of inline schemas.
    depth: usize,
    /// The mapped values of discriminators, as far as they are cached.
    mapped_values: FxHashMap<SchemaId, Arc<MappedValues>>,
    /// How much work the remaining examples may take.
    pub(in crate::lower) example_steps: usize,
}

impl<'d> Schemas<'d> {
    /// Creates the context for a document.
    pub(in crate::lower) fn new(document: &'d Document, settings: &'d Settings) -> Self {
        Self {
            document,
            settings,
            report: Report::default(),
            types: Types::default(),
            sources: Vec::new(),
            graph: Graph::new(document),
            inline_names: InlineNames::default(),
            merged: FxHashMap::default(),
            derived_from: FxHashMap::default(),
            unsatisfiable: FxHashSet::default(),
            subtypes: Subtypes::default(),
            nullables: Vec::new(),
            progress: Vec::new(),
            depth: 0,
            mapped_values: FxHashMap::default(),
            example_steps: MAX_EXAMPLE_STEPS,
        }
    }

    /// Returns the schema that a reference resolves to.
    pub(in crate::lower) fn target(&self, id: SchemaId) -> SchemaId {
        self.graph.target(id)
    }

    /// Returns the key of a component.
    pub(in crate::lower) fn component_name(&self, id: SchemaId) -> Option<&'d str> {
        let index = self.graph.component(id)?;
        self.document
            .components
            .get_index(index as usize)
            .map(|(key, _)| key.as_str())
    }
}
