//! Clients of the sample for the mock server and its world, and a transport without a network.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sdkwright_runtime::runtime::{Body, BoxFuture, Method, RetryPolicy, Transport, TransportError};
use sdkwright_runtime::sample::{Client, ClientBuilder};

pub use crate::mock::{Received, Reply, Server, World};

crate::mock::environment!(sdkwright_runtime::runtime);

/// A transport without a network: the replies one after the other, and then none ever.
pub struct Script {
    replies: Mutex<VecDeque<Reply>>,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Script {
    /// The transport, and the lines that were sent.
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

/// A builder with a token, for a server and a world.
pub fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .bearer_token("t0ken")
}

pub fn client(server: &Server, world: &World) -> Client {
    builder(server, world).build().unwrap()
}

/// A client that does not retry.
pub fn plain(server: &Server) -> Client {
    builder(server, &World::new())
        .retries(RetryPolicy::none())
        .build()
        .unwrap()
}

pub const ACTIVITY: &str = r#"{"id":"a1","action":"opened"}"#;

pub const POST: Method = Method::POST;
