//! Calls the FastAPI application with values of every kind, and checks what it received and returned.
//!
//! usage: check URL

use framework_check::models::*;
use framework_check::runtime::{DateTime, File, Nullable};
use framework_check::{Client, Error, ResponseHeaders, RetryPolicy};
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome {
    let url = std::env::args().nth(1).ok_or("usage: check URL")?;
    let client = Client::builder().base_url(&url).retries(RetryPolicy::none()).build()?;
    items(&client).await?;
    parameters(&client).await?;
    forms(&client).await?;
    files(&client).await?;
    responses(&client).await?;
    login(&url).await?;
    println!("all checks passed");
    Ok(())
}

async fn items(client: &Client) -> Outcome {
    let items = client.items();
    let item = items.read_item(7).send().await?;
    assert_eq!(item.name, "a & b");
    assert_eq!(item.price, Nullable::Value("12.50".to_owned()));
    assert_eq!(item.changed.to_string(), "2026-02-03T04:05:06.789000Z");
    assert!(matches!(item.pet, Nullable::Value(Pet::Dog(_))));
    assert_eq!(item.value, Some(ItemOutputValue::List(vec![1.5, 2.0])));
    assert_eq!(item.corner, Some((1, 2)));
    let missing = items.read_item(404).send().await.unwrap_err();
    assert!(missing.is_not_found(), "{missing}");
    assert!(format!("{:?}", missing.kind()).contains("no-item"), "{missing:?}");

    let changed: DateTime = "2026-11-28T10:00:00+01:00".parse()?;
    let new = ItemInput::new(8, "x", jiff::civil::date(2026, 2, 3), changed, "2f1c9f6e-58f7-4f4b-9f3a-2b6a7f0d4c11")
        .with_price(12.5.into())
        .with_lasts("PT1H30M".parse()?)
        .with_opens("09:30:00".parse()?)
        .with_pet(Cat::new().with_lives(8).into())
        .with_value("text".to_owned().into())
        .with_corner((3, 4))
        .with_tags(["t"]);
    let created = items.create_item(&new).send().await?;
    assert_eq!(created.price, Nullable::Value("12.5".to_owned()));
    assert_eq!(created.changed.to_string(), "2026-11-28T10:00:00+01:00");
    assert_eq!(created.lasts, new.lasts);
    assert_eq!(created.corner, Some((3, 4)));
    assert_eq!(created.value, Some(ItemOutputValue::String("text".to_owned())));

    let patch = ItemPatch::new().with_name_null().with_price(2.0);
    let changed = items.patch_item(1, &patch).send().await?;
    assert_eq!(serde_json::to_value(&changed)?, json!({ "name": null, "price": 2.0 }));
    items.delete_item(1).send().await?;
    let bulk = BodyCreateItemsItemsBulkPost::new([new]).with_dry_run(true);
    assert_eq!(items.create_items(&bulk).send().await?, 1);
    Ok(())
}

async fn parameters(client: &Client) -> Outcome {
    let parameters = client.parameters();
    let sent = parameters.search().send().await?;
    assert_eq!(Value::Object(sent), json!({ "limit": 20, "exact": false, "order_by": "name" }));
    let sent = parameters
        .search()
        .q("a&b=c ü")
        .limit(5)
        .ratio(2.0)
        .since("2026-01-02T03:04:05+02:00".parse()?)
        .day(jiff::civil::date(2026, 1, 2))
        .within("PT90S".parse()?)
        .colors([Color::Red, Color::DarkBlue])
        .ids([1, 2])
        .either(&SearchEither::Integer(3))
        .exact(true)
        .order_by("price")
        .send()
        .await?;
    let expected = json!({
        "q": "a&b=c ü", "limit": 5, "ratio": 2.0, "since": "2026-01-02T03:04:05+02:00", "day": "2026-01-02", "within": "PT1M30S",
        "colors": ["red", "dark-blue"], "ids": [1, 2], "either": "3", "exact": true, "order_by": "price",
    });
    assert_eq!(Value::Object(sent), expected);
    let wrong = parameters.search().limit(0).send().await.unwrap_err();
    assert!(wrong.to_string().contains("greater than or equal to 1"), "{wrong}");
    let filters = parameters.filtered().offset(2).tags(["a,b", "c"]).send().await?;
    assert_eq!(filters.tags, Some(vec!["a,b".to_owned(), "c".to_owned()]));
    let sent = parameters.headers().x_token("t").session("s;1").send().await?;
    assert_eq!(sent["x_token"], "t");
    assert_eq!(parameters.by_path("a/b c?d").send().await?, "a/b c?d");
    assert_eq!(parameters.by_number(35625.0).send().await?, 35625.0);
    Ok(())
}

