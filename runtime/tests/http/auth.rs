//! Credentials: which ones are selected, where they are sent, and where they are never sent.

use sdkwright_runtime::Client;
use sdkwright_runtime::runtime::__private::{
    ApiInfo, Core, KeyLocation, Operation, Request, RequiredScheme, SchemeKind, SecurityScheme, Settings, Variables,
};
use sdkwright_runtime::runtime::{Credential, Error, Method, RawRequest, Secret, Unexpected};

use crate::support::{ACTIVITY, Received, Reply, Server, World, builder};

macro_rules! need {
    ($name:literal) => {
        RequiredScheme {
            scheme: $name,
            scopes: &[],
        }
    };
}

static API_INFO: ApiInfo = ApiInfo {
    user_agent: "x",
    server: "https://api.acme.example",
    schemes: &[
        scheme("bearer", SchemeKind::Http { scheme: "Bearer" }),
        SecurityScheme {
            variables: &[Variables::Two("ACME_USER", "ACME_PASSWORD", |user, password| {
                Credential::basic(&user, password)
            })],
            ..scheme("basic", SchemeKind::Basic)
        },
        scheme(
            "custom",
            SchemeKind::Http {
                scheme: "SharedAccessKey",
            },
        ),
        scheme(
            "header",
            SchemeKind::ApiKey {
                location: KeyLocation::Header,
                name: "X-Api-Key",
            },
        ),
        scheme(
            "query",
            SchemeKind::ApiKey {
                location: KeyLocation::Query,
                name: "api key",
            },
        ),
        scheme(
            "cookie",
            SchemeKind::ApiKey {
                location: KeyLocation::Cookie,
                name: "sid",
            },
        ),
    ],
    security: &[&[need!("bearer")]],
    retries: None,
};

const fn scheme(name: &'static str, kind: SchemeKind) -> SecurityScheme {
    SecurityScheme {
        name,
        kind,
        setter: "credential(..)",
        variables: &[],
    }
}

static EITHER: Operation = Operation {
    id: "either",
    path: "/x",
    security: &[
        &[need!("bearer")],
        &[need!("header"), need!("query")],
        &[need!("basic")],
    ],
    ..Operation::DEFAULT
};
static COOKIE: Operation = Operation {
    security: &[&[need!("cookie")]],
    path: "/x",
    ..Operation::DEFAULT
};
static MAYBE: Operation = Operation {
    security: &[&[], &[need!("bearer")]],
    path: "/x",
    ..Operation::DEFAULT
};
static NONE: Operation = Operation {
    path: "/x",
    ..Operation::DEFAULT
};

