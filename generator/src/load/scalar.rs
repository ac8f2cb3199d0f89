//! Resolves plain YAML scalars by the core schema of YAML 1.2, with one exception.
//!
//! `yes`, `no`, `on`, `off`, dates and `1_000` are strings, as in YAML 1.2. The exception: digits with leading zeros (`007`)
//! are strings too, because converting them to a number would lose the zeros.

use std::borrow::Cow;

/// The type of a plain scalar. Numbers carry their JSON text.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar<'t> {
    Null,
    Bool(bool),
    Number(Cow<'t, str>),
    String,
}

/// Resolves a plain scalar.
pub(super) fn read(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Bool(true),
        "false" | "False" | "FALSE" => return Scalar::Bool(false),
        _ => {}
    }
    // Most scalars are words, which the first byte shows.
    if !matches!(text.as_bytes()[0], b'0'..=b'9' | b'-' | b'+' | b'.') {
        return Scalar::String;
    }
    number(text).map_or(Scalar::String, Scalar::Number)
}

/// Returns the JSON text of a number; `.inf`, `-.inf` and `.nan` are kept.
pub(super) fn number(text: &str) -> Option<Cow<'_, str>> {
    if super::json::is_number(text) {
        return Some(Cow::Borrowed(text));
    }
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Some(Cow::Owned(format!("{sign}.inf"))),
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Some(Cow::Borrowed(".nan")),
        _ => {}
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    // The remaining forms are those that JSON lacks: `+1`, `.5`, `1.`, `1.e3`.
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => unsigned.split_at(at),
        None => (unsigned, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    let candidate = format!("{sign}{whole}{point}{fraction}{exponent}");
    super::json::is_number(&candidate).then_some(Cow::Owned(candidate))
}

/// Returns the JSON text of a finite number. Leading zeros and the forms of [`number`] that JSON lacks are accepted, such as
/// `007`, `+5` and `.5`.
pub fn json_number(text: &str) -> Option<String> {
    text.parse::<f64>().ok().filter(|value| value.is_finite())?;
    if super::json::is_number(text) {
        return Some(text.to_owned());
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let significant = format!("{sign}{}", digits.trim_start_matches('0'));
    // Nothing is left of a zero such as `00`.
    Some(number(&significant).map_or_else(|| "0".to_owned(), Cow::into_owned))
}

fn radix(digits: &str, radix: u32) -> Option<Cow<'_, str>> {
    let digits = digits
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric())
        .then_some(digits)?;
    u128::from_str_radix(digits, radix)
        .ok()
        .map(|number| Cow::Owned(number.to_string()))
}
