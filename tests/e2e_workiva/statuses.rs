//! Error responses: five operations, each with every status code.

use std::time::Duration;

use serde_json::{Value, json};
use workiva_activities::Error;
use workiva_activities::errors::ActivitiesError;

use crate::calls::{DOCUMENT, Operation, one, plain};
use crate::mock::{Reply, Server, refused};

/// The documented status codes, with their names.
const DOCUMENTED: [(u16, &str); 8] = [
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (409, "Conflict"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (503, "Service Unavailable"),
];

/// The status code of a variant, and its body as JSON.
fn documented(kind: &ActivitiesError) -> Option<(u16, Value)> {
    match kind {
        ActivitiesError::BadRequest(body) => Some((400, json!(body))),
        ActivitiesError::Unauthorized(body) => Some((401, json!(body))),
        ActivitiesError::Forbidden(body) => Some((403, json!(body))),
        ActivitiesError::NotFound(body) => Some((404, json!(body))),
        ActivitiesError::Conflict(body) => Some((409, json!(body))),
        ActivitiesError::TooManyRequests(body) => Some((429, json!(body))),
        ActivitiesError::InternalServerError(body) => Some((500, json!(body))),
        ActivitiesError::ServiceUnavailable(body) => Some((503, json!(body))),
        _ => None,
    }
}

/// The documented example of the body of a status code.
fn example(status: u16, operation: Operation) -> &'static Value {
    let reference = operation.documented()["responses"][status.to_string()]["$ref"]
        .as_str()
        .unwrap();
    let response = DOCUMENT.get(reference);
    let examples = response["content"]["application/json"]["examples"].as_object().unwrap();
    &examples.values().next().unwrap()["value"]
}

#[test]
fn the_table_lists_every_documented_status_code() {
    let expected: Vec<String> = [200]
        .into_iter()
        .chain(DOCUMENTED.map(|(code, _)| code))
        .map(|code| code.to_string())
        .collect();
    for operation in Operation::ALL {
        let responses = operation.documented()["responses"].as_object().unwrap();
        let mut statuses: Vec<&String> = responses.keys().collect();
        statuses.sort();
        assert_eq!(statuses, expected.iter().collect::<Vec<_>>(), "{operation:?}");
    }
}

#[tokio::test]
async fn a_documented_status_becomes_its_variant() {
    for operation in Operation::ALL {
        for (status, name) in DOCUMENTED {
            let body = example(status, operation);
            let reply = Reply::json(status, body.to_string()).header("x-request-id", "r-1");
            let server = Server::script([reply]).await;
            let error = operation.send(&plain(&server)).await.unwrap_err();
            assert_eq!(
                documented(error.kind().unwrap()),
                Some((status, body.clone())),
                "{operation:?}"
            );
            let details = body["details"].as_array().into_iter().flatten();
            let details: Vec<&str> = details.filter_map(|detail| detail["message"].as_str()).collect();
            let mut message = body["message"].as_str().unwrap().to_owned();
            if !details.is_empty() {
                message = format!("{}: {}", message.trim_end_matches('.'), details.join("; "));
            }
            assert_eq!(
                error.to_string(),
                format!(
                    "GET {} → {status} {name} (attempt 1 of 1, request-id r-1): {message}",
                    operation.template()
                )
            );
            assert_eq!(error.status().unwrap(), status);
            assert_eq!(server.lines(), [format!("GET {}", operation.path())]);
        }
    }
}

#[tokio::test]
async fn undocumented_statuses_are_unexpected_and_keep_the_response() {
    for operation in Operation::ALL {
        for (status, name) in [
            (418, "I'm a teapot"),
            (502, "Bad Gateway"),
            (304, "Not Modified"),
            (302, "Found"),
        ] {
            let body = if status == 304 { "" } else { "no coffee\nhere" };
            let reply = Reply::new(status)
                .header("content-type", "text/plain")
                .header("x-pot", "tea")
                .body(body);
            let server = Server::script([reply]).await;
            let error = operation.send(&plain(&server)).await.unwrap_err();
            let Some(ActivitiesError::Unexpected(unexpected)) = error.kind() else {
                panic!("{operation:?} {status}: {error:?}");
            };
            assert_eq!(unexpected.status(), status);
            assert_eq!(unexpected.headers()["x-pot"], "tea");
            assert_eq!(unexpected.content_type().as_deref(), Some("text/plain"));
            assert_eq!(unexpected.body(), body);
            let message = if body.is_empty() { "" } else { ": no coffee here" };
            let line = format!(
                "GET {} → {status} {name} (attempt 1 of 1){message}",
                operation.template()
            );
            assert_eq!(error.to_string(), line);
        }
    }
}

