//! Paths, operations, parameters, bodies and responses of OpenAPI 3.

use super::{inputs, operation, outputs, with};
use crate::document::Style;

fn check_inputs(text: &str, expected: &[&str], codes: &[&str]) {
    let text = if text.contains("responses:") {
        text.to_owned()
    } else {
        format!("{text}\nresponses: {{204: {{}}}}")
    };
    let (document, reported) = operation("3.0.3", &text);
    let all = inputs(&document);
    let (first, rest) = all.split_first().expect("the path's id");
    assert_eq!(first, "Path id! Simple string");
    assert_eq!(
        (rest, reported.as_slice()),
        (
            expected
                .iter()
                .map(|line| (*line).to_owned())
                .collect::<Vec<_>>()
                .as_slice(),
            codes
        ),
        "{text}"
    );
}

fn check_outputs(version: &str, text: &str, expected: &[&str], codes: &[&str]) {
    let (document, reported) = operation(version, text);
    assert_eq!(
        (outputs(&document, &document.operations[0]), reported.as_slice()),
        (expected.iter().map(|line| (*line).to_owned()).collect(), codes),
        "{text}"
    );
}

#[test]
fn styles_have_defaults() {
    check_inputs(
        "parameters: [{name: q, in: query, schema: {type: array, items: {}}}]",
        &["Query q Form* array [any]"],
        &[],
    );
    check_inputs(
        "parameters: [{name: q, in: query, style: deepObject, explode: true}]",
        &["Query q DeepObject* -"],
        &[],
    );
    check_inputs(
        "parameters: [{name: q, in: query, style: form, explode: false}]",
        &["Query q Form -"],
        &[],
    );
    check_inputs(
        "parameters: [{name: X-H, in: header, required: true}]",
        &["Header X-H! Simple -"],
        &[],
    );
    check_inputs("parameters: [{name: c, in: cookie}]", &["Cookie c Form* -"], &[]);
    check_inputs(
        "parameters: [{name: q, in: query, style: fancy}]",
        &["Query q Form* -"],
        &["W0320"],
    );
    let content = "parameters: [{name: q, in: query, content: {application/json: {schema: {type: object}}}}]";
    check_inputs(content, &["Query q Form* application/json=object"], &[]);
    let (document, _) = operation(
        "3.2.0",
        "parameters: [{name: q, in: querystring}, {name: c, in: cookie, style: cookie}]",
    );
    assert_eq!(inputs(&document)[1..], ["QueryString q Form* -", "Cookie c Cookie* -"]);
}

#[test]
fn parameters_are_merged_by_name_and_location() {
    let own = "parameters:\n- {name: id, in: path, required: true, schema: {type: integer}}\n- {name: id, in: query}\nresponses: {204: {}}";
    let (document, codes) = operation("3.0.3", own);
    assert_eq!(
        (inputs(&document), codes),
        (
            vec!["Path id! Simple integer".to_owned(), "Query id Form* -".to_owned()],
            vec![]
        )
    );
    check_inputs(
        "parameters: [{name: q, in: query}, {name: q, in: query, required: true}]",
        &["Query q Form* -"],
        &["W0318"],
    );
    check_inputs(
        "parameters: [{name: X-A, in: header}, {name: x-a, in: header}]",
        &["Header X-A Simple -"],
        &["W0318"],
    );
}

