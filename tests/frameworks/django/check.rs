//! Calls the Django application, and checks what it received and returned.
//!
//! usage: check URL

#[macro_use]
mod common;

use framework_check::models::{
    AuthTokenRequest, Color, DiscountRequest, ItemRequest, PatchedItemRequest, Pet, SizeEnum,
};
use framework_check::runtime::Nullable;
use framework_check::{Client, File};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome {
    let url = std::env::args().nth(1).ok_or("usage: check URL")?;
    let client = Client::builder().base_url(&url).basic_auth("admin", "secret").build()?;
    let token = client
        .token()
        .create(&AuthTokenRequest::new("admin", "secret"))
        .send()
        .await?;
    let client = Client::builder()
        .base_url(&url)
        .api_key(format!("Token {}", token.token))
        .build()?;

    pages(&client).await?;
    items(&client).await?;
    println!("all checks passed");
    Ok(())
}

/// Pages by number, by cursor and by offset.
async fn pages(client: &Client) -> Outcome {
    let items = all!(client.items().list().items());
    assert_eq!(items.len(), 7);
    assert_eq!(items[0].color, Some(Color::Empty), "a blank choice");
    assert_eq!(all!(client.items().list().color("red").items()).len(), 3);
    assert_eq!(all!(client.authors().list().items()).len(), 5);
    assert_eq!(all!(client.writers().list().items()).len(), 5);

    let pets = client.pets().list().send().await?;
    assert!(
        matches!(pets.as_slice(), [Pet::Cat(cat), Pet::Dog(dog)] if cat.lives == 9 && dog.barks),
        "{pets:?}"
    );
    Ok(())
}

/// The same item as JSON, as a form and as parts with a file.
async fn items(client: &Client) -> Outcome {
    let new = ItemRequest::new("Chair", "1.50")
        .with_color(Color::Blue)
        .with_second_color_null()
        .with_size(SizeEnum::VeryLarge)
        .with_made("2020-02-03".parse()?)
        .with_took("01:00:00")
        .with_extra(serde_json::json!({ "legs": [4, null] }))
        .with_author(2);
    let chair = client.items().create_with_json(&new).send().await?;
    assert_eq!((chair.label.as_str(), chair.price.as_str()), ("CHAIR", "1.50"));
    assert_eq!(chair.size, Nullable::Value(SizeEnum::VeryLarge));
    assert_eq!(chair.second_color, Nullable::Null);
    assert_eq!(chair.extra, Some(serde_json::json!({ "legs": [4, null] })));
    assert_eq!(chair.author_detail.map(|author| author.id), Some(2));
    let form = client
        .items()
        .create_with_form("Form", "2.5")
        .color(Color::Red)
        .author(1)
        .send()
        .await?;
    assert_eq!((form.price.as_str(), form.author), ("2.50", Nullable::Value(1)));
    let parts = client.items().create("Parts", "3");
    let parts = parts
        .manual(File::new("a.txt", "hello"))
        .size(SizeEnum::Small)
        .send()
        .await?;
    assert!(
        parts
            .manual
            .as_deref()
            .into_option()
            .is_some_and(|url| url.ends_with("a.txt"))
    );

    changes(client, chair.id).await
}

/// Patches, actions and errors.
async fn changes(client: &Client, id: i64) -> Outcome {
    // A patch sets, deletes and leaves out members.
    let patch = PatchedItemRequest::new().with_title("Stool").with_made_null();
    let stool = client.items().partial_update_with_json(id).body(&patch).send().await?;
    assert_eq!(
        (stool.title.as_str(), stool.made, stool.price.as_str()),
        ("Stool", Nullable::Null, "1.50")
    );
    let cheaper = client
        .items()
        .discount_create(id, &DiscountRequest::new(10))
        .send()
        .await?;
    assert_eq!(cheaper.price, "1.35");
    let stats = client.items().stats_retrieve().color(["red", "blue"]).send().await?;
    assert_eq!((stats.count, stats.colors["red"], stats.colors["blue"]), (10, 4, 1));
    assert_eq!(client.items().retrieve(id).send().await?, cheaper);
    client.items().destroy(id).send().await?;

    // Errors have the text of the server.
    let missing = client.items().retrieve(id).send().await.unwrap_err().to_string();
    assert!(missing.ends_with("No Item matches the given query."), "{missing}");
    let invalid = client
        .items()
        .create_with_json(&ItemRequest::new("", "abc"))
        .send()
        .await;
    let invalid = invalid.unwrap_err().to_string();
    assert!(invalid.contains("title: This field may not be blank."), "{invalid}");
    Ok(())
}
