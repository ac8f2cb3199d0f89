//! A first call of the Pieces Activity API: `cargo run --example quickstart`. `PIECES_BASE_URL` names another server.

use pieces_activity::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder();
    if let Ok(url) = std::env::var("PIECES_BASE_URL") {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;
    let activity = client
        .activity()
        .activities_specific_activity_snapshot("string")
        .send()
        .await?;
    println!("{activity:#?}");
    Ok(())
}
