//! Tests that an invalid value costs only its node and never panics.

use super::{operation, read, with};
use crate::diagnostics::Diagnostics;
use crate::document::Style;
use crate::json::Json;
use crate::load::SourceMap;

/// Replaces each value of a document by values of other types. The result must be a document or an error.
#[test]
fn values_of_wrong_types_do_not_panic() {
    let whole = include_str!("whole.yaml");
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("whole.yaml", whole, &mut diagnostics);
    let (document, codes) = read(whole);
    assert!(document.is_some() && codes.is_empty(), "{codes:?}");
    let root = sources.files()[0].root().expect("a root").to_json();
    let values = ["null", "true", "'text'", "[[{}]]", "{a: {a: {a: -1.5}}}"];
    let mut spots = Vec::new();
    spots_of(&root, String::new(), &mut spots);
    assert!(spots.len() > 150, "{}", spots.len());
    for spot in &spots {
        for value in values {
            let text = replaced(&root, spot, value);
            let (document, codes) = read(&text);
            assert!(
                document.is_some() || codes.iter().any(|code| code.starts_with('E')),
                "{spot} {value}: {codes:?}"
            );
        }
    }
}

fn spots_of(value: &Json, path: String, spots: &mut Vec<String>) {
    match value {
        Json::Object(entries) => {
            entries
                .iter()
                .for_each(|(key, value)| spots_of(value, format!("{path}\u{0}{key}"), spots));
        }
        Json::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at, value)| spots_of(value, format!("{path}\u{0}{at}"), spots));
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
    spots.push(path);
}

/// Returns the value as text, with one value replaced.
fn replaced(value: &Json, spot: &str, other: &str) -> String {
    if spot.is_empty() {
        return other.to_owned();
    }
    let (key, rest) = match spot[1..].find('\u{0}') {
        Some(end) => (&spot[1..=end], &spot[end + 1..]),
        None => (&spot[1..], ""),
    };
    let inner = |own: &str, value: &Json| {
        if own == key {
            replaced(value, rest, other)
        } else {
            value.to_text()
        }
    };
    match value {
        Json::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(own, value)| format!("{:?}: {}", own, inner(own, value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Json::Array(items) => {
            let items = items
                .iter()
                .enumerate()
                .map(|(at, value)| inner(&at.to_string(), value));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_text(),
    }
}

#[test]
fn shared_nodes_are_reported_once() {
    let text = "paths:\n  /a: {get: {parameters: [{$ref: '#/components/parameters/P'}]}, put: {parameters: [{$ref: '#/components/parameters/P'}]}}\ncomponents: {parameters: {P: {name: p, in: query, style: odd}}}\n";
    assert_eq!(with("3.1.0", text).1, ["W0320"]);
}

#[test]
fn a_style_of_another_location_is_the_default_in_a_form() {
    for (style, codes) in [
        ("simple", &["W0320"][..]),
        ("cookie", &["W0320"]),
        ("pipeDelimited", &[]),
    ] {
        let body = format!(
            "requestBody: {{content: {{multipart/form-data: {{schema: {{type: object}}, encoding: {{a: {{style: {style}}}}}}}}}}}"
        );
        let (document, found) = operation("3.1.0", &body);
        assert_eq!(found, codes, "{style}");
        let body = document.operations[0].body.as_ref().expect("a body");
        let expected = if codes.is_empty() {
            Style::PipeDelimited
        } else {
            Style::Form
        };
        assert_eq!(body.content[0].encoding["a"].style, Some(expected));
    }
}
