//! Values that are not models: scalars, options, arrays, maps, tuples, enums, dates, bytes.

use std::collections::BTreeMap;
use std::fmt::Debug;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::models::{Bit, Level, Mode, Outcome};
use crate::runtime::codec::{self, Base64, DateTime, Duration, Nullable, Time, Wire};

fn read<T: Wire>(json: &str) -> Result<T, String> {
    codec::from_slice(json.as_bytes()).map_err(|error| error.to_string())
}

fn text(value: &dyn Wire) -> String {
    String::from_utf8(codec::to_vec(value)).expect("JSON is UTF-8")
}

/// Reads `json` from every source, expects `value`, and expects it to be written as `json`.
#[track_caller]
fn check<T: Wire + PartialEq + Debug>(json: &str, value: T) {
    assert_eq!(read::<T>(json).as_ref(), Ok(&value), "{json} from text");
    let tree: Value = serde_json::from_str(json).expect("test JSON");
    assert_eq!(codec::from_value::<T>(&tree).as_ref(), Ok(&value), "{json} from a tree");
    assert_eq!(text(&value), json);
    assert_eq!(codec::to_request_value(&value), tree);
}

#[test]
fn scalars_round_trip() {
    check("true", true);
    check("-2147483648", i32::MIN);
    check("-9223372036854775808", i64::MIN);
    check("4294967295", u32::MAX);
    check("18446744073709551615", u64::MAX);
    check("1.5", 1.5_f32);
    check("0.1", 0.1_f64);
    check(r#""a\"b\\c\n\u0001é😀""#, "a\"b\\c\n\u{1}é😀".to_owned());
    check("null", Value::Null);
    check(r#"{"a":[1,null,2.5]}"#, json!({"a": [1, null, 2.5]}));
}

#[test]
fn whole_floats_are_written_without_a_fraction() {
    for (value, expected) in [
        (5.0, "5"),
        (-5.0, "-5"),
        (0.0, "0"),
        (9_007_199_254_740_992.0, "9007199254740992"),
        (1e16, "1e+16"),
        (0.1, "0.1"),
        (1_234_567.89, "1234567.89"),
    ] {
        assert_eq!(text(&value), expected);
        let tree: Value = serde_json::from_str(expected).expect("test JSON");
        assert_eq!(codec::to_request_value(&value), tree, "{value} as a tree");
    }
}

#[test]
fn narrow_floats_keep_their_shortest_digits() {
    assert_eq!(text(&0.07_f32), "0.07");
    assert_eq!(codec::to_request_value(&0.07_f32).to_string(), "0.07");
    assert_eq!(codec::to_request_value(&vec![5.0_f32, 0.1]).to_string(), "[5,0.1]");
}

#[test]
fn integers_may_be_written_as_integral_floats() {
    assert_eq!(read::<i64>("3.0"), Ok(3));
    assert_eq!(read::<i64>("1e3"), Ok(1000));
    assert_eq!(read::<Option<u32>>("7.0"), Ok(Some(7)));
    assert_eq!(read::<f64>("3"), Ok(3.0));
    assert_eq!(read::<f64>("18446744073709551615"), Ok(18_446_744_073_709_551_615.0));
}

#[test]
fn values_outside_the_type_are_an_error() {
    let message = |result: Result<i64, String>| result.expect_err("a error");
    assert_eq!(message(read("3.5")), "expected an integer, found a number at $");
    // The value itself may be a secret, so it is not in the message.
    let out_of_range = "expected an integer in the range of i64, found a number out of range at $";
    assert_eq!(message(read("1e300")), out_of_range);
    assert_eq!(message(read("9223372036854775808")), out_of_range);
    assert_eq!(message(read(r#""3""#)), "expected an integer, found a string at $");
    assert_eq!(message(read("null")), "expected an integer, found null at $");
    assert!(read::<i32>("2147483648").is_err());
    assert!(read::<u64>("-1").is_err());
    assert!(read::<bool>("1").is_err());
    assert!(read::<String>("1").is_err());
    assert!(read::<String>("null").is_err());
    assert!(read::<String>("\"\u{1}\"").is_err());
    assert!(codec::from_slice::<String>(b"\"\xff\"").is_err());
    assert!(read::<i64>("1 2").is_err());
    assert!(read::<Vec<i64>>("[1,]").is_err());
}

#[test]
fn floats_are_written_as_serde_json_does() {
    assert_eq!(text(&1.1_f32), "1.1", "no digits that an f32 does not have");
    assert_eq!(text(&f64::NAN), "null");
    assert_eq!(text(&f32::INFINITY), "null");
}

#[test]
fn containers_can_be_nested() {
    check("null", None::<String>);
    check(r#"["a",null]"#, Some(vec![Some("a".to_owned()), None]));
    check("[[1,2],[],[3]]", vec![vec![1_i64, 2], vec![], vec![3]]);
    check(
        r#"{"a":{"b":[true]},"c":{}}"#,
        map([("a", map([("b", vec![true])])), ("c", BTreeMap::new())]),
    );
    check(r#"{"k \"q\"":1}"#, map([("k \"q\"", Box::new(1_i64))]));
    check(r#"{"a":null}"#, map([("a", None::<i64>)]));
    check::<Map<String, Value>>(r#"{"a":1}"#, Map::from_iter([("a".to_owned(), json!(1))]));
    check(r#"["x",[1]]"#, ("x".to_owned(), (1_i64,)));
    check("[1,2,3,4,5,null]", (1_i64, 2_i64, 3_i64, 4_i64, 5_i64, None::<bool>));
}

fn map<T>(entries: impl IntoIterator<Item = (&'static str, T)>) -> BTreeMap<String, T> {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

#[test]
fn tuples_require_all_items_and_ignore_more() {
    assert_eq!(read::<(i64, i64)>("[1,2,3]"), Ok((1, 2)));
    assert_eq!(
        read::<(i64, i64)>("[1]"),
        Err("expected 2 items, found 1 at $".to_owned())
    );
    assert_eq!(
        read::<(i64, i64)>("[1,true]"),
        Err("expected an integer, found a boolean at $[1]".to_owned())
    );
}

#[test]
fn nullable_has_three_states() {
    assert_eq!(Nullable::<i64>::default(), Nullable::Absent);
    assert_eq!(read::<Nullable<i64>>("null"), Ok(Nullable::Null));
    assert_eq!(read::<Nullable<i64>>("1"), Ok(1.into()));
    check("null", Nullable::<Value>::Null);
    check("[null]", Nullable::Value(json!([null])));
    check("null", Some(Value::Null));
    let from_option: [Nullable<i64>; 2] = [None.into(), Some(1).into()];
    assert_eq!(from_option, [Nullable::Null, Nullable::Value(1)]);
    assert_eq!(from_option[1].value(), Some(&1));
    assert_eq!(Nullable::from("a").into_option(), Some("a"));
    assert_eq!(Option::from(Nullable::from("a")), Some("a"));
    assert_eq!(Option::<i64>::from(Nullable::Null), None);
    let nickname = Nullable::Value("a".to_owned());
    assert_eq!(nickname.as_deref(), Nullable::Value("a"));
    assert_eq!(nickname.as_ref().map(String::len), Nullable::Value(1));
    assert_eq!(Nullable::<i64>::Null.map(|value| value + 1), Nullable::Null);
    assert_eq!(Nullable::<i64>::Absent.map(|value| value + 1), Nullable::Absent);
    assert_eq!((Nullable::Null.unwrap_or(2), Nullable::Value(1).unwrap_or(2)), (2, 1));
    assert_eq!(Nullable::<i64>::Absent.unwrap_or_default(), 0);
    assert!(nickname.is_value() && !Nullable::<i64>::Null.is_value());
    assert!(Nullable::<i64>::Absent.is_absent() && Nullable::<i64>::Null.is_null());
    let mut counted = Nullable::from(1);
    if let Some(count) = counted.value_mut() {
        *count += 1;
    }
    assert_eq!(text(&counted), "2");
}

#[test]
fn open_enums_keep_unknown_values() {
    check(r#""success""#, Outcome::Success);
    check(r#""brand \"new\"""#, Outcome::Other("brand \"new\"".to_owned()));
    assert_eq!(Outcome::from("failure"), Outcome::Failure);
    assert_eq!(Outcome::from("x".to_owned()).to_string(), "x");
    assert_eq!(format!("{:>8}", Outcome::Failure), " failure");
    assert!(Outcome::Unknown.is_known() && !Outcome::from("x").is_known());
    assert_eq!(Outcome::ALL.len(), 3);
    check("-1", Level::Low);
    check("7", Level::Other(7));
    assert_eq!(Level::from(2), Level::High);
    assert_eq!(Level::High.as_i64(), 2);
}

#[test]
fn closed_enums_list_the_known_values() {
    check(r#""fast""#, Mode::Fast);
    check("1", Bit::One);
    let error = r#"unknown value "medium", expected one of "fast", "slow" at $"#;
    assert_eq!(read::<Mode>(r#""medium""#), Err(error.to_owned()));
    assert_eq!("slow".parse(), Ok(Mode::Slow));
    assert_eq!(
        read::<Bit>("2"),
        Err("unknown value 2, expected one of 0, 1 at $".to_owned())
    );
    assert_eq!(Bit::try_from(0), Ok(Bit::Zero));
}

#[test]
fn date_times_are_written_as_they_were_read() {
    for (document, instant) in [
        ("2024-02-29T12:30:00Z", "2024-02-29T12:30:00Z"),
        ("2024-02-29T12:30:00.123456789Z", "2024-02-29T12:30:00.123456789Z"),
        ("2024-02-29T12:30:00.1234567899999Z", "2024-02-29T12:30:00.123456789Z"),
        ("2024-02-29T12:30:00.500Z", "2024-02-29T12:30:00.5Z"),
        ("2024-02-29t12:30:00z", "2024-02-29T12:30:00Z"),
        ("2024-02-29 12:30:00Z", "2024-02-29T12:30:00Z"),
        ("2024-02-29 12:30:00", "2024-02-29T12:30:00Z"),
        ("2024-02-29T12:30:00.123456789123", "2024-02-29T12:30:00.123456789Z"),
        ("2024-02-29T12:30:00+02:00", "2024-02-29T10:30:00Z"),
        ("2024-02-29T12:30:00-0530", "2024-02-29T18:00:00Z"),
        ("2024-02-29T12:30:00.000+0000", "2024-02-29T12:30:00Z"),
        ("2024-02-29 12:30:00.123456+00", "2024-02-29T12:30:00.123456Z"),
        ("2024-02-29T12:30:00+01:00[Europe/Paris]", "2024-02-29T11:30:00Z"),
        ("2024-02-29T23:59:60Z", "2024-02-29T23:59:59Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        (" 2024-02-29T12:30Z ", "2024-02-29T12:30:00Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("9999-12-31T23:59:59.9999999Z", "9999-12-30T22:00:00.999999999Z"),
    ] {
        let time: DateTime = read(&format!("{document:?}")).unwrap_or_else(|error| panic!("{document}: {error}"));
        assert_eq!(time.timestamp().to_string(), instant, "{document}");
        assert_eq!((time.as_str(), text(&time)), (document, format!("{document:?}")));
    }
    for wrong in ["2024-02-30T00:00:00Z", "2024-02-29T25:00:00Z", "1709210000"] {
        let error = read::<DateTime>(&format!("{wrong:?}")).expect_err(wrong);
        assert_eq!(error, "expected date-time, found an invalid value at $");
    }
    for (wrong, found) in [("", "an empty string"), ("hush", "another string")] {
        let error = read::<DateTime>(&format!("{wrong:?}")).expect_err(wrong);
        assert_eq!(error, format!("expected date-time, found {found} at $"));
    }
}

#[test]
fn date_times_are_compared_and_created_by_value() {
    let parse = |text: &str| text.parse::<DateTime>().expect(text);
    assert_eq!(parse("2024-02-29T12:30:00Z"), parse("2024-02-29 12:30:00.000+00:00"));
    assert_ne!(parse("2024-02-29T12:30:00Z"), parse("2024-02-29T12:30:00"));
    let time = parse("2024-02-29T12:30:00+02:00");
    assert_eq!(time.civil().to_string(), "2024-02-29T12:30:00");
    assert_eq!(time.offset().map(|offset| offset.seconds()), Some(7200));
    assert_eq!(parse("2024-02-29T12:30:00").offset(), None);
    let zoned = time.timestamp().to_zoned(jiff::tz::Offset::constant(2).to_time_zone());
    assert_eq!(DateTime::from(&zoned).as_str(), "2024-02-29T12:30:00+02:00");
    assert_eq!(DateTime::from(time.timestamp()).as_str(), "2024-02-29T10:30:00Z");
    assert_eq!(DateTime::from(time.civil()).as_str(), "2024-02-29T12:30:00");
}

#[test]
fn dates_times_and_durations_are_read() {
    check(r#""2024-02-29""#, Date::constant(2024, 2, 29));
    // A date-time contains more than a date, so it is read with tolerance only.
    let error = read::<Date>(r#""2024-02-29T12:30:00""#).expect_err("it has a time");
    assert_eq!(error, "expected date, found a date-time at $");
    for (document, offset) in [
        ("12:30:00", None),
        ("12:30", None),
        ("12:30:00Z", Some(0)),
        ("12:30:00.000+02:00", Some(7200)),
    ] {
        let time: Time = read(&format!("{document:?}")).expect(document);
        assert_eq!(time.civil(), jiff::civil::Time::constant(12, 30, 0, 0), "{document}");
        assert_eq!(time.offset().map(|offset| offset.seconds()), offset, "{document}");
        assert_eq!(text(&time), format!("{document:?}"));
    }
    for (document, minutes) in [("P1DT1H", None), ("PT1H30M", Some(90)), ("PT0.5S", Some(0))] {
        let duration: Duration = read(&format!("{document:?}")).expect(document);
        assert!(duration.span().is_some(), "{document}");
        assert_eq!(duration.signed().map(|signed| signed.as_mins()), minutes, "{document}");
        assert_eq!(text(&duration), format!("{document:?}"));
    }
    let two_hours = jiff::SignedDuration::from_hours(2);
    assert_eq!(Duration::from(two_hours).as_str(), "PT2H");
}

#[test]
fn bytes_are_read_from_every_base64() {
    check(r#""+/8=""#, Base64(vec![0xfb, 0xff]));
    check(r#""""#, Base64(vec![]));
    for text in ["+/8", "-_8", "-_8=", "+\\n/8="] {
        assert_eq!(
            read::<Base64>(&format!("\"{text}\"")),
            Ok(Base64(vec![0xfb, 0xff])),
            "{text}"
        );
    }
    assert!(read::<Base64>(r#""§""#).is_err());
    assert!(read::<Base64>(r#""a""#).is_err());
}
