//! Facts about whole crates: features, modules of the runtime, idempotence and patches.

use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::krate::OperationId;

use super::{lower_text, models, plan_text};

#[test]
fn users_require_the_minor_version_or_a_pre_release() {
    let requirement = |version: &str| {
        let text = format!("openapi: 3.1.0\ninfo: {{ title: Case, version: '{version}' }}\npaths: {{}}\n");
        plan_text(text, &Settings::default()).package.requirement().to_owned()
    };
    assert_eq!(
        ["1.2.3", "1.2.0-beta.1"].map(requirement),
        ["1.2".to_owned(), "1.2.0-beta.1".to_owned()]
    );
}

#[test]
fn types_outside_groups_need_no_feature() {
    let reference = |name: &str| format!("schema: {{ $ref: '#/components/schemas/{name}' }}");
    let header = format!("headers: {{ X-Level: {{ {} }} }}", reference("Level"));
    let operation = |index: usize, group: &str, parameters: &str| {
        let responses = format!("{{ '200': {{ description: ok, {header} }} }}");
        format!("  /{index}: {{ get: {{ tags: [{group}], parameters: [{parameters}], responses: {responses} }} }}\n")
    };
    let parameters = ["Level", "Kind"].map(|name| format!("{{ name: {name}, in: query, {} }}", reference(name)));
    let mut text = "openapi: 3.1.0\ninfo: { title: Case, version: '1' }\npaths:\n".to_owned();
    text += &operation(0, "one", &parameters.join(", "));
    (1..=40).for_each(|index| text += &operation(index, "other", ""));
    text += "components:\n  schemas:\n    Level: { enum: [low, high] }\n    Kind: { enum: [cat, dog] }\n";
    let krate = plan_text(text, &Settings::default());
    let files = krate.model_files.iter();
    let features: Vec<_> = files
        .map(|file| (file.module.as_str(), file.feature.as_deref()))
        .collect();
    // The getter of the header is outside the groups.
    assert_eq!(features, [("kind", Some("one")), ("level", None)]);
}

#[test]
fn the_idempotence_of_a_query_does_not_depend_on_the_http_crate() {
    let idempotent_override = |is_idempotent: bool| {
        let operation = format!("x-idempotent: {is_idempotent}, responses: {{ '204': {{ description: done }} }}");
        let text = format!(
            "openapi: 3.2.0\ninfo: {{ title: Case, version: '1' }}\npaths: {{ /a: {{ query: {{ {operation} }} }} }}\n"
        );
        plan_text(text, &Settings::default()).operations[0].idempotent_override
    };
    assert_eq!([true, false].map(idempotent_override), [Some(true), Some(false)]);
}

#[test]
fn a_merge_patch_refers_to_its_model_after_unused_types_are_removed() {
    let text = r##"
openapi: 3.1.0
info: { title: Case, version: "1" }
paths:
  /pet:
    get: { responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } } }
    patch:
      requestBody: { content: { application/merge-patch+json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "204": { description: ok } }
components:
  schemas:
    Unused: { type: object, properties: { a: { type: string } } }
    AlsoUnused: { type: object, properties: { b: { type: string } } }
    Pet: { type: object, properties: { name: { type: string } } }
"##;
    let krate = plan_text(text.to_owned(), &Settings::default());
    assert_eq!(models(&krate), ["Pet", "PetPatch"]);
    let doc = krate.models[1].doc.to_markdown();
    assert!(doc.contains("[`Pet`](crate::models::Pet)"), "{doc}");
}

#[test]
fn types_of_errors_and_webhooks_need_their_modules_of_the_runtime() {
    let text = r##"
openapi: 3.1.0
info: { title: Case, version: "1" }
paths:
  /a:
    get:
      responses:
        "204": { description: ok }
        "400": { description: at, content: { application/json: { schema: { type: string, format: date-time } } } }
webhooks:
  b:
    post:
      requestBody: { content: { application/json: { schema: { type: array, items: { type: string, format: duration } } } } }
      responses: { "204": { description: ok } }
"##;
    let krate = plan_text(text.to_owned(), &Settings::default());
    assert!(krate.runtime.time && krate.runtime.durations);
}