async fn forms(client: &Client) -> Outcome {
    let form = client.forms().form("a & ü").age(3).ratio(2.0).tags(["x", "y"]);
    let sent = form.born(jiff::civil::date(2000, 1, 2)).color(Color::DarkBlue).send().await?;
    let expected = json!({ "name": "a & ü", "age": 3, "ratio": 2.0, "tags": ["x", "y"], "born": "2000-01-02", "color": "dark-blue" });
    assert_eq!(Value::Object(sent), expected);
    assert_eq!(client.forms().profile("n").send().await?.nick, Nullable::Null);
    Ok(())
}

async fn files(client: &Client) -> Outcome {
    let files = client.files();
    let more = [File::new("b ü.png", "22"), File::new("c", "333").content_type("text/x-c")];
    let upload = files.upload(File::new("a.txt", "1")).more(more).note("n");
    let received = upload.day(jiff::civil::date(2026, 2, 3)).send().await?;
    assert_eq!(received, ["a.txt text/plain 1", "b ü.png image/png 2", "c text/x-c 3", "n", "2026-02-03"]);
    assert_eq!(files.upload_bytes(File::new("x", vec![0; 100_000])).send().await?, 100_000);
    assert!(files.download().send_response().await?.bytes().starts_with(b"\"\"\"A FastAPI application"));
    assert_eq!(files.stream().send_response().await?.bytes().len(), 50);
    assert_eq!(files.page().send().await?, "<h1>page</h1>");
    assert_eq!(files.image().send().await?, "\u{89}PNG".chars().map(|c| c as u8).collect::<Vec<_>>());
    Ok(())
}

async fn responses(client: &Client) -> Outcome {
    let responses = client.responses();
    println!("{:?}", responses.either(true).send().await?);
    println!("{:?}", responses.either(false).send().await?);
    assert_eq!(responses.anything().send().await?["a"], json!([1, null, "x"]));
    println!("{:?}", responses.nothing().send().await?);
    println!("{:?} {:?}", responses.optional(true).send().await?, responses.optional(false).send().await?);
    let limited = responses.limited().send().await.unwrap_err();
    assert_eq!(limited.headers().and_then(ResponseHeaders::x_wait), Some(5));
    assert!(matches!(&limited, Error::Api(_)), "{limited}");
    assert!(format!("{:?}", limited.kind()).contains("slow"), "{limited:?}");
    Ok(())
}

async fn login(url: &str) -> Outcome {
    let builder = || Client::builder().base_url(url).retries(RetryPolicy::none());
    let client = builder().password("user", "pa ss&word").build()?;
    assert_eq!(client.login().me().send().await?, "t-1");
    let client = builder().basic_auth("user", "pass:word").build()?;
    assert_eq!(client.login().basic().send().await?, "user:pass:word");
    let client = builder().bearer_token("b-1").build()?;
    assert_eq!(client.login().bearer().send().await?, "b-1");
    let client = builder().api_key("k-1").build()?;
    assert_eq!(client.login().key().send().await?, "k-1");
    let token = client.login().token("user", "pa ss&word").grant_type("password").send().await?;
    assert_eq!(token["token_type"], "bearer");
    Ok(())
}
