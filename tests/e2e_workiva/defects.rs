//! Known defects of other SDKs for this and similar APIs: one test for each.

use std::time::Duration;

use serde_json::{Value, json};
use workiva_activities::{Error, RetryPolicy};

use crate::calls::{Operation, builder, client, plain};
use crate::mock::{Reply, Server, World};
use crate::pagination::page;

/// The wire name is `$next`, the argument `next`: another SDK sent the first cursor for ever.
#[tokio::test]
async fn page_two_sends_the_cursor_of_page_one_and_pagination_ends() {
    let server = Server::start(
        |request, _| match request.target().rsplit_once("%24next=").map(|(_, next)| next) {
            Some("start") => page(Operation::Organization, &["1"], "c2"),
            Some("c2") => page(Operation::Organization, &["2"], Value::Null),
            _ => Reply::new(400),
        },
    )
    .await;
    let client = plain(&server);
    let call = client.activities().get_organization_activities("o").next("start");
    let first = call.clone().send().await.unwrap();
    let second = first.next().await.unwrap().unwrap();
    assert!(second.next().await.unwrap().is_none());
    assert_eq!(
        server.lines(),
        [
            "GET /organizations/o/activities?%24next=start",
            "GET /organizations/o/activities?%24next=c2",
        ]
    );
    let mut pages = call.pages();
    for id in ["1", "2"] {
        assert_eq!(pages.next().await.unwrap().unwrap().data[0].id, id);
    }
    assert!(pages.next().await.is_none());
}

/// Another SDK skipped the first page of an API that counts pages from zero. This API does not count pages, so this test uses the
/// pagination of the runtime.
#[tokio::test]
async fn page_numbers_that_start_at_zero_continue_with_one() {
    use workiva_activities::runtime::__private::{
        ApiInfo, Operation, Pagination, PaginationInput, PaginationStep, Request, Settings,
    };
    use workiva_activities::runtime::{Pages, Unexpected};

    static API_INFO: ApiInfo = ApiInfo {
        user_agent: "test",
        server: "https://unused.example",
        schemes: &[],
        security: &[],
        retries: None,
    };
    static OPERATION: Operation = Operation {
        path: "/things",
        ..Operation::DEFAULT
    };
    static PAGINATION: Pagination<Vec<i64>, i64> = Pagination {
        step: PaginationStep::Page {
            input: PaginationInput::Query("page"),
            first: 0,
        },
        items: |body| body,
        count: Vec::len,
        ..Pagination::DEFAULT
    };
    let server = Server::script(["[1,2]", "[3]", "[]"].map(|body| Reply::json(200, body))).await;
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    let core = settings.build(&API_INFO).unwrap();
    let mut pages: Pages<Vec<i64>, i64, Unexpected> = Request::new(&core, &OPERATION).pages(&PAGINATION);
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(
        server.lines(),
        ["GET /things", "GET /things?page=1", "GET /things?page=2"]
    );
}

/// Another SDK dropped the headers and timeouts of a call on its second page.
#[tokio::test]
async fn the_options_of_a_call_apply_to_all_pages() {
    for link in ["c2", "/activityActions?%24next=c2"] {
        let world = World::new();
        let late = page(Operation::Actions, &[], "").after(Duration::from_secs(20));
        let server = Server::script([page(Operation::Actions, &["1"], link), late]).await;
        // The client has another server, no headers, three attempts and a timeout of one minute.
        let elsewhere = Server::script([Reply::new(500)]).await;
        let client = client(&elsewhere, &world);
        let call = client.activities().get_activity_actions().base_url(&server.url);
        let call = call
            .retries(RetryPolicy::none())
            .attempt_timeout(Duration::from_millis(50));
        let first = call.header("x-trace", "7f3a").send().await.unwrap();
        let error = first.next().await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert_eq!(error.call().unwrap().attempts(), 1);
        let received = server.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[1].target(), "/activityActions?%24next=c2");
        assert_eq!(received[1].header("x-trace"), Some("7f3a"));
        assert_eq!(elsewhere.lines(), [""; 0]);
    }
}

/// The loop in another guide compared a function with `None`, and never ended.
#[tokio::test]
async fn the_documented_loop_ends() {
    let server = Server::script([
        page(Operation::Organization, &["1", "2"], "c2"),
        page(Operation::Organization, &["3"], Value::Null),
    ])
    .await;
    let client = plain(&server);
    let mut ids = Vec::new();
    let mut page = Some(
        client
            .activities()
            .get_organization_activities("o")
            .maxpagesize(2)
            .send()
            .await
            .unwrap(),
    );
    while let Some(current) = page {
        ids.extend(current.data.iter().map(|activity| activity.id.clone()));
        page = current.next().await.unwrap();
    }
    assert_eq!((ids.len(), server.received().len()), (3, 2));
}