#[test]
fn invalid_parameters_are_skipped() {
    check_inputs("parameters: [{in: query}]", &[], &["W0311"]);
    check_inputs("parameters: [{name: a}]", &[], &["W0311"]);
    check_inputs("parameters: [{name: a, in: body, schema: {}}]", &[], &["W0311"]);
    check_inputs(
        "parameters: [text, {name: b, in: query}]",
        &["Query b Form* -"],
        &["W0304"],
    );
    check_inputs("parameters: [{$ref: '#/components/parameters/none'}]", &[], &["W0203"]);
    check_inputs("parameters: [{$ref: 7}]", &[], &["W0202"]);
    check_inputs("parameters: [{name: X Odd, in: header}]", &[], &["W0338"]);
    check_inputs("parameters: 7", &[], &["W0304"]);
    check_inputs("parameters: {a: {name: a, in: query}}", &["Query a Form* -"], &[]);
    check_inputs(
        "parameters: [{name: Accept, in: header}, {name: authorization, in: header}]",
        &[],
        &["N0315", "N0315"],
    );
    check_inputs(
        "parameters: [{name: a, in: query, type: integer}]",
        &["Query a Form* integer"],
        &["W0326"],
    );
}

#[test]
fn path_parameters_match_the_template() {
    check_inputs("parameters: [{name: other, in: path, required: true}]", &[], &["W0314"]);
    let (document, codes) = with(
        "3.1.0",
        "paths: {'/a/{x}/{y}/{x}': {get: {parameters: [{name: y, in: path}]}}}",
    );
    assert_eq!(
        (inputs(&document), codes),
        (
            vec!["Path y! Simple -".to_owned(), "Path x! Simple string".to_owned()],
            vec!["W0313", "W0312"]
        )
    );
    let (document, codes) = with(
        "3.1.0",
        "paths: {'/a/{;x*}': {get: {parameters: [{name: x, in: path, required: true, style: matrix, explode: true}]}}}",
    );
    assert_eq!(
        (inputs(&document), codes),
        (vec!["Path x! Matrix* -".to_owned()], vec!["N0325"])
    );
    let undeclared = |path: &str| {
        let (document, codes) = with("3.1.0", &format!("paths: {{'{path}': {{get: {{}}}}}}"));
        let operation = &document.operations[0];
        let wildcards: Vec<bool> = operation
            .parameters
            .iter()
            .map(|parameter| parameter.wildcard)
            .collect();
        (operation.path.clone(), wildcards, codes)
    };
    assert_eq!(
        undeclared("/a/{.x}"),
        ("/a/{x}".to_owned(), vec![false], vec!["N0325", "W0312"])
    );
    assert_eq!(
        undeclared("/a/{x:path}"),
        ("/a/{x}".to_owned(), vec![true], vec!["W0312"])
    );
    assert_eq!(undeclared("/a/{x"), ("/a/{x".to_owned(), vec![], vec!["W0335"]));
    assert_eq!(
        (
            document.operations[0].path.as_str(),
            document.operations[0].pointer.as_str()
        ),
        ("/a/{x}", "#/paths/~1a~1{;x*}/get")
    );
    let (document, codes) = with("3.1.0", "paths: {'a': {get: {}}}");
    assert_eq!((document.operations[0].path.as_str(), codes), ("/a", vec!["W0317"]));
}

