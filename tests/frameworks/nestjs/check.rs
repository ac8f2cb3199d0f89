//! Calls the NestJS application, and checks what it received and returned.
//!
//! usage: check URL

#[macro_use]
mod common;

use framework_check::models::{Color, CreateItemDto, Dog, LoginDto, Pet, Priority, UpdateItemDto};
use framework_check::runtime::Nullable;
use framework_check::{Client, File};

/// The id of an item.
const ID: &str = "00000000-0000-4000-8000-000000000000";

type Checked = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Checked {
    let url = std::env::args().nth(1).ok_or("usage: check URL")?;
    let client = Client::builder()
        .base_url(&url)
        .bearer_token("token")
        .basic_auth("user", "password")
        .build()?;
    read(&client).await?;
    write(&client).await?;
    transfer(&client).await?;
    println!("all checks passed");
    Ok(())
}

async fn read(client: &Client) -> Checked {
    let items = client.items();
    // The document describes page numbers as floating-point numbers.
    let listed = all!(items.find_all().limit(2).color([Color::Red]).items());
    assert_eq!(listed.len(), 7);
    let page = items.find_all().page(3).limit(3).send().await?;
    assert_eq!(
        (page.meta.page, page.meta.total, page.meta.has_next_page),
        (3.0, 7.0, false)
    );
    let ids = listed[..2].iter().map(|item| item.id.as_str());
    assert_eq!(items.search(ids).send().await?, listed[..2]);

    let first = items.find_one(listed[0].id.as_str()).send().await?;
    assert_eq!(first, listed[0]);
    assert_eq!((&first.parent, &first.note), (&None, &Nullable::Null));
    assert_eq!(first.created_at.to_string(), "1970-01-01T00:00:00.000Z");

    let missing = items.find_one("none").send().await.unwrap_err();
    assert!(missing.is_not_found());
    assert!(missing.to_string().ends_with("there is no such item"), "{missing}");
    Ok(())
}

async fn write(client: &Client) -> Checked {
    let items = client.items();
    let new = CreateItemDto::new("new", Priority::Value1)
        .with_color(Color::Blue)
        .with_pet(Dog::new(true))
        .with_note_null();
    let created = items.create(&new).send().await?;
    assert_eq!((&*created.name, created.color), ("new", Some(Color::Blue)));
    assert!(matches!(created.pet, Some(Pet::Dog(dog)) if dog.barks));
    let update = UpdateItemDto::new().with_name("other");
    assert_eq!(items.update(ID, &update).send().await?.name, "other");
    // The document does not describe bodies of simple types.
    let position = items.position("a/b", 2).send_response().await?;
    assert_eq!(position.bytes(), "a/b at 2");
    items.remove(ID).send().await?;

    // The message of a validation error is a list.
    let invalid = items
        .create(&CreateItemDto::new("", Priority::Other(7)).with_color("green"))
        .send()
        .await;
    let invalid = invalid.unwrap_err().to_string();
    assert!(invalid.contains("color must be one of"), "{invalid}");

    Ok(())
}

/// Files, events, credentials, and a body that the document does not describe.
async fn transfer(client: &Client) -> Checked {
    let items = client.items();
    let upload = items.upload("title", File::new("a.txt", "hello")).send().await?;
    assert_eq!((upload.size, &*upload.title), (5, "title"));
    let files = [File::new("a.txt", "a"), File::new("b.txt", "b")];
    assert_eq!(items.uploads(files).send_response().await?.bytes(), "2");
    assert_eq!(items.file(ID).send().await?.len(), 30);

    let events = all!(items.events().send().await?);
    assert!(events.iter().map(|event| event.n).eq([0, 1, 2]), "{events:?}");

    let token = client.auth().login(&LoginDto::new("user", "password")).send().await?;
    assert_eq!((&*token.access_token, token.expires_in), ("user", 3600.0));
    let me = client.auth().me("trace").send_response().await?;
    assert_eq!(
        me.bytes(),
        r#"{"authorization":"Basic dXNlcjpwYXNzd29yZA==","trace":"trace"}"#
    );
    assert_eq!(client.app().get_hello().send_response().await?.bytes(), "Hello");
    Ok(())
}
