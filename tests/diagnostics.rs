//! The full text of diagnostics, with their position and next step.

use insta::assert_snapshot;
use sdkwright::{Generator, Input};

mod common;

use common::PETS;

/// Returns the diagnostics of a document, with warnings as errors.
fn messages(document: &str) -> String {
    messages_of("api.yaml", document)
}

fn messages_of(name: &str, document: &str) -> String {
    let generator = Generator::new(Input::from_text(name, document))
        .name("api")
        .deny_warnings(true);
    let made = generator.render().map(|report| report.files.len());
    made.expect_err("the document should be rejected").to_string()
}

#[test]
fn truncated_yaml() {
    assert_snapshot!(messages("openapi: 3.0.3\ninfo: { title: Pets\npaths: {}\n"), @r##"
    error[E0102]: invalid YAML: while parsing a flow mapping, did not find expected ',' or '}'
     --> api.yaml:3:6
      |
    3 | paths: {}
      |      ^
      = help: check the syntax right before this position
    "##);
}

#[test]
fn json_with_a_trailing_comma() {
    let document = r#"{ "openapi": "3.0.3", "info": { "title": "Pets", "version": "1", }, "paths": {} }"#;
    assert_snapshot!(messages_of("api.json", document), @r##"
    error[W0104]: invalid JSON: expected a key in double quotes; the file is read as YAML
     --> api.json:1:66
      |
    1 | { "openapi": "3.0.3", "info": { "title": "Pets", "version": "1", }, "paths": {} }
      |                                                                  ^
      = help: fix the syntax, or rename the file to `.yaml`
    "##);
}

#[test]
fn truncated_json() {
    assert_snapshot!(messages_of("api.json", "{ \"openapi\":"), @r##"
    error[E0102]: invalid JSON: unexpected end of the text; expected a value
     --> api.json:1:13
      |
    1 | { "openapi":
      |             ^
      = help: check the syntax right before this position
    "##);
}

#[test]
fn yaml_that_is_not_openapi() {
    assert_snapshot!(messages("name: pets\nversion: 1\n"), @r##"
    error[E0301]: not an OpenAPI document: the file has neither an `openapi` nor a `swagger` key
     --> api.yaml:1:1
      |
    1 | name: pets
      | ^^^^^^^^^^
      = at: #
      = help: an OpenAPI document has a key such as `openapi: 3.1.0`
    "##);
}

#[test]
fn an_unsupported_version() {
    assert_snapshot!(messages("openapi: 4.0.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n"), @r##"
    error[E0302]: unsupported OpenAPI version `4.0.0`
     --> api.yaml:1:10
      |
    1 | openapi: 4.0.0
      |          ^^^^^
      = at: #/openapi
      = help: set `swagger` to 2.0 or `openapi` to 3.0.x, 3.1.x or 3.2.x
    "##);
}

#[test]
fn an_empty_document() {
    assert_snapshot!(messages("openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\n"), @r##"
    error[E0303]: the document has no `paths`, `webhooks` or `components`; there is nothing to generate
     --> api.yaml:1:1
      |
    1 | openapi: 3.0.3
      | ^^^^^^^^^^^^^^
      = at: #
      = help: add at least one path under `paths`
    "##);
}

#[test]
fn a_dangling_reference() {
    assert_snapshot!(messages(&PETS.replace("schemas/PetList' } }", "schemas/PetLst' } }")), @r##"
    error[W0203]: the target of `$ref` does not exist; it is read as any JSON value
      --> api.yaml:14:58
       |
    14 |           content: { application/json: { schema: { $ref: '#/components/schemas/PetLst' } } }
       |                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such schema
       = at: #/paths/~1pets/get/responses/200/content/application~1json/schema
       = help: did you mean `#/components/schemas/PetList`?
    "##);
}

#[test]
fn an_unknown_type() {
    assert_snapshot!(messages(&PETS.replace("name: { type: string }", "name: { type: banana }")), @r##"
    error[W0307]: unknown type `banana`; it is read as any JSON value
      --> api.yaml:27:23
       |
    27 |         name: { type: banana }
       |                       ^^^^^^
       = at: #/components/schemas/Pet/properties/name/type
       = help: use `string`, `number`, `integer`, `boolean`, `array`, `object` or, since 3.1, `null`
    "##);
}

#[test]
fn an_invalid_crate_name() {
    let error = Generator::new(Input::from_text("api.yaml", PETS))
        .name("1 api")
        .render()
        .map(|report| report.files.len())
        .expect_err("a bad name");
    assert_snapshot!(error, @"invalid crate name `1 api`: it has characters other than ASCII letters, digits, `-` and `_`");
}
