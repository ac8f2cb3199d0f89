//! Access tokens of OAuth 2.0 that are rejected or cannot be renewed, and what is sent to the token endpoint.

use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use sdkwright_runtime::runtime::__private::{Core, Operation, Request, RequiredScheme, Settings};
use sdkwright_runtime::runtime::login::AuthorizationCode;
use sdkwright_runtime::runtime::{BoxFuture, Credential, Environment, Error, File, OAuth2, Unexpected};
use url::Url;

use crate::oauth2_grants::{API, LOGIN, call, core};
use crate::support::{Received, Reply, Server, World};

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_kept_after_a_401() {
    let respond = |request: &Received, index: usize| match (request.line(), index) {
        ("POST /v1/code/token", _) => Reply::json(200, r#"{"access_token":"t"}"#),
        (_, 1) => Reply::json(401, r#"{"message":"not an administrator"}"#),
        _ => Reply::new(200),
    };
    let (server, world) = (Server::start(respond).await, World::new());
    let login = core(&server, &world, "login", None);
    let pending = AuthorizationCode::new(&login, "app", "http://127.0.0.1:1/")
        .start()
        .await;
    let pending = pending.unwrap();
    let url = Url::parse(pending.url()).unwrap();
    let (_, state) = url.query_pairs().find(|(name, _)| name == "state").unwrap();
    let tokens = pending.exchange("c0de", &state).await.unwrap();
    let core = core(&server, &world, "login", Some(OAuth2::tokens(tokens).into()));
    let error = call(&core, &LOGIN).await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert!(error.to_string().contains("not an administrator"), "{error}");
    call(&core, &LOGIN).await.unwrap();
    assert_eq!(server.lines(), ["POST /v1/code/token", "GET /v1/me", "GET /v1/me"]);
    assert_eq!(server.received()[2].header("authorization"), Some("Bearer t"));
}

static UPLOAD: Operation = Operation {
    id: "upload",
    method: "PUT",
    path: "/files",
    ..LOGIN
};

#[tokio::test]
async fn a_token_that_is_rejected_for_a_body_that_is_sent_once_is_dropped() {
    let respond = |request: &Received, index: usize| match request.header("authorization") {
        None => Reply::json(200, format!(r#"{{"access_token":"t{index}"}}"#)),
        Some("Bearer t0") => Reply::new(401),
        Some(_) => Reply::new(200),
    };
    let (server, world) = (Server::start(respond).await, World::new());
    let core = core(&server, &world, "login", Some(Credential::password("ann", "pw")));
    let upload = || {
        let mut request = Request::new(&core, &UPLOAD);
        request.file_body(&[], &File::reader("a.bin", &b"content"[..]).length(7));
        request.read::<_, Unexpected>(|_| Ok(()))
    };
    let error: Error<Unexpected> = upload().await.unwrap_err();
    assert!(error.is_unauthorized(), "{error}");
    assert_eq!(
        server.lines(),
        ["POST /v1/auth/token", "PUT /v1/files"],
        "a reader is sent once"
    );
    upload().await.unwrap();
}

#[tokio::test]
async fn headers_of_the_client_are_sent_only_to_the_origin_of_the_api() {
    let issuer = Server::start(|_, _| Reply::json(200, r#"{"access_token":"t"}"#)).await;
    let server = Server::start(|_, _| Reply::json(200, r#"{"access_token":"t"}"#)).await;
    let client = |token_url: &str| -> Core {
        let mut settings = Settings::default();
        settings.base_url(&server.url);
        settings.environment(World::new());
        settings.header("X-Gateway-Key", "hush");
        settings.user_agent("acme/1");
        settings.credential("login", OAuth2::password("ann", "pw").token_url(token_url).into());
        settings.build(&API).unwrap()
    };
    call(&client(&format!("{}/token", issuer.url)), &LOGIN).await.unwrap();
    let sent = issuer.only();
    assert_eq!(
        (sent.header("x-gateway-key"), sent.header("user-agent")),
        (None, Some("acme/1"))
    );
    assert_eq!(server.only().header("x-gateway-key"), Some("hush"));
    // The gateway of the API may need the key, also for its own token endpoint.
    call(&client("/token"), &LOGIN).await.unwrap();
    let keys = server
        .received()
        .into_iter()
        .map(|sent| sent.header("x-gateway-key") == Some("hush"));
    assert_eq!(keys.collect::<Vec<_>>(), [true; 3]);
}

const fn scoped(scopes: &'static [&'static [RequiredScheme]]) -> Operation {
    Operation {
        security: scopes,
        ..LOGIN
    }
}

static READ: Operation = scoped(&[&[RequiredScheme {
    scheme: "login",
    scopes: &["read"],
}]]);

static READ_AND_WRITE: Operation = scoped(&[&[RequiredScheme {
    scheme: "login",
    scopes: &["read", "write"],
}]]);

#[tokio::test]
async fn a_failed_renewal_is_not_repeated_at_once_for_fewer_scopes() {
    let server = Server::start(|request, index| match (request.line(), index) {
        ("POST /v1/auth/token", 0) => Reply::json(200, r#"{"access_token":"t","expires_in":100}"#),
        ("POST /v1/auth/token", _) => Reply::new(403),
        _ => Reply::new(200),
    })
    .await;
    let world = World::new();
    let core = core(&server, &world, "login", Some(Credential::password("ann", "pw")));
    call(&core, &READ_AND_WRITE).await.unwrap();
    world.pass(Duration::from_secs(95));
    call(&core, &READ).await.unwrap();
    let requests = || server.lines().iter().filter(|line| line.starts_with("POST")).count();
    let pause = || tokio::time::sleep(Duration::from_millis(30));
    while requests() < 2 {
        pause().await;
    }
    // The cache knows the outcome now.
    pause().await;
    call(&core, &READ).await.unwrap();
    pause().await;
    assert_eq!(requests(), 2);
}

/// An environment whose runtime is closed: it drops each task.
struct Closed(World);

impl Environment for Closed {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
    fn now(&self) -> SystemTime {
        self.0.now()
    }
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }
    fn random(&self) -> u64 {
        self.0.chance()
    }
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        drop(task);
    }
    fn variable(&self, name: &str) -> Option<String> {
        self.0.variable(name)
    }
}

#[test]
fn a_token_request_that_cannot_be_started_is_an_error() {
    let (sender, outcome) = mpsc::channel();
    // A separate thread, because a deadlock would block this one for ever.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let outcome = runtime.unwrap().block_on(async {
            let mut settings = Settings::default();
            settings.environment(Closed(World::new()));
            settings.credential("login", Credential::password("ann", "pw"));
            call(&settings.build(&API).unwrap(), &LOGIN).await
        });
        sender.send(outcome.unwrap_err().to_string()).unwrap();
    });
    let error = outcome.recv_timeout(Duration::from_secs(10)).expect("no deadlock");
    assert!(error.contains("the token request was interrupted"), "{error}");
}
