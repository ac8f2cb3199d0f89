//! Requests of the seven operations, byte for byte.

use pieces_activity::models::{
    Activity, ActivityIdentifiersSnapshotActivityFilterEnum as Filter, MechanismEnum, SeededActivity,
};
use pieces_activity::{Client, Error};

use crate::mock::{Reply, Server, World};
use crate::{DOCUMENT, builder, client};

const JSON_OR_TEXT: &str = "application/json, text/plain;q=0.5";

/// The whole request: nothing else is sent.
fn expected(line: &str, accept: &str, body: Option<&str>) -> String {
    let (generator, os) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    let length = body.map_or_else(String::new, |body| format!("content-length: {}\n", body.len()));
    let body = body.unwrap_or_default();
    let content_type = if body.is_empty() {
        ""
    } else {
        "content-type: application/json\n"
    };
    let request = format!(
        "{line} HTTP/1.1\naccept-encoding: gzip\naccept: {accept}\n{length}{content_type}host: {{host}}\n\
         user-agent: pieces-activity/1.0.0 (Pieces Activity API 1.0; sdkwright/{generator}; rust; {os})\n\
         x-application-id: k3y\n\n{body}"
    );
    request.trim_end().to_owned()
}

/// Starts a server that returns a value of a schema.
async fn responding_with(schema: &str) -> Server {
    Server::script([Reply::json(200, DOCUMENT.whole(schema).to_string())]).await
}

#[tokio::test]
async fn a_snapshot_of_all_activities() {
    let server = responding_with("Activities").await;
    let client = client(&server, &World::new());
    let all = client.activities().snapshot().send().await.unwrap();
    assert_eq!(serde_json::to_value(&all).unwrap(), DOCUMENT.whole("Activities"));
    client
        .activities()
        .snapshot()
        .transferables(false)
        .pseudo(true)
        .send()
        .await
        .unwrap();
    let received: Vec<String> = server.received().iter().map(|request| request.whole()).collect();
    assert_eq!(
        received,
        [
            expected("GET /activities", JSON_OR_TEXT, None),
            expected("GET /activities?transferables=false&pseudo=true", JSON_OR_TEXT, None),
        ]
    );
}

#[tokio::test]
async fn a_snapshot_of_one_activity() {
    let server = responding_with("Activity").await;
    let client = client(&server, &World::new());
    let call = client.activity().specific_activity_snapshot("a/b ü=");
    let activity = call.transferables(true).send().await.unwrap();
    assert_eq!(serde_json::to_value(&activity).unwrap(), DOCUMENT.whole("Activity"));
    let line = "GET /activity/a%2Fb%20%C3%BC%3D?transferables=true";
    assert_eq!(server.only().whole(), expected(line, JSON_OR_TEXT, None));
}

#[tokio::test]
async fn a_snapshot_of_identifiers() {
    let server = responding_with("FlattenedActivities").await;
    let client = client(&server, &World::new());
    let call = client.activity().identifiers_snapshot().pseudo(false);
    let ids = call.activity_filter_enum(Filter::Referenced).send().await.unwrap();
    assert_eq!(
        serde_json::to_value(&ids).unwrap(),
        DOCUMENT.whole("FlattenedActivities")
    );
    let line = "GET /activity/identifiers?pseudo=false&activity_filter_enum=REFERENCED";
    assert_eq!(server.only().whole(), expected(line, JSON_OR_TEXT, None));
}

#[tokio::test]
async fn the_stream_of_identifiers_as_a_plain_request() {
    let server = responding_with("StreamedIdentifiers").await;
    let client = client(&server, &World::new());
    let ids = client.activities().stream_identifiers().send().await.unwrap();
    assert_eq!(
        serde_json::to_value(&ids).unwrap(),
        DOCUMENT.whole("StreamedIdentifiers")
    );
    assert_eq!(
        server.only().whole(),
        expected("GET /activities/stream/identifiers", JSON_OR_TEXT, None)
    );
}

#[tokio::test]
async fn a_new_activity() {
    let server = responding_with("Activity").await;
    let client = client(&server, &World::new());
    let seed: SeededActivity = serde_json::from_value(DOCUMENT.whole("SeededActivity")).unwrap();
    let call = client.activities().create_new_activity().transferables(false);
    let created = call.body(&seed).send().await.unwrap();
    assert_eq!(serde_json::to_value(&created).unwrap(), DOCUMENT.whole("Activity"));
    let request = server.only();
    let body = request.text();
    let sent: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(sent, DOCUMENT.sent("SeededActivity"));
    let line = "POST /activities/create?transferables=false";
    assert_eq!(request.whole(), expected(line, JSON_OR_TEXT, Some(body)));
}

