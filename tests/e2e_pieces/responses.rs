//! What calls return, and what is retried.

use std::time::Duration;

use pieces_activity::api::{activities, activity};
use pieces_activity::errors::ActivitiesSpecificActivitySnapshotError as OneError;
use pieces_activity::{Client, Error, RetryPolicy};

use crate::mock::{Reply, Server, World, refused};
use crate::{DOCUMENT, builder, client};

/// Returns the message of the only documented error of six operations.
type ServerError = activities::SnapshotError;

fn text(error: &Error<ServerError>) -> Option<&str> {
    match error.kind() {
        Some(ServerError::InternalServerError(text)) => Some(text),
        _ => None,
    }
}

/// Calls the six operations and returns their errors, each with the expected beginning of its message.
async fn six(client: &Client) -> [(&'static str, Error<ServerError>); 6] {
    let (one, all) = (client.activity(), client.activities());
    let same: Error<activity::UpdateError> = one.update().send().await.unwrap_err();
    [
        ("POST /activity/update", same),
        (
            "GET /activity/identifiers",
            one.identifiers_snapshot().send().await.unwrap_err(),
        ),
        ("GET /activities", all.snapshot().send().await.unwrap_err()),
        (
            "GET /activities/stream/identifiers",
            all.stream_identifiers().send().await.unwrap_err(),
        ),
        (
            "POST /activities/create",
            all.create_new_activity().send().await.unwrap_err(),
        ),
        (
            "POST /activities/{activity}/delete",
            all.delete_specific_activity("a1").send().await.unwrap_err(),
        ),
    ]
}

#[tokio::test]
async fn plain_text_errors_are_strings() {
    for (content_type, body, message) in [
        ("text/plain; charset=utf-8", "no database\nat all", "no database at all"),
        ("application/json", r#"{"message":"no"}"#, r#"{"message":"no"}"#),
    ] {
        let server = Server::script([Reply::new(500).header("content-type", content_type).body(body)]).await;
        let client = builder(&server, &World::new())
            .retries(RetryPolicy::none())
            .build()
            .unwrap();
        for (call, error) in six(&client).await {
            assert_eq!(text(&error), Some(body), "{call}");
            assert_eq!(
                error.to_string(),
                format!("{call} → 500 Internal Server Error (attempt 1 of 1): {message}")
            );
        }
    }
}

#[tokio::test]
async fn a_missing_activity_is_gone() {
    let server = Server::script([Reply::new(410)
        .header("content-type", "text/plain")
        .body("No activity a1")])
    .await;
    let client = client(&server, &World::new());
    let error = client
        .activity()
        .specific_activity_snapshot("a1")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), Some(OneError::Gone(text)) if text == "No activity a1"));
    assert_eq!(
        error.to_string(),
        "GET /activity/{activity} → 410 Gone (attempt 1 of 3): No activity a1"
    );
    assert!(!error.is_retryable() && !error.is_not_found());
}

#[tokio::test]
async fn undocumented_errors_are_unexpected() {
    for (status, body) in [(404, &b"what?"[..]), (404, &b"\xff\xfe"[..])] {
        let server = Server::script([Reply::new(status).body(body)]).await;
        let client = builder(&server, &World::new())
            .retries(RetryPolicy::none())
            .build()
            .unwrap();
        for (call, error) in six(&client).await {
            let Some(ServerError::Unexpected(raw)) = error.kind() else {
                panic!("{call}: {error:?}");
            };
            assert_eq!((raw.status().as_u16(), &raw.body()[..]), (status, body));
        }
    }
}

#[tokio::test]
async fn reads_are_retried_and_writes_are_not() {
    for reply in [Reply::new(500), Reply::new(502), Reply::hang_up()] {
        let (server, world) = (Server::script([reply]).await, World::new());
        six(&client(&server, &world)).await;
        let lines = server.lines();
        assert_eq!(
            lines.iter().filter(|line| line.starts_with("POST ")).count(),
            3,
            "{lines:?}"
        );
        assert_eq!(
            lines.iter().filter(|line| line.starts_with("GET ")).count(),
            9,
            "{lines:?}"
        );
        assert_eq!(world.slept(), [500, 1000].repeat(3));
    }
}

#[tokio::test]
async fn an_unreadable_response_names_the_path() {
    let mut body = DOCUMENT.whole("Activities");
    body["iterable"][0]["created"]["value"] = "yesterday".into();
    let server = Server::script([Reply::json(200, body.to_string())]).await;
    let error = client(&server, &World::new())
        .activities()
        .snapshot()
        .send()
        .await
        .unwrap_err();
    let Error::Decode(decode) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(decode.error().path(), "$.iterable[0].created.value");
    let server = Server::script([Reply::new(200)]).await;
    let error = client(&server, &World::new())
        .activities()
        .snapshot()
        .strict()
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities → 200 OK (attempt 1 of 3): expected a JSON body, found an empty body at $"
    );
}

#[tokio::test]
async fn a_missing_server_is_a_connect_error() {
    let world = World::new();
    let client = Client::builder()
        .base_url(refused().await)
        .environment(world.clone())
        .api_key("k3y");
    let error = client
        .build()
        .unwrap()
        .activities()
        .snapshot()
        .send()
        .await
        .unwrap_err();
    assert!(error.is_connect());
    let line = error.to_string();
    assert!(
        line.starts_with("GET /activities: could not connect (attempt 3 of 3): "),
        "{line}"
    );
}

#[tokio::test]
async fn timeouts_expire() {
    let server = Server::script([Reply::new(200).after(Duration::from_secs(20))]).await;
    let client = client(&server, &World::new());
    let error = client
        .activities()
        .snapshot()
        .timeout(Duration::from_millis(50))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
}
