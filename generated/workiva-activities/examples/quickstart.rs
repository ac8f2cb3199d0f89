//! Calls the Workiva Activities API once. Run it with `cargo run --example quickstart`.
//! Set `WORKIVA_BASE_URL` to use another server.

use workiva_activities::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder();
    if let Ok(url) = std::env::var("WORKIVA_BASE_URL") {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;
    let activity = client
        .activities()
        .get_activity_by_id("MmI3ZTRmMTAtNmEzZC00ZDU4LTljMGUtNWYxOGEyZDdiM2UwOlFYVmthWFJNYjJjNlJYWmxiblE2TkRFM09qbGpNV1k9")
        .send()
        .await?;
    println!("{activity:#?}");
    Ok(())
}
