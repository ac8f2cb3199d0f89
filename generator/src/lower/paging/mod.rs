//! Pagination: how the next page of an operation is requested.
//!
//! The configuration has precedence over extensions of the document, and these over inference. A written rule must bind: a
//! missing input or property is an error, because an SDK that requests the first page forever is worse than none. An
//! inferred rule always binds.

mod bind;
mod configured;
mod declared;
mod inferred;
mod path;
mod vocabulary;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::document;
use crate::ir::{Content, Operation, Paging, TypeRef, Types};
use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::conventions::spelling;

pub(in crate::lower) use bind::Unbound;

/// An operation that may be paginated.
struct Candidate<'a, 'd> {
    types: &'a Types,
    operation: &'a Operation,
    /// The type of one page.
    body: &'a TypeRef,
    /// The operation in the document.
    source: &'d document::Operation,
    lowering: &'a Lowering<'d>,
}

/// The reason why a pagination rule cannot be applied.
enum RuleError {
    /// It names something that does not exist.
    Unbound(Unbound),
    /// It is invalid, with the reason.
    Invalid(String),
}

impl From<Unbound> for RuleError {
    fn from(unbound: Unbound) -> Self {
        Self::Unbound(unbound)
    }
}

/// Sets the pagination of each operation.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    for index in 0..lowering.api.operations.len() {
        let (paging, problem) = find(lowering, index);
        lowering.api.operations[index].paging = paging;
        if let Some(diagnostic) = problem {
            lowering.schemas.report.push(diagnostic);
        }
    }
}

fn find(lowering: &Lowering<'_>, index: usize) -> (Option<Paging>, Option<Diagnostic>) {
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
    let declared = extensions::paging(&source.extensions);
    let body = match &operation.success.content {
        Content::Json {
            ty, optional: false, ..
        } => ty,
        Content::Empty
        | Content::Json { .. }
        | Content::Text { .. }
        | Content::Bytes { .. }
        | Content::Stream { .. }
        | Content::ByStatus => {
            let problem = rule.map(|rule| no_page(operation, rule.place)).or_else(|| {
                let (_, key, _) = declared?;
                Some(invalid(
                    operation,
                    key,
                    "the operation does not return exactly one JSON body",
                ))
            });
            return (None, problem);
        }
    };
    let candidate = Candidate {
        types: &lowering.schemas.types,
        operation,
        body,
        source,
        lowering,
    };
    if let Some(rule) = rule {
        return split(configured::read(&candidate, rule), |error| {
            describe(&candidate, error, "the configuration", rule.place)
        });
    }
    if let Some((dialect, key, value)) = declared {
        return match declared::read(&candidate, dialect, value) {
            // Extensions of tools that return whole pages do not name the list.
            Ok(Some(paging)) => {
                let items = paging.items.or_else(|| candidate.infer_items());
                (Some(Paging { items, ..paging }), None)
            }
            Ok(None) => (None, None),
            // If the document only lacks the description of a body, an SDK without pagination is still correct.
            Err(RuleError::Unbound(unbound)) if !unbound.is_input() => {
                (None, Some(invalid(operation, &format!("`{key}`"), &unbound.message())))
            }
            Err(error) => (None, Some(describe(&candidate, error, &format!("`{key}`"), None))),
        };
    }
    match lowering.settings.infer_pagination {
        Some(false) => (None, None),
        Some(true) | None => (inferred::find(&candidate), None),
    }
}

fn split(
    found: Result<Paging, RuleError>,
    describe: impl FnOnce(RuleError) -> Diagnostic,
) -> (Option<Paging>, Option<Diagnostic>) {
    match found {
        Ok(paging) => (Some(paging), None),
        Err(error) => (None, Some(describe(error))),
    }
}

fn describe(candidate: &Candidate<'_, '_>, error: RuleError, origin: &str, place: Option<Place>) -> Diagnostic {
    let operation = candidate.operation;
    match error {
        RuleError::Unbound(unbound) => {
            let message = format!(
                "cannot apply the pagination rule of {origin} to `{}`: {}",
                operation.id,
                unbound.message()
            );
            let diagnostic = Diagnostic::new(Code::UnboundPaging, place.unwrap_or(operation.place), message);
            match spelling::nearest(&unbound.name, unbound.known.iter().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!("fix the rule, or set `none: true` for `{}`", operation.id)),
            }
        }
        RuleError::Invalid(reason) => invalid(operation, origin, &reason),
    }
}

fn invalid(operation: &Operation, origin: &str, reason: &str) -> Diagnostic {
    let message = format!("`{}` is not paginated: {origin} is invalid: {reason}", operation.id);
    Diagnostic::new(Code::InvalidExtension, operation.place, message)
        .help("fix it, or add a rule for the operation to `pagination` in the configuration")
}

fn no_page(operation: &Operation, place: Option<Place>) -> Diagnostic {
    let message = format!(
        "cannot apply the pagination rule to `{}`: the operation does not return exactly one JSON body",
        operation.id
    );
    Diagnostic::new(Code::UnboundPaging, place.unwrap_or(operation.place), message)
}
