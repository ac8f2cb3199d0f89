//! The committed SDK of Pieces' activity API against a local server: what is sent, and what calls return.

// As the README of the crate recommends for programs that send its models between threads.
#![recursion_limit = "512"]

#[path = "../mock/mod.rs"]
mod mock;
mod models;
mod requests;
mod responses;

use std::sync::LazyLock;

use mock::{Document, Server, World, environment};
use pieces_activity::{Client, ClientBuilder};

environment!(pieces_activity::runtime);

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| Document::new(include_str!("../../spec/pieces-activity.yaml")));

/// Returns a builder with a key, for a server and a clock.
fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .api_key("k3y")
}

fn client(server: &Server, world: &World) -> Client {
    builder(server, world).build().expect("a client")
}
