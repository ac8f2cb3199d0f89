//! Changes to the text of a JSON object. The rest of the text is kept, so numbers keep their digits and keys their order.

use std::ops::Range;

/// Returns the text of an object with a property set to a JSON text. `None` if the text is not an object. A missing property is
/// added only if `add_if_missing` is set.
pub(super) fn set_property(object: &str, name: &str, value: &str, add_if_missing: bool) -> Option<String> {
    let text = object.trim();
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    if let Some(found) = find(inner, name) {
        return Some(format!("{{{}{value}{}}}", &inner[..found.start], &inner[found.end..]));
    }
    if !add_if_missing {
        return Some(text.to_owned());
    }
    let comma = if inner.trim().is_empty() { "" } else { "," };
    let key = serde_json::Value::from(name);
    Some(format!("{{{inner}{comma}{key}:{value}}}"))
}

/// Returns the position of a property's value in the text between the braces of an object.
fn find(inner: &str, name: &str) -> Option<Range<usize>> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let (mut start, mut colon) = (0, None);
    let is_key = |start: usize, colon: usize| {
        serde_json::from_str::<String>(inner[start..colon].trim()).is_ok_and(|key| key == name)
    };
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            b':' if depth == 0 && colon.is_none() => colon = Some(at),
            b',' if depth == 0 => {
                let value = colon.take()?;
                if is_key(start, value) {
                    return Some(value + 1..at);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    let value = colon?;
    is_key(start, value).then_some(value + 1..inner.len())
}
