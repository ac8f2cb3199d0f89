//! Examples of strings and numbers.

use crate::document::{Bounds, Schema};
use crate::json::Json;
use crate::lower::schemas::bounds::allowed_integers;

use super::patterns;

/// The string used where nothing better is known.
pub(in crate::lower) const PLACEHOLDER: &str = "string";

/// Returns a string of the schema's format. Without a known format, the string is within the bounds if they are simple.
pub(in crate::lower) fn example_string(schema: &Schema) -> Json {
    let known = match schema.format.as_deref().unwrap_or_default() {
        "date-time" => "2024-01-15T09:30:00Z",
        "date" => "2024-01-15",
        "time" => "09:30:00",
        "duration" => "PT1H30M",
        "uuid" => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "email" | "idn-email" => "user@example.com",
        "uri" | "url" | "iri" if schema.bounds.pattern.is_none() => "https://example.com",
        "uri-reference" => "/path",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "ip" => "192.0.2.1",
        "byte" | "base64" => "aGVsbG8=",
        "json-pointer" => "/path/0",
        "int64" | "uint64" | "int32" | "decimal" => "1",
        _ if schema
            .content_encoding
            .as_deref()
            .is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64")) =>
        {
            "aGVsbG8="
        }
        _ => return Json::String(from_pattern(&schema.bounds).unwrap_or_else(|| from_length(&schema.bounds))),
    };
    Json::String(known.to_owned())
}

fn from_pattern(bounds: &Bounds) -> Option<String> {
    let most = bounds.max_length.unwrap_or(u64::MAX);
    patterns::matching_string(bounds.pattern.as_deref()?, bounds.min_length.unwrap_or(0), most)
}

fn from_length(bounds: &Bounds) -> String {
    let least = bounds.min_length.unwrap_or(0).min(64);
    let most = bounds.max_length.unwrap_or(u64::MAX);
    let length = (PLACEHOLDER.len() as u64).clamp(least.min(most), most);
    PLACEHOLDER
        .chars()
        .cycle()
        .take(usize::try_from(length).unwrap_or(PLACEHOLDER.len()))
        .collect()
}

/// Returns an integer within the bounds.
pub(in crate::lower) fn integer(schema: &Schema) -> Json {
    let (low, high) = allowed_integers(&schema.bounds);
    let value = match (low, high) {
        (Some(low), _) if low > 1 => low,
        (_, Some(high)) if high < 1 => high,
        _ => 1,
    };
    let step = schema
        .bounds
        .multiple_of
        .as_deref()
        .and_then(|step| step.parse::<i128>().ok());
    let value = match step.filter(|step| *step > 1) {
        // The next multiple, or the previous one if the next is above the maximum.
        Some(step) => {
            let next = value.saturating_add((step - value.rem_euclid(step)) % step);
            if high.is_some_and(|high| next > high) {
                next.saturating_sub(step)
            } else {
                next
            }
        }
        None => value,
    };
    Json::Number(value.to_string())
}

/// Returns a number within the bounds.
pub(in crate::lower) fn number(schema: &Schema) -> Json {
    let bounds = &schema.bounds;
    let parse = |text: &Option<String>| {
        text.as_deref()
            .and_then(|text| text.parse::<f64>().ok())
            .filter(|value| value.is_finite())
    };
    let low = parse(&bounds.minimum).or_else(|| parse(&bounds.exclusive_minimum));
    let high = parse(&bounds.maximum).or_else(|| parse(&bounds.exclusive_maximum));
    let value = match (low, high) {
        (Some(low), Some(high)) if !(low < 1.5 && 1.5 < high) => low + (high - low) / 2.0,
        (Some(low), None) if low >= 1.5 => low + 1.0,
        (None, Some(high)) if high <= 1.5 => high - 1.0,
        _ => 1.5,
    };
    Json::Number(if value.is_finite() {
        value.to_string()
    } else {
        "1.5".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::integer;
    use crate::document::{Bounds, Schema};

    #[test]
    fn integer_examples_respect_limits_and_multiples() {
        for (minimum, maximum, step, expected) in [
            (None, None, None, "1"),
            (Some("4"), None, None, "4"),
            (None, None, Some("5"), "5"),
            (Some("7"), Some("12"), Some("5"), "10"),
            (Some("-9"), Some("-1"), Some("4"), "-4"),
        ] {
            let text = |text: Option<&str>| text.map(str::to_owned);
            let schema = Schema {
                bounds: Bounds {
                    minimum: text(minimum),
                    maximum: text(maximum),
                    multiple_of: text(step),
                    ..Bounds::default()
                }
                .into(),
                ..Schema::default()
            };
            assert_eq!(integer(&schema).to_text(), expected, "{minimum:?} {maximum:?} {step:?}");
        }
    }
}
