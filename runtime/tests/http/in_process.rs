//! The mock server inside the process.

use std::time::Duration;

use bytes::Bytes;
use sdkwright_runtime::runtime::mock::{ExamplePages, ExampleResponse, PageSelector, Route, Server};
use sdkwright_runtime::runtime::{Body, Error, RetryPolicy, Transport};
use sdkwright_runtime::{Client, ClientBuilder};

const fn example(status: u16, body: &'static str) -> ExampleResponse {
    ExampleResponse {
        status,
        content_type: "application/json",
        body,
    }
}

const LIST: &[ExampleResponse] = &[example(200, "[1]")];

const fn paged(path: &'static str, selector: PageSelector) -> Route {
    Route {
        method: "GET",
        path,
        responses: LIST,
        pages: Some(ExamplePages {
            first: "[2]",
            link: Some("<?page=2>; rel=\"next\""),
            last: "[3]",
            selector,
        }),
    }
}

static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/activities/{activityId}",
        responses: &[
            example(200, r#"{"id":"1","kind":"login"}"#),
            example(404, r#"{"message":"no such activity"}"#),
        ],
        pages: None,
    },
    Route {
        method: "GET",
        path: "/activities/latest",
        responses: &[example(200, r#"{"id":"latest"}"#)],
        pages: None,
    },
    paged("/by-query", PageSelector::Query("page[number]", "b +")),
    paged("/by-header", PageSelector::Header("x-page", "b")),
    paged("/by-body", PageSelector::Body(r#""after":"b""#)),
];

fn server() -> (Server, Client) {
    let server = Server::new(ROUTES, &["/token"]);
    let client = ClientBuilder::default()
        .base_url("https://mock.invalid/base")
        .bearer_token("secret")
        .transport(server.clone())
        .environment(server.clone())
        .build()
        .expect("a client");
    (server, client)
}

async fn body(server: &Server, path: &str) -> (u16, String) {
    let mut request = http::Request::default();
    *request.uri_mut() = path.parse().expect("a URI");
    let response = server.send(request).await.expect("a response");
    let text = String::from_utf8_lossy(response.body()).into_owned();
    (response.status().as_u16(), text)
}

#[tokio::test]
async fn the_most_specific_route_responds_with_its_first_example() {
    let (server, _) = server();
    let (status, text) = body(&server, "https://mock.invalid/base/activities/latest").await;
    assert_eq!((status, text.as_str()), (200, r#"{"id":"latest"}"#));
    let (_, text) = body(&server, "https://mock.invalid/activities/other?x=1").await;
    assert!(text.contains("login"), "{text}");
    let (status, text) = body(&server, "https://mock.invalid/elsewhere").await;
    assert_eq!(status, 404);
    assert!(text.contains("no operation GET /elsewhere"), "{text}");
}

#[tokio::test]
async fn stubs_respond_in_order_before_the_examples() {
    let (server, _) = server();
    let stub = server.stub::<String>(0);
    stub.example(404).respond_json(&"typed".to_owned()).truncated();
    let path = "https://mock.invalid/activities/1";
    assert_eq!(
        body(&server, path).await,
        (404, r#"{"message":"no such activity"}"#.to_owned())
    );
    assert_eq!(body(&server, path).await, (200, r#""typed""#.to_owned()));
    assert_eq!(body(&server, path).await, (200, r#"{"id":"1","k"#.to_owned()));
    assert_eq!(body(&server, path).await.1, r#"{"id":"1","kind":"login"}"#);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn pauses_are_recorded_and_take_no_time() {
    let (server, client) = server();
    server.stub::<()>(0).rate_limited(3600).broken();
    let policy = RetryPolicy::standard().max_elapsed(Duration::from_secs(7200));
    let call = client.activities().get_activity_by_id("1").retries(policy);
    let outcome = call.send().await;
    assert!(matches!(outcome, Ok(_) | Err(Error::Decode(_))), "{outcome:?}");
    assert_eq!(server.pauses()[0], Duration::from_secs(3600));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_request_displays_as_an_http_message() {
    let (server, client) = server();
    let _outcome = client.activities().get_activity_by_id("a/b").send().await;
    let text = server.requests()[0].to_string();
    assert!(
        text.starts_with("GET /base/activities/a%2Fb\naccept: application/json\n"),
        "{text}"
    );
    assert!(text.ends_with("authorization: Bearer secret\n\n"), "{text}");
    assert!(!text.contains("user-agent"), "{text}");
}

#[tokio::test]
async fn lists_have_two_pages() {
    let (server, _) = server();
    let send = async |path: &str, header: Option<&'static str>, body: &'static str| {
        let mut request = http::Request::new(Body::from(Bytes::from_static(body.as_bytes())));
        *request.uri_mut() = path.parse().expect("a URI");
        if let Some(page) = header {
            request
                .headers_mut()
                .insert("x-page", http::HeaderValue::from_static(page));
        }
        let response = server.send(request).await.expect("a response");
        let link = response.headers().contains_key(http::header::LINK);
        (String::from_utf8_lossy(response.body()).into_owned(), link)
    };
    let (first, last) = (("[2]".to_owned(), true), ("[3]".to_owned(), false));
    assert_eq!(send("/by-query?page[number]=a", None, "").await, first);
    assert_eq!(send("/by-query?x=1&page%5Bnumber%5D=b%20%2B", None, "").await, last);
    assert_eq!(send("/by-header", None, "").await, first);
    assert_eq!(send("/by-header", Some("b"), "").await, last);
    assert_eq!(send("/by-body", None, r#"{"after":"a"}"#).await, first);
    assert_eq!(send("/by-body", None, r#"{"after":"b","x":1}"#).await, last);
}
