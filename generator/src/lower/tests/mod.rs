//! Each case of `tests/cases` that is about lowering, with the sketch of what comes of it.

mod errors;
mod examples;
mod limits;
mod operations;
mod paging;
mod schemas;
mod streams;
mod unions;

use crate::bundle::{Bundle, NoFiles};
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::ir::Api;
use crate::load::SourceMap;

/// Lowers a text with settings.
#[track_caller]
fn lower_text(text: &str, settings: &Settings) -> (Api, Diagnostics) {
    let mut ignored = Diagnostics::default();
    let sources = SourceMap::from_text("case.yaml", text, &mut ignored);
    let bundle = Bundle::new(sources, &NoFiles, &mut ignored);
    let document = crate::read::read(&bundle, &mut ignored).expect("the case is an OpenAPI document");
    let mut told = Diagnostics::default();
    let api = super::lower(&document, settings, &mut told);
    (api, told)
}

/// Lowers a case, by its topic and name.
#[track_caller]
fn lower_case(case: &str, settings: &Settings) -> (Api, Diagnostics) {
    let path = format!("{}/tests/cases/{case}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    lower_text(&text, settings)
}

/// What was said, one line each.
fn said(told: &Diagnostics) -> String {
    told.iter()
        .map(|diagnostic| format!("! {} {}\n", diagnostic.code.id(), diagnostic.message))
        .collect()
}

/// Checks what comes of a case: what is said, then the sketch.
#[track_caller]
fn check(case: &str, expected: &str) {
    let (api, told) = lower_case(case, &Settings::default());
    let actual = said(&told) + &api.dump();
    assert_eq!(actual.trim(), expected.trim(), "{case} came out as\n{actual}");
}
