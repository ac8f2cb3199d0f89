//! The causes of errors: complete, and each printed once.

use std::error::Error as StdError;
use std::io;

use kitchen_sink::runtime::{Body, BoxError, Call, Hook, OAuth2};
use kitchen_sink::{ClientBuilder, RetryPolicy};

use crate::mock::{Reply, Server, refused};

/// Returns the causes of an error.
fn causes<'e>(error: &'e (dyn StdError + 'static)) -> Vec<&'e (dyn StdError + 'static)> {
    let next = |error: &&'e (dyn StdError + 'static)| (*error).source();
    std::iter::successors(error.source(), next).collect()
}

/// Checks that the line of an error contains each of its causes once, and that no cause contains another one.
#[track_caller]
fn assert_printed_once(error: &(dyn StdError + 'static)) {
    let line = error.to_string();
    let texts: Vec<String> = causes(error).iter().map(ToString::to_string).collect();
    assert!(!texts.is_empty(), "{line}");
    for (index, text) in texts.iter().enumerate() {
        assert_eq!(line.matches(text.as_str()).count(), 1, "`{text}` in `{line}`");
        let others = texts.iter().enumerate().filter(|(other, _)| *other != index);
        for (_, other) in others {
            assert!(!other.contains(text.as_str()), "`{text}` in `{other}`");
        }
    }
}

async fn error_of(builder: ClientBuilder) -> Box<dyn StdError> {
    let client = builder.retries(RetryPolicy::none()).build().unwrap();
    Box::new(
        client
            .parameters()
            .get_by_query()
            .send()
            .await
            .expect_err("the call fails"),
    )
}

#[tokio::test]
async fn causes_of_the_transport_end_with_the_error_of_the_system() {
    let server = Server::script([Reply::hang_up()]).await;
    let url = refused().await;
    let token = OAuth2::client_credentials("id", "secret").token_url("/token");
    for builder in [
        crate::builder(&server).base_url(&url).bearer_token("t"),
        crate::builder(&server).base_url(&url).oauth(token),
    ] {
        let error = error_of(builder).await;
        assert_printed_once(&*error);
        let root = causes(&*error).pop().and_then(|root| root.downcast_ref::<io::Error>());
        assert_eq!(
            root.map(io::Error::kind),
            Some(io::ErrorKind::ConnectionRefused),
            "{error}"
        );
    }
    let error = error_of(crate::builder(&server).bearer_token("t")).await;
    assert_printed_once(&*error);
    assert!(
        error
            .to_string()
            .starts_with("GET /query: connection lost (attempt 1 of 1): "),
        "{error}"
    );
}

#[tokio::test]
async fn the_error_of_a_token_request_is_one_line() {
    let server = Server::script([Reply::hang_up()]).await;
    let token = OAuth2::client_credentials("id", "secret").token_url("/token");
    let error = error_of(crate::builder(&server).oauth(token)).await.to_string();
    let start = "GET /query: the token endpoint is unavailable (attempt 1 of 1): POST /token: connection lost (attempt 1 of 1): ";
    assert!(error.starts_with(start), "{error}");
}

#[tokio::test]
async fn errors_of_custom_code_and_of_decoding_are_causes() {
    struct Reject;
    impl Hook for Reject {
        fn before(&self, _: &Call, _: &mut http::Request<Body>) -> Result<(), BoxError> {
            Err(io::Error::other("not today").into())
        }
    }
    let server = Server::script([Reply::json(200, "[]")]).await;
    for (builder, cause) in [
        (crate::builder(&server).bearer_token("t").hook(Reject), "not today"),
        (
            crate::builder(&server).token_provider(|_| async { Err(io::Error::other("no token").into()) }),
            "no token",
        ),
        (
            crate::builder(&server).bearer_token("t"),
            "expected a number, found an empty array at $",
        ),
    ] {
        let error = error_of(builder).await;
        assert_printed_once(&*error);
        assert_eq!(causes(&*error).pop().map(ToString::to_string).as_deref(), Some(cause));
    }
}
