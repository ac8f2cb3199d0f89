//! Each pagination step, and how it ends. No operation of the sample uses them, so the bodies are any JSON.

use std::collections::BTreeMap;

use sdkwright_runtime::models::Activity;
use sdkwright_runtime::runtime::__private::{
    ApiInfo, Core, Operation, Pagination, PaginationInput, PaginationStep, Request, Settings,
};
use sdkwright_runtime::runtime::{Error, Items, Page, Pages, Unexpected};
use serde_json::{Value, json};

use crate::support::{Reply, Server};

static API_INFO: ApiInfo = ApiInfo {
    user_agent: "x",
    server: "https://api.acme.example",
    schemes: &[],
    security: &[],
    retries: None,
};
pub static LIST: Operation = Operation {
    id: "list",
    path: "/list",
    ..Operation::DEFAULT
};
static SEARCH: Operation = Operation {
    id: "search",
    method: "POST",
    path: "/search",
    ..Operation::DEFAULT
};

pub const BASE: Pagination<Value, Value> = Pagination {
    next: |body| body["next"].as_str().map(str::to_owned),
    items: |body| body["items"].as_array().cloned().unwrap_or_default(),
    count: |body| body["items"].as_array().map_or(0, Vec::len),
    more: |body| body["more"].as_bool(),
    pages: |body| body["pages"].as_i64(),
    ..Pagination::DEFAULT
};
static ZERO_BASED: Pagination<Value, Value> = Pagination {
    step: PaginationStep::Page {
        input: PaginationInput::Query("page"),
        first: 0,
    },
    ..BASE
};
pub static ONE_BASED: Pagination<Value, Value> = Pagination {
    step: PaginationStep::Page {
        input: PaginationInput::Query("page"),
        first: 1,
    },
    ..BASE
};
pub static OFFSET: Pagination<Value, Value> = Pagination {
    step: PaginationStep::Offset {
        input: PaginationInput::Query("skip"),
        first: 0,
    },
    ..BASE
};
static LINK: Pagination<Value, Value> = Pagination {
    step: PaginationStep::Link,
    ..BASE
};
static URL: Pagination<Value, Value> = Pagination {
    step: PaginationStep::Url,
    ..BASE
};
static LAST_ID: Pagination<Value, Value> = Pagination {
    step: PaginationStep::LastId {
        input: PaginationInput::Query("after"),
    },
    ..BASE
};
static BODY: Pagination<Value, Value> = Pagination {
    step: PaginationStep::Cursor {
        input: PaginationInput::Body("/page/cursor"),
    },
    ..BASE
};
static BODY_NUMBER: Pagination<Value, Value> = Pagination {
    step: PaginationStep::Cursor {
        input: PaginationInput::BodyNumber("/after"),
    },
    ..BASE
};

pub fn core(server: &Server, path: &str) -> Core {
    let mut settings = Settings::default();
    settings.base_url(server.url.clone() + path);
    settings.build(&API_INFO).unwrap()
}

pub async fn walk(mut items: Items<Value, Value, Unexpected>) -> Result<usize, Error<Unexpected>> {
    let mut count = 0;
    while let Some(item) = items.next().await {
        item?;
        count += 1;
    }
    Ok(count)
}

pub fn bodies<const N: usize>(bodies: [Value; N]) -> impl Iterator<Item = Reply> {
    bodies.into_iter().map(|body| Reply::json(200, body.to_string()))
}

#[tokio::test]
async fn page_numbers_start_at_the_first_page_of_the_api() {
    for (pagination, expected) in [
        (&ZERO_BASED, ["GET /list", "GET /list?page=1", "GET /list?page=2"]),
        (&ONE_BASED, ["GET /list", "GET /list?page=2", "GET /list?page=3"]),
    ] {
        let server = Server::script(bodies([
            json!({"items": [1, 2]}),
            json!({"items": [3]}),
            json!({"items": []}),
        ]))
        .await;
        assert_eq!(
            walk(Request::new(&core(&server, ""), &LIST).items(pagination))
                .await
                .unwrap(),
            3
        );
        assert_eq!(server.lines(), expected);
    }
}

