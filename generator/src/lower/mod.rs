//! `lower`: converts the document to a description of the API that does not depend on a language.
//!
//! In: a [`Document`] and the settings of its SDK. Out: an [`ir::Api`]. Guarantees: no `$ref` and no `allOf` is left; ids
//! are indices; a type that would contain itself is boxed or is a newtype; every union has a strategy; every operation has
//! its errors and its pagination. What the SDK cannot represent is in [`ir::Api::dropped`] and in a diagnostic.
//!
//! Groups of modules, each of which imports only those before it (`tests/layering/main.rs`): `conventions` and
//! `report`; `types`; `schemas`, whose context is [`Schemas`]; `operations`; `pagination`, `examples` and `passes`.
//!
//! The schemas of a document may form reference cycles. Types are therefore built on demand, each once. The passes that
//! follow work on the finished types.

mod conventions;
mod examples;
mod operations;
mod pagination;
mod passes;
mod report;
mod schemas;
#[cfg(test)]
mod tests;
mod types;

use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Operation};
use crate::ir;

use operations::{polling, security, webhooks};
use passes::{
    ambiguous_variants, boxing, client_parameters, corrections, discriminator_fields, equal_types, error_sets, groups,
    links, merge_patch, prune, select, union_evidence, usage,
};
use schemas::{Schemas, components};

/// A pass of lowering.
pub struct Pass {
    /// The name, for `explain --after`.
    pub name: &'static str,
    run: fn(&mut Lowering<'_>),
}

/// The passes of lowering, in order.
pub const PASSES: &[Pass] = &[
    pass("select", select::run),
    pass("types", |lowering| {
        components::build(&mut lowering.schemas, &lowering.all_names)
    }),
    pass("operations", operations::run),
    pass("webhooks", webhooks::run),
    pass("corrections", corrections::run),
    pass("merge-patch", merge_patch::run),
    pass("discriminator-fields", discriminator_fields::run),
    pass("errors", error_sets::run),
    pass("pagination", pagination::run),
    pass("polling", polling::run),
    pass("links", links::run),
    pass("groups", groups::run),
    pass("security", security::run),
    pass("client-parameters", client_parameters::run),
    pass("equal-types", equal_types::run),
    pass("usage", usage::run),
    pass("prune", prune::run),
    pass("ambiguous-variants", ambiguous_variants::run),
    pass("boxing", boxing::run),
    pass("union-evidence", union_evidence::run),
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
    lowering.finish(diagnostics)
}

/// The state of lowering.
struct Lowering<'d> {
    document: &'d Document,
    settings: &'d Settings,
    schemas: Schemas<'d>,
    /// The API as far as it is built, without the types.
    api: ir::Api,
    /// The selected operations, in the order of [`ir::Api::operations`].
    operations: Vec<&'d Operation>,
    /// The id of each selected operation, until the pass `operations`.
    ids: Vec<String>,
    /// The name of each selected operation, until the pass `operations`.
    names: Vec<ir::OperationName>,
    /// The name of each operation of the document, for the names of inline types.
    all_names: Vec<String>,
    /// The components that operations use before the pass `equal-types` but not after it, or in fewer directions, because only replaced
    /// types refer to them, with their usage before it. They stay part of the SDK.
    equal_components: Vec<(ir::TypeId, ir::Usage)>,
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
            schemas: Schemas::new(document, settings),
            api,
            operations: Vec::new(),
            ids: Vec::new(),
            names: Vec::new(),
            all_names: Vec::new(),
            equal_components: Vec::new(),
        }
    }

    /// Returns the API with its types. Reports each problem once, because operations can share schemas.
    fn finish(mut self, diagnostics: &mut Diagnostics) -> ir::Api {
        let mut report = self.schemas.report;
        report.diagnostics.dedup();
        diagnostics.append(report.diagnostics);
        self.api.dropped = report.dropped;
        self.api.types = self.schemas.types;
        self.api
    }
}
