//! Models in every serde format, and serde's own entry points.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::models::{Activity, Level, Mode, Outcome, Owned, Pet, Target, Tree, Workspace};
use crate::runtime::codec::{self, Wire};

fn activity() -> Value {
    json!({
        "id": "1", "comment": null, "outcome": "new",
        "workspace": {"display \"name\"": "12", "parents": [{"x": 1}], "y": -2},
        "tags": ["true", null], "count": 3, "ratio": 0.5, "anything": {"deep": [1]},
    })
}

/// Writes and reads a document in every format, and expects it to be unchanged.
#[track_caller]
fn check<T: Wire + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(document: &Value) {
    let value: T = codec::from_value(document).expect("the document");
    assert_eq!(serde_json::to_value(&value).expect("a tree"), *document);
    assert_eq!(serde_json::from_value::<T>(document.clone()).expect("a tree"), value);
    assert_eq!(T::deserialize(document).expect("a tree"), value);

    let text = serde_json::to_string(&value).expect("JSON");
    assert_eq!(text.as_bytes(), codec::to_vec(&value));
    assert_eq!(serde_json::from_str::<T>(&text).expect("JSON"), value);
    assert_eq!(serde_json::from_reader::<_, T>(text.as_bytes()).expect("JSON"), value);
    assert_eq!(codec::from_slice::<T>(text.as_bytes()).expect("JSON"), value);
    let pretty = serde_json::to_string_pretty(&value).expect("JSON");
    let tree: Value = serde_json::from_str(&pretty).expect("JSON");
    assert_eq!(tree, *document);
    assert_eq!(
        pretty.lines().count(),
        serde_json::to_string_pretty(&tree).expect("JSON").lines().count()
    );

    let yaml = serde_yaml::to_string(&value).expect("YAML");
    assert_eq!(serde_yaml::from_str::<T>(&yaml).expect("YAML"), value);

    let mut cbor = Vec::new();
    ciborium::into_writer(&value, &mut cbor).expect("CBOR");
    assert_eq!(ciborium::from_reader::<T, _>(&*cbor).expect("CBOR"), value);
}

#[test]
fn every_model_round_trips_in_every_format() {
    check::<Activity>(&activity());
    check::<Vec<Activity>>(&json!([activity(), activity()]));
    check::<Workspace>(&json!({}));
    check::<Outcome>(&json!("new"));
    check::<Mode>(&json!("slow"));
    check::<Level>(&json!(7));
    check::<Tree>(&json!([[], [[]]]));
    check::<Pet>(&json!({"petType": "dog", "bark": {"petType": "cat", "name": "Tom"}}));
    check::<Pet>(&json!({"petType": "newt", "legs": 4}));
    check::<Owned>(&json!({"kind": "animal", "petType": "cat", "name": "Tom"}));
    for target in [
        json!("x"),
        json!(-3),
        json!(["x"]),
        json!({"kind": "disc", "radius": 1.5}),
        json!({"a": {"b": 1}}),
    ] {
        check::<Target>(&target);
    }
}

#[test]
fn yaml_strings_that_look_like_numbers_stay_strings() {
    let activity: Activity = serde_yaml::from_str("{id: 12, comment: true, outcome: ~x, count: 3}").expect("YAML");
    assert_eq!(
        (&*activity.id, activity.comment.as_deref(), activity.count),
        ("12", Some("true"), Some(3))
    );
}

#[test]
fn serde_errors_name_the_path() {
    #[derive(Debug, Deserialize)]
    struct Page {
        #[allow(dead_code)] // Only reading is tested.
        items: Vec<Activity>,
    }
    let text = r#"{"items": [{"id": "1", "comment": null, "outcome": "x", "workspace": {"parents": [{"x": ""}]}}]}"#;
    let error = serde_json::from_str::<Page>(text).expect_err("a error").to_string();
    assert!(
        error.starts_with("expected an integer, found an empty string at $.workspace.parents[0].x"),
        "{error}"
    );
}