#[tokio::test]
async fn the_number_of_pages_ends_pagination() {
    for (pagination, last) in [(&ZERO_BASED, "GET /list?page=1"), (&ONE_BASED, "GET /list?page=2")] {
        let server = Server::script(bodies([json!({"items": [1], "pages": 2})])).await;
        assert_eq!(
            walk(Request::new(&core(&server, ""), &LIST).items(pagination))
                .await
                .unwrap(),
            2
        );
        assert_eq!(server.lines().last().unwrap(), last);
    }
}

#[tokio::test]
async fn an_ignored_page_number_is_an_error() {
    // The last reply of the script is repeated.
    let server = Server::script(bodies([json!({"items": [1]})])).await;
    let error = walk(Request::new(&core(&server, ""), &LIST).items(&ONE_BASED))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("equals the one before"), "{error}");
    assert_eq!(server.lines(), ["GET /list", "GET /list?page=2"]);
}

#[tokio::test]
async fn pagination_can_start_at_a_later_page() {
    let server = Server::script(bodies([json!({"items": [1]}), json!({"items": []})])).await;
    let mut request = Request::new(&core(&server, ""), &LIST);
    request.query("page", &4_i64);
    let page: Page<Value, Value, Unexpected> = request.page(&ONE_BASED).await.unwrap();
    assert_eq!(page.cursor(), Some("5"));
    let mut resumed = Request::new(&core(&server, ""), &LIST);
    resumed.resume(ONE_BASED.step, "5");
    walk(resumed.items(&ONE_BASED)).await.unwrap();
    assert_eq!(server.lines(), ["GET /list?page=4", "GET /list?page=5"]);
    let mut lost = Request::new(&core(&server, ""), &LIST);
    lost.resume(ONE_BASED.step, "five");
    assert!(matches!(
        walk(lost.items(&ONE_BASED)).await.unwrap_err(),
        Error::Build(_)
    ));
}

#[tokio::test]
async fn offsets_grow_by_the_number_of_items() {
    let server = Server::script(bodies([
        json!({"items": [1, 2]}),
        json!({"items": [3, 4, 5]}),
        json!({"items": []}),
    ]))
    .await;
    assert_eq!(
        walk(Request::new(&core(&server, ""), &LIST).items(&OFFSET))
            .await
            .unwrap(),
        5
    );
    assert_eq!(server.lines(), ["GET /list", "GET /list?skip=2", "GET /list?skip=5"]);
}

#[tokio::test]
async fn offsets_can_start_at_one() {
    static FROM_ONE: Pagination<Value, Value> = Pagination {
        step: PaginationStep::Offset {
            input: PaginationInput::Query("startIndex"),
            first: 1,
        },
        total: |body| body["total"].as_i64(),
        ..OFFSET
    };
    let server = Server::script(bodies([
        json!({"items": [1, 2], "total": 3}),
        json!({"items": [3], "total": 3}),
    ]))
    .await;
    let list = Request::new(&core(&server, ""), &LIST);
    assert_eq!(walk(list.items(&FROM_ONE)).await.unwrap(), 3);
    assert_eq!(server.lines(), ["GET /list", "GET /list?startIndex=3"]);
}

#[tokio::test]
async fn the_more_flag_ends_pagination() {
    let pages = [
        json!({"items": [1], "next": "/x?y", "more": true}),
        json!({"items": [2], "next": "b", "more": false}),
    ];
    let server = Server::script(bodies(pages)).await;
    assert_eq!(
        walk(Request::new(&core(&server, ""), &LIST).items(&LAST_ID))
            .await
            .unwrap(),
        2
    );
    assert_eq!(
        server.lines(),
        ["GET /list", "GET /list?after=%2Fx%3Fy"],
        "an id is never followed"
    );
}

#[tokio::test]
async fn a_cursor_can_be_sent_in_the_body() {
    let server = Server::script(bodies([json!({"items": [1], "next": "c1"}), json!({"items": [2]})])).await;
    let mut request = Request::new(&core(&server, ""), &SEARCH);
    request.json_body(&BTreeMap::from([("query".to_owned(), "q".to_owned())]));
    assert_eq!(walk(request.items(&BODY)).await.unwrap(), 2);
    let sent: Vec<Value> = server
        .received()
        .iter()
        .map(|it| serde_json::from_str(it.text()).unwrap())
        .collect();
    assert_eq!(
        sent,
        [json!({"query": "q"}), json!({"query": "q", "page": {"cursor": "c1"}})]
    );
}

