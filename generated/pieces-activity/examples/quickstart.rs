//! Calls the Pieces Activity API once. Run it with `cargo run --example quickstart`.
//! Set `PIECES_BASE_URL` to use another server.

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
        .specific_activity_snapshot("string")
        .send()
        .await?;
    println!("{activity:#?}");
    Ok(())
}
