//! Retries: which failures are retried, after which wait, and when retries end.

use std::time::Duration;

use sdkwright_runtime::runtime::__private::{ApiInfo, Operation, Request, Settings};
use sdkwright_runtime::runtime::{Error, Method, RetryPolicy, Unexpected};

use crate::support::{ACTIVITY, POST, Reply, Server, World, builder, client};

#[tokio::test]
async fn backs_off_exponentially_and_succeeds() {
    let server = Server::script([Reply::new(503), Reply::new(502), Reply::json(200, ACTIVITY)]).await;
    let world = World::new();
    let activity = client(&server, &world)
        .activities()
        .get_activity_by_id("a1")
        .send()
        .await
        .unwrap();
    assert_eq!(activity.id, "a1");
    assert_eq!(world.slept(), [500, 1000]);
}

#[tokio::test]
async fn jitter_is_a_random_fraction_of_the_backoff() {
    let server = Server::script([Reply::new(503)]).await;
    let world = World::new().random(u64::MAX / 4);
    let error = client(&server, &world)
        .activities()
        .get_activity_by_id("a1")
        .send()
        .await
        .unwrap_err();
    assert_eq!(world.slept(), [125, 250]);
    assert_eq!(error.call().map(|call| (call.attempt(), call.attempts())), Some((3, 3)));
}

#[tokio::test]
async fn backoff_has_a_cap() {
    let server = Server::script([Reply::new(503)]).await;
    let world = World::new();
    let client = builder(&server, &world)
        .retries(RetryPolicy::standard().attempts(8))
        .build()
        .unwrap();
    client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert_eq!(world.slept(), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
}

#[tokio::test]
async fn the_time_limit_is_checked_before_sleeping() {
    let server = Server::script([Reply::new(503)]).await;
    let world = World::new();
    let client = builder(&server, &world)
        .retries(RetryPolicy::standard().attempts(u32::MAX))
        .build()
        .unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    // The waits add up to 55.5 s; another 8 s would exceed 60 s.
    assert_eq!(
        world.slept(),
        [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000, 8000, 8000]
    );
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 503 Service Unavailable (attempt 11)",
        "attempts without a limit have no `of`"
    );
}

#[tokio::test]
async fn retry_after_has_three_forms() {
    let forms = [
        ("retry-after", "7", 7000),
        ("retry-after", "1.5", 1500),
        // The clock starts at 08:49:37.
        ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT", 3000),
        ("retry-after-ms", "250", 250),
    ];
    for (name, value, expected) in forms {
        let server = Server::script([Reply::new(429).header(name, value), Reply::json(200, ACTIVITY)]).await;
        let world = World::new();
        client(&server, &world)
            .activities()
            .get_activity_by_id("a1")
            .send()
            .await
            .unwrap();
        assert_eq!(world.slept(), [expected], "{name}: {value}");
    }
}

#[tokio::test]
async fn invalid_retry_after_falls_back_to_backoff() {
    for value in ["0", "-3", "soon", "NaN", "Sun, 06 Nov 1994 08:49:00 GMT"] {
        let server = Server::script([Reply::new(429).header("retry-after", value), Reply::json(200, ACTIVITY)]).await;
        let world = World::new();
        client(&server, &world)
            .activities()
            .get_activity_by_id("a1")
            .send()
            .await
            .unwrap();
        assert_eq!(world.slept(), [500], "{value}");
    }
}

#[tokio::test]
async fn retry_after_beyond_the_limit_fails_at_once_and_is_returned() {
    let server = Server::script([Reply::new(429).header("retry-after", "3600")]).await;
    let world = World::new();
    let error = client(&server, &world)
        .activities()
        .get_activity_by_id("a1")
        .send()
        .await
        .unwrap_err();
    assert_eq!(world.slept(), [0_u128; 0]);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(error.is_rate_limited() && error.is_retryable());
}

