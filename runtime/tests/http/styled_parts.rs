//! Parts of a multipart body that are serialized like query parameters.

use std::collections::BTreeMap;

use sdkwright_runtime::runtime::__private::codec::Wire;
use sdkwright_runtime::runtime::__private::{Nested, Operation, Request, Style, StyleRule};
use serde_json::{Value, json};

use crate::styles::core;
use crate::support::{Reply, Server};
use crate::wire::send;

static UPLOAD: Operation = Operation {
    id: "upload",
    method: "POST",
    path: "/upload",
    ..Operation::DEFAULT
};

/// Returns the name and the text of each part that is sent for a value.
async fn parts(name: &'static str, rule: StyleRule, value: &dyn Wire) -> Vec<(String, String)> {
    let server = Server::script([Reply::new(204)]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.part("other", "text/plain", &"x");
    request.part_styled(name, rule, value);
    send(request).await.unwrap();
    let request = server.only();
    let body = request.text();
    let (boundary, _) = body.split_once("\r\n").expect("a boundary");
    let mut parts = Vec::new();
    for part in body.split(boundary).skip(1) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else {
            assert_eq!(part, "--\r\n");
            continue;
        };
        let (name, kind) = head.split_once("\r\nContent-Type: ").expect("a media type");
        assert_eq!(kind, "text/plain");
        let name = name
            .trim_start()
            .strip_prefix("Content-Disposition: form-data; name=\"");
        let name = name.and_then(|name| name.strip_suffix('"')).expect("a name");
        let content = content.strip_suffix("\r\n").expect("an end");
        parts.push((name.to_owned(), content.to_owned()));
    }
    assert_eq!(parts.remove(0), ("other".to_owned(), "x".to_owned()));
    parts
}

#[tokio::test]
async fn each_style_determines_the_parts_of_a_value() {
    let list = ["x y", "a&b=ü", "100%"].map(str::to_owned).to_vec();
    let object = json!({ "to": 9, "from": "1/2", "tags": ["p", "q"] });
    let deep = json!({ "k&": { "m": [1, 2] }, "n": true });
    for (style, explode, value, expected) in [
        (Style::Form, false, &list as &dyn Wire, &[("a b", "x y,a&b=ü,100%")][..]),
        (
            Style::Form,
            true,
            &list,
            &[("a b", "x y"), ("a b", "a&b=ü"), ("a b", "100%")],
        ),
        (Style::Space, false, &list, &[("a b", "x y a&b=ü 100%")]),
        (Style::Pipe, false, &list, &[("a b", "x y|a&b=ü|100%")]),
        (Style::Tab, false, &list, &[("a b", "x y\ta&b=ü\t100%")]),
        (
            Style::Pipe,
            true,
            &list,
            &[("a b", "x y"), ("a b", "a&b=ü"), ("a b", "100%")],
        ),
        (
            Style::Form,
            false,
            &object,
            &[("a b", "from,1/2,tags,[\"p\",\"q\"],to,9")],
        ),
        (
            Style::Form,
            true,
            &object,
            &[("from", "1/2"), ("tags", "p"), ("tags", "q"), ("to", "9")],
        ),
        (
            Style::Deep,
            true,
            &deep,
            &[("a b[k&][m][]", "1"), ("a b[k&][m][]", "2"), ("a b[n]", "true")],
        ),
        (Style::Form, true, &"=", &[("a b", "=")]),
        (Style::Form, false, &Vec::<String>::new(), &[("a b", "")]),
        (Style::Form, true, &Vec::<String>::new(), &[]),
    ] {
        let parts = parts("a b", StyleRule::new(style, explode), value).await;
        let parts: Vec<_> = parts.iter().map(|(name, text)| (&**name, &**text)).collect();
        assert_eq!(parts, expected, "{style:?} {explode}");
    }
}

#[tokio::test]
async fn a_part_that_cannot_be_serialized_is_an_error() {
    let server = Server::script([Reply::new(204)]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    let rule = StyleRule::new(Style::Deep, true).nested(Nested::Reject);
    let nested: BTreeMap<String, Value> = [("a".to_owned(), json!({}))].into();
    request.part_styled("p", rule, &nested);
    let error = send(request).await.unwrap_err();
    assert!(error.to_string().contains("deep_objects"), "{error}");
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn the_fields_of_a_form_may_have_any_name() {
    let fields = json!({ "a b": "1&2", "tags": ["x", "y"] });
    let rule = StyleRule::new(Style::Form, true);
    let expected =
        [("a b", "1&2"), ("tags", "x"), ("tags", "y")].map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(parts("", rule, &fields).await, expected);
    let server = Server::script([Reply::new(204)]).await;
    let mut request = Request::new(&core(&server), &UPLOAD);
    request.form_styled("", rule, &fields);
    send(request).await.unwrap();
    assert_eq!(server.only().text(), "a%20b=1%262&tags=x&tags=y");
}

#[tokio::test]
async fn a_multipart_body_has_the_documented_media_type_or_the_one_of_the_caller() {
    static MIXED: Operation = Operation {
        id: "mixed",
        method: "POST",
        path: "/mixed",
        multipart: "multipart/mixed",
        ..Operation::DEFAULT
    };
    for (operation, chosen, expected) in [
        (&UPLOAD, None, "multipart/form-data; boundary="),
        (&MIXED, None, "multipart/mixed; boundary="),
        (&MIXED, Some("multipart/related"), "multipart/related; boundary="),
    ] {
        let server = Server::script([Reply::new(204)]).await;
        let mut request = Request::new(&core(&server), operation);
        request.part("a", "text/plain", &"x");
        if let Some(chosen) = chosen {
            request.header_text("content-type", chosen.to_owned());
        }
        send(request).await.unwrap();
        let request = server.only();
        let boundary = request
            .header("content-type")
            .and_then(|found| found.strip_prefix(expected));
        let boundary = boundary.expect(expected);
        assert!(
            request.text().starts_with(&format!("--{boundary}\r\n")),
            "{}",
            request.text()
        );
    }
    // A body without parts has no media type.
    let server = Server::script([Reply::new(204)]).await;
    send(Request::new(&core(&server), &MIXED)).await.unwrap();
    assert_eq!(server.only().header("content-type"), None);
}
