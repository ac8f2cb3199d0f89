//! What is sent, and to which server.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use glean_activity::models::{Feedback, FeedbackCategory, FeedbackEvent};
use glean_activity::runtime::{Body, BoxFuture, Transport, TransportError};
use glean_activity::{Client, ClientBuilder, Error};

use crate::mock::{Reply, Server, World};
use crate::{BODY, activity, builder, client};

fn user_agent() -> String {
    let (generator, os) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    format!("glean-activity/0.9.0 (Glean Activity API 0.9.0; sdkwright/{generator}; rust; {os})")
}

/// The whole POST request: nothing else is sent.
fn expected(target: &str, body: &str) -> String {
    let content_type = if body.is_empty() {
        ""
    } else {
        "content-type: application/json\n"
    };
    let request = format!(
        "POST {target} HTTP/1.1\naccept-encoding: gzip\naccept: application/json\nauthorization: Bearer t0ken\ncontent-length: {}\n\
         {content_type}host: {{host}}\nuser-agent: {}\n\n{body}",
        body.len(),
        user_agent()
    );
    request.trim_end().to_owned()
}

#[tokio::test]
async fn a_report_of_activity() {
    let server = Server::script([Reply::new(200)]).await;
    let client = client(&server, &World::new());
    client.client().activity().report(&activity()).send().await.unwrap();
    assert_eq!(server.only().whole(), expected("/rest/api/v1/activity", BODY));
}

#[tokio::test]
async fn a_report_of_feedback() {
    let server = Server::script([Reply::new(200)]).await;
    let client = client(&server, &World::new());
    let report = Feedback::new(["CAES/1", "CAES+2"], FeedbackEvent::Click)
        .with_category(FeedbackCategory::Search)
        .with_position(3)
        .with_timestamp("2026-04-09T13:06:02Z".parse().unwrap());
    let activity = client.client().activity();
    activity.feedback().payload(&report).send().await.unwrap();
    activity
        .feedback()
        .feedback(r#"{"event":"CLICK & co"}"#)
        .send()
        .await
        .unwrap();
    let body = r#"{"category":"SEARCH","trackingTokens":["CAES/1","CAES+2"],"event":"CLICK","position":3,"timestamp":"2026-04-09T13:06:02Z"}"#;
    let received: Vec<String> = server.received().iter().map(|request| request.whole()).collect();
    let target = "/rest/api/v1/feedback?feedback=%7B%22event%22%3A%22CLICK%20%26%20co%22%7D";
    assert_eq!(
        received,
        [expected("/rest/api/v1/feedback", body), expected(target, "")]
    );
}

/// A transport that records the URLs, so that no request reaches Glean.
#[derive(Clone, Default)]
struct Urls(Arc<Mutex<Vec<String>>>);

impl Transport for Urls {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.0.lock().unwrap().push(request.uri().to_string());
        Box::pin(std::future::ready(Ok(http::Response::new(Bytes::new()))))
    }
}

async fn url(builder: ClientBuilder) -> String {
    let urls = Urls::default();
    let builder = builder
        .environment(World::new())
        .transport(urls.clone())
        .bearer_token("t");
    builder
        .build()
        .unwrap()
        .client()
        .activity()
        .report(&activity())
        .send()
        .await
        .unwrap();
    urls.0.lock().unwrap().concat()
}

#[tokio::test]
async fn the_instance_is_part_of_the_server() {
    use glean_activity::Server::{Custom, Default};

    assert_eq!(
        url(Client::builder().instance("acme")).await,
        "https://acme-be.glean.com/rest/api/v1/activity"
    );
    assert_eq!(
        url(Client::builder().instance("acme").server(Default)).await,
        "https://acme-be.glean.com/rest/api/v1/activity"
    );
    let unset = url(Client::builder()).await;
    assert_eq!(unset, "https://instance-name-be.glean.com/rest/api/v1/activity");
    let own = "https://glean.acme.example";
    for builder in [
        Client::builder().base_url(own),
        Client::builder().server(Custom(own.to_owned())),
    ] {
        assert_eq!(
            url(builder.instance("acme")).await,
            format!("{own}/rest/api/v1/activity")
        );
    }
}

#[tokio::test]
async fn an_instance_cannot_change_the_server() {
    for instance in [
        "evil.example/",
        "evil.example?",
        "evil.example#",
        "user@evil.example/",
        "evil.example:443/",
    ] {
        let builder = Client::builder()
            .instance(instance)
            .environment(World::new())
            .bearer_token("t");
        match builder.transport(Urls::default()).build() {
            Err(error) => assert!(!error.to_string().is_empty()),
            Ok(client) => panic!("{instance}: {client:?}"),
        }
    }
}

#[tokio::test]
async fn the_builder_token_overrides_the_environment() {
    let server = Server::script([Reply::new(200)]).await;
    let world = World::new().with_variable("GLEAN_API_TOKEN", "env-token");
    let from_environment = || Client::builder().base_url(&server.url).environment(world.clone());
    for builder in [from_environment(), from_environment().bearer_token("mine")] {
        builder
            .build()
            .unwrap()
            .client()
            .activity()
            .report(&activity())
            .send()
            .await
            .unwrap();
    }
    let tokens: Vec<String> = server
        .received()
        .iter()
        .filter_map(|r| r.header("authorization").map(str::to_owned))
        .collect();
    assert_eq!(tokens, ["Bearer env-token", "Bearer mine"]);
    let nothing = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .build()
        .unwrap();
    let error = nothing
        .client()
        .activity()
        .report(&activity())
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Build(_)));
    assert_eq!(
        error.to_string(),
        "POST /rest/api/v1/activity: missing credentials: call `bearer_token(token)` on the builder or set GLEAN_API_TOKEN"
    );
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn oauth_tokens_are_sent_with_the_required_header() {
    let server = Server::script([Reply::new(200)]).await;
    let client = builder(&server, &World::new())
        .header("X-Glean-Auth-Type", "OAUTH")
        .build()
        .unwrap();
    client
        .client()
        .activity()
        .report(&activity())
        .header("x-trace", "7")
        .send()
        .await
        .unwrap();
    let request = server.only();
    assert_eq!(
        (request.header("x-glean-auth-type"), request.header("x-trace")),
        (Some("OAUTH"), Some("7"))
    );
}
