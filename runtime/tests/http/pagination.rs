//! Pagination: where it ends, which links are rejected, and which options apply to all pages.

use std::time::Duration;

use sdkwright_runtime::Client;
use sdkwright_runtime::runtime::{Error, RetryPolicy};
use serde_json::json;

use crate::support::{Received, Reply, Script, Server, World, plain};

/// A server that returns the pages of a list. `link` returns the link of each page.
async fn linked(link: impl Fn(&Received, usize) -> Option<String> + Send + Sync + 'static) -> Server {
    Server::start(move |request, index| {
        let data = json!([{"id": format!("i{index}")}]);
        Reply::json(
            200,
            json!({"data": data, "@nextLink": link(request, index)}).to_string(),
        )
    })
    .await
}

async fn ids(client: &Client) -> Result<Vec<String>, String> {
    let mut items = client.activities().list_activities().items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.map_err(|error| error.to_string())?.id);
    }
    Ok(ids)
}

#[tokio::test]
async fn the_second_request_contains_the_cursor_of_the_first_page() {
    let server = linked(|_, index| ["c=1 &", "c/2"].get(index).map(|cursor| (*cursor).to_owned())).await;
    assert_eq!(ids(&plain(&server)).await.unwrap(), ["i0", "i1", "i2"]);
    let expected = [
        "GET /activities",
        "GET /activities?%24next=c%3D1%20%26",
        "GET /activities?%24next=c%2F2",
    ];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn the_documented_loop_ends() {
    let server = linked(|_, index| (index < 2).then(|| format!("c{index}"))).await;
    let client = plain(&server);
    let mut page = Some(
        client
            .activities()
            .list_activities()
            .maxpagesize(1)
            .send()
            .await
            .unwrap(),
    );
    let mut count = 0;
    while let Some(current) = page {
        count += current.data.len();
        page = current.next().await.unwrap();
    }
    assert_eq!(count, 3);
    assert_eq!(server.lines()[2], "GET /activities?%24maxpagesize=1&%24next=c1");
}

#[tokio::test]
async fn a_cursor_that_is_a_url_is_followed_unchanged() {
    let server = Server::start(|request, index| {
        let host = request.header("host").unwrap_or_default();
        let links = [
            format!("http://{host}/activities?token=%2B&$maxpagesize=9"),
            "/activities?token=2".to_owned(),
            "?token=3".to_owned(),
        ];
        Reply::json(200, json!({"data": [], "@nextLink": links.get(index)}).to_string())
    })
    .await;
    let mut pages = plain(&server)
        .activities()
        .list_activities()
        .maxpagesize(5)
        .query_pair("extra", "1")
        .pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        assert_eq!(page.unwrap().status().as_u16(), 200);
        count += 1;
    }
    assert_eq!(count, 4);
    let expected = [
        "GET /activities?%24maxpagesize=5&extra=1",
        "GET /activities?token=%2B&$maxpagesize=9",
        "GET /activities?token=2",
        "GET /activities?token=3",
    ];
    assert_eq!(server.lines(), expected);
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.header("authorization") == Some("Bearer t0ken"))
    );
}

#[tokio::test]
async fn a_link_that_differs_in_its_fragment_only_is_the_same_page() {
    let server = linked(|_, index| Some(format!("/activities?page=1#{index}"))).await;
    let mut pages = plain(&server).activities().list_activities().pages();
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Pagination(_)), "{error}");
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn a_base64_cursor_is_not_a_url() {
    let server = linked(|_, index| (index == 0).then(|| "/wEAAA==".to_owned())).await;
    assert_eq!(ids(&plain(&server)).await.unwrap().len(), 2);
    assert_eq!(server.lines()[1], "GET /activities?%24next=%2FwEAAA%3D%3D");
}

