//! Parts of multipart bodies that are serialized like query parameters.

use super::lower_text;
use crate::config::Settings;
use crate::ir::BodyKind;
use crate::wire::Style;

#[test]
fn the_style_of_a_part_depends_on_its_type_and_the_version() {
    let schema = |name: &str| match name {
        "text" => "{ type: string }",
        "list" => "{ type: array, items: { type: string } }",
        "objects" => "{ type: array, items: { type: object, properties: { a: { type: string } } } }",
        "object" => "{ type: object, properties: { a: { type: string } } }",
        _ => "{ type: string, format: binary }",
    };
    let json = "contentType: application/json";
    for (version, name, encoding, expected) in [
        ("3.1.0", "list", "explode: false", Some((Style::Form, false))),
        ("3.1.0", "list", "allowReserved: true", Some((Style::Form, true))),
        (
            "3.1.0",
            "list",
            "style: pipeDelimited",
            Some((Style::PipeDelimited, false)),
        ),
        ("3.1.0", "list", json, None),
        (
            "3.1.0",
            "object",
            "style: form, contentType: application/json",
            Some((Style::Form, true)),
        ),
        ("3.1.0", "object", json, None),
        ("3.1.0", "objects", "style: form", None),
        ("3.1.0", "objects", "explode: false", Some((Style::Form, false))),
        (
            "3.1.0",
            "objects",
            "style: deepObject",
            Some((Style::DeepObject, false)),
        ),
        ("3.1.0", "text", "style: form", None),
        ("3.1.0", "file", "style: form", None),
        ("3.1.0", "list", "style: simple", Some((Style::Form, true))),
        ("3.0.3", "list", "explode: false", None),
        ("3.0.3", "object", "style: form", None),
        ("3.0.3", "object", "style: deepObject", Some((Style::DeepObject, false))),
    ] {
        let schema = schema(name);
        let document = format!(
            "openapi: {version}
info: {{ title: Case, version: '1' }}
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          multipart/form-data:
            schema: {{ type: object, properties: {{ part: {schema} }} }}
            encoding: {{ part: {{ {encoding} }} }}
      responses: {{ '204': {{ description: done }} }}
"
        );
        let (api, _) = lower_text(&document, &Settings::default());
        let body = api.operations[0].body.as_ref().expect("a body");
        let BodyKind::Multipart(fields) = &body.formats[0].kind else {
            panic!("{version} {name} {encoding}");
        };
        let style = fields[0].style.map(|style| (style, fields[0].explode));
        assert_eq!(style, expected, "{version} {name} {encoding}");
        let replaced = expected.is_some() || name == "text";
        assert_eq!(
            fields[0].media_type == "text/plain",
            replaced || name == "list" && encoding != json,
            "{version} {name} {encoding}"
        );
    }
}
