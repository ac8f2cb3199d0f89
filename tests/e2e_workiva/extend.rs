//! Customization: hooks, HTTP clients, transports, requests, user agent.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::json;
use workiva_activities::runtime::{
    Attempt, Body, BoxError, BoxFuture, Call, Hook, Method, Transport, TransportError, TransportErrorKind,
};
use workiva_activities::{Client, Error};

use crate::calls::{activity, builder, client, one};
use crate::mock::{Reply, Server, World};
use crate::requests::user_agent;

fn good() -> Reply {
    Reply::json(200, activity("a1").to_string())
}

/// A hook that records requests and signs them.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Hook for Log {
    fn before(&self, call: &Call, request: &mut http::Request<Body>) -> Result<(), BoxError> {
        let signed = request.headers().contains_key("authorization");
        let line = format!(
            "{} {call} {} of {} signed={signed}",
            call.operation_id(),
            call.attempt(),
            call.attempts()
        );
        self.0.lock().unwrap().push(line);
        request
            .headers_mut()
            .insert("x-signature", call.attempt().to_string().parse()?);
        Ok(())
    }

    fn after(&self, call: &Call, attempt: Attempt<'_>) {
        let outcome = match attempt {
            Attempt::Completed(response) => response.status().to_string(),
            Attempt::Failed(error) => format!("{:?}", error.kind()),
            Attempt::TimedOut => "timed out".to_owned(),
            _ => "?".to_owned(),
        };
        self.0
            .lock()
            .unwrap()
            .push(format!("{} {outcome}", call.operation_id()));
    }
}

#[tokio::test]
async fn hooks_run_around_every_attempt() {
    let server = Server::script([
        Reply::json(200, r#"{"access_token":"t"}"#),
        Reply::new(503),
        Reply::hang_up(),
        good(),
    ])
    .await;
    let log = Log::default();
    let client = builder(&server, &World::new())
        .client_credentials("id", "secret")
        .hook(log.clone());
    one(&client.build().unwrap()).await.unwrap();
    assert_eq!(
        *log.0.lock().unwrap(),
        [
            "token POST /iam/v1/oauth2/token 1 of 3 signed=false",
            "token 200 OK",
            "getActivityById GET /activities/{activityId} 1 of 3 signed=true",
            "getActivityById 503 Service Unavailable",
            "getActivityById GET /activities/{activityId} 2 of 3 signed=true",
            "getActivityById Exchange",
            "getActivityById GET /activities/{activityId} 3 of 3 signed=true",
            "getActivityById 200 OK",
        ]
    );
    let signatures: Vec<String> = server
        .received()
        .iter()
        .filter_map(|request| request.header("x-signature").map(str::to_owned))
        .collect();
    assert_eq!(signatures, ["1", "1", "2", "3"]);
}

struct Refuse;

impl Hook for Refuse {
    fn before(&self, _: &Call, _: &mut http::Request<Body>) -> Result<(), BoxError> {
        Err("not on a Sunday".into())
    }
}

#[tokio::test]
async fn a_hook_can_reject_a_request_after_earlier_hooks_ran() {
    let (server, log) = (Server::script([good()]).await, Log::default());
    let client = builder(&server, &World::new())
        .hook(log.clone())
        .hook(Refuse)
        .hook(Log::default());
    let error = one(&client.build().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::Build(_)));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: rejected by a hook: not on a Sunday"
    );
    assert_eq!((server.received().len(), log.0.lock().unwrap().len()), (0, 1));
}

#[tokio::test]
async fn a_custom_reqwest_client_is_used() {
    let server = Server::script([good()]).await;
    let headers = [("x-proxy".parse().unwrap(), "7".parse().unwrap())]
        .into_iter()
        .collect();
    let http = reqwest::Client::builder()
        .default_headers(headers)
        .user_agent("mine")
        .build()
        .unwrap();
    one(&builder(&server, &World::new()).http_client(http).build().unwrap())
        .await
        .unwrap();
    let request = server.only();
    assert_eq!(request.header("x-proxy"), Some("7"));
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(request.header("user-agent"), Some(user_agent().as_str()));
}

/// A test double, as users write it.
struct Double(u16);

impl Transport for Double {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            if request.uri().path().ends_with("/lost") {
                return Err(TransportError::caused(
                    TransportErrorKind::Exchange,
                    "the cable was cut",
                ));
            }
            let mut response = http::Response::new(Bytes::from(activity("double").to_string()));
            *response.status_mut() = self.0.try_into().expect("a status");
            Ok(response)
        })
    }
}

