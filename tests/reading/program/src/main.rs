//! Calls the operations of the cases on a local server, and compares what is read. Prints the number of comparisons.

mod bodies;
mod scalars;
#[allow(dead_code)]
mod server;
mod tolerance;
mod types;
mod unions;

use std::sync::atomic::{AtomicUsize, Ordering};

use reading::Client;
use reading::runtime::{ErrorSet, PreparedRequest, Response};
use serde::Serialize;

use server::{Reply, Server};

static COMPARISONS: AtomicUsize = AtomicUsize::new(0);
static DIFFERENCES: AtomicUsize = AtomicUsize::new(0);

/// Compares two values and prints a difference.
fn same<T: PartialEq<U> + std::fmt::Debug, U: std::fmt::Debug>(found: T, expected: U, of: &str) {
    COMPARISONS.fetch_add(1, Ordering::Relaxed);
    if found != expected {
        DIFFERENCES.fetch_add(1, Ordering::Relaxed);
        eprintln!("{of}\n   found: {found:?}\nexpected: {expected:?}");
    }
}

/// Returns a client whose next call gets a reply.
async fn client(reply: Reply) -> (Server, Client) {
    let server = Server::script([reply]).await;
    let client = Client::builder().base_url(&server.url).build().expect("a client");
    (server, client)
}

/// Makes a call that gets this JSON, and returns the response or the message of the error, without the call.
async fn call<T, E: ErrorSet>(
    prepare: impl Fn(&Client) -> PreparedRequest<T, E>,
    body: &str,
) -> Result<Response<T>, String> {
    let (_server, client) = client(Reply::json(200, body)).await;
    let result = prepare(&client).send_response().await;
    result.map_err(|error| error.to_string().split_once("): ").expect("a message").1.to_owned())
}

/// Expects that a body is read as a value that is written as `written`, with these deviations (`rule path`).
async fn reads<T: Serialize, E: ErrorSet>(
    prepare: impl Fn(&Client) -> PreparedRequest<T, E>,
    body: &str,
    written: &str,
    deviations: &[&str],
) {
    let response = match call(prepare, body).await {
        Ok(response) => response,
        Err(error) => return same(error.as_str(), written, body),
    };
    // The discriminator comes first, so the order of properties differs.
    let value: serde_json::Value = serde_json::from_str(written).expect("JSON");
    same(serde_json::to_value(response.body()).expect("JSON"), value, body);
    let found: Vec<String> = response
        .deviations()
        .iter()
        .map(|one| format!("{:?} {}", one.rule(), one.path()))
        .collect();
    same(found, deviations, body);
}

/// Expects that a body is read as this variant, without deviations, and written unchanged.
async fn is<T: Serialize + std::fmt::Debug, E: ErrorSet>(
    prepare: impl Fn(&Client) -> PreparedRequest<T, E>,
    body: &str,
    variant: &str,
) {
    if let Ok(response) = call(&prepare, body).await {
        let found = format!("{:?}", response.body());
        if !found.contains(variant) {
            same(found.as_str(), variant, body);
        }
    }
    reads(prepare, body, body, &[]).await;
}

/// Expects that a body is an error with this message.
async fn fails<T: std::fmt::Debug, E: ErrorSet>(
    prepare: impl Fn(&Client) -> PreparedRequest<T, E>,
    body: &str,
    message: &str,
) {
    match call(prepare, body).await {
        Ok(response) => same(format!("{:?}", response.body()).as_str(), message, body),
        Err(error) => same(error.as_str(), message, body),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    unions::check().await;
    scalars::check().await;
    tolerance::check().await;
    bodies::check().await;
    types::check().await;
    assert_eq!(DIFFERENCES.load(Ordering::Relaxed), 0, "see the differences above");
    println!("{}", COMPARISONS.load(Ordering::Relaxed));
}
