//! The codec compared with serde's derives: both must agree on every document that is almost valid.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::models::Activity;
use crate::runtime::codec::{self, ReadMode};

/// [`Activity`] with serde's derives.
#[derive(Serialize, Deserialize)]
struct WithSerde {
    id: String,
    comment: Option<String>,
    #[serde(default, with = "three_states", skip_serializing_if = "Option::is_none")]
    workspace: Option<Option<WorkspaceTwin>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<Option<String>>>,
    outcome: OutcomeTwin,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "even_null")]
    anything: Option<Value>,
}

fn even_null<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[derive(Serialize, Deserialize)]
struct WorkspaceTwin {
    #[serde(rename = "display \"name\"", skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parents: Option<Vec<WorkspaceTwin>>,
    #[serde(flatten)]
    additional: std::collections::BTreeMap<String, i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OutcomeTwin {
    Success,
    Failure,
    Unknown,
    #[serde(untagged)]
    Other(String),
}

mod three_states {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(d).map(Some)
    }

    pub fn serialize<T: Serialize, S: Serializer>(value: &Option<Option<T>>, s: S) -> Result<S::Ok, S::Error> {
        value.as_ref().and_then(Option::as_ref).serialize(s)
    }
}

/// Returns all documents that differ from this one in one place.
fn variations(document: &Value) -> Vec<Value> {
    let odd = [
        json!(null),
        json!(true),
        json!(7),
        json!(-2.5),
        json!("success"),
        json!(""),
        json!([]),
        json!({}),
    ];
    let mut all = Vec::from(odd);
    match document {
        Value::Object(fields) => {
            for (key, value) in fields {
                let with = |value: Option<Value>| {
                    let mut copy = fields.clone();
                    copy.remove(key);
                    copy.extend(value.map(|value| (key.clone(), value)));
                    Value::Object(copy)
                };
                all.extend(variations(value).into_iter().map(|value| with(Some(value))));
                // The derives read an absent key as null, even if it is required.
                if key != "comment" {
                    all.push(with(None));
                }
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                for value in variations(value) {
                    let mut copy = items.clone();
                    copy[index] = value;
                    all.push(Value::Array(copy));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all
}

#[test]
fn codec_and_derives_agree_on_every_variation() {
    let document = json!({
        "id": "1", "comment": "x", "outcome": "failure", "count": 3, "ratio": 0.5, "tags": ["a", null],
        "workspace": {"display \"name\"": "x", "parents": [{"parents": [], "x": 1}], "y": -2},
        "anything": {"deep": [1, {"x": null}]},
    });
    let variations = variations(&document);
    assert!(variations.len() > 150, "{}", variations.len());
    let mut good = 0;
    for document in variations {
        let text = document.to_string();
        let with_serde: Result<WithSerde, _> = serde_json::from_str(&text);
        let ours = codec::from_slice::<Activity>(text.as_bytes());
        let tree = codec::from_value::<Activity>(&document);
        match (&with_serde, &ours, &tree) {
            (Ok(with_serde), Ok(ours), Ok(tree)) => {
                assert_eq!(ours, tree, "{text}");
                let mut derived = serde_json::to_value(with_serde).expect("a tree");
                // The codec writes whole numbers without a fraction.
                if let Some(whole) = derived["ratio"].as_f64().filter(|ratio| ratio.fract() == 0.0) {
                    derived["ratio"] = Value::from(whole as i64);
                }
                assert_eq!(codec::to_request_value(ours), derived, "{text}");
                good += 1;
            }
            (Err(_), Err(_), Err(_)) => {}
            _ => panic!(
                "{text}: derives {:?}, codec {ours:?}, from a tree {tree:?}",
                with_serde.map(drop)
            ),
        }
    }
    assert!(good > 40, "only {good} were read at all");
}

#[test]
fn every_deviation_is_reported() {
    let document = json!({
        "id": "1", "comment": "x", "outcome": "failure", "count": 3, "ratio": 0.5, "tags": ["a", null],
        "workspace": {"display \"name\"": "x", "parents": [{"parents": [], "x": 1}], "y": -2},
        "anything": {"deep": [1, {"x": null}]},
    });
    let (mut valid, mut tolerated, mut rejected) = (0, 0, 0);
    for document in variations(&document) {
        let text = document.to_string();
        let strict = codec::from_slice::<Activity>(text.as_bytes());
        match codec::read_response::<Activity>(text.as_bytes(), ReadMode::Tolerant, false) {
            Ok((value, report)) if report.deviations.is_empty() => {
                assert_eq!(strict.as_ref(), Ok(&value), "{text}");
                valid += 1;
            }
            Ok(_) => {
                assert!(strict.is_err(), "{text}");
                tolerated += 1;
            }
            Err(_) => {
                assert!(strict.is_err(), "{text}");
                rejected += 1;
            }
        }
        let lenient = codec::read_response::<Activity>(text.as_bytes(), ReadMode::Lenient, false);
        match lenient {
            Ok((_, report)) => assert_eq!(report.deviations.is_empty(), strict.is_ok(), "{text}: {report:?}"),
            // The whole document has no default.
            Err(error) => assert!(!document.is_object(), "{text}: {error}"),
        }
    }
    assert!(
        valid > 50 && tolerated > 20 && rejected > 10,
        "{valid} {tolerated} {rejected}"
    );
}
