//! `tests/wire/main.rs`: helpers of all wire tests. One binary contains all test files, to link only once.

use askama::Template;
use proc_macro2::TokenStream;

use super::credential;
use crate::krate::{CallCase, CaseOutcome, Crate, ErrorPayload, Expectation, File, Framing, Output, Stream};

#[derive(Template)]
#[template(path = "crate/wire.rs.j2", escape = "none")]
struct Harness {
    lib: String,
    modules: Vec<String>,
    credentials: Vec<TokenStream>,
    failures: bool,
    tokens: bool,
    json: bool,
    written: bool,
    pages: bool,
    sent: bool,
}

/// Renders the file.
pub fn file(krate: &Crate) -> askama::Result<String> {
    let call_cases: Vec<&CallCase> = krate
        .operations
        .iter()
        .filter_map(|operation| operation.call_case.as_deref())
        .collect();
    let any = |holds: fn(&Expectation) -> bool| {
        call_cases
            .iter()
            .filter_map(|call_case| call_case.expectation.as_ref())
            .any(holds)
    };
    let (failures, tokens) = (krate.failure_test.is_some(), !krate.token_tests.is_empty());
    let module = |file: &File| {
        file.path
            .strip_prefix("tests/wire/")?
            .strip_suffix(".rs")
            .map(str::to_owned)
    };
    let mut modules: Vec<String> = krate.files.iter().filter_map(module).collect();
    modules.retain(|module| module != "main");
    modules.sort();
    Harness {
        lib: krate.package.lib.to_string(),
        modules,
        credentials: krate.credentials.setters.iter().filter_map(credential).collect(),
        failures,
        tokens,
        json: krate.imports.calls.iter().any(|call| call.json),
        written: writes_json(krate),
        pages: any(|expectation| expectation.certain_pages().is_some()),
        sent: any(|expectation| {
            expectation.request.is_some() || expectation.certain_pages().is_some_and(|pages| pages.second.is_some())
        }),
    }
    .render()
}

fn is_json(stream: &Stream) -> bool {
    stream.framing != Framing::TextEvents
}

/// Returns whether a test serializes a value to JSON.
fn writes_json(krate: &Crate) -> bool {
    krate.operations.iter().any(|operation| {
        let expectation = operation
            .call_case
            .as_ref()
            .and_then(|call_case| call_case.expectation.as_ref());
        let responses = expectation
            .into_iter()
            .flat_map(|expectation| expectation.all_responses());
        let mut responses = responses.filter(|response| response.serialized.is_some());
        responses.any(|response| {
            let output = match &response.outcome {
                CaseOutcome::Success => {
                    let json = |output: &Output| matches!(output, Output::Json(_) | Output::OptionalJson(_));
                    return operation.outputs().any(json);
                }
                CaseOutcome::Items(_) => return operation.streams().any(is_json),
                CaseOutcome::Variant(name) => match operation.cases.iter().find(|case| case.name == *name) {
                    Some(case) => &case.output,
                    None => return false,
                },
                CaseOutcome::Error(name) => {
                    let variants = operation
                        .error
                        .map(|id| krate[id].variants.as_slice())
                        .unwrap_or_default();
                    return variants
                        .iter()
                        .any(|variant| variant.name == *name && matches!(variant.payload, ErrorPayload::Json(_)));
                }
            };
            matches!(output, Output::Json(_) | Output::OptionalJson(_))
        })
    })
}