#[tokio::test]
async fn a_seed_is_created_from_its_required_fields() {
    let server = responding_with("Activity").await;
    let client = client(&server, &World::new());
    let whole: SeededActivity = serde_json::from_value(DOCUMENT.whole("SeededActivity")).unwrap();
    let mut application = whole.application;
    application.schema = None;
    let seed = SeededActivity::new(serde_json::from_str("{}").unwrap(), application);
    let seed = seed.with_mechanism(MechanismEnum::Manual);
    let mut application = DOCUMENT.sent("SeededActivity")["application"].take();
    application.as_object_mut().unwrap().remove("schema");
    client
        .activities()
        .create_new_activity()
        .body(&seed)
        .send()
        .await
        .unwrap();
    let sent: serde_json::Value = serde_json::from_str(server.only().text()).unwrap();
    assert_eq!(
        sent,
        serde_json::json!({
            "event": {},
            "application": application,
            "mechanism": "MANUAL",
        })
    );
}

#[tokio::test]
async fn a_changed_activity() {
    let server = responding_with("Activity").await;
    let client = client(&server, &World::new());
    let activity: Activity = serde_json::from_value(DOCUMENT.whole("Activity")).unwrap();
    let stored = client
        .activity()
        .update()
        .body(&activity)
        .transferables(true)
        .send()
        .await
        .unwrap();
    assert_eq!(stored, activity);
    let request = server.only();
    let body = request.text();
    let sent: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(sent, DOCUMENT.sent("Activity"));
    let line = "POST /activity/update?transferables=true";
    assert_eq!(request.whole(), expected(line, JSON_OR_TEXT, Some(body)));
}

#[tokio::test]
async fn a_deletion_has_no_request_or_response_body() {
    let server = Server::script([Reply::new(204)]).await;
    let client = client(&server, &World::new());
    client.activities().delete_specific_activity("a1").send().await.unwrap();
    let response = client
        .activities()
        .delete_specific_activity("a1")
        .send_response()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 204);
    let request = expected("POST /activities/a1/delete", "text/plain", Some(""));
    assert_eq!(server.received()[0].whole(), request);
}

#[tokio::test]
async fn an_optional_body_is_omitted() {
    let server = responding_with("Activity").await;
    let client = client(&server, &World::new());
    client.activity().update().send().await.unwrap();
    assert_eq!(
        server.only().whole(),
        expected("POST /activity/update", JSON_OR_TEXT, Some(""))
    );
}

#[tokio::test]
async fn the_builder_key_overrides_the_environment() {
    let server = Server::script([Reply::new(204)]).await;
    let world = World::new().with_variable("PIECES_API_KEY", "env-key");
    let from_environment = || Client::builder().base_url(&server.url).environment(world.clone());
    for builder in [
        from_environment(),
        from_environment().api_key("mine"),
        builder(&server, &World::new()),
    ] {
        builder
            .build()
            .unwrap()
            .activities()
            .delete_specific_activity("a1")
            .send()
            .await
            .unwrap();
    }
    let keys: Vec<String> = server
        .received()
        .iter()
        .filter_map(|r| r.header("x-application-id").map(str::to_owned))
        .collect();
    assert_eq!(keys, ["env-key", "mine", "k3y"]);
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.header("authorization").is_none())
    );
    let nothing = Client::builder()
        .base_url(&server.url)
        .environment(World::new())
        .build()
        .unwrap();
    let error = nothing
        .activities()
        .delete_specific_activity("a1")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Build(_)));
    assert_eq!(
        error.to_string(),
        "POST /activities/{activity}/delete: missing credentials: call `api_key(key)` on the builder or set PIECES_API_KEY"
    );
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_key_is_not_printed() {
    let server = Server::script([Reply::new(500).body("no")]).await;
    let builder = builder(&server, &World::new());
    assert!(!format!("{builder:?}").contains("k3y"));
    let client = builder.build().unwrap();
    let error = client
        .activities()
        .delete_specific_activity("a1")
        .send()
        .await
        .unwrap_err();
    assert!(!format!("{client:#?} {error:#?}").contains("k3y"));
}
