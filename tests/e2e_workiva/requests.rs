//! Requests, byte for byte.

use serde_json::json;

use crate::calls::{self, Operation, builder, client};
use crate::mock::{Reply, Server, World};

/// Returns the expected `User-Agent`.
pub fn user_agent() -> String {
    let generator = env!("CARGO_PKG_VERSION");
    let os = std::env::consts::OS;
    format!("workiva-activities/1.2734.0 (Workiva Activities API 1.2734.0; sdkwright/{generator}; rust; {os})")
}

/// The whole request of an operation: nothing else is sent.
pub fn expected(target: &str, token: &str) -> String {
    let user_agent = user_agent();
    [
        &format!("GET {target} HTTP/1.1"),
        "accept-encoding: gzip",
        "accept: application/json",
        &format!("authorization: Bearer {token}"),
        "host: {host}",
        &format!("user-agent: {user_agent}"),
    ]
    .join("\n")
}

#[tokio::test]
async fn each_operation_requests_its_path_and_returns_its_response() {
    for operation in Operation::ALL {
        let server = Server::script([Reply::json(200, operation.example().to_string())]).await;
        let body = operation.send(&client(&server, &World::new())).await.unwrap();
        assert_eq!(body, *operation.example(), "{operation:?}");
        assert_eq!(
            server.only().whole(),
            expected(&operation.path(), "t0ken"),
            "{operation:?}"
        );
    }
}

#[tokio::test]
async fn a_token_is_requested_with_a_form() {
    let server = Server::script([
        Reply::json(
            200,
            r#"{"access_token":"fresh","token_type":"bearer","expires_in":3600}"#,
        ),
        Reply::json(200, calls::activity("a1").to_string()),
    ])
    .await;
    let builder = builder(&server, &World::new()).client_credentials("my id", "s&cr=t/ü");
    calls::one(&builder.build().unwrap()).await.unwrap();
    let form =
        "grant_type=client_credentials&client_id=my%20id&client_secret=s%26cr%3Dt%2F%C3%BC&scope=activity%3Aread";
    let token_request = [
        "POST /iam/v1/oauth2/token HTTP/1.1",
        "accept-encoding: gzip",
        "accept: application/json",
        &format!("content-length: {}", form.len()),
        "content-type: application/x-www-form-urlencoded",
        "host: {host}",
        &format!("user-agent: {}", user_agent()),
        "",
        form,
    ]
    .join("\n");
    let received = server.received();
    assert_eq!(received[0].whole(), token_request);
    assert_eq!(received[1].whole(), expected("/activities/a1", "fresh"));
    assert_eq!(received.len(), 2);
}

#[tokio::test]
async fn path_values_are_always_encoded() {
    let server = Server::script([Reply::json(200, calls::activity("a").to_string())]).await;
    let client = client(&server, &World::new());
    for id in [
        "MmI3ZTRm==",
        "a/b",
        "two words",
        "Zürich",
        "a%2Fb",
        "?q=1#x",
        "a;b,c:d@e+f&g",
        "../secrets",
        "~-._",
        "日本",
    ] {
        client.activities().get_activity_by_id(id).send().await.unwrap();
    }
    let targets: Vec<String> = server
        .received()
        .iter()
        .map(|request| request.target().to_owned())
        .collect();
    assert_eq!(
        targets,
        [
            "/activities/MmI3ZTRm%3D%3D",
            "/activities/a%2Fb",
            "/activities/two%20words",
            "/activities/Z%C3%BCrich",
            "/activities/a%252Fb",
            "/activities/%3Fq%3D1%23x",
            "/activities/a%3Bb%2Cc%3Ad%40e%2Bf%26g",
            "/activities/..%2Fsecrets",
            "/activities/~-._",
            "/activities/%E6%97%A5%E6%9C%AC",
        ]
    );
}

