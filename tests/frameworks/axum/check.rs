//! Calls the axum server with values of every kind, and checks what it received and returned.
//!
//! usage: check URL

use framework_check::models::*;
use framework_check::runtime::File;
use framework_check::{Client, ResponseHeaders, RetryPolicy};
use serde_json::{Value as Json, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome {
    let url = std::env::args().nth(1).ok_or("usage: check URL")?;
    let client = Client::builder().base_url(&url).retries(RetryPolicy::none()).build()?;
    items(&client).await?;
    parameters(&client).await?;
    bodies(&client).await?;
    println!("all checks passed");
    Ok(())
}

async fn items(client: &Client) -> Outcome {
    let items = client.items();
    let item = items.read_item(7).send().await?;
    println!("{item:?}");
    assert_eq!((item.id, item.name.as_str(), item.made.to_string().as_str()), (7, "a & b", "2026-02-03"));
    assert_eq!(item.changed.to_string(), "2026-02-03T04:05:06.789Z");
    let created = items.create_item(&item).send().await?;
    assert_eq!(serde_json::to_value(&created)?, serde_json::to_value(&item)?);
    let missing = items.read_item(404).send().await.unwrap_err();
    assert!(missing.is_not_found() && format!("{:?}", missing.kind()).contains("no-item"), "{missing:?}");
    items.delete_item(7).send().await?;
    Ok(())
}

async fn parameters(client: &Client) -> Outcome {
    let parameters = client.parameters();
    let sent = parameters.search().send().await?;
    assert!(sent.as_object().is_some_and(|sent| sent.values().all(Json::is_null)), "{sent}");
    let search = parameters.search().q("a&b=c ü").limit(5).ratio(2.0).exact(true).color(Color::DarkBlue);
    let search = search.day(jiff::civil::date(2026, 1, 2)).since("2026-01-02T03:04:05Z".parse()?);
    let expected = json!({
        "q": "a&b=c ü", "limit": 5, "ratio": 2.0, "exact": true, "color": "dark-blue", "day": "2026-01-02",
        "since": "2026-01-02T03:04:05Z",
    });
    assert_eq!(search.send().await?, expected);
    let response = parameters.headers().x_token("t").send_response().await?;
    assert_eq!((response.headers().x_count(), response.body().as_str()), (Some(3), "t"));
    assert_eq!(parameters.by_path("a/b c?d").send().await?, "a/b c?d");
    Ok(())
}

async fn bodies(client: &Client) -> Outcome {
    let form = client.forms().form("a & ü").age(3).ratio(2.0).born(jiff::civil::date(2000, 1, 2));
    let profile = form.send().await?;
    assert_eq!(serde_json::to_value(profile)?, json!({ "name": "a & ü", "age": 3, "ratio": 2.0, "born": "2000-01-02" }));
    let files = client.files();
    let upload = files.upload(File::new("a.txt", "1")).more([File::new("b.png", "22"), File::new("c", "333")]).note("n");
    let expected = ["file a.txt text/plain 1", "more b.png image/png 2", "more c application/octet-stream 3", "note - text/plain 1"];
    assert_eq!(upload.send().await?, expected);
    assert_eq!(files.bytes(vec![0; 100_000]).send().await?, "100000");
    assert_eq!(files.download().send().await?, vec![255; 1000]);
    let responses = client.responses();
    assert!(responses.optional(true).send().await?.is_some() && responses.optional(false).send().await?.is_none());
    Ok(())
}
