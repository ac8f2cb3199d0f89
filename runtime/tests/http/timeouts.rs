//! The three timeouts.

use std::time::Duration;

use bytes::Bytes;
use sdkwright_runtime::runtime::{Body, BoxFuture, Error, TimeoutKind, Transport, TransportError, TransportErrorKind};

use crate::support::{ACTIVITY, Reply, Server, World, builder};

const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(50);

fn kind<E>(error: &Error<E>) -> Option<TimeoutKind> {
    if let Error::Timeout(error) = error {
        Some(*error.kind())
    } else {
        None
    }
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_given_up_and_repeated() {
    let server = Server::script([Reply::new(200).after(LONG)]).await;
    let world = World::new();
    let client = builder(&server, &world).attempt_timeout(SHORT).build().unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Attempt));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: no answer in time (attempt 3 of 3): the timeout of one attempt is 50ms"
    );
    assert_eq!((server.received().len(), world.slept()), (3, vec![500, 1000]));
    assert!(error.is_timeout() && error.is_retryable() && !error.is_connect());
}

#[tokio::test]
async fn the_second_attempt_may_be_in_time() {
    let server = Server::script([Reply::new(200).after(LONG), Reply::json(200, ACTIVITY)]).await;
    let client = builder(&server, &World::new()).build().unwrap();
    client
        .activities()
        .get_activity_by_id("a1")
        .attempt_timeout(SHORT)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_post_that_may_have_arrived_is_not_repeated() {
    let server = Server::script([Reply::new(200).after(LONG)]).await;
    let client = builder(&server, &World::new()).build().unwrap();
    let call = client.request(crate::support::POST, "/x").attempt_timeout(SHORT);
    assert!(call.send().await.unwrap_err().is_timeout());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn the_whole_call_has_a_timeout() {
    let client = builder(&Server::script([Reply::new(200)]).await, &World::new())
        .build()
        .unwrap();
    let slow = Server::script([Reply::new(200).after(LONG)]).await;
    let call = client
        .activities()
        .get_activity_by_id("a1")
        .base_url(&slow.url)
        .timeout(SHORT);
    let error = call.send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Call));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: not done in time (attempt 1 of 3): the timeout of the whole call is 50ms"
    );
}

#[tokio::test]
async fn the_whole_call_has_a_timeout_that_covers_token_requests() {
    let server = Server::script([Reply::new(200).after(LONG)]).await;
    let client = builder(&server, &World::new())
        .client_credentials("id", "secret")
        .build()
        .unwrap();
    let error = client
        .activities()
        .get_activity_by_id("a1")
        .timeout(SHORT)
        .send()
        .await
        .unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Call));
    assert_eq!(server.lines(), ["POST /iam/v1/oauth2/token"]);
}

/// A transport that never gets a connection in time.
struct Unreachable;

impl Transport for Unreachable {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::caused(TransportErrorKind::ConnectTimeout, "no SYN-ACK")) })
    }
}

#[tokio::test]
async fn a_connection_that_takes_too_long_has_a_kind_of_its_own() {
    let server = Server::script([Reply::new(200)]).await;
    let world = World::new();
    let client = builder(&server, &world)
        .transport(Unreachable)
        .connect_timeout(SHORT)
        .build()
        .unwrap();
    let error = client.request(crate::support::POST, "/x").send().await.unwrap_err();
    assert_eq!(kind(&error), Some(TimeoutKind::Connect));
    assert!(error.is_connect() && error.is_timeout());
    assert_eq!(
        error.to_string(),
        "POST /x: no connection in time (attempt 3 of 3): the timeout of making a connection is 50ms"
    );
    assert_eq!(
        world.slept(),
        [500, 1000],
        "nothing was sent, so a POST is repeated too"
    );
}
