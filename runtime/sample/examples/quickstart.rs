//! Calls the Acme Activities once. Run it with `cargo run --example quickstart`.
//! Set `ACME_BASE_URL` to use another server.

use acme_activities::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder();
    if let Ok(url) = std::env::var("ACME_BASE_URL") {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;
    let mut items = client.activities().list_activities().items();
    while let Some(activity) = items.next().await {
        println!("{:#?}", activity?);
    }
    Ok(())
}