fn core(server: &Server, world: &World, credentials: &[(&'static str, Credential)]) -> Core {
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    settings.environment(world.clone());
    credentials
        .iter()
        .for_each(|(name, credential)| settings.credential(name, credential.clone()));
    settings.build(&API_INFO).unwrap()
}

async fn send(
    operation: &'static Operation,
    world: &World,
    credentials: &[(&'static str, Credential)],
) -> Result<Received, Error<Unexpected>> {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server, world, credentials), operation);
    request.cookie("own", &1_i64);
    request.read(|_| Ok(())).await?;
    Ok(server.only())
}

#[tokio::test]
async fn each_scheme_sends_its_credential_in_its_place() {
    let world = World::new();
    let sent = send(&EITHER, &world, &[("bearer", Credential::bearer("t"))])
        .await
        .unwrap();
    assert_eq!(sent.header("authorization"), Some("Bearer t"));
    let sent = send(&EITHER, &world, &[("basic", Credential::basic("ä", "p:w"))])
        .await
        .unwrap();
    assert_eq!(sent.header("authorization"), Some("Basic w6Q6cDp3"));
    let keys = [
        ("header", Credential::api_key("k1")),
        ("query", Credential::api_key("k 2")),
    ];
    let sent = send(&EITHER, &world, &keys).await.unwrap();
    assert_eq!(
        (sent.header("x-api-key"), sent.target()),
        (Some("k1"), "/x?api%20key=k%202")
    );
    let sent = send(&COOKIE, &world, &[("cookie", Credential::api_key("k3"))])
        .await
        .unwrap();
    assert_eq!(sent.header("cookie"), Some("own=1; sid=k3"));
}

#[tokio::test]
async fn one_secret_can_serve_several_schemes() {
    let (world, secret) = (World::new(), Secret::from("s"));
    for (scheme, expected) in [("bearer", "Bearer s"), ("basic", "Basic s"), ("bearer", "Bearer s")] {
        let credential = Credential::bearer(secret.clone());
        let sent = send(&EITHER, &world, &[(scheme, credential)]).await.unwrap();
        assert_eq!(sent.header("authorization"), Some(expected));
    }
}

#[tokio::test]
async fn only_required_credentials_are_sent() {
    let both = [
        ("bearer", Credential::bearer("t")),
        ("basic", Credential::basic("u", "p")),
    ];
    let sent = send(&EITHER, &World::new(), &both).await.unwrap();
    assert_eq!(
        sent.header("authorization"),
        Some("Bearer t"),
        "the first way of the document"
    );
    assert_eq!(
        send(&NONE, &World::new(), &both).await.unwrap().header("authorization"),
        None
    );
    assert_eq!(
        send(&MAYBE, &World::new(), &both)
            .await
            .unwrap()
            .header("authorization"),
        Some("Bearer t")
    );
    assert_eq!(
        send(&MAYBE, &World::new(), &[]).await.unwrap().header("authorization"),
        None
    );
}

#[tokio::test]
async fn missing_credentials_name_the_setter_and_the_variable() {
    let error = send(&EITHER, &World::new(), &[("header", Credential::api_key("half"))])
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Build(_)));
    assert_eq!(
        error.to_string(),
        "GET /x: missing credentials: call `credential(..)` on the builder; or call `credential(..)` on the builder, and \
         call `credential(..)` on the builder; or call `credential(..)` on the builder or set ACME_USER and ACME_PASSWORD"
    );
    let server = Server::script([Reply::new(200)]).await;
    let client = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .build()
        .unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: missing credentials: call `client_credentials(id, secret)` on the builder or set \
         ACME_TOKEN or set ACME_CLIENT_ID and ACME_CLIENT_SECRET"
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn builder_credentials_override_the_environment() {
    let world = World::new()
        .with_variable("ACME_USER", "u")
        .with_variable("ACME_PASSWORD", "p");
    let sent = send(&EITHER, &world, &[]).await.unwrap();
    assert_eq!(sent.header("authorization"), Some("Basic dTpw"));
    let sent = send(&EITHER, &world, &[("basic", Credential::basic("x", "y"))])
        .await
        .unwrap();
    assert_eq!(sent.header("authorization"), Some("Basic eDp5"));
    let server = Server::script([Reply::json(200, ACTIVITY)]).await;
    let world = World::new().with_variable("ACME_TOKEN", "from-env");
    let client = Client::builder()
        .base_url(&server.url)
        .environment(world)
        .build()
        .unwrap();
    client.activities().get_activity_by_id("a1").send().await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer from-env"));
}

#[tokio::test]
async fn requirements_with_builder_credentials_come_first() {
    static FOUND_FIRST: Operation = Operation {
        security: &[&[need!("basic")], &[need!("bearer")]],
        path: "/x",
        ..Operation::DEFAULT
    };
    let world = World::new()
        .with_variable("ACME_USER", "u")
        .with_variable("ACME_PASSWORD", "p");
    let sent = send(&FOUND_FIRST, &world, &[("bearer", Credential::bearer("given"))])
        .await
        .unwrap();
    assert_eq!(sent.header("authorization"), Some("Bearer given"));
}

#[tokio::test]
async fn an_authorization_header_replaces_the_credentials() {
    let server = Server::script([Reply::json(200, ACTIVITY)]).await;
    let client = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .build()
        .unwrap();
    let call = client
        .activities()
        .get_activity_by_id("a1")
        .header("Authorization", "Token own");
    call.send().await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Token own"));
    let client = builder(&server, &World::new())
        .header("authorization", "Token all")
        .build()
        .unwrap();
    client.activities().get_activity_by_id("a1").send().await.unwrap();
    assert_eq!(server.received()[1].header("authorization"), Some("Token all"));
}

#[tokio::test]
async fn secrets_are_never_printed() {
    let server = Server::script([Reply::json(401, "{}")]).await;
    let world = World::new();
    let builder = builder(&server, &world)
        .client_credentials("id", "hush")
        .header("x-secret", "hush");
    assert!(!format!("{builder:?} {builder:#?}").contains("hush"));
    let client = builder.bearer_token("hush").build().unwrap();
    assert!(!format!("{client:?} {client:#?}").contains("hush"));
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert!(!format!("{error} {error:?} {error:#?}").contains("hush"));
    let bad = Client::builder()
        .base_url(&server.url)
        .environment(world)
        .bearer_token("hush\n")
        .build()
        .unwrap();
    let error = bad.activities().get_activity_by_id("a1").send().await.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(
        text.starts_with(
            "GET /activities/{activityId}: the credential for `oauth` contains characters that cannot be sent"
        ),
        "{text}"
    );
    assert!(!text.contains("hush"));
}

#[tokio::test]
async fn a_static_token_is_not_replayed_after_a_401() {
    let server = Server::script([Reply::new(401)]).await;
    let error = builder(&server, &World::new())
        .build()
        .unwrap()
        .activities()
        .get_activity_by_id("a")
        .send()
        .await;
    assert!(error.unwrap_err().is_unauthorized());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn redirects_stay_within_the_origin() {
    let elsewhere = Server::script([Reply::json(200, ACTIVITY)]).await;
    let away = Reply::new(302).header("location", &format!("{}/stolen", elsewhere.url));
    let server = Server::script([Reply::new(307).header("location", "/moved"), away]).await;
    let client = builder(&server, &World::new()).build().unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert_eq!(server.lines(), ["GET /activities/a1", "GET /moved"]);
    assert_eq!(server.received()[1].header("authorization"), Some("Bearer t0ken"));
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn raw_requests_send_the_default_credentials_to_the_server_only() {
    let server = Server::script([Reply::new(200)]).await;
    let core = core(&server, &World::new(), &[("bearer", Credential::bearer("t"))]);
    RawRequest::new(&core, Method::GET, "/y").send().await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Bearer t"));
    let error = RawRequest::new(&core, Method::GET, "https://evil.example/y")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error}");
}

#[tokio::test]
async fn a_custom_http_scheme_is_sent_with_its_own_word() {
    static CUSTOM: Operation = Operation {
        security: &[&[need!("custom")]],
        path: "/x",
        ..Operation::DEFAULT
    };
    let sent = send(&CUSTOM, &World::new(), &[("custom", Credential::bearer("valid-key"))]).await;
    assert_eq!(sent.unwrap().header("authorization"), Some("SharedAccessKey valid-key"));
}

#[tokio::test]
async fn an_empty_credential_counts_as_missing() {
    let blank = [
        ("bearer", Credential::bearer("")),
        ("basic", Credential::basic("", "")),
        ("header", Credential::api_key("  ")),
        ("query", Credential::api_key("\n")),
    ];
    let error = send(&EITHER, &World::new(), &blank).await.unwrap_err();
    assert!(error.to_string().contains("missing credentials"), "{error}");
    let world = World::new()
        .with_variable("ACME_USER", "u")
        .with_variable("ACME_PASSWORD", "p");
    let sent = send(&EITHER, &world, &blank).await.unwrap();
    assert_eq!(
        sent.header("authorization"),
        Some("Basic dTpw"),
        "the environment is read instead"
    );
    let client = Client::builder()
        .environment(World::new())
        .client_credentials("", "x")
        .build()
        .unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    assert!(error.to_string().contains("missing credentials"), "{error}");
}

#[tokio::test]
async fn an_api_without_schemes_takes_a_token_or_a_key() {
    static BARE: ApiInfo = ApiInfo {
        schemes: &[],
        security: &[],
        user_agent: "x",
        server: "https://api.acme.example",
        retries: None,
    };
    let server = Server::script([Reply::new(200)]).await;
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    settings.environment(World::new());
    settings.bearer_token("hush");
    settings.secret_header("X-Key", "hush");
    let core = settings.build(&BARE).unwrap();
    RawRequest::new(&core, Method::GET, "/y").send().await.unwrap();
    let sent = server.only();
    assert_eq!(
        (sent.header("authorization"), sent.header("x-key")),
        (Some("Bearer hush"), Some("hush"))
    );
}
