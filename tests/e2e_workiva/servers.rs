//! Which server is used.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use workiva_activities::runtime::{Body, BoxFuture, Transport, TransportError};
use workiva_activities::{Client, ClientBuilder};

use crate::calls::{DOCUMENT, activity, builder, client, one};
use crate::mock::{Reply, Server, World};

/// A transport that records the URLs, so that no request reaches the real servers.
#[derive(Clone, Default)]
struct Urls(Arc<Mutex<Vec<String>>>);

impl Transport for Urls {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let token = request.uri().path().ends_with("/token");
        self.0
            .lock()
            .unwrap()
            .push(format!("{} {}", request.method(), request.uri()));
        let body = if token {
            r#"{"access_token":"t"}"#.to_owned()
        } else {
            activity("a1").to_string()
        };
        Box::pin(std::future::ready(Ok(http::Response::new(body.into()))))
    }
}

/// Returns the URLs of a token request and of a call.
async fn urls(builder: ClientBuilder) -> Vec<String> {
    let urls = Urls::default();
    let builder = builder.environment(World::new()).transport(urls.clone());
    one(&builder.client_credentials("id", "secret").build().unwrap())
        .await
        .unwrap();
    urls.0.lock().unwrap().clone()
}

#[tokio::test]
async fn each_server_can_be_selected_and_issues_its_own_tokens() {
    use workiva_activities::Server::{Apac, Custom, Eu, Us};

    let documented: Vec<&str> = DOCUMENT.0["servers"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|s| s["url"].as_str())
        .collect();
    let named = [Us, Eu, Apac];
    assert_eq!(documented.len(), named.len());
    for (server, url) in named.into_iter().zip(documented) {
        assert_eq!(
            urls(Client::builder().server(server)).await,
            [
                format!("POST {url}/iam/v1/oauth2/token"),
                format!("GET {url}/activities/a1")
            ]
        );
    }
    let custom = [
        "POST https://mine.example/iam/v1/oauth2/token",
        "GET https://mine.example/wdesk/activities/a1",
    ];
    assert_eq!(
        urls(Client::builder().server(Custom("https://mine.example/wdesk".to_owned()))).await,
        custom
    );
    assert_eq!(
        urls(Client::builder().base_url("https://mine.example/wdesk/")).await,
        custom
    );
}

#[tokio::test]
async fn the_first_documented_server_is_the_default() {
    assert_eq!(
        urls(Client::builder()).await,
        [
            "POST https://api.app.wdesk.com/iam/v1/oauth2/token",
            "GET https://api.app.wdesk.com/activities/a1"
        ]
    );
    assert_eq!(workiva_activities::Server::default(), workiva_activities::Server::Us);
}

#[tokio::test]
async fn a_call_can_use_another_server() {
    let other = Server::script([Reply::json(200, activity("a1").to_string())]).await;
    let server = Server::script([Reply::new(500)]).await;
    let client = client(&server, &World::new());
    let call = client.activities().get_activity_by_id("a1");
    call.base_url(format!("{}/base", other.url)).send().await.unwrap();
    assert_eq!(
        (other.lines(), server.received().len()),
        (vec!["GET /base/activities/a1".to_owned()], 0)
    );
}

#[tokio::test]
async fn tokens_are_not_sent_over_http() {
    for (url, message) in [
        (
            "http://api.app.wdesk.com",
            "`http://api.app.wdesk.com` uses http, which is only allowed on the loopback interface; use https",
        ),
        ("ftp://api.app.wdesk.com", "unsupported URL scheme `ftp`; use https"),
        (
            "api.app.wdesk.com",
            "`api.app.wdesk.com` is not an absolute URL: relative URL without a base; pass one to `base_url`",
        ),
        (
            "https://id:secret@api.app.wdesk.com",
            "the server URL of `https://api.app.wdesk.com` must not contain credentials",
        ),
    ] {
        let error = Client::builder()
            .base_url(url)
            .environment(World::new())
            .build()
            .unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    for url in ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"] {
        Client::builder()
            .base_url(url)
            .environment(World::new())
            .build()
            .unwrap();
    }
    let server = Server::script([Reply::new(500)]).await;
    let client = builder(&server, &World::new()).build().unwrap();
    let call = client
        .activities()
        .get_activity_by_id("a1")
        .base_url("http://api.app.wdesk.com");
    assert!(matches!(call.send().await, Err(workiva_activities::Error::Build(_))));
}
