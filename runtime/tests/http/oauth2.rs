//! OAuth 2.0: when a token is fetched, cached, renewed and dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdkwright_runtime::runtime::{AuthErrorKind, Error, OAuth2, RetryPolicy, Token};
use sdkwright_runtime::{Client, ClientBuilder};

use crate::support::{ACTIVITY, Received, Reply, Server, World};

const TOKEN_PATH: &str = "POST /iam/v1/oauth2/token";

/// A server that numbers the tokens that it issues. `respond` handles all other requests.
async fn server(expiry: &'static str, respond: impl Fn(&Received, usize) -> Reply + Send + Sync + 'static) -> Server {
    let tokens = AtomicUsize::new(0);
    Server::start(move |request, index| {
        if request.line() != TOKEN_PATH {
            return respond(request, index);
        }
        let number = tokens.fetch_add(1, Ordering::SeqCst) + 1;
        Reply::json(
            200,
            format!(r#"{{"access_token":"t{number}","token_type":"bearer"{expiry}}}"#),
        )
    })
    .await
}

fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .client_credentials("my id", "s&cret")
}

async fn get(client: &Client) -> Result<(), Error<sdkwright_runtime::errors::ActivitiesError>> {
    client.activities().get_activity_by_id("a1").send().await.map(drop)
}

fn fetches(server: &Server) -> usize {
    server.lines().iter().filter(|line| *line == TOKEN_PATH).count()
}

