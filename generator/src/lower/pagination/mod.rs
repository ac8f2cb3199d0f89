//! Pagination: how the next page of an operation is requested.
//!
//! The configuration takes precedence over extensions of the document, and these over inference. A rule of the configuration
//! that cannot be applied is an error. An extension that cannot be applied is a warning, and the operation is not paginated,
//! because an SDK without pagination is still correct. An inferred rule names only inputs and properties that exist.

mod candidate;
mod configured;
mod declared;
mod inferred;
mod path;
mod properties;
mod resolve;
mod vocabulary;

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Content, Operation, Pagination, Success, TypeRef, Types};
use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::conventions::spelling;

pub(in crate::lower) use resolve::Unresolved;

/// An operation that may be paginated.
struct Candidate<'a, 'd> {
    types: &'a Types,
    operation: &'a Operation,
    /// The type of one page.
    body: &'a TypeRef,
    lowering: &'a Lowering<'d>,
}

/// The reason why a pagination rule cannot be applied.
enum RuleError {
    /// It names something that does not exist.
    Unresolved(Unresolved),
    /// It is invalid, with the reason.
    Invalid(String),
}

impl From<Unresolved> for RuleError {
    fn from(unresolved: Unresolved) -> Self {
        Self::Unresolved(unresolved)
    }
}

/// The maximum number of operations that a thread examines at once, so that all threads are busy until the end.
const TASK: usize = 256;

/// Sets the pagination of each operation.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let indices = 0..lowering.api.operations.len();
    let found = indices.into_par_iter().with_max_len(TASK);
    let found: Vec<_> = found.map(|index| find(lowering, index)).collect();
    for (operation, (pagination, problem)) in lowering.api.operations.iter_mut().zip(found) {
        if pagination.is_some() {
            exclude_null(&mut operation.success);
        }
        operation.pagination = pagination;
        if let Some(diagnostic) = problem {
            lowering.schemas.report.push(diagnostic);
        }
    }
}

/// Removes null and the missing body from the type of a page, because its items and the next page are properties of it. An SDK
/// reads both as an empty page if it tolerates deviations.
fn exclude_null(success: &mut Success) {
    let cases = success.cases.iter_mut().map(|case| &mut case.content);
    for content in cases.chain([&mut success.content]) {
        if let Content::Json { ty, optional, .. } = content {
            ty.nullable = false;
            *optional = false;
        }
    }
}

/// Returns the pagination of an operation, or the reason why its rule cannot be applied.
fn find(lowering: &Lowering<'_>, index: usize) -> (Option<Pagination>, Option<Diagnostic>) {
    let operation = &lowering.api.operations[index];
    let source = lowering.operations[index];
    let rule = lowering
        .settings
        .pagination
        .iter()
        .find(|rule| rule.operations.contains(&operation.id));
    if rule.is_some_and(|rule| rule.none) {
        return (None, None);
    }
    let declared = extensions::pagination(&source.extensions);
    let body = match &operation.success.content {
        // A body that is optional and missing is an empty page.
        Content::Json { ty, .. } => ty,
        Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::Stream { .. } | Content::ByStatus => {
            let problem = rule.map(|rule| no_page(operation, rule.place)).or_else(|| {
                let (_, key, _) = declared?;
                let reason = "the operation does not return exactly one JSON body".to_owned();
                Some(inapplicable(operation, key, &RuleError::Invalid(reason)))
            });
            return (None, problem);
        }
    };
    let candidate = Candidate {
        types: &lowering.schemas.types,
        operation,
        body,
        lowering,
    };
    if let Some(rule) = rule {
        return match configured::read(&candidate, rule) {
            Ok(pagination) => (Some(pagination), None),
            Err(error) => (None, Some(invalid(operation, rule.place, &error))),
        };
    }
    if let Some((dialect, key, value)) = declared {
        return match declared::read(&candidate, dialect, value) {
            // Some extensions do not name the list, because their tools return whole pages.
            Ok(Some(pagination)) => {
                let items = pagination.items.or_else(|| candidate.infer_items());
                (Some(Pagination { items, ..pagination }), None)
            }
            Ok(None) => (None, None),
            Err(error) => (None, Some(inapplicable(operation, key, &error))),
        };
    }
    match lowering.settings.infer_pagination {
        Some(false) => (None, None),
        Some(true) | None => (inferred::find(&candidate), None),
    }
}

impl RuleError {
    /// Returns the reason as a clause.
    fn reason(&self) -> String {
        match self {
            Self::Unresolved(unresolved) => unresolved.message(),
            Self::Invalid(reason) => reason.clone(),
        }
    }

    /// Returns an existing name that is similar to the name that does not exist.
    fn similar_name(&self) -> Option<String> {
        match self {
            Self::Unresolved(Unresolved { name, known, .. }) => {
                let others = known.iter().map(String::as_str).filter(|known| known != name);
                spelling::nearest(name, others)
            }
            Self::Invalid(_) => None,
        }
    }
}

/// Returns the diagnostic for a rule of the configuration that cannot be applied.
fn invalid(operation: &Operation, place: Option<Place>, error: &RuleError) -> Diagnostic {
    let id = &operation.id;
    let message = format!("cannot apply the pagination rule to `{id}`: {}", error.reason());
    let diagnostic = Diagnostic::new(Code::PaginationRuleInvalid, place.unwrap_or(operation.place), message);
    match error.similar_name() {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic.help(format!(
            "fix the rule, or set `none: true` for `{id}` under `pagination` in the configuration"
        )),
    }
}

/// Returns the diagnostic for an extension that cannot be applied.
fn inapplicable(operation: &Operation, key: &str, error: &RuleError) -> Diagnostic {
    let (id, reason) = (&operation.id, error.reason());
    let message = format!("cannot apply `{key}` to `{id}`, because {reason}; the operation is not paginated");
    let diagnostic = Diagnostic::new(Code::InvalidExtension, operation.place, message);
    match error.similar_name() {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic.help(format!(
            "fix the extension, or add a rule for `{id}` under `pagination` in the configuration"
        )),
    }
}

fn no_page(operation: &Operation, place: Option<Place>) -> Diagnostic {
    let reason = "the operation does not return exactly one JSON body".to_owned();
    invalid(operation, place, &RuleError::Invalid(reason))
}