#[test]
fn bodies() {
    let body = "requestBody: {required: true, content: {application/json: {schema: {type: object}}, text/plain: }}";
    check_inputs(body, &["body! application/json=object", "body! text/plain=-"], &[]);
    check_inputs("requestBody: {content: {}}", &[], &["W0304"]);
    // A media type may start like an extension.
    let shader = "requestBody: {content: {x-shader/x-vertex: {schema: {type: string}}, x-internal: {}}}";
    check_inputs(shader, &["body x-shader/x-vertex=string"], &[]);
    check_inputs("requestBody: {$ref: '#/components/requestBodies/B'}", &[], &["W0203"]);
    let form = "requestBody:\n  content:\n    multipart/form-data:\n      schema: {type: object}\n      example: {a: 1}\n      examples: {b: {value: {a: 2}}, c: {$ref: '#/components/examples/none'}, d: 5}\n      encoding: {a: {contentType: text/csv, style: form, explode: false, headers: {X-P: {schema: {type: string}}}}}\nresponses: {204: {}}";
    let (document, codes) = operation("3.0.3", form);
    let media = &document.operations[0].body.as_ref().expect("a body").content[0];
    let encoding = &media.encoding["a"];
    assert_eq!(
        (encoding.content_type.as_deref(), encoding.style, encoding.explode),
        (Some("text/csv"), Some(Style::Form), Some(false))
    );
    assert_eq!(
        (encoding.allow_reserved, encoding.headers[0].name.as_str()),
        (None, "X-P")
    );
    let examples: Vec<String> = media.examples.iter().map(|example| example.to_text()).collect();
    assert_eq!(
        (examples, codes),
        (
            vec![r#"{"a":1}"#.to_owned(), r#"{"a":2}"#.to_owned(), "5".to_owned()],
            vec!["W0203"]
        )
    );
}

#[test]
fn responses_by_status() {
    let text = "responses:\n  200: {description: ok, headers: {X-A: {schema: {type: integer}}, Content-Type: {}}, content: {'*/*': {schema: {}}}}\n  '4XX': {description: no}\n  5xx: {description: no}\n  default: {description: else}";
    check_outputs(
        "3.0.3",
        text,
        &["200 X-A: integer */*=any", "4XX", "5XX", "default"],
        &[],
    );
    let statuses = "responses: {200-299: {}, 99: {}, ok: {}, 20x: {}}";
    check_outputs("3.0.3", statuses, &["2XX"], &["W0316", "W0316", "W0316"]);
    check_outputs("3.0.3", "responses: {}", &[], &["W0319"]);
    check_outputs("3.1.0", "summary: s", &[], &[]);
    check_outputs(
        "3.0.3",
        "responses: {200: {schema: {type: string}}}",
        &["200 application/json=string"],
        &["W0326"],
    );
    check_outputs(
        "3.0.3",
        "responses: {200: {$ref: '#/components/responses/R'}, 201: {}}",
        &["201"],
        &["W0203"],
    );
}

#[test]
fn ids_tags_security_and_servers() {
    let text = "security: [{key: []}]\nservers: [{url: https://a, variables: {v: {enum: [x, y]}}}]\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, login: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {read: r}}}}}}\ntags: [{name: t, x-displayName: T}, plain]\npaths:\n  /a:\n    servers: [{url: https://b}]\n    x-path: 1\n    get: {operationId: one, tags: [t], security: [], x-own: 2}\n    put: {operationId: one, security: [{login: [read]}, {}, {none: []}], servers: [{url: https://c}]}\n  /b: {trace: {operationId: ' '}, 'GET': {}, fetch: {}, x-more: 1}\n";
    let (document, codes) = with("3.1.0", text);
    let ids: Vec<Option<&str>> = document
        .operations
        .iter()
        .map(|operation| operation.id.as_deref())
        .collect();
    assert_eq!(ids, [Some("one"), Some("one"), None, None]);
    assert_eq!(codes, ["W0334", "W0322", "W0321"]);
    let [get, put, trace, upper] = document.operations.as_slice() else {
        panic!("four operations")
    };
    assert_eq!(
        (
            get.security.as_ref().map(Vec::len),
            trace.security.is_none(),
            upper.method.as_str()
        ),
        (Some(0), true, "GET")
    );
    let needed = put.security.as_ref().expect("requirements");
    assert_eq!(
        (needed.len(), needed[0]["login"].as_slice(), needed[1].is_empty()),
        (2, ["read".to_owned()].as_slice(), true)
    );
    assert_eq!(
        (
            get.servers[0].url.as_str(),
            put.servers[0].url.as_str(),
            trace.servers.len()
        ),
        ("https://b", "https://c", 0)
    );
    assert_eq!(
        (
            get.extensions.len(),
            document.servers[0].variables["v"].default.as_str()
        ),
        (2, "x")
    );
    let tags: Vec<(&str, Option<&str>)> = document
        .tags
        .iter()
        .map(|tag| (tag.name.as_str(), tag.summary.as_deref()))
        .collect();
    assert_eq!(tags, [("t", Some("T")), ("plain", None)]);
    assert_eq!(put.pointer, "#/paths/~1a/put");
}

#[test]
fn an_operation_next_to_a_reference_replaces_that_of_the_target() {
    let text = "paths:\n  /a: {$ref: '#/components/pathItems/A', get: {operationId: own, responses: {}}}\ncomponents: {pathItems: {A: {get: {operationId: a, responses: {}}, put: {operationId: b, responses: {}}}}}";
    let (document, _) = with("3.1.0", text);
    let ids: Vec<&str> = document
        .operations
        .iter()
        .filter_map(|operation| operation.id.as_deref())
        .collect();
    assert_eq!(ids, ["b", "own"]);
}

#[test]
fn webhooks_and_callbacks() {
    let text = "webhooks: {new: {post: {requestBody: {content: {application/json: {}}}}}}\npaths:\n  /a:\n    post:\n      callbacks: {done: {'{$request.body#/url}': {post: {operationId: c}}}}";
    let (document, codes) = with("3.1.0", text);
    assert_eq!(
        (
            document.webhooks[0].name.as_str(),
            document.webhooks[0].operations[0].method.as_str()
        ),
        ("new", "POST")
    );
    let callback = &document.operations[0].callbacks[0];
    assert_eq!(callback.name, "done {$request.body#/url}");
    assert_eq!(
        callback.operations[0].pointer,
        "#/paths/~1a/post/callbacks/done/{$request.body#~1url}/post"
    );
    assert_eq!(codes, [""; 0]);
}

#[test]
fn path_query_becomes_parameters_and_fragment_is_not_sent() {
    let get = "{get: {parameters: [{name: q, in: path, required: true, schema: {type: integer}}, {name: c, in: query}], responses: {204: {}}}}";
    let (document, codes) = with(
        "3.0.3",
        &format!("paths:\n  '/a?b=x&query={{q}}&c=1&d={{e}}&f#g': {get}"),
    );
    let operation = &document.operations[0];
    assert_eq!(
        (operation.path.as_str(), operation.request_path.as_str()),
        ("/a?b=x&query={q}&c=1&d={e}&f#g", "/a")
    );
    assert_eq!(
        inputs(&document),
        [
            "Query query! Form* integer",
            "Query c Form* -",
            "Query b! Form* string =\"x\"",
            "Query d! Form* string",
            "Query f! Form* string =\"\"",
        ]
    );
    assert_eq!(codes, ["N0328", "N0329"]);
    // The runtime encodes names and values.
    let get = "{get: {parameters: [{name: 'c[]', in: query}], responses: {204: {}}}}";
    let (document, _) = with(
        "3.0.3",
        &format!("paths:\n  '/a?q=a%20b%2Bc&a%5B%5D=1&c%5B%5D=1': {get}"),
    );
    assert_eq!(
        inputs(&document),
        [
            "Query c[] Form* -",
            "Query q! Form* string =\"a b+c\"",
            "Query a[]! Form* string =\"1\""
        ]
    );
}

#[test]
fn external_docs_are_appended_to_the_description() {
    let description = |words: &str| {
        let (document, _) = operation("3.0.3", &format!("{words}, responses: {{204: {{}}}}}}"));
        document.operations[0].description.clone()
    };
    let url = "url: 'https://example.com/a?b'";
    for (words, expected) in [
        (
            format!("{{description: A thing., externalDocs: {{{url}}}"),
            Some("A thing.\n\nSee also <https://example.com/a?b>."),
        ),
        (
            format!("{{externalDocs: {{{url}, description: \"The [whole]\\n story.\"}}"),
            Some("See also [The whole  story](<https://example.com/a?b>)."),
        ),
        (
            "{description: A thing., externalDocs: {url: 'javascript:alert(1)'}".to_owned(),
            Some("A thing."),
        ),
        ("{externalDocs: {url: 'https://a> b'}".to_owned(), None),
    ] {
        assert_eq!(description(&words).as_deref(), expected, "{words}");
    }
}