#[tokio::test]
async fn the_call_timeout_limits_waits() {
    let server = Server::script([Reply::new(429).header("retry-after", "30")]).await;
    let world = World::new();
    let call = client(&server, &world)
        .activities()
        .get_activity_by_id("a1")
        .timeout(Duration::from_secs(10));
    let error = call.send().await.unwrap_err();
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(429),
        "the answer says more than a timeout"
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn other_statuses_are_not_retried() {
    for status in [400, 401, 403, 404, 409, 422, 501, 505] {
        let server = Server::script([Reply::new(status)]).await;
        client(&server, &World::new())
            .activities()
            .get_activity_by_id("a1")
            .send()
            .await
            .unwrap_err();
        assert_eq!(server.received().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_post_is_retried_only_if_that_is_safe() {
    let cases = [
        (Reply::new(500), None, 1),
        (Reply::new(502), None, 1),
        (Reply::new(503), None, 1),
        (Reply::new(429), None, 1),
        (Reply::new(504).header("retry-after", "1"), None, 1),
        (Reply::hang_up(), None, 1),
        (Reply::new(503).header("retry-after", "1"), None, 3),
        (Reply::new(429).header("retry-after", "1"), None, 3),
        (Reply::new(500), Some("key-1"), 3),
        (Reply::hang_up(), Some("key-1"), 3),
    ];
    for (reply, key, requests) in cases {
        let server = Server::script([reply.clone()]).await;
        let mut call = client(&server, &World::new())
            .request(POST, "/things")
            .body("text/plain", "x");
        if let Some(key) = key {
            call = call.header("Idempotency-Key", key);
        }
        call.send().await.unwrap_err();
        assert_eq!(server.received().len(), requests, "{reply:?} {key:?}");
    }
}

#[tokio::test]
async fn a_get_is_retried_after_a_lost_connection() {
    let server = Server::script([Reply::hang_up(), Reply::json(200, ACTIVITY)]).await;
    let world = World::new();
    client(&server, &world)
        .activities()
        .get_activity_by_id("a1")
        .send()
        .await
        .unwrap();
    assert_eq!((server.received().len(), world.slept()), (2, vec![500]));
}

#[tokio::test]
async fn a_post_that_was_not_sent_is_retried() {
    // Nothing listens on a port that was just released.
    let free = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let world = World::new();
    let server = Server::script([Reply::new(200)]).await;
    let client = builder(&server, &world)
        .base_url(format!("http://{free}"))
        .build()
        .unwrap();
    let error = client.request(POST, "/things").send().await.unwrap_err();
    assert_eq!(world.slept(), [500, 1000]);
    assert!(error.is_connect() && matches!(error, Error::Transport(_)), "{error}");
    let text = error.to_string();
    assert!(
        text.starts_with("POST /things: could not connect (attempt 3 of 3): "),
        "{text}"
    );
    assert!(!text.contains("127.0.0.1"), "URLs may hold keys: {text}");
}

#[tokio::test]
async fn policies_of_the_client_and_of_the_call() {
    let server = Server::script([Reply::new(503)]).await;
    let client = builder(&server, &World::new())
        .retries(RetryPolicy::standard().attempts(2))
        .build()
        .unwrap();
    client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert_eq!(server.received().len(), 2);
    client
        .activities()
        .get_activity_by_id("a1")
        .retries(RetryPolicy::none())
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.received().len(), 3);
    let only_404 = RetryPolicy::standard().statuses(&[(404, 404)]);
    client
        .activities()
        .get_activity_by_id("a1")
        .retries(only_404)
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn any_method_retries_a_post_too() {
    let server = Server::script([Reply::new(500)]).await;
    let policy = RetryPolicy::standard().any_method(true);
    client(&server, &World::new())
        .request(Method::POST, "/x")
        .retries(policy)
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn the_retry_budget_limits_all_calls() {
    let server = Server::script([Reply::new(503)]).await;
    let client = builder(&server, &World::new())
        .retries(RetryPolicy::standard().attempts(41))
        .build()
        .unwrap();
    let call = || client.activities().get_activity_by_id("a1").retries(fast(41)).send();
    // 500 tokens at 5 per retry allow 100 retries: 40, 40, and then 20.
    for expected in [41, 82, 103, 104] {
        call().await.unwrap_err();
        assert_eq!(server.received().len(), expected);
    }
}

#[tokio::test]
async fn a_success_refunds_its_retry() {
    let server = Server::start(|_, index| {
        if index < 101 {
            Reply::new(503)
        } else {
            Reply::json(200, ACTIVITY)
        }
    })
    .await;
    let client = client(&server, &World::new());
    client
        .activities()
        .get_activity_by_id("a1")
        .retries(fast(200))
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.received().len(), 101, "the retry_budget is empty");
    for _ in 0..5 {
        client.activities().get_activity_by_id("a1").send().await.unwrap();
    }
    // Each success returned one token, so five tokens allow one retry.
    let other = Server::script([Reply::new(503)]).await;
    let call = client
        .activities()
        .get_activity_by_id("a1")
        .base_url(&other.url)
        .retries(fast(9));
    call.send().await.unwrap_err();
    assert_eq!(other.received().len(), 2);
}

static API_INFO: ApiInfo = ApiInfo {
    user_agent: "x",
    server: "https://api.acme.example",
    schemes: &[],
    security: &[],
    retries: Some(RetryPolicy::standard().attempts(2)),
};
static PLAIN: Operation = Operation {
    id: "plain",
    path: "/plain",
    ..Operation::DEFAULT
};
static OWN: Operation = Operation {
    retries: Some(RetryPolicy::standard().attempts(4)),
    ..PLAIN_AGAIN
};
static HARMFUL: Operation = Operation {
    idempotent: Some(false),
    ..PLAIN_AGAIN
};
static HARMLESS: Operation = Operation {
    method: "POST",
    idempotent: Some(true),
    ..PLAIN_AGAIN
};
static CACHED: Operation = Operation {
    success: &[304],
    ..PLAIN_AGAIN
};
const PLAIN_AGAIN: Operation = Operation {
    id: "again",
    path: "/again",
    ..Operation::DEFAULT
};

#[tokio::test]
async fn the_most_specific_policy_applies() {
    let attempts = |operation: &'static Operation, client: Option<u32>, call: Option<u32>| async move {
        let server = Server::script([Reply::new(503)]).await;
        let mut settings = Settings::default();
        settings.base_url(&server.url);
        settings.environment(World::new());
        if let Some(attempts) = client {
            settings.retries(RetryPolicy::standard().attempts(attempts));
        }
        let mut request = Request::new(&settings.build(&API_INFO).unwrap(), operation);
        request.options().retries = call.map(|attempts| RetryPolicy::standard().attempts(attempts));
        request.read::<_, Unexpected>(|_| Ok(())).await.unwrap_err();
        server.received().len()
    };
    assert_eq!(attempts(&PLAIN, None, None).await, 2, "the document's");
    assert_eq!(attempts(&OWN, None, None).await, 4, "the operation's");
    assert_eq!(attempts(&OWN, Some(5), None).await, 5, "the client's");
    assert_eq!(attempts(&OWN, Some(5), Some(6)).await, 6, "the call's");
    assert_eq!(attempts(&HARMFUL, None, None).await, 1, "a GET that is not idempotent");
    assert_eq!(attempts(&HARMLESS, None, None).await, 2, "a POST that is");
}

#[tokio::test]
async fn a_documented_success_outside_2xx_is_a_success() {
    let server = Server::script([Reply::new(304)]).await;
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    let core = settings.build(&API_INFO).unwrap();
    let response = Request::new(&core, &CACHED)
        .read_response::<_, Unexpected>(|_| Ok(()))
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 304);
    let error = Request::new(&core, &PLAIN)
        .read::<_, Unexpected>(|_| Ok(()))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "GET /plain → 304 Not Modified (attempt 1 of 2)");
}

fn fast(attempts: u32) -> RetryPolicy {
    RetryPolicy::standard()
        .attempts(attempts)
        .backoff(Duration::from_millis(1), 1.0, Duration::from_millis(1))
}
