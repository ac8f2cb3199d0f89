//! Webhooks: signatures of all schemes, and the event of a request.

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use sdkwright_runtime::runtime::webhook::{WebhookError, WebhookVerifier, detect_event, find_event};

const BODY: &[u8] = br#"{"id":7}"#;
const TIME: u64 = 1_700_000_000;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        let name = http::HeaderName::from_bytes(name.as_bytes()).expect("a header name");
        (name, value.parse().expect("a header value"))
    });
    pairs.collect()
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Checks that the verifier accepts the request, and rejects another body, another secret and a missing header.
#[track_caller]
fn check(
    verifier: impl Fn(&'static str) -> WebhookVerifier,
    secret: &'static str,
    headers: &HeaderMap,
    body: &[u8],
    time: u64,
) {
    let verifier_of = &verifier;
    let right = verifier_of(secret);
    right
        .verify_at(headers, body, at(time))
        .expect("the signature is valid");
    let rejected = |verifier: &WebhookVerifier, headers: &HeaderMap, body: &[u8]| {
        verifier
            .verify_at(headers, body, at(time))
            .expect_err("the signature is rejected")
    };
    assert!(matches!(
        rejected(&right, headers, b"{}"),
        WebhookError::InvalidSignature
    ));
    assert!(matches!(
        rejected(&verifier_of("b3RoZXI="), headers, body),
        WebhookError::InvalidSignature
    ));
    assert!(matches!(
        rejected(&verifier_of(""), headers, body),
        WebhookError::InvalidSecret
    ));
    assert!(matches!(
        rejected(&right, &HeaderMap::new(), body),
        WebhookError::MissingHeader(_)
    ));
    let rotated = verifier_of("b3RoZXI=").or_secret(secret);
    rotated
        .verify_at(headers, body, at(time))
        .expect("the second secret is tried");
}

#[test]
fn standard_webhooks_are_verified() {
    // The example of the specification.
    let headers = headers(&[
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        (
            "webhook-signature",
            "v1a,abc v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
    ]);
    let body = br#"{"test": 2432232314}"#;
    check(
        WebhookVerifier::standard,
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        &headers,
        body,
        1_614_265_330,
    );
    check(
        WebhookVerifier::standard,
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        &headers,
        body,
        1_614_265_330,
    );
    let verifier = WebhookVerifier::standard("whsec_not base64!");
    let error = verifier
        .verify_at(&headers, body, at(1_614_265_330))
        .expect_err("the secret is invalid");
    assert!(matches!(error, WebhookError::InvalidSecret));
}

#[test]
fn a_header_with_a_timestamp_and_signatures_is_verified() {
    let signature = "752e6be570ce41e61bb9b76bd112f81f566efb26dd67c6dde67ba4f404e130f4";
    let value = format!("t={TIME},v0=00,v1=ffff, v1={signature}");
    let headers = headers(&[("stripe-signature", &value)]);
    check(
        |secret| WebhookVerifier::timestamped("Stripe-Signature", secret),
        "whsec_test",
        &headers,
        BODY,
        TIME,
    );
}

#[test]
fn a_signature_of_the_body_is_verified() {
    // The example of GitHub's documentation.
    let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let signed = headers(&[("x-hub-signature-256", signature)]);
    let verifier = |secret| WebhookVerifier::hmac_sha256("X-Hub-Signature-256", secret).prefix("sha256=");
    check(verifier, "It's a Secret to Everybody", &signed, b"Hello, World!", 0);

    let signed = headers(&[("x-shopify-hmac-sha256", "8H4ArshMx7aSM6QLEs/Ycf33WRssDJvCNGfn8yZZeKA=")]);
    let verifier = |secret| WebhookVerifier::hmac_sha256("X-Shopify-Hmac-Sha256", secret).base64();
    check(verifier, "secret", &signed, BODY, 0);
}

fn slack(secret: &'static str) -> WebhookVerifier {
    WebhookVerifier::hmac_sha256("X-Slack-Signature", secret)
        .prefix("v0=")
        .timestamp("X-Slack-Request-Timestamp", "v0:{timestamp}:{body}")
}

#[test]
fn a_timestamp_in_another_header_is_verified() {
    let signature = "v0=6ec0a47e705409ec12093c805176082411c82e0e8bd8d72a72cd8d8a4ea5036a";
    let headers = headers(&[
        ("x-slack-signature", signature),
        ("x-slack-request-timestamp", "1700000000"),
    ]);
    check(slack, "secret", &headers, BODY, TIME);
    let verifier = slack("secret");
    for (time, tolerance, is_valid) in [
        (TIME + 300, 300, true),
        (TIME - 300, 300, true),
        (TIME + 301, 300, false),
        (TIME - 301, 300, false),
        (TIME + 301, 400, true),
        (TIME + 1, 0, false),
    ] {
        let verifier = verifier.clone().tolerance(Duration::from_secs(tolerance));
        let result = verifier.verify_at(&headers, BODY, at(time));
        assert_eq!(result.is_ok(), is_valid, "{time} {tolerance}");
        assert!(
            result
                .err()
                .is_none_or(|error| matches!(error, WebhookError::InvalidTimestamp))
        );
    }
}

#[test]
fn malformed_signatures_are_rejected() {
    for value in [
        "",
        "t=",
        "t=1700000000",
        "v1=00",
        "t=x,v1=0",
        "t=1700000000,v1=zz",
        "t=1700000000,v1=é",
        ",,=,",
    ] {
        let headers = headers(&[("signature", value)]);
        let verifier = WebhookVerifier::timestamped("signature", "secret");
        let error = verifier.verify_at(&headers, BODY, at(TIME)).expect_err(value);
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(error.source().is_none());
    }
    let debug = format!(
        "{:?}",
        WebhookVerifier::standard("whsec_MfKQ9r8GKYqr").or_secret("MfKQ9r8GKYqr")
    );
    assert!(!debug.contains("MfKQ9r8GKYqr"), "{debug}");
}

const EVENTS: &[&[&str]] = &[&["issue-opened"], &["push"], &["batch_failed", "batch.failure"]];

#[test]
fn the_name_of_an_event_is_in_a_header_or_in_the_body() {
    let detect = |pairs: &[(&'static str, &str)], body: &str| {
        let (index, name) = detect_event(EVENTS, &headers(pairs), body.as_bytes()).expect("an event");
        index.map_or(name, |index| EVENTS[index][0].to_owned())
    };
    let github = |name| ("x-github-event", name);
    assert_eq!(detect(&[github("issue")], r#"{"action":"opened"}"#), "issue-opened");
    assert_eq!(detect(&[github("push")], r#"{"action":"opened"}"#), "push");
    assert_eq!(detect(&[("x-shopify-topic", "batch/failed")], "{}"), "batch_failed");
    assert_eq!(detect(&[], r#"{"type":"batch.failed"}"#), "batch_failed");
    assert_eq!(detect(&[], r#"{"eventType":"BatchFailed","name":"x"}"#), "batch_failed");
    assert_eq!(detect(&[], r#"{"name":"x","type":"batch.failure"}"#), "batch_failed");
    assert_eq!(detect(&[], r#"{"type":"later"}"#), "later");
    assert_eq!(detect(&[github("star")], "not JSON"), "star");
}

#[test]
fn a_request_without_a_name_is_an_error_unless_there_is_one_event() {
    let error = detect_event(EVENTS, &HeaderMap::new(), b"{}").expect_err("no name");
    assert!(matches!(error, WebhookError::MissingName));
    let (index, _) = detect_event(&EVENTS[1..2], &HeaderMap::new(), b"[]").expect("the only event");
    assert_eq!(index, Some(0));
    assert_eq!(find_event(EVENTS, "BATCH_FAILED").0, Some(2));
    assert_eq!(find_event(EVENTS, "batch").0, None);
}
