//! Calls the Litestar application, and checks what it received and returned.
//!
//! usage: check URL

#[macro_use]
mod common;

use framework_check::models::{Color, Dog, ItemPatch, NewItem, Pet};
use framework_check::runtime::Nullable;
use framework_check::{Client, File};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("usage: check URL")?;
    let client = Client::builder().base_url(&url).build()?;
    let items = client.items();

    // Pages by offset, by cursor and by number.
    let listed = all!(items.list_items().color([Color::Red]).items());
    assert_eq!(listed.len(), 7);
    assert_eq!(all!(items.by_cursor().items()), listed);
    assert_eq!(all!(items.by_page().items()), listed);

    let first = items.get_item(listed[0].id.as_str()).send().await?;
    assert_eq!(first, listed[0]);
    assert_eq!(
        (first.price.as_str(), first.made.to_string().as_str()),
        ("1.50", "2020-01-02")
    );
    assert_eq!(first.changed.to_string(), "2020-01-02T03:04:05");
    assert_eq!(first.lasts.to_string(), "PT90S");
    assert_eq!(first.pair, Nullable::Value((1, "a".to_owned())));
    // The document describes times as durations.
    assert_eq!(serde_json::to_value(&first)?["opens"], "01:02:03");

    let new = NewItem::new("new").with_color(Color::Blue).with_pet(Dog::new(true));
    let created = items.create_item(&new).send().await?;
    assert_eq!(created.color, Color::Blue);
    assert!(matches!(created.pet, Nullable::Value(Pet::Dog(dog)) if dog.barks));
    let patch = ItemPatch::new().with_name("name").with_note_null();
    let patched = items.patch_item(first.id.as_str(), &patch).send().await?;
    assert_eq!(
        serde_json::to_value(patched)?,
        serde_json::json!({ "name": "name", "note": null })
    );
    items.delete_item(first.id.as_str()).send().await?;
    let missing = items.get_item("00000000-0000-0000-0000-000000000000").send().await;
    let missing = missing.unwrap_err().to_string();
    assert!(
        missing.ends_with("404 Not Found (attempt 1 of 3): there is no such item"),
        "{missing}"
    );

    assert_eq!(client.login().login("user", "password").send().await?["user"], "user");
    let files = client.upload().upload("title", File::new("a.txt", "hello"));
    let sizes = files
        .more([File::new("b.txt", "1"), File::new("c.txt", "2")])
        .send()
        .await?;
    assert_eq!((sizes["size"], sizes["more"]), (5, 2));
    assert_eq!(client.download().download().send().await?.len(), 30);
    let pet = client.pet().pet().kind("dog").session("s").send().await?;
    assert_eq!(
        serde_json::to_value(pet)?,
        serde_json::json!({ "kind": "dog", "barks": true })
    );
    assert_eq!(client.text().text().send().await?, "hello");
    println!("all checks passed");
    Ok(())
}
