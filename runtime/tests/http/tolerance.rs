//! Responses that deviate from their documentation: what calls return.

use sdkwright_runtime::Client;
use sdkwright_runtime::runtime::__private::{ReadMode, Settings};
use sdkwright_runtime::runtime::{DeviationRule, Error};

use crate::mock::{Reply, Server};
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
