//! Long-running operations: documented headers, and rules of the configuration.

use super::{lower_text, render};
use crate::config::Settings;
use crate::ir::Polling;

/// Returns a document with an operation `start`, whose response has a status code and headers, and with operations that
/// return the status of a job.
fn document(status: u16, headers: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{ title: Jobs, version: '1' }}
paths:
  /jobs:
    post:
      operationId: start
      responses:
        '{status}':
          description: started
          headers: {{ {headers} }}
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Job' }} }} }}
    put: {{ operationId: empty, responses: {{ '202': {{ description: started }} }} }}
  /jobs/{{id}}:
    get:
      operationId: read
      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Job' }} }} }} }} }}
  /xml/{{id}}:
    get:
      operationId: read_xml
      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{ '200': {{ description: OK, content: {{ application/xml: {{ schema: {{ $ref: '#/components/schemas/Job' }} }} }} }} }}
  /jobs/{{id}}/{{part}}:
    get:
      operationId: read_part
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: part, in: path, required: true, schema: {{ type: string }} }}
      responses: {{ '200': {{ description: OK, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Job' }} }} }} }} }}
components:
  schemas:
    Job:
      type: object
      properties: {{ id: {{ type: string }}, state: {{ type: string }}, result: {{ type: object, properties: {{ phase: {{ type: string }} }} }} }}
"
    )
}

/// Lowers a document, and returns the polling of its first operation with the diagnostics.
fn polling(document: &str, rule: &str) -> (Option<Polling>, String) {
    let text = if rule.is_empty() {
        "{}".to_owned()
    } else {
        format!("polling: [{{ operations: [start], {rule} }}]")
    };
    let settings: Settings = serde_yaml::from_str(&text).expect("the rule is well formed");
    let (mut api, diagnostics) = lower_text(document, &settings);
    (api.operations.swap_remove(0).polling, render(&diagnostics))
}

#[test]
fn documented_headers_are_polled() {
    let schema = "{ schema: { type: string } }";
    for (status, names, expected) in [
        (
            202,
            &["Operation-Location"][..],
            Some("at the URL in operation-location"),
        ),
        (
            201,
            &["Azure-AsyncOperation", "Location"],
            Some("at the URL in azure-asyncoperation"),
        ),
        (200, &["operation-location"], Some("at the URL in operation-location")),
        (202, &["Location"], Some("at the URL in location")),
        (
            202,
            &["Location", "Operation-Location", "Azure-AsyncOperation"],
            Some("at the URL in operation-location or azure-asyncoperation"),
        ),
        // The location of a created resource.
        (201, &["Location"], None),
        (202, &["X-Job"], None),
        (202, &[], None),
    ] {
        let headers: Vec<String> = names.iter().map(|name| format!("{name}: {schema}")).collect();
        let (found, diagnostics) = polling(&document(status, &headers.join(", ")), "");
        assert_eq!(
            found.as_ref().map(ToString::to_string).as_deref(),
            expected,
            "{status} {names:?}"
        );
        // Without a status monitor, only the status code shows that an operation is still running.
        let has_status = found.is_some_and(|polling| polling.status.is_some());
        assert_eq!(
            has_status,
            expected.is_some_and(|target| target.contains("operation")),
            "{names:?}"
        );
        assert_eq!(diagnostics, "");
    }
}

#[test]
fn an_extension_declares_a_long_running_operation() {
    let location = "Location: { schema: { type: string } }";
    let every_header = "at the URL in operation-location or azure-asyncoperation or location";
    for (value, headers, rule, expected) in [
        ("true", "", "", Some(every_header)),
        ("true", location, "", Some(every_header)),
        ("true", "", "none: true", None),
        ("true", "", "operation: read, status: state", Some("by operation 2")),
        ("false", "", "", None),
        ("'true'", "", "", None),
        ("false", location, "", Some("at the URL in location")),
    ] {
        let extension = format!("operationId: start\n      x-ms-long-running-operation: {value}");
        let document = document(202, headers).replacen("operationId: start", &extension, 1);
        let (found, diagnostics) = polling(&document, rule);
        assert_eq!(
            found.as_ref().map(ToString::to_string).as_deref(),
            expected,
            "{value} {headers} {rule}"
        );
        assert_eq!(diagnostics, "");
        if expected == Some(every_header) {
            let found = found.expect("polling");
            assert_eq!(found.status.map(|path| path.0), Some(vec!["status".to_owned()]));
            assert_eq!(found.reason, "set by the extension `x-ms-long-running-operation`");
        }
    }
    // A rule can name another property, without documented headers.
    let document = document(200, "").replacen(
        "operationId: start",
        "operationId: start\n      x-ms-long-running-operation: true",
        1,
    );
    let (found, diagnostics) = polling(&document, "status: state");
    assert_eq!(diagnostics, "");
    let found = found.expect("polling");
    assert_eq!(found.to_string(), every_header);
    assert_eq!(found.status.map(|path| path.0), Some(vec!["state".to_owned()]));
}

#[test]
fn an_extension_declares_where_the_result_is() {
    let headers = "at the URL in operation-location or azure-asyncoperation or location";
    let azure_first = "at the URL in azure-asyncoperation or operation-location or location";
    for (via, rule, expected) in [
        (
            "azure-async-operation",
            "",
            format!("{azure_first}, the result in the status"),
        ),
        ("operation-location", "", format!("{headers}, the result in the status")),
        ("location", "", format!("{headers}, the result at the first location")),
        (
            "original-uri",
            "",
            format!("{headers}, the result at the URL of the request"),
        ),
        (
            "location",
            "status: state",
            format!("{headers}, the result at the first location"),
        ),
        (
            "location",
            "operation: read, status: state",
            "by operation 2".to_owned(),
        ),
    ] {
        let (found, diagnostics) = polling(&long_running(via), rule);
        assert_eq!(found.map(|polling| polling.to_string()), Some(expected), "{via} {rule}");
        assert_eq!(diagnostics, "");
    }
    let (found, diagnostics) = polling(&long_running("elsewhere"), "");
    assert_eq!(found.map(|polling| polling.to_string()).as_deref(), Some(headers));
    let expected = "! W0413 unknown `final-state-via: elsewhere` in `x-ms-long-running-operation-options`; the URL of the \
                    result is inferred\n";
    assert_eq!(diagnostics, expected);
    assert_eq!(polling(&long_running("elsewhere"), "none: true"), (None, String::new()));
}

/// Returns a document whose first operation declares where its result is.
fn long_running(via: &str) -> String {
    with_options(&format!("final-state-via: {via}"))
}

/// Returns a document whose first operation is long-running, with these options.
fn with_options(options: &str) -> String {
    let extensions = format!(
        "operationId: start\n      x-ms-long-running-operation: true\n      \
         x-ms-long-running-operation-options: {{ {options} }}"
    );
    document(202, "").replacen("operationId: start", &extensions, 1)
}

#[test]
fn an_extension_declares_the_schema_of_the_result() {
    let settings = Settings::default();
    for (schema, expected) in [
        ("'#/components/schemas/Job'", Some("Job")),
        ("{ $ref: '#/components/schemas/Job' }", Some("Job")),
        ("'#/definitions/Job'", Some("Job")),
        ("Job", None),
        ("'#/components/schemas/Task'", None),
        ("'other.yaml#/components/schemas/Job'", None),
    ] {
        let (api, diagnostics) = lower_text(&with_options(&format!("final-state-schema: {schema}")), &settings);
        let dump = api.dump();
        let polled = dump.lines().find(|line| line.starts_with("  polled")).expect("polling");
        let ty = polled.split_once(" as ").map(|(_, ty)| ty);
        assert_eq!(ty, expected, "{schema}");
        let is_reported = render(&diagnostics).contains("! W0413 unknown `final-state-schema: ");
        assert_eq!(is_reported, expected.is_none(), "{schema}");
    }
    // If another operation returns the status, its response is the result.
    let document = with_options("final-state-schema: '#/components/schemas/Job'");
    let by_header = polling(&document, "status: state").0.expect("polling");
    assert!(by_header.result_type.is_some());
    let by_operation = polling(&document, "operation: read, status: state").0.expect("polling");
    assert_eq!(by_operation.result_type, None);
}

#[test]
fn a_rule_names_the_operation_that_returns_the_status() {
    let (found, diagnostics) = polling(
        &document(202, ""),
        "operation: read, status: result.phase, done: [Ready], failed: [Broken], interval: 0.25",
    );
    assert_eq!(diagnostics, "");
    let found = found.expect("polling");
    assert_eq!(found.to_string(), "by operation 2");
    assert_eq!(
        found.status.map(|path| path.0),
        Some(vec!["result".to_owned(), "phase".to_owned()])
    );
    assert_eq!(
        (found.done, found.failed, found.interval),
        (vec!["ready".to_owned()], vec!["broken".to_owned()], Some(250))
    );
}

#[test]
fn a_rule_can_disable_or_change_documented_polling() {
    let documented = document(202, "Location: { schema: { type: string } }");
    assert_eq!(polling(&documented, "none: true"), (None, String::new()));
    let (found, _) = polling(&documented, "status: state");
    let found = found.expect("polling");
    assert_eq!(found.to_string(), "at the URL in location");
    assert_eq!(found.status.map(|path| path.0), Some(vec!["state".to_owned()]));
}

#[test]
fn rules_that_cannot_be_applied_are_errors() {
    for (rule, reason) in [
        (
            "status: state",
            "no response documents a header with the URL of the status; set `operation`",
        ),
        ("operation: start, status: state", "`start` is not a GET operation"),
        ("operation: read", "the response of `read` has no property `status`"),
        (
            "operation: read, status: state, id: name",
            "the response of `start` has no property `name`",
        ),
        (
            "operation: read_xml, status: state",
            "`read_xml` does not return exactly one JSON body",
        ),
        (
            "operation: read_part, status: state",
            "`read_part` has more than one path parameter that `start` lacks",
        ),
    ] {
        let (found, diagnostics) = polling(&document(202, ""), rule);
        assert_eq!(found, None);
        assert_eq!(
            diagnostics,
            format!("! E0430 cannot apply the polling rule to `start`: {reason}\n")
        );
    }
}
