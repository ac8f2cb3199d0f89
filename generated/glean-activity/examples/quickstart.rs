//! A first call of the Glean Activity API: `cargo run --example quickstart`. `GLEAN_BASE_URL` names another server.

use glean_activity::{Client, models};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().instance("instance-name");
    if let Ok(url) = std::env::var("GLEAN_BASE_URL") {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;
    client
        .client()
        .activity()
        .report(&models::Activity::new([
            models::ActivityEvent::new(
                models::ActivityEventAction::View,
                "2026-04-09T13:05:40Z".parse()?,
                "https://wiki.acme.example/engineering/release-checklist",
            )
            .with_id("8d1f7a3e-52c6-4b09-9e64-0f3cb1a7d285")
            .with_params(
                models::ActivityEventParams::new()
                    .with_duration(94)
                    .with_referrer("https://wiki.acme.example/home")
                    .with_title("Release checklist"),
            )
            .with_source(serde_json::json!("browser-extension")),
            models::ActivityEvent::new(
                models::ActivityEventAction::Search,
                "2026-04-09T13:05:12Z".parse()?,
                "https://wiki.acme.example/search?q=release",
            )
            .with_params(models::ActivityEventParams::new().with_query("release"))
            .with_source(serde_json::json!("browser-extension")),
        ]))
        .send()
        .await?;
    Ok(())
}
