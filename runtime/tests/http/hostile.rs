//! Servers that behave badly: what a client must never do, regardless of the response.

use std::time::Duration;

use sdkwright_runtime::runtime::TransportErrorKind;
use sdkwright_runtime::runtime::{AuthErrorKind, Error, Method, OAuth2, RetryPolicy};
use sdkwright_runtime::{Client, ClientBuilder};

use crate::support::{ACTIVITY, POST, Reply, Server, World, builder, plain};

const TOKEN_PATH: &str = "POST /iam/v1/oauth2/token";

fn with_tokens(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .client_credentials("id", "hush-secret")
}

async fn get(client: &Client) -> Result<(), Error<sdkwright_runtime::errors::ActivitiesError>> {
    client.activities().get_activity_by_id("a1").send().await.map(drop)
}

fn fetches(server: &Server) -> usize {
    server.lines().iter().filter(|line| *line == TOKEN_PATH).count()
}

#[tokio::test]
async fn no_error_prints_a_value_of_the_body() {
    for body in [
        r#"{"access_token":"hush","expires":"soon"}"#,
        r#"{"id":{"token":"hush"}}"#,
        r#"["hush"]"#,
        r#""hush""#,
        "hush",
    ] {
        let server = Server::script([Reply::json(200, body)]).await;
        let error = get(&plain(&server)).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
        let text = format!("{error} {error:?}");
        assert!(!text.contains("hush"), "{text}");
    }
}

#[tokio::test]
async fn credentials_are_not_printed() {
    let credentials = OAuth2::client_credentials("id", "hush").parameter("assertion", "hush");
    let text = format!("{credentials:?} {credentials:#?}");
    assert!(text.contains("id") && !text.contains("hush"), "{text}");
}

