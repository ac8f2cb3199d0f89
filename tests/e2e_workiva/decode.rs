//! Responses that cannot be read: message, path and excerpt of the body.

use serde_json::json;
use workiva_activities::Error;

use crate::calls::{Operation, activity, one, plain};
use crate::mock::{Reply, Server};

#[tokio::test]
async fn malformed_json_is_a_decode_error() {
    for operation in Operation::ALL {
        for (content_type, body, begins) in [
            (
                "application/json",
                r#"{"id": "a1", "data": ["#,
                r#"{"id": "a1", "data": ["#,
            ),
            (
                "text/html",
                "<html>\n  <title>Sign in</title></html>",
                "<html> <title>Sign in</title></html>",
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
            assert!(line.ends_with(&format!("; the body begins: {begins}")), "{line}");
        }
    }
}

#[tokio::test]
async fn the_message_has_the_json_path() {
    let mut wrong = activity("a2");
    wrong["performer"]["ipAddress"] = json!(7);
    let page = json!({"data": [activity("a1"), wrong]}).to_string();
    let server = Server::script([Reply::json(200, page.clone())]).await;
    let error = Operation::Organization.send(&plain(&server)).await.unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(decode.error().path(), "$.data[1].performer.ipAddress");
    let message = decode.error().message();
    assert!(
        message.starts_with("invalid type: integer `7`, expected a string"),
        "{message}"
    );
    let excerpt: String = page.chars().take(200).collect();
    assert_eq!(
        error.to_string(),
        format!(
            "GET /organizations/{{organizationId}}/activities → 200 OK (attempt 1 of 1): {message} at \
             $.data[1].performer.ipAddress; the body begins: {excerpt} … and {} more characters",
            page.len() - 200
        )
    );
}

#[tokio::test]
async fn missing_required_members_are_an_error() {
    for name in ["id", "action", "performer", "targets", "activityDateTime"] {
        let mut body = activity("a1");
        body.as_object_mut().unwrap().remove(name);
        let server = Server::script([Reply::json(200, body.to_string())]).await;
        let Error::Decode(decode) = one(&plain(&server)).await.unwrap_err() else {
            panic!("{name}");
        };
        assert_eq!(
            (decode.error().path().as_str(), decode.error().message()),
            ("$", format!("missing member `{name}`").as_str())
        );
    }
}

#[tokio::test]
async fn an_empty_body_is_an_error() {
    let server = Server::script([Reply::new(200)]).await;
    let error = one(&plain(&server)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 200 OK (attempt 1 of 1): the body is empty at $"
    );
}

#[tokio::test]
async fn invalid_times_are_an_error_and_lenient_forms_are_read() {
    for (text, read) in [
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
        match (plain(&server).activities().get_activity_by_id("a1").send().await, read) {
            (Ok(activity), Some(read)) => assert_eq!(activity.activity_date_time.to_string(), read),
            (Err(Error::Decode(fault)), None) => assert_eq!(fault.error().path(), "$.activityDateTime"),
            (outcome, _) => panic!("{text}: {outcome:?}"),
        }
    }
}
