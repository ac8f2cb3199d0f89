//! `sdkwright doctor`: recordings that contradict a document, and the overlay that corrects it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::common::{PETS, files, folder, root, run};
use super::fails;

const SHOP: &str = include_str!("doctor/shop.yaml");
const RECORDING: &str = include_str!("doctor/recording.jsonl");

/// Returns the kinds of deviations that the doctor finds, and checks that its overlay leaves none.
#[track_caller]
fn corrected(document: &str, recording: &str) -> BTreeSet<String> {
    let folder = folder(&[("api.yaml", document), ("recording.jsonl", recording)]);
    let doctor = ["doctor", "api.yaml", "--har", "recording.jsonl"];
    let found = run(
        folder.path(),
        &[&doctor[..], &["--out", "fixes.yaml", "--format", "json"]].concat(),
    );
    assert_eq!((found.status, found.stderr.as_str()), (3, ""), "{}", found.stdout);
    let report: Value = serde_json::from_str(&found.stdout).expect("JSON");
    assert_eq!(report["remaining"], serde_json::json!([]));
    let second = run(folder.path(), &[&doctor[..], &["--overlay", "fixes.yaml"]].concat());
    assert_eq!((second.status, second.stderr.as_str()), (0, ""), "{}", second.stdout);
    assert!(second.stdout.ends_with(": 0 deviations\n"), "{}", second.stdout);
    // The overlay is valid for the other commands too: every action selects something.
    let checked = run(folder.path(), &["validate", "api.yaml", "--overlay", "fixes.yaml"]);
    assert_eq!(checked.status, 0, "{}", checked.stderr);
    for code in ["W0114", "W0115"] {
        assert!(!checked.stderr.contains(code), "{}", checked.stderr);
    }
    let deviations = report["deviations"].as_array().expect("a list");
    deviations
        .iter()
        .filter_map(|deviation| deviation["kind"].as_str())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_planted_lie_is_found_and_corrected() {
    let found = corrected(SHOP, RECORDING);
    let expected = "enum-value format max-items max-length max-properties maximum min-items min-length min-properties minimum \
        missing-cookie missing-credentials missing-property missing-query-parameter missing-request-body missing-request-header \
        missing-response-body missing-response-header multiple-of no-variant null pattern read-only-sent request-media-type \
        response-media-type type undocumented-method undocumented-path undocumented-property undocumented-query-parameter \
        undocumented-request-body undocumented-request-header undocumented-response-body undocumented-response-header \
        undocumented-server undocumented-status unique-items unknown-discriminator write-only-returned";
    let expected: BTreeSet<String> = expected.split_whitespace().map(str::to_owned).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_document_that_agrees_has_no_deviations() {
    let recording = r#"{"request":{"method":"GET","url":"https://pets.example.com/pets"},"response":{"status":200,"body":{"pets":[]}}}"#;
    let folder = folder(&[("pets.yaml", PETS), ("recording.jsonl", recording)]);
    let made = run(
        folder.path(),
        &["doctor", "pets.yaml", "--har", "recording.jsonl", "--out", "fixes.yaml"],
    );
    assert_eq!(
        (made.status, made.stdout.as_str()),
        (0, "1 exchange compared: 0 deviations\n"),
        "{}",
        made.stderr
    );
    assert!(
        !folder.path().join("fixes.yaml").exists(),
        "there is nothing to correct"
    );
}

#[test]
fn the_report_names_the_line_and_the_first_value() {
    let folder = folder(&[("shop.yaml", SHOP), ("recording.jsonl", RECORDING)]);
    let made = run(folder.path(), &["doctor", "shop.yaml", "--har", "recording.jsonl"]);
    assert_eq!(made.status, 3);
    let expected = "\
shop.yaml:77:9: format: the value \"nobody\" does not satisfy `format: email` (1 time)
    at #/components/schemas/Owner/properties/email
    first in exchange 33 (GET /v1/products/1), $.owner.email
";
    assert!(made.stdout.contains(expected), "{}", made.stdout);
    assert!(
        made.stdout.contains("pass `--out fixes.yaml` to write an overlay"),
        "{}",
        made.stdout
    );
}

#[test]
fn an_openapi_3_1_document_is_corrected_by_type_lists() {
    let document = r##"
openapi: 3.1.0
info: { title: A, version: "1" }
servers: [{ url: https://a.example }]
paths:
  /a:
    get:
      operationId: getA
      responses:
        "200":
          description: A.
          content: { application/json: { schema: { $ref: "#/components/schemas/A" } } }
components:
  schemas:
    A:
      allOf:
        - { $ref: "#/components/schemas/B" }
        - { type: object, properties: { x: { type: string }, c: { const: 1 }, b: { $ref: "#/components/schemas/B" } } }
    B: { type: object, required: [y], properties: { y: { type: integer } } }
"##;
    let bodies = [
        r#"{"y":null,"x":null,"b":null}"#,
        r#"{"x":7,"y":"a","c":2,"z":[1,"a",null]}"#,
        r#"{"y":1,"b":"text"}"#,
        r#"null"#,
        r#"[1]"#,
    ];
    let line = |body: &&str| {
        format!(
            "{{\"request\":{{\"method\":\"GET\",\"url\":\"https://a.example/a\"}},\"response\":{{\"status\":200,\"body\":{body}}}}}\n"
        )
    };
    let found = corrected(document, &bodies.iter().map(line).collect::<String>());
    let expected = ["const-value", "null", "type", "undocumented-property"];
    assert_eq!(found, expected.iter().map(|kind| (*kind).to_owned()).collect());
}

#[test]
fn a_swagger_document_is_corrected() {
    let document = r##"
swagger: "2.0"
info: { title: A, version: "1" }
host: a.example
basePath: /v1
schemes: [https]
produces: [application/json]
paths:
  /a/{id}:
    get:
      operationId: getA
      parameters:
        - { name: id, in: path, required: true, type: integer }
        - { name: n, in: query, type: integer, maximum: 5 }
      responses:
        "200":
          description: A.
          headers: { X-Count: { type: integer } }
          schema: { $ref: "#/definitions/A" }
definitions:
  A: { type: object, required: [x], properties: { x: { type: string, enum: [a] }, o: { $ref: "#/definitions/A" } } }
"##;
    let recording = r#"
{"request":{"method":"GET","url":"https://a.example/v1/a/1?n=7&m=2"},"response":{"status":200,"headers":{"X-Count":"many","X-New":"1"},"body":{"x":"b"}}}
{"request":{"method":"GET","url":"https://a.example/v1/a/one"},"response":{"status":200,"body":{"x":null,"o":null}}}
{"request":{"method":"GET","url":"https://a.example/v1/a/2"},"response":{"status":200,"body":{"x":1,"o":"text","more":{"deep":true}}}}
{"request":{"method":"GET","url":"https://a.example/v1/a/3"},"response":{"status":404,"body":{"error":"gone"}}}
{"request":{"method":"GET","url":"https://a.example/v1/a/4"},"response":{"status":200,"headers":{"Content-Type":"text/plain"},"body":"gone"}}
{"request":{"method":"PUT","url":"https://a.example/v1/a/4","body":{"x":"a"}},"response":{"status":204}}
"#;
    let found = corrected(document, recording);
    for kind in [
        "enum-value",
        "maximum",
        "null",
        "type",
        "undocumented-method",
        "undocumented-status",
        "response-media-type",
    ] {
        assert!(found.contains(kind), "{kind} in {found:?}");
    }
}

#[test]
fn what_a_document_cannot_express_is_listed() {
    let recording = r#"{"request":{"method":"GET","url":"https://pets.example.com/pets"},"response":{"status":200,"headers":{"Content-Type":"application/json"},"body":"{oops"}}
{"request":{"method":"GET","url":"https://pets.example.com/pets"},"response":{"status":200}}
"#;
    let folder = folder(&[("pets.yaml", PETS), ("recording.jsonl", recording)]);
    let made = run(folder.path(), &["doctor", "pets.yaml", "--har", "recording.jsonl"]);
    assert_eq!(made.status, 3, "{}", made.stderr);
    assert!(made.stdout.contains("invalid-json: "), "{}", made.stdout);
    assert!(made.stdout.contains("missing-response-body: "), "{}", made.stdout);
    assert!(
        made.stdout.contains("an overlay cannot correct 2 deviations:"),
        "{}",
        made.stdout
    );
}

#[test]
fn the_example_is_up_to_date() {
    let example = root().join("examples/doctor");
    let text = |name: &str| fs::read_to_string(example.join(name)).expect(name);
    let (library, recording, fixes) = (text("library.yaml"), text("recording.har"), text("fixes.yaml"));
    let folder = folder(&[("library.yaml", &library), ("recording.har", &recording)]);
    let doctor = ["doctor", "library.yaml", "--har", "recording.har"];
    let made = run(folder.path(), &[&doctor[..], &["--out", "fixes.yaml"]].concat());
    assert_eq!(made.status, 3, "{}", made.stderr);
    let written = fs::read_to_string(folder.path().join("fixes.yaml")).expect("the overlay");
    assert_eq!(written, fixes, "run the first command of examples/doctor/README.md");
    assert_eq!(
        run(folder.path(), &[&doctor[..], &["--overlay", "fixes.yaml"]].concat()).status,
        0
    );
}

#[test]
fn a_file_of_another_author_is_not_overwritten() {
    let mine = [
        ("shop.yaml", SHOP),
        ("recording.jsonl", RECORDING),
        ("fixes.yaml", "overlay: 1.0.0\n"),
    ];
    let folder = folder(&mine);
    let arguments = ["doctor", "shop.yaml", "--har", "recording.jsonl", "--out", "fixes.yaml"];
    fails(
        folder.path(),
        &arguments,
        2,
        &["`fixes.yaml` exists, and `sdkwright doctor` did not write it"],
    );
    fs::remove_file(folder.path().join("fixes.yaml")).expect("removed");
    assert_eq!(run(folder.path(), &arguments).status, 3);
    let written = files(folder.path());
    assert_eq!(run(folder.path(), &arguments).status, 3, "its own file is replaced");
    assert_eq!(files(folder.path()), written);
}

#[test]
fn invalid_recordings_and_documents_are_reported() {
    let folder = folder(&[
        ("pets.yaml", PETS),
        ("bad.har", "{ \"log\": {} }"),
        ("bad.yaml", "a: 1"),
        ("empty.jsonl", ""),
    ]);
    fails(folder.path(), &["doctor", "pets.yaml"], 2, &["--har"]);
    fails(
        folder.path(),
        &["doctor", "pets.yaml", "--har", "gone.har"],
        2,
        &["cannot read the recording `gone.har`"],
    );
    fails(
        folder.path(),
        &["doctor", "pets.yaml", "--har", "bad.har"],
        2,
        &["invalid HAR", "docs/doctor.md"],
    );
    fails(
        folder.path(),
        &["doctor", "bad.yaml", "--har", "empty.jsonl"],
        1,
        &["E0301"],
    );
}

#[test]
fn explain_describes_a_kind_of_deviation() {
    let folder = folder(&[]);
    let page = run(folder.path(), &["explain", "missing-property"]);
    assert_eq!((page.status, page.stderr.as_str()), (0, ""));
    assert!(page.stdout.starts_with("# missing-property\n"), "{}", page.stdout);
}
