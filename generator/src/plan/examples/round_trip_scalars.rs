//! Scalars in the form in which `serde_json` serializes them inside models: times verbatim, floats with a fraction, padded
//! Base64.

use jiff::Span;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;

use crate::json::Json;
use crate::krate::TypeExpr;
use crate::wire::ForeignType;

/// Returns the value after deserialization as a type and serialization. `None` if it cannot be deserialized.
pub fn written(ty: &TypeExpr, value: &Json) -> Option<Json> {
    match (ty, value) {
        (TypeExpr::Json, value) => Some(value.clone()),
        (TypeExpr::JsonObject, Json::Object(_)) | (TypeExpr::Bool, Json::Bool(_)) => Some(value.clone()),
        (TypeExpr::String, Json::String(_)) => Some(value.clone()),
        (TypeExpr::I32, Json::Number(text)) => integer(text, i32::MIN.into(), i32::MAX.into()),
        (TypeExpr::I64, Json::Number(text)) => integer(text, i64::MIN.into(), i64::MAX.into()),
        (TypeExpr::U32, Json::Number(text)) => integer(text, 0, u32::MAX.into()),
        (TypeExpr::U64, Json::Number(text)) => integer(text, 0, u64::MAX.into()),
        (TypeExpr::I128, Json::Number(text)) => integer(text, i128::MIN, i128::MAX),
        (TypeExpr::F64, Json::Number(text)) => float(text),
        (TypeExpr::Foreign(of), value) => foreign(*of, value),
        (TypeExpr::DateTime, Json::String(text)) => Some(Json::String(date_time(text))),
        (TypeExpr::Date, Json::String(text)) => Some(Json::String(date(text))),
        (TypeExpr::Time, Json::String(text)) => Some(Json::String(time(text))),
        (TypeExpr::Duration, Json::String(text)) => Some(Json::String(duration(text))),
        (TypeExpr::Base64, Json::String(text)) => Some(Json::String(base64(text))),
        _ => None,
    }
}

fn integer(text: &str, low: i128, high: i128) -> Option<Json> {
    let number: i128 = text.strip_suffix(".0").unwrap_or(text).parse().ok()?;
    (low..=high).contains(&number).then(|| Json::Number(number.to_string()))
}

fn float(text: &str) -> Option<Json> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| Json::Number(format!("{number:?}")))
}

/// Returns a value of a type of another crate. A string that the generated crate would write in another form is replaced
/// by a placeholder. A decimal number with an exponent or many digits is rejected.
fn foreign(ty: ForeignType, value: &Json) -> Option<Json> {
    match (ty, value) {
        (ForeignType::ChronoDateTime | ForeignType::TimeDateTime, Json::String(text)) => {
            let is_plain = text.len() == "2024-01-15T09:30:00Z".len() && text.ends_with('Z') && text.contains('T');
            let text = if is_plain { text } else { "" };
            Some(Json::String(date_time(if is_date_time(text) { text } else { "" })))
        }
        (ForeignType::ChronoDate | ForeignType::TimeDate, Json::String(text)) => Some(Json::String(date(text))),
        (ForeignType::Uuid, Json::String(text)) => {
            let is_hyphen = |index: usize| [8, 13, 18, 23].contains(&index);
            let fits = |(index, byte): (usize, u8)| match is_hyphen(index) {
                true => byte == b'-',
                false => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            };
            let is_plain = text.len() == 36 && text.bytes().enumerate().all(fits);
            let placeholder = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
            Some(Json::String(if is_plain { text } else { placeholder }.to_owned()))
        }
        // An exponent or many digits are written in another form.
        (ForeignType::Decimal, Json::Number(text)) => {
            let is_plain = text.len() <= 15 && !text.contains(['e', 'E']);
            is_plain.then(|| float(text)).flatten()
        }
        _ => None,
    }
}

/// Returns the date-time, or a placeholder if it is invalid.
fn date_time(text: &str) -> String {
    let is_valid = is_date_time(text);
    if is_valid { text } else { "2024-01-15T09:30:00Z" }.to_owned()
}

/// Returns whether a text is a date with an optional time and offset. Digits after the nanoseconds are ignored.
fn is_date_time(text: &str) -> bool {
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let text = match digits {
        0 => text.to_owned(),
        digits => format!("{before}.{}{}", &after[..digits.min(9)], &after[digits..]),
    };
    Pieces::parse(&text).is_ok()
}

/// Returns the date, or a placeholder if it is invalid.
fn date(text: &str) -> String {
    let date: Option<Date> = text.parse().ok();
    date.map_or_else(|| "2024-01-15".to_owned(), |date| date.to_string())
}

/// Returns the time, or a placeholder if it is invalid.
fn time(text: &str) -> String {
    let is_valid = is_date_time(&format!("1970-01-01T{text}"));
    if is_valid { text } else { "09:30:00" }.to_owned()
}

/// Returns the duration, or a placeholder if it is invalid.
fn duration(text: &str) -> String {
    let is_valid = text.parse::<Span>().is_ok();
    if is_valid { text } else { "PT1H30M" }.to_owned()
}

fn base64(text: &str) -> String {
    let body = text.trim_end_matches('=');
    let alphabet = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    // The unused bits before the padding must be zero. `A`, `Q`, `g` and `w` satisfy that for one and for two padding
    // characters.
    let ends = text.len() == body.len() || body.ends_with(['A', 'Q', 'g', 'w']);
    if text.len().is_multiple_of(4) && text.len() - body.len() <= 2 && body.chars().all(alphabet) && ends {
        text.to_owned()
    } else {
        "aGVsbG8=".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{base64, date, date_time, duration, time};

    #[test]
    fn valid_times_are_kept() {
        for text in [
            "2024-01-15T09:30:00Z",
            "2024-01-15t09:30:00z",
            "2024-01-15 09:30:00",
            "2024-01-15",
            "2024-01-15T09:30:00.1234567891Z",
            "2024-03-01T01:30:00+02:00",
            "9999-12-31T23:59:59.9999999Z",
        ] {
            assert_eq!(date_time(text), text);
        }
        assert_eq!(time("23:59:59Z"), "23:59:59Z");
        assert_eq!(duration("P1DT2H"), "P1DT2H");
    }

    #[test]
    fn invalid_scalars_are_replaced() {
        assert_eq!(date_time("2023-02-30T09:30:00Z"), "2024-01-15T09:30:00Z");
        assert_eq!(date_time("yesterday"), "2024-01-15T09:30:00Z");
        assert_eq!(date("2024-02-29"), "2024-02-29");
        assert_eq!(date("2023-02-29"), "2024-01-15");
        assert_eq!(time("23:59:59"), "23:59:59");
        assert_eq!(time("24:00:00"), "09:30:00");
        assert_eq!(duration("soon"), "PT1H30M");
        assert_eq!(base64("aGVsbG8="), "aGVsbG8=");
        assert_eq!(base64("aGVsbG8"), "aGVsbG8=");
        assert_eq!(base64("not base64!"), "aGVsbG8=");
    }
}
