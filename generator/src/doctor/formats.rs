//! Formats of strings and numbers.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;

use crate::wire::url;

/// Returns whether a value has a format. Unknown formats allow every value.
pub(super) fn has_format(value: &Value, format: &str) -> bool {
    match value {
        Value::Number(number) => match format {
            "int32" => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            "int64" => number.as_i64().is_some() || number.is_f64(),
            _ => true,
        },
        Value::String(text) => text_has_format(text, format),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => true,
    }
}

fn text_has_format(text: &str, format: &str) -> bool {
    match format {
        "date-time" => is_date_time(text),
        "date" => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
        "time" => text
            .get(..8)
            .is_some_and(|time| time.parse::<jiff::civil::Time>().is_ok()),
        "uuid" => is_uuid(text),
        "uri" | "url" => url::is_uri(text),
        "email" => text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "byte" => text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+/=-_\r\n".contains(c)),
        _ => true,
    }
}

/// Returns whether a text is a date and time with an offset, as in RFC 3339.
fn is_date_time(text: &str) -> bool {
    text.get(10..11)
        .is_some_and(|separator| matches!(separator, "T" | "t" | " "))
        && text.parse::<jiff::Timestamp>().is_ok()
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Returns the format that all texts have, among those that are unlikely to be a coincidence.
pub(super) fn common(texts: &[&str]) -> Option<&'static str> {
    let all = |format: &str| !texts.is_empty() && texts.iter().all(|text| text_has_format(text, format));
    ["date-time", "date", "uuid"].into_iter().find(|format| all(format))
}
