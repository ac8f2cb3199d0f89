//! Receives webhooks at `http://127.0.0.1:3000/webhooks` and prints them. `WEBHOOK_SECRET` is the secret of the signatures.

use kitchen_sink::webhooks::{WebhookEvent, WebhookVerifier};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let verifier = WebhookVerifier::standard(std::env::var("WEBHOOK_SECRET")?);
    let router = webhook_server_example::router(verifier, |event| match event {
        WebhookEvent::ThingCreated(thing) => println!("created: {}", thing.name),
        WebhookEvent::ThingDeleted(thing) => println!("deleted: {}", thing.id),
        event => println!("ignored: {}", event.name()),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, router).await?;
    Ok(())
}
