//! Tests of JSON text and pointers.

use indexmap::IndexMap;

use super::{Json, escape_pointer, unescape_pointer};

fn number(text: &str) -> Json {
    Json::Number(text.to_owned())
}

#[test]
fn numbers_keep_their_text() {
    let entries = [
        (
            "a\"b".to_owned(),
            Json::Array(vec![
                number("1e400"),
                number("18446744073709551616"),
                number("1.10"),
                number(".inf"),
            ]),
        ),
        ("c".to_owned(), Json::Array(Vec::new())),
        (
            "d".to_owned(),
            Json::from(IndexMap::from([("e".to_owned(), Json::String("é\n".to_owned()))])),
        ),
        ("f".to_owned(), Json::Null),
    ];
    let value = Json::from(IndexMap::from(entries));
    assert_eq!(
        value.to_text(),
        r#"{"a\"b":[1e400,18446744073709551616,1.10,null],"c":[],"d":{"e":"é\n"},"f":null}"#
    );
    let lines = "{\n  \"a\\\"b\": [\n    1e400,\n    18446744073709551616,\n    1.10,\n    null\n  ],\n  \"c\": [],\n  \"d\": {\n    \"e\": \"é\\n\"\n  },\n  \"f\": null\n}";
    assert_eq!(value.to_pretty_text(), lines);
}

#[test]
fn change_of_an_object_leaves_its_copies_unchanged() {
    let original = Json::from(IndexMap::from([("a".to_owned(), Json::Null)]));
    let mut changed = original.clone();
    let entries = changed.as_object_mut().expect("an object");
    entries.insert("a".to_owned(), Json::Bool(true));
    assert_eq!(
        (original.to_text(), changed.to_text()),
        (r#"{"a":null}"#.to_owned(), r#"{"a":true}"#.to_owned())
    );
}

#[test]
fn pointer_escapes_round_trip() {
    for (key, step) in [("a/b", "a~1b"), ("~1", "~01"), ("plain", "plain"), ("~/", "~0~1")] {
        assert_eq!(
            (escape_pointer(key).as_ref(), unescape_pointer(step).as_ref()),
            (step, key)
        );
    }
}
