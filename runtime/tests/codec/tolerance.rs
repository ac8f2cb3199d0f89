//! Responses that deviate from their documentation: what is read, and what is reported.

use jiff::civil::Date;
use serde_json::json;

use super::models::{Activity, Cat, Pet, Size, Target};
use super::runtime::codec::{self, DateTime, DeviationRule, Duration, ReadMode, Wire};

/// Reads a document in a mode, and returns the value as JSON with the deviations as `rule path`.
fn read<T: Wire>(document: &str, mode: ReadMode) -> Result<(String, Vec<String>), String> {
    let (value, report) =
        codec::read_response::<T>(document.as_bytes(), mode, false).map_err(|error| error.to_string())?;
    let deviations = report.deviations.iter();
    let deviations = deviations.map(|deviation| format!("{:?} {}", deviation.rule(), deviation.path()));
    Ok((
        String::from_utf8(codec::to_vec(&value)).expect("JSON is UTF-8"),
        deviations.collect(),
    ))
}

/// Expects that a document is read as `expected` with one deviation, and that the deviation is an error in strict mode.
fn tolerated<T: Wire>(document: &str, expected: &str, deviation: &str) {
    let (value, deviations) = read::<T>(document, ReadMode::Tolerant).expect(document);
    assert_eq!(value, expected, "{document}");
    assert_eq!(deviations, [deviation], "{document}");
    read::<T>(document, ReadMode::Strict).expect_err(document);
}

#[test]
fn valid_documents_have_no_deviations() {
    let document = r#"{"id":"1","comment":null,"outcome":"success"}"#;
    for mode in [ReadMode::Strict, ReadMode::Tolerant, ReadMode::Lenient] {
        let (value, deviations) = read::<Activity>(document, mode).expect("it is valid");
        assert_eq!((value.as_str(), deviations.len()), (document, 0));
    }
}

