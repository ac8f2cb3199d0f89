//! Types of other crates, and integers wider than 64 bits.

use std::collections::BTreeMap;

use chrono::{FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use time::OffsetDateTime;
use uuid::Uuid;

use super::runtime::codec::{self, ReadMode, Wire};

type ChronoDateTime = chrono::DateTime<FixedOffset>;

/// Expects that a response is read as a value that is written as `written`, with these deviations, which strict mode rejects.
fn reads<T: Wire>(text: &str, written: &str, deviations: &[&str]) {
    let (value, report) = codec::read_response::<T>(text.as_bytes(), ReadMode::Tolerant, false).expect(text);
    assert_eq!(codec::to_request_text(&value), written, "{text}");
    let found = report.deviations.iter();
    let found: Vec<String> = found.map(|one| format!("{:?} {}", one.rule(), one.path())).collect();
    assert_eq!(found, deviations, "{text}");
    let strict = codec::read_response::<T>(text.as_bytes(), ReadMode::Strict, false);
    assert_eq!(strict.is_ok(), deviations.is_empty(), "{text}");
}

fn fails<T: Wire>(text: &str, message: &str) {
    let result = codec::read_response::<T>(text.as_bytes(), ReadMode::Tolerant, false);
    let error = result.map(|_| ()).expect_err(text);
    assert_eq!(error.to_string(), message, "{text}");
}

/// Both crates read what jiff reads, if it has an offset.
fn date_times<T: Wire>() {
    for text in [
        r#""2024-02-29T10:00:00Z""#,
        r#""2024-02-29T10:00:00+02:00""#,
        r#""2024-02-29T10:00:00-05:30""#,
        r#""2024-02-29T10:00:00.123456789Z""#,
        r#""9999-12-31T23:59:59Z""#,
    ] {
        reads::<T>(text, text, &[]);
    }
    let utc = r#""2024-02-29T10:00:00Z""#;
    reads::<T>(r#""2024-02-29 10:00:00+00:00""#, utc, &[]);
    // There is no offset, so the point in time is a guess.
    reads::<T>(r#""2024-02-29T10:00:00""#, utc, &["Converted $"]);
    reads::<T>(r#""1709200800""#, utc, &["Converted $"]);
    reads::<Option<T>>(r#""""#, "null", &["EmptyAsAbsent $"]);
    fails::<T>(r#""soon""#, "expected date-time, found another string at $");
    fails::<T>("null", "expected a string, found null at $");
}

fn dates<T: Wire>() {
    reads::<T>(r#""2024-02-29""#, r#""2024-02-29""#, &[]);
    reads::<T>(r#""2024-02-29T10:00:00Z""#, r#""2024-02-29""#, &["Converted $"]);
    fails::<T>(r#""2023-02-29""#, "expected date, found an invalid value at $");
}

#[test]
fn chrono_types_are_read() {
    date_times::<ChronoDateTime>();
    dates::<NaiveDate>();
}

#[test]
fn types_of_time_are_read() {
    date_times::<OffsetDateTime>();
    dates::<time::Date>();
}

#[test]
fn uuids_are_read_in_other_notations() {
    let usual = r#""0b4a1d9e-8a3c-4ef0-9d36-0f2f2b6a2a11""#;
    reads::<Uuid>(usual, usual, &[]);
    reads::<Uuid>(&usual.to_uppercase(), usual, &[]);
    reads::<Uuid>(r#""{0b4a1d9e-8a3c-4ef0-9d36-0f2f2b6a2a11}""#, usual, &["Converted $"]);
    reads::<Uuid>(r#""0b4a1d9e8a3c4ef09d360f2f2b6a2a11""#, usual, &["Converted $"]);
    fails::<Uuid>(r#""7""#, "expected uuid, found another string at $");
}

#[test]
fn decimals_are_exact_or_reported() {
    for text in [
        "0.1",
        "19.9",
        "-0.000001",
        "123456789012.345",
        "9007199254740993",
        "18446744073709551615",
    ] {
        reads::<Decimal>(text, text, &[]);
    }
    reads::<Decimal>(r#""19.90""#, "19.9", &["Converted $"]);
    reads::<Decimal>("0.1234567890123456789", "0.12345678901234568", &["Rounded $"]);
    // Decimals have up to 28 digits after the point.
    reads::<Decimal>("1e-30", "0.0000000000000000000000000000", &["Rounded $"]);
    reads::<Decimal>("1e-28", "0.0000000000000000000000000001", &[]);
    fails::<Decimal>("1e40", "expected a number in range, found a number out of range at $");
    let sum: Decimal = codec::from_slice::<Decimal>(b"0.1").unwrap() + codec::from_slice::<Decimal>(b"0.2").unwrap();
    assert_eq!(codec::to_request_text(&sum), "0.3");
}

#[test]
fn wide_integers_are_exact_or_reported() {
    for text in [
        "0",
        "-7",
        "18446744073709551616",
        "-170141183460469231731687303715884105728",
    ] {
        reads::<i128>(text, text, &[]);
        let object = format!(r#"{{"a":{text}}}"#);
        reads::<BTreeMap<String, i128>>(&object, &object, &[]);
    }
    reads::<i128>("7.0", "7", &["Converted $"]);
    reads::<i128>(r#""7""#, "7", &["Converted $"]);
    // The list is read as a tree because of its first item, and a tree has no larger integers.
    reads::<Vec<i128>>(
        r#"["7",18446744073709551616]"#,
        "[7,18446744073709551616]",
        &["Converted $[0]", "Rounded $[1]"],
    );
    fails::<i128>("7.5", "expected an integer, found a number at $");
    fails::<i128>(
        "1e60",
        "expected an integer in the range of i128, found a number out of range at $",
    );
}

#[test]
fn digits_that_a_format_cannot_represent_are_an_error() {
    let written = |text: &str| {
        let value: Decimal = text.parse().expect("a decimal");
        serde_json::to_string(&Serializable(value)).map_err(|error| error.to_string())
    };
    for text in ["19.9", "0.123456789012345", "-12345678901234.5", "-0.00123456789012345"] {
        assert_eq!(written(text), Ok(text.to_owned()));
    }
    let error = written("0.12345678901234567890").expect_err("serde_json writes floats");
    assert_eq!(error, "the number has too many digits for this format");
}

/// A value that is written by a serializer of serde.
struct Serializable<T>(T);

impl<T: Wire> serde::Serialize for Serializable<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        codec::serialize(&self.0, serializer)
    }
}

#[test]
fn texts_have_all_digits() {
    let texts = |value: &dyn Wire| -> Vec<String> {
        let texts = codec::to_request_texts(value).into_iter();
        texts.map(|text| text.content).collect()
    };
    let decimal = |text: &str| text.parse::<Decimal>().expect("a decimal");
    assert_eq!(texts(&18_446_744_073_709_551_617_i128), ["18446744073709551617"]);
    let list = vec![decimal("1234567890123456.78"), decimal("5.00"), decimal("0.5")];
    assert_eq!(texts(&list), ["1234567890123456.78", "5.00", "0.5"]);
    // As JSON, the digits are a number.
    let object = BTreeMap::from([("a", decimal("5.00"))].map(|(key, value)| (key.to_owned(), value)));
    assert_eq!(texts(&object), [r#"{"a":5.00}"#]);
    assert_eq!(texts(&vec![object.clone(), object.clone()]), [r#"{"a":5.00}"#; 2]);
    assert_eq!(codec::to_request_value(&object)["a"], "5.00");
    assert_eq!(
        texts(&serde_json::json!([1, "b", null, {"c": [2]}])),
        ["1", "b", "", r#"{"c":[2]}"#]
    );
}
