//! Hooks around each attempt.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdkwright_runtime::runtime::{Attempt, Body, BoxError, Call, Error, Hook, Measurement, Method};

use crate::support::{ACTIVITY, Reply, Server, World, builder};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Hook for Log {
    fn before(&self, call: &Call, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let signed = request.headers().contains_key("authorization");
        self.0
            .lock()
            .unwrap()
            .push(format!("{} {} signed={signed}", call.operation_id(), call.attempt()));
        request.headers_mut().insert("x-attempt", call.attempt().into());
        Ok(())
    }
    fn after(&self, call: &Call, attempt: Attempt<'_>) {
        let what = match attempt {
            Attempt::Completed(response) => response.status().to_string(),
            Attempt::Failed(error) => error.to_string().split(':').next().unwrap_or_default().to_owned(),
            other => format!("{other:?}"),
        };
        self.0.lock().unwrap().push(format!("{} {what}", call.attempt()));
    }
}

#[tokio::test]
async fn hooks_run_around_every_attempt() {
    let server = Server::script([Reply::new(503), Reply::hang_up(), Reply::json(200, ACTIVITY)]).await;
    let log = Log::default();
    let client = builder(&server, &World::new()).hook(log.clone()).build().unwrap();
    client.activities().get_activity_by_id("a1").send().await.unwrap();
    let expected = [
        "getActivityById 1 signed=true",
        "1 503 Service Unavailable",
        "getActivityById 2 signed=true",
        "2 connection lost",
        "getActivityById 3 signed=true",
        "3 200 OK",
    ];
    assert_eq!(*log.0.lock().unwrap(), expected);
    let attempts: Vec<_> = server
        .received()
        .iter()
        .map(|it| it.header("x-attempt").map(str::to_owned))
        .collect();
    assert_eq!(attempts, ["1", "2", "3"].map(|it| Some(it.to_owned())));
}

struct Refuse;

impl Hook for Refuse {
    fn before(&self, _: &Call, _: &mut http::Request<Body>) -> Result<(), BoxError> {
        Err("no signature today".into())
    }
}

#[tokio::test]
async fn a_hook_can_reject_a_request() {
    let server = Server::script([Reply::new(200)]).await;
    let client = builder(&server, &World::new()).hook(Refuse).build().unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert!(matches!(error, Error::Build(_)));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: rejected by a hook: no signature today"
    );
    assert!(server.received().is_empty());
}

/// The measurements of attempts and calls: a line with everything except the duration, and the duration.
#[derive(Clone, Default)]
struct Metrics(Arc<Mutex<Vec<(String, Duration)>>>);

impl Metrics {
    fn add(&self, kind: &str, it: Measurement<'_>) {
        let status = it.status.map_or(0, |status| status.as_u16());
        let (call, sent, received) = (it.call, it.sent.unwrap(), it.received);
        let text = format!(
            "{kind} {} {} {}: {status}, {sent} sent, {received} received",
            call.attempt(),
            call.method(),
            call.path()
        );
        self.0.lock().unwrap().push((text, it.duration));
    }
}

impl Hook for Metrics {
    fn attempt_measured(&self, measurement: Measurement<'_>) {
        self.add("attempt", measurement);
    }
    fn call_measured(&self, measurement: Measurement<'_>) {
        self.add("call", measurement);
    }
}

#[tokio::test]
async fn attempts_and_calls_are_measured() {
    let server = Server::script([
        Reply::new(503).body("busy"),
        Reply::hang_up(),
        Reply::json(200, ACTIVITY),
    ])
    .await;
    let metrics = Metrics::default();
    let world = World::new().random(u64::MAX);
    let client = builder(&server, &world).hook(metrics.clone()).build().unwrap();
    let before = world.now_elapsed();
    let request = client.request(Method::PUT, "/things").body("text/plain", "12345");
    request.send().await.unwrap();
    let found = metrics.0.lock().unwrap().clone();
    let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    let size = ACTIVITY.len();
    assert_eq!(
        texts,
        [
            "attempt 1 PUT /things: 503, 5 sent, 4 received",
            "attempt 2 PUT /things: 0, 5 sent, 0 received",
            &format!("attempt 3 PUT /things: 200, 5 sent, {size} received"),
            &format!("call 3 PUT /things: 200, 5 sent, {size} received"),
        ]
    );
    // The clock of the test advances only while a call waits for a retry.
    assert!(found[..3].iter().all(|(_, duration)| duration.is_zero()));
    assert_eq!(found[3].1, world.now_elapsed() - before);
    assert!(!found[3].1.is_zero());
}

struct AddBody;

impl Hook for AddBody {
    fn before(&self, _: &Call, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        *request.body_mut() = Body::from("added");
        Ok(())
    }
}

#[tokio::test]
async fn a_body_that_a_hook_adds_is_sent() {
    let server = Server::script([Reply::new(200)]).await;
    let client = builder(&server, &World::new()).hook(AddBody).build().unwrap();
    client.request(Method::POST, "/things").send().await.unwrap();
    let sent = server.only();
    assert_eq!((sent.header("content-length"), sent.text()), (Some("5"), "added"));
}
