//! No secret is in a log, in a `Debug` or `Display` output or in a chain of causes, regardless of what fails.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kitchen_sink::runtime::{OAuth2, Token};
use kitchen_sink::{Client, ClientBuilder, RetryPolicy};

use crate::mock::{Received, Reply, Server};
use crate::{builder, log};

/// What every secret of these tests contains.
const MARK: &str = "s3cret";

/// The marks in clear text and in the Base64 of basic authentication, at each of the three offsets.
const FORBIDDEN: [&str; 4] = [MARK, "czNjcmV0", "MzY3Jl", "zM2NyZX"];

const SHORT: Duration = Duration::from_millis(50);

#[track_caller]
fn assert_silent(text: &str) {
    assert!(!FORBIDDEN.iter().any(|secret| text.contains(secret)), "{text}");
}

#[track_caller]
fn assert_debug_is_silent(value: &dyn Debug) {
    assert_silent(&format!("{value:?}"));
    assert_silent(&format!("{value:#?}"));
}

/// Checks an error and all of its causes.
#[track_caller]
fn assert_error_is_silent(error: &(dyn StdError + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        assert_silent(&error.to_string());
        assert_silent(&format!("{error:#}"));
        assert_debug_is_silent(&error);
        next = error.source();
    }
}

type Outcome = Pin<Box<dyn Future<Output = Option<Box<dyn StdError>>>>>;

/// Makes a call, and returns its error.
macro_rules! call {
    ($client:expr, $group:ident, $operation:ident) => {{
        let request = $client.$group().$operation();
        assert_debug_is_silent(&request);
        let outcome: Outcome = Box::pin(async move {
            let error = request.send_response().await.err();
            if let Some(response) = error.as_ref().and_then(|error| error.response()) {
                assert_debug_is_silent(response);
            }
            error.map(|error| Box::new(error) as Box<dyn StdError>)
        });
        outcome
    }};
}

/// A kind of credential: how a client gets it, and a call that sends it.
struct Kind {
    name: &'static str,
    set: fn(ClientBuilder) -> ClientBuilder,
    call: fn(&Client) -> Outcome,
}

const KINDS: &[Kind] = &[
    Kind {
        name: "bearer",
        set: |builder| builder.bearer_token("s3cret-token"),
        call: |client| call!(client, security, get_with_bearer),
    },
    Kind {
        name: "basic",
        set: |builder| builder.basic_auth("user", "s3cret-password"),
        call: |client| call!(client, security, get_with_basic),
    },
    Kind {
        name: "keys in header and query",
        set: |builder| builder.header_key("s3cret-header").query_key("s3cret-query"),
        call: |client| call!(client, security, get_with_keys),
    },
    Kind {
        name: "key in a cookie",
        set: |builder| builder.cookie_key("s3cret-cookie"),
        call: |client| call!(client, security, get_with_cookie),
    },
    Kind {
        name: "token provider",
        set: |builder| builder.token_provider(|_| async { Ok(Token::new("s3cret-provided")) }),
        call: |client| call!(client, security, get_with_open_id),
    },
    Kind {
        name: "client credentials in the form",
        set: |builder| {
            let credentials = OAuth2::client_credentials("id", "s3cret-client").token_url("/oauth/token");
            builder.oauth(credentials.parameter("assertion", "s3cret-parameter"))
        },
        call: |client| call!(client, parameters, get_by_query),
    },
    Kind {
        name: "client credentials in the header",
        set: |builder| {
            let credentials = OAuth2::client_credentials("id", "s3cret-client").token_url("/oauth/token");
            builder.oauth(credentials.in_header())
        },
        call: |client| call!(client, pages, list_by_cursor),
    },
    Kind {
        name: "user name and password",
        set: |builder| builder.oauth(OAuth2::password("user", "s3cret-password").token_url("/oauth/token")),
        call: |client| call!(client, security, get_with_password),
    },
    Kind {
        name: "refresh token",
        set: |builder| builder.oauth(OAuth2::refresh_token("s3cret-refresh").token_url("/oauth/token")),
        call: |client| call!(client, security, get_with_login),
    },
    Kind {
        name: "header of the client",
        set: |builder| builder.header("authorization", "Bearer s3cret-header"),
        call: |client| call!(client, streams, get_news),
    },
];

const TOKENS: &str =
    r#"{"access_token":"s3cret-access","refresh_token":"s3cret-renew","id_token":"s3cret-identity","expires_in":3600}"#;

/// A response whose headers and body contain secrets.
fn leaky(status: u16) -> Reply {
    let body = r#"{"message":"No","access_token":"s3cret-echo","nested":[{"clientSecret":"s3cret-echo"}],"items":7}"#;
    Reply::json(status, body).header("set-cookie", "session=s3cret-session")
}

