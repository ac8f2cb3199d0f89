//! What a caller controls: rate limits, pacing, concurrency, defaults of the client, options of a call, hooks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Request;
use sdkwright_runtime::Client;
use sdkwright_runtime::runtime::{Body, BoxError, BoxFuture, Call, CallResult, Error, Hook, Method};

use crate::support::{ACTIVITY, POST, Reply, Server, World, builder, plain};

#[tokio::test]
async fn rate_limits_are_read_in_every_form() {
    let now = "Thu, 01 Jan 2026 00:00:00 GMT"; // 1767225600
    for (headers, expected) in [
        (
            &[
                ("ratelimit-limit", "100"),
                ("ratelimit-remaining", "7"),
                ("ratelimit-reset", "30"),
            ][..],
            (Some(100), Some(7), Some(30)),
        ),
        (
            &[("x-ratelimit-limit", "100, 100;w=60"), ("x-ratelimit-remaining", "0")],
            (Some(100), Some(0), None),
        ),
        (&[("x-ratelimit-reset", "1767225660")], (None, None, Some(60))),
        (&[("x-ratelimit-reset", "1767225660000")], (None, None, Some(60))),
        (&[("x-ratelimit-reset", "1767225000")], (None, None, Some(0))),
        (
            &[("ratelimit", "limit=10, remaining=5, reset=3")],
            (Some(10), Some(5), Some(3)),
        ),
        (&[("ratelimit", "\"default\";r=5;t=3")], (None, Some(5), Some(3))),
        // Of several policies, the one that allows the fewest requests counts.
        (
            &[("ratelimit", "\"burst\";q=9;r=0;t=5, \"daily\";r=900;t=36000")],
            (Some(9), Some(0), Some(5)),
        ),
        (
            &[("ratelimit", "\"daily\";r=900;t=36000, \"burst\";r=1;t=5")],
            (None, Some(1), Some(5)),
        ),
        (
            &[("ratelimit", "\"burst\";r=0, \"daily\";t=36000")],
            (None, Some(0), None),
        ),
    ] {
        let reply = headers
            .iter()
            .fold(Reply::new(200), |reply, (name, value)| reply.header(name, value));
        let server = Server::script([reply.header("date", now)]).await;
        let response = plain(&server).request(Method::GET, "/x").send().await.unwrap();
        let limit = response.rate_limit().unwrap();
        let seconds = limit.reset.map(|reset| reset.as_secs());
        assert_eq!((limit.limit, limit.remaining, seconds), expected, "{headers:?}");
    }
    for value in ["soon", "", "-1", "NaN"] {
        let server = Server::script([Reply::new(429).header("ratelimit-remaining", value)]).await;
        let error = plain(&server).request(Method::GET, "/x").send().await.unwrap_err();
        assert_eq!(error.rate_limit(), None, "{value}");
    }
}

#[tokio::test]
async fn calls_wait_for_the_rate_limit_on_request() {
    for (waits, slept) in [(true, vec![20_000]), (false, vec![])] {
        let used_up = Reply::json(200, ACTIVITY)
            .header("ratelimit-remaining", "0")
            .header("ratelimit-reset", "20");
        let server = Server::script([used_up, Reply::json(200, ACTIVITY)]).await;
        let world = World::new();
        let client = builder(&server, &world).wait_for_rate_limit(waits).build().unwrap();
        for _ in 0..2 {
            client.activities().get_activity_by_id("a1").send().await.unwrap();
        }
        assert_eq!(world.slept(), slept);
    }
}

