//! Tests of the pages of `tests/cases/docs.yaml` and of the parts of pages.

use std::collections::BTreeMap;

use super::site::{Page, Slugs};
use super::{describe, render};
use crate::bundle::{Bundle, NoFiles};
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::krate::{Doc, Markdown};
use crate::load::SourceMap;
use crate::markdown;

/// Returns the pages of the case.
fn pages() -> BTreeMap<String, String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/docs.yaml");
    pages_of(std::fs::read_to_string(path).unwrap())
}

/// Returns the pages of a document.
fn pages_of(document: String) -> BTreeMap<String, String> {
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("docs.yaml", document, &mut diagnostics);
    let bundle = Bundle::new(sources, &NoFiles, &mut diagnostics);
    let document = crate::read::read(&bundle, &mut diagnostics).unwrap();
    let api = crate::lower::lower(&document, &Settings::default(), &mut diagnostics);
    let krate = crate::plan::plan(api, "pets", &Settings::default(), &mut diagnostics);
    render(&krate, |page| page).unwrap().into_iter().collect()
}

/// Returns the part of a page from a heading to the next heading of its level.
fn section<'p>(pages: &'p BTreeMap<String, String>, path: &str, heading: &str) -> &'p str {
    let page = pages
        .get(path)
        .unwrap_or_else(|| panic!("no {path} among {:?}", pages.keys()));
    let start = page
        .find(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no {heading} in {page}"));
    let rank = heading.split(' ').next().unwrap_or_default();
    let rest = &page[start + 1..];
    let end = rest[1..].find(&format!("\n{rank} ")).map_or(rest.len(), |end| end + 1);
    &rest[..end]
}

#[test]
fn table_cells_are_escaped() {
    let pages = pages();
    let list = section(&pages, "docs/sdks/pets.md", "## list");
    assert!(list.contains("List pets | cats."), "prose is not escaped: {list}");
    let parameters = section(&pages, "docs/sdks/pets.md", "### Parameters");
    assert_eq!(
        parameters.lines().skip(2).take(5).collect::<Vec<_>>(),
        [
            "| Parameter | Type | Required | Description | Example |",
            "| --- | --- | --- | --- | --- |",
            "| `after` | `String` | No | Name in the API: `$after`. | `abc` |",
            "| `kind` | [`Kind`](../models/kind.md) | No | A \\| B. | `cat` |",
            "| `sort` | `String` | No | **Deprecated**. | `name` |",
        ]
    );
    assert!(pages["README.md"].contains("| List pets \\| cats. |"));
    let values = section(&pages, "docs/models/kind.md", "## Values");
    assert!(values.contains("| `a\\|b` |"), "{values}");
    assert!(values.contains("the empty string"), "{values}");
}

#[test]
fn examples_do_not_set_pagination_parameters() {
    let pages = pages();
    let list = section(&pages, "docs/sdks/pets.md", "## list");
    assert!(!list.contains(".after("), "{list}");
    assert!(!list.contains(".sort("), "`sort` is deprecated: {list}");
    assert!(list.contains(".kind(models::Kind::Cat)"), "{list}");
    assert!(
        list.contains(
            "curl -G https://pets.example/v1/pets \\\n  --data-urlencode 'kind=cat' \\\n  -H \"X-Key: $PETS_KEY\""
        ),
        "{list}"
    );
}

#[test]
fn commands_set_lists_and_objects_in_forms_and_parts() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/bodies/curl_parts.yaml");
    let pages = pages_of(std::fs::read_to_string(path).unwrap());
    let command = |page: &str| {
        let (_, after) = pages[page].split_once("\ncurl ").expect("a command");
        after.split("\n```").next().unwrap_or_default().to_owned()
    };
    let form = [
        "https://api.example/form",
        "--data-urlencode 'tags=a b'",
        "--data-urlencode 'tags=c'",
        "-d 'joined=a,b'",
        "--data-urlencode 'note=a; b'",
    ];
    assert_eq!(command("docs/sdks/form.md"), form.join(" \\\n  "));
    let parts = [
        "https://api.example/parts",
        "-F 'tags=a b'",
        "-F 'tags=c'",
        "-F 'joined=a,b'",
        "-F 'item={\"id\":7};type=application/json'",
        "-F 'order=@path/to/file;type=application/xml'",
        r#"-F "note=\"\\\"a; b\\\"\";type=application/json""#,
        r#"-F 'deep[k]="x; y"'"#,
    ];
    assert_eq!(command("docs/sdks/parts.md"), parts.join(" \\\n  "));
    assert!(pages["docs/sdks/parts.md"].contains("`path/to/file` is the file to upload."));
}

