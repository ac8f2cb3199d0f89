//! Operations, their inputs and outputs.

use super::{check, lower_case, lower_text};
use crate::config::Settings;
use crate::diagnostics::Severity;
use crate::ir::SchemeKind;
use crate::wire::GrantType;

#[test]
fn inline_types_are_named_by_position() {
    check(
        "names/inline",
        r"
group users: getUser
operation getUser GET /users/{id}
  path id: string
  query view?: users/by/id/view
  query sort?: getUser/sort
  success 200 [getUser/response/item]
  returns [getUser/response/item], errors: set 0
error set 0: 404 Missing/response (message in message); 409 getUser/conflict/error;
struct First
  status?: Second/state
struct Second
  state?: Second/state
enum Second/state text open: on, off
enum users/by/id/view text open: full, short
enum getUser/sort text open: up, down
struct getUser/response/item
  a?: string
struct Missing/response
  message?: string
struct getUser/conflict/error
  b?: string
",
    );
}

#[test]
fn components_name_the_schemas_they_refer_to() {
    check(
        "names/aliased",
        r"
group a: a
operation a GET /a
  success 200 Page
  returns Page
struct Page
  x?: Page/x
alias Again = Page
struct Maybe
  y?: string
struct Holder
  page?: Page
  maybe?: Maybe or null
enum Page/x text open: a, b
",
    );
}

#[test]
fn missing_ids_are_generated_from_paths() {
    check(
        "names/operations",
        r"
! W0401 `GET /users/{id}` has no `operationId`; `getUsersById` is used
! W0402 `operationId` `same` is already used by another operation; `getUsers` is used for `GET /users`
! W0401 `PUT /v1/files/{name}.{ext}` has no `operationId`; `putV1FilesByNameByExt` is used
! W0401 `GET /` has no `operationId`; `get` is used
group users: getUsersById, same, getUsers
group Files: putV1FilesByNameByExt
group api: get
operation getUsersById GET /users/{id}
  path id: string
  success 204 nothing
  returns nothing
operation same DELETE /users/{id}
  path id: string
  success 204 nothing
  returns nothing
operation getUsers GET /users
  success 204 nothing
  returns nothing
operation putV1FilesByNameByExt PUT /v1/files/{name}.{ext}
  path name: string
  path ext: string
  success 204 nothing
  returns nothing
operation get GET /
  success 204 nothing
  returns nothing
",
    );
}

#[test]
fn parameters_follow_the_path_template() {
    check(
        "parameters/order",
        r#"
group a: get
operation get GET /a/{one}/b/{two}
  path one: uuid
  path two: string
  query id?: i64
  header id?: string
  query filter?: get/filter
  query version: string = "2024-01-01"
  query ids?: [string]
  success 204 nothing
  returns nothing
struct get/filter
  a?: string
"#,
    );
}

