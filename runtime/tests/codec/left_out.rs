//! Values that cannot be read: the smallest part of the document that may be absent is left out and reported.

use std::collections::BTreeMap;

use serde_json::Value;

use super::models::{Activity, Cat, Size, Workspace};
use super::runtime::codec::{self, DateTime, DeviationRule, Nullable, ReadMode, Wire};

/// An object with optional and nullable properties of each kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub id: i64,
    pub note: Nullable<String>,
    pub seen: Option<DateTime>,
    pub cat: Option<Box<Cat>>,
    pub cats: Option<Vec<Cat>>,
    pub by_name: Option<BTreeMap<String, Cat>>,
    pub size: Option<Size>,
    pub pair: Option<(f64, f64)>,
    pub rings: Option<Vec<Vec<Vec<f64>>>>,
    pub part: Option<Box<Part>>,
}

codec::record! {
    name: Part,
    fields: [
        id: Required = "id",
        note: Required = "note",
        seen: Optional = "seen",
        cat: Optional = "cat",
        cats: Optional = "cats",
        by_name: Optional = "byName",
        size: Optional = "size",
        pair: Optional = "pair",
        rings: Optional = "rings",
        part: Optional = "part",
    ],
}

/// Two objects that only the types of their properties distinguish.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    Flag(FlagMeasure),
    Number(NumberMeasure),
}

#[derive(Clone, Debug, PartialEq)]
pub struct FlagMeasure {
    pub unit: Option<Vec<String>>,
    pub value: Option<Vec<bool>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NumberMeasure {
    pub unit: Option<Vec<String>>,
    pub value: Option<Vec<f64>>,
}

codec::record! { name: FlagMeasure, fields: [unit: Optional = "unit", value: Optional = "value"] }
codec::record! { name: NumberMeasure, fields: [unit: Optional = "unit", value: Optional = "value"] }
codec::union! {
    name: Measure,
    empty: Flag,
    variants: [0 Flag: OBJECT of FlagMeasure {}, 1 Number: OBJECT of NumberMeasure {}],
}

/// The same variants with one for all other values.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyMeasure {
    Flag(FlagMeasure),
    Number(NumberMeasure),
    Other(Value),
}

codec::union! {
    name: AnyMeasure,
    empty: Other,
    other: 2 Other,
    selection: { verbatim: true },
    variants: [0 Flag: OBJECT of FlagMeasure {}, 1 Number: OBJECT of NumberMeasure {}],
}

/// Reads a document in the default mode, and returns the value as JSON with the deviations as text.
fn read<T: Wire>(document: &str) -> Result<(String, Vec<String>), String> {
    let read = codec::read_response::<T>(document.as_bytes(), ReadMode::Tolerant, false);
    let (value, report) = read.map_err(|error| error.to_string())?;
    let deviations = report.deviations.iter().map(ToString::to_string).collect();
    let text = String::from_utf8(codec::to_vec(&value)).expect("JSON is UTF-8");
    Ok((text, deviations))
}

/// Expects that a document is read as `expected` with one deviation, and that the deviation is an error in strict mode.
fn left_out<T: Wire>(document: &str, expected: &str, deviation: &str) {
    let (value, deviations) = read::<T>(document).expect(document);
    assert_eq!(
        (value.as_str(), deviations),
        (expected, vec![deviation.to_owned()]),
        "{document}"
    );
    let strict = codec::read_response::<T>(document.as_bytes(), ReadMode::Strict, false);
    assert!(strict.is_err(), "{document}");
    let request = codec::from_slice::<T>(document.as_bytes());
    assert!(request.is_err(), "{document}");
}

