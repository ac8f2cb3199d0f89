//! The committed SDK of the Kitchen Sink API against a local server, with the feature `tracing`: what it logs, what it keeps secret,
//! and long-running operations. Everything that the process logs is recorded.

mod causes;
mod events;
mod links;
mod lists;
mod log;
#[path = "../mock/mod.rs"]
mod mock;
mod mock_pages;
mod polling;
mod secrets;
mod spans;
mod xml;

use kitchen_sink::ClientBuilder;
use mock::{Server, World};

mock::environment!(kitchen_sink::runtime);

/// Returns a builder for a server.
pub fn builder(server: &Server) -> ClientBuilder {
    log::start();
    kitchen_sink::Client::builder()
        .base_url(&server.url)
        .environment(World::new())
}
