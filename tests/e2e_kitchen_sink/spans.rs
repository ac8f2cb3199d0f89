//! The spans of calls and attempts: the attributes of OpenTelemetry's HTTP client conventions, for every outcome.

use std::time::Duration;

use kitchen_sink::runtime::OAuth2;
use kitchen_sink::{Error, RetryPolicy};

use crate::mock::{Reply, Server};
use crate::{builder, log};

const NEVER: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(100);

/// Returns the spans of the calls to a server, each with those of its attempts.
fn calls(server: &Server) -> Vec<(log::Span, Vec<log::Span>)> {
    let spans = log::spans();
    let port = server.url.rsplit(':').next().unwrap();
    let of_server = |span: &log::Span| span.field("server.port") == port;
    let calls = spans
        .iter()
        .enumerate()
        .filter(|(_, span)| span.name == "call" && of_server(span));
    let attempts = |call: usize| {
        spans
            .iter()
            .filter(move |span| span.name == "attempt" && span.parent == Some(call))
    };
    calls
        .map(|(index, call)| (call.clone(), attempts(index).cloned().collect()))
        .collect()
}

/// Returns the only call to a server.
fn only_call(server: &Server) -> (log::Span, Vec<log::Span>) {
    let mut calls = calls(server);
    assert_eq!(calls.len(), 1, "{calls:#?}");
    calls.remove(0)
}

/// Checks the attributes that are known before the response.
#[track_caller]
fn assert_request(span: &log::Span, method: &str, template: &str) {
    assert_eq!(span.field("http.request.method"), method, "{span:?}");
    assert_eq!(span.field("url.template"), template, "{span:?}");
    assert_eq!(span.field("server.address"), "127.0.0.1", "{span:?}");
    assert_eq!(span.field("otel.kind"), "client", "{span:?}");
}

/// Returns the attributes of the outcome: status code, error type, status of the span, number of repetitions.
fn outcome(span: &log::Span) -> [&str; 4] {
    let names = [
        "http.response.status_code",
        "error.type",
        "otel.status_code",
        "http.request.resend_count",
    ];
    names.map(|name| span.field(name))
}

#[tokio::test]
async fn a_success_has_the_attributes_in_the_spans_of_call_and_attempt() {
    let server = Server::script([Reply::new(204)]).await;
    let client = builder(&server).bearer_token("t").build().unwrap();
    client.security().get_with_bearer().send().await.unwrap();
    let (call, attempts) = only_call(&server);
    assert_eq!(call.field("otel.name"), "GET /security/bearer");
    assert_eq!(call.field("operation"), "getWithBearer");
    assert_eq!(attempts.len(), 1);
    for span in [&call, &attempts[0]] {
        assert_request(span, "GET", "/security/bearer");
        assert_eq!(outcome(span), ["204", "", "", ""]);
    }
}

#[tokio::test]
async fn the_template_has_placeholders_instead_of_values() {
    let server = Server::script([Reply::new(204)]).await;
    let client = builder(&server).bearer_token("t").build().unwrap();
    let note = kitchen_sink::models::NotePatch::new();
    client.bodies().patch_note("private-id", &note).send().await.unwrap();
    let (call, attempts) = only_call(&server);
    assert_request(&call, "PATCH", "/notes/{id}");
    assert_request(&attempts[0], "PATCH", "/notes/{id}");
    assert!(!log::lines().iter().any(|line| line.contains("private-id")));
}

#[tokio::test]
async fn each_attempt_has_a_span_with_its_status() {
    let server = Server::script([Reply::new(503), Reply::new(401)]).await;
    let client = builder(&server).bearer_token("t").build().unwrap();
    client.security().get_with_bearer().send().await.unwrap_err();
    let (call, attempts) = only_call(&server);
    assert_eq!(outcome(&call), ["401", "401", "ERROR", "1"]);
    let outcomes: Vec<_> = attempts.iter().map(outcome).collect();
    assert_eq!(outcomes, [["503", "503", "ERROR", ""], ["401", "401", "ERROR", "1"]]);
}

#[tokio::test]
async fn a_transport_error_and_a_timeout_of_an_attempt_have_an_error_type() {
    for (reply, kind) in [
        (Reply::hang_up(), "transport"),
        (Reply::new(204).after(NEVER), "timeout"),
    ] {
        let server = Server::script([reply]).await;
        let client = builder(&server).bearer_token("t").attempt_timeout(SHORT);
        let client = client.retries(RetryPolicy::none()).build().unwrap();
        client.security().get_with_bearer().send().await.unwrap_err();
        let (call, attempts) = only_call(&server);
        assert_request(&call, "GET", "/security/bearer");
        assert_eq!(outcome(&call), ["", kind, "ERROR", ""]);
        assert_eq!(outcome(&attempts[0]), ["", kind, "ERROR", ""]);
    }
}

#[tokio::test]
async fn the_timeout_of_the_whole_call_ends_both_spans() {
    let server = Server::script([Reply::new(503), Reply::new(204).after(NEVER)]).await;
    let policy = RetryPolicy::standard().backoff(Duration::from_millis(1), 1.0, SHORT);
    let client = builder(&server)
        .bearer_token("t")
        .retries(policy)
        .timeout(SHORT)
        .build()
        .unwrap();
    let error = client.security().get_with_bearer().send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    let (call, attempts) = only_call(&server);
    for span in [&call, &attempts[1]] {
        assert_request(span, "GET", "/security/bearer");
    }
    assert_eq!(outcome(&call), ["", "timeout", "ERROR", "1"]);
    assert_eq!(outcome(&attempts[1]), ["", "cancelled", "ERROR", "1"]);
}

#[tokio::test]
async fn a_token_request_has_its_own_span() {
    let server = Server::script([Reply::json(200, r#"{"access_token":"t"}"#), Reply::new(204)]).await;
    let credentials = OAuth2::client_credentials("id", "secret").token_url("/oauth/token");
    let client = builder(&server).oauth(credentials).build().unwrap();
    client.security().get_with_open_id().send().await.unwrap();
    let calls = calls(&server);
    let [(call, _), (token, attempts)] = &calls[..] else {
        panic!("{calls:#?}")
    };
    assert_eq!(call.field("otel.name"), "GET /security/open-id");
    assert_request(token, "POST", "/oauth/token");
    // All calls that wait for the token share the request, so it is not a part of one of them.
    assert_eq!(token.parent, None);
    assert_eq!(outcome(&attempts[0]), ["200", "", "", ""]);
}
