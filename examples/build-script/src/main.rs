//! Lists pets with an SDK that the build script generates.
//!
//! `cargo run -- http://localhost:4010`, with the URL of a test server such as the mock server Prism.

include!(concat!(env!("OUT_DIR"), "/pets.rs"));

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = pets::Client::builder();
    if let Some(url) = std::env::args().nth(1) {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;
    for pet in client.pets().list_pets().limit(10).send().await? {
        println!("{}: {:?}", pet.name, pet.age);
    }
    Ok(())
}
