//! Bodies in XML.

use kitchen_sink::Client;
use kitchen_sink::models::{CardPayment, InvoicePayment, Order, OrderLine, OrderPriority, Payment};

use crate::builder;
use crate::mock::{Reply, Server};

fn client(server: &Server) -> Client {
    builder(server).bearer_token("t0ken").build().expect("a client")
}

fn xml(status: u16, body: &str) -> Reply {
    Reply::new(status).header("content-type", "application/xml").body(body)
}

#[tokio::test]
async fn a_body_has_attributes_wrapped_lists_repeated_elements_and_escapes() {
    let server = Server::script([Reply::new(204)]).await;
    let lines = [OrderLine::new("a < b & c").with_count(2), OrderLine::new("d")];
    let order = Order::new(7, lines).with_notes(["first", "second"]);
    client(&server).bodies().put_order(7, &order).send().await.unwrap();
    let request = server.only();
    assert_eq!(request.header("content-type"), Some("application/xml"));
    let expected = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?><order xmlns="https://kitchen-sink.example/order" id="7"><lines>"#,
        r#"<line><p:product xmlns:p="https://kitchen-sink.example/product">a &lt; b &amp; c</p:product><count>2</count></line>"#,
        r#"<line><p:product xmlns:p="https://kitchen-sink.example/product">d</p:product></line></lines>"#,
        "<note>first</note><note>second</note></order>",
    );
    assert_eq!(request.text(), expected);
}

#[tokio::test]
async fn unions_and_free_form_content_have_the_same_form_in_both_directions() {
    let details = serde_json::json!({ "@lang": "en", "color": ["red", { "@code": "1", "$text": "blue" }] });
    for (priority, payment, expected) in [
        (
            OrderPriority::from(3),
            Payment::from(CardPayment::new(4111).with_names(["A. Cook"])),
            r#"<priority>3</priority><payment card="4111"><name>A. Cook</name></payment>"#,
        ),
        (
            OrderPriority::from("high".to_owned()),
            Payment::from(InvoicePayment::new("Street 1")),
            "<priority>high</priority><payment><address>Street 1</address></payment>",
        ),
    ] {
        let order = Order::new(7, [OrderLine::new("a")])
            .with_priority(priority)
            .with_payment(payment)
            .with_details(details.clone());
        let server = Server::script([Reply::new(204)]).await;
        client(&server).bodies().put_order(7, &order).send().await.unwrap();
        let written = server.only().text().to_owned();
        assert!(written.contains(expected), "{written}");
        let free = r#"<details lang="en"><color>red</color><color code="1">blue</color></details>"#;
        assert!(written.contains(free), "{written}");
        let server = Server::script([xml(200, &written)]).await;
        let read = client(&server).bodies().get_order(7).send().await.unwrap();
        assert_eq!(read, order);
    }
}

#[tokio::test]
async fn a_part_in_xml_has_its_media_type() {
    let server = Server::script([Reply::new(204)]).await;
    let order = Order::new(7, [OrderLine::new("a < b")]);
    let client = client(&server);
    client
        .bodies()
        .post_order(&order)
        .invoice(b"paid".to_vec())
        .send()
        .await
        .unwrap();
    let request = server.only();
    let body = request.text();
    let parts: Vec<_> = body.split("\r\n").collect();
    let expected = [
        "Content-Disposition: form-data; name=\"order\"",
        "Content-Type: application/xml",
        "",
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?><order xmlns="https://kitchen-sink.example/order" id="7"><lines>"#,
            r#"<line><p:product xmlns:p="https://kitchen-sink.example/product">a &lt; b</p:product></line></lines></order>"#,
        ),
    ];
    assert_eq!(parts[1..5], expected, "{body}");
    assert!(body.contains("name=\"invoice\"; filename=\"file\"\r\n"), "{body}");
}

#[tokio::test]
async fn an_error_in_xml_is_typed() {
    let server = Server::script([xml(
        404,
        r#"<error code="3"><message>no &lt;order&gt;</message></error>"#,
    )])
    .await;
    let error = client(&server).bodies().get_order(7).send().await.unwrap_err();
    assert!(error.is_not_found());
    let text = format!("{:?}", error.kind());
    assert!(text.contains("code: Some(3)") && text.contains("no <order>"), "{text}");
}

#[tokio::test]
async fn elements_that_are_nested_otherwise_are_read_and_reported() {
    let body = "<order id='7'><line><p:product xmlns:p='urn:p'>a</p:product></line><line><product>b</product></line>\
                <notes><note>first</note><note>second</note></notes></order>";
    let server = Server::script([xml(200, body), xml(200, body)]).await;
    let client = client(&server);
    let response = client.bodies().get_order(7).send_response().await.unwrap();
    let expected = Order::new(7, [OrderLine::new("a"), OrderLine::new("b")]).with_notes(["first", "second"]);
    assert_eq!(response.body(), &expected);
    let paths: Vec<_> = response.deviations().iter().map(|one| one.path()).collect();
    assert_eq!(paths, ["$.lines", "$.notes"]);
    let error = client.bodies().get_order(7).strict().send().await.unwrap_err();
    assert!(error.to_string().contains("$.lines"), "{error}");
}
