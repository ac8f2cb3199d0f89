//! A program in WebAssembly that makes calls of all kinds with an SDK. `../server.mjs` is its server.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kitchen_sink::runtime::{File, OAuth2, RetryPolicy, TimeoutKind};
use kitchen_sink::{Client, Error as ApiError, Method};
use wasm_bindgen::prelude::wasm_bindgen;

type Checked = Result<String, Box<dyn Error>>;

/// Makes all calls, and returns a line for each.
///
/// # Errors
///
/// Returns the first failure.
#[wasm_bindgen]
pub async fn run(server: String) -> Result<String, String> {
    let client = Client::builder()
        .base_url(&server)
        .oauth(OAuth2::client_credentials("id", "secret").token_url(format!("{server}/token")))
        .retries(RetryPolicy::standard().backoff(Duration::from_millis(20), 1.0, Duration::from_millis(20)))
        .build()
        .map_err(|error| error.to_string())?;
    let results = [
        ("pages", pages(&client).await),
        ("stream", stream(&client).await),
        ("upload", upload(&client).await),
        ("retry", retry(&client).await),
        ("timeout", timeout(&client).await),
        ("timeout of a stream", timeout_of_stream(&client).await),
        ("lost connection", lost_connection(&client).await),
        ("logins", logins(&client).await),
        ("path", path(&client).await),
    ];
    let lines = results.into_iter().map(|(name, result)| match result {
        Ok(text) => Ok(format!("{name}: {text}")),
        Err(error) => Err(format!("{name} failed: {error}")),
    });
    Ok(lines.collect::<Result<Vec<_>, _>>()?.join("\n"))
}

/// Requires that a future can be sent to another thread, as in native programs.
fn sendable<F: Future + Send>(future: F) -> F {
    future
}

/// Pages, with a token that a background task requests.
async fn pages(client: &Client) -> Checked {
    let (mut items, mut ids) = (client.pages().list_by_cursor().items(), Vec::new());
    while let Some(thing) = items.next().await {
        ids.push(thing?.id);
    }
    Ok(format!("{ids:?}"))
}

/// Events, which arrive one by one.
async fn stream(client: &Client) -> Checked {
    let mut news = sendable(client.streams().get_news().send()).await?;
    let mut texts = Vec::new();
    while let Some(event) = news.next().await {
        texts.push(event?.into_data());
    }
    Ok(format!("{texts:?}"))
}

/// A file of a multipart body that reports its progress.
async fn upload(client: &Client) -> Checked {
    let sent = Arc::new(AtomicU64::new(0));
    let counter = sent.clone();
    let file =
        File::new("a.png", vec![7; 300_000]).on_progress(move |bytes, _| counter.store(bytes, Ordering::Relaxed));
    let thing = sendable(client.bodies().post_multipart(file).send()).await?;
    let name = thing.map(|thing| thing.name).unwrap_or_default();
    Ok(format!("{name}, {} bytes read", sent.load(Ordering::Relaxed)))
}

/// A call whose first attempt fails.
async fn retry(client: &Client) -> Checked {
    let response = client.request(Method::GET, "/flaky").send().await?;
    Ok(format!(
        "{} after {} attempts",
        response.status(),
        response.call().attempt()
    ))
}

/// A call that the timeout of an attempt ends.
async fn timeout(client: &Client) -> Checked {
    let call = client.request(Method::GET, "/slow").retries(RetryPolicy::none());
    match call.attempt_timeout(Duration::from_millis(50)).send().await {
        Err(ApiError::Timeout(error)) if *error.kind() == TimeoutKind::Attempt => Ok(error.to_string()),
        other => Err(format!("{other:?}").into()),
    }
}

/// A stream that stops.
async fn timeout_of_stream(client: &Client) -> Checked {
    let log = client.streams().get_log().attempt_timeout(Duration::from_millis(200));
    let mut log = log.send().await?;
    let first = log.next().await.is_some_and(|item| item.is_ok());
    match log.next().await {
        Some(Err(ApiError::Timeout(error))) if first => Ok(error.to_string()),
        other => Err(format!("{first} {other:?}").into()),
    }
}

/// A call whose connection the server closes.
async fn lost_connection(client: &Client) -> Checked {
    let call = client.request(Method::GET, "/broken").retries(RetryPolicy::none());
    match call.send().await {
        Err(ApiError::Transport(error)) => Ok(format!("{:?}", error.kind())),
        other => Err(format!("{other:?}").into()),
    }
}

/// Two logins, whose random numbers differ.
async fn logins(client: &Client) -> Checked {
    let first = client.authorization_code("id", "https://localhost/").start().await?;
    let second = client.authorization_code("id", "https://localhost/").start().await?;
    match first.url() != second.url() {
        true => Ok("different".to_owned()),
        false => Err("the logins have the same state".into()),
    }
}

/// A path, which a browser cannot open.
async fn path(client: &Client) -> Checked {
    let call = client.bodies().put_binary(File::open(Path::new("/a.bin")));
    match call.send().await {
        Err(ApiError::Build(error)) => Ok(error.to_string()),
        other => Err(format!("{:?}", other.map(|_| ())).into()),
    }
}
