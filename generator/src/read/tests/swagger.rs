//! Tests of converting Swagger 2.0.

use super::{inputs, operation, outputs, with};
use crate::document::{Location, SecurityKind, Style};

fn check_inputs(text: &str, expected: &[&str], codes: &[&str]) {
    let (document, reported) = operation("2.0", &format!("{text}\nresponses: {{204: {{}}}}"));
    assert_eq!(
        (inputs(&document)[1..].to_vec(), reported.as_slice()),
        (expected.iter().map(|line| (*line).to_owned()).collect(), codes),
        "{text}"
    );
}

#[test]
fn parameters_contain_their_schema() {
    check_inputs(
        "parameters: [{name: q, in: query, type: array, items: {type: integer}}]",
        &["Query q Form array [integer]"],
        &[],
    );
    check_inputs(
        "parameters: [{name: q, in: query, type: string, enum: [a], required: true}]",
        &["Query q! Form string <\"a\">"],
        &[],
    );
    for (format, style) in [
        ("ssv", "SpaceDelimited"),
        ("tsv", "TabDelimited"),
        ("pipes", "PipeDelimited"),
        ("multi", "Form*"),
    ] {
        let text =
            format!("parameters: [{{name: q, in: query, type: array, items: {{}}, collectionFormat: {format}}}]");
        check_inputs(&text, &[&format!("Query q {style} array [any]")], &[]);
    }
    check_inputs(
        "parameters: [{name: q, in: query, type: array, items: {}, collectionFormat: odd}]",
        &["Query q Form array [any]"],
        &["W0320"],
    );
    check_inputs(
        "parameters: [{name: h, in: header, type: string}]",
        &["Header h Simple string"],
        &[],
    );
}

#[test]
fn body_parameters_become_bodies() {
    check_inputs(
        "parameters: [{name: b, in: body, required: true, schema: {type: object}}]",
        &["body! application/json=object"],
        &[],
    );
    check_inputs(
        "consumes: [text/plain, a/b]\nparameters: [{name: b, in: body, schema: {}}]",
        &["body text/plain=any", "body a/b=any"],
        &[],
    );
    let two = "parameters: [{name: b, in: body, schema: {}}, {name: c, in: body, schema: {}}]";
    check_inputs(two, &["body application/json=any"], &["W0323"]);
    let mixed = "parameters: [{name: b, in: body, schema: {}}, {name: c, in: formData, type: string}]";
    check_inputs(mixed, &["body application/json=any"], &["W0323"]);
}

#[test]
fn form_parameters_become_a_form() {
    let form = "parameters: [{name: a, in: formData, type: string, required: true}, {name: b, in: formData, type: array, items: {}, collectionFormat: multi}]";
    check_inputs(
        form,
        &["body! application/x-www-form-urlencoded=object {a!: string, b: array [any]}"],
        &[],
    );
    check_inputs(
        "parameters: [{name: f, in: formData, type: file}]",
        &["body multipart/form-data=object {f: string(binary)}"],
        &[],
    );
    let both = "consumes: [multipart/form-data, application/x-www-form-urlencoded]\nparameters: [{name: a, in: formData, type: string}]";
    check_inputs(
        both,
        &[
            "body application/x-www-form-urlencoded=object {a: string}",
            "body multipart/form-data=object {a: string}",
        ],
        &[],
    );
    check_inputs(
        "parameters: [{in: formData, type: string}]",
        &["body application/x-www-form-urlencoded=object"],
        &["W0311"],
    );
    let described = "parameters: [{name: a, in: formData, type: string, description: The name., x-example: b}]\nresponses: {204: {}}";
    let (document, _) = operation("2.0", described);
    let content = &document.operations[0].body.as_ref().expect("a form").content[0];
    let fields = &document.schemas[content.schema.expect("a schema")].properties;
    let field = &document.schemas[fields["a"]];
    assert_eq!(field.description.as_deref(), Some("The name."));
    let (document, _) = operation("2.0", &format!("{form}\nresponses: {{204: {{}}}}"));
    let encoding = &document.operations[0].body.as_ref().expect("a form").content[0].encoding["b"];
    assert_eq!((encoding.style, encoding.explode), (Some(Style::Form), Some(true)));
}

