//! Calls the Glean Activity API once. Run it with `cargo run --example quickstart`.
//! Set `GLEAN_BASE_URL` to use another server.

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
        .feedback()
        .payload(
            &models::Feedback::new(["CAESBnNlYXJjaBgD"], models::FeedbackEvent::Click)
                .with_id("c27b90f4-1e5d-4d3a-8b76-f9a04e6127dc")
                .with_category(models::FeedbackCategory::Search)
                .with_position(3)
                .with_timestamp("2026-04-09T13:06:02Z".parse()?),
        )
        .send()
        .await?;
    Ok(())
}