/// Something that fails: the reply of the API, or of the token endpoint.
type Fault = (&'static str, fn(&Received) -> Reply);

fn with_tokens(request: &Received, reply: fn() -> Reply) -> Reply {
    match request.line() {
        "POST /oauth/token" => Reply::json(200, TOKENS),
        _ => reply(),
    }
}

const FAULTS: &[Fault] = &[
    ("401", |request| with_tokens(request, || leaky(401))),
    ("500", |request| with_tokens(request, || leaky(500))),
    ("a body that cannot be decoded", |request| {
        with_tokens(request, || leaky(200))
    }),
    ("a timeout", |request| {
        with_tokens(request, || Reply::new(204).after(Duration::from_secs(20)))
    }),
    ("a lost connection", |request| with_tokens(request, Reply::hang_up)),
    ("a redirect to another origin", |request| {
        with_tokens(request, || {
            Reply::new(307).header("location", "http://127.0.0.2:1/?key=s3cret-redirect")
        })
    }),
    ("a token endpoint that rejects", |_| {
        Reply::json(401, r#"{"error":"invalid_client"}"#)
    }),
    ("a token endpoint that fails", |_| leaky(503)),
    ("a token endpoint without a token", |_| {
        Reply::json(200, r#"{"refresh_token":"s3cret-renew"}"#)
    }),
    ("a token of an unknown type", |_| {
        Reply::json(200, r#"{"access_token":"s3cret-access","token_type":"mac"}"#)
    }),
    ("a token that cannot be sent", |_| {
        Reply::json(200, "{\"access_token\":\"s3cret\\naccess\"}")
    }),
    ("a token response that is not JSON", |_| {
        Reply::new(200).body("access_token=s3cret-access")
    }),
];

#[tokio::test]
async fn no_secret_is_printed_regardless_of_what_fails() {
    for (fault, reply) in FAULTS {
        for kind in KINDS {
            let server = Server::start(|request, _| reply(request)).await;
            let builder = (kind.set)(builder(&server).retries(RetryPolicy::none()).timeout(2 * SHORT));
            assert_debug_is_silent(&builder);
            let client = builder.attempt_timeout(SHORT).build().unwrap();
            assert_debug_is_silent(&client);
            if let Some(error) = (kind.call)(&client).await {
                assert_error_is_silent(&*error);
            }
            let sent: Vec<String> = server.received().iter().map(Received::whole).collect();
            let is_sent = FORBIDDEN
                .iter()
                .any(|secret| sent.iter().any(|request| request.contains(secret)));
            assert!(is_sent, "{fault}: the secret of {} was not sent: {sent:?}", kind.name);
        }
    }
    assert_logs_are_silent("/security/keys");
}

/// Checks everything that was logged, which includes calls of a path.
#[track_caller]
fn assert_logs_are_silent(path: &str) {
    let lines = log::lines();
    assert!(lines.iter().any(|line| line.contains(path)), "nothing was logged");
    assert!(
        lines.iter().any(|line| line.starts_with("reqwest")),
        "the HTTP client logged nothing"
    );
    lines.iter().for_each(|line| assert_silent(line));
}

#[tokio::test]
async fn a_refused_connection_prints_no_secret() {
    let url = crate::mock::refused().await;
    for kind in KINDS {
        let server = Server::script([Reply::new(204)]).await;
        let builder = (kind.set)(builder(&server).retries(RetryPolicy::none())).base_url(&url);
        let error = (kind.call)(&builder.build().unwrap()).await.expect("an error");
        assert_error_is_silent(&*error);
    }
    assert_logs_are_silent("/security/keys");
}

#[tokio::test]
async fn a_credential_that_cannot_be_sent_is_not_printed() {
    let server = Server::script([Reply::new(204)]).await;
    let client = builder(&server)
        .bearer_token("s3cret\nx: y")
        .header_key("s3cret\n")
        .query_key("s3cret-query")
        .cookie_key("s3cret\n")
        .build()
        .unwrap();
    for outcome in [
        call!(client, security, get_with_bearer),
        call!(client, security, get_with_keys),
        call!(client, security, get_with_cookie),
    ] {
        assert_error_is_silent(&*outcome.await.expect("an error"));
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn logins_print_no_secret() {
    const DEVICE: &str = r#"{"device_code":"s3cret-device","user_code":"ABCD","verification_uri":"https://example.com/","expires_in":60}"#;
    let token_requests = AtomicUsize::new(0);
    let server = Server::start(move |request, _| match request.line() {
        "POST /oauth/device" => Reply::json(200, DEVICE),
        _ if token_requests.fetch_add(1, Ordering::SeqCst) < 2 => Reply::json(200, TOKENS),
        _ => leaky(400),
    })
    .await;
    let client = builder(&server).retries(RetryPolicy::none()).build().unwrap();
    for is_rejected in [false, true] {
        let login = client
            .authorization_code("id", "http://localhost/done")
            .client_secret("s3cret-client")
            .parameter("hint", "s3cret-parameter")
            .token_url("/oauth/token");
        assert_debug_is_silent(&login);
        let pending = login.start().await.unwrap();
        assert_debug_is_silent(&pending);
        let state = pending
            .url()
            .split("state=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned();
        let exchanged = pending.exchange("s3cret-code", &state).await;
        let device = client.device_authorization("id").token_url("/oauth/token");
        let device = device.authorization_url("/oauth/device").client_secret("s3cret-client");
        assert_debug_is_silent(&device);
        let pending = device.start().await.unwrap();
        assert_debug_is_silent(&pending);
        for outcome in [exchanged, pending.wait().await] {
            assert_eq!(outcome.is_err(), is_rejected);
            match outcome {
                Ok(tokens) => assert_debug_is_silent(&tokens),
                Err(error) => assert_error_is_silent(&error),
            }
        }
    }
    assert_logs_are_silent("/oauth/device");
}

#[tokio::test]
async fn the_body_of_a_request_is_not_logged() {
    let server = Server::script([leaky(500)]).await;
    let client = builder(&server)
        .bearer_token("s3cret-token")
        .retries(RetryPolicy::none())
        .build()
        .unwrap();
    let request = client.bodies().put_text("s3cret-body");
    assert_debug_is_silent(&request);
    let error = request.send().await.unwrap_err();
    assert_error_is_silent(&error);
    assert!(server.only().text().contains(MARK));
    assert_logs_are_silent("/text");
}
