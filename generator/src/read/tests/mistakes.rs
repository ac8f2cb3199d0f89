//! Tests of mistakes in documents, each of which is reported.

use super::{inputs, operation, schema_document, with};
use crate::document::SecurityKind;

/// Checks the codes that an operation of OpenAPI 3.2 is reported with.
fn check_operation(text: &str, expected: &[&str]) {
    let (_, codes) = operation("3.2.0", &format!("{text}\nresponses: {{204: {{}}}}"));
    assert_eq!(codes, expected, "{text}");
}

#[test]
fn second_query_string_is_skipped() {
    let text = "parameters: [{name: a, in: querystring, content: {application/json: {}}}, {name: b, in: querystring, content: {application/json: {}}}, {name: c, in: query, schema: {}}]\nresponses: {204: {}}";
    let (document, codes) = operation("3.2.0", text);
    assert_eq!(codes, ["W0331", "W0331"]);
    assert_eq!(inputs(&document)[1..].len(), 1);
}

#[test]
fn keywords_without_effect_are_reported() {
    check_operation(
        "parameters: [{name: a, in: header, allowReserved: true, schema: {type: string}}]",
        &["W0332"],
    );
    check_operation(
        "requestBody: {content: {multipart/mixed: {encoding: {}, prefixEncoding: []}}}",
        &["W0332"],
    );
    check_operation(
        "parameters: [{name: a, in: query, schema: {type: integer}, examples: {e: {value: 1, dataValue: 2}}}]",
        &["W0332"],
    );
    let (document, codes) = with(
        "3.2.0",
        "paths: {}\ncomponents: {securitySchemes: {K: {type: apiKey, in: header, name: k, scheme: bearer}}}",
    );
    assert!(matches!(
        document.security_schemes["K"].kind,
        SecurityKind::ApiKey { .. }
    ));
    assert_eq!(codes, ["W0332"]);
    let (_, codes) = operation(
        "2.0",
        "parameters: [{name: q, in: header, type: array, items: {type: string}, collectionFormat: multi}]\nresponses: {204: {}}",
    );
    assert_eq!(codes, ["W0332"]);
}

#[test]
fn cookies_of_swagger_are_reported_and_sent() {
    let (document, codes) = operation(
        "2.0",
        "parameters: [{name: c, in: cookie, type: string}]\nresponses: {204: {description: ok}}",
    );
    assert_eq!(codes, ["W0326"]);
    assert_eq!(inputs(&document)[1..].len(), 1);
}

#[test]
fn defaults_of_other_types_are_ignored() {
    for (schema, codes) in [
        ("{type: integer, default: 3.14}", &["W0330"][..]),
        ("{type: integer, default: 3.0}", &[]),
        ("{type: string, default: [a]}", &["W0330"]),
        ("{type: string, default: 1}", &[]),
        ("{type: [string, array], items: {}, default: [a]}", &[]),
        ("{type: object, default: null}", &[]),
    ] {
        let (document, found) = schema_document("3.1.0", schema);
        assert_eq!(found, codes, "{schema}");
        let default = &document.schemas[document.components["X"]].default;
        assert_eq!(default.is_none(), !codes.is_empty(), "{schema}");
    }
}

#[test]
fn references_are_followed_where_openapi_has_none() {
    let text = "paths:
  /a: {get: {$ref: '#/x-operations/getA'}}
x-operations: {getA: {operationId: getA, parameters: {$ref: '#/x-parameters'}, responses: {$ref: '#/x-responses'}}}
x-parameters: [{name: q, in: query, schema: {type: string}}]
x-responses: {204: {description: done}}
components: {schemas: {$ref: '#/x-schemas'}}
x-schemas: {X: {type: string}, Y: {$ref: '#/components/schemas/X'}}
";
    let (document, codes) = with("3.0.3", text);
    let operation = &document.operations[0];
    assert_eq!(operation.id.as_deref(), Some("getA"));
    assert_eq!(operation.pointer, "#/paths/~1a/get");
    assert_eq!((operation.parameters.len(), operation.responses.len()), (1, 1));
    assert_eq!(document.components.len(), 2);
    assert_eq!(codes, ["W0208"; 4]);
}

#[test]
fn arrays_without_items_are_noted() {
    assert_eq!(schema_document("3.0.3", "{type: array}").1, ["N0333"]);
    assert_eq!(schema_document("3.1.0", "{type: array}").1, [""; 0]);
}

#[test]
fn servers_without_a_scheme_are_read_with_one() {
    let read = |url: &str| {
        let (document, codes) = with("3.0.3", &format!("servers: [{{url: '{url}'}}]\npaths: {{}}"));
        (document.servers[0].url.clone(), codes)
    };
    for (url, expected) in [
        ("api.example.com/v1", "https://api.example.com/v1"),
        ("example.com:8443", "https://example.com:8443"),
        ("localhost:8080/v1", "http://localhost:8080/v1"),
    ] {
        assert_eq!(read(url), (expected.to_owned(), vec!["W0340"]));
    }
    assert_eq!(read("//a.example/v1"), ("https://a.example/v1".to_owned(), Vec::new()));
    let others = [
        "v1.0/api",
        "/v1",
        "./v1",
        "v1",
        "https://a.example",
        "{host}.example.com",
        "index.php/v1",
    ];
    for url in others {
        assert_eq!(read(url), (url.to_owned(), Vec::new()));
    }
}