#[tokio::test]
async fn a_documented_status_with_another_body_is_unexpected() {
    let page = "<html>\n<head><TITLE>Bad\n  gateway &amp; more</TITLE></head><body>…</body></html>";
    for operation in Operation::ALL {
        let reply = Reply::new(503)
            .header("content-type", "text/html; charset=utf-8")
            .body(page);
        let server = Server::script([reply]).await;
        let error = operation.send(&plain(&server)).await.unwrap_err();
        let Some(ActivitiesError::Unexpected(unexpected)) = error.kind() else {
            panic!("{operation:?}: {error:?}");
        };
        assert_eq!(unexpected.body(), page);
        assert_eq!(unexpected.message(), Some("Bad gateway &amp; more"));
        assert!(error.is_retryable());
        assert_eq!(
            error.to_string(),
            format!(
                "GET {} → 503 Service Unavailable (attempt 1 of 1): Bad gateway &amp; more",
                operation.template()
            )
        );
    }
}

#[tokio::test]
async fn an_error_without_a_message_has_none() {
    for body in ["{}", r#"{"code":"404NotFound"}"#, r#"{"message":""}"#, ""] {
        let server = Server::script([Reply::json(404, body)]).await;
        let error = one(&plain(&server)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "GET /activities/{activityId} → 404 Not Found (attempt 1 of 1)",
            "{body}"
        );
    }
}

#[tokio::test]
async fn large_bodies_are_truncated() {
    let server = Server::script([Reply::new(500).body("x".repeat(3_000_000))]).await;
    let error = one(&plain(&server)).await.unwrap_err();
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
    let Some(ActivitiesError::Unexpected(unexpected)) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(unexpected.body().len(), 64 * 1024);
    let shown = error.to_string();
    assert!(
        shown.ends_with("… and 55536 more characters"),
        "{}",
        &shown[shown.len() - 100..]
    );
    assert!(shown.len() < 10_200, "{}", shown.len());
}

#[tokio::test]
async fn errors_have_status_predicates() {
    for (status, _) in DOCUMENTED {
        let server = Server::script([Reply::json(status, "{}").header("retry-after", "7")]).await;
        let error = one(&plain(&server)).await.unwrap_err();
        assert_eq!(error.is_not_found(), status == 404, "{status}");
        assert_eq!(error.is_rate_limited(), status == 429, "{status}");
        assert_eq!(error.is_unauthorized(), status == 401, "{status}");
        assert_eq!(error.is_forbidden(), status == 403, "{status}");
        assert_eq!(error.is_conflict(), status == 409, "{status}");
        assert_eq!(error.is_client_error(), status < 500, "{status}");
        assert_eq!(error.is_server_error(), status >= 500, "{status}");
        assert_eq!(error.is_retryable(), matches!(status, 429 | 500 | 503), "{status}");
        assert!(!error.is_timeout() && !error.is_connect());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(error.headers().unwrap()["retry-after"], "7");
        assert_eq!(error.request_id(), None);
        let call = error.call().unwrap();
        assert_eq!(
            (call.operation_id(), call.path(), call.attempt(), call.attempts()),
            ("getActivityById", "/activities/{activityId}", 1, 1)
        );
    }
}

#[tokio::test]
async fn errors_of_all_operations_can_be_one_type() {
    let server = Server::script([Reply::json(404, r#"{"message":"gone"}"#)]).await;
    let error = one(&plain(&server)).await.unwrap_err();
    let line = error.to_string();
    let erased: Error = error.erase();
    assert_eq!((erased.to_string(), erased.is_not_found()), (line, true));
    let boxed: Box<dyn std::error::Error + Send + Sync> = erased.into();
    assert!(boxed.source().is_none());
}

#[tokio::test]
async fn a_refused_connection_is_a_transport_error() {
    let world = crate::mock::World::new();
    for operation in Operation::ALL {
        let url = refused().await;
        let client = workiva_activities::Client::builder()
            .base_url(&url)
            .environment(world.clone());
        let error = operation
            .send(&client.bearer_token("t0ken").build().unwrap())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(error.is_connect() && error.is_retryable() && !error.is_timeout());
        let line = error.to_string();
        let start = format!("GET {}: could not connect (attempt 3 of 3): ", operation.template());
        assert!(line.starts_with(&start) && !line.contains('\n'), "{line}");
        assert_eq!(error.status(), None);
    }
    assert_eq!(world.slept(), [500, 1000].repeat(5));
}

#[tokio::test]
async fn a_lost_connection_is_a_transport_error() {
    let server = Server::script([Reply::hang_up()]).await;
    let error = one(&plain(&server)).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)) && !error.is_connect() && error.is_retryable());
    let line = error.to_string();
    assert!(
        line.starts_with("GET /activities/{activityId}: connection lost (attempt 1 of 1): "),
        "{line}"
    );
}
