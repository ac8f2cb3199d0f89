//! Request and response bodies.

use super::{check, lower_text};
use crate::config::Settings;
use crate::ir::{BodyFormat, BodyKind, Shape};

#[test]
fn bodies_in_several_media_types() {
    check(
        "bodies/forms",
        r"
! W0409 HTTP defines no meaning for the body of a `GET` request; the body is sent
group all: all, all, all, all, all
group form: form
operation all POST /all
  body multipart/form-data: { file: bytes as application/octet-stream, parts?: [bytes] as application/octet-stream, note?: string as text/markdown, tags?: [string] as text/plain, deep?: Item/deep as application/json }
  success 204 nothing
  returns nothing
operation all POST /all
  body application/json, application/vnd.api+json: Item
  success 204 nothing
  returns nothing
operation all POST /all
  body application/x-www-form-urlencoded: { file: string as text/plain, parts?: [string] as text/plain, note?: string as text/plain, tags?: [string] as text/plain, deep?: Item/deep as application/json }
  success 204 nothing
  returns nothing
operation all POST /all
  body text/plain: text
  success 204 nothing
  returns nothing
operation all POST /all
  body application/octet-stream: bytes
  success 204 nothing
  returns nothing
operation form GET /form
  body? application/x-www-form-urlencoded: { file?: string as text/plain, parts?: [string] as text/plain, note?: string as text/plain, tags?: [string] as text/plain, deep?: Item/deep as application/json, other?: i64 as text/plain }
  success 204 nothing
  returns nothing
struct Item
  file: string
  parts?: [string]
  note?: string
  tags?: [string]
  deep?: Item/deep
struct Item/deep
  a?: string
",
    );
}

#[test]
fn bodies_that_are_sequences_of_values() {
    check(
        "bodies/lines",
        r"
group items: items
group array: array
group object: object
group unknown: unknown
group events: events
operation items POST /items
  body application/json-seq: sequence of [Item]
  success 204 nothing
  returns nothing
operation array POST /array
  body application/jsonl: sequence of [string]
  success 204 nothing
  returns nothing
operation object POST /object
  body? application/x-ndjson: sequence of [Item]
  success 204 nothing
  returns nothing
operation unknown POST /unknown
  body application/x-ndjson: bytes
  success 204 nothing
  returns nothing
operation events POST /events
  body text/event-stream: bytes
  success 204 nothing
  returns nothing
struct Item
  id: string
",
    );
}

