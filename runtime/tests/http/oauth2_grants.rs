//! OAuth 2.0 grants other than client credentials: password, refresh token, authorization code with PKCE, device code, and
//! discovery of the endpoints.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sdkwright_runtime::runtime::__private::{
    ApiInfo, Core, GrantType, OAuth2Flow, Operation, Request, RequiredScheme, SchemeKind, SecurityScheme, Settings,
};
use sdkwright_runtime::runtime::login::{AuthorizationCode, DeviceAuthorization};
use sdkwright_runtime::runtime::{AuthErrorKind, Credential, Error, OAuth2, Unexpected};
use sha2::{Digest, Sha256};
use url::Url;

use crate::support::{Received, Reply, Server, World};

pub static API: ApiInfo = ApiInfo {
    user_agent: "x",
    server: "https://api.acme.example",
    schemes: &[
        SecurityScheme {
            name: "login",
            kind: SchemeKind::OAuth2 {
                flows: &[
                    OAuth2Flow {
                        grant: GrantType::AuthorizationCode,
                        token_url: "code/token",
                        authorization_url: "code/authorize",
                        ..OAuth2Flow::DEFAULT
                    },
                    OAuth2Flow {
                        grant: GrantType::Password,
                        token_url: "auth/token",
                        refresh_url: "auth/refresh",
                        ..OAuth2Flow::DEFAULT
                    },
                    OAuth2Flow {
                        grant: GrantType::DeviceCode,
                        token_url: "device/token",
                        authorization_url: "device/authorize",
                        ..OAuth2Flow::DEFAULT
                    },
                ],
                metadata_url: "",
            },
            setter: "password(user, password)",
            variables: &[],
        },
        SecurityScheme {
            name: "oidc",
            kind: SchemeKind::OAuth2 {
                flows: &[],
                metadata_url: "/.well-known/openid-configuration",
            },
            setter: "oauth(credentials)",
            variables: &[],
        },
    ],
    security: &[],
    retries: None,
};

pub static LOGIN: Operation = operation("login");
static OIDC: Operation = operation("oidc");

const fn operation(scheme: &'static str) -> Operation {
    Operation {
        id: "me",
        path: "/me",
        security: match scheme.as_bytes() {
            b"oidc" => &[&[RequiredScheme {
                scheme: "oidc",
                scopes: &[],
            }]],
            _ => &[&[RequiredScheme {
                scheme: "login",
                scopes: &[],
            }]],
        },
        ..Operation::DEFAULT
    }
}

pub fn core(server: &Server, world: &World, scheme: &'static str, credential: Option<Credential>) -> Core {
    let mut settings = Settings::default();
    settings.base_url(format!("{}/v1/", server.url));
    settings.environment(world.clone());
    if let Some(credential) = credential {
        settings.credential(scheme, credential);
    }
    settings.build(&API).unwrap()
}

pub async fn call(core: &Core, operation: &'static Operation) -> Result<(), Error<Unexpected>> {
    Request::new(core, operation).read(|_| Ok(())).await
}