#[tokio::test]
async fn a_cursor_is_a_number_in_a_body_that_declares_one() {
    let server = Server::script(bodies([json!({"items": [1], "next": "25"}), json!({"items": [2]})])).await;
    assert_eq!(
        walk(Request::new(&core(&server, ""), &SEARCH).items(&BODY_NUMBER))
            .await
            .unwrap(),
        2
    );
    assert_eq!(server.received()[1].text(), r#"{"after":25}"#);
    let server = Server::script(bodies([json!({"items": [1], "next": "x"})])).await;
    let error = walk(Request::new(&core(&server, ""), &SEARCH).items(&BODY_NUMBER))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("`x` is not a number"), "{error}");
}

#[tokio::test]
async fn link_headers() {
    let server = Server::start(|_, index| {
        let reply = Reply::json(200, r#"{"items":[1]}"#);
        match index {
            0 => reply.header(
                "link",
                r#"</list?page=0>; rel="prev first", </list?a=1,2&page=2>; title="a, b"; rel="next""#,
            ),
            1 => reply
                .header("Link", "</list?x>; rel=last")
                .header("Link", "<?page=3>; REL=Next"),
            _ => reply.header("link", r#"</list?page=1>; rel="first""#),
        }
    })
    .await;
    assert_eq!(
        walk(Request::new(&core(&server, ""), &LIST).items(&LINK))
            .await
            .unwrap(),
        3
    );
    assert_eq!(
        server.lines(),
        ["GET /list", "GET /list?a=1,2&page=2", "GET /list?page=3"]
    );
}

#[tokio::test]
async fn path_links_are_joined_to_the_base_path() {
    let pages = [
        json!({"items": [1], "next": "/list?page=2"}),
        json!({"items": [1], "next": "/v1/list?page=3"}),
        json!({}),
    ];
    let server = Server::script(bodies(pages)).await;
    walk(Request::new(&core(&server, "/v1"), &LIST).items(&URL))
        .await
        .unwrap();
    assert_eq!(
        server.lines(),
        ["GET /v1/list", "GET /v1/list?page=2", "GET /v1/list?page=3"]
    );
}

#[tokio::test]
async fn pages_and_items_implement_stream() {
    fn is_stream<S: futures_core::Stream + Unpin + Send>(_: &S) {}
    let server = Server::script(bodies([json!({})])).await;
    let pages: Pages<Value, Value, Unexpected> = Request::new(&core(&server, ""), &LIST).pages(&URL);
    is_stream(&pages);
    let items: Items<Value, Value, Unexpected> = Request::new(&core(&server, ""), &LIST).items(&URL);
    is_stream(&items);
    assert!(server.received().is_empty(), "nothing is fetched until it is asked for");
}

type Lists = BTreeMap<String, Vec<Activity>>;

static OFFSET_OF_LISTS: Pagination<Lists, Activity> = Pagination {
    step: PaginationStep::Offset {
        input: PaginationInput::Query("skip"),
        first: 0,
    },
    items: |mut body| body.remove("items").unwrap_or_default(),
    count: |body| body.get("items").map_or(0, Vec::len),
    ..Pagination::DEFAULT
};
static LAST_ACTION: Pagination<Lists, Activity> = Pagination {
    step: PaginationStep::LastId {
        input: PaginationInput::Query("after"),
    },
    next: |body| body.get("items")?.last()?.action.clone(),
    ..OFFSET_OF_LISTS
};

#[tokio::test]
async fn a_page_is_an_error_if_what_continues_it_was_left_out() {
    let no_list = json!({"items": "x", "more": []});
    let no_id = json!({"items": [{"id": "a", "action": {}}]});
    let empty = json!({"items": []});
    for (pagination, body, is_error) in [
        (&OFFSET_OF_LISTS, &no_list, true),
        (&OFFSET_OF_LISTS, &no_id, false),
        (&OFFSET_OF_LISTS, &empty, false),
        (&LAST_ACTION, &no_list, true),
        (&LAST_ACTION, &no_id, true),
        (&LAST_ACTION, &empty, false),
    ] {
        let server = Server::script(bodies([body.clone()])).await;
        let request = Request::new(&core(&server, ""), &LIST);
        let page: Result<Page<Lists, Activity, Unexpected>, _> = request.page(pagination).await;
        assert_eq!(page.is_err(), is_error, "{body}: {page:?}");
    }
}
