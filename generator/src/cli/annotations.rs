//! Diagnostics in the formats of other tools: GitHub annotations and SARIF.

use serde_json::{Value, json};

use crate::diagnostics::{Code, Diagnostic, Locate, Severity};

/// Returns a diagnostic as a workflow command of GitHub Actions.
pub(super) fn github(diagnostic: &Diagnostic, sources: &dyn Locate) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(located) = diagnostic.place.and_then(|place| sources.locate(place)) {
        properties.push(format!("file={}", property(&located.path)));
        if located.line > 0 {
            properties.push(format!("line={},col={}", located.line, located.column));
        }
    }
    properties.push(format!("title={}", diagnostic.code.id()));
    let text = format!("{}\nhelp: {}", diagnostic.message, diagnostic.help);
    format!("::{level} {}::{}\n", properties.join(","), data(&text))
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Returns a diagnostic as a result of a SARIF log.
pub(super) fn sarif_result(diagnostic: &Diagnostic, sources: &dyn Locate) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let located = diagnostic.place.and_then(|place| sources.locate(place));
    let locations: Vec<Value> = located
        .into_iter()
        .map(|located| {
            let mut location = json!({ "artifactLocation": { "uri": located.path } });
            if located.line > 0 {
                location["region"] = json!({ "startLine": located.line, "startColumn": located.column });
            }
            let mut location = json!({ "physicalLocation": location });
            if let Some(pointer) = located.pointer {
                location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer }]);
            }
            location
        })
        .collect();
    json!({
        "ruleId": diagnostic.code.id(),
        "level": level,
        "message": { "text": format!("{}; {}", diagnostic.message, diagnostic.help) },
        "locations": locations,
    })
}

/// Returns a SARIF log with the results of a run.
pub(super) fn sarif(results: &[Value]) -> Value {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .filter(|code| results.iter().any(|result| result["ruleId"] == code.id()))
        .map(|code| {
            json!({
                "id": code.id(),
                "name": code.rule(),
                "shortDescription": { "text": code.meaning() },
                "help": { "text": code.help() },
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "sdkwright", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "results": results,
        }],
    })
}