#[tokio::test]
async fn no_more_calls_run_than_the_client_allows() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let server = Server::start(|_, _| Reply::json(200, ACTIVITY).after(Duration::from_millis(20))).await;
    struct Gauge(Arc<AtomicUsize>, Arc<AtomicUsize>);
    impl Hook for Gauge {
        fn before(&self, _: &Call, _: &mut Request<Body>) -> Result<(), BoxError> {
            let now = self.0.fetch_add(1, Ordering::SeqCst) + 1;
            self.1.fetch_max(now, Ordering::SeqCst);
            Ok(())
        }
        fn after(&self, _: &Call, _: sdkwright_runtime::runtime::Attempt<'_>) {
            self.0.fetch_sub(1, Ordering::SeqCst);
        }
    }
    let client = builder(&server, &World::new())
        .max_concurrent_calls(2)
        .hook(Gauge(running, most.clone()))
        .build()
        .unwrap();
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.activities().get_activity_by_id("a1").send().await.unwrap() })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_limit_of_one_call_leaves_room_for_its_token_request() {
    let server = Server::start(|request, _| match request.line().starts_with("POST /iam") {
        true => Reply::json(200, r#"{"access_token":"t"}"#),
        false => Reply::json(200, ACTIVITY),
    })
    .await;
    let client = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .client_credentials("id", "secret")
        .max_concurrent_calls(1)
        .query("api-version", "2026 1")
        .build()
        .unwrap();
    let call = client.activities().get_activity_by_id("a1").send();
    tokio::time::timeout(Duration::from_secs(5), call)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(server.received()[0].target(), "/iam/v1/oauth2/token");
    assert_eq!(server.received()[1].target(), "/activities/a1?api-version=2026%201");
}

#[tokio::test]
async fn an_idempotency_key_makes_a_post_repeatable() {
    let server = Server::script([Reply::new(500), Reply::json(200, "{}")]).await;
    let client = builder(&server, &World::new()).build().unwrap();
    client
        .request(POST, "/x")
        .with_idempotency_key("k1")
        .send()
        .await
        .unwrap();
    let keys: Vec<_> = server
        .received()
        .iter()
        .map(|it| it.header("idempotency-key").map(str::to_owned))
        .collect();
    assert_eq!(keys, [Some("k1".to_owned()), Some("k1".to_owned())]);
}

#[tokio::test]
async fn fields_are_added_to_a_json_body() {
    let server = Server::start(|_, _| Reply::json(200, "{}")).await;
    let client = plain(&server);
    let call = || {
        client
            .request(POST, "/x")
            .with_body_field("top_p", 0.5)
            .with_body_field("tag", "new")
    };
    call().send().await.unwrap();
    call()
        .body(
            "application/json",
            r#"{"tag":"old {\",tag\":","id":12345678901234567890.10,"in":{"tag":1}}"#,
        )
        .send()
        .await
        .unwrap();
    let bodies: Vec<String> = server
        .received()
        .iter()
        .map(|request| request.text().to_owned())
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"top_p":0.5,"tag":"new"}"#,
            r#"{"tag":"new","id":12345678901234567890.10,"in":{"tag":1},"top_p":0.5}"#
        ]
    );
    let error = call().body("text/plain", "x").send().await.unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error}");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }
}

impl Hook for Log {
    fn call_started(&self, call: &Call) {
        self.add(format!(
            "start {} token={}",
            call.operation_id(),
            call.is_token_request()
        ));
    }
    fn call_finished(&self, call: &Call, result: CallResult<'_>) {
        let text = match result {
            CallResult::Completed(response) => response.status().as_u16().to_string(),
            CallResult::Failed(error) => error.to_string(),
            _ => String::new(),
        };
        self.add(format!("end {} attempt={} {text}", call.operation_id(), call.attempt()));
    }
    fn before_async<'a>(
        &'a self,
        call: &'a Call,
        request: &'a mut Request<Body>,
    ) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            request
                .headers_mut()
                .insert("x-hook", http::HeaderValue::from_static("1"));
            self.add(format!("attempt {} of {}", call.attempt(), call.operation_id()));
            Ok(())
        })
    }
}

#[tokio::test]
async fn hooks_see_calls_attempts_and_token_requests() {
    let server = Server::start(
        |request, index| match (request.line().starts_with("POST /iam"), index) {
            (true, _) => Reply::json(200, r#"{"access_token":"t"}"#),
            (_, 1) => Reply::new(503),
            _ => Reply::json(200, ACTIVITY),
        },
    )
    .await;
    let log = Log::default();
    let client = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .client_credentials("id", "secret")
        .hook(log.clone())
        .build()
        .unwrap();
    client.activities().get_activity_by_id("a1").send().await.unwrap();
    assert_eq!(
        *log.0.lock().unwrap(),
        [
            "start getActivityById token=false",
            "start token token=true",
            "attempt 1 of token",
            "end token attempt=1 200",
            "attempt 1 of getActivityById",
            "attempt 2 of getActivityById",
            "end getActivityById attempt=2 200",
        ]
    );
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.header("x-hook") == Some("1"))
    );
}

#[tokio::test]
async fn hooks_see_the_timeout_of_a_whole_call() {
    let server = Server::script([Reply::new(200).after(Duration::from_secs(60))]).await;
    let log = Log::default();
    let client = builder(&server, &World::new()).hook(log.clone()).build().unwrap();
    let call = client
        .activities()
        .get_activity_by_id("a1")
        .timeout(Duration::from_millis(50));
    call.send().await.unwrap_err();
    assert!(
        log.0
            .lock()
            .unwrap()
            .last()
            .unwrap()
            .contains("the timeout of the call is 50ms")
    );
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let client = Client::builder()
        .environment(World::new())
        .bearer_token("t")
        .build()
        .unwrap();
    let mut call = Box::pin(client.activities().get_activity_by_id("a1").send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(result) = call.as_mut().poll(&mut context) else {
        panic!("it does not wait")
    };
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Build(_)));
    assert!(error.to_string().contains("needs a tokio runtime"), "{error}");
}

#[test]
fn errors_are_small() {
    assert!(size_of::<Error>() <= 16, "{}", size_of::<Error>());
}