#[tokio::test]
async fn a_token_that_is_valid_is_used_while_its_renewal_hangs() {
    let server = Server::start(|request, index| match (request.line(), index) {
        (TOKEN_PATH, 0) => Reply::json(200, r#"{"access_token":"t1","expires_in":10}"#),
        (TOKEN_PATH, _) => Reply::new(200).after(Duration::from_secs(3600)),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let world = World::new();
    let client = with_tokens(&server, &world)
        .timeout(Duration::from_secs(4))
        .build()
        .unwrap();
    get(&client).await.unwrap();
    world.pass(Duration::from_millis(9150));
    for _ in 0..3 {
        get(&client).await.unwrap();
    }
    assert_eq!(server.lines().iter().filter(|line| line.starts_with("GET")).count(), 4);
}

#[tokio::test]
async fn sets_of_scopes_do_not_wait_for_each_other() {
    let server = Server::start(|request, _| match (request.line(), request.text().contains("delete")) {
        (TOKEN_PATH, true) => Reply::new(200).after(Duration::from_secs(3600)),
        (TOKEN_PATH, false) => Reply::json(200, r#"{"access_token":"t1"}"#),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let client = with_tokens(&server, &World::new()).build().unwrap();
    let hanging = client.clone();
    let task = tokio::spawn(async move { hanging.activities().delete_activity("a1").send().await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(fetches(&server), 1);
    tokio::time::timeout(Duration::from_secs(5), get(&client))
        .await
        .unwrap()
        .unwrap();
    task.abort();
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_not_kept() {
    let server = Server::start(|request, index| match (request.line(), index) {
        (TOKEN_PATH, 0) => Reply::json(200, r#"{"access_token":"a\r\nb","expires_in":3600}"#),
        (TOKEN_PATH, _) => Reply::json(200, r#"{"access_token":"t2","expires_in":3600}"#),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let client = with_tokens(&server, &World::new()).build().unwrap();
    let error = get(&client).await.unwrap_err();
    let Error::Auth(auth) = &error else { panic!("{error}") };
    assert_eq!(*auth.kind(), AuthErrorKind::InvalidResponse);
    get(&client).await.unwrap();
    assert_eq!(
        server.received().last().unwrap().header("authorization"),
        Some("Bearer t2")
    );
}

#[tokio::test]
async fn an_expired_token_serves_those_that_wait_for_it_and_is_not_kept() {
    for expiry in ["0", "-100", "\"0\""] {
        let server = Server::start(move |request, _| match request.line() {
            TOKEN_PATH => Reply::json(200, format!(r#"{{"access_token":"t","expires_in":{expiry}}}"#))
                .after(Duration::from_millis(50)),
            _ => Reply::json(200, ACTIVITY),
        })
        .await;
        let client = with_tokens(&server, &World::new()).build().unwrap();
        let calls: Vec<_> = (0..20)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { get(&client).await.unwrap() })
            })
            .collect();
        for call in calls {
            call.await.unwrap();
        }
        assert_eq!(fetches(&server), 1, "{expiry}");
        get(&client).await.unwrap();
        assert_eq!(fetches(&server), 2, "{expiry}");
    }
}

#[tokio::test]
async fn a_huge_lifetime_does_not_overflow() {
    for expiry in ["1e300", "18446744073709551615", "1e999"] {
        let server = Server::start(move |request, _| match request.line() {
            TOKEN_PATH => Reply::json(200, format!(r#"{{"access_token":"t","expires_in":"{expiry}"}}"#)),
            _ => Reply::json(200, ACTIVITY),
        })
        .await;
        let world = World::new();
        let client = with_tokens(&server, &world).build().unwrap();
        get(&client).await.unwrap();
        world.pass(Duration::from_secs(1_000_000));
        get(&client).await.unwrap();
        assert_eq!(fetches(&server), 1, "{expiry}");
    }
}

#[tokio::test]
async fn a_post_is_never_turned_into_a_get() {
    for status in [301, 302, 303] {
        let redirect = Reply::new(status).header("location", "/moved?code=hush");
        let server = Server::script([redirect, Reply::json(200, "{}")]).await;
        let client = plain(&server);
        let error = client.request(POST, "/item").send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        let text = error.to_string();
        assert!(
            text.contains(" to /moved (attempt 1 of 1)") && !text.contains("hush"),
            "{text}"
        );
        assert_eq!(server.lines(), ["POST /item"]);
    }
}

#[tokio::test]
async fn a_redirect_that_keeps_the_method_is_followed_with_the_body() {
    for status in [307, 308] {
        let redirect = Reply::new(status).header("location", "/moved");
        let server = Server::script([redirect, Reply::json(200, "{}")]).await;
        let call = plain(&server).request(POST, "/item").body("text/plain", "again");
        call.send().await.unwrap();
        assert_eq!(server.lines(), ["POST /item", "POST /moved"]);
        assert_eq!(server.received()[1].text(), "again");
    }
    let endless = Server::start(|_, _| Reply::new(302).header("location", "/more")).await;
    let error = plain(&endless).request(Method::GET, "/more").send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 302);
    assert_eq!(endless.lines().len(), 11);
}

#[tokio::test]
async fn bodies_are_capped_while_they_are_read() {
    let big = "x".repeat(300_000);
    let server = Server::start(move |request, _| match request.target() {
        "/error" => Reply::new(400).body(big.clone()),
        _ => Reply::new(200).body(big.clone()),
    })
    .await;
    let client = builder(&server, &World::new())
        .retries(RetryPolicy::none())
        .max_response_size(200_000)
        .build()
        .unwrap();
    let error = client.request(Method::GET, "/error").send().await.unwrap_err();
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
    let error = client.request(Method::GET, "/success").send().await.unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error}")
    };
    assert_eq!(*transport.kind(), TransportErrorKind::TooLarge);
    assert!(!error.is_retryable());
    assert!(error.to_string().contains("`max_response_size`"), "{error}");
    let larger = builder(&server, &World::new())
        .max_response_size(300_000)
        .build()
        .unwrap();
    let response = larger.request(Method::GET, "/success").send().await.unwrap();
    assert_eq!(response.body().len(), 300_000);
}