/// Expects that a property of a `Part` is absent, with one deviation.
fn absent(key: &str, value: &str, deviation: &str) {
    let document = format!(r#"{{"id":1,"note":"a",{key:?}:{value}}}"#);
    left_out::<Part>(&document, r#"{"id":1,"note":"a"}"#, deviation);
}

#[test]
fn an_optional_property_that_cannot_be_read_is_absent() {
    absent(
        "seen",
        r#""soon""#,
        "expected date-time, found another string at $.seen: decoded as absent",
    );
    absent(
        "seen",
        "[1]",
        "expected a string, found an array at $.seen: decoded as absent",
    );
    absent(
        "cat",
        r#""Tom""#,
        "expected an object, found a string at $.cat: decoded as absent",
    );
    absent(
        "cats",
        r#""Tom""#,
        "expected an array, found a string at $.cats: decoded as absent",
    );
    absent(
        "byName",
        "7",
        "expected an object, found a number at $.byName: decoded as absent",
    );
    absent(
        "part",
        r#"["a"]"#,
        "expected an object, found an array at $.part: decoded as absent",
    );
    absent("pair", "[1]", "expected 2 items, found 1 at $.pair: decoded as absent");
    absent(
        "pair",
        r#"[1,"x"]"#,
        "expected a number, found a string at $.pair[1]: $.pair decoded as absent",
    );
    let size = read::<Part>(r#"{"id":1,"note":"a","size":{}}"#).expect("it is absent");
    assert_eq!(
        size.1,
        ["expected a valid value, found no variant of `Size` accepts an empty object at $.size: decoded as absent"]
    );
}

#[test]
fn a_nullable_property_that_cannot_be_read_is_absent() {
    let document = r#"{"id":1,"note":{"text":"a"}}"#;
    let note = "expected a string, found an object at $.note: decoded as absent";
    left_out::<Part>(document, r#"{"id":1,"note":null}"#, note);
    let document = r#"{"id":"1","comment":["a"],"outcome":"success"}"#;
    let comment = "expected a string, found an array at $.comment: decoded as absent";
    left_out::<Activity>(document, r#"{"id":"1","comment":null,"outcome":"success"}"#, comment);
}

#[test]
fn an_integer_out_of_range_is_absent() {
    let document = r#"{"id":"1","comment":null,"outcome":"success","count":3000000000}"#;
    let count = "expected an integer in the range of i32, found a number out of range at $.count: decoded as absent";
    left_out::<Activity>(document, r#"{"id":"1","comment":null,"outcome":"success"}"#, count);
    // The conversion of a value that then cannot be read is not reported.
    let document = r#"{"id":"1","comment":null,"outcome":"success","count":"1.5"}"#;
    let (_, deviations) = read::<Activity>(document).expect(document);
    assert_eq!(deviations.len(), 1, "{deviations:?}");
}

#[test]
fn a_required_property_that_cannot_be_read_is_an_error() {
    let error = read::<Part>(r#"{"note":"a"}"#).expect_err("`id` is required");
    assert_eq!(error, "missing property `id` at $.id");
    let error = read::<Part>(r#"{"id":"x","note":"a"}"#).expect_err("`id` is required");
    assert_eq!(error, "expected an integer, found a string at $.id");
    // The whole document, items of tuples and requests have nothing that could be absent.
    read::<Option<Cat>>(r#"{"lives":9}"#).expect_err("`name` is required");
    read::<(i64, i64)>(r#"[1,"x"]"#).expect_err("both are required");
}

#[test]
fn the_smallest_part_is_left_out() {
    // The object with the missing property is optional.
    absent(
        "cat",
        r#"{"lives":9}"#,
        "expected a required property, found nothing at $.cat.name: $.cat decoded as absent",
    );
    left_out::<Part>(
        r#"{"id":1,"note":"a","cat":{"name":"Tom","lives":"nine"}}"#,
        r#"{"id":1,"note":"a","cat":{"name":"Tom"}}"#,
        "expected an integer, found a string at $.cat.lives: decoded as absent",
    );
    left_out::<Part>(
        r#"{"id":1,"note":"a","part":{"id":2,"note":null,"cats":[{"name":"a"},{"name":{}},{"name":"c"}]}}"#,
        r#"{"id":1,"note":"a","part":{"id":2,"note":null,"cats":[{"name":"a"},{"name":"c"}]}}"#,
        "expected a string, found an empty object at $.part.cats[1].name: $.part.cats[1] skipped",
    );
    left_out::<Part>(
        r#"{"id":1,"note":"a","byName":{"a":{"name":"a"},"b":{"lives":1}}}"#,
        r#"{"id":1,"note":"a","byName":{"a":{"name":"a"}}}"#,
        "expected a required property, found nothing at $.byName.b.name: $.byName.b skipped",
    );
    left_out::<Workspace>(
        r#"{"a":1,"b":[2]}"#,
        r#"{"a":1}"#,
        "expected a number, found an array at $.b: skipped",
    );
}

#[test]
fn a_list_in_a_list_is_kept_or_left_out_as_a_whole() {
    // Without the null, the position of the third number would change.
    left_out::<Vec<Vec<i64>>>(
        "[[1,null,3],[4]]",
        "[[4]]",
        "expected an integer, found null at $[0][1]: $[0] skipped",
    );
    let rings = r#"[[[1,2],[3]],[[4,null]],[[5,"x"],[6,7]]]"#;
    let (value, deviations) =
        read::<Part>(&format!(r#"{{"id":1,"note":"a","rings":{rings}}}"#)).expect("two rings are left out");
    assert_eq!(value, r#"{"id":1,"note":"a","rings":[[[1,2],[3]]]}"#);
    assert_eq!(
        deviations,
        [
            "expected a number, found null at $.rings[1][0][1]: $.rings[1] skipped",
            "expected a number, found a string at $.rings[2][0][1]: $.rings[2] skipped",
        ]
    );
    // A list in an object is not such a list.
    let (value, _) = read::<Vec<Part>>(r#"[{"id":1,"note":"a","cats":[null,{"name":"b"}]}]"#).expect("a part");
    assert_eq!(value, r#"[{"id":1,"note":"a","cats":[{"name":"b"}]}]"#);
    let lenient = codec::read_response::<Vec<Vec<i64>>>(b"[[1,null,3],[4]]", ReadMode::Lenient, false);
    let (value, report) = lenient.expect("one list is left");
    assert_eq!((value, report.skipped.len()), (vec![vec![4]], 1));
}

#[test]
fn a_variant_that_reads_every_value_is_read_first() {
    let document = r#"{"unit":["m"],"value":[1.5]}"#;
    for read in [read::<Measure>, read::<AnyMeasure>] {
        let (value, deviations) = read(document).expect(document);
        assert_eq!((value.as_str(), deviations.len()), (document, 0));
    }
    // Values that are converted do not exclude a variant.
    let (value, deviations) = read::<Measure>(r#"{"unit":[7],"value":["1.5"]}"#).expect("numbers");
    assert_eq!(
        (value.as_str(), deviations.len()),
        (r#"{"unit":["7"],"value":[1.5]}"#, 2)
    );
    // A union that can keep the value loses nothing.
    let document = r#"{"unit":[{}],"value":[true]}"#;
    let (value, deviations) = read::<AnyMeasure>(document).expect(document);
    assert_eq!((value.as_str(), deviations.len()), (document, 1));
}

#[test]
fn of_equal_variants_the_one_with_the_fewest_losses_is_read() {
    let (value, deviations) = read::<Measure>(r#"{"unit":[{}],"value":[1.5,"2"]}"#).expect("a number");
    assert_eq!(value, r#"{"unit":[],"value":[1.5,2]}"#);
    assert_eq!(
        deviations,
        [
            "expected a string, found an empty object at $.unit[0]: skipped",
            "expected a number, found a string at $.value[1]: converted",
        ]
    );
    let (value, deviations) = read::<Measure>(r#"{"unit":["m",{}],"value":[true]}"#).expect("a flag");
    assert_eq!(
        (value.as_str(), deviations.len()),
        (r#"{"unit":["m"],"value":[true]}"#, 1)
    );
}

#[test]
fn the_affected_path_is_that_of_the_value_that_was_left_out() {
    let document = r#"[{"name":"a"},{"lives":9}]"#;
    for skips_items in [false, true] {
        let read = codec::read_response::<Vec<Cat>>(document.as_bytes(), ReadMode::Tolerant, skips_items);
        let (_, report) = read.expect("one is good");
        let [deviation] = &*report.deviations else {
            panic!("{:?}", report.deviations)
        };
        let paths = (deviation.path(), deviation.affected_path());
        assert_eq!(paths, ("$[1].name".to_owned(), "$[1]".to_owned()));
    }
    let (_, report) = codec::read_response::<String>(b"7", ReadMode::Tolerant, false).expect("a number");
    assert_eq!(report.deviations[0].affected_path(), "$");
}

#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    Cat(Cat),
    Part(Box<Part>),
}

codec::union! {
    name: Named,
    empty: Cat,
    variants: [0 Cat: OBJECT of Cat {}, 1 Part: OBJECT of Part {}],
}
/// A union with a list of another union.
#[derive(Clone, Debug, PartialEq)]
pub enum Inputs {
    Text(String),
    Parts(Vec<Named>),
}

codec::union! {
    name: Inputs,
    empty: Text,
    variants: [0 Text: ANY { kinds: codec::STRING }, 1 Parts: ANY { kinds: codec::ARRAY }],
}

#[test]
fn a_union_in_a_variant_does_not_drop_a_property_in_silence() {
    // A `Part` needs a number as `id`, and a `Cat` has no `id` and no `note`.
    let document = r#"[{"name":"a","id":{},"note":null}]"#;
    for mode in [ReadMode::Tolerant, ReadMode::Reporting] {
        let read = codec::read_response::<Inputs>(document.as_bytes(), mode, false);
        let (value, report) = read.expect("a cat");
        assert_eq!(codec::to_vec(&value), br#"[{"name":"a"}]"#);
        let rules: Vec<_> = report.deviations.iter().map(|one| one.rule()).collect();
        assert!(rules.contains(&DeviationRule::PartialVariant), "{rules:?}");
    }
    let strict = codec::read_response::<Inputs>(document.as_bytes(), ReadMode::Strict, false);
    strict.expect_err("a property would be dropped");
}
