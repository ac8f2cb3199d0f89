//! Models: examples of the API description are read and written unchanged.

use serde_json::{Map, Value, json};
use workiva_activities::models;
use workiva_activities::runtime::Nullable;

use crate::calls::{DOCUMENT, Operation, activity};
use crate::mock::{schemas, there_and_back};

/// A schema with the round trip of its model.
type Model = (&'static str, fn(&Value) -> Value);

const SCHEMAS: [Model; 17] = schemas![
    Action,
    ActivitiesListResult,
    Activity,
    ActivityAction,
    ActivityActionsListResult,
    ActivityAttachments,
    ActivityTags,
    ErrorDetails,
    ErrorResponse,
    Organization,
    Outcome,
    Performer,
    Solution,
    Target,
    TargetList,
    User,
    Workspace,
];

#[test]
fn all_schemas_are_models() {
    assert_eq!(SCHEMAS.map(|(name, _)| name).to_vec(), DOCUMENT.names());
}

#[test]
fn the_example_of_each_schema_round_trips() {
    for (name, there_and_back) in SCHEMAS {
        for value in [DOCUMENT.whole(name), DOCUMENT.least(name)] {
            assert_eq!(there_and_back(&value), value, "{name}");
        }
    }
}

#[test]
fn documented_responses_round_trip() {
    for operation in Operation::ALL {
        let there_and_back = match operation {
            Operation::Activity => there_and_back::<models::Activity>,
            Operation::Action => there_and_back::<models::ActivityAction>,
            Operation::Actions => there_and_back::<models::ActivityActionsListResult>,
            Operation::Organization | Operation::Workspace => there_and_back::<models::ActivitiesListResult>,
        };
        assert_eq!(
            there_and_back(operation.example()),
            *operation.example(),
            "{operation:?}"
        );
    }
    for response in DOCUMENT.0["components"]["responses"].as_object().unwrap().values() {
        for example in response["content"]["application/json"]["examples"]
            .as_object()
            .unwrap()
            .values()
        {
            let value = &example["value"];
            assert_eq!(there_and_back::<models::ErrorResponse>(value), *value);
        }
    }
}

#[test]
fn outcomes_are_open_although_one_is_named_unknown() {
    let read = |text: &str| serde_json::from_value::<models::Outcome>(json!(text)).unwrap();
    assert_eq!(read("unknown"), models::Outcome::Unknown);
    assert!(read("unknown").is_known());
    let new = read("partially");
    assert_ne!(new, models::Outcome::Unknown);
    assert!(!new.is_known());
    assert_eq!((new.as_str(), new.to_string().as_str()), ("partially", "partially"));
    assert_eq!(serde_json::to_value(&new).unwrap(), json!("partially"));
    let mut known = models::Outcome::ALL
        .iter()
        .map(models::Outcome::as_str)
        .collect::<Vec<_>>();
    known.sort_unstable();
    assert_eq!(known, ["failure", "pending", "success", "unknown"]);
    assert_eq!(models::Outcome::from("pending"), models::Outcome::Pending);
}

#[test]
fn an_unknown_outcome_is_kept() {
    let mut body = activity("a1");
    body["outcome"] = json!("postponed");
    assert_eq!(there_and_back::<models::Activity>(&body), body);
    let read: models::Activity = serde_json::from_value(body).unwrap();
    assert_eq!(read.outcome.unwrap().as_str(), "postponed");
}

#[test]
fn absent_null_and_present_workspaces_are_distinct() {
    let read = |value: Option<Value>| {
        let mut body = activity("a1");
        body.as_object_mut()
            .unwrap()
            .extend(value.map(|value| ("workspace".to_owned(), value)));
        assert_eq!(there_and_back::<models::Activity>(&body), body);
        serde_json::from_value::<models::Activity>(body).unwrap().workspace
    };
    assert_eq!(read(None), Nullable::Absent);
    assert_eq!(read(Some(Value::Null)), Nullable::Null);
    let Nullable::Value(workspace) = read(Some(json!({"name": "FY26 Close"}))) else {
        panic!("a workspace");
    };
    assert_eq!(workspace.name.as_deref(), Some("FY26 Close"));
    assert!(workspace.id.is_absent());
}

#[test]
fn absent_and_null_members_of_a_workspace_are_distinct() {
    for name in ["created", "id", "modified", "organization", "solutions"] {
        let body = json!({name: null});
        assert_eq!(there_and_back::<models::Workspace>(&body), body, "{name}");
    }
    assert_eq!(there_and_back::<models::Workspace>(&json!({})), json!({}));
    for body in [json!({"user": null}), json!({})] {
        assert_eq!(there_and_back::<models::Action>(&body), body);
    }
    // A member that is not nullable is absent if it is null.
    assert_eq!(there_and_back::<models::Workspace>(&json!({"name": null})), json!({}));
}

#[test]
fn attachments_are_json_objects() {
    let mut body = activity("a1");
    body["attachments"] = json!([{"entityChanges": {"old": 1, "new": [null, 2.5]}}, {}]);
    assert_eq!(there_and_back::<models::Activity>(&body), body);
    let attachments = serde_json::from_value::<models::Activity>(body)
        .unwrap()
        .attachments
        .unwrap();
    let first: &Map<String, Value> = &attachments[0];
    assert_eq!(first["entityChanges"]["new"], json!([null, 2.5]));
    assert!(attachments[1].is_empty());
    let mut wrong = activity("a1");
    wrong["attachments"] = json!(["text"]);
    assert!(serde_json::from_value::<models::Activity>(wrong).is_err());
}

#[test]
fn unknown_members_are_ignored() {
    let mut body = activity("a1");
    body["colour"] = json!({"deep": [1, {"deeper": null}]});
    body["performer"]["mood"] = json!("fine");
    assert_eq!(there_and_back::<models::Activity>(&body), activity("a1"));
}

#[test]
fn null_for_an_optional_member_is_none() {
    let mut body = activity("a1");
    body["summary"] = Value::Null;
    body["tags"] = Value::Null;
    let read: models::Activity = serde_json::from_value(body).unwrap();
    assert_eq!((read.summary, read.tags), (None, None));
    let mut wrong = activity("a1");
    wrong["id"] = Value::Null;
    assert!(serde_json::from_value::<models::Activity>(wrong).is_err());
}

#[test]
fn an_activity_has_typed_fields() {
    let read: models::Activity = serde_json::from_value(Operation::Activity.example().clone()).unwrap();
    assert_eq!(read.action.alias.as_deref(), Some("workspace_membership_create"));
    assert_eq!(
        read.activity_date_time,
        "2026-03-17T08:42:19Z"
            .parse::<workiva_activities::runtime::DateTime>()
            .unwrap()
    );
    assert_eq!(read.outcome, Some(models::Outcome::Success));
    assert_eq!(read.performer.type_, "com.workiva.iam.principal.user");
    assert_eq!(read.targets[0].display_name.as_deref(), Some("Tomás Ortega"));
    assert_eq!(read.workspace.value().unwrap().name.as_deref(), Some("FY26 Close"));
    assert_eq!(
        read.organization.unwrap().name.as_deref(),
        Some("Harbor & Pine Holdings")
    );
    assert_eq!(read.tags.unwrap()[1], "eventId:Qm9-vT3sRk2");
}