#[test]
fn errors_with_the_same_type_share_a_row() {
    let pages = pages();
    let operation = section(&pages, "docs/sdks/pets.md", "## parameters");
    let rows: Vec<&str> = operation
        .lines()
        .filter(|line| line.contains("4"))
        .filter(|line| line.starts_with('|'))
        .collect();
    assert_eq!(
        rows,
        [
            "| [`Problem`](../models/problem.md) | 400, 409 | `application/json` |",
            "| `Unexpected` (no documented body) | 418 | any |",
            "| `Unexpected` | any other 4XX, 5XX | any |",
        ]
    );
}

#[test]
fn methods_named_like_a_section_have_numbered_anchors() {
    let pages = pages();
    // `### Parameters` of the first operation comes first, so the heading of the second gets a number.
    assert!(pages["README.md"].contains("(docs/sdks/pets.md#parameters-1)"));
    assert!(pages["docs/sdks/pets.md"].contains("- [parameters](#parameters-1)"));
}

#[test]
fn models_show_json_that_round_trips() {
    let pages = pages();
    let json = section(&pages, "docs/models/pet.md", "## As JSON");
    assert!(json.contains("\"born\": \"2024-03-01T01:30:00+02:00\""), "{json}");
    let json = section(&pages, "docs/models/flat.md", "## As JSON");
    assert!(json.contains("\"floor\": 3"), "{json}");
}

#[test]
fn models_list_their_uses() {
    let pages = pages();
    let uses = section(&pages, "docs/models/pet.md", "## Used by");
    for link in [
        "[list](../sdks/pets.md#list)",
        "[parameters](../sdks/pets.md#parameters-1)",
        "[Page](page.md)",
    ] {
        assert!(uses.contains(link), "{link} in {uses}");
    }
    let uses = section(&pages, "docs/models/problem.md", "## Used by");
    assert!(uses.contains("(../errors/parameters_error.md)"), "{uses}");
}

#[test]
fn variants_show_their_construction() {
    let pages = pages();
    let variant = section(&pages, "docs/models/home.md", "## House");
    assert!(variant.contains("let home = models::Home::House("), "{variant}");
    assert!(variant.contains("(house.md)"), "{variant}");
}

#[test]
fn guides_exist_only_if_they_apply() {
    let pages = pages();
    let there = |path: &str| pages.contains_key(path);
    assert!(there("docs/authentication.md") && there("docs/pagination.md") && there("docs/retries.md"));
    // There is only one server without variables, so there is nothing to choose.
    assert!(!there("docs/servers.md") && !there("docs/webhooks.md"));
}

#[test]
fn every_page_with_rust_is_a_doctest() {
    let pages = pages();
    let tests = &pages["src/doctests.rs"];
    for (path, page) in &pages {
        let tested = tests.contains(&format!(" = \"../{path}\","));
        assert_eq!(tested, page.contains("```rust"), "{path}");
    }
}

#[test]
fn links_are_relative_to_the_page() {
    let link = |from: &str, to: &str| Page::new(from).link_to(&Page::new(to));
    assert_eq!(link("README.md", "docs/a.md"), "docs/a.md");
    assert_eq!(link("docs/a.md", "docs/b.md"), "b.md");
    assert_eq!(link("docs/models/a.md", "docs/sdks/b/c.md"), "../sdks/b/c.md");
    assert_eq!(link("docs/sdks/b/c.md", "docs/sdks/b.md"), "../b.md");
    assert_eq!(link("docs/sdks/b/c.md", "README.md"), "../../../README.md");
}

#[test]
fn anchors_follow_github() {
    let mut slugs = Slugs::default();
    let anchors: Vec<String> = ["Get it!", "get-it", "A_b  c", "Get it", "Get it"]
        .iter()
        .map(|heading| slugs.heading(heading))
        .collect();
    assert_eq!(anchors, ["get-it", "get-it-1", "a_b--c", "get-it-2", "get-it-3"]);
}

#[test]
fn code_spans_and_cells_are_escaped() {
    assert_eq!(markdown::code_span("a`b"), "``a`b``");
    assert_eq!(markdown::code_span("`"), "`` ` ``");
    assert_eq!(markdown::table_cell("a | b\n  c \\| d"), "a \\| b c \\| d");
    assert_eq!(markdown::code_cell("a|b"), "`a\\|b`");
    let doc = Doc {
        summary: Markdown::from_safe_text("See [`Pet`](crate::models::Pet) and [more](https://pets.example)."),
        deprecated: Some("Use cats.".to_owned()),
        ..Doc::default()
    };
    assert_eq!(
        describe::summary(&doc, &[]),
        "**Deprecated**: Use cats. See `Pet` and [more](https://pets.example)."
    );
}

