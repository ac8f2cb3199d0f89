//! Every diagnostic code: the smallest input that produces it.

use std::collections::BTreeSet;
use std::fs;

mod commands;
#[path = "../common/mod.rs"]
mod common;
mod documents;
mod other_files;

use common::{folder, root, run};

/// The start of the documents that do not state a version of OpenAPI.
const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\n";

/// An operation that returns `Pet`.
const GET_PET: &str = "\
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
";

/// Codes that no input produces, with the test that covers them.
const INTERNAL: [&str; 1] = [
    // Produced only by a bug in the generator: a unit test of `session::files` passes text that does not parse.
    "E0901",
];

/// Returns the codes that `sdkwright validate` reports, in their order. The document is the file `api.yaml`, next to other files.
fn reported(document: &[u8], others: &[(&str, &str)], options: &[&str]) -> Vec<String> {
    let folder = folder(others);
    fs::write(folder.path().join("api.yaml"), document).expect("a file");
    let arguments = [
        &["validate", "api.yaml", "--verbose", "--message-format", "json"],
        options,
    ]
    .concat();
    codes_of(&run(folder.path(), &arguments).stderr)
}

/// Returns the codes of the diagnostics in JSON lines.
fn codes_of(lines: &str) -> Vec<String> {
    let of_line = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        value["code"].as_str().expect("a code").to_owned()
    };
    lines.lines().map(of_line).collect()
}

/// Returns the text of a document: adds what an entry of [`documents::DOCUMENTS`] leaves out.
fn complete(document: &str) -> String {
    if document.starts_with("schemas:") {
        let schemas = document.replace('\n', "\n  ");
        return format!("{HEAD}{GET_PET}components:\n  {schemas}");
    }
    let has_head = ["openapi:", "swagger:", "- "]
        .iter()
        .any(|start| document.starts_with(start));
    if has_head {
        document.to_owned()
    } else {
        format!("{HEAD}{document}")
    }
}

#[test]
fn each_document_produces_its_code() {
    let mut failed = Vec::new();
    for (code, document) in documents::DOCUMENTS {
        let document = complete(document);
        let found = reported(document.as_bytes(), &[], &[]);
        if !found.iter().any(|id| id == code) {
            failed.push(format!("{code}: the document produces {found:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_code_has_an_input() {
    let pages = fs::read_dir(root().join("docs/diagnostics")).expect("the pages of the codes");
    let pages = pages.map(|page| page.expect("an entry").path());
    let all: BTreeSet<String> = pages
        .filter_map(|page| Some(page.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "README")
        .collect();
    let produced: BTreeSet<String> = documents::DOCUMENTS
        .iter()
        .map(|(code, _)| *code)
        .chain(other_files::CODES)
        .chain(commands::CODES)
        .chain(INTERNAL)
        .map(str::to_owned)
        .collect();
    assert_eq!(produced, all);
}