#[tokio::test]
async fn path_values_that_change_the_route_are_an_error() {
    let server = Server::script([Reply::json(200, calls::activity("a").to_string())]).await;
    let client = client(&server, &World::new());
    for (id, message) in [
        (
            "",
            "GET /activities/{activityId}: path parameter `activityId` is empty; call `allow_empty_path()` to send it",
        ),
        (
            ".",
            "GET /activities/{activityId}: path parameter `activityId` is `.`, which cannot be sent in a path",
        ),
        (
            "..",
            "GET /activities/{activityId}: path parameter `activityId` is `..`, which cannot be sent in a path",
        ),
    ] {
        let error = client.activities().get_activity_by_id(id).send().await.unwrap_err();
        assert!(matches!(error, workiva_activities::Error::Build(_)));
        assert_eq!(error.to_string(), message);
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn queries_have_the_wire_names_in_the_order_of_the_setters() {
    let server = Server::script([Reply::json(200, json!({"data": []}).to_string())]).await;
    let client = client(&server, &World::new());
    let call = client.activities().get_organization_workspace_activities("o/1", "w=1");
    let call = call
        .order_by("activityDateTime desc")
        .filter("action.alias eq 'workspace_membership_create' and summary eq 'a&b=c+ü'")
        .next("JTI0bGltaXQ9MjUwJiUyNG9mZnNldD0yNTA=")
        .maxpagesize(250);
    call.send().await.unwrap();
    let target = "/organizations/o%2F1/workspaces/w%3D1/activities?%24orderBy=activityDateTime%20desc\
        &%24filter=action.alias%20eq%20%27workspace_membership_create%27%20and%20summary%20eq%20%27a%26b%3Dc%2B%C3%BC%27\
        &%24next=JTI0bGltaXQ9MjUwJiUyNG9mZnNldD0yNTA%3D&%24maxpagesize=250";
    assert_eq!(server.only().whole(), expected(target, "t0ken"));
}

#[tokio::test]
async fn unset_parameters_are_omitted_and_the_last_value_wins() {
    let server = Server::script([Reply::json(200, json!({"data": []}).to_string())]).await;
    let client = client(&server, &World::new());
    let activities = client.activities();
    activities.get_activity_actions().send().await.unwrap();
    let twice = activities.get_activity_actions().maxpagesize(1).maxpagesize(2);
    twice.send().await.unwrap();
    activities
        .get_organization_activities("o")
        .filter("")
        .send()
        .await
        .unwrap();
    assert_eq!(
        server.lines(),
        [
            "GET /activityActions",
            "GET /activityActions?%24maxpagesize=2",
            "GET /organizations/o/activities?%24filter=",
        ]
    );
}

#[tokio::test]
async fn a_call_can_have_extra_headers_and_query_parameters() {
    let server = Server::script([Reply::json(200, json!({"data": []}).to_string())]).await;
    let client = builder(&server, &World::new())
        .header("x-team", "audit")
        .header("x-trace", "client");
    let client = client.build().unwrap();
    let call = client.activities().get_activity_actions().order_by("name");
    let call = call.header("X-Trace", "7f3a").query_pair("debug on", "yes&no");
    call.send().await.unwrap();
    let request = server.only();
    assert_eq!(request.target(), "/activityActions?%24orderBy=name&debug%20on=yes%26no");
    assert_eq!(
        (request.header("x-team"), request.header("x-trace")),
        (Some("audit"), Some("7f3a"))
    );
    assert_eq!(request.head.matches("x-trace").count(), 1);
}

#[tokio::test]
async fn an_invalid_header_is_an_error() {
    let server = Server::script([Reply::json(200, json!({"data": []}).to_string())]).await;
    let client = client(&server, &World::new());
    let call = client.activities().get_activity_actions().header("x-a", "1\r\nx-b: 2");
    let error = call.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activityActions: the value of header `x-a` contains a control character"
    );
    assert_eq!(server.lines(), [""; 0]);
}