#[test]
fn null_is_read_as_the_empty_form() {
    tolerated::<Vec<i64>>("null", "[]", "NullAsEmpty $");
    tolerated::<std::collections::BTreeMap<String, Vec<i64>>>(r#"{"a":null}"#, r#"{"a":[]}"#, "NullAsEmpty $.a");
    tolerated::<std::collections::BTreeMap<String, i64>>("null", "{}", "NullAsEmpty $");
    let error = read::<Cat>("null", ReadMode::Tolerant).expect_err("a name is required");
    assert_eq!(error, "expected an object, found null at $");
    assert!(read::<i64>("null", ReadMode::Tolerant).is_err());
}

#[test]
fn null_without_an_empty_form_is_left_out_of_lists_and_maps() {
    tolerated::<Vec<String>>(r#"["a",null]"#, r#"["a"]"#, "ItemSkipped $[1]");
    tolerated::<std::collections::BTreeMap<String, i64>>(r#"{"a":1,"b":null}"#, r#"{"a":1}"#, "ItemSkipped $.b");
    tolerated::<Vec<Vec<i64>>>("[[1],null]", "[[1],[]]", "NullAsEmpty $[1]");
    let (value, deviations) = read::<Vec<Option<i64>>>("[1,null]", ReadMode::Tolerant).expect("null is documented");
    assert_eq!((value.as_str(), deviations.len()), ("[1,null]", 0));
    // The items of a tuple and the properties of an object cannot be left out.
    assert!(read::<(i64, i64)>("[1,null]", ReadMode::Tolerant).is_err());
    assert!(read::<Cat>(r#"{"name":null}"#, ReadMode::Tolerant).is_err());
}

#[test]
fn a_missing_member_is_read_as_the_empty_form() {
    // `comment` is required and nullable.
    tolerated::<Activity>(
        r#"{"id":"1","outcome":"success"}"#,
        r#"{"id":"1","comment":null,"outcome":"success"}"#,
        "MissingAsEmpty $.comment",
    );
    let error = read::<Activity>(r#"{"comment":null,"outcome":"success"}"#, ReadMode::Tolerant);
    assert_eq!(
        error.expect_err("`id` has no empty form"),
        "missing property `id` at $.id"
    );
}

#[test]
fn scalars_are_converted_from_other_types() {
    tolerated::<String>("33576475", r#""33576475""#, "Converted $");
    tolerated::<String>("1.50", r#""1.5""#, "Converted $");
    tolerated::<i64>(r#""2""#, "2", "Converted $");
    tolerated::<Vec<f64>>(r#"[1.5,"-2.5e3"]"#, "[1.5,-2500]", "Converted $[1]");
    tolerated::<bool>("1", "true", "Converted $");
    tolerated::<bool>(r#""false""#, "false", "Converted $");
    for document in [r#""""#, r#""inf""#, r#""1_000""#, r#""0x10""#, "[1]", "{}"] {
        assert!(read::<i64>(document, ReadMode::Tolerant).is_err(), "{document}");
    }
    assert!(read::<bool>("2", ReadMode::Tolerant).is_err());
    tolerated::<String>("18446744073709551615", r#""18446744073709551615""#, "Converted $");
    // The digits of a larger number are lost, and it could be an id.
    for document in [
        "123456789012345678901234567890",
        "-18446744073709551617",
        "9007199254740993.5",
    ] {
        assert!(read::<String>(document, ReadMode::Tolerant).is_err(), "{document}");
    }
    assert!(read::<f64>(r#""1e999""#, ReadMode::Tolerant).is_err());
}

#[test]
fn empty_arrays_objects_and_strings_are_read_as_nothing() {
    tolerated::<std::collections::BTreeMap<String, i64>>("[]", "{}", "ArrayAsObject $");
    tolerated::<Vec<i64>>("{}", "[]", "ObjectAsArray $");
    assert!(read::<Vec<i64>>(r#"{"0":1}"#, ReadMode::Tolerant).is_err());
    assert!(read::<(i64, i64)>("{}", ReadMode::Tolerant).is_err());
    tolerated::<Option<Cat>>("[]", "null", "EmptyAsAbsent $");
    tolerated::<Option<DateTime>>(r#""""#, "null", "EmptyAsAbsent $");
    tolerated::<Option<i64>>(r#""""#, "null", "EmptyAsAbsent $");
    let (value, deviations) = read::<Option<String>>(r#""""#, ReadMode::Tolerant).expect("it is a string");
    assert_eq!((value.as_str(), deviations.len()), (r#""""#, 0));
}

#[test]
fn times_in_other_formats_are_converted() {
    tolerated::<DateTime>(r#""1700000000""#, r#""2023-11-14T22:13:20Z""#, "Converted $");
    tolerated::<DateTime>(r#""1700000000123""#, r#""2023-11-14T22:13:20.123Z""#, "Converted $");
    let mail = r#""Tue, 14 Nov 2023 22:13:20 +0100""#;
    tolerated::<DateTime>(mail, r#""2023-11-14T22:13:20+01:00""#, "Converted $");
    tolerated::<Date>(r#""2024-02-29T12:30:00Z""#, r#""2024-02-29""#, "Converted $");
    for time in [
        "2024-02-29 12:30:00.123456+00",
        "2024-02-29T00:00:00",
        "2024-02-29T00:00:00+02:00",
    ] {
        tolerated::<Date>(&format!("{time:?}"), r#""2024-02-29""#, "Converted $");
    }
    for date in ["20240229", "2024-02-29[Europe/Paris]"] {
        tolerated::<Date>(&format!("{date:?}"), r#""2024-02-29""#, "Converted $");
    }
    tolerated::<Duration>(r#""1.02:03:04""#, r#""1.02:03:04""#, "KeptAsText $");
    assert!(read::<DateTime>("17", ReadMode::Tolerant).is_err());
}

#[test]
fn rounded_numbers_are_reported() {
    tolerated::<f64>("9007199254740993", "9007199254740992", "Rounded $");
    tolerated::<Size>("18446744073709551615", "1.8446744073709552e+19", "Rounded $");
    let (value, deviations) = read::<f64>("9007199254740992", ReadMode::Strict).expect("an exact number");
    assert_eq!((value.as_str(), deviations.len()), ("9007199254740992", 0));
}

#[test]
fn items_after_the_last_one_of_a_tuple_are_reported_on_request() {
    let (value, deviations) = read::<(i64, i64)>("[1,2,3]", ReadMode::Reporting).expect("a pair");
    assert_eq!(
        (value.as_str(), deviations),
        ("[1,2]", vec!["UndocumentedProperty $[2]".to_owned()])
    );
}

#[test]
fn duplicate_members_are_reported() {
    let twice = r#"{"name":"a","name":"b"}"#;
    tolerated::<Cat>(twice, r#"{"name":"b"}"#, "DuplicateProperty $");
    let (_, deviations) = read::<Cat>(twice, ReadMode::Reporting).expect(twice);
    assert_eq!(deviations, ["DuplicateProperty $"]);
    let converted = r#"{"name":"a","name":7}"#;
    let (value, deviations) = read::<Cat>(converted, ReadMode::Tolerant).expect(converted);
    assert_eq!(value, r#"{"name":"7"}"#);
    assert_eq!(deviations, ["Converted $.name", "DuplicateProperty $"]);
    type Counts = std::collections::BTreeMap<String, i64>;
    tolerated::<Counts>(r#"{"a":1,"a":2}"#, r#"{"a":2}"#, "DuplicateProperty $.a");
}

#[test]
fn unions_keep_the_meaning_of_each_form() {
    // `Size` has variants for integers, numbers and strings, so nothing is converted.
    for document in ["7", "7.5", r#""7""#] {
        let (value, deviations) = read::<Size>(document, ReadMode::Tolerant).expect(document);
        assert_eq!((value.as_str(), deviations.len()), (document, 0));
    }
    let document = r#"{"petType":"cat","name":7}"#;
    let (value, deviations) = read::<Pet>(document, ReadMode::Tolerant).expect(document);
    assert_eq!(value, r#"{"petType":"cat","name":"7"}"#);
    assert_eq!(deviations, ["Converted $.name"]);
}

#[test]
fn a_union_does_not_fall_back_to_a_variant_with_fewer_members() {
    let document = r#"{"kind":"circle","radius":"2"}"#;
    let (value, deviations) = read::<Target>(document, ReadMode::Tolerant).expect(document);
    assert_eq!(value, r#"{"kind":"circle","radius":2}"#);
    assert_eq!(deviations, ["Converted $.radius"]);
}

#[test]
fn items_of_the_outermost_list_are_skipped() {
    let list = r#"[{"name":"a"},{"lives":9},{"name":"c"},"d"]"#.as_bytes();
    let (cats, report) = codec::read_response::<Vec<Cat>>(list, ReadMode::Tolerant, true).expect("two are good");
    assert_eq!(cats.len(), 2);
    let skipped: Vec<_> = report
        .skipped
        .iter()
        .map(|item| (item.error().to_string(), item.value().clone()))
        .collect();
    assert_eq!(
        skipped,
        [
            ("missing property `name` at $[1].name".to_owned(), json!({"lives": 9})),
            ("expected an object, found a string at $[3]".to_owned(), json!("d")),
        ]
    );
    let rules: Vec<_> = report.deviations.iter().map(|deviation| deviation.rule()).collect();
    assert_eq!(rules, [DeviationRule::ItemSkipped; 2]);
    // A bad item of an inner list belongs to an item of the outer one.
    let (lists, report) =
        codec::read_response::<Vec<Vec<i64>>>(br#"[[1],[2,"x"],[3]]"#, ReadMode::Tolerant, true).expect("two are good");
    assert_eq!(lists, [[1], [3]]);
    assert_eq!(report.skipped[0].error().path(), "$[1][1]");
    assert!(codec::read_response::<Vec<Cat>>(list, ReadMode::Strict, true).is_err());
    // Where no response can show the items, they are deviations only.
    let (cats, report) = codec::read_response::<Vec<Cat>>(list, ReadMode::Tolerant, false).expect("two are good");
    assert_eq!((cats.len(), report.deviations.len(), report.skipped.len()), (2, 2, 0));
}

#[test]
fn lenient_mode_uses_the_default_of_the_type() {
    let document = r#"{"comment":null,"outcome":["x"]}"#;
    let (value, deviations) = read::<Activity>(document, ReadMode::Lenient).expect(document);
    assert!(value.starts_with(r#"{"id":"""#), "{value}");
    assert_eq!(deviations, ["Defaulted $.outcome", "Defaulted $.id"]);
    let (value, deviations) = read::<Vec<i64>>(r#"[1,{},3]"#, ReadMode::Lenient).expect("two are good");
    assert_eq!(value, "[1,3]");
    assert_eq!(deviations, ["ItemSkipped $[1]"]);
}

#[test]
fn messages_do_not_contain_the_body() {
    let secret = r#""s3cret-token""#;
    let errors = [
        read::<i64>(secret, ReadMode::Tolerant).expect_err("not a number"),
        read::<Vec<i64>>(secret, ReadMode::Tolerant).expect_err("not a list"),
        read::<Cat>(secret, ReadMode::Strict).expect_err("not an object"),
        read::<DateTime>(secret, ReadMode::Tolerant).expect_err("not a time"),
        read::<Vec<i64>>(&format!("[{secret}"), ReadMode::Tolerant).expect_err("not JSON"),
    ];
    for error in errors {
        assert!(!error.contains("s3cret"), "{error}");
    }
}

#[test]
fn unknown_values_and_properties_are_reported_on_request() {
    let document = r#"{"id":"1","comment":null,"outcome":"paused","more":1,"workspace":{"x":1}}"#;
    let (_, deviations) = read::<Activity>(document, ReadMode::Reporting).expect(document);
    assert_eq!(deviations, ["UndocumentedProperty $.more", "UnknownValue $.outcome"]);
    let (_, deviations) = read::<Activity>(document, ReadMode::Tolerant).expect(document);
    assert!(deviations.is_empty(), "{deviations:?}");
    let document = r#"{"petType":"cat","name":"a","more":1}"#;
    let (_, deviations) = read::<Pet>(document, ReadMode::Reporting).expect(document);
    assert_eq!(deviations, ["UndocumentedProperty $.more"]);
}
