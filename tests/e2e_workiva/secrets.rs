//! Secrets are never printed.

use std::fmt::Debug;

use workiva_activities::Client;
use workiva_activities::runtime::{Credential, OAuth2, Secret, Token};

use crate::calls::{activity, builder, one};
use crate::mock::{Reply, Server, World};

const SECRETS: [&str; 4] = ["t0ken", "s3cret", "fetched", "c00kie"];

#[track_caller]
fn silent(what: &dyn Debug) {
    for text in [format!("{what:?}"), format!("{what:#?}")] {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test]
async fn clients_builders_and_calls_print_no_secrets() {
    let server = Server::script([Reply::json(200, r#"{"access_token":"fetched"}"#), Reply::new(404)]).await;
    let builder = || {
        builder(&server, &World::new())
            .client_credentials("id", "s3cret")
            .header("x-api-key", "t0ken")
    };
    silent(&builder());
    let client = builder().build().unwrap();
    one(&client).await.unwrap_err();
    silent(&client);
    silent(&client.activities());
    silent(
        &client
            .activities()
            .get_activity_by_id("a1")
            .header("authorization", "Bearer t0ken"),
    );
    silent(&client.activities().get_activity_actions().next("c2"));
    silent(&client.request(workiva_activities::runtime::Method::GET, "/x"));
}

#[test]
fn credentials_print_no_secrets() {
    silent(&Secret::from("s3cret"));
    silent(&Token::new("t0ken"));
    silent(&Credential::bearer("t0ken"));
    silent(&OAuth2::client_credentials("id", "s3cret"));
    silent(&Client::builder().bearer_token("t0ken"));
}

#[tokio::test]
async fn errors_print_no_secrets() {
    let leaky = |status: u16| {
        let body = r#"{"message":"No","access_token":"fetched","nested":[{"clientSecret":"s3cret","apiKey":"t0ken"}]}"#;
        Reply::json(status, body)
            .header("set-cookie", "session=c00kie")
            .header("x-auth-token", "t0ken")
    };
    for status in [400, 401, 418, 200] {
        let server = Server::script([leaky(status)]).await;
        let error = one(&builder(&server, &World::new()).build().unwrap())
            .await
            .unwrap_err();
        silent(&error);
        if let Some(kind) = error.kind() {
            silent(kind);
        }
        assert!(
            !SECRETS.iter().any(|secret| error.to_string().contains(secret)),
            "{error}"
        );
        silent(error.response().unwrap());
    }
}

#[tokio::test]
async fn token_errors_print_no_secrets() {
    for reply in [
        Reply::json(401, r#"{"error":"invalid_client"}"#),
        Reply::json(200, r#"{"access_token":"fetched","token_type":"mac"}"#),
        Reply::hang_up(),
    ] {
        let server = Server::script([reply]).await;
        let client = builder(&server, &World::new())
            .client_credentials("id", "s3cret")
            .build()
            .unwrap();
        let error = one(&client).await.unwrap_err();
        silent(&error);
        assert!(
            !SECRETS.iter().any(|secret| error.to_string().contains(secret)),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_invalid_token_is_not_printed() {
    let server = Server::script([Reply::json(200, activity("a1").to_string())]).await;
    let client = builder(&server, &World::new())
        .bearer_token("t0ken\nx: s3cret")
        .build()
        .unwrap();
    let error = one(&client).await.unwrap_err();
    silent(&error);
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: the credential for `oauth` contains characters that cannot be sent"
    );
    assert_eq!(server.lines(), [""; 0]);
}
