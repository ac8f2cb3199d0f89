//! A first call of the Workiva Activities API: `cargo run --example quickstart`.

use workiva_activities::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().build()?;
    let activity = client
        .activities()
        .get_activity_by_id("MmI3ZTRmMTAtNmEzZC00ZDU4LTljMGUtNWYxOGEyZDdiM2UwOlFYVmthWFJNYjJjNlJYWmxiblE2TkRFM09qbGpNV1k9")
        .send()
        .await?;
    println!("{activity:#?}");
    Ok(())
}
