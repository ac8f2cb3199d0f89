//! Clients for the mock server and its clock, and a transport without a network.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sdkwright_runtime::runtime::{Body, BoxFuture, Method, RetryPolicy, Transport, TransportError};
use sdkwright_runtime::{Client, ClientBuilder};

pub use crate::mock::{Received, Reply, Server, World};

crate::mock::environment!(sdkwright_runtime::runtime);

/// A transport without a network. It returns the replies in order, and then never responds.
pub struct Script {
    replies: Mutex<VecDeque<Reply>>,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Script {
    /// Creates the transport, and the list of lines that it records.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> (Self, Arc<Mutex<Vec<String>>>) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        (
            Self {
                replies: Mutex::new(replies.into_iter().collect()),
                sent: sent.clone(),
            },
            sent,
        )
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.sent
            .lock()
            .unwrap()
            .push(format!("{} {}", request.method(), request.uri()));
        let reply = self.replies.lock().unwrap().pop_front();
        Box::pin(async move {
            let Some(reply) = reply else {
                return std::future::pending().await;
            };
            tokio::time::sleep(reply.delay).await;
            let response = http::Response::builder()
                .status(reply.status)
                .body(reply.body.into())
                .unwrap();
            Ok(response)
        })
    }
}

/// Returns a builder with a token, for a server and a clock.
pub fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .bearer_token("t0ken")
}

pub fn client(server: &Server, world: &World) -> Client {
    builder(server, world).build().unwrap()
}

/// Returns a client that does not retry.
pub fn plain(server: &Server) -> Client {
    builder(server, &World::new())
        .retries(RetryPolicy::none())
        .build()
        .unwrap()
}

pub const ACTIVITY: &str = r#"{"id":"a1","action":"opened"}"#;

pub const POST: Method = Method::POST;