/// Another SDK followed any absolute link, with the token.
#[tokio::test]
async fn a_link_to_another_origin_is_rejected_without_sending_a_token() {
    for operation in Operation::LISTS {
        let foreign = Server::script([page(operation, &["9"], "")]).await;
        let port = foreign.url.rsplit(':').next().unwrap();
        for link in [
            format!("{}/activityActions?%24next=c2", foreign.url),
            format!("//127.0.0.1:{port}/activityActions?%24next=c2"),
            format!("http://localhost:{port}/activityActions?%24next=c2"),
            format!("http://t0ken@127.0.0.1:{port}/activityActions?%24next=c2"),
            format!("/\\127.0.0.1:{port}/activityActions?%24next=c2"),
            "https://app.wdesk.com.evil.example/activityActions?%24next=c2".to_owned(),
        ] {
            let server = Server::script([page(operation, &["1"], link.clone())]).await;
            let client = plain(&server);
            let activities = client.activities();
            macro_rules! second {
                ($call:expr) => {{
                    let first = $call.send().await.unwrap();
                    first.next().await.map(drop)
                }};
            }
            let outcome = match operation {
                Operation::Actions => second!(activities.get_activity_actions()),
                Operation::Organization => second!(activities.get_organization_activities("o")),
                _ => second!(activities.get_organization_workspace_activities("o", "w")),
            };
            assert_eq!(foreign.lines(), [""; 0], "{link}");
            // Text that is not a URL of another origin may be a cursor: it is sent to the client's server.
            if server.received().len() == 1 {
                let error = outcome.unwrap_err();
                assert!(matches!(error, Error::Pagination(_)), "{link}: {error:?}");
                assert!(!error.is_retryable());
            } else {
                assert!(!link.starts_with("http"), "{link}: {:?}", server.lines());
            }
        }
    }
}

#[tokio::test]
async fn the_error_names_both_origins() {
    let server = Server::script([page(
        Operation::Actions,
        &["1"],
        "https://evil.example/activityActions?%24next=c2",
    )])
    .await;
    let client = plain(&server);
    let first = client.activities().get_activity_actions().send().await.unwrap();
    assert_eq!(
        first.next().await.unwrap_err().to_string(),
        format!(
            "GET /activityActions: the link to the next page points to https://evil.example instead of {}",
            server.url
        )
    );
}

/// A redirect is a link, too.
#[tokio::test]
async fn a_redirect_to_another_origin_is_not_followed() {
    let foreign = Server::script([Reply::json(200, "{}")]).await;
    for status in [301, 302, 303, 307, 308] {
        let reply = Reply::new(status).header("location", &format!("{}/activities/a1", foreign.url));
        let server = Server::script([reply]).await;
        let error = crate::calls::one(&plain(&server)).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
    }
    assert_eq!(foreign.lines(), [""; 0]);
}

/// Another SDK followed cycles of links for ever.
#[tokio::test]
async fn a_repeated_link_is_an_error() {
    let path = "/activityActions?%24next=c2";
    for links in [
        vec!["c2", "c2"],
        vec![path, path],
        vec!["c2", path],
        vec!["c2", "c3", "c2"],
    ] {
        let requests = links.len();
        let replies = links.iter().map(|link| page(Operation::Actions, &["1"], *link));
        let server = Server::script(replies).await;
        let client = plain(&server);
        let mut items = client.activities().get_activity_actions().items().max_pages(9);
        let error = loop {
            if let Err(error) = items.next().await.unwrap() {
                break error;
            }
        };
        assert!(matches!(error, Error::Pagination(_)), "{error:?}");
        let message = "GET /activityActions: the link to the next page points to a page that was already fetched";
        assert_eq!(error.to_string(), message);
        assert_eq!(server.received().len(), requests, "{links:?}");
        assert!(items.next().await.is_none());
    }
}

#[tokio::test]
async fn a_page_that_links_to_itself_is_an_error() {
    let server = Server::start(|request, _| {
        let link = format!("http://{}{}", request.header("host").unwrap(), request.target());
        page(Operation::Actions, &["1"], link)
    })
    .await;
    let client = plain(&server);
    let first = client.activities().get_activity_actions().send().await.unwrap();
    assert!(matches!(first.next().await, Err(Error::Pagination(_))));
    assert_eq!(server.received().len(), 1);
}

/// Another SDK took a page without items for the last one.
#[tokio::test]
async fn an_empty_page_with_a_cursor_is_not_the_end() {
    let server = Server::script([
        page(Operation::Organization, &[], "c2"),
        page(Operation::Organization, &[], "c3"),
        page(Operation::Organization, &["1"], Value::Null),
    ])
    .await;
    let client = builder(&server, &World::new()).build().unwrap();
    let mut items = client.activities().get_organization_activities("o").items();
    assert_eq!(items.next().await.unwrap().unwrap().id, "1");
    assert!(items.next().await.is_none());
    assert_eq!(server.received().len(), 3);
}

/// Another SDK displayed a missing message as "None".
#[tokio::test]
async fn a_missing_message_is_not_displayed() {
    let server = Server::script([Reply::json(500, json!({"message": null}).to_string())]).await;
    let error = crate::calls::one(&plain(&server)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 500 Internal Server Error (attempt 1 of 1)"
    );
}
