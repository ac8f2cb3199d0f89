//! What calls return, and what is retried.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use glean_activity::errors::ActivityError;
use glean_activity::runtime::{BoxError, Token, Unexpected};
use glean_activity::{Client, Error};

use crate::mock::{Reply, Server, World, refused};
use crate::{BODY, activity, builder, client};

async fn report(client: &Client) -> Result<(), Error<ActivityError>> {
    client.client().activity().report(&activity()).send().await
}

/// Both operations have the same errors, so they share one type.
async fn feedback(client: &Client) -> Result<(), Error<ActivityError>> {
    client.client().activity().feedback().feedback("{}").send().await
}

#[tokio::test]
async fn the_body_of_an_empty_success_is_ignored() {
    for reply in [
        Reply::new(200),
        Reply::new(204),
        Reply::json(200, r#"{"status":"ok"}"#),
        Reply::new(202).header("content-type", "text/html").body("<p>Thanks"),
    ] {
        let server = Server::script([reply]).await;
        let client = client(&server, &World::new());
        report(&client).await.unwrap();
        feedback(&client).await.unwrap();
        assert_eq!(server.received().len(), 2);
    }
    let server = Server::script([Reply::new(200).header("x-request-id", "r-1")]).await;
    let client = client(&server, &World::new());
    let response = client
        .client()
        .activity()
        .report(&activity())
        .send_response()
        .await
        .unwrap();
    assert_eq!((response.status().as_u16(), response.request_id()), (200, Some("r-1")));
}

/// The status code and the content of a variant.
fn variant(kind: &ActivityError) -> (u16, &Unexpected) {
    match kind {
        ActivityError::BadRequest(raw) => (400, raw),
        ActivityError::Unauthorized(raw) => (401, raw),
        ActivityError::TooManyRequests(raw) => (429, raw),
        ActivityError::Unexpected(raw) => (0, raw),
        _ => panic!("{kind:?}"),
    }
}

#[tokio::test]
async fn errors_without_a_schema_keep_the_response() {
    for (status, documented, name) in [
        (400, 400, "Bad Request"),
        (401, 401, "Unauthorized"),
        (429, 429, "Too Many Requests"),
        (403, 0, "Forbidden"),
        (500, 0, "Internal Server Error"),
    ] {
        for (content_type, body, message) in [
            ("text/plain", "an event has no url\n", "an event has no url"),
            ("application/json", r#"{"error":{"message":"No url"}}"#, "No url"),
            ("text/html", "<html><title>Sorry</title>", "Sorry"),
        ] {
            let reply = Reply::new(status).header("content-type", content_type).body(body);
            let server = Server::script([reply.header("x-request-id", "r-1")]).await;
            let client = client(&server, &World::new());
            for (path, error) in [
                ("/rest/api/v1/activity", report(&client).await.unwrap_err()),
                ("/rest/api/v1/feedback", feedback(&client).await.unwrap_err()),
            ] {
                let (variant, raw) = variant(error.kind().unwrap());
                assert_eq!((variant, raw.status().as_u16()), (documented, status));
                assert_eq!(
                    (&raw.body()[..], raw.content_type().as_deref()),
                    (body.as_bytes(), Some(content_type))
                );
                assert_eq!((raw.message(), raw.request_id()), (Some(message), Some("r-1")));
                let line = format!("POST {path} → {status} {name} (attempt 1 of 3, request-id r-1): {message}");
                assert_eq!(error.to_string(), line);
            }
            assert_eq!(server.received().len(), 2);
        }
    }
}

#[tokio::test]
async fn a_report_that_may_have_arrived_is_not_retried() {
    for reply in [
        Reply::new(408),
        Reply::new(429),
        Reply::new(500),
        Reply::new(500).header("retry-after", "1"),
        Reply::new(502),
        Reply::new(503),
        Reply::new(504),
        Reply::hang_up(),
        Reply::new(200).after(Duration::from_secs(20)),
    ] {
        let (server, world) = (Server::script([reply.clone()]).await, World::new());
        let client = builder(&server, &world)
            .attempt_timeout(Duration::from_millis(100))
            .build()
            .unwrap();
        report(&client).await.unwrap_err();
        feedback(&client).await.unwrap_err();
        assert_eq!((server.received().len(), world.slept().len()), (2, 0), "{reply:?}");
    }
}

#[tokio::test]
async fn a_report_is_retried_if_that_is_safe() {
    for status in [429, 503] {
        let busy = Reply::new(status).header("retry-after", "3");
        let (server, world) = (Server::script([busy, Reply::new(200)]).await, World::new());
        report(&client(&server, &world)).await.unwrap();
        let received = server.received();
        assert_eq!((received.len(), world.slept()), (2, vec![3000]), "{status}");
        assert_eq!(received[0].whole(), received[1].whole());
        assert_eq!(received[1].text(), BODY);
    }
    let world = World::new();
    let nobody = Client::builder()
        .base_url(refused().await)
        .environment(world.clone())
        .bearer_token("t")
        .build()
        .unwrap();
    let error = report(&nobody).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert_eq!(world.slept(), [500, 1000], "nothing was sent");
    let (server, world) = (Server::script([Reply::new(500), Reply::new(200)]).await, World::new());
    let client = client(&server, &world);
    let keyed = client
        .client()
        .activity()
        .report(&activity())
        .header("idempotency-key", "k-1");
    keyed.send().await.unwrap();
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_rejected_callback_token_is_replaced_once() {
    let server = Server::start(|request, _| match request.header("authorization") {
        Some("Bearer c1") => Reply::new(200),
        _ => Reply::new(401),
    })
    .await;
    let asked = Arc::new(AtomicUsize::new(0));
    let provider = move |_| {
        let token = Token::new(format!("c{}", asked.fetch_add(1, Ordering::SeqCst)));
        async { Ok::<_, BoxError>(token) }
    };
    let client = builder(&server, &World::new())
        .token_provider(provider)
        .build()
        .unwrap();
    report(&client).await.unwrap();
    let bodies: Vec<String> = server
        .received()
        .iter()
        .map(|request| request.text().to_owned())
        .collect();
    assert_eq!(bodies, [BODY, BODY]);
}
