//! The three timeouts. The clock is paused, and advances when all tasks wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use sdkwright_runtime::runtime::{
    Body, BoxFuture, Error, Method, TimeoutKind, Transport, TransportError, TransportErrorKind,
};
use sdkwright_runtime::{Client, ClientBuilder};

use crate::support::{ACTIVITY, Reply, Script, World};

const LIMIT: Duration = Duration::from_secs(5);

fn builder(world: &World, transport: impl Transport) -> ClientBuilder {
    Client::builder()
        .environment(world.clone())
        .bearer_token("t")
        .transport(transport)
}

fn scripted(replies: impl IntoIterator<Item = Reply>) -> (ClientBuilder, World, Arc<Mutex<Vec<String>>>) {
    let (script, sent) = Script::new(replies);
    let world = World::new();
    (builder(&world, script), world, sent)
}

fn kind<E>(error: &Error<E>) -> Option<TimeoutKind> {
    if let Error::Timeout(error) = error {
        Some(*error.kind())
    } else {
        None
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_attempt_times_out_and_is_retried() {
    let (builder, world, sent) = scripted([]);
    let client = builder.attempt_timeout(LIMIT).build().unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Attempt));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: attempt timed out (attempt 3 of 3): the timeout of an attempt is 5s"
    );
    assert_eq!((sent.lock().unwrap().len(), world.slept()), (3, vec![500, 1000]));
    assert!(error.is_timeout() && error.is_retryable() && !error.is_connect());
}

#[tokio::test(start_paused = true)]
async fn the_second_attempt_can_succeed() {
    let replies = [
        Reply::new(200).after(LIMIT * 2),
        Reply::json(200, ACTIVITY).after(LIMIT / 2),
    ];
    let (builder, _, _) = scripted(replies);
    let call = builder
        .build()
        .unwrap()
        .activities()
        .get_activity_by_id("a1")
        .attempt_timeout(LIMIT);
    call.send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_default_attempt_timeout_is_one_minute() {
    let began = tokio::time::Instant::now();
    let (builder, _, _) = scripted([]);
    builder
        .build()
        .unwrap()
        .request(Method::POST, "/x")
        .send()
        .await
        .unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 60);
    let (builder, _, sent) = scripted([Reply::json(200, ACTIVITY).after(LIMIT * 1000)]);
    let client = builder.attempt_timeout(None).build().unwrap();
    client.activities().get_activity_by_id("a1").send().await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_may_have_arrived_is_not_retried() {
    let (builder, _, sent) = scripted([]);
    let call = builder
        .build()
        .unwrap()
        .request(Method::POST, "/x")
        .attempt_timeout(LIMIT);
    assert!(call.send().await.unwrap_err().is_timeout());
    assert_eq!(sent.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_whole_call_has_a_timeout() {
    let (builder, _, _) = scripted([Reply::new(503).after(LIMIT / 2)]);
    let client = builder.timeout(LIMIT * 10).build().unwrap();
    let error = client
        .activities()
        .get_activity_by_id("a1")
        .timeout(LIMIT)
        .send()
        .await
        .unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Call));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: call timed out (attempt 2 of 3): the timeout of the call is 5s"
    );
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_the_call_covers_token_requests() {
    let (builder, _, sent) = scripted([]);
    let client = builder
        .client_credentials("id", "secret")
        .timeout(LIMIT)
        .build()
        .unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Call));
    assert_eq!(
        *sent.lock().unwrap(),
        ["POST https://api.us.acme.example/iam/v1/oauth2/token"]
    );
}

/// A transport whose connections always time out.
struct Unreachable;

impl Transport for Unreachable {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::caused(TransportErrorKind::ConnectTimeout, "no SYN-ACK")) })
    }
}

#[tokio::test]
async fn a_connect_timeout_has_its_own_kind() {
    let world = World::new();
    let client = builder(&world, Unreachable).connect_timeout(LIMIT).build().unwrap();
    let error = client.request(Method::POST, "/x").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Connect));
    assert!(error.is_connect() && error.is_timeout());
    assert_eq!(
        error.to_string(),
        "POST /x: connection timed out (attempt 3 of 3): the timeout for connecting is 5s"
    );
    assert_eq!(
        world.slept(),
        [500, 1000],
        "nothing was sent, so a POST is repeated too"
    );
}
