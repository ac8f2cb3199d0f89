//! The calls of the smoke example and the wire tests.
//!
//! In: the document and the planned operations. Out: a call for each operation, with the expected request and the
//! responses to parse. Both are computed from the document and the planned operations, independently of the runtime.

mod call;
mod canonical;
mod escaping;
mod pages;
pub(super) mod request;
mod responses;
mod selection;
mod streams;
mod style;

use std::collections::{HashMap, HashSet};

use crate::ir::Api;
use crate::krate::{Credentials, ErrorEnum, Expectation, Group, Ident, Operation, TestFile};

use super::examples::ExampleBuilder;
use super::names::{Casing, Claim, RESERVED_CALL_CASE_NAMES, RESERVED_TEST_FILES, Rank, Scope, Words};

pub use call::call_case;
pub use selection::{failure_test, token_tests};

/// Names each call after its method. The group's name precedes it if several groups have a method of the same name.
pub fn name_cases(groups: &[Group], operations: &mut [Operation]) {
    if operations.iter().all(|operation| operation.call_case.is_none()) {
        return;
    }
    let mut counts: HashMap<Ident, usize> = HashMap::new();
    for operation in operations.iter() {
        *counts.entry(operation.names.method.clone()).or_default() += 1;
    }
    let claim = |(index, operation): (usize, &Operation)| {
        let method = Words::of(operation.names.method.as_str());
        let within = method.prefixed_with(&groups[operation.group.0].accessor.as_str().replace('_', " "));
        let is_unique = counts.get(&operation.names.method) == Some(&1);
        let first = if is_unique { method } else { within.clone() };
        // The operations for the other forms of a body follow the first one and have the same pointer.
        Claim::new(Rank::Document, format!("{} {index:09}", operation.pointer), first).or(within)
    };
    let claims: Vec<Claim> = operations.iter().enumerate().map(claim).collect();
    let names = Scope::new(Casing::Snake)
        .without(RESERVED_CALL_CASE_NAMES)
        .idents(&claims);
    for (operation, name) in operations.iter_mut().zip(names) {
        if let Some(case) = &mut operation.call_case {
            case.name = name;
        }
    }
}

/// Returns the name of each group's test file.
pub fn files(groups: &[Group]) -> Vec<TestFile> {
    let claim = |group: &Group| {
        let steps: Vec<&str> = group.path.iter().map(Ident::as_str).collect();
        Claim::new(Rank::Document, steps.join("/"), Words::of(&steps.join(" ")))
    };
    let claims: Vec<Claim> = groups.iter().map(claim).collect();
    let names = Scope::new(Casing::Snake).without(RESERVED_TEST_FILES).idents(&claims);
    let file = |name| TestFile {
        name,
        doc: String::new(),
    };
    names.into_iter().map(file).collect()
}

/// Adds the expected request and responses to each call.
pub fn add_expectations(
    api: &Api,
    examples: &ExampleBuilder<'_>,
    credentials: &Credentials,
    errors: &[ErrorEnum],
    operations: &mut [Operation],
) {
    let mut groups = HashSet::new();
    for (source, operation) in api.operations.iter().zip(operations) {
        let Some(case) = &operation.call_case else { continue };
        let mut parts = request::parts(operation, case);
        if let Some(parts) = &mut parts {
            request::authorize(parts, operation, credentials);
        }
        let escaping = (!groups.contains(&operation.group))
            .then(|| escaping::escaping(operation, credentials))
            .flatten();
        if escaping.is_some() {
            groups.insert(operation.group);
        }
        let errors = operation.error.and_then(|id| errors.get(id.0));
        let expectation = Expectation {
            stream: streams::requested_stream(examples, source),
            representations: responses::representations(examples, source),
            responses: responses::responses(examples, source, operation, errors),
            pages: pages::pages(examples, source, operation, parts.as_ref()),
            request: parts.map(request::Parts::request),
            escaping,
        };
        if let Some(case) = &mut operation.call_case {
            case.expectation = Some(expectation);
        }
    }
}
