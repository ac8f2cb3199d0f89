//! Long-running operations: which requests the poller sends, how long it waits, and how an operation ends.

use std::time::Duration;

use kitchen_sink::Error;
use kitchen_sink::models::Note;
use kitchen_sink::runtime::Progress;

use crate::mock::{Received, Reply, Server, World};

const THING: &str = r#"{"id":7,"name":"a thing"}"#;

fn client(server: &Server, world: &World) -> kitchen_sink::Client {
    let builder = crate::builder(server).environment(world.clone());
    builder.bearer_token("t0ken").header_key("k3y").build().unwrap()
}

/// A response with a status monitor.
fn status(status: &str) -> Reply {
    Reply::json(200, format!(r#"{{"status":"{status}"}}"#))
}

/// The response that starts an operation with a status monitor.
fn started() -> Reply {
    Reply::new(202).header("operation-location", "/operations/1?api-version=1")
}

#[tokio::test]
async fn the_status_monitor_is_polled_and_the_resource_is_fetched() {
    let done = Reply::json(200, THING);
    let server = Server::script([
        started(),
        status("NotStarted"),
        status("Running"),
        status("Succeeded"),
        done,
    ])
    .await;
    let world = World::new();
    let poller = client(&server, &world)
        .jobs()
        .rebuild_thing(7)
        .header("x-tenant", "a")
        .poll();
    assert_eq!(server.received().len(), 0);
    let thing = poller.until_done().await.unwrap();
    assert_eq!(thing.name, "a thing");
    let expected = [
        "PUT /things/7/rebuild",
        "GET /operations/1?api-version=1",
        "GET /operations/1?api-version=1",
        "GET /operations/1?api-version=1",
        "GET /things/7/rebuild",
    ];
    assert_eq!(server.lines(), expected);
    for request in server.received() {
        assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
        assert_eq!(request.header("x-tenant"), Some("a"));
    }
    assert_eq!(world.slept(), [2_000, 2_000, 2_000]);
}

#[tokio::test]
async fn the_monitor_names_the_url_of_the_resource() {
    let done = Reply::json(200, r#"{"status":"succeeded","resourceLocation":"/things/8"}"#);
    let server = Server::script([started(), done, Reply::json(200, THING)]).await;
    client(&server, &World::new())
        .jobs()
        .rebuild_thing(7)
        .poll()
        .until_done()
        .await
        .unwrap();
    assert_eq!(server.lines()[2], "GET /things/8");
}

#[tokio::test]
async fn retry_after_replaces_the_interval() {
    let server = Server::script([
        started().header("retry-after", "7"),
        status("running"),
        status("running").header("retry-after", "0"),
        status("done"),
        Reply::json(200, THING),
    ])
    .await;
    let world = World::new();
    let poller = client(&server, &world).jobs().rebuild_thing(7).poll();
    poller.interval(Duration::from_millis(30)).until_done().await.unwrap();
    assert_eq!(world.slept(), [7_000, 30, 0]);
}

#[tokio::test]
async fn an_operation_that_is_completed_at_once_is_not_polled() {
    let server = Server::script([Reply::json(200, THING)]).await;
    let thing = client(&server, &World::new())
        .jobs()
        .rebuild_thing(7)
        .poll()
        .until_done()
        .await
        .unwrap();
    assert_eq!(thing.id, 7);
    assert_eq!(server.lines(), ["PUT /things/7/rebuild"]);
}

#[tokio::test]
async fn a_failed_operation_is_an_error_with_its_response() {
    let failed = Reply::json(
        200,
        r#"{"status":"Failed","error":{"code":"Full","message":"no space left"}}"#,
    );
    let server = Server::script([started(), failed]).await;
    let error = client(&server, &World::new())
        .jobs()
        .rebuild_thing(7)
        .poll()
        .until_done()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error}");
    assert!(error.to_string().contains("no space left"), "{error}");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn the_url_of_another_origin_gets_no_credentials() {
    let other = Server::script([status("succeeded")]).await;
    for url in [
        format!("{}/operations/1", other.url),
        "//127.0.0.2:1/operations/1".to_owned(),
    ] {
        let server = Server::script([Reply::new(202).header("operation-location", &url)]).await;
        let error = client(&server, &World::new())
            .jobs()
            .rebuild_thing(7)
            .poll()
            .until_done()
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
        assert!(error.to_string().contains("instead of http://127.0.0.1:"), "{error}");
        assert_eq!(server.received().len(), 1);
    }
    // Neither are the URLs that a status names.
    let body = format!(
        r#"{{"status":"succeeded","resourceLocation":"{}/things/7"}}"#,
        other.url
    );
    let moved = status("running").header("operation-location", &format!("{}/operations/2", other.url));
    for reply in [Reply::json(200, body), moved] {
        let server = Server::script([started(), reply]).await;
        let error = client(&server, &World::new())
            .jobs()
            .rebuild_thing(7)
            .poll()
            .until_done()
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
    }
    assert_eq!(other.received().len(), 0);
}

#[tokio::test]
async fn a_missing_or_invalid_url_is_an_error() {
    for reply in [
        Reply::new(202),
        Reply::new(202).header("operation-location", "http://["),
    ] {
        let server = Server::script([reply]).await;
        let error = client(&server, &World::new())
            .jobs()
            .rebuild_thing(7)
            .poll()
            .until_done()
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
        assert!(error.to_string().contains("operation-location"), "{error}");
    }
}

#[tokio::test]
async fn a_request_for_the_status_is_retried_and_its_error_ends_the_poller() {
    let server = Server::script([started(), Reply::new(503), status("running"), Reply::json(404, "{}")]).await;
    let mut poller = client(&server, &World::new()).jobs().rebuild_thing(7).poll();
    assert!(matches!(
        poller.next().await,
        Some(Ok(Progress::Running { status: None, .. }))
    ));
    assert!(matches!(
        poller.next().await,
        Some(Ok(Progress::Running { status: Some(_), .. }))
    ));
    let error = poller.next().await.unwrap().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404), "{error}");
    assert!(error.to_string().starts_with("GET {operation-location}"), "{error}");
    assert!(poller.next().await.is_none());
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn a_location_is_polled_until_the_status_code_changes() {
    let page = Reply::json(200, r#"{"items":[{"id":7,"name":"a thing"}]}"#);
    let running = || Reply::json(202, r#"{"status":"succeeded"}"#);
    let moved = running().header("location", "exports/2");
    let server = Server::script([Reply::new(202).header("location", "/exports/1"), running(), moved, page]).await;
    let note = Note::new("title");
    let result = client(&server, &World::new())
        .jobs()
        .start_export(&note)
        .poll()
        .until_done()
        .await
        .unwrap();
    assert_eq!(result.items.len(), 1);
    assert_eq!(
        server.lines(),
        ["POST /exports", "GET /exports/1", "GET /exports/1", "GET /exports/2"]
    );
    let polled = &server.received()[1];
    assert!(polled.body.is_empty());
    assert_eq!(polled.header("content-type"), None);
}

#[tokio::test]
async fn a_result_in_xml_is_fetched_from_its_location() {
    let started = |header: &str| {
        Reply::new(202)
            .header("location", "/orders/8")
            .header(header, "/operations/1")
    };
    let order = || {
        let order = r#"<order id="8"><lines><line><product>tea</product></line></lines></order>"#;
        Reply::new(200).header("content-type", "application/xml").body(order)
    };
    // With a status monitor, and with the status in the status code.
    let monitored = [
        started("azure-asyncoperation"),
        status("Running"),
        status("Succeeded"),
        order(),
    ];
    let located = [started("x-other"), Reply::new(202), Reply::new(202), order()];
    for (replies, polled, accept) in [
        (monitored, "GET /operations/1", "application/json"),
        (located, "GET /orders/8", "application/xml"),
    ] {
        let server = Server::script(replies).await;
        let client = client(&server, &World::new());
        let order = client.jobs().split_order(7).poll().until_done().await.unwrap();
        assert_eq!(order.lines[0].product, "tea");
        assert_eq!(
            server.lines(),
            ["POST /orders/7/split", polled, polled, "GET /orders/8"]
        );
        let accepted = server
            .received()
            .iter()
            .map(|request| request.header("accept").unwrap_or_default().to_owned())
            .collect::<Vec<_>>();
        assert_eq!(accepted, ["application/xml", accept, accept, "application/xml"]);
    }
}

#[tokio::test]
async fn the_configured_operation_returns_the_status() {
    let import = |state: &str| Reply::json(200, format!(r#"{{"id":"i/1","state":"{state}","imported":3}}"#));
    let server = Server::script([
        Reply::json(202, r#"{"id":"i/1","state":"new"}"#),
        import("running"),
        import("IMPORTED"),
    ])
    .await;
    let world = World::new();
    let mut poller = client(&server, &world).jobs().start_import().poll();
    let mut seen = Vec::new();
    while let Some(progress) = poller.next().await {
        seen.push(match progress.unwrap() {
            Progress::Running { status, .. } => status.unwrap_or_default(),
            Progress::Done(import) => format!("{} of {}", import.state, import.imported.unwrap()),
            _ => unreachable!(),
        });
    }
    assert_eq!(seen, ["", "running", "IMPORTED of 3"]);
    assert_eq!(
        server.lines(),
        ["POST /imports", "GET /imports/i%2F1", "GET /imports/i%2F1"]
    );
    // Each operation has its own credentials.
    let received = server.received();
    let sent = |index: usize| (received[index].header("authorization"), received[index].header("x-key"));
    assert_eq!((sent(0), sent(1)), ((Some("Bearer t0ken"), None), (None, Some("k3y"))));
    assert_eq!(world.slept(), [500, 500]);
    let server = Server::script([import("new"), import("Broken")]).await;
    let error = client(&server, &world)
        .jobs()
        .start_import()
        .poll()
        .until_done()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error}");
    let server = Server::script([Reply::json(202, r#"{"state":"new"}"#)]).await;
    let error = client(&server, &world)
        .jobs()
        .start_import()
        .poll()
        .until_done()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("the response has no `/id`"), "{error}");
}

#[tokio::test]
async fn dropping_the_poller_ends_the_requests() {
    let server = Server::start(|request: &Received, _| match request.line().starts_with("PUT") {
        true => started(),
        false => status("running"),
    })
    .await;
    // The real clock, so that the poller waits.
    let client = crate::builder(&server)
        .environment(kitchen_sink::runtime::__private::SystemEnvironment)
        .bearer_token("t0ken")
        .build()
        .unwrap();
    let poller = client
        .jobs()
        .rebuild_thing(7)
        .poll()
        .interval(Duration::from_millis(20));
    let outcome = tokio::time::timeout(Duration::from_millis(150), poller.until_done()).await;
    assert!(outcome.is_err());
    let sent = server.received().len();
    assert!(sent >= 2, "{sent}");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.received().len(), sent);
}