#[tokio::test]
async fn the_token_request_is_a_form_with_the_scopes_of_the_operation() {
    let server = server(r#","expires_in":3600"#, |_, _| Reply::json(200, ACTIVITY)).await;
    get(&builder(&server, &World::new()).build().unwrap()).await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert_eq!(
        received[0].header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(received[0].header("accept"), Some("application/json"));
    assert_eq!(
        received[0].text(),
        "grant_type=client_credentials&client_id=my%20id&client_secret=s%26cret&scope=activity%3Aread"
    );
    assert_eq!(received[1].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn twenty_callers_make_one_token_request() {
    let server = server(r#","expires_in":3600"#, |_, _| Reply::json(200, ACTIVITY)).await;
    let client = builder(&server, &World::new()).build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((server.received().len(), fetches(&server)), (21, 1));
}

#[tokio::test]
async fn twenty_callers_share_one_rejection() {
    let server =
        Server::script([Reply::json(401, r#"{"error":"invalid_client"}"#).after(Duration::from_millis(50))]).await;
    let client = builder(&server, &World::new()).build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    for call in calls {
        assert!(matches!(call.await.unwrap(), Err(Error::Auth(_))));
    }
    assert_eq!(fetches(&server), 1);
    get(&client).await.unwrap_err();
    assert_eq!(fetches(&server), 2, "a later call asks again");
}

#[tokio::test]
async fn tokens_are_renewed_before_they_expire() {
    for (expiry, last_good) in [
        (r#","expires_in":100"#, 89),
        (r#","expires_in":3600"#, 3539),
        (r#","expires_in":"50""#, 44),
    ] {
        let server = server(expiry, |_, _| Reply::json(200, ACTIVITY)).await;
        let world = World::new();
        let client = builder(&server, &world).build().unwrap();
        get(&client).await.unwrap();
        world.pass(Duration::from_secs(last_good));
        get(&client).await.unwrap();
        assert_eq!(fetches(&server), 1, "{expiry}");
        world.pass(Duration::from_secs(1));
        get(&client).await.unwrap();
        assert_eq!(last_token(&server), "Bearer t1", "the renewal runs in the background");
        settled(&server, 2).await;
        get(&client).await.unwrap();
        assert_eq!(
            (last_token(&server).as_str(), fetches(&server)),
            ("Bearer t2", 2),
            "{expiry}"
        );
    }
}

/// Returns the credential of the latest call.
fn last_token(server: &Server) -> String {
    let received = server.received();
    let latest = received
        .iter()
        .rev()
        .find_map(|request| request.header("authorization"));
    latest.unwrap_or_default().to_owned()
}

/// Waits until the server has responded to a number of token requests.
async fn settled(server: &Server, count: usize) {
    for _ in 0..200 {
        if fetches(server) >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert_eq!(fetches(server), count);
}

#[tokio::test]
async fn a_token_without_lifetime_is_kept() {
    for expiry in ["", r#","expires_in":null"#, r#","expires_in":"never""#] {
        let server = server(expiry, |_, _| Reply::json(200, ACTIVITY)).await;
        let world = World::new();
        let client = builder(&server, &world).build().unwrap();
        get(&client).await.unwrap();
        world.pass(Duration::from_secs(10_000_000_000));
        get(&client).await.unwrap();
        assert_eq!(fetches(&server), 1, "{expiry}");
    }
}

#[tokio::test]
async fn a_valid_token_is_used_while_the_endpoint_is_down() {
    let server = Server::start(|request, index| match (request.line(), index) {
        (TOKEN_PATH, 0) => Reply::json(200, r#"{"access_token":"t1","expires_in":100}"#),
        (TOKEN_PATH, _) => Reply::new(500),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let world = World::new();
    let client = builder(&server, &world).retries(RetryPolicy::none()).build().unwrap();
    get(&client).await.unwrap();
    world.pass(Duration::from_secs(95));
    get(&client).await.unwrap();
    assert_eq!(last_token(&server), "Bearer t1");
    settled(&server, 2).await;
    get(&client).await.unwrap();
    assert_eq!(fetches(&server), 2, "a failed renewal is not repeated at once");
    world.pass(Duration::from_secs(5));
    let error = get(&client).await.unwrap_err();
    let Error::Auth(auth) = &error else { panic!("{error}") };
    assert_eq!(*auth.kind(), AuthErrorKind::Unavailable);
    assert!(error.is_retryable());
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: the token endpoint is unavailable (attempt 1 of 1): 500 Internal Server Error"
    );
}

#[tokio::test]
async fn a_401_is_replayed_once_with_a_fresh_token() {
    let server = server("", |request, _| match request.header("authorization") {
        Some("Bearer t1") => Reply::new(401),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let world = World::new();
    get(&builder(&server, &world).build().unwrap()).await.unwrap();
    let shown: Vec<_> = server
        .received()
        .iter()
        .filter_map(|it| it.header("authorization").map(str::to_owned))
        .collect();
    assert_eq!(shown, ["Bearer t1", "Bearer t2"]);
    assert_eq!(world.slept(), [0_u128; 0]);
}

#[tokio::test]
async fn a_second_401_is_returned() {
    let server = server("", |_, _| Reply::json(401, r#"{"message":"Go away"}"#)).await;
    let error = get(&builder(&server, &World::new()).build().unwrap())
        .await
        .unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!((server.received().len(), fetches(&server)), (4, 2));
}

#[tokio::test]
async fn concurrent_401_responses_cause_one_token_request() {
    let server = server("", |request, _| match request.header("authorization") {
        Some("Bearer t1") => Reply::new(401).after(Duration::from_millis(30)),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let client = builder(&server, &World::new()).build().unwrap();
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fetches(&server), 2);
}

#[tokio::test]
async fn a_rejection_has_the_message_of_the_server() {
    let body = r#"{"error":"invalid_client","error_description":"Unknown client"}"#;
    let server = Server::script([Reply::json(400, body)]).await;
    let error = get(&builder(&server, &World::new()).build().unwrap())
        .await
        .unwrap_err();
    let Error::Auth(auth) = &error else { panic!("{error}") };
    let (code, description) = (Some("invalid_client".to_owned()), Some("Unknown client".to_owned()));
    assert_eq!(*auth.kind(), AuthErrorKind::Rejected { code, description });
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: the token endpoint rejected the request (attempt 1 of 3): 400 Bad Request: invalid_client: \
         Unknown client"
    );
    assert_eq!(server.received().len(), 1, "a refusal is not retried");
}

#[tokio::test]
async fn responses_without_a_token_are_an_error() {
    for body in [
        "{}",
        r#"{"access_token":""}"#,
        "<html>",
        r#"{"access_token":"x","token_type":"mac"}"#,
    ] {
        let server = Server::script([Reply::json(200, body)]).await;
        let error = get(&builder(&server, &World::new()).build().unwrap())
            .await
            .unwrap_err();
        assert!(
            matches!(&error, Error::Auth(auth) if *auth.kind() == AuthErrorKind::InvalidResponse),
            "{body}: {error}"
        );
    }
}

#[tokio::test]
async fn the_token_request_is_retried_like_any_other() {
    let server = Server::start(|request, index| match (request.line(), index) {
        (TOKEN_PATH, 0) => Reply::new(503),
        (TOKEN_PATH, _) => Reply::json(200, r#"{"access_token":"t","token_type":"Bearer"}"#),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let world = World::new();
    get(&builder(&server, &world).build().unwrap()).await.unwrap();
    assert_eq!((fetches(&server), world.slept()), (2, vec![500]));
}

#[tokio::test]
async fn a_token_is_reused_for_a_subset_of_its_scopes() {
    let server = server("", |_, _| Reply::json(200, ACTIVITY)).await;
    let client = builder(&server, &World::new()).build().unwrap();
    get(&client).await.unwrap();
    client.activities().delete_activity("a1").send().await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(fetches(&server), 2);
    // This operation requires no scopes, so any token is valid.
    client.request(http::Method::GET, "/x").send().await.unwrap();
    assert_eq!(fetches(&server), 2);
}

#[tokio::test]
async fn custom_scopes_header_and_parameters() {
    let server = server("", |_, _| Reply::json(200, ACTIVITY)).await;
    let credentials = OAuth2::client_credentials("my id", "s&cret")
        .scopes(["a", "b"])
        .parameter("audience", "x y")
        .in_header();
    let client = builder(&server, &World::new()).oauth(credentials).build().unwrap();
    get(&client).await.unwrap();
    client.activities().delete_activity("a1").send().await.unwrap();
    assert_eq!(fetches(&server), 1, "one token serves all");
    let request = &server.received()[0];
    assert_eq!(
        request.text(),
        "grant_type=client_credentials&scope=a%20b&audience=x%20y"
    );
    assert_eq!(request.header("authorization"), Some("Basic bXklMjBpZDpzJTI2Y3JldA=="));
}

#[tokio::test]
async fn a_token_url_is_relative_to_the_server_and_requires_https() {
    let server = Server::start(|request, _| match request.line().ends_with("/oauth") {
        true => Reply::json(200, r#"{"access_token":"t"}"#),
        false => Reply::json(200, ACTIVITY),
    })
    .await;
    for (token_url, line) in [("/oauth", "POST /oauth"), ("oauth", "POST /v1/oauth")] {
        let credentials = OAuth2::client_credentials("id", "secret").token_url(token_url);
        let builder = builder(&server, &World::new()).base_url(format!("{}/v1/", server.url));
        get(&builder.oauth(credentials).build().unwrap()).await.unwrap();
        assert!(server.lines().contains(&line.to_owned()), "{:?}", server.lines());
    }
    let credentials = OAuth2::client_credentials("id", "secret").token_url("http://idp.example/oauth");
    let error = get(&builder(&server, &World::new()).oauth(credentials).build().unwrap())
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(text.contains("`http://idp.example` uses http"), "{text}");
}

#[tokio::test]
async fn a_provider_is_called_once_and_its_error_is_returned() {
    let server = server("", |request, _| match request.header("authorization") {
        Some("Bearer p1") => Reply::new(401),
        _ => Reply::json(200, ACTIVITY),
    })
    .await;
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let builder = || Client::builder().base_url(&server.url).environment(World::new());
    let client = builder()
        .token_provider(move |scopes| {
            assert_eq!(scopes, ["activity:read"]);
            let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
            async move { Ok(Token::new(format!("p{number}")).expires_in(Duration::from_secs(60))) }
        })
        .build()
        .unwrap();
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2, "the second one after the 401");
    let failing = builder()
        .token_provider(|_| async { Err("vault is sealed".into()) })
        .build()
        .unwrap();
    let error = get(&failing).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: the token provider failed (attempt 1 of 3): vault is sealed"
    );
}
