//! Sends signed webhooks to the server.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use kitchen_sink::webhooks::{WebhookEvent, WebhookVerifier};
use sha2::Sha256;

const KEY: &[u8] = b"the key of the tests";

/// Starts the server. Returns its URL and the events that it receives.
async fn server() -> (String, Arc<Mutex<Vec<WebhookEvent>>>) {
    let received = Arc::new(Mutex::new(Vec::new()));
    let events = received.clone();
    let verifier = WebhookVerifier::standard(format!("whsec_{}", STANDARD.encode(KEY)));
    let router =
        webhook_server_example::router(verifier, move |event| events.lock().expect("not poisoned").push(event));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    (format!("http://{address}/webhooks"), received)
}

/// Sends a body with a signature of the key, and returns the status.
async fn send(url: &str, key: &[u8], body: &'static str) -> u16 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(format!("msg_1.{now}.{body}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let request = reqwest::Client::new()
        .post(url)
        .header("webhook-id", "msg_1")
        .header("webhook-timestamp", now.to_string())
        .header("webhook-signature", format!("v1,{signature}"))
        .body(body);
    request.send().await.expect("a response").status().as_u16()
}

#[tokio::test]
async fn signed_events_are_received_and_others_rejected() {
    let (url, received) = server().await;
    assert_eq!(
        send(&url, KEY, r#"{"event":"thingCreated","id":7,"name":"a thing"}"#).await,
        204
    );
    assert_eq!(send(&url, KEY, r#"{"type":"things.delete","id":7}"#).await, 204);
    assert_eq!(send(&url, KEY, r#"{"type":"ping"}"#).await, 204);
    assert_eq!(send(&url, KEY, r#"{"type":"thing.renamed"}"#).await, 204);
    assert_eq!(send(&url, b"another key", r#"{"type":"ping"}"#).await, 401);
    assert_eq!(send(&url, KEY, r#"{"type":"things.delete"}"#).await, 400);
    assert_eq!(send(&url, KEY, "{}").await, 400);
    let received = received.lock().expect("not poisoned");
    let names: Vec<&str> = received.iter().map(WebhookEvent::name).collect();
    assert_eq!(names, ["thingCreated", "thing.deleted", "ping", "thing.renamed"]);
    let WebhookEvent::ThingCreated(thing) = &received[0] else {
        panic!("{:?}", received[0]);
    };
    assert_eq!((thing.id, thing.name.as_str()), (7, "a thing"));
    assert!(matches!(&received[3], WebhookEvent::Other { payload, .. } if payload["type"] == "thing.renamed"));
}
