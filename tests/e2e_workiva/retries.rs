//! Retries: which failures are retried, after which wait, and when retries end.

use std::time::Duration;

use workiva_activities::{Error, RetryPolicy};

use crate::calls::{Operation, activity, builder, client, one};
use crate::mock::{Reply, Server, World};

fn good() -> Reply {
    Reply::json(200, activity("a1").to_string())
}

#[tokio::test]
async fn transient_failures_are_retried() {
    for operation in Operation::ALL {
        for status in [408, 429, 500, 502, 503, 504] {
            let (server, world) = (
                Server::script([Reply::new(status), Reply::json(200, operation.example().to_string())]).await,
                World::new(),
            );
            let body = operation.send(&client(&server, &world)).await.unwrap();
            assert_eq!(body, *operation.example());
            let received = server.received();
            assert_eq!(received.len(), 2, "{operation:?} {status}");
            assert_eq!(received[0].whole(), received[1].whole());
            assert_eq!(world.slept(), [500]);
        }
    }
}

#[tokio::test]
async fn other_statuses_are_not_retried() {
    for status in [302, 400, 401, 403, 404, 405, 409, 410, 418, 422, 501, 505] {
        let (server, world) = (Server::script([Reply::new(status), good()]).await, World::new());
        let error = one(&client(&server, &world)).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        assert_eq!((server.received().len(), world.slept().len()), (1, 0), "{status}");
    }
}

#[tokio::test]
async fn retries_are_exhausted_after_three_attempts() {
    for operation in Operation::ALL {
        let (server, world) = (
            Server::script([Reply::json(503, r#"{"message":"Later"}"#)]).await,
            World::new(),
        );
        let error = operation.send(&client(&server, &world)).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "GET {} → 503 Service Unavailable (attempt 3 of 3): Later",
                operation.template()
            )
        );
        assert_eq!((server.received().len(), world.slept()), (3, vec![500, 1000]));
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn a_429_has_retry_after() {
    for (name, value, waited) in [
        ("retry-after", "7", 7000),
        ("retry-after", "0.25", 250),
        ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT", 3000),
        ("retry-after-ms", "120", 120),
        // A date in the past or an invalid value means the usual backoff.
        ("retry-after", "Sun, 06 Nov 1994 08:49:30 GMT", 500),
        ("retry-after", "0", 500),
        ("retry-after", "-1", 500),
        ("retry-after", "soon", 500),
    ] {
        for operation in Operation::ALL {
            let world = World::new();
            let busy = Reply::json(429, r#"{"message":"Slow down"}"#).header(name, value);
            let server = Server::script([busy, Reply::json(200, operation.example().to_string())]).await;
            operation.send(&client(&server, &world)).await.unwrap();
            assert_eq!(world.slept(), [waited], "{name}: {value}");
        }
    }
}

#[tokio::test]
async fn a_wait_beyond_the_limit_is_not_started() {
    let (server, world) = (
        Server::script([Reply::json(429, "{}").header("retry-after", "61"), good()]).await,
        World::new(),
    );
    let error = one(&client(&server, &world)).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert_eq!((server.received().len(), world.slept().len()), (1, 0));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 429 Too Many Requests (attempt 1 of 3)"
    );
    let busy = || Reply::json(429, "{}").header("retry-after", "40");
    let server = Server::script([busy(), busy(), good()]).await;
    one(&client(&server, &world)).await.unwrap_err();
    assert_eq!(
        (server.received().len(), world.slept()),
        (2, vec![40_000]),
        "40 s + 40 s are more than 60 s"
    );
    let server = Server::script([busy(), good()]).await;
    let hurry = builder(&server, &world)
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    assert!(one(&hurry).await.unwrap_err().is_rate_limited(), "the call has 30 s");
}

#[tokio::test]
async fn waits_grow_to_a_maximum_and_are_random() {
    let policy = RetryPolicy::standard().attempts(7);
    let slept = async |random: u64| {
        let (server, world) = (Server::script([Reply::new(500)]).await, World::new().random(random));
        let client = builder(&server, &world).retries(policy).build().unwrap();
        let error = one(&client).await.unwrap_err();
        assert_eq!(error.call().unwrap().attempt(), 7);
        world.slept()
    };
    assert_eq!(slept(u64::MAX).await, [500, 1000, 2000, 4000, 8000, 8000]);
    assert_eq!(slept(u64::MAX / 4).await, [125, 250, 500, 1000, 2000, 2000]);
    assert_eq!(slept(0).await, [0; 6]);
}

#[tokio::test]
async fn a_policy_applies_to_a_client_or_a_call() {
    let (server, world) = (Server::script([Reply::new(503)]).await, World::new());
    let client = builder(&server, &world)
        .retries(RetryPolicy::standard().attempts(2))
        .build()
        .unwrap();
    let error = one(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 503 Service Unavailable (attempt 2 of 2)"
    );
    let call = client.activities().get_activity_by_id("a1");
    let error = call.clone().retries(RetryPolicy::none()).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 503 Service Unavailable (attempt 1 of 1)"
    );
    let own = RetryPolicy::standard().backoff(Duration::from_millis(10), 3.0, Duration::from_secs(1));
    call.clone().retries(own.attempts(4)).send().await.unwrap_err();
    assert_eq!(world.slept(), [500, 10, 30, 90]);
    let unlimited = own.attempts(u32::MAX).max_elapsed(Duration::from_millis(200));
    let error = call.retries(unlimited).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 503 Service Unavailable (attempt 4)"
    );
}

#[tokio::test]
async fn lost_connections_and_timeouts_are_retried() {
    let world = World::new();
    let late = good().after(Duration::from_secs(20));
    let server = Server::script([Reply::hang_up(), late, good()]).await;
    let client = builder(&server, &world)
        .attempt_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    one(&client).await.unwrap();
    assert_eq!((server.received().len(), world.slept()), (3, vec![500, 1000]));
    let server = Server::script([Reply::hang_up()]).await;
    let never = RetryPolicy::standard().connection_errors(false);
    let error = one(&builder(&server, &world).retries(never).build().unwrap())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_failing_server_is_not_flooded() {
    let (server, world) = (Server::script([Reply::new(503)]).await, World::new());
    let client = client(&server, &world);
    // 500 tokens at 5 per retry: 50 calls with 2 retries each.
    for _ in 0..50 {
        assert_eq!(one(&client).await.unwrap_err().call().unwrap().attempt(), 3);
    }
    let error = one(&client).await.unwrap_err();
    assert_eq!(error.call().unwrap().attempt(), 1);
    assert_eq!(server.received().len(), 151);
}