#[test]
fn the_mock_returns_cursors_of_the_documented_type() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/pagination/cursor_types.yaml");
    let settings = Settings {
        tests: true,
        ..Settings::default()
    };
    let krate = plan_text(std::fs::read_to_string(path).expect(path), &settings);
    let pages = krate.operations.iter().map(|operation| {
        let pages = operation.call_case.as_ref()?.expectation.as_ref()?.pages.as_ref()?;
        Some(pages.bodies[0].clone())
    });
    let first = |cursor: &str| Some(format!(r#"{{"things":[{{"id":"string"}}],"next_cursor":{cursor}}}"#));
    let expected = [
        first(r#""2024-01-15T09:30:00Z""#),
        first(r#""2024-01-15""#),
        first("2"),
        first("2"),
    ];
    assert_eq!(pages.take(4).collect::<Vec<_>>(), expected);
}

#[test]
fn the_fields_of_a_query_string_have_the_declared_styles() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/parameters/query_fields.yaml");
    let settings = Settings {
        tests: true,
        ..Settings::default()
    };
    let krate = plan_text(std::fs::read_to_string(path).expect(path), &settings);
    let case = krate.operations[0].call_case.as_ref().expect("a call");
    let request = case
        .expectation
        .as_ref()
        .and_then(|expectation| expectation.request.as_ref());
    let target = request.and_then(|request| request.head.lines().next());
    let query = "deep%5Bmax%5D=2&deep%5Bmin%5D=1&joined=e,f%20g&path=/x%26y&piped=c%7Cd&plain=a&plain=b";
    assert_eq!(target, Some(format!("GET /search?{query}").as_str()));
    assert!(krate.runtime.query_fields);
}

#[test]
fn explained_inputs_are_the_arguments_of_methods() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    for case in [
        "emit/required_inputs",
        "emit/inputs",
        "bodies/forms",
        "parameters/on_client",
        "parameters/large_constant",
    ] {
        let text = std::fs::read_to_string(format!("{folder}/{case}.yaml")).unwrap();
        let settings = Settings::default();
        let mut diagnostics = Diagnostics::default();
        let api = lower_text(text, &settings, &mut diagnostics);
        let explained: Vec<_> = api
            .operations
            .iter()
            .map(|operation| operation.required_inputs())
            .collect();
        let krate = crate::plan::plan(api, "case", &settings, &mut diagnostics);
        let arguments: Vec<_> = krate
            .operations
            .iter()
            .map(|operation| operation.arguments.len())
            .collect();
        assert_eq!(explained, arguments, "{case}");
    }
}

#[test]
fn bytes_and_text_are_accepted_under_any_media_type() {
    let text = include_str!("../../../../tests/cases/responses/successes.yaml").to_owned();
    let krate = plan_text(text, &Settings::default());
    let accept = |id: &str| {
        let mut operations = krate.operations.iter();
        operations
            .find(|operation| operation.id == id)
            .and_then(|operation| operation.accept.as_deref())
    };
    assert_eq!(accept("text"), Some("text/csv, */*;q=0.1"));
    assert_eq!(accept("events"), Some("text/event-stream"));
    assert_eq!(accept("same"), Some("application/hal+json"));
    assert_eq!(accept("moved"), Some("application/json"));
}

#[test]
fn operations_explain_how_to_choose_a_media_type_of_their_body() {
    let text = include_str!("../../../../tests/cases/bodies/ranges.yaml").to_owned();
    let krate = plan_text(text, &Settings::default());
    let docs = krate
        .operations
        .iter()
        .map(|operation| (operation.id.as_str(), operation.doc.to_markdown()));
    let docs: std::collections::BTreeMap<_, _> = docs.collect();
    let ends_with = |id: &str, expected: &str| assert!(docs[id].ends_with(expected), "{}", docs[id]);
    let image =
        "The API accepts `image/*`. The content type of the file is sent; the default is `application/octet-stream`.";
    ends_with("image", image);
    ends_with("anything", &image.replace("image/*", "*/*"));
    assert!(docs["several"].contains("`application/pdf`, "), "{}", docs["several"]);
    let forms = plan_text(
        include_str!("../../../../tests/cases/bodies/forms.yaml").to_owned(),
        &Settings::default(),
    );
    let json = forms
        .operations
        .iter()
        .find(|operation| operation.names.method.as_str() == "all_with_json");
    let docs = json.expect("a method for JSON").doc.to_markdown();
    let also = "The API accepts `application/json`, `application/vnd.api+json`. Set the media type with `header(\"content-type\", …)`; \
                the default is `application/json`.";
    assert!(docs.ends_with(also), "{docs}");
}

#[test]
fn components_that_only_equal_inline_types_refer_to_are_kept() {
    let mut text = "openapi: 3.1.0\ninfo: { title: Case, version: '1' }\npaths:\n".to_owned();
    for name in ["Alpha", "Beta"] {
        let list = format!("type: array, items: {{ $ref: '#/components/schemas/{name}Order' }}");
        let schema = format!("type: object, properties: {{ data: {{ {list} }}, url: {{ type: string }} }}");
        let response = format!("description: ok, content: {{ application/json: {{ schema: {{ {schema} }} }} }}");
        let operation = format!("operationId: list{name}Orders, responses: {{ '200': {{ {response} }} }}");
        text += &format!("  /{name}: {{ get: {{ {operation} }} }}\n");
    }
    let order = "{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time } } }";
    text += &format!("components:\n  schemas:\n    AlphaOrder: {order}\n    BetaOrder: {order}\n");
    let krate = plan_text(text, &Settings::default());
    let names = models(&krate);
    assert!(
        ["AlphaOrder", "BetaOrder"]
            .iter()
            .all(|name| names.iter().any(|other| other == name)),
        "{names:?}"
    );
}

#[test]
fn a_body_of_fastapi_keeps_its_name_if_the_short_one_is_not_unique() {
    let named = |paths: &[&str]| {
        let mut text = "openapi: 3.1.0\ninfo: { title: Case, version: '1' }\npaths:\n".to_owned();
        let mut schemas = "components:\n  schemas:\n".to_owned();
        for path in paths {
            let id = format!("create_{path}_post");
            let schema = format!("schema: {{ $ref: '#/components/schemas/Body_{id}' }}");
            let body = format!("requestBody: {{ content: {{ application/json: {{ {schema} }} }} }}");
            let responses = "responses: { '204': { description: done } }";
            text += &format!("  /{path}: {{ post: {{ operationId: {id}, {body}, {responses} }} }}\n");
            schemas += &format!("    Body_{id}: {{ type: object, properties: {{ {path}: {{ type: string }} }} }}\n");
        }
        let krate = plan_text(text + &schemas, &Settings::default());
        models(&krate).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(named(&["a"]), ["CreateRequest"]);
    assert_eq!(named(&["a", "b"]), ["BodyCreateAPost", "BodyCreateBPost"]);
}

#[test]
fn only_equal_setters_are_shared() {
    let limit =
        |about: &str| format!("{{ name: limit, in: query, description: {about}, schema: {{ type: integer }} }}");
    let operation = |path: &str, parameters: &str| {
        format!(
            "  /{path}: {{ get: {{ parameters: [{parameters}], responses: {{ '204': {{ description: done }} }} }} }}\n"
        )
    };
    let mut text = "openapi: 3.1.0\ninfo: { title: Case, version: '1' }\npaths:\n".to_owned();
    text += &operation("a", &limit("One."));
    text += &operation("b", &limit("Two."));
    text += &operation(
        "c",
        &format!("{}, {{ name: page, in: query, schema: {{}} }}", limit("One.")),
    );
    let krate = plan_text(text, &Settings::default());
    let setters = krate.operations.iter().flat_map(|operation| &operation.setters);
    let shared: Vec<_> = setters
        .map(|input| (input.wire.as_str(), input.shared_setter))
        .collect();
    assert_eq!(
        shared,
        [("limit", Some(0)), ("limit", None), ("limit", Some(0)), ("page", None)]
    );
    assert_eq!(krate.shared_setters, [(OperationId(0), 0)]);
}
