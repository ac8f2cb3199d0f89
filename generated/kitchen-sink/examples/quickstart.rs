//! Calls the Kitchen Sink API once. Run it with `cargo run --example quickstart`.
//! Set `KITCHEN_SINK_BASE_URL` to use another server.

use kitchen_sink::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder();
    if let Ok(url) = std::env::var("KITCHEN_SINK_BASE_URL") {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;
    let mut items = client.pages().list_by_cursor().items();
    while let Some(thing) = items.next().await {
        println!("{:#?}", thing?);
    }
    Ok(())
}