#[test]
fn trailing_hard_breaks_are_removed() {
    let broken = |text: &str| {
        describe::summary(
            &Doc {
                summary: Markdown::from_safe_text(text),
                ..Doc::default()
            },
            &[],
        )
    };
    assert_eq!(broken("First of two.\\"), "First of two.");
    assert_eq!(broken("A letter: \\\\"), "A letter: \\\\");
}

#[test]
fn summaries_include_the_list_that_they_introduce() {
    let summary = |body: &str| {
        let doc = Doc {
            body: Markdown::from_safe_text(body),
            ..Doc::from_summary("One of:")
        };
        describe::summary(&doc, &[])
    };
    assert_eq!(summary("- a\n- b.\n\nMore."), "One of: a; b.");
    assert_eq!(summary("- a\n  - b"), "One of.");
    assert_eq!(summary("| a |"), "One of.");
    assert_eq!(summary(&"- abcdefgh\n".repeat(30)), "One of.");
    assert_eq!(summary(""), "One of:");
}

#[test]
fn descriptions_that_repeat_a_name_are_left_out() {
    let summary = |text: &str| describe::summary(&Doc::from_summary(text), &["activity_id", "activityId"]);
    assert_eq!(summary("Activity id."), "");
    assert_eq!(summary("`activityId`."), "");
    assert_eq!(summary("Id of the activity."), "Id of the activity.");
    assert_eq!(describe::description(&Doc::from_summary("Pet."), &["Pet"]), "");
}

#[test]
fn pages_show_what_a_call_returns() {
    let document = r##"
openapi: 3.1.0
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.example }]
paths:
  /pets/{id}:
    put:
      operationId: putPet
      tags: [pets]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/xml: { schema: { $ref: '#/components/schemas/Value' } } } }
      responses:
        '200': { description: Changed., content: { application/json: { schema: { $ref: '#/components/schemas/Value' } } } }
        '202': { description: Accepted. }
        default: { description: Failed., content: { application/json: { schema: { $ref: '#/components/schemas/Value' } } } }
  /name:
    get:
      operationId: getName
      tags: [pets]
      parameters: [{ name: size, in: query, schema: { type: integer, default: 3 } }]
      security: [{ certificate: [] }]
      responses:
        '200': { description: The name., content: { text/plain: { schema: { type: string }, example: 'a ``` b' } } }
  /photo:
    put:
      operationId: putPhoto
      tags: [pets]
      requestBody: { required: true, content: { image/png: { schema: { type: string, format: binary } } } }
      responses:
        '200': { description: The photo., content: { image/png: { schema: { type: string, format: binary } } } }
  /events:
    get:
      operationId: getEvents
      tags: [pets]
      responses:
        '200': { description: Events., content: { text/event-stream: { schema: { type: string } } } }
components:
  securitySchemes: { certificate: { type: mutualTLS } }
  schemas:
    Value: { type: object, properties: { name: { type: string }, other: {} } }
"##;
    let pages = pages_of(document.to_owned());
    let put = section(&pages, "docs/sdks/pets.md", "## put_pet");
    let get = section(&pages, "docs/sdks/pets.md", "## get_name");
    for line in [
        "- `200 OK`: [`Option<Value>`](../models/value.md). Changed.",
        "- `202 Accepted`: no body, `None`.",
        "| `Unexpected` | any, if the body does not match | any |",
        "  --data-binary @body.xml",
        "The file `body.xml` contains the request body.",
    ] {
        assert!(put.lines().any(|one| one == line), "{line} in {put}");
    }
    assert!(
        get.contains(
            "· requires a client certificate, which the [custom HTTP client](../calls.md#custom-http-client) provides"
        ),
        "{get}"
    );
    let size = get.lines().find(|line| line.starts_with("| `size` |"));
    assert_eq!(size, Some("| `size` | `i64` | No | Default: `3`. | `3` |"), "{get}");
    assert!(get.contains("````text\na ``` b\n````"), "{get}");
    let error = &pages["docs/errors/put_pet_error.md"];
    assert!(
        error.contains("| `Unexpected` | any | kept verbatim | A body that does not match the documented schema. |"),
        "{error}"
    );
    let value = section(&pages, "docs/models/value.md", "## Fields");
    assert!(value.contains("`Option<serde_json::Value>`"), "{value}");
    let index = &pages["docs/README.md"];
    for name in [
        "[`serde_json::Value`](https://docs.rs/serde_json/",
        "[`Bytes`](",
        "| `File` |",
        "| `runtime::ServerEvent` |",
    ] {
        assert!(index.contains(name), "{name} in {index}");
    }
}
