//! Hooks around each attempt.

use std::sync::{Arc, Mutex};

use sdkwright_runtime::runtime::{Attempt, Body, BoxError, Call, Error, Hook};

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
