//! Models: examples of the API description are read and written unchanged.

use std::sync::LazyLock;

use glean_activity::models;
use serde_json::{Value, json};

use crate::mock::{Document, schemas, there_and_back};
use crate::{BODY, activity};

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| Document::new(include_str!("../../spec/glean-activity.yaml")));

/// A schema with the round trip of its model.
type Model = (&'static str, fn(&Value) -> Value);

const SCHEMAS: [Model; 13] = schemas![
    Activity,
    ActivityEvent,
    ActivityEventParams,
    Feedback,
    FeedbackChatExchange,
    ManualFeedbackInfo,
    ManualFeedbackSideBySideInfo,
    SeenFeedbackInfo,
    SessionInfo,
    SideBySideImplementation,
    User,
    UserViewInfo,
    WorkflowFeedbackInfo,
];

#[test]
fn the_example_of_each_schema_round_trips() {
    assert_eq!(SCHEMAS.map(|(name, _)| name).to_vec(), DOCUMENT.names());
    for (name, there_and_back) in SCHEMAS {
        for value in [DOCUMENT.whole(name), DOCUMENT.least(name)] {
            assert_eq!(there_and_back(&value), value, "{name}");
        }
    }
}

#[test]
fn documented_examples_round_trip() {
    let feedback = &DOCUMENT.schemas()["Feedback"]["example"];
    assert_eq!(there_and_back::<models::Feedback>(feedback), *feedback);
    // `source` of an event has no schema, so it is kept unchanged.
    let events = &DOCUMENT.schemas()["Activity"]["example"];
    assert_eq!(events["events"][0]["source"], json!("browser-extension"));
    assert_eq!(there_and_back::<models::Activity>(events), *events);
}

#[test]
fn written_models_can_be_read() {
    let read: models::Activity = serde_json::from_str(BODY).unwrap();
    assert_eq!(read, activity());
    assert_eq!(serde_json::to_string(&read).unwrap(), BODY);
}

#[test]
fn an_event_is_created_from_its_required_fields() {
    let at = "2026-04-09T13:05:40Z".parse().unwrap();
    let event = models::ActivityEvent::new(
        models::ActivityEventAction::HistoricalSearch,
        at,
        "https://a.example",
        "WEB".into(),
    );
    assert_eq!(
        serde_json::to_value(&event).unwrap(),
        json!({"action": "HISTORICAL_SEARCH", "timestamp": "2026-04-09T13:05:40Z", "url": "https://a.example", "source": "WEB"})
    );
    let whole = event
        .with_id("1")
        .with_params(models::ActivityEventParams::new().with_query("leave"));
    assert_eq!(
        (whole.id.as_deref(), whole.params.unwrap().query.as_deref()),
        (Some("1"), Some("leave"))
    );
}

#[test]
fn actions_are_open() {
    let documented = DOCUMENT.schemas()["ActivityEvent"]["properties"]["action"]["enum"]
        .as_array()
        .unwrap();
    let known: Vec<Value> = models::ActivityEventAction::ALL
        .iter()
        .map(|action| json!(action))
        .collect();
    assert_eq!(known, *documented);
    let new = models::ActivityEventAction::from("SKIM");
    assert!(!new.is_known());
    assert_eq!(json!(new), json!("SKIM"));
}
