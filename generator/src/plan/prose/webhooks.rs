//! The sentences of `src/webhooks.rs`.

use crate::krate::WebhookProse;

/// Returns the sentences.
pub fn prose() -> WebhookProse {
    WebhookProse {
        head: "Webhooks: requests that the API sends to you.",
        event: "An event that the API reports by a webhook.",
        other: "An event that this version of the SDK does not know.",
        other_name: "The name of the event.",
        other_payload: "The body of the request.",
        receive: "Verifies the signature of a request and returns its event. The body must be the received bytes.\n\n\
                  # Errors\n\nFails if the signature is invalid, if the request does not contain the name of the event, or if the \
                  body does not match the API description.",
        from_request: "Returns the event of a request, without verifying its signature: call [`verify`](WebhookVerifier::verify) first. The name of the event is in a header such as \
                       `X-GitHub-Event`, or in a property of the body such as `type`.\n\n# Errors\n\nFails if the request does not \
                       contain the name, or if the body does not match the API description.",
        parse: "Reads the body of the event that has this name, without verifying the signature of its request: call \
                [`verify`](WebhookVerifier::verify) first. Names are compared by their letters and digits.\n\n# Errors\n\nFails if \
                the body does not match the API description.",
        name: "Returns the name of the event.",
    }
}
