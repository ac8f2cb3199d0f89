//! Operation names: what an operation is called in code, before its group is known.
//!
//! In: the document and the ids of its operations. Out: an [`OperationName`] for each. An id that a server framework derived
//! from method and path is replaced by a REST verb and the resource; the prefixes and suffixes that frameworks add are
//! removed. Every other id is kept.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::document::{Document, Operation};
use crate::ir::{NameRule, OperationName};
use crate::lower::conventions::paths;
use crate::lower::operations::endpoint_ids::{self, EndpointIds};
use crate::lower::operations::framework_ids::{
    follow_modules, follow_paths, function, handler, repeats_path, without_controller_prefix, without_fastapi_suffix,
    without_path_prefix, without_spring_suffix,
};
use crate::lower::operations::rest_names::Paths;

/// The maximum number of operations that a thread names at once, so that all threads are busy until the end.
const TASK: usize = 256;

/// Returns the name of each operation, in the order of the document.
pub(in crate::lower) fn operation_names(document: &Document, ids: &[String]) -> Vec<OperationName> {
    let (document_paths, conventions) = rayon::join(|| Paths::new(document), || Conventions::new(document, ids));
    let operations = document.operations.par_iter().zip(ids).with_max_len(TASK);
    operations
        .map(|(operation, id)| name(&document_paths, &conventions, operation, id))
        .collect()
}

/// What the ids of a document have in common.
struct Conventions<'d> {
    /// Whether most ids consist of the method and the path.
    derived: bool,
    /// Whether ids consist of the path and the name of the handler.
    follow_paths: bool,
    /// Whether ids consist of the module and the name of a function.
    follow_modules: bool,
    /// What the ids have in common if they are derived from the classes of endpoints.
    endpoints: Option<EndpointIds>,
    known: FxHashSet<&'d str>,
}

impl<'d> Conventions<'d> {
    fn new(document: &'d Document, ids: &'d [String]) -> Self {
        // `getUsers` for `GET /users` is a name that a person may have chosen. It counts as derived if most ids of the
        // document are derived from their paths.
        let own_ids = || {
            document
                .operations
                .iter()
                .filter_map(|operation| Some((operation, operation.id.as_deref()?)))
        };
        let repeats = |operation: &&Operation| operation.id.as_deref().is_some_and(|id| repeats_path(operation, id));
        let operations = document.operations.par_iter().with_max_len(TASK);
        let repeating = operations.filter(repeats).count();
        let ((follow_paths, follow_modules), endpoints) = rayon::join(
            || (follow_paths(own_ids()), follow_modules(own_ids())),
            || endpoint_ids::convention(own_ids().map(|(_, id)| id)),
        );
        Self {
            derived: repeating >= 3 && repeating * 3 >= own_ids().count() * 2,
            follow_paths,
            follow_modules,
            endpoints,
            known: ids.iter().map(String::as_str).collect(),
        }
    }
}

/// Returns the document's id as the name, for `naming: document`.
pub(in crate::lower) fn verbatim(id: &str) -> OperationName {
    OperationName {
        text: id.to_owned(),
        rule: NameRule::Document,
        rest: None,
    }
}

fn name(document_paths: &Paths<'_>, conventions: &Conventions<'_>, operation: &Operation, id: &str) -> OperationName {
    let has_own_id = operation.id.as_deref().is_some_and(|own| own == id);
    // An id that contains the path twice was derived from the path.
    let repeats_path =
        || repeats_path(operation, id) && (conventions.derived || id.matches(operation.path.as_str()).count() > 1);
    if !has_own_id || repeats_path() {
        if let Some(rest) = document_paths.rest_name(operation) {
            return OperationName {
                text: rest.text(),
                rule: NameRule::Rest,
                rest: Some(rest),
            };
        }
        return verbatim(id);
    }
    let cleaned = [
        (without_fastapi_suffix(operation, id), NameRule::FastApi),
        (without_path_prefix(operation, id), NameRule::PathPrefix),
        (
            paths::without_prefix(&operation.path, id).map(str::to_owned),
            NameRule::PathStart,
        ),
        (
            conventions.follow_paths.then(|| handler(operation, id)).flatten(),
            NameRule::Handler,
        ),
        (
            conventions.follow_modules.then(|| function(operation, id)).flatten(),
            NameRule::Module,
        ),
        (
            conventions
                .endpoints
                .as_ref()
                .and_then(|convention| endpoint_ids::name(convention, id)),
            NameRule::Endpoint,
        ),
        (without_spring_suffix(id, &conventions.known), NameRule::Spring),
        (without_controller_prefix(id), NameRule::Controller),
    ];
    let found = cleaned.into_iter().find_map(|(text, rule)| Some((text?, rule)));
    found.map_or_else(|| verbatim(id), |(text, rule)| OperationName { text, rule, rest: None })
}
