//! Codes that depend on the bytes of the document, on its name, or on other files.

use super::common::{folder, run};
use super::{HEAD, codes_of, complete, reported};

/// The codes that the tests of this module produce.
pub const CODES: [&str; 10] = [
    "E0101", "W0104", "E0109", "W0110", "E0112", "E0113", "W0114", "W0115", "E0207", "W0404",
];

const EMPTY: &str = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n";

#[test]
fn a_missing_document() {
    let run = run(
        folder(&[]).path(),
        &["validate", "missing.yaml", "--message-format", "json"],
    );
    assert_eq!(codes_of(&run.stderr), ["E0101"]);
}

#[test]
fn json_that_is_read_as_yaml() {
    let document = r#"{ "openapi": "3.1.0", "info": { "title": "Pets", "version": "1", }, "paths": {} }"#;
    let folder = folder(&[("api.json", document)]);
    let run = run(folder.path(), &["validate", "api.json", "--message-format", "json"]);
    assert_eq!(codes_of(&run.stderr), ["W0104"]);
}

#[test]
fn nested_deeper_than_the_limit() {
    let document = format!("{EMPTY}x-deep: {}{}\n", "[".repeat(300), "]".repeat(300));
    assert_eq!(reported(document.as_bytes(), &[], &[]), ["E0109"]);
}

#[test]
fn schemas_nested_deeper_than_the_limit() {
    let pet = "{ type: object, properties: { a: ".repeat(110) + "{ type: string }" + &" } }".repeat(110);
    let found = reported(complete(&format!("schemas: {{ Pet: {pet} }}\n")).as_bytes(), &[], &[]);
    assert_eq!(found, ["W0404"]);
}

#[test]
fn bytes_that_are_not_utf8() {
    let document = [EMPTY.as_bytes(), b"x-name: \xff\n"].concat();
    assert_eq!(reported(&document, &[], &[]), ["W0110"]);
}

#[test]
fn a_url_without_network_access() {
    let run = run(
        folder(&[]).path(),
        &["validate", "http://127.0.0.1:9/api.yaml", "--message-format", "json"],
    );
    assert_eq!(codes_of(&run.stderr), ["E0112"]);
}

#[test]
fn overlays() {
    for (overlay, code) in [
        ("paths: {}\n", "E0113"),
        (
            "overlay: 1.0.0\ninfo: { title: a, version: '1' }\nactions: [{ target: $.paths.missing, remove: true }]\n",
            "W0114",
        ),
        (
            "overlay: 1.0.0\ninfo: { title: a, version: '1' }\nactions: [{ target: $.paths }]\n",
            "W0115",
        ),
    ] {
        let found = reported(EMPTY.as_bytes(), &[("fix.yaml", overlay)], &["--overlay", "fix.yaml"]);
        assert_eq!(found, [code], "{overlay}");
    }
}

#[test]
fn a_reference_to_a_missing_file() {
    let document = format!("{HEAD}paths: {{ /pets: {{ $ref: missing.yaml }} }}\n");
    let found = reported(document.as_bytes(), &[], &[]);
    assert!(found.iter().any(|code| code == "E0207"), "{found:?}");
}
