//! Errors of reading: message and path.

use serde_json::{Value, json};

use crate::models::{Activity, Tree, Workspace};
use crate::runtime::codec::{self, Nullable, Wire};

#[track_caller]
fn check<T: Wire + std::fmt::Debug>(document: &Value, error: &str) {
    let bytes = serde_json::to_vec(document).expect("a tree");
    let from_text = codec::from_slice::<T>(&bytes).expect_err("a error");
    assert_eq!(from_text.to_string(), error, "from text");
    assert_eq!(
        codec::from_value::<T>(document).expect_err("a error").to_string(),
        error,
        "from a tree"
    );
}

#[test]
fn read_errors_have_a_json_path() {
    check::<Vec<Activity>>(
        &json!([{"id": "1", "comment": null, "outcome": "x"}, {"id": "2", "comment": null}]),
        "missing property `outcome` at $[1].outcome",
    );
    check::<Activity>(
        &json!({"id": "1", "comment": null, "outcome": "x", "workspace": {"parents": [{}, {"more": "x"}]}}),
        "expected an integer, found a string at $.workspace.parents[1].more",
    );
    check::<Workspace>(
        &json!({"display \"name\"": "x", "a.b": true}),
        r#"expected an integer, found a boolean at $["a.b"]"#,
    );
    check::<std::collections::BTreeMap<String, i64>>(
        &json!({"": true}),
        "expected an integer, found a boolean at $[\"\"]",
    );
}

#[test]
fn null_is_an_error_for_a_required_member_that_is_not_nullable() {
    let error =
        codec::from_slice::<Activity>(br#"{"id": null, "comment": null, "outcome": "x"}"#).expect_err("null id");
    assert_eq!(error.path(), "$.id");
    let error = codec::from_slice::<Activity>(br#"{"id": "1", "outcome": "x"}"#).expect_err("no comment");
    assert_eq!(error.message(), "missing property `comment`");
}

#[test]
fn duplicate_members_are_an_error() {
    let document = br#"{"id": "1", "comment": null, "outcome": "x", "id": "2"}"#;
    assert_eq!(
        codec::from_slice::<Activity>(document).expect_err("twice").message(),
        "duplicate property `id`"
    );
}

#[test]
fn malformed_json_is_an_error_with_its_line() {
    let error = codec::from_slice::<Activity>(b"{\"id\": \"1\",\n \"tags\": [\"a\" \"b\"]}").expect_err("a comma");
    assert!(error.to_string().contains("line 2"), "{error}");
    assert!(codec::from_slice::<Activity>(b"").is_err());
}

#[test]
fn more_than_64_keys_are_distinguished() {
    use crate::runtime::codec::{Keys, Object, Presence, ReadResult, Source, read_record};

    struct Wide(Vec<i64>);
    impl Wire for Wide {
        fn empty() -> Self {
            Self(vec![0; 66])
        }
        fn keys() -> &'static Keys {
            static NAMES: [&str; 66] = {
                let mut names = ["filler"; 66];
                (names[0], names[64], names[65]) = ("first", "late", "last");
                names
            };
            static PRESENCE: [Presence; 66] = {
                let mut presence = [Presence::Optional; 66];
                (presence[0], presence[64], presence[65]) =
                    (Presence::Required, Presence::Required, Presence::Required);
                presence
            };
            static KEYS: Keys = Keys {
                names: &NAMES,
                presence: &PRESENCE,
            };
            &KEYS
        }
        fn read(&mut self, source: &mut dyn Source) -> ReadResult {
            let mut fields: Vec<&mut dyn Wire> = self.0.iter_mut().map(|field| field as _).collect();
            read_record(Self::keys(), &mut fields, source)
        }
        fn write(&self, out: &mut Object<'_>) {
            out.field("first", Presence::Required, &self.0[0]);
        }
    }
    let read = |text: &str| codec::from_slice::<Wide>(text.as_bytes());
    assert_eq!(read(r#"{"last":3,"first":1,"late":2}"#).map(|wide| wide.0[65]), Ok(3));
    assert_eq!(
        read(r#"{"last":3,"first":1}"#)
            .map(|wide| wide.0.len())
            .expect_err("late")
            .message(),
        "missing property `late`"
    );
    assert!(read(r#"{"last":3,"last":3}"#).is_err());
}

#[test]
fn deep_documents_are_an_error_instead_of_a_stack_overflow() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(codec::from_slice::<Tree>(deep(120).as_bytes()).is_ok());
    for levels in [129, 100_000] {
        assert!(codec::from_slice::<Tree>(deep(levels).as_bytes()).is_err());
        assert!(serde_json::from_str::<Tree>(&deep(levels)).is_err());
    }
    let mut value = json!([]);
    for _ in 0..500 {
        value = json!([value]);
    }
    let error = codec::from_value::<Tree>(&value).expect_err("too deep");
    assert_eq!(error.message(), "nested more than 128 levels deep");
    assert!(serde_json::from_value::<Tree>(value).is_err());
}

#[test]
fn deep_models_are_read_from_a_small_stack() {
    let mut text = "{\"parents\":[".repeat(60) + &"]}".repeat(60);
    text.insert_str(0, r#"{"id":"1","comment":null,"outcome":"x","workspace":"#);
    text.push('}');
    let reader = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        let activity: Activity = codec::from_slice(text.as_bytes()).expect("121 levels");
        assert!(matches!(activity.workspace, Nullable::Value(_)));
        assert_eq!(codec::to_vec(&activity).len(), text.len());
    });
    reader.expect("a thread").join().expect("no overflow");
}
