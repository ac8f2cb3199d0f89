//! Lists: pagination with every form of link.

use std::time::Duration;

use serde_json::{Value, json};
use workiva_activities::{Client, Error, RetryPolicy};

use crate::calls::{Operation, activity, builder, client, plain};
use crate::mock::{Received, Reply, Server, World};

/// Returns a page with items of these ids.
pub fn page(operation: Operation, ids: &[&str], next: impl Into<Value>) -> Reply {
    let item = |id: &&str| match operation {
        Operation::Actions => json!({"id": id}),
        _ => activity(id),
    };
    let items: Vec<Value> = ids.iter().map(item).collect();
    Reply::json(200, json!({"data": items, "@nextLink": next.into()}).to_string())
}

/// Returns the cursor of a request.
fn cursor(request: &Received) -> Option<&str> {
    let query = request.target().split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix("%24next="))
}

/// Starts a server with three pages. `link` makes the links from the request and the cursor.
async fn three(operation: Operation, link: fn(&Received, &str) -> String) -> Server {
    Server::start(move |request, _| match cursor(request) {
        None => page(operation, &["1", "2"], link(request, "c2")),
        Some("c2") => page(operation, &["3"], link(request, "c3")),
        Some("c3") => page(operation, &["4", "5"], Value::Null),
        Some(_) => Reply::new(400),
    })
    .await
}

fn absolute(request: &Received, cursor: &str) -> String {
    let path = request.target().split('?').next().unwrap();
    format!("http://{}{path}?%24next={cursor}", request.header("host").unwrap())
}

fn path(request: &Received, cursor: &str) -> String {
    let path = request.target().split('?').next().unwrap();
    format!("{path}?%24next={cursor}")
}

fn bare(_: &Received, cursor: &str) -> String {
    cursor.to_owned()
}

const LINKS: [fn(&Received, &str) -> String; 3] = [absolute, path, bare];

/// Returns the ids of all items of a list.
async fn items(operation: Operation, client: &Client) -> Vec<String> {
    let activities = client.activities();
    macro_rules! ids {
        ($call:expr) => {{
            let (mut ids, mut items) = (Vec::new(), $call.items());
            while let Some(item) = items.next().await {
                ids.push(item.unwrap().id);
            }
            ids
        }};
    }
    match operation {
        Operation::Actions => ids!(activities.get_activity_actions()),
        Operation::Organization => ids!(activities.get_organization_activities("o")),
        Operation::Workspace => ids!(activities.get_organization_workspace_activities("o", "w")),
        Operation::Activity | Operation::Action => unreachable!("{operation:?} is no list"),
    }
}

/// Returns the sizes of the pages of a list, with the loop of the API's own documentation.
async fn pages(operation: Operation, client: &Client) -> Vec<usize> {
    let activities = client.activities();
    macro_rules! sizes {
        ($call:expr) => {{
            let (mut sizes, mut page) = (Vec::new(), Some($call.send().await.unwrap()));
            while let Some(current) = page {
                sizes.push(current.data.len());
                page = current.next().await.unwrap();
            }
            sizes
        }};
    }
    match operation {
        Operation::Actions => sizes!(activities.get_activity_actions()),
        Operation::Organization => sizes!(activities.get_organization_activities("o")),
        Operation::Workspace => sizes!(activities.get_organization_workspace_activities("o", "w")),
        Operation::Activity | Operation::Action => unreachable!("{operation:?} is no list"),
    }
}

