//! Scalars in the form in which the crate serializes them: timestamps in UTC, whole floats without a fraction, padded Base64.

use crate::json::Json;
use crate::krate::TypeExpr;

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
        (TypeExpr::F64, Json::Number(text)) => float(text),
        (TypeExpr::Timestamp, Json::String(text)) => Some(Json::String(moment(text))),
        (TypeExpr::Date, Json::String(text)) => Some(Json::String(date(text))),
        (TypeExpr::Time, Json::String(text)) => Some(Json::String(time(text))),
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
    let text = match number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 {
        true => (number as i64).to_string(),
        false => format!("{number:?}"),
    };
    number.is_finite().then_some(Json::Number(text))
}

/// Returns the timestamp in UTC, or a placeholder if it is invalid.
fn moment(text: &str) -> String {
    Moment::parse(text)
        .and_then(Moment::in_utc)
        .unwrap_or_else(|| "2024-01-15T09:30:00Z".to_owned())
}

fn date(text: &str) -> String {
    let known = civil(text).filter(|_| text.len() == 10);
    known.map_or_else(|| "2024-01-15".to_owned(), |_| text.to_owned())
}

fn time(text: &str) -> String {
    let known = clock(text).filter(|(_, rest)| rest.is_empty());
    known.map_or_else(|| "09:30:00".to_owned(), |_| text.to_owned())
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

/// An RFC 3339 timestamp, before its offset is subtracted.
struct Moment<'t> {
    days: i64,
    seconds: i64,
    /// The digits after the decimal point.
    fraction: &'t str,
    offset: i64,
}

impl<'t> Moment<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let (year, month, day) = civil(text.get(..10)?)?;
        let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
        let (seconds, rest) = clock(rest)?;
        let digits = rest
            .strip_prefix('.')
            .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
        let (fraction, zone) = match digits {
            0 => ("", rest),
            digits => (&rest[1..=digits], &rest[1 + digits..]),
        };
        Some(Self {
            days: days(year, month, day),
            seconds,
            fraction: fraction.get(..9).unwrap_or(fraction).trim_end_matches('0'),
            offset: offset(zone)?,
        })
    }

    fn in_utc(self) -> Option<String> {
        let seconds = self.days * 86_400 + self.seconds - self.offset;
        let (year, month, day) = from_days(seconds.div_euclid(86_400));
        let second = seconds.rem_euclid(86_400);
        let point = if self.fraction.is_empty() { "" } else { "." };
        (1..=9999).contains(&year).then(|| {
            format!(
                "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}{point}{}Z",
                second / 3600,
                second / 60 % 60,
                second % 60,
                self.fraction
            )
        })
    }
}

/// Parses a date such as `2024-01-15`.
fn civil(text: &str) -> Option<(i64, i64, i64)> {
    let mut parts = text.splitn(3, '-');
    let mut part = |width: usize| {
        let part = parts.next().filter(|part| part.len() == width)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse::<i64>().ok())?
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let there = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    // A valid date converts to days and back without change.
    (there && from_days(days(year, month, day)) == (year, month, day)).then_some((year, month, day))
}

/// Parses a time such as `09:30:00`. Returns its seconds and the rest of the text.
fn clock(text: &str) -> Option<(i64, &str)> {
    let number = |from: usize| {
        text.get(from..from + 2)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (hour, minute, second): (i64, i64, i64) = (
        number(0)?.parse().ok()?,
        number(3)?.parse().ok()?,
        number(6)?.parse().ok()?,
    );
    let colons = text.as_bytes().get(2) == Some(&b':') && text.as_bytes().get(5) == Some(&b':');
    (colons && hour < 24 && minute < 60 && second < 60).then(|| (hour * 3600 + minute * 60 + second, &text[8..]))
}

/// Parses an offset such as `+02:00` into seconds. No offset means UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    let number = |part: &str| {
        part.parse::<i64>()
            .ok()
            .filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match digits.len() {
        2 => Some(sign * number(&digits)? * 3600),
        4 => Some(sign * (number(&digits[..2])? * 3600 + number(&digits[2..])? * 60)),
        _ => None,
    }
}

/// Returns the days since 1970-01-01 (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Returns the date of a number of days since 1970-01-01.
fn from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::{base64, date, moment, time};

    #[test]
    fn timestamps_are_written_in_utc() {
        for (text, written) in [
            ("2024-01-15T09:30:00Z", "2024-01-15T09:30:00Z"),
            ("2024-01-15t09:30:00z", "2024-01-15T09:30:00Z"),
            ("2024-01-15 09:30:00", "2024-01-15T09:30:00Z"),
            ("2024-01-15T09:30:00.120Z", "2024-01-15T09:30:00.12Z"),
            ("2024-01-15T09:30:00.000Z", "2024-01-15T09:30:00Z"),
            ("2024-01-15T09:30:00.1234567891Z", "2024-01-15T09:30:00.123456789Z"),
            ("2024-03-01T01:30:00+02:00", "2024-02-29T23:30:00Z"),
            ("2023-12-31T23:30:00-0130", "2024-01-01T01:00:00Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
            ("2023-02-30T09:30:00Z", "2024-01-15T09:30:00Z"),
            ("yesterday", "2024-01-15T09:30:00Z"),
        ] {
            assert_eq!(moment(text), written, "{text}");
        }
    }

    #[test]
    fn invalid_scalars_are_replaced() {
        assert_eq!(date("2024-02-29"), "2024-02-29");
        assert_eq!(date("2023-02-29"), "2024-01-15");
        assert_eq!(time("23:59:59"), "23:59:59");
        assert_eq!(time("24:00:00"), "09:30:00");
        assert_eq!(base64("aGVsbG8="), "aGVsbG8=");
        assert_eq!(base64("aGVsbG8"), "aGVsbG8=");
        assert_eq!(base64("not base64!"), "aGVsbG8=");
    }
}
