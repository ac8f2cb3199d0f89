//! Empty bodies, media types, envelopes, and what errors show.

use reading::runtime::Error;
use reading::runtime::deviation::DeviationRule;

use crate::server::Reply;
use crate::{client, fails, reads, same};

fn typed(status: u16, media_type: &str, body: &[u8]) -> Reply {
    Reply::new(status).header("content-type", media_type).body(body)
}

pub async fn check() {
    empty().await;
    media_types().await;
    envelopes().await;
    errors().await;
}

/// Success without a body.
async fn empty() {
    reads(|client| client.bodies().word(), "", r#""""#, &["NoBody $"]).await;
    reads(|client| client.bodies().words(), "", "[]", &["NullAsEmpty $"]).await;
    reads(
        |client| client.bodies().words(),
        r#"["a",null]"#,
        r#"["a"]"#,
        &["ItemSkipped $[1]"],
    )
    .await;
    fails(
        |client| client.bodies().report(),
        "",
        "expected a JSON body, found an empty body at $",
    )
    .await;
    for status in [202, 204] {
        let (_server, client) = client(Reply::new(status)).await;
        let response = client
            .bodies()
            .report()
            .send_response()
            .await
            .expect("the request was accepted");
        same(
            response.deviations()[0].rule(),
            DeviationRule::NoBody,
            "an accepted request",
        );
    }
    let (_server, client) = client(Reply::json(206, r#"{"id":7}"#)).await;
    same(
        client.bodies().report().send().await.expect("a success").id,
        7,
        "an undocumented status",
    );
}

/// Bodies of any type, and of another type than documented.
async fn media_types() {
    let (_server, one) = client(typed(200, "application/octet-stream", &[0xff, 0xfe, 0])).await;
    same(
        one.bodies().file().send().await.expect("bytes"),
        [0xff, 0xfe, 0].as_slice(),
        "bytes",
    );
    let texts: [(&str, &[u8], &str); 4] = [
        ("text/plain", b"a", "a"),
        ("application/json", br#""a\nb""#, "a\nb"),
        ("application/json; charset=utf-8", b"a", "a"),
        ("application/octet-stream", &[0xff, 0], "\u{ff}\0"),
    ];
    for (media_type, body, expected) in texts {
        let (_server, one) = client(typed(200, media_type, body)).await;
        same(one.bodies().text().send().await.expect("text"), expected, media_type);
    }
    for (media_type, body) in [("text/event-stream", "data: {}\n\n"), ("text/html", "<p>s3cret</p>")] {
        let (_server, one) = client(typed(200, media_type, body.as_bytes())).await;
        let error = one.bodies().report().send().await.expect_err("not JSON");
        let message = format!("expected a body of type `application/json`, found `{media_type}` at $");
        same(error.to_string().ends_with(&message), true, &error.to_string());
        same(error.body().expect("a body").as_ref(), body.as_bytes(), media_type);
    }
}

/// A body that states that the call failed.
async fn envelopes() {
    let zone = |client: &reading::Client| client.bodies().zone();
    let valid = r#"{"success":true,"errors":[],"result":{"id":7}}"#;
    reads(zone, valid, valid, &[]).await;
    let failed = r#"{"success":false,"errors":[{"code":7003,"message":"No route"}],"result":null}"#;
    let (_server, one) = client(Reply::json(200, failed)).await;
    let error = one.bodies().zone().send().await.expect_err("it failed");
    same(matches!(error, Error::Api(_)), true, failed);
    same(
        error.to_string().ends_with("200 OK (attempt 1 of 3): No route"),
        true,
        &error.to_string(),
    );
    fails(
        zone,
        r#"{"success":true,"errors":[],"result":null}"#,
        "expected an object, found null at $.result",
    )
    .await;
}

/// The text of an error, wherever a framework puts it, but no body in a decode error.
async fn errors() {
    let bodies = [
        (
            r#"{"detail":[{"loc":["body","age"],"msg":"too old","type":"value"}]}"#,
            "too old",
        ),
        (r#"{"title":"Bad input","errors":{"age":["too old"]}}"#, "too old"),
        (r#"{"error":{"message":"too old","code":7}}"#, "too old"),
        (r#"{"error":"invalid","error_description":"too old"}"#, "too old"),
        (r#"{"errorMessages":["too old"],"errors":{}}"#, "too old"),
        (r#"{"title":"too old","status":400}"#, "too old"),
    ];
    for (body, text) in bodies {
        let (_server, one) = client(Reply::json(400, body)).await;
        let error = one.bodies().report().send().await.expect_err(body);
        same(error.to_string().contains(text), true, &error.to_string());
    }
    let (_server, one) = client(Reply::json(200, r#"{"id":"s3cret-token"}"#)).await;
    let error = one.bodies().report().send().await.expect_err("not an integer");
    same(error.to_string().contains("s3cret"), false, &error.to_string());
    same(
        error.body().expect("a body").as_ref(),
        br#"{"id":"s3cret-token"}"#.as_slice(),
        "the body",
    );
}
