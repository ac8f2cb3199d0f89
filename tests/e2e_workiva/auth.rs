//! Tokens: fetched once, cached while valid, replaced when rejected, and never requested without need.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use workiva_activities::runtime::{AuthErrorKind, BoxError, OAuth2, Token};
use workiva_activities::{Client, ClientBuilder, Error, RetryPolicy};

use crate::calls::{Operation, activity, one};
use crate::mock::{Received, Reply, Server, World};

const TOKENS: &str = "POST /iam/v1/oauth2/token";

fn builder(server: &Server, world: &World) -> ClientBuilder {
    let builder = Client::builder().base_url(&server.url).environment(world.clone());
    builder.client_credentials("id", "s3cret")
}

/// Starts a server that issues the tokens `t0`, `t1`, … for an hour, and accepts those that `takes` selects.
async fn server(expires: &'static str, takes: fn(&str) -> bool) -> Server {
    let fetched = AtomicUsize::new(0);
    Server::start(move |request, _| {
        if request.line() == TOKENS {
            let token = fetched.fetch_add(1, Ordering::SeqCst);
            return Reply::json(
                200,
                format!(r#"{{"access_token":"t{token}","token_type":"Bearer"{expires}}}"#),
            );
        }
        let token = request
            .header("authorization")
            .and_then(|value| value.strip_prefix("Bearer "));
        match token.is_some_and(takes) {
            true => Reply::json(200, activity("a1").to_string()),
            false => Reply::json(
                401,
                r#"{"code":"401Unauthorized","message":"The access token has expired"}"#,
            ),
        }
    })
    .await
}

const HOUR: &str = r#","expires_in":3600"#;

fn fetches(server: &Server) -> usize {
    server.lines().iter().filter(|line| *line == TOKENS).count()
}

fn authorizations(server: &Server) -> Vec<String> {
    let authorization = |request: &Received| request.header("authorization").map(str::to_owned);
    server.received().iter().filter_map(authorization).collect()
}

#[tokio::test]
async fn a_401_is_replayed_once_with_a_fresh_token() {
    for operation in Operation::ALL {
        let world = World::new();
        let server = Server::start(move |request, index| match request.header("authorization") {
            None => Reply::json(200, format!(r#"{{"access_token":"t{index}","token_type":"bearer"}}"#)),
            Some("Bearer t0") => Reply::json(401, r#"{"message":"The access token has expired"}"#),
            Some(_) => Reply::json(200, operation.example().to_string()),
        })
        .await;
        let client = builder(&server, &world).retries(RetryPolicy::none()).build().unwrap();
        assert_eq!(operation.send(&client).await.unwrap(), *operation.example());
        let call = format!("GET {}", operation.path());
        assert_eq!(server.lines(), [TOKENS, &call, TOKENS, &call]);
        assert_eq!(authorizations(&server), ["Bearer t0", "Bearer t2"]);
        assert!(world.slept().is_empty());
    }
}

#[tokio::test]
async fn a_second_401_is_returned() {
    let server = server(HOUR, |_| false).await;
    let client = builder(&server, &World::new()).build().unwrap();
    // If replays had no limit, this test would not end.
    let outcome = tokio::time::timeout(Duration::from_secs(30), one(&client)).await;
    let error = outcome.expect("an end").unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 401 Unauthorized (attempt 1 of 3): The access token has expired"
    );
    assert_eq!((server.received().len(), fetches(&server)), (4, 2));
}

#[tokio::test]
async fn a_rejected_static_token_is_not_retried() {
    let server = server(HOUR, |_| false).await;
    let client = builder(&server, &World::new()).bearer_token("mine").build().unwrap();
    assert_eq!(one(&client).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(authorizations(&server), ["Bearer mine"]);
}

#[tokio::test]
async fn concurrent_callers_share_one_token() {
    let fetched = Arc::new(AtomicUsize::new(0));
    let count = fetched.clone();
    let server = Server::start(move |request, _| match request.line() {
        TOKENS => {
            count.fetch_add(1, Ordering::SeqCst);
            Reply::json(200, r#"{"access_token":"t0"}"#).after(Duration::from_millis(50))
        }
        _ => Reply::json(200, activity("a1").to_string()),
    })
    .await;
    let client = builder(&server, &World::new()).build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { one(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((fetched.load(Ordering::SeqCst), server.received().len()), (1, 21));
}

#[tokio::test]
async fn a_token_is_renewed_a_minute_before_it_expires() {
    let (server, world) = (server(HOUR, |_| true).await, World::new());
    let client = builder(&server, &world).build().unwrap();
    one(&client).await.unwrap();
    world.pass(Duration::from_secs(3539));
    one(&client).await.unwrap();
    assert_eq!(fetches(&server), 1);
    world.pass(Duration::from_secs(1));
    one(&client).await.unwrap();
    one(&client).await.unwrap();
    assert_eq!(fetches(&server), 2);
    assert_eq!(authorizations(&server).last().unwrap(), "Bearer t1");
}

#[tokio::test]
async fn a_short_token_is_renewed_after_nine_tenths_of_its_lifetime() {
    let (server, world) = (server(r#","expires_in":100"#, |_| true).await, World::new());
    let client = builder(&server, &world).build().unwrap();
    for (seconds, fetched) in [(0, 1), (89, 1), (1, 2), (200, 3)] {
        world.pass(Duration::from_secs(seconds));
        one(&client).await.unwrap();
        assert_eq!(fetches(&server), fetched, "{seconds}");
    }
}

#[tokio::test]
async fn a_token_without_lifetime_is_kept() {
    let (server, world) = (server("", |_| true).await, World::new());
    let client = builder(&server, &world).build().unwrap();
    for _ in 0..3 {
        one(&client).await.unwrap();
        world.pass(Duration::from_secs(1_000_000_000));
    }
    assert_eq!(fetches(&server), 1);
}

#[tokio::test]
async fn a_rejected_token_request_has_its_own_error() {
    for operation in Operation::ALL {
        let refusal = r#"{"error":"invalid_client","error_description":"This grant was revoked"}"#;
        let (server, world) = (Server::script([Reply::json(401, refusal)]).await, World::new());
        let error = operation
            .send(&builder(&server, &world).build().unwrap())
            .await
            .unwrap_err();
        let Error::Auth(auth) = &error else {
            panic!("{error:?}");
        };
        let code = Some("invalid_client".to_owned());
        let description = Some("This grant was revoked".to_owned());
        assert_eq!(*auth.kind(), AuthErrorKind::Rejected { code, description });
        assert_eq!(
            error.to_string(),
            format!(
                "GET {}: the token endpoint rejected the request (attempt 1 of 3): 401 Unauthorized: invalid_client: \
                 This grant was revoked",
                operation.template()
            )
        );
        assert!(!error.is_retryable() && error.kind().is_none() && error.status().is_none());
        assert_eq!((server.lines(), world.slept()), (vec![TOKENS.to_owned()], vec![]));
    }
}

#[tokio::test]
async fn a_failing_token_endpoint_is_retried() {
    let world = World::new();
    let server = Server::script([
        Reply::new(503),
        Reply::json(200, r#"{"access_token":"t"}"#),
        Reply::json(200, activity("a1").to_string()),
    ])
    .await;
    one(&builder(&server, &world).build().unwrap()).await.unwrap();
    assert_eq!((server.received().len(), world.slept()), (3, vec![500]));
    let server = Server::script([Reply::new(503).body("down")]).await;
    let client = builder(&server, &world).retries(RetryPolicy::none()).build().unwrap();
    let error = one(&client).await.unwrap_err();
    assert!(
        matches!(&error, Error::Auth(auth) if *auth.kind() == AuthErrorKind::Unavailable),
        "{error:?}"
    );
    assert_eq!(server.lines(), [TOKENS]);
}

#[tokio::test]
async fn responses_without_a_token_are_an_error() {
    for body in [
        "",
        "<html>",
        "{}",
        r#"{"access_token":""}"#,
        r#"{"access_token":"t","token_type":"mac"}"#,
    ] {
        let server = Server::script([Reply::json(200, body)]).await;
        let error = one(&builder(&server, &World::new()).build().unwrap())
            .await
            .unwrap_err();
        assert!(
            matches!(&error, Error::Auth(auth) if *auth.kind() == AuthErrorKind::InvalidResponse),
            "{body}"
        );
        assert_eq!(server.lines(), [TOKENS], "{body}");
    }
}

#[tokio::test]
async fn environment_variables_are_the_fallback() {
    let server = server(HOUR, |_| true).await;
    let call = async |world: World, builder: fn(ClientBuilder) -> ClientBuilder| {
        let client = Client::builder().base_url(&server.url).environment(world);
        one(&builder(client).build().unwrap()).await.unwrap();
    };
    let pair = || {
        let world = World::new().with_variable("WORKIVA_CLIENT_ID", "env-id");
        world.with_variable("WORKIVA_CLIENT_SECRET", "env-secret")
    };
    call(pair(), |builder| builder).await;
    call(World::new().with_variable("WORKIVA_TOKEN", "env-token"), |builder| {
        builder
    })
    .await;
    call(pair(), |builder| builder.bearer_token("mine")).await;
    call(pair(), |builder| builder.client_credentials("my-id", "my-secret")).await;
    let forms: Vec<String> = server
        .received()
        .iter()
        .filter(|r| r.line() == TOKENS)
        .map(|r| r.text().to_owned())
        .collect();
    let form = |id, secret| {
        format!("grant_type=client_credentials&client_id={id}&client_secret={secret}&scope=activity%3Aread")
    };
    assert_eq!(forms, [form("env-id", "env-secret"), form("my-id", "my-secret")]);
    assert_eq!(
        authorizations(&server),
        ["Bearer t0", "Bearer env-token", "Bearer mine", "Bearer t1"]
    );
}

#[tokio::test]
async fn missing_credentials_are_an_error_with_instructions() {
    let server = server(HOUR, |_| true).await;
    let half = World::new().with_variable("WORKIVA_CLIENT_ID", "env-id");
    for world in [World::new(), half] {
        let client = Client::builder()
            .base_url(&server.url)
            .environment(world)
            .build()
            .unwrap();
        for operation in Operation::ALL {
            let error = operation.send(&client).await.unwrap_err();
            assert!(matches!(error, Error::Build(_)));
            let line = error.to_string();
            let start = format!(
                "GET {}: missing credentials: call `client_credentials(id, secret)`",
                operation.template()
            );
            assert!(line.starts_with(&start), "{line}");
            assert!(line.contains("WORKIVA_CLIENT_ID and WORKIVA_CLIENT_SECRET"), "{line}");
        }
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn a_callback_is_called_when_tokens_expire_or_are_rejected() {
    let (server, world) = (server(HOUR, |token| token != "c1").await, World::new());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let provider = move |scopes: Vec<&'static str>| {
        let token = format!("c{}", count.fetch_add(1, Ordering::SeqCst));
        async move {
            assert_eq!(scopes, ["activity:read"]);
            Ok::<_, BoxError>(Token::new(token).expires_in(Duration::from_secs(3600)))
        }
    };
    let client = Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .token_provider(provider);
    let client = client.build().unwrap();
    one(&client).await.unwrap();
    one(&client).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    world.pass(Duration::from_secs(3600));
    one(&client).await.unwrap();
    assert_eq!(
        authorizations(&server),
        ["Bearer c0", "Bearer c0", "Bearer c1", "Bearer c2"]
    );
}

#[tokio::test]
async fn a_failing_callback_has_its_own_error() {
    let server = server(HOUR, |_| true).await;
    let provider = |_| async { Err::<Token, BoxError>("the vault is sealed".into()) };
    let client = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .token_provider(provider);
    let error = one(&client.build().unwrap()).await.unwrap_err();
    assert!(matches!(&error, Error::Auth(auth) if *auth.kind() == AuthErrorKind::Provider));
    assert!(error.to_string().ends_with(": the vault is sealed"), "{error}");
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn the_token_request_can_be_customized() {
    let server = server(HOUR, |_| true).await;
    let credentials = OAuth2::client_credentials("id", "s:cret")
        .scopes(["activity:read", "file:read"])
        .token_url("/other/token")
        .parameter("audience", "https://api")
        .in_header();
    let client = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .oauth(credentials);
    // This endpoint rejects the request; only the request is tested.
    one(&client.build().unwrap()).await.unwrap_err();
    let request = &server.received()[0];
    assert_eq!(request.line(), "POST /other/token");
    assert_eq!(request.header("authorization"), Some("Basic aWQ6cyUzQWNyZXQ="));
    let form = "grant_type=client_credentials&scope=activity%3Aread%20file%3Aread&audience=https%3A%2F%2Fapi";
    assert_eq!(request.text(), form);
}

#[tokio::test]
async fn clones_share_their_token_and_clients_do_not() {
    let (server, world) = (server(HOUR, |_| true).await, World::new());
    let client = builder(&server, &world).build().unwrap();
    one(&client).await.unwrap();
    one(&client.clone()).await.unwrap();
    assert_eq!(fetches(&server), 1);
    one(&builder(&server, &world).build().unwrap()).await.unwrap();
    assert_eq!(fetches(&server), 2);
}
