//! Each case of `tests/cases` about lowering, with the dump of its result.

mod additional_fields;
mod bodies;
mod client_parameters;
mod conditional;
mod corrections;
mod discriminators;
mod equal_types;
mod errors;
mod examples;
mod groups;
mod limits;
mod links;
mod operations;
mod pagination;
mod pagination_inferred;
mod part_styles;
mod patches;
mod polling;
mod schemas;
mod streams;
mod unions;

use crate::bundle::{Bundle, NoFiles};
use crate::config::{Settings, Unused};
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
    let mut diagnostics = Diagnostics::default();
    // Most cases have components that no operation uses.
    let settings = Settings {
        unused: Unused::Keep,
        ..settings.clone()
    };
    let api = super::lower(&document, &settings, &mut diagnostics);
    (api, diagnostics)
}

/// Lowers a case, by its topic and name.
#[track_caller]
fn lower_case(case: &str, settings: &Settings) -> (Api, Diagnostics) {
    let path = format!("{}/tests/cases/{case}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    lower_text(&text, settings)
}

/// Returns the diagnostics, one on each line.
fn render(diagnostics: &Diagnostics) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| format!("! {} {}\n", diagnostic.code.id(), diagnostic.message))
        .collect()
}

/// Checks the diagnostics and the dump of a case.
#[track_caller]
fn check(case: &str, expected: &str) {
    let (api, diagnostics) = lower_case(case, &Settings::default());
    let actual = render(&diagnostics) + &api.dump();
    assert_eq!(actual.trim(), expected.trim(), "{case} came out as\n{actual}");
}
