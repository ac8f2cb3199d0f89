//! Responses that deviate from their documentation: what calls return.

use sdkwright_runtime::Client;
use sdkwright_runtime::models::Activity;
use sdkwright_runtime::runtime::__private::{Operation, ReadMode, Request, Settings, codec};
use sdkwright_runtime::runtime::deviation::DeviationRule;
use sdkwright_runtime::runtime::{Error, PreparedRequest, RawResponse, Unexpected};

use crate::mock::{Reply, Server};
use crate::styles;
use crate::support::plain;

async fn client(replies: impl IntoIterator<Item = Reply>) -> (Server, Client) {
    let server = Server::script(replies).await;
    let client = plain(&server);
    (server, client)
}

const PAGE: &str = r#"{"data":[{"id":"a"},{"action":"x"},{"id":7}],"@nextLink":null}"#;

#[tokio::test]
async fn a_response_lists_its_deviations() {
    let (_server, client) = client([Reply::json(200, r#"{"id":7}"#)]).await;
    let call = client.activities().get_activity_by_id("a");
    let response = call.clone().send_response().await.unwrap();
    assert_eq!(response.id, "7");
    let [deviation] = response.deviations() else {
        panic!("{:?}", response.deviations())
    };
    assert_eq!(deviation.rule(), DeviationRule::Converted);
    assert_eq!(
        deviation.to_string(),
        "expected a string, found a number at $.id: converted"
    );
    let error = call.strict().send().await.unwrap_err();
    assert!(
        error.to_string().ends_with("expected a string, found a number at $.id"),
        "{error}"
    );
}

#[tokio::test]
async fn a_page_keeps_its_good_items() {
    let (_server, client) = client([Reply::json(200, PAGE)]).await;
    let page = client.activities().list_activities().send().await.unwrap();
    assert_eq!(page.data.len(), 2);
    let [item] = page.skipped() else {
        panic!("{:?}", page.skipped())
    };
    assert_eq!(item.error().path(), "$.data[1].id");
    assert_eq!(item.value(), &serde_json::json!({"action": "x"}));
    let rules: Vec<_> = page.deviations().iter().map(|deviation| deviation.rule()).collect();
    assert_eq!(rules, [DeviationRule::ItemSkipped, DeviationRule::Converted]);
    let error = client.activities().list_activities().strict().send().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn an_unreadable_item_is_an_error_and_the_items_continue() {
    let first = PAGE.replace("null", r#""c""#);
    let (_server, client) = client([
        Reply::json(200, first),
        Reply::json(200, r#"{"data":[{"id":"b"}],"@nextLink":null}"#),
    ])
    .await;
    let mut items = client.activities().list_activities().items();
    assert_eq!(items.next().await.unwrap().unwrap().id, "a");
    assert_eq!(items.next().await.unwrap().unwrap().id, "7");
    let error = items.next().await.unwrap().unwrap_err();
    assert!(
        error.to_string().ends_with("missing property `id` at $.data[1].id"),
        "{error}"
    );
    assert_eq!(error.body().unwrap(), r#"{"action":"x"}"#);
    assert_eq!(items.next().await.unwrap().unwrap().id, "b");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_response_keeps_the_good_items_of_its_list() {
    const BODY: &str = r#"[{"id":"a"},{"id":null},{"id":"c"}]"#;
    static OPERATION: Operation = Operation::DEFAULT;
    let server = Server::script([Reply::json(200, BODY), Reply::json(200, BODY)]).await;
    let core = styles::core(&server);
    let request = || Request::new(&core, &OPERATION);
    let call = PreparedRequest::<Vec<Activity>, Unexpected>::new(request(), RawResponse::json);
    let response = call.clone().send_response().await.unwrap();
    let ids: Vec<&str> = response.iter().map(|activity| &*activity.id).collect();
    assert_eq!(ids, ["a", "c"]);
    let [item] = response.skipped() else {
        panic!("{:?}", response.skipped())
    };
    assert_eq!(
        (item.error().path(), item.value()),
        ("$[1].id".to_owned(), &serde_json::json!({"id": null}))
    );
    // Here nothing could show that an item is missing.
    call.send().await.unwrap_err();
}

#[tokio::test]
async fn an_optional_property_that_cannot_be_read_is_absent() {
    let bad = || Reply::json(200, r#"{"id":"a","action":{"name":"x"}}"#);
    let (_server, client) = client([bad(), bad(), bad()]).await;
    let call = client.activities().get_activity_by_id("a");
    let response = call.clone().send_response().await.unwrap();
    assert_eq!((response.id.as_str(), &response.action), ("a", &None));
    let deviations: Vec<String> = response.deviations().iter().map(ToString::to_string).collect();
    assert_eq!(
        deviations,
        ["expected a string, found an object at $.action: decoded as absent"]
    );
    assert_eq!(call.clone().send().await.unwrap().id, "a");
    let error = call.strict().send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("expected a string, found an object at $.action"),
        "{error}"
    );
}

#[tokio::test]
async fn a_page_whose_link_cannot_be_read_is_an_error() {
    let page = |data: &str, next: &str| Reply::json(200, format!(r#"{{"data":{data},"@nextLink":{next}}}"#));
    let one = r#"[{"id":"a","action":{}}]"#;
    let (_server, client) = client([page(one, r#"{"href":"c"}"#), page(one, "null")]).await;
    let call = client.activities().list_activities();
    let error = call.clone().send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("expected a string, found an object at $.@nextLink"),
        "{error}"
    );
    // A property of an item does not end the pagination.
    let page = call.send().await.unwrap();
    assert_eq!((page.data.len(), page.deviations().len()), (1, 1));
}

#[tokio::test]
async fn an_error_body_lists_its_deviations() {
    let body = r#"{"code":[404],"message":"No such activity"}"#;
    let (_server, client) = client([Reply::json(404, body)]).await;
    let error = client.activities().get_activity_by_id("a").send().await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.message(), Some("No such activity"));
    let paths: Vec<String> = error.deviations().iter().map(|deviation| deviation.path()).collect();
    assert_eq!(paths, ["$.code"]);
}

/// Reads a body with an undocumented status code, which is kept if it does not match the nearest documented one completely.
#[tokio::test]
async fn a_body_of_an_undocumented_status_is_read_completely_or_kept() {
    static OPERATION: Operation = Operation::DEFAULT;
    fn read(response: &RawResponse) -> codec::ReadResult<Option<Activity>> {
        response.by_status(&[200], |response, _| response.json().map(Some), |_| None)
    }
    let bodies = [r#"{"id":"a","action":"x"}"#, r#"{"id":"a","action":{}}"#];
    let server = Server::script(bodies.map(|body| Reply::json(201, body))).await;
    let core = styles::core(&server);
    let call = PreparedRequest::<Option<Activity>, Unexpected>::new(Request::new(&core, &OPERATION), read);
    assert!(call.clone().send().await.unwrap().is_some());
    assert!(call.send().await.unwrap().is_none());
}

#[tokio::test]
async fn an_empty_body_is_the_empty_string() {
    static OPERATION: Operation = Operation::DEFAULT;
    let server = Server::script([Reply::new(200), Reply::new(200)]).await;
    let core = styles::core(&server);
    let request = Request::new(&core, &OPERATION);
    let call = PreparedRequest::<String, Unexpected>::new(request, RawResponse::json);
    let response = call.clone().send_response().await.unwrap();
    assert_eq!(
        (response.as_str(), response.deviations()[0].rule()),
        ("", DeviationRule::NoBody)
    );
    call.strict().send().await.unwrap_err();
}

#[tokio::test]
async fn a_string_is_read_without_its_quotes() {
    static OPERATION: Operation = Operation::DEFAULT;
    let typed = |media_type, body: &'static str| Reply::new(200).header("content-type", media_type).body(body);
    let replies = [
        typed("application/json", "ready now"),
        typed("text/plain", "2024-02-29"),
        typed("text/html", "ready"),
        typed("application/json", r#""read"#),
        typed("application/json", "{read"),
        typed("application/json", "null"),
        typed("application/json", " [1]"),
        typed("application/json", "ready"),
        typed("application/json", "ready"),
    ];
    let server = Server::script(replies).await;
    let core = styles::core(&server);
    let call = || PreparedRequest::<String, Unexpected>::new(Request::new(&core, &OPERATION), RawResponse::json);
    let response = call().send_response().await.unwrap();
    assert_eq!(
        (response.as_str(), response.deviations()[0].rule()),
        ("ready now", DeviationRule::Converted)
    );
    let date =
        PreparedRequest::<jiff::civil::Date, Unexpected>::new(Request::new(&core, &OPERATION), RawResponse::json);
    assert_eq!(date.send().await.unwrap(), jiff::civil::date(2024, 2, 29));
    // Another media type, bodies that may be truncated, and other types of JSON.
    for _ in 0..5 {
        call().send().await.unwrap_err();
    }
    call().strict().send().await.unwrap_err();
    let value =
        PreparedRequest::<serde_json::Value, Unexpected>::new(Request::new(&core, &OPERATION), RawResponse::json);
    value.send().await.unwrap_err();
}

#[tokio::test]
async fn a_string_of_any_media_type_is_read_by_the_one_of_the_response() {
    static OPERATION: Operation = Operation::DEFAULT;
    let typed = |media_type, body: &[u8]| Reply::new(200).header("content-type", media_type).body(body.to_vec());
    let replies = [
        (typed("application/json", br#""a\nb""#), "a\nb"),
        (typed("application/json", b"not JSON"), "not JSON"),
        (typed("text/plain", br#""a""#), r#""a""#),
        (typed("application/octet-stream", &[0xff, 0xfe, 0]), "\u{ff}\u{fe}\0"),
    ];
    for (reply, expected) in replies {
        let server = Server::script([reply]).await;
        let core = styles::core(&server);
        let request = Request::new(&core, &OPERATION);
        let call = PreparedRequest::<String, Unexpected>::new(request, RawResponse::text);
        assert_eq!(call.send().await.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_body_can_state_that_a_call_failed() {
    static OPERATION: Operation = Operation {
        success_flag: Some("success"),
        ..Operation::DEFAULT
    };
    let failed = r#"{"result":null,"errors":[{"message":"No route"}],"success":false}"#;
    let replies = [failed, r#"{"success":true}"#, r#"{"success":null}"#, "[]"];
    let server = Server::script(replies.map(|body| Reply::json(200, body))).await;
    let core = styles::core(&server);
    let request = Request::new(&core, &OPERATION);
    let call = PreparedRequest::<serde_json::Value, Unexpected>::new(request, RawResponse::json);
    let error = call.clone().send().await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error}");
    assert!(
        error.to_string().ends_with("200 OK (attempt 1 of 3): No route"),
        "{error}"
    );
    for _ in &replies[1..] {
        call.clone().send().await.unwrap();
    }
}

#[tokio::test]
async fn a_lenient_call_uses_defaults() {
    let (_server, client) = client([Reply::json(200, r#"{"action":"x"}"#)]).await;
    let call = client.activities().get_activity_by_id("a");
    assert!(call.clone().send().await.is_err());
    let response = call.lenient().send_response().await.unwrap();
    assert_eq!((response.id.as_str(), response.deviations().len()), ("", 1));
}

#[tokio::test]
async fn a_body_of_another_media_type_is_named() {
    let reply = Reply::new(200)
        .header("content-type", "text/event-stream")
        .body("data: {}\n\n");
    let (_server, client) = client([reply]).await;
    let error = client.activities().get_activity_by_id("a").send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("expected a body of type `application/json`, found `text/event-stream` at $"),
        "{error}"
    );
}

#[test]
fn settings_have_a_read_mode() {
    let mut settings = Settings::default();
    settings.read_mode(ReadMode::Lenient);
}

#[tokio::test]
async fn an_accepted_request_without_a_body_is_not_an_error() {
    for status in [202, 204] {
        let (_server, client) = client([Reply::new(status), Reply::new(status)]).await;
        let call = client.activities().get_activity_by_id("a");
        let response = call.clone().send_response().await.unwrap();
        assert_eq!((response.status().as_u16(), response.id.as_str()), (status, ""));
        let [deviation] = response.deviations() else {
            panic!("{:?}", response.deviations())
        };
        assert_eq!(deviation.rule(), DeviationRule::NoBody);
        call.strict().send().await.unwrap_err();
    }
    let (_server, client) = client([Reply::new(200)]).await;
    let error = client.activities().get_activity_by_id("a").send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("expected a JSON body, found an empty body at $"),
        "{error}"
    );
}

#[tokio::test]
async fn a_response_keeps_its_bytes() {
    let (_server, client) = client([Reply::json(201, r#"{"id":"a","more":1}"#), Reply::json(200, PAGE)]).await;
    let response = client
        .activities()
        .get_activity_by_id("a")
        .send_response()
        .await
        .unwrap();
    assert_eq!(response.bytes(), r#"{"id":"a","more":1}"#);
    let page = client.activities().list_activities().send_response().await.unwrap();
    assert_eq!(page.bytes(), PAGE);
}