#[test]
fn bodies_in_ranges_of_media_types() {
    check(
        "bodies/ranges",
        r"
group image: image
group text: text
group anything: anything
group several: several
operation image POST /image
  body application/octet-stream of image/*: bytes
  success 204 nothing
  returns nothing
operation text POST /text
  body text/plain: text
  success 204 nothing
  returns nothing
operation anything POST /anything
  body application/octet-stream of */*: bytes
  success 204 nothing
  returns nothing
operation several POST /several
  body application/octet-stream of */*, application/pdf, application/octet-stream, image/*: bytes
  success 204 nothing
  returns nothing
",
    );
}

// The function is long, because it contains the expected dump of a whole document.
#[test]
fn success_responses() {
    check(
        "responses/successes",
        r"
group same: same
group maybe: maybe
group both: both
group default: default
group beside: beside
group moved: moved
group head: head
group text: text
group file: file
group xml: xml
group events: events
operation same GET /same
  success 200 A
  success 201 A
  returns A
operation maybe GET /maybe
  success 200 A
  success 204 nothing
  returns A or nothing
operation both GET /both
  success 200 A
  success 2XX B
  returns by status
operation default GET /default
  success default A
  returns A, errors: set 1
operation beside GET /beside
  success 204 nothing
  returns nothing, errors: set 2
operation moved GET /moved
  success 302 nothing
  returns nothing
operation head HEAD /head
  success 200 nothing
  returns nothing
operation text GET /text
  success 200 text
  returns text
operation file GET /file
  success 200 bytes
  returns bytes
operation xml GET /xml
  success 200 A
  returns A
operation events GET /events
  success 200 events of A
  returns events of A
error set 1: default A;
error set 2: default B (message in error.message);
struct A
  a?: string
struct B
  error?: B/error
struct B/error
  message?: string
",
    );
}

#[test]
fn properties_occur_in_their_direction() {
    check(
        "usage/directions",
        r"
group both: both
group in: in
operation both PUT /both
  body? application/json: Both
  success 200 Both
  returns Both
operation in POST /in
  body? application/json: In
  success 200 Out
  returns Out
struct Both
  id: string read-only
  name: string
  secret!?: string write-only
struct In
  name: string
struct Out
  name: string
",
    );
}

#[test]
fn each_request_media_type_with_other_contents_is_an_operation() {
    let (api, _) = super::lower_text(
        r#"
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /x:
    post:
      operationId: analyze
      requestBody:
        required: true
        content:
          application/pdf: { schema: { type: string, format: binary } }
          image/png: { schema: { type: string, format: binary } }
          application/json: { schema: { type: object, properties: { source: { type: string } } } }
          application/vnd.note.v2+json: { schema: { type: array, items: { type: string } } }
      responses: { "204": { description: ok } }
"#,
        &Settings::default(),
    );
    let formats: Vec<(Option<&str>, &str)> = api
        .operations
        .iter()
        .map(|operation| {
            let words = operation.variant.as_ref().map(|variant| &*variant.words);
            let body = operation.body.as_ref().expect("each operation has a body");
            assert_eq!((operation.id.as_str(), body.formats.len()), ("analyze", 1));
            (words, body.formats[0].media_type.as_str())
        })
        .collect();
    assert_eq!(
        formats,
        [
            (None, "application/json"),
            (Some("note v2"), "application/vnd.note.v2+json"),
            (Some("bytes"), "application/pdf"),
        ]
    );
}

#[test]
fn octet_stream_as_content_media_type_does_not_limit_the_type_of_a_file() {
    let (api, _) = super::lower_text(
        r#"
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /x:
    post:
      operationId: upload
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                any: { type: string, contentMediaType: application/octet-stream }
                png: { type: string, contentMediaType: image/png }
                raw: { type: string, format: binary }
            encoding: { raw: { contentType: application/octet-stream } }
      responses: { "204": { description: ok } }
"#,
        &Settings::default(),
    );
    let body = api.operations[0].body.as_ref().expect("the operation has a body");
    let crate::ir::BodyKind::Multipart(fields) = &body.formats[0].kind else {
        panic!("{body:?}");
    };
    let accepted: Vec<_> = fields
        .iter()
        .map(|field| {
            field
                .accepted
                .iter()
                .map(|name| name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        })
        .collect();
    assert_eq!(accepted, ["", "image/png", "application/octet-stream"]);
}

#[test]
fn structured_bodies_of_unsupported_media_types_are_reported_and_xml_errors_are_typed() {
    let (api, diagnostics) = super::lower_text(
        r##"
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /x:
    put:
      operationId: put
      requestBody: { required: true, content: { application/yaml: { schema: { $ref: "#/components/schemas/Fault" } } } }
      responses:
        "200": { description: ok, content: { application/octet-stream: { schema: { type: array, items: { type: integer, format: int32, minimum: 0 } } } } }
        "400": { description: bad, content: { text/xml: { schema: { $ref: "#/components/schemas/Fault" } } } }
components:
  schemas: { Fault: { type: object, properties: { message: { type: string } } } }
"##,
        &Settings::default(),
    );
    let text = super::render(&diagnostics);
    assert_eq!(
        text,
        "! W0410 `application/yaml` has a schema but is not supported; the request body is passed as bytes\n"
    );
    let failure = &api.error_sets[0].cases[0];
    assert!(
        matches!(&failure.content, crate::ir::Content::Json { media_type, .. } if media_type == "text/xml"),
        "{failure:?}"
    );
    assert!(failure.message.is_some());
}

#[test]
fn a_string_under_an_xml_media_type_is_a_document() {
    let (api, _) = super::lower_text(
        r##"
openapi: 3.0.3
info: { title: t, version: "1" }
paths:
  /x:
    put:
      operationId: put
      requestBody: { required: true, content: { text/xml: { schema: { type: string } } } }
      responses: { "200": { description: ok, content: { application/vnd.google-earth.kml+xml: { schema: { type: string } } } } }
  /y:
    put:
      operationId: putName
      requestBody: { required: true, content: { text/xml: { schema: { type: string, xml: { name: name } } } } }
      responses: { "200": { description: ok, content: { application/xml: { schema: { type: string, format: binary } } } } }
"##,
        &Settings::default(),
    );
    let kinds = api.operations.iter().map(|operation| {
        let body = operation.body.as_ref().map(|body| &body.formats[0].kind);
        (matches!(body, Some(BodyKind::Text)), &operation.success.content)
    });
    let kinds: Vec<String> = kinds.map(|(text, content)| format!("{text} {content:?}")).collect();
    let expected = [
        r#"true Text { media_type: MediaType("application/vnd.google-earth.kml+xml") }"#,
        r#"false Bytes { media_type: MediaType("application/xml") }"#,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_part_without_a_type_is_a_file_unless_the_body_can_be_json() {
    let document = |media_type: &str, property: &str| {
        format!(
            "openapi: 3.1.0
info: {{ title: Case, version: '1' }}
paths:
  /books:
    post:
      operationId: createBook
      requestBody:
        content:
          {media_type}: {{ schema: {{ $ref: '#/components/schemas/Book' }} }}
          multipart/form-data: {{ schema: {{ $ref: '#/components/schemas/Book' }} }}
      responses: {{ '204': {{ description: done }} }}
components:
  schemas:
    Book: {{ type: object, properties: {{ title: {{ type: string }}, meta: {{}}{property} }} }}
"
        )
    };
    let cover = ", cover: { type: string, format: binary }";
    for (media_type, property, shape, first) in [
        ("application/json", "", Shape::Any, "application/json"),
        ("text/csv", "", Shape::Binary, "multipart/form-data"),
        ("application/json", cover, Shape::Binary, "multipart/form-data"),
    ] {
        let (api, _) = lower_text(&document(media_type, property), &Settings::default());
        let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
        let formats: Vec<&BodyFormat> = bodies.flat_map(|body| &body.formats).collect();
        assert_eq!(formats[0].media_type, first, "{media_type} {property}");
        let fields = formats.iter().find_map(|format| match &format.kind {
            BodyKind::Multipart(fields) => Some(fields),
            _ => None,
        });
        assert_eq!(fields.expect("a form")[1].ty.shape, shape, "{media_type} {property}");
    }
}