#[tokio::test]
async fn every_form_of_the_last_page_ends_pagination() {
    for operation in Operation::LISTS {
        for end in [json!(null), json!(""), json!("  ")] {
            let last = page(operation, &["2"], end);
            let server = Server::script([page(operation, &["1"], "c2"), last]).await;
            assert_eq!(items(operation, &plain(&server)).await, ["1", "2"]);
            assert_eq!(server.received().len(), 2);
        }
        let last = Reply::json(200, json!({"data": []}).to_string());
        let server = Server::script([page(operation, &["1"], "c2"), last]).await;
        assert_eq!(items(operation, &plain(&server)).await, ["1"]);
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn every_form_of_link_is_followed() {
    for operation in Operation::LISTS {
        for link in LINKS {
            let server = three(operation, link).await;
            assert_eq!(items(operation, &plain(&server)).await, ["1", "2", "3", "4", "5"]);
            assert_eq!(pages(operation, &plain(&server)).await, [2, 1, 2]);
            let cursors: Vec<Option<String>> = server.received().iter().map(|r| cursor(r).map(str::to_owned)).collect();
            let walk = [None, Some("c2".to_owned()), Some("c3".to_owned())];
            assert_eq!(cursors, [walk.clone(), walk].concat(), "{operation:?}");
            for request in server.received() {
                assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
            }
        }
    }
}

#[tokio::test]
async fn a_cursor_replaces_the_previous_one_and_keeps_other_parameters() {
    let server = three(Operation::Workspace, bare).await;
    let client = plain(&server);
    let call = client.activities().get_organization_workspace_activities("o/1", "w=1");
    let mut pages = call
        .filter("a eq 'b'")
        .maxpagesize(2)
        .order_by("activityDateTime")
        .pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    let path = "GET /organizations/o%2F1/workspaces/w%3D1/activities";
    let rest = "%24filter=a%20eq%20%27b%27&%24maxpagesize=2&%24orderBy=activityDateTime";
    assert_eq!(
        server.lines(),
        [
            format!("{path}?{rest}"),
            format!("{path}?{rest}&%24next=c2"),
            format!("{path}?{rest}&%24next=c3"),
        ]
    );
}

#[tokio::test]
async fn a_link_is_used_unchanged() {
    // The link contains the complete query, including what the caller set.
    let link = "/organizations/o/activities?%24next=c2&%24maxpagesize=1&x=%C3%BC+%2F";
    let server = Server::script([
        page(Operation::Organization, &["1"], link),
        page(Operation::Organization, &[], ""),
    ])
    .await;
    let client = plain(&server);
    let call = client
        .activities()
        .get_organization_activities("o")
        .maxpagesize(2)
        .filter("f");
    let first = call.send().await.unwrap();
    assert_eq!(first.cursor(), Some(link));
    assert_eq!(first.next_link.value().map(String::as_str), Some(link));
    assert!(first.next().await.unwrap().unwrap().cursor().is_none());
    assert_eq!(server.lines()[1], format!("GET {link}"));
}

#[tokio::test]
async fn a_page_is_its_body_with_status_and_headers() {
    let reply = page(Operation::Actions, &["1", "2"], Value::Null).header("x-request-id", "r-7");
    let server = Server::script([reply]).await;
    let client = plain(&server);
    let page = client.activities().get_activity_actions().send().await.unwrap();
    assert_eq!(
        (page.status().as_u16(), &page.headers()["x-request-id"]),
        (200, &"r-7".parse().unwrap())
    );
    assert_eq!(page.data[1].id, "2");
    assert_eq!(page.clone().into_items().len(), 2);
    assert!(page.into_body().next_link.is_null());
    let response = client
        .activities()
        .get_activity_actions()
        .send_response()
        .await
        .unwrap();
    assert_eq!((response.status().as_u16(), response.request_id()), (200, Some("r-7")));
    assert_eq!(response.body().data.len(), 2);
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_polled() {
    let server = three(Operation::Actions, bare).await;
    let client = plain(&server);
    let mut items = client.activities().get_activity_actions().items();
    assert_eq!(server.received().len(), 0);
    for (id, requests) in [("1", 1), ("2", 1), ("3", 2), ("4", 3)] {
        assert_eq!(items.next().await.unwrap().unwrap().id, id);
        assert_eq!(server.received().len(), requests);
    }
    let mut capped = client.activities().get_activity_actions().items().max_pages(2);
    let mut ids = Vec::new();
    while let Some(item) = capped.next().await {
        ids.push(item.unwrap().id);
    }
    assert_eq!((ids.len(), server.received().len()), (3, 5));
}

#[tokio::test]
async fn an_error_is_returned_once_and_ends_pagination() {
    for operation in Operation::LISTS {
        let server = Server::script([page(operation, &["1"], "c2"), Reply::json(403, r#"{"message":"No"}"#)]).await;
        let client = plain(&server);
        let activities = client.activities();
        macro_rules! walk {
            ($call:expr) => {{
                let mut items = $call.items();
                assert_eq!(items.next().await.unwrap().unwrap().id, "1");
                let error = items.next().await.unwrap().unwrap_err();
                assert!(items.next().await.is_none());
                error
            }};
        }
        let error = match operation {
            Operation::Actions => walk!(activities.get_activity_actions()),
            Operation::Organization => walk!(activities.get_organization_activities("o")),
            _ => walk!(activities.get_organization_workspace_activities("o", "w")),
        };
        let line = format!("GET {} → 403 Forbidden (attempt 1 of 1): No", operation.template());
        assert_eq!(error.to_string(), line);
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn a_failed_later_page_is_retried() {
    let world = World::new();
    let server = Server::script([
        page(Operation::Actions, &["1"], "c2"),
        Reply::new(503),
        Reply::new(429).header("retry-after", "2"),
        page(Operation::Actions, &["2"], ""),
    ])
    .await;
    assert_eq!(items(Operation::Actions, &client(&server, &world)).await, ["1", "2"]);
    assert_eq!(world.slept(), [500, 2000]);
    let next = "GET /activityActions?%24next=c2";
    assert_eq!(server.lines(), ["GET /activityActions", next, next, next]);
}

#[tokio::test]
async fn pagination_resumes_from_a_saved_cursor() {
    for link in LINKS {
        let server = three(Operation::Organization, link).await;
        let client = plain(&server);
        let first = client
            .activities()
            .get_organization_activities("o")
            .send()
            .await
            .unwrap();
        let saved = first.cursor().unwrap().to_owned();
        // Another process.
        let later = plain(&server);
        let mut items = later
            .activities()
            .get_organization_activities("o")
            .resume(&saved)
            .items();
        let mut ids = Vec::new();
        while let Some(item) = items.next().await {
            ids.push(item.unwrap().id);
        }
        assert_eq!(ids, ["3", "4", "5"]);
        assert_eq!(server.lines()[1], "GET /organizations/o/activities?%24next=c2");
    }
}

#[tokio::test]
async fn a_saved_cursor_of_another_server_is_rejected() {
    let (server, other) = (
        Server::script([Reply::new(200)]).await,
        Server::script([Reply::new(200)]).await,
    );
    let client = plain(&server);
    let saved = format!("{}/organizations/o/activities?%24next=c2", other.url);
    let error = client
        .activities()
        .get_organization_activities("o")
        .resume(saved)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Pagination(_) | Error::Build(_)), "{error:?}");
    assert_eq!((server.received().len(), other.received().len()), (0, 0));
}

#[tokio::test]
async fn a_401_on_a_later_page_is_replayed_with_a_fresh_token() {
    let server = Server::start(
        |request, index| match (request.line(), request.header("authorization")) {
            ("POST /iam/v1/oauth2/token", _) => Reply::json(200, format!(r#"{{"access_token":"t{index}"}}"#)),
            ("GET /activityActions", _) => page(Operation::Actions, &["1"], "c2"),
            (_, Some("Bearer t0")) => Reply::json(401, "{}"),
            (_, Some("Bearer t3")) => page(Operation::Actions, &["2"], ""),
            _ => Reply::new(400),
        },
    )
    .await;
    let client = builder(&server, &World::new()).client_credentials("id", "secret");
    let client = client
        .retries(RetryPolicy::none())
        .timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    assert_eq!(items(Operation::Actions, &client).await, ["1", "2"]);
    assert_eq!(server.received().len(), 5);
}
