//! Long-running operations whose responses have the URL of the status in one of several headers.

use sdkwright_runtime::runtime::__private::{Core, Operation, Polling, Request, ResultLocation, Settings};
use sdkwright_runtime::runtime::{Error, Poller, RawResponse, Unexpected};
use serde_json::{Value, json};

use crate::streams::API_INFO;
use crate::support::{Reply, Server, World};

const fn operation(method: &'static str) -> Operation {
    Operation {
        id: "start",
        method,
        path: "/jobs/7",
        success: &[200, 201, 202],
        ..Operation::DEFAULT
    }
}

static START: Operation = operation("POST");

static REPLACE: Operation = operation("PUT");

static POLLING: Polling = Polling {
    headers: &["operation-location", "azure-asyncoperation", "location"],
    status: Some("/status"),
    result: ResultLocation::Resource,
    ..Polling::DEFAULT
};

/// A result that is where the document declares.
const fn declared(result: ResultLocation) -> Polling {
    Polling {
        headers: POLLING.headers,
        status: POLLING.status,
        result,
        ..Polling::DEFAULT
    }
}

static STATUS: Polling = declared(ResultLocation::Status);

static LOCATION: Polling = declared(ResultLocation::Location);

static REQUEST: Polling = declared(ResultLocation::Request);

fn core(server: &Server) -> Core {
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    settings.environment(World::new());
    settings.build(&API_INFO).unwrap()
}

async fn result(server: &Server, operation: &'static Operation) -> Result<Value, Error> {
    result_of(server, operation, &POLLING).await
}

async fn result_of(server: &Server, operation: &'static Operation, polling: &'static Polling) -> Result<Value, Error> {
    let request = Request::new(&core(server), operation);
    let poller: Poller<Value, Unexpected> = Poller::new(request, polling, RawResponse::json);
    poller.until_done().await
}

fn running(header: &str) -> Reply {
    Reply::json(202, r#"{"status":"Succeeded"}"#).header(header, "/operations/1")
}

fn status(status: &str) -> Reply {
    Reply::json(200, json!({ "status": status }).to_string())
}

#[tokio::test]
async fn a_status_monitor_is_preferred_and_location_is_the_result() {
    for header in ["operation-location", "azure-asyncoperation"] {
        let started = Reply::new(202)
            .header("location", "/results/1")
            .header(header, "/operations/1");
        let server = Server::script([started, status("Running"), status("Succeeded"), Reply::json(200, "5")]).await;
        assert_eq!(result(&server, &START).await.unwrap(), 5);
        let expected = [
            "POST /jobs/7",
            "GET /operations/1",
            "GET /operations/1",
            "GET /results/1",
        ];
        assert_eq!(server.lines(), expected);
    }
}

#[tokio::test]
async fn the_status_at_a_location_is_the_status_code() {
    // A property `status` of the resource is not the status of the operation.
    for (operation, line) in [(&START, "POST /jobs/7"), (&REPLACE, "PUT /jobs/7")] {
        let server = Server::script([running("location"), running("location"), status("Active")]).await;
        assert_eq!(result(&server, operation).await.unwrap(), json!({"status": "Active"}));
        assert_eq!(server.lines(), [line, "GET /operations/1", "GET /operations/1"]);
        let server = Server::script([running("location"), status("Failed")]).await;
        assert_eq!(result(&server, operation).await.unwrap(), json!({"status": "Failed"}));
    }
}

#[tokio::test]
async fn a_response_with_no_header_is_the_result_unless_it_was_accepted_only() {
    let server = Server::script([status("Active")]).await;
    assert_eq!(result(&server, &START).await.unwrap(), json!({"status": "Active"}));
    let server = Server::script([Reply::new(202)]).await;
    let error = result(&server, &START).await.unwrap_err().to_string();
    let expected = "the response has no header `operation-location` or `azure-asyncoperation` or `location`";
    assert!(error.contains(expected), "{error}");
}

#[tokio::test]
async fn the_result_is_where_the_document_declares() {
    let done = json!({ "status": "Succeeded", "resourceLocation": "/things/8" });
    for operation in [&START, &REPLACE] {
        let request = format!("GET {}", operation.path);
        for (polling, location, result) in [
            (&STATUS, Some("/results/1"), None),
            (&LOCATION, Some("/results/1"), Some("GET /results/1")),
            (&LOCATION, None, Some("GET /things/8")),
            (&REQUEST, Some("/results/1"), Some(request.as_str())),
        ] {
            let mut started = Reply::new(202).header("azure-asyncoperation", "/operations/1");
            if let Some(location) = location {
                started = started.header("location", location);
            }
            let replies = [
                started,
                status("Running"),
                Reply::json(200, done.to_string()),
                Reply::json(200, "5"),
            ];
            let server = Server::script(replies).await;
            let value = result_of(&server, operation, polling).await.unwrap();
            let expected = if result.is_some() { &json!(5) } else { &done };
            assert_eq!(&value, expected, "{polling:?}");
            let lines = server.lines();
            assert_eq!(lines[1..3], ["GET /operations/1", "GET /operations/1"]);
            assert_eq!(lines.get(3).map(String::as_str), result, "{polling:?}");
        }
    }
}

#[tokio::test]
async fn the_response_at_a_location_is_the_result_unless_the_request_url_is_declared() {
    for (polling, lines) in [(&STATUS, 2), (&LOCATION, 2), (&REQUEST, 3)] {
        let server = Server::script([running("location"), Reply::json(200, "4"), Reply::json(200, "5")]).await;
        let value = result_of(&server, &START, polling).await.unwrap();
        assert_eq!(value, lines + 2, "{polling:?}");
        assert_eq!(server.lines().len(), lines);
        assert!(lines == 2 || server.lines()[2] == "GET /jobs/7");
    }
}

#[tokio::test]
async fn conditions_of_the_first_request_are_not_repeated() {
    let replies = [
        Reply::new(202).header("location", "/operations/1"),
        Reply::new(200),
        status("Active"),
    ];
    let server = Server::script(replies).await;
    let mut request = Request::new(&core(&server), &REPLACE);
    request.json_body(&1_i64);
    let conditional = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"];
    let first_only = [&conditional[..], &["if-range", "range", "content-encoding"]].concat();
    for name in first_only.iter().chain(&["x-tenant"]) {
        request.header_text(name, "x".to_owned());
    }
    let poller: Poller<Value, Unexpected> = Poller::new(request, &REQUEST, RawResponse::json);
    poller.until_done().await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 3);
    for name in first_only {
        let sent: Vec<bool> = received.iter().map(|one| one.header(name).is_some()).collect();
        assert_eq!(sent, [true, false, false], "{name}");
    }
    assert!(received.iter().all(|one| one.header("x-tenant").is_some()));
}

#[tokio::test]
async fn a_media_type_of_any_characters_can_be_accepted() {
    static OPERATION: Operation = Operation {
        accept: "application/é",
        ..operation("POST")
    };
    let started = Reply::new(202).header("azure-asyncoperation", "/operations/1");
    let replies = [
        started.header("location", "/results/1"),
        status("Succeeded"),
        status("Active"),
    ];
    let server = Server::script(replies).await;
    let result = result_of(&server, &OPERATION, &LOCATION).await;
    assert_eq!(result.unwrap(), json!({ "status": "Active" }));
}
