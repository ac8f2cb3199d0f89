//! Tests of version detection and of features of newer versions.

use super::{outputs, read, with};
use crate::document::{SecurityKind, Style};

fn refused(text: &str, code: &str) {
    let (document, codes) = read(text);
    assert!(document.is_none(), "{text}");
    assert_eq!(codes, [code], "{text}");
}

#[test]
fn other_documents_are_rejected() {
    refused("", "E0301");
    refused("[1]", "E0301");
    refused("just text", "E0301");
    refused("a: 1", "E0301");
    refused("asyncapi: 2.0.0", "E0301");
    refused("openapi: 4.0.0\npaths: {}", "E0302");
    refused("openapi: {}\npaths: {}", "E0302");
    refused("openapi: '2.0'\npaths: {}", "E0302");
    refused("swagger: '3.0'\npaths: {}", "E0302");
    refused("swagger: 1.2\npaths: {}", "E0302");
    refused("openapi: 3.0.0\ninfo: {title: T, version: '1'}", "E0303");
    refused("openapi: 3.1.0\npaths:\n", "E0303");
    refused("a: [", "E0102");
}

#[test]
fn unquoted_versions_are_accepted() {
    for (text, version) in [
        ("openapi: 3.1", "3.1"),
        ("swagger: 2.0", "2.0"),
        ("swagger: 2", "2"),
        ("openapi: 3.0.3-rc1", "3.0.3-rc1"),
    ] {
        let (document, codes) = read(&format!("{text}\ninfo: {{title: T, version: 1.10}}\npaths: {{}}\n"));
        let document = document.expect("a document");
        assert_eq!(
            (document.openapi.as_str(), document.info.version.as_str(), codes.len()),
            (version, "1.10", 0)
        );
    }
}

#[test]
fn unknown_minor_version_is_reported() {
    for (version, expected) in [("3.2.7", vec![]), ("3.9.0", vec!["W0336"]), ("3.x", vec!["W0336"])] {
        let (document, codes) = read(&format!(
            "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n"
        ));
        assert!(document.is_some(), "{version}");
        assert_eq!(codes, expected, "{version}");
    }
}

#[test]
fn missing_title_and_version_have_defaults() {
    let (document, codes) = read("openapi: 3.0.0\npaths: {}");
    let info = document.expect("a document").info;
    assert_eq!(
        (info.title.as_str(), info.version.as_str(), codes),
        ("API", "0.0.0", vec!["W0305", "W0305"])
    );
}

#[test]
fn openapi_3_2_features_are_read() {
    let text = "paths:\n  /a:\n    query: {responses: {200: {content: {text/event-stream: {itemSchema: {type: string}}}}}}\n    additionalOperations: {LINK: {responses: {200: {content: {a/b: {$ref: '#/components/mediaTypes/M'}}}}}}\ntags: [{name: t, summary: S, parent: p}]\nservers: [{url: /x, name: main}]\ncomponents:\n  mediaTypes: {M: {schema: {type: integer}, examples: {e: {dataValue: 1}}}}\n  securitySchemes: {d: {type: oauth2, oauth2MetadataUrl: /metadata, flows: {deviceAuthorization: {tokenUrl: /t, deviceAuthorizationUrl: /d, scopes: {}}}}}\n";
    let (document, codes) = with("3.2.0", text);
    assert_eq!(codes, [""; 0]);
    let [query, link] = document.operations.as_slice() else {
        panic!("two operations")
    };
    assert_eq!((query.method.as_str(), link.method.as_str()), ("QUERY", "LINK"));
    assert_eq!(link.pointer, "#/paths/~1a/additionalOperations/LINK");
    assert_eq!(outputs(&document, query), ["200 text/event-stream=- items string"]);
    assert_eq!(outputs(&document, link), ["200 a/b=integer"]);
    assert_eq!(link.responses[0].content[0].examples.len(), 1);
    assert_eq!(
        (document.tags[0].parent.as_deref(), document.tags[0].summary.as_deref()),
        (Some("p"), Some("S"))
    );
    assert_eq!(document.servers[0].name.as_deref(), Some("main"));
    let SecurityKind::OAuth2 { flows, metadata_url } = &document.security_schemes["d"].kind else {
        panic!("oauth2")
    };
    assert_eq!(
        flows["deviceAuthorization"].device_authorization_url.as_deref(),
        Some("/d")
    );
    assert_eq!(metadata_url.as_deref(), Some("/metadata"));
}

#[test]
fn path_items_may_be_references() {
    let text = "paths:\n  /a: {$ref: '#/components/pathItems/P'}\n  /b: {$ref: '#/paths/~1a', put: {}}\n  /c: \ncomponents: {pathItems: {P: {parameters: [{name: s, in: cookie, style: form}], get: {}}}}\n";
    let (document, codes) = with("3.1.0", text);
    let pointers: Vec<&str> = document
        .operations
        .iter()
        .map(|operation| operation.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["#/paths/~1a/get", "#/paths/~1b/get", "#/paths/~1b/put"]);
    assert_eq!(
        (document.operations[0].parameters[0].style, codes.len()),
        (Style::Form, 0)
    );
}

#[test]
fn a_path_has_one_operation_of_a_method() {
    let text = "paths:\n  /a: {GET: {summary: one}, get: {summary: two}, put: {}, additionalOperations: {GET: {summary: three}}}\n  /b: {get: {summary: own}, $ref: '#/components/pathItems/P'}\ncomponents: {pathItems: {P: {get: {summary: other}, post: {}}}}\n";
    let (document, codes) = with("3.2.0", text);
    let operations = document.operations.iter();
    let operations: Vec<_> = operations
        .map(|operation| {
            (
                operation.path.as_str(),
                operation.method.as_str(),
                operation.summary.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        operations,
        [
            ("/a", "PUT", None),
            ("/a", "GET", Some("three")),
            ("/b", "POST", None),
            ("/b", "GET", Some("own")),
        ]
    );
    assert_eq!(codes, ["W0334", "W0339", "W0339", "W0339"]);
}

#[test]
fn siblings_of_a_path_reference_take_precedence() {
    let text = "paths:\n  /a: {$ref: '#/components/pathItems/P', summary: Here, servers: [{url: /here}], parameters: [{name: s, in: query}, {name: t, in: query}]}\ncomponents: {pathItems: {P: {summary: There, description: Both, servers: [{url: /there}], parameters: [{name: s, in: query, required: true}, {name: u, in: query}], get: {parameters: [{name: u, in: query, required: true}]}, put: {summary: Own, servers: [{url: /own}]}}}}\n";
    let (document, codes) = with("3.1.0", text);
    let parameters: Vec<_> = document
        .operations
        .iter()
        .map(|operation| {
            let parameters = operation.parameters.iter();
            let parameters: Vec<_> = parameters.map(|other| (other.name.as_str(), other.required)).collect();
            (
                operation.summary.as_deref(),
                operation.description.as_deref(),
                operation.servers[0].url.as_str(),
                parameters,
            )
        })
        .collect();
    let shared = |u| vec![("s", false), ("u", u), ("t", false)];
    assert_eq!(
        parameters,
        [
            (Some("Here"), Some("Both"), "/here", shared(true)),
            (Some("Own"), Some("Both"), "/own", shared(false)),
        ]
    );
    assert!(codes.is_empty(), "{codes:?}");
}