#[test]
fn responses_contain_their_schema() {
    let text = "produces: [application/json, text/csv]\nresponses: {200: {schema: {type: string}, headers: {X-A: {type: integer}}, examples: {text/csv: 'a,b'}}, 204: {}}";
    let (document, codes) = operation("2.0", text);
    let operation_ = &document.operations[0];
    assert_eq!(
        (outputs(&document, operation_), codes.len()),
        (
            vec![
                "200 X-A: integer application/json=string text/csv=string".to_owned(),
                "204".to_owned()
            ],
            0
        )
    );
    assert_eq!(operation_.responses[0].content[1].examples.len(), 1);
    // An error that is an object is JSON if no media type of `produces` can contain it.
    let errors = "produces: [application/pdf]\nresponses: {200: {schema: {type: file}}, 404: {schema: {type: object}}, 500: {schema: {type: string}}}";
    let (document, _) = operation("2.0", errors);
    assert_eq!(
        outputs(&document, &document.operations[0]),
        [
            "200 application/pdf=string(binary)",
            "404 application/json=object",
            "500 application/pdf=string"
        ]
    );
    // grpc-gateway sends a line for each object of this title.
    let stream = "responses: {200: {schema: {type: object, title: Stream result of v1Book}}}";
    let (document, _) = operation("2.0", &format!("produces: [application/json]\n{stream}"));
    assert_eq!(
        outputs(&document, &document.operations[0]),
        ["200 application/x-ndjson=object"]
    );
    let (document, _) = operation("2.0", "responses: {200: {schema: {type: file}}}");
    assert_eq!(
        outputs(&document, &document.operations[0]),
        ["200 application/octet-stream=string(binary)"]
    );
}

#[test]
fn root_fields_are_converted() {
    let text = "host: a.com\nbasePath: /v1\nschemes: [http, https, wss]\nconsumes: [a/a]\nproduces: [b/b]\nparameters: {P: {name: b, in: body, schema: {$ref: '#/definitions/D'}}}\nresponses: {R: {description: r, schema: {$ref: '#/definitions/D'}}}\ndefinitions: {D: {type: object}}\npaths: {/a: {post: {schemes: [http], parameters: [{$ref: '#/parameters/P'}], responses: {200: {$ref: '#/responses/R'}}}}}";
    let (document, codes) = with("2.0", text);
    let urls: Vec<&str> = document.servers.iter().map(|server| server.url.as_str()).collect();
    assert_eq!((urls, codes.len()), (vec!["https://a.com/v1", "http://a.com/v1"], 0));
    assert_eq!(document.operations[0].servers[0].url, "http://a.com/v1");
    assert_eq!(inputs(&document), ["body a/a=->D"]);
    assert_eq!(outputs(&document, &document.operations[0]), ["200 b/b=->D"]);
    assert_eq!(with("2.0", "basePath: v2\npaths: {}").0.servers[0].url, "/v2");
    assert_eq!(with("2.0", "paths: {}").0.servers[0].url, "/");
}

#[test]
fn security_definitions_are_schemes() {
    let text = "paths: {}\nsecurityDefinitions:\n  b: {type: basic}\n  k: {type: apiKey, in: query, name: key}\n  o: {type: oauth2, flow: accessCode, tokenUrl: /t, authorizationUrl: /a, scopes: {r: read}}\n  c: {type: oauth2, flow: application, tokenUrl: /t, scopes: {}}\n";
    let (document, codes) = with("2.0", text);
    let schemes = &document.security_schemes;
    assert!(codes.is_empty());
    assert!(matches!(&schemes["b"].kind, SecurityKind::Http { scheme, .. } if scheme == "basic"));
    assert!(matches!(&schemes["k"].kind, SecurityKind::ApiKey { location: Location::Query, name } if name == "key"));
    let SecurityKind::OAuth2 { flows, .. } = &schemes["o"].kind else {
        panic!("oauth2")
    };
    assert_eq!(
        (
            flows["authorizationCode"].token_url.as_deref(),
            flows["authorizationCode"].scopes["r"].as_str()
        ),
        (Some("/t"), "read")
    );
    assert!(
        matches!(&schemes["c"].kind, SecurityKind::OAuth2 { flows, .. } if flows.contains_key("clientCredentials"))
    );
}
