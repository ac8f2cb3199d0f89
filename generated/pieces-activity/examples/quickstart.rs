//! A first call of the Pieces Activity API: `cargo run --example quickstart`.

use pieces_activity::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().build()?;
    let activity = client
        .activity()
        .activities_specific_activity_snapshot("string")
        .send()
        .await?;
    println!("{activity:#?}");
    Ok(())
}
