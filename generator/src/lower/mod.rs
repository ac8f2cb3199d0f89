//! `lower`: converts the document to a description of the API that does not depend on a language.
//!
//! In: a [`Document`] and the settings of its SDK. Out: an [`ir::Api`]. Guarantees: no `$ref` and no `allOf` is left; ids
//! are indices; a type that would contain itself is boxed or is a newtype; every union has a strategy; every operation has
//! its errors and its pagination. What the SDK cannot represent is in [`ir::Api::dropped`] and in a diagnostic.
//!
//! The schemas of a document may form reference cycles. Types are therefore built on demand, each once. The passes that
//! follow work on the finished types.

mod conventions;
mod examples;
mod operations;
mod paging;
mod passes;
mod schemas;
#[cfg(test)]
mod tests;
mod types;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::Settings;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{Document, Operation, SchemaId};
use crate::ir;

use operations::{security, webhooks};
use passes::{boxing, discriminator_fields, error_sets, groups, prune, select, usage};
use schemas::components;
use schemas::graph::Graph;
use schemas::inline_names::InlineNames;
use schemas::nullability::Nullable;
use schemas::resolve::Progress;
use schemas::unions::discriminator::Children;

/// A pass of lowering.
pub struct Pass {
    /// The name, for `explain --after`.
    pub name: &'static str,
    run: fn(&mut Lowering<'_>),
}

/// The passes of lowering, in order.
pub const PASSES: &[Pass] = &[
    pass("select", select::run),
    pass("types", components::run),
    pass("operations", operations::run),
    pass("webhooks", webhooks::run),
    pass("discriminator-fields", discriminator_fields::run),
    pass("errors", error_sets::run),
    pass("paging", paging::run),
    pass("groups", groups::run),
    pass("security", security::run),
    pass("usage", usage::run),
    pass("prune", prune::run),
    pass("boxing", boxing::run),
    pass("examples", examples::run),
];

const fn pass(name: &'static str, run: fn(&mut Lowering<'_>)) -> Pass {
    Pass { name, run }
}

/// Lowers a document.
pub fn lower(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> ir::Api {
    lower_until(document, settings, diagnostics, None)
}

/// Lowers a document up to and including the pass `last`, or through all passes.
pub fn lower_until(
    document: &Document,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
    last: Option<&str>,
) -> ir::Api {
    let mut lowering = Lowering::new(document, settings);
    for pass in PASSES {
        (pass.run)(&mut lowering);
        if last == Some(pass.name) {
            break;
        }
    }
    // Shared schemas are lowered for each operation; report each problem once.
    lowering.diagnostics.dedup();
    diagnostics.append(lowering.diagnostics);
    lowering.api
}

/// The state of lowering.
struct Lowering<'d> {
    document: &'d Document,
    settings: &'d Settings,
    diagnostics: Diagnostics,
    /// The API as far as it is built.
    api: ir::Api,
    /// The selected operations, in the order of [`ir::Api::operations`].
    operations: Vec<&'d Operation>,
    /// The id of each selected operation.
    ids: Vec<String>,
    /// The id of each operation of the document.
    all_ids: Vec<String>,
    graph: Graph<'d>,
    inline_names: InlineNames<'d>,
    /// The merged schema of each schema with `allOf`.
    merged: FxHashMap<SchemaId, SchemaId>,
    /// The schema that a synthetic union member was derived from.
    origin_of: FxHashMap<SchemaId, SchemaId>,
    /// Schemas that no value matches.
    unsatisfiable: FxHashSet<SchemaId>,
    children: Children,
    nullables: Vec<Nullable>,
    progress: Vec<Progress>,
    /// The schema of each type.
    sources: Vec<SchemaId>,
    /// The current depth of inline schemas.
    depth: usize,
    /// How much work the remaining examples may take.
    example_steps: usize,
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document, settings: &'d Settings) -> Self {
        let api = ir::Api {
            title: document.info.title.clone(),
            version: document.info.version.clone(),
            summary: document.info.summary.clone(),
            description: document.info.description.clone(),
            contact: document.info.contact.clone(),
            license: document.info.license.clone(),
            openapi: document.openapi.clone(),
            servers: document.servers.clone(),
            ..ir::Api::default()
        };
        Self {
            document,
            settings,
            diagnostics: Diagnostics::default(),
            api,
            operations: Vec::new(),
            ids: Vec::new(),
            all_ids: Vec::new(),
            graph: Graph::new(document),
            inline_names: InlineNames::default(),
            example_steps: examples::MAX_STEPS,
            merged: FxHashMap::default(),
            origin_of: FxHashMap::default(),
            unsatisfiable: FxHashSet::default(),
            children: Children::default(),
            nullables: Vec::new(),
            progress: Vec::new(),
            sources: Vec::new(),
            depth: 0,
        }
    }

    /// Returns the key of a component.
    fn component_name(&self, id: SchemaId) -> Option<&'d str> {
        let index = self.graph.component(id)?;
        self.document
            .components
            .get_index(index as usize)
            .map(|(key, _)| key.as_str())
    }

    /// Records something that the SDK does not represent.
    fn drop(&mut self, place: Option<Place>, pointer: &str, reason: &str) {
        let dropped = ir::Dropped {
            place,
            pointer: pointer.to_owned(),
            reason: reason.to_owned(),
        };
        if !self.api.dropped.contains(&dropped) {
            self.api.dropped.push(dropped);
        }
    }

    /// Reports an element that the document excludes from SDKs.
    fn report_ignored(&mut self, key: &str, what: &str, place: Option<Place>, pointer: &str) {
        let message = format!("`{key}` excludes this {what} from the SDK");
        self.diagnostics.push(Diagnostic::new(Code::Excluded, place, message));
        self.drop(place, pointer, &format!("excluded by `{key}`"));
    }
}