#[tokio::test]
async fn a_custom_transport_replaces_the_network() {
    let build = |status| {
        let client = Client::builder()
            .environment(World::new())
            .bearer_token("t")
            .transport(Double(status));
        client.build().unwrap()
    };
    assert_eq!(
        build(200).activities().get_activity_by_id("a").send().await.unwrap().id,
        "double"
    );
    assert!(one(&build(404)).await.unwrap_err().is_not_found());
    let error = build(200)
        .activities()
        .get_activity_by_id("lost")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: connection lost (attempt 3 of 3): the cable was cut"
    );
}

#[tokio::test]
async fn raw_requests_have_the_same_credentials_retries_and_errors() {
    let world = World::new();
    let server = Server::script([
        Reply::json(200, r#"{"access_token":"t1"}"#),
        Reply::new(503),
        Reply::new(201).body("made"),
        Reply::json(404, r#"{"message":"no such file"}"#),
    ])
    .await;
    let client = builder(&server, &world)
        .client_credentials("id", "secret")
        .build()
        .unwrap();
    let call = client
        .request(Method::PUT, "/files/ü?deep=1")
        .query("name", "a b")
        .header("x-a", "1");
    let answer = call.json(&json!({"size": 3})).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.body()[..]), (201, &b"made"[..]));
    let error = client.request(Method::GET, "/files/1").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /files/1 → 404 Not Found (attempt 1 of 3): no such file"
    );
    let received = server.received();
    let expected = [
        "PUT /files/%C3%BC?deep=1&name=a%20b HTTP/1.1",
        "accept-encoding: gzip",
        "accept: */*",
        "authorization: Bearer t1",
        "content-length: 10",
        "content-type: application/json",
        "host: {host}",
        &format!("user-agent: {}", user_agent()),
        "x-a: 1",
        "",
        r#"{"size":3}"#,
    ];
    assert_eq!(received[2].whole(), expected.join("\n"));
    assert_eq!((received.len(), world.slept()), (4, vec![500]));
}

#[tokio::test]
async fn raw_requests_stay_on_the_client_server() {
    let (server, other) = (Server::script([good()]).await, Server::script([good()]).await);
    let client = client(&server, &World::new());
    for path in [format!("{}/x", other.url), "https://evil.example/x".to_owned()] {
        let error = client.request(Method::GET, &path).send().await.unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
    }
    client.request(Method::GET, "//evil.example/x").send().await.unwrap();
    client.request(Method::GET, "plain").send().await.unwrap();
    assert_eq!(server.lines(), ["GET //evil.example/x", "GET /plain"]);
    assert_eq!(other.lines(), [""; 0]);
}

#[tokio::test]
async fn a_raw_post_is_not_retried() {
    let (server, world) = (Server::script([Reply::new(500)]).await, World::new());
    let client = client(&server, &world);
    let post = || client.request(Method::POST, "/x");
    assert_eq!(post().send().await.unwrap_err().status().unwrap(), 500);
    assert_eq!(server.only().header("content-length"), Some("0"));
    post().header("idempotency-key", "k").send().await.unwrap_err();
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn the_user_agent_can_be_replaced_and_added_to() {
    let server = Server::script([good()]).await;
    let world = World::new();
    one(&client(&server, &world)).await.unwrap();
    one(&builder(&server, &world)
        .append_user_agent("my-app/1.2")
        .build()
        .unwrap())
    .await
    .unwrap();
    one(&builder(&server, &world).user_agent("mine/1").build().unwrap())
        .await
        .unwrap();
    let agents: Vec<String> = server
        .received()
        .iter()
        .filter_map(|request| request.header("user-agent").map(str::to_owned))
        .collect();
    assert_eq!(
        agents,
        [
            user_agent(),
            format!("{} my-app/1.2", user_agent()),
            "mine/1".to_owned()
        ]
    );
}

#[tokio::test]
async fn send_response_returns_status_and_headers() {
    let server = Server::script([good().header("x-request-id", "r-1").header("x-cache", "hit")]).await;
    let client = client(&server, &World::new());
    let response = client
        .activities()
        .get_activity_by_id("a1")
        .send_response()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.headers()["x-cache"], "hit");
    assert_eq!((response.request_id(), response.id.as_str()), (Some("r-1"), "a1"));
    assert_eq!(response.map(|activity| activity.targets.len()).into_body(), 0);
}