/// Responds to each token request with tokens of its number, and to everything else with 200.
async fn issuer() -> Server {
    Server::start(|request, index| match request.line().starts_with("POST") {
        true => Reply::json(
            200,
            format!(r#"{{"access_token":"t{index}","refresh_token":"r{index}","expires_in":100}}"#),
        ),
        false => Reply::new(200),
    })
    .await
}

fn posts(server: &Server) -> Vec<String> {
    let received = server.received();
    let posts = received.iter().filter(|request| request.line().starts_with("POST"));
    posts
        .map(|request| format!("{} {}", request.line(), request.text()))
        .collect()
}

#[tokio::test]
async fn a_password_fetches_a_token_and_the_refresh_token_renews_it() {
    let (server, world) = (issuer().await, World::new());
    let core = core(&server, &world, "login", Some(Credential::password("ann", "p w")));
    call(&core, &LOGIN).await.unwrap();
    world.pass(Duration::from_secs(200));
    call(&core, &LOGIN).await.unwrap();
    assert_eq!(
        posts(&server),
        [
            "POST /v1/auth/token grant_type=password&username=ann&password=p%20w",
            "POST /v1/auth/refresh grant_type=refresh_token&refresh_token=r0",
        ]
    );
    assert_eq!(
        server.received().last().unwrap().header("authorization"),
        Some("Bearer t2")
    );
}

#[tokio::test]
async fn a_rejected_refresh_token_falls_back_to_the_password() {
    let server = Server::start(|request, _| match request.line() {
        "POST /v1/auth/refresh" => Reply::json(400, r#"{"error":"invalid_grant"}"#),
        "POST /v1/auth/token" => Reply::json(200, r#"{"access_token":"t","refresh_token":"r","expires_in":100}"#),
        _ => Reply::new(200),
    })
    .await;
    let world = World::new();
    let core = core(&server, &world, "login", Some(Credential::password("ann", "pw")));
    call(&core, &LOGIN).await.unwrap();
    world.pass(Duration::from_secs(200));
    call(&core, &LOGIN).await.unwrap();
    assert_eq!(posts(&server).len(), 3);
}

#[tokio::test]
async fn a_refresh_token_is_rotated_and_reported() {
    let (server, world) = (issuer().await, World::new());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let credentials = OAuth2::refresh_token("r").client_id("app").on_refresh(move |tokens| {
        log.lock()
            .unwrap()
            .push(tokens.refresh_token().unwrap().expose().to_owned());
    });
    let core = core(&server, &world, "login", Some(credentials.into()));
    call(&core, &LOGIN).await.unwrap();
    world.pass(Duration::from_secs(200));
    call(&core, &LOGIN).await.unwrap();
    let posts = posts(&server);
    assert_eq!(
        posts[0],
        "POST /v1/auth/refresh grant_type=refresh_token&client_id=app&refresh_token=r"
    );
    assert_eq!(
        posts[1],
        "POST /v1/auth/refresh grant_type=refresh_token&client_id=app&refresh_token=r0"
    );
    assert_eq!(*seen.lock().unwrap(), ["r0", "r2"]);
}

#[tokio::test]
async fn the_token_endpoint_is_discovered_once() {
    let server = Server::start(|request, _| {
        let host = request.header("host").unwrap_or_default();
        match request.line() {
            "GET /.well-known/openid-configuration" => {
                Reply::json(200, format!(r#"{{"token_endpoint":"http://{host}/idp/token"}}"#))
            }
            "POST /idp/token" => Reply::json(200, r#"{"access_token":"t","expires_in":1}"#),
            _ => Reply::new(200),
        }
    })
    .await;
    let world = World::new();
    let core = core(
        &server,
        &world,
        "oidc",
        Some(Credential::client_credentials("id", "secret")),
    );
    call(&core, &OIDC).await.unwrap();
    world.pass(Duration::from_secs(5));
    call(&core, &OIDC).await.unwrap();
    let lines = server.lines();
    assert_eq!(
        lines.iter().filter(|line| line.contains("well-known")).count(),
        1,
        "{lines:?}"
    );
    assert_eq!(
        lines.iter().filter(|line| *line == "POST /idp/token").count(),
        2,
        "{lines:?}"
    );
}

#[tokio::test]
async fn an_authorization_code_is_exchanged_with_its_verifier() {
    let (server, world) = (issuer().await, World::new());
    let client = core(&server, &world, "login", None);
    let login = || AuthorizationCode::new(&client, "app", "http://127.0.0.1:1/callback").scopes(["read", "write"]);
    let pending = login().start().await.unwrap();
    let url = Url::parse(pending.url()).unwrap();
    let pair = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .unwrap()
    };
    assert_eq!(url.path(), "/v1/code/authorize");
    assert_eq!(
        (
            pair("response_type"),
            pair("client_id"),
            pair("scope"),
            pair("code_challenge_method")
        ),
        (
            "code".to_owned(),
            "app".to_owned(),
            "read write".to_owned(),
            "S256".to_owned()
        )
    );
    let tokens = pending.exchange("c0de", &pair("state")).await.unwrap();
    assert!(!format!("{tokens:?}").contains("t0"));
    let form = server.received().last().unwrap().text().to_owned();
    let verifier = form.rsplit_once("code_verifier=").unwrap().1;
    assert_eq!(pair("code_challenge"), URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
    assert!(
        form.starts_with("grant_type=authorization_code&client_id=app&code=c0de&redirect_uri="),
        "{form}"
    );
    let error = login()
        .start()
        .await
        .unwrap()
        .exchange("c0de", "forged")
        .await
        .unwrap_err();
    assert_eq!(*error.kind(), AuthErrorKind::InvalidResponse);
    let client = core(
        &server,
        &world,
        "login",
        Some(OAuth2::tokens(tokens).client_id("app").into()),
    );
    call(&client, &LOGIN).await.unwrap();
    assert_eq!(
        server.received().last().unwrap().header("authorization"),
        Some("Bearer t0")
    );
}

#[tokio::test]
async fn an_expired_login_without_a_refresh_token_is_not_retryable() {
    let respond = |request: &Received, _| match request.line().starts_with("POST") {
        true => Reply::json(200, r#"{"access_token":"t","expires_in":100}"#),
        false => Reply::new(200),
    };
    let (server, world) = (Server::start(respond).await, World::new());
    let client = core(&server, &world, "login", None);
    let login = AuthorizationCode::new(&client, "app", "http://127.0.0.1:1/callback");
    let pending = login.start().await.unwrap();
    let url = Url::parse(pending.url()).unwrap();
    let (_, state) = url.query_pairs().find(|(key, _)| key == "state").unwrap();
    let tokens = pending.exchange("c0de", &state).await.unwrap();
    let client = core(&server, &world, "login", Some(OAuth2::tokens(tokens).into()));
    call(&client, &LOGIN).await.unwrap();
    world.pass(Duration::from_secs(200));
    let error = call(&client, &LOGIN).await.unwrap_err();
    assert!(matches!(&error, Error::Auth(auth) if *auth.kind() == AuthErrorKind::Expired));
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "GET /me: the user must log in again (attempt 1 of 3): the access token has expired, and there is no refresh token"
    );
    assert_eq!(posts(&server).len(), 1);
}

#[tokio::test]
async fn a_device_login_waits_until_the_user_has_agreed() {
    let respond = |request: &Received, index: usize| match (request.line(), index) {
        ("POST /v1/device/authorize", _) => Reply::json(
            200,
            r#"{"device_code":"d","user_code":"WDJB","verification_uri":"https://acme.example/device","interval":2}"#,
        ),
        (_, 1) => Reply::json(400, r#"{"error":"authorization_pending"}"#),
        (_, 2) => Reply::json(400, r#"{"error":"slow_down"}"#),
        (_, 3) => Reply::json(200, r#"{"access_token":"t"}"#),
        _ => Reply::json(400, r#"{"error":"access_denied"}"#),
    };
    let (server, world) = (Server::start(respond).await, World::new());
    let client = core(&server, &world, "login", None);
    let pending = DeviceAuthorization::new(&client, "app").start().await.unwrap();
    assert_eq!(
        (pending.user_code(), pending.verification_uri()),
        ("WDJB", "https://acme.example/device")
    );
    pending.wait().await.unwrap();
    assert_eq!(world.slept(), [2000, 2000, 7000]);
    let denied = DeviceAuthorization::new(&client, "app")
        .start()
        .await
        .unwrap()
        .wait()
        .await
        .unwrap_err();
    assert!(matches!(denied.kind(), AuthErrorKind::Rejected { code: Some(code), .. } if code == "access_denied"));
}
