//! The committed SDK of Pieces' activity, against a server on this machine: what goes over the wire, and what callers are
//! told.

// As the README of the crate advises to those who send its models between threads.
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

/// A builder with a key, for a server and a world.
fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .api_key("k3y")
}

fn client(server: &Server, world: &World) -> Client {
    builder(server, world).build().expect("a client")
}