#[test]
fn parameters_of_unsupported_media_types_are_text() {
    let (api, diagnostics) = lower_case("parameters/encoded", &Settings::default());
    let parameters = api.operations[0].parameters.iter();
    let examples: Vec<_> = parameters
        .map(|one| (one.wire.as_str(), one.example.as_ref().map(|example| example.to_text())))
        .collect();
    let expected = [
        ("xml", r#""string""#),
        ("form", r#""a=b""#),
        ("json", r#"{"a":"string"}"#),
        ("text", "1"),
    ];
    assert_eq!(
        examples,
        expected.map(|(name, example)| (name, Some(example.to_owned())))
    );
    let text = crate::ir::TypeRef::non_null(crate::ir::Shape::Text(crate::ir::Text::Unformatted));
    let is_text: Vec<bool> = api.operations[0].parameters.iter().map(|one| one.ty == text).collect();
    assert_eq!(is_text, [true, true, false, false]);
    assert_eq!(diagnostics.iter().count(), 2);
}

#[test]
fn webhooks() {
    check(
        "webhooks/payloads",
        r"
group subscribe: subscribe, subscribe
operation subscribe POST /subscribe
  body? application/json: Pet
  success 204 nothing
  returns nothing
operation subscribe POST /subscribe
  body? application/x-www-form-urlencoded: { name?: string as text/plain }
  success 204 nothing
  returns nothing
webhook POST newPet: Pet
webhook POST done {$request.body#/url}: done/payload
struct Pet
  name?: string
struct done/payload
  id?: string
",
    );
}

#[test]
fn recursive_callbacks_are_read_once() {
    check(
        "webhooks/nested_callbacks",
        r"
group subscribe: subscribe
operation subscribe POST /subscribe
  success 204 nothing
  returns nothing
webhook POST again {$request.query.url}: again/payload
struct again/payload
  id?: string
",
    );
}

#[test]
fn security() {
    check(
        "security/requirements",
        r#"
group a: a
group b: b
group c: c
operation a GET /a
  success 204 nothing
  returns nothing
  requires token()
operation b GET /b
  success 204 nothing
  returns nothing
operation c GET /c
  success 204 nothing
  returns nothing
  requires oauth(read) and key(), or nothing
scheme token: bearer token
scheme key: API key in header X-Key
scheme oauth: OAuth 2.0; client credentials with tokens from /token; scopes read, write
"#,
    );
}

#[test]
fn the_metadata_of_an_authorization_server_replaces_missing_urls() {
    let scheme = |metadata: &str| {
        format!(
            "openapi: 3.2.0
info: {{ title: A, version: '1' }}
security: [{{ login: [] }}]
paths: {{ /a: {{ get: {{ operationId: a, responses: {{ '204': {{ description: done }} }} }} }} }}
components:
  securitySchemes:
    login:
      type: oauth2
      {metadata}
      flows: {{ authorizationCode: {{ scopes: {{}} }}, clientCredentials: {{ scopes: {{}} }}, password: {{ tokenUrl: /token, scopes: {{}} }} }}
"
        )
    };
    for (metadata, expected) in [
        ("", (None, vec![(GrantType::Password, "/token")])),
        (
            "oauth2MetadataUrl: /.well-known/oauth-authorization-server",
            (
                Some("/.well-known/oauth-authorization-server"),
                vec![(GrantType::AuthorizationCode, ""), (GrantType::Password, "/token")],
            ),
        ),
    ] {
        let (api, _) = lower_text(&scheme(metadata), &Settings::default());
        let SchemeKind::OAuth2 {
            flows, metadata_url, ..
        } = &api.schemes[0].kind
        else {
            panic!("{:?}", api.schemes)
        };
        let flows: Vec<_> = flows.iter().map(|flow| (flow.grant, flow.token_url.as_str())).collect();
        assert_eq!((metadata_url.as_deref(), flows), expected);
    }
}

/// Lowers a case with settings and returns its dump.
fn dump_with(case: &str, settings: &str) -> String {
    let settings: Settings = serde_yaml::from_str(settings).expect("settings");
    lower_case(case, &settings).0.dump()
}

#[test]
fn selections_prune_components() {
    let names = |settings: &str| -> Vec<String> {
        let dump = dump_with("select/part", settings);
        dump.lines()
            .filter_map(|line| line.strip_prefix("struct "))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(names("{}"), ["A", "B", "Inner", "Unused"]);
    assert_eq!(names("select: { operations: [a] }"), ["A", "Inner"]);
    assert_eq!(names("select: { tags: [Two] }"), ["B"]);
    assert_eq!(names("select: { paths: [/a, /b] }"), ["A", "B", "Inner"]);
}

#[test]
fn unknown_configured_names_are_errors() {
    let settings = serde_yaml::from_str("{ operations: { aa: x }, schemas: { Iner: x }, select: { tags: [Ones] } }")
        .expect("settings");
    let (_, diagnostics) = lower_case("select/part", &settings);
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let helps: Vec<&str> = errors.map(|error| &*error.help).collect();
    assert_eq!(
        helps,
        ["did you mean `a`?", "did you mean `Inner`?", "did you mean `One`?"]
    );
}

#[test]
fn configured_names_have_precedence() {
    let dump = dump_with(
        "names/inline",
        "{ schemas: { Second: Other }, groups: { users: people.users } }",
    );
    assert!(
        dump.starts_with("group people: \ngroup people.users: getUser\n"),
        "{dump}"
    );
    assert!(dump.contains("struct Other\n  state?: Other/state\n"), "{dump}");
    let settings = serde_yaml::from_str("operations: { a: fetch }").expect("settings");
    let (api, _) = lower_case("groups/paths", &settings);
    let names: Vec<Option<&str>> = api
        .operations
        .iter()
        .map(|operation| operation.custom_name.as_deref())
        .collect();
    assert_eq!(names, [Some("fetch"), None, None, None, None]);
}

#[test]
fn flat_paths_are_one_group() {
    let (api, _) = lower_case("groups/calls", &Settings::default());
    let groups: Vec<(String, usize)> = (api.groups.iter())
        .map(|group| (group.path.join("."), group.operations.len()))
        .collect();
    assert_eq!(groups, [("api".to_owned(), 17), ("Old".to_owned(), 1)]);
}

#[test]
fn declared_retry_policies_are_read() {
    let text = "
openapi: 3.0.3
info: { title: Retries, version: '1' }
x-speakeasy-retries:
  strategy: backoff
  backoff: { initialInterval: 100, exponent: 2.5 }
  statusCodes: [429, 5XX]
paths:
  /a: { get: { operationId: a, responses: {} } }
  /b: { post: { operationId: b, x-speakeasy-retries: { strategy: none }, responses: {} } }
  /c: { post: { operationId: c, x-fern-retries: { disabled: true }, responses: {} } }
";
    let (api, _) = super::lower_text(text, &Settings::default());
    let rule = api.operations[0].retries.as_ref().expect("a rule");
    assert_eq!((rule.initial, rule.max, rule.exponent), (100, 60_000, 2.5));
    assert_eq!(
        rule.statuses,
        [crate::document::Status::Code(429), crate::document::Status::Range(5)]
    );
    let never = api
        .operations
        .iter()
        .map(|operation| operation.retries.as_ref().is_some_and(|rule| rule.never));
    assert_eq!(never.collect::<Vec<_>>(), [false, true, true]);
    assert!(api.operations[0].idempotent && !api.operations[1].idempotent);
}

#[test]
fn members_of_a_merge_patch_are_optional_and_nullable() {
    let (api, _) = super::lower_text(
        r##"
openapi: 3.1.0
info: { title: t, version: "1" }
paths:
  /x:
    get: { operationId: get, responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } } }
    patch:
      operationId: patch
      requestBody: { content: { application/merge-patch+json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "204": { description: ok } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string }, tags: { type: object, additionalProperties: { type: string } }, mate: { $ref: "#/components/schemas/Pet" } } }
"##,
        &Settings::default(),
    );
    let dump = api.dump();
    let patch = dump
        .split("struct Pet/patch")
        .nth(1)
        .expect("the patch has a separate type");
    for member in [
        "name?: string or null",
        "tags?: map of string or null or null",
        "mate?: Pet/patch or null",
    ] {
        assert!(patch.contains(member), "{member} is missing:\n{dump}");
    }
    assert!(
        dump.contains("  name: string\n"),
        "the type of the response is unchanged:\n{dump}"
    );
}
