//! Configured types: what they read, what is sent, and what is reported.

use std::error::Error;

use crate::same;
use crate::server::{Reply, Server};

const ID: &str = "0b4a1d9e-8a3c-4ef0-9d36-0f2f2b6a2a11";

/// Returns the JSON of an order.
fn order(at: &str, price: &str, count: &str) -> String {
    format!(r#"{{"id":"{ID}","at":"{at}","on":"2024-02-29","price":{price},"count":{count},"when":"2024-02-29"}}"#)
}

/// Puts an order with the client of a crate, and expects what is sent and what comes back.
macro_rules! puts {
    ($crate_name:ident, $id:expr, $since:expr, $order:expr, $expected:expr, $deviations:expr) => {{
        let server = Server::script([Reply::json(200, $order).header("x-total", "19.9")]).await;
        let client = $crate_name::Client::builder().base_url(&server.url).build()?;
        let body: $crate_name::models::Order = serde_json::from_str(&order("2024-02-29T10:00:00+02:00", "19.9", "7"))?;
        let response = client.orders().put_order($id, $since, &body).send_response().await?;
        let request = server.only();
        let target = format!("/orders/{ID}?since=2024-02-29T10%3A00%3A00%2B02%3A00");
        same(request.target(), target.as_str(), stringify!($crate_name));
        same(
            request.text(),
            order("2024-02-29T10:00:00+02:00", "19.9", "7").as_str(),
            stringify!($crate_name),
        );
        same(
            serde_json::to_string(response.body())?,
            $expected,
            stringify!($crate_name),
        );
        let found: Vec<String> = response
            .deviations()
            .iter()
            .map(|one| format!("{:?} {}", one.rule(), one.path()))
            .collect();
        let deviations: &[&str] = &$deviations;
        same(found, deviations, stringify!($crate_name));
        response.into_body()
    }};
}

pub async fn check() {
    exact().await.expect("no error");
    others().await.expect("no error");
}

async fn exact() -> Result<(), Box<dyn Error>> {
    let (id, since) = (
        ID.parse::<uuid::Uuid>()?,
        "2024-02-29T10:00:00+02:00".parse::<chrono::DateTime<_>>()?,
    );
    let huge = "170141183460469231731687303715884105727";
    let valid = order("2024-02-29T10:00:00Z", "0.1", huge);
    let read = puts!(exact, id, since, &valid, valid.as_str(), []);
    same(
        read.price + read.price + read.price,
        "0.3".parse::<rust_decimal::Decimal>()?,
        "decimals are exact",
    );
    same(read.count, i128::MAX, "integers are exact");
    same((read.id, read.at.timestamp()), (id, 1_709_200_800), "the values");
    // Without an offset, and with more digits than a float keeps, the response is read and reported.
    let odd = order("2024-02-29T10:00:00", "0.1234567890123456789", "7.0");
    let server = Server::script([Reply::json(200, &odd)]).await;
    let client = exact::Client::builder().base_url(&server.url).build()?;
    let body: exact::models::Order = serde_json::from_str(&valid)?;
    let response = client.orders().put_order(id, since, &body).send_response().await?;
    same(response.price.to_string(), "0.12345678901234568", &odd);
    let mut found: Vec<String> = response
        .deviations()
        .iter()
        .map(|one| format!("{:?} {}", one.rule(), one.path()))
        .collect();
    found.sort();
    same(found, ["Converted $.at", "Converted $.count", "Rounded $.price"], &odd);
    let large = order("2024-02-29T10:00:00Z", "19.9", "7").replace(r#","when""#, r#","small":3000000000,"when""#);
    same(
        serde_json::from_str::<exact::models::Order>(&large)?.small,
        Some(3_000_000_000_i64),
        &large,
    );
    let error = serde_json::from_str::<texts::models::Order>(&large).expect_err("an `i32`");
    let range = "expected an integer in the range of i32, found a number out of range at $.small";
    same(error.to_string().contains(range), true, &error.to_string());
    // What the type cannot represent is an error with its path.
    let server = Server::script([Reply::json(200, odd.replace(ID, "order-7"))]).await;
    let client = exact::Client::builder().base_url(&server.url).build()?;
    let error = client
        .orders()
        .put_order(id, since, &body)
        .send()
        .await
        .expect_err("no UUID");
    same(
        error
            .to_string()
            .ends_with("expected uuid, found another string at $.id"),
        true,
        &error.to_string(),
    );
    Ok(())
}

async fn others() -> Result<(), Box<dyn Error>> {
    let since = time::OffsetDateTime::parse(
        "2024-02-29T10:00:00+02:00",
        &time::format_description::well_known::Rfc3339,
    )?;
    let valid = order("2024-02-29T10:00:00Z", "19.9", "7");
    let read = puts!(timed, ID, since, &valid, valid.as_str(), []);
    same(read.at.unix_timestamp(), 1_709_200_800, "the time");
    let local = order("2024-02-29T10:00:00", "19.9", "7");
    puts!(timed, ID, since, &local, valid.as_str(), ["Converted $.at"]);
    // Texts of any form are kept.
    let text = order("yesterday", "19.9", "7");
    let read = puts!(texts, ID, "2024-02-29T10:00:00+02:00", &text, text.as_str(), []);
    same(read.at.as_str(), "yesterday", "the text");
    Ok(())
}
