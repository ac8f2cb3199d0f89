//! Responses that cannot be read, and those that deviate from their documentation: message, path and deviations.

use serde_json::json;
use workiva_activities::Error;

use crate::calls::{Operation, activity, one, plain};
use crate::mock::{Reply, Server};

#[tokio::test]
async fn malformed_json_is_a_decode_error() {
    for operation in Operation::ALL {
        for (content_type, body, end) in [
            (
                "application/json",
                r#"{"id": "a1", "data": ["#,
                " at line 1 column 22 at $.data",
            ),
            (
                "text/html",
                "<html>\n  <title>Sign in</title></html>",
                "expected a body of type `application/json`, found `text/html` at $",
            ),
        ] {
            let server = Server::script([Reply::new(200).header("content-type", content_type).body(body)]).await;
            let error = operation.send(&plain(&server)).await.unwrap_err();
            let Error::Decode(decode) = &error else {
                panic!("{operation:?}: {error:?}");
            };
            assert_eq!(decode.body(), body);
            assert_eq!(error.status().unwrap(), 200);
            assert!(!error.is_retryable());
            let line = error.to_string();
            let start = format!("GET {} → 200 OK (attempt 1 of 1): ", operation.template());
            assert!(line.starts_with(&start), "{line}");
            assert!(content_type == "application/json" || line.ends_with(end), "{line}");
            assert!(!line.contains(body), "{line}");
        }
    }
}

#[tokio::test]
async fn the_message_has_the_json_path() {
    let mut wrong = activity("a2");
    wrong["performer"]["ipAddress"] = json!({"v4": "10.0.0.1"});
    let page = json!({"data": [activity("a1"), wrong]}).to_string();
    let server = Server::script([Reply::json(200, page)]).await;
    let call = plain(&server).activities().get_organization_activities("o1").strict();
    let error = call.send().await.unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(decode.error().path(), "$.data[1].performer.ipAddress");
    assert_eq!(decode.error().expected(), Some("a string"));
    assert_eq!(decode.error().found(), Some("an object"));
    assert_eq!(
        error.to_string(),
        "GET /organizations/{organizationId}/activities → 200 OK (attempt 1 of 1): expected a string, found an object at \
         $.data[1].performer.ipAddress"
    );
}

#[tokio::test]
async fn missing_required_members_are_an_error() {
    for name in ["id", "activityDateTime"] {
        let mut body = activity("a1");
        body.as_object_mut().unwrap().remove(name);
        let server = Server::script([Reply::json(200, body.to_string())]).await;
        let Error::Decode(decode) = one(&plain(&server)).await.unwrap_err() else {
            panic!("{name}");
        };
        assert_eq!(
            (decode.error().path().as_str(), decode.error().message()),
            (
                format!("$.{name}").as_str(),
                format!("missing property `{name}`").as_str()
            )
        );
    }
}

#[tokio::test]
async fn an_empty_body_is_an_error() {
    let server = Server::script([Reply::new(200)]).await;
    let error = one(&plain(&server)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 200 OK (attempt 1 of 1): expected a JSON body, found an empty body at $"
    );
}

#[tokio::test]
async fn times_keep_their_text_and_invalid_ones_are_an_error() {
    for (text, point) in [
        ("2026-03-17T08:42:19Z", Some("2026-03-17T08:42:19Z")),
        ("2026-03-17T08:42:19.250+01:00", Some("2026-03-17T07:42:19.25Z")),
        ("2026-03-17 08:42:19Z", Some("2026-03-17T08:42:19Z")),
        ("2026-03-17T08:42:19", Some("2026-03-17T08:42:19Z")),
        ("yesterday", None),
        ("", None),
    ] {
        let mut body = activity("a1");
        body["activityDateTime"] = json!(text);
        let server = Server::script([Reply::json(200, body.to_string())]).await;
        match (plain(&server).activities().get_activity_by_id("a1").send().await, point) {
            (Ok(activity), Some(point)) => {
                assert_eq!(activity.activity_date_time.as_str(), text);
                assert_eq!(activity.activity_date_time.timestamp().to_string(), point);
            }
            (Err(Error::Decode(error)), None) => assert_eq!(error.error().path(), "$.activityDateTime"),
            (outcome, _) => panic!("{text}: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn members_with_an_empty_form_may_be_missing_or_null() {
    let mut body = activity("a1");
    body["targets"] = json!(null);
    let server = Server::script([Reply::json(200, body.to_string())]).await;
    let call = plain(&server).activities().get_activity_by_id("a1");
    let response = call.clone().send_response().await.unwrap();
    let deviations: Vec<String> = response.deviations().iter().map(ToString::to_string).collect();
    assert_eq!(
        deviations,
        ["expected an array, found null at $.targets: decoded as empty"]
    );
    assert!(matches!(call.strict().send().await, Err(Error::Decode(_))));
}

#[tokio::test]
async fn a_page_keeps_the_items_that_can_be_read() {
    let mut wrong = activity("a2");
    wrong.as_object_mut().unwrap().remove("id");
    let page = json!({"data": [activity("a1"), wrong, activity("a3")]}).to_string();
    let server = Server::script([Reply::json(200, page)]).await;
    let call = plain(&server).activities().get_organization_activities("o1");
    let page = call.clone().send().await.unwrap();
    assert_eq!(
        page.data.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(),
        ["a1", "a3"]
    );
    assert_eq!(page.skipped()[0].error().path(), "$.data[1].id");
    let page = call.lenient().send().await.unwrap();
    assert_eq!(
        (page.data.len(), page.skipped().len(), page.deviations().len()),
        (3, 0, 1)
    );
}