#[test]
fn serde_derives_can_hold_models() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Envelope {
        #[serde(flatten)]
        workspace: Workspace,
        mode: Option<Mode>,
    }
    let envelope: Envelope = serde_json::from_str(r#"{"mode":"fast","parents":[],"x":1}"#).expect("flattened");
    assert_eq!(envelope.workspace.additional["x"], 1);
    assert_eq!(
        serde_json::to_string(&envelope).expect("JSON"),
        r#"{"parents":[],"x":1,"mode":"fast"}"#
    );
}

#[test]
fn absent_and_null_are_distinct() {
    for text in [
        r#"{"id":"1","comment":null,"outcome":"x"}"#,
        r#"{"id":"1","comment":null,"workspace":null,"outcome":"x"}"#,
        r#"{"id":"1","comment":"","workspace":{},"outcome":"x"}"#,
        r#"{"id":"1","comment":null,"outcome":"x","anything":null}"#,
    ] {
        let activity: Activity = codec::from_slice(text.as_bytes()).expect(text);
        assert_eq!(String::from_utf8_lossy(&codec::to_vec(&activity)), text);
        assert_eq!(serde_json::to_string(&activity).expect("JSON"), text);
    }
    let activity: Activity =
        codec::from_slice(br#"{"id":"1","comment":null,"outcome":"x","tags":null}"#).expect("null for none");
    assert_eq!(activity.tags, None);
}

#[test]
fn numbers_keep_their_last_digit() {
    for text in ["949.3524990975857", "-93.49317196756601", "0.1", "1e300"] {
        let activity = format!(r#"{{"id":"1","comment":null,"outcome":"x","ratio":{text}}}"#);
        let read: Activity = codec::from_slice(activity.as_bytes()).expect(text);
        assert_eq!(read.ratio, text.parse().ok());
        let read: Activity = serde_json::from_str(&activity).expect(text);
        assert_eq!(read.ratio, text.parse().ok());
    }
}

#[test]
fn a_byte_order_mark_is_ignored() {
    let bytes = "\u{feff}{\"parents\":[]}".as_bytes();
    assert_eq!(
        codec::from_slice::<Workspace>(bytes)
            .expect("a mark and an object")
            .parents,
        Some(vec![])
    );
}

#[test]
fn read_only_members_are_omitted_from_requests() {
    let text = r#"{"id":"1","rank":3,"name":"a","owner":{"id":"2","name":"b"}}"#;
    let account: crate::models::Account = serde_json::from_str(text).expect("it is valid");
    assert_eq!(codec::to_vec(&account), text.as_bytes());
    assert_eq!(
        codec::to_request_body(&account),
        br#"{"name":"a","owner":{"name":"b"}}"#
    );
    let parameter = serde_json::json!({ "name": "a", "owner": { "name": "b" } });
    assert_eq!(codec::to_request_value(&account), parameter);
    assert_eq!(codec::to_request_text(&account), parameter.to_string());
}

#[test]
fn a_required_read_only_member_is_required_in_responses_only() {
    let text = r#"{"name":"a"}"#;
    let account: crate::models::Account = serde_json::from_str(text).expect("it is a request");
    assert_eq!(codec::to_request_body(&account), text.as_bytes());
    let read = codec::read_response::<crate::models::Account>;
    let error = read(text.as_bytes(), codec::ReadMode::Tolerant, false).expect_err("it is a response");
    assert_eq!(error.to_string(), "missing property `id` at $.id");
}

#[test]
fn debug_does_not_show_secrets() {
    let text = r#"{"name":"a","pin":"1234","owner":{"name":"b"}}"#;
    let account: crate::models::Account = serde_json::from_str(text).expect("it is a request");
    assert_eq!(
        format!("{account:?}"),
        "Account { id: \"\", rank: None, name: \"a\", pin: (redacted), owner: Some(Account { id: \"\", rank: None, \
         name: \"b\", pin: None, owner: None }) }"
    );
}
