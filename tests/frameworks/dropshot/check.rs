//! Calls the dropshot server with values of every kind, and checks what it received and returned.
//!
//! usage: check URL

#[macro_use]
mod common;

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
    assert_eq!((item.id, item.name.as_str(), item.color.clone()), (7, "a & b", Color::DarkBlue));
    assert!(matches!(&item.event, Event::Text(text) if text.value == "x"), "{:?}", item.event);
    let created = items.create_item(&item).send().await?;
    assert_eq!(serde_json::to_value(&created)?, serde_json::to_value(&item)?);
    let missing = items.read_item(404).send().await.unwrap_err();
    assert!(missing.is_not_found() && format!("{:?}", missing.kind()).contains("no-item"), "{missing:?}");
    items.delete_item(7).send().await?;
    let all = all!(items.list_items().limit(3).items());
    assert!(all.iter().map(|item| item.id).eq(1..=7), "{all:?}");
    Ok(())
}

async fn parameters(client: &Client) -> Outcome {
    let parameters = client.parameters();
    let sent = parameters.search().send().await?;
    assert!(sent.as_object().is_some_and(|sent| sent.values().all(Json::is_null)), "{sent}");
    let search = parameters.search().q("a&b=c ü").limit(5).ratio(2.0).exact(true).color(Color::DarkBlue);
    let expected = json!({ "q": "a&b=c ü", "limit": 5, "ratio": 2.0, "exact": true, "color": "dark-blue" });
    assert_eq!(search.send().await?, expected);
    let response = parameters.headers().token("t").send_response().await?;
    assert_eq!(response.headers().x_count().as_deref(), Some("3"));
    assert_eq!(response.body().as_deref(), Some("t"));
    assert_eq!(parameters.headers().send().await?, None);
    Ok(())
}

async fn bodies(client: &Client) -> Outcome {
    let profile = client.forms().form("a & ü").age(3).ratio(2.0).send().await?;
    assert_eq!(serde_json::to_value(profile)?, json!({ "name": "a & ü", "age": 3, "ratio": 2.0 }));
    let files = client.files();
    // The document does not describe the parts, so the caller passes the encoded form.
    let form = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\ncontent-type: text/plain\r\n\r\n1\r\n--x--\r\n";
    let form = File::new("form", form).content_type("multipart/form-data; boundary=x");
    assert_eq!(files.upload(form).send().await?, ["file a.txt text/plain 1"]);
    assert_eq!(files.replace_bytes(vec![0; 100_000]).send().await?, 100_000);
    assert_eq!(files.download().send().await?, vec![255; 1000]);
    Ok(())
}
