//! Pagination whose input is a property of an object in the query.

use sdkwright_runtime::runtime::__private::{Pagination, PaginationInput, PaginationStep, Request, Style, StyleRule};
use serde_json::{Value, json};

use crate::page_steps::{BASE, LIST, bodies, core, walk};
use crate::support::Server;

#[tokio::test]
async fn a_page_number_can_be_a_property_of_an_object() {
    static DEEP: Pagination<Value, Value> = Pagination {
        step: PaginationStep::Page {
            input: PaginationInput::Deep("page", "number"),
            first: 1,
        },
        ..BASE
    };
    let server = Server::script(bodies([json!({"items": [1]}), json!({"items": []})])).await;
    walk(Request::new(&core(&server, ""), &LIST).items(&DEEP))
        .await
        .unwrap();
    assert_eq!(server.lines(), ["GET /list", "GET /list?page%5Bnumber%5D=2"]);
}

#[tokio::test]
async fn a_page_number_can_be_a_property_of_an_exploded_object() {
    static EXPLODED: Pagination<Value, Value> = Pagination {
        step: PaginationStep::Page {
            input: PaginationInput::Exploded("pageable", "page"),
            first: 0,
        },
        ..BASE
    };
    let replies = || bodies([json!({"items": [1]}), json!({"items": [2]}), json!({"items": []})]);
    let server = Server::script(replies()).await;
    walk(Request::new(&core(&server, ""), &LIST).items(&EXPLODED))
        .await
        .unwrap();
    assert_eq!(server.lines(), ["GET /list", "GET /list?page=1", "GET /list?page=2"]);
    // The other properties of the object are sent with each page.
    let server = Server::script(replies()).await;
    let mut request = Request::new(&core(&server, ""), &LIST);
    request.query_styled(
        "pageable",
        StyleRule::new(Style::Form, true),
        &json!({"page": 3, "size": 10}),
    );
    walk(request.items(&EXPLODED)).await.unwrap();
    let lines = [
        "GET /list?page=3&size=10",
        "GET /list?size=10&page=4",
        "GET /list?size=10&page=5",
    ];
    assert_eq!(server.lines(), lines);
}
