//! How the number of all items ends a pagination, and what else does.

use sdkwright_runtime::runtime::__private::{Pagination, PaginationInput, Request};
use sdkwright_runtime::runtime::{Page, Unexpected};
use serde_json::{Value, json};

use crate::page_steps::{LIST, OFFSET, ONE_BASED, bodies, core, walk};
use crate::support::{Reply, Server};

static PAGE_TOTAL: Pagination<Value, Value> = Pagination {
    total: |body| body["total"].as_i64(),
    limit: Some(PaginationInput::Query("size")),
    ..ONE_BASED
};
static OFFSET_TOTAL: Pagination<Value, Value> = Pagination {
    total: |body| body["total"].as_i64(),
    ..OFFSET
};

#[tokio::test]
async fn the_number_of_items_ends_pagination() {
    static TOTAL: Pagination<Value, Value> = Pagination {
        total: |body| body["total"].as_i64(),
        ..OFFSET
    };
    let server = Server::script(bodies([
        json!({"items": [1, 2], "total": 3}),
        json!({"items": [3], "total": 3}),
    ]))
    .await;
    let count = walk(Request::new(&core(&server, ""), &LIST).items(&TOTAL))
        .await
        .unwrap();
    assert_eq!(count, 3);
    assert_eq!(server.lines(), ["GET /list", "GET /list?skip=2"]);
}

/// Serves pages of two items. The total counts the items of the page.
async fn server_with_total_of_a_page(pages: usize) -> Server {
    Server::start(move |_, index| {
        let items: Vec<usize> = if index < pages {
            vec![2 * index, 2 * index + 1]
        } else {
            Vec::new()
        };
        Reply::json(200, json!({"items": items, "total": items.len()}).to_string())
    })
    .await
}

#[tokio::test]
async fn a_total_that_counts_one_page_does_not_end_pagination() {
    for (pagination, last) in [(&PAGE_TOTAL, "GET /list?page=4"), (&OFFSET_TOTAL, "GET /list?skip=6")] {
        let server = server_with_total_of_a_page(3).await;
        let count = walk(Request::new(&core(&server, ""), &LIST).items(pagination)).await;
        assert_eq!(count.unwrap(), 6);
        assert_eq!(server.lines().len(), 4);
        assert_eq!(server.lines().last().unwrap(), last);
    }
    // A page that is as long as requested is not known to be the last one.
    let server = server_with_total_of_a_page(2).await;
    let mut request = Request::new(&core(&server, ""), &LIST);
    request.query("size", &2_i64);
    assert_eq!(walk(request.items(&PAGE_TOTAL)).await.unwrap(), 4);
}

#[tokio::test]
async fn a_total_of_a_page_that_is_smaller_than_requested_ends_pagination() {
    let server = server_with_total_of_a_page(1).await;
    let mut request = Request::new(&core(&server, ""), &LIST);
    request.query("size", &3_i64);
    assert_eq!(walk(request.items(&PAGE_TOTAL)).await.unwrap(), 2);
    assert_eq!(server.lines(), ["GET /list?size=3"]);
}

#[tokio::test]
async fn a_page_after_the_total_may_repeat_or_not_exist() {
    let full = || Reply::json(200, json!({"items": [1, 2], "total": 2}).to_string());
    let missing = [400, 404, 416, 422].map(|status| Reply::json(status, "{}"));
    for next in [full()].into_iter().chain(missing) {
        let server = Server::script([full(), next]).await;
        let core = core(&server, "");
        assert_eq!(walk(Request::new(&core, &LIST).items(&PAGE_TOTAL)).await.unwrap(), 2);
        assert_eq!(server.lines(), ["GET /list", "GET /list?page=2"]);
    }
    let server = Server::script([full(), Reply::json(404, "{}")]).await;
    let page: Page<Value, Value, Unexpected> = Request::new(&core(&server, ""), &LIST).page(&PAGE_TOTAL).await.unwrap();
    assert!(page.cursor().is_some());
    assert!(page.next().await.unwrap().is_none());
}

#[tokio::test]
async fn other_errors_after_the_total_and_missing_pages_before_it_are_errors() {
    for (total, status) in [(2, 403), (3, 404)] {
        let first = Reply::json(200, json!({"items": [1, 2], "total": total}).to_string());
        let server = Server::script([first, Reply::json(status, "{}")]).await;
        let error = walk(Request::new(&core(&server, ""), &LIST).items(&PAGE_TOTAL)).await;
        assert_eq!(error.unwrap_err().status().unwrap(), status);
    }
}

#[tokio::test]
async fn a_repeated_page_before_the_total_is_an_error() {
    let server = Server::script(bodies([json!({"items": [1, 2], "total": 9})])).await;
    let walked = walk(Request::new(&core(&server, ""), &LIST).items(&PAGE_TOTAL)).await;
    assert!(walked.unwrap_err().to_string().contains("equals the one before"));
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn a_flag_or_a_number_of_pages_is_more_reliable_than_the_total() {
    for more in [json!({"more": true}), json!({"pages": 2})] {
        let page = |number: usize, more: Value| {
            let mut body = json!({"items": [number], "total": 1});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let last = match more["pages"].is_null() {
            true => json!({"more": false}),
            false => more.clone(),
        };
        let server = Server::script(bodies([page(1, more), page(2, last)])).await;
        let count = walk(Request::new(&core(&server, ""), &LIST).items(&PAGE_TOTAL)).await;
        assert_eq!(count.unwrap(), 2);
        assert_eq!(server.lines(), ["GET /list", "GET /list?page=2"]);
    }
}

#[tokio::test]
async fn an_empty_page_ends_pagination_by_number_or_offset() {
    for pagination in [&ONE_BASED, &OFFSET, &PAGE_TOTAL, &OFFSET_TOTAL] {
        let pages = [
            json!({"items": [1], "total": 9}),
            json!({"items": [], "total": 9}),
            json!({"items": [2], "total": 9}),
        ];
        let server = Server::script(bodies(pages)).await;
        let count = walk(Request::new(&core(&server, ""), &LIST).items(pagination)).await;
        assert_eq!((count.unwrap(), server.lines().len()), (1, 2));
    }
}
