//! Unions without a discriminator that keep a value which no variant can represent.

use serde_json::{Value, json};

use super::models::{Cat, Mode, Size};
use super::runtime::codec::{self, DeviationRule, ReadMode};

#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    pub action: String,
}
codec::record! { name: Watch, fields: [action: Required = "action"] }

#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    pub action: String,
    pub cat: Cat,
    pub sizes: Vec<Size>,
}
codec::record! {
    name: Comment,
    fields: [action: Required = "action", cat: Required = "cat", sizes: Required = "sizes"],
}

#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    Watch(Watch),
    Comment(Box<Comment>),
    Other(Value),
}
codec::union! {
    name: Payload,
    empty: Other,
    other: 2 Other,
    selection: { verbatim: true },
    variants: [
        0 Watch: OBJECT of Watch {},
        1 Comment: OBJECT of Comment {},
    ],
}

/// A union of another union and a map from names to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Outer {
    Inner(Payload),
    Names(Vec<Payload>),
    Other(Value),
}
codec::union! {
    name: Outer,
    empty: Other,
    other: 2 Other,
    selection: { verbatim: true },
    variants: [
        0 Inner: ANY { kinds: codec::OBJECT },
        1 Names: ANY { kinds: codec::ARRAY },
    ],
}

/// Two unions that are variants of each other.
#[derive(Clone, Debug, PartialEq)]
pub enum One {
    Two(Box<Two>),
}
codec::union! { name: One, empty: Two, variants: [0 Two: ANY {}] }

#[derive(Clone, Debug, PartialEq)]
pub enum Two {
    One(One),
    Watch(Watch),
}
codec::union! { name: Two, empty: Watch, variants: [0 One: ANY {}, 1 Watch: OBJECT of Watch {}] }

/// Reads a document, writes it again, and returns its `Debug` text with the deviations as `rule path`.
fn read<T: codec::Wire + std::fmt::Debug>(document: &Value) -> (String, Vec<String>) {
    let text = document.to_string();
    let (value, report) = codec::read_response::<T>(text.as_bytes(), ReadMode::Tolerant, false).expect("a value");
    assert_eq!(&codec::to_request_value(&value), document);
    let deviations = report.deviations.iter();
    let deviations = deviations.map(|deviation| format!("{:?} {}", deviation.rule(), deviation.path()));
    (format!("{value:?}"), deviations.collect())
}

#[test]
fn a_variant_that_would_drop_members_is_not_read() {
    // The comment lacks `name` of its cat, and `Watch` has no field for the cat.
    let (shown, deviations) = read::<Payload>(&json!({"action": "created", "cat": {"lives": 9}, "sizes": []}));
    assert!(shown.starts_with("Other("), "{shown}");
    assert_eq!(deviations, ["UnknownVariant $"]);
}

#[test]
fn an_unknown_object_is_kept() {
    let (shown, deviations) = read::<Vec<Payload>>(&json!([{"action": "a"}, {"new": 1}]));
    assert!(shown.starts_with("[Watch(") && shown.contains("Other("), "{shown}");
    assert_eq!(deviations, ["UnknownVariant $[1]"]);
}

#[test]
fn a_missing_list_is_read_before_the_value_is_kept() {
    let body = json!({"action": "created", "cat": {"name": "Tom"}}).to_string();
    let (value, report) = codec::read_response::<Payload>(body.as_bytes(), ReadMode::Tolerant, false).expect("a value");
    assert!(matches!(value, Payload::Comment(_)), "{value:?}");
    assert_eq!(report.deviations[0].rule(), DeviationRule::MissingAsEmpty);
}

#[test]
fn the_outermost_union_keeps_the_value() {
    let (shown, deviations) = read::<Outer>(&json!({"new": 1}));
    assert!(shown.starts_with("Other("), "{shown}");
    assert_eq!(deviations, ["UnknownVariant $"]);
    // The list is a known variant. Its item has an unknown variant.
    let (shown, deviations) = read::<Outer>(&json!([{"action": "a"}, {"new": 1}]));
    assert!(shown.starts_with("Names([Watch("), "{shown}");
    assert_eq!(deviations, ["UnknownVariant $[1]"]);
}

#[test]
fn strict_mode_and_null_are_errors() {
    let strict = codec::read_response::<Payload>(br#"{"new":1}"#, ReadMode::Strict, false);
    strict.expect_err("no variant matches");
    codec::read_response::<Payload>(b"null", ReadMode::Tolerant, false).expect_err("null is no payload");
}

#[test]
fn kept_values_are_read_again_with_serde() {
    let kept: Payload = serde_json::from_str(r#"{"new":1}"#).expect("a kept value");
    assert_eq!(kept, Payload::Other(json!({"new": 1})));
}

#[test]
fn reading_unions_that_contain_each_other_terminates() {
    let error = codec::from_value::<One>(&json!({"new": 1})).expect_err("no variant matches");
    assert!(error.to_string().contains("One"), "{error}");
    let one: One = codec::from_value(&json!({"action": "a"})).expect("a watch");
    assert!(format!("{one:?}").contains("Watch("), "{one:?}");
}

/// A union with a variant that a closed enum limits.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    Known(Known),
    Other(Value),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub mode: Mode,
}

codec::record! { name: Known, fields: [mode: Required = "mode"] }
codec::union! {
    name: Setting,
    empty: Other,
    other: 1 Other,
    selection: { verbatim: true },
    variants: [0 Known: OBJECT of Known {}],
}

#[test]
fn lenient_mode_keeps_what_tolerant_mode_keeps() {
    let read = |document: &Value| {
        let text = document.to_string();
        let (value, _) = codec::read_response::<Setting>(text.as_bytes(), ReadMode::Lenient, false).expect("a value");
        value
    };
    for document in [json!({"new": 1}), json!({"mode": "new", "x": 1})] {
        assert_eq!(read(&document), Setting::Other(document));
    }
    assert!(matches!(read(&json!({"mode": "slow"})), Setting::Known(_)));
}

#[test]
fn deviations_do_not_contain_the_value() {
    let body = json!({"mode": "hunter2", "x": 1}).to_string();
    let (_, report) = codec::read_response::<Setting>(body.as_bytes(), ReadMode::Tolerant, false).expect("a value");
    let found: Vec<_> = report.deviations.iter().map(|deviation| deviation.found()).collect();
    assert_eq!(found, ["an unknown value"]);
}

#[test]
fn a_tree_without_types_is_read_with_tolerance() {
    // XML has no empty lists and no numbers.
    let tree = json!({"action": "created", "cat": {"name": "Tom", "lives": "7"}});
    let read = codec::from_untyped::<Payload>(&tree, ReadMode::Strict, false);
    let Ok((Payload::Comment(comment), report)) = read else {
        panic!("{read:?}");
    };
    assert!(report.deviations.is_empty(), "{:?}", report.deviations);
    assert_eq!((comment.cat.lives, comment.sizes.len()), (Some(7), 0));
}
