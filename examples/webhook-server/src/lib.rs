//! An axum server that receives the webhooks of the Kitchen Sink API.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use kitchen_sink::webhooks::{WebhookError, WebhookEvent, WebhookVerifier};

/// Creates the router. `handle` is called for every event with a valid signature.
pub fn router(verifier: WebhookVerifier, handle: impl Fn(WebhookEvent) + Send + Sync + 'static) -> Router {
    let state = Arc::new(Receiver {
        verifier,
        handle: Box::new(handle),
    });
    Router::new().route("/webhooks", post(receive)).with_state(state)
}

struct Receiver {
    verifier: WebhookVerifier,
    handle: Box<dyn Fn(WebhookEvent) + Send + Sync>,
}

/// The body must be `Bytes`, because the signature is that of the received bytes.
async fn receive(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    match WebhookEvent::receive(&receiver.verifier, &headers, &body) {
        Ok(event) => {
            (receiver.handle)(event);
            (StatusCode::NO_CONTENT, String::new())
        }
        Err(error @ (WebhookError::Decode(_) | WebhookError::MissingName)) => {
            (StatusCode::BAD_REQUEST, error.to_string())
        }
        Err(error) => (StatusCode::UNAUTHORIZED, error.to_string()),
    }
}
