//! The parameter styles of OpenAPI: arrays and objects in paths, queries and headers.

use indexmap::IndexMap;

use crate::json::Json;
use crate::krate::NestedStyle;
use crate::wire::Style;

/// Returns the text of a scalar.
pub fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_text()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Percent-encodes all characters that RFC 3986 does not call unreserved.
pub fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Percent-encodes all characters that RFC 3986 calls neither unreserved nor reserved, and `#`. Characters that are
/// already percent-encoded are kept.
pub fn encoded_except_reserved(text: &str) -> String {
    encoded_except(text, b":/?[]@!$&'()*+,;=")
}

/// Percent-encodes the same characters and those that a form would read in another way.
pub fn encoded_except_reserved_in_form(text: &str) -> String {
    encoded_except(text, b":/?[]@!$'()*,;")
}

fn encoded_except(text: &str, kept: &[u8]) -> String {
    let is_triple = |at: usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let byte = |(at, byte): (usize, u8)| match byte {
        b'%' if is_triple(at) => "%".to_owned(),
        byte if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().enumerate().map(byte).collect()
}

/// Returns the scalars of an array, or the keys and values of an object. `None` if they contain nested values.
fn pieces(value: &Json, encode: fn(&str) -> String) -> Option<Vec<(Option<String>, String)>> {
    let text = |value: &Json| scalar(value).map(|text| encode(&text));
    match value {
        Json::Array(items) => items.iter().map(|item| Some((None, text(item)?))).collect(),
        Json::Object(entries) => {
            // The order of an object's keys is not significant. The runtime sorts them too.
            let mut entries: Vec<(&String, &Json)> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            entries
                .into_iter()
                .map(|(key, value)| Some((Some(encode(key)), text(value)?)))
                .collect()
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Some(vec![(None, text(value)?)]),
    }
}

fn joined(pieces: &[(Option<String>, String)], delimiter: &str) -> String {
    let texts = pieces.iter().flat_map(|(key, text)| key.iter().chain([text]));
    texts.map(String::as_str).collect::<Vec<_>>().join(delimiter)
}

fn exploded(pieces: &[(Option<String>, String)], name: Option<&str>, delimiter: &str) -> String {
    let texts = pieces.iter().map(|(key, text)| match (key.as_deref(), name) {
        (Some(key), _) | (None, Some(key)) => format!("{key}={text}"),
        (None, None) => text.clone(),
    });
    texts.collect::<Vec<_>>().join(delimiter)
}

/// Returns a value in a path.
pub fn in_path(name: &str, style: Style, explode: bool, value: &Json) -> Option<String> {
    let name = encoded(name);
    let pieces = pieces(value, encoded)?;
    let explode = explode && scalar(value).is_none();
    match (style, explode) {
        _ if pieces.is_empty() => None,
        (Style::Simple, false) => Some(joined(&pieces, ",")),
        (Style::Simple, true) => Some(exploded(&pieces, None, ",")),
        (Style::Label, false) => Some(format!(".{}", joined(&pieces, ","))),
        (Style::Label, true) => Some(format!(".{}", exploded(&pieces, None, "."))),
        (Style::Matrix, false) => Some(format!(";{name}={}", joined(&pieces, ","))),
        (Style::Matrix, true) => Some(format!(";{}", exploded(&pieces, Some(&name), ";"))),
        (
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie,
            _,
        ) => None,
    }
}

/// Returns a value in a header, which is not percent-encoded.
pub fn simple(explode: bool, value: &Json) -> Option<String> {
    let pieces = pieces(value, str::to_owned)?;
    let explode = explode && scalar(value).is_none();
    Some(if explode {
        exploded(&pieces, None, ",")
    } else {
        joined(&pieces, ",")
    })
}

/// Returns the pairs of a deep object with nested values, in a configured style. `encode` is the encoding of the values.
pub fn deep(name: &str, nested: NestedStyle, encode: fn(&str) -> String, value: &Json) -> Option<Vec<String>> {
    let parts = deep_parts(name, nested, value)?.into_iter();
    Some(
        parts
            .map(|(name, text)| format!("{}={}", encoded(&name), encode(&text)))
            .collect(),
    )
}

/// Returns the name and the text of each property of an exploded object. A property that is a list is repeated.
fn property_parts(entries: &IndexMap<String, Json>) -> Option<Vec<(String, String)>> {
    let mut entries: Vec<(&String, &Json)> = entries.iter().collect();
    entries.sort_by_key(|(key, _)| *key);
    let items = entries.into_iter().flat_map(|(key, value)| {
        let items = value.as_array().map_or(std::slice::from_ref(value), |items| items);
        items.iter().map(move |item| (key, item))
    });
    items.map(|(key, item)| Some((key.clone(), scalar(item)?))).collect()
}

/// Returns the pairs of an exploded object.
pub fn properties(entries: &IndexMap<String, Json>, encode: fn(&str) -> String) -> Option<Vec<String>> {
    let parts = property_parts(entries)?.into_iter();
    Some(
        parts
            .map(|(key, text)| format!("{}={}", encode(&key), encode(&text)))
            .collect(),
    )
}

/// Returns the pairs of a value in a query or a form.
pub fn pairs(name: &str, style: Style, explode: bool, encode: fn(&str) -> String, value: &Json) -> Option<Vec<String>> {
    let name = encoded(name);
    if let (Style::Form, true, Json::Object(entries)) = (style, explode, value) {
        return properties(entries, encode);
    }
    let pieces = pieces(value, encode)?;
    let delimiter = match style {
        Style::DeepObject => {
            let pair = |(key, text): &(Option<String>, String)| Some(format!("{name}%5B{}%5D={text}", key.as_ref()?));
            return pieces.iter().map(pair).collect();
        }
        Style::Form => ",",
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::TabDelimited => "%09",
        Style::Simple | Style::Label | Style::Matrix | Style::Cookie => return None,
    };
    if pieces.is_empty() && explode {
        return Some(Vec::new());
    }
    if scalar(value).is_none() && explode {
        let pair = |piece: &(Option<String>, String)| exploded(std::slice::from_ref(piece), Some(&name), "");
        return Some(pieces.iter().map(pair).collect());
    }
    Some(vec![format!("{name}={}", joined(&pieces, delimiter))])
}

/// Returns the names and texts of the parts of a multipart body, which are not percent-encoded.
pub fn parts(name: &str, style: Style, explode: bool, value: &Json) -> Option<Vec<(String, String)>> {
    let named = |value: &Json| Some((name.to_owned(), scalar(value)?));
    match (value, explode) {
        (Json::Array(items), true) => return items.iter().map(named).collect(),
        (Json::Object(entries), true) => return property_parts(entries),
        _ => {}
    }
    let delimiter = match style {
        Style::Form => ",",
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "\t",
        Style::DeepObject | Style::Simple | Style::Label | Style::Matrix | Style::Cookie => return None,
    };
    Some(vec![(
        name.to_owned(),
        joined(&pieces(value, str::to_owned)?, delimiter),
    )])
}

/// Returns the names and texts of the parts of a deep object.
pub fn deep_parts(name: &str, nested: NestedStyle, value: &Json) -> Option<Vec<(String, String)>> {
    let inside = |step: &str, value: &Json| deep_parts(&format!("{name}[{step}]"), nested, value);
    match value {
        Json::Object(entries) => {
            let mut entries: Vec<(&String, &Json)> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let parts: Option<Vec<_>> = entries.into_iter().map(|(key, value)| inside(key, value)).collect();
            parts.map(|parts| parts.concat())
        }
        Json::Array(items) => {
            let inside = |(index, item): (usize, &Json)| match nested {
                NestedStyle::Reject => None,
                NestedStyle::Brackets if scalar(item).is_none() => inside(&index.to_string(), item),
                NestedStyle::Brackets => inside("", item),
                NestedStyle::Indices => inside(&index.to_string(), item),
                NestedStyle::Repeat => deep_parts(name, nested, item),
            };
            let parts: Option<Vec<_>> = items.iter().enumerate().map(inside).collect();
            parts.map(|parts| parts.concat())
        }
        Json::Null => Some(vec![(name.to_owned(), String::new())]),
        Json::Bool(_) | Json::Number(_) | Json::String(_) => Some(vec![(name.to_owned(), scalar(value)?)]),
    }
}

#[cfg(test)]
mod tests {
    use super::{deep, encoded, in_path, pairs, simple};
    use indexmap::IndexMap;

    use crate::json::Json;
    use crate::krate::NestedStyle;
    use crate::wire::Style;

    fn strings(items: &[&str]) -> Json {
        Json::Array(items.iter().map(|item| Json::String((*item).to_owned())).collect())
    }

    fn colors() -> Json {
        strings(&["blue", "black", "brown"])
    }

    fn rgb() -> Json {
        let number = |(key, number): (&str, &str)| (key.to_owned(), Json::Number(number.to_owned()));
        Json::from(IndexMap::from([("R", "100"), ("G", "200"), ("B", "150")].map(number)))
    }

    #[test]
    fn paths_and_headers_match_the_specification() {
        let path = |style, explode, value: &Json| in_path("color", style, explode, value).expect("it has a form");
        assert_eq!(path(Style::Matrix, false, &colors()), ";color=blue,black,brown");
        assert_eq!(
            path(Style::Matrix, true, &colors()),
            ";color=blue;color=black;color=brown"
        );
        assert_eq!(path(Style::Matrix, false, &rgb()), ";color=B,150,G,200,R,100");
        assert_eq!(path(Style::Matrix, true, &rgb()), ";B=150;G=200;R=100");
        assert_eq!(path(Style::Label, false, &colors()), ".blue,black,brown");
        assert_eq!(path(Style::Label, true, &colors()), ".blue.black.brown");
        assert_eq!(path(Style::Label, true, &rgb()), ".B=150.G=200.R=100");
        assert_eq!(path(Style::Simple, true, &rgb()), "B=150,G=200,R=100");
        assert_eq!(simple(false, &rgb()).as_deref(), Some("B,150,G,200,R,100"));
    }

    #[test]
    fn queries_match_the_specification() {
        let query = |style, explode, value: &Json| {
            let pairs = pairs("color", style, explode, encoded, value).expect("it has a form");
            pairs.join("&")
        };
        assert_eq!(query(Style::Form, false, &colors()), "color=blue,black,brown");
        assert_eq!(
            query(Style::Form, true, &colors()),
            "color=blue&color=black&color=brown"
        );
        assert_eq!(query(Style::Form, true, &rgb()), "B=150&G=200&R=100");
        assert_eq!(
            query(Style::SpaceDelimited, false, &colors()),
            "color=blue%20black%20brown"
        );
        assert_eq!(
            query(Style::PipeDelimited, false, &colors()),
            "color=blue%7Cblack%7Cbrown"
        );
        assert_eq!(
            query(Style::DeepObject, true, &rgb()),
            "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"
        );
        let things = Json::from(IndexMap::from([
            ("a".to_owned(), strings(&["x", "y"])),
            ("b".to_owned(), rgb()),
        ]));
        assert_eq!(pairs("t", Style::DeepObject, true, encoded, &things), None);
        let deep = |nested| deep("t", nested, encoded, &things).map(|pairs| pairs.join("&"));
        let colors = "&t%5Bb%5D%5BB%5D=150&t%5Bb%5D%5BG%5D=200&t%5Bb%5D%5BR%5D=100";
        assert_eq!(deep(NestedStyle::Reject), None);
        for (nested, start) in [
            (NestedStyle::Brackets, "t%5Ba%5D%5B%5D=x&t%5Ba%5D%5B%5D=y"),
            (NestedStyle::Indices, "t%5Ba%5D%5B0%5D=x&t%5Ba%5D%5B1%5D=y"),
            (NestedStyle::Repeat, "t%5Ba%5D=x&t%5Ba%5D=y"),
        ] {
            assert_eq!(deep(nested), Some(format!("{start}{colors}")));
        }
        assert_eq!(encoded("a b/ü&="), "a%20b%2F%C3%BC%26%3D");
    }
}