#[tokio::test]
async fn a_link_to_another_origin_is_rejected_before_sending() {
    let elsewhere = linked(|_, _| None).await;
    let foreign = [
        format!("{}/activities?token=1", elsewhere.url),
        "https://127.0.0.1/activities?x".to_owned(),
        "//evil.example/?x".to_owned(),
    ];
    for link in foreign {
        let target = link.clone();
        let server = linked(move |_, _| Some(target.clone())).await;
        let mut items = plain(&server).activities().list_activities().items();
        assert_eq!(
            items.next().await.unwrap().unwrap().id,
            "i0",
            "what is there is given first"
        );
        let error = items.next().await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Pagination(_)), "{error}");
        assert!(
            error.to_string().contains("the link to the next page points to "),
            "{error}"
        );
        assert!(items.next().await.is_none(), "after an error there is nothing more");
        assert_eq!(server.received().len(), 1);
    }
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn a_repeated_link_is_an_error() {
    let same = linked(|_, _| Some("c".to_owned())).await;
    let error = ids(&plain(&same)).await.unwrap_err();
    assert_eq!(
        error,
        "GET /activities: the link to the next page points to a page that was already fetched"
    );
    assert_eq!(same.received().len(), 2);
    let round = linked(|_, index| Some(["a", "b", "c"][index % 3].to_owned())).await;
    ids(&plain(&round)).await.unwrap_err();
    assert_eq!(round.received().len(), 4, "the start, and each of the three once");
}

#[tokio::test]
async fn blank_links_end_pagination_and_empty_pages_do_not() {
    for end in [json!(null), json!(""), json!("  ")] {
        let server = Server::start(move |_, index| {
            let data = if index == 1 { json!([{"id": "x"}]) } else { json!([]) };
            let next = if index < 2 {
                json!(format!("c{index}"))
            } else {
                end.clone()
            };
            Reply::json(200, json!({"data": data, "@nextLink": next}).to_string())
        })
        .await;
        assert_eq!(ids(&plain(&server)).await.unwrap(), ["x"]);
        assert_eq!(server.received().len(), 3);
    }
}

#[tokio::test]
async fn cursor_zero_ends_pagination() {
    let server = linked(|_, index| Some(["17", "0"][index].to_owned())).await;
    assert_eq!(ids(&plain(&server)).await.unwrap(), ["i0", "i1"]);
}

#[tokio::test]
async fn pagination_resumes_from_a_cursor() {
    let server = linked(|_, index| (index < 2).then(|| format!("c{index}"))).await;
    let client = plain(&server);
    let page = client.activities().list_activities().send().await.unwrap();
    assert_eq!(page.cursor(), Some("c0"));
    let cursor = page.cursor().unwrap().to_owned();
    let page = client
        .activities()
        .list_activities()
        .resume(cursor)
        .send()
        .await
        .unwrap();
    assert_eq!(server.lines()[1], "GET /activities?%24next=c0");
    assert_eq!(page.into_items()[0].id, "i1");
    let call = client.activities().list_activities().resume("https://evil.example/?x");
    assert!(matches!(call.send().await.unwrap_err(), Error::Build(_)));
    assert_eq!(server.received().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_options_of_a_call_apply_to_all_pages() {
    let first = Reply::json(200, r#"{"data":[],"@nextLink":"c"}"#);
    let (script, sent) = Script::new([first, Reply::new(503)]);
    let builder = Client::builder()
        .base_url("http://localhost/v1")
        .bearer_token("t")
        .environment(World::new());
    let call = builder
        .transport(script)
        .build()
        .unwrap()
        .activities()
        .list_activities();
    let limits = call
        .retries(RetryPolicy::standard().attempts(2))
        .attempt_timeout(Duration::from_millis(7));
    let page = limits.base_url("http://localhost/v2").send().await.unwrap();
    let error = page.next().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities: attempt timed out (attempt 2 of 2): the timeout of an attempt is 7ms"
    );
    let second = "GET http://localhost/v2/activities?%24next=c";
    assert_eq!(
        *sent.lock().unwrap(),
        ["GET http://localhost/v2/activities", second, second]
    );
}

#[tokio::test]
async fn max_pages_limits_the_pages() {
    let server = linked(|_, index| Some(format!("c{index}"))).await;
    let client = plain(&server);
    let mut items = client.activities().list_activities().items().max_pages(2);
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!((count, server.received().len()), (2, 2));
    let mut pages = client.activities().list_activities().pages().max_pages(0);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_failed_page_is_returned_once_and_ends_the_stream() {
    let server = Server::script([Reply::json(200, r#"{"data":[],"@nextLink":"c"}"#), Reply::new(404)]).await;
    let mut pages = plain(&server).activities().list_activities().pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().unwrap_err().is_not_found());
    assert!(pages.next().await.is_none() && pages.next().await.is_none());
    assert_eq!(server.received().len(), 2);
}
