use std::fs;
use std::path::Path;

use serde_json::json;

use super::formats::{common, has_format};
use super::{Kind, parse};

#[test]
fn the_reference_lists_every_kind() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/doctor.md");
    // The published package does not contain the docs.
    let Ok(text) = fs::read_to_string(path) else { return };
    for kind in Kind::ALL {
        let row = format!("| `{}` | {} |", kind.name(), kind.meaning());
        assert!(text.contains(&row), "docs/doctor.md lacks the row:\n{row}");
    }
}

#[test]
fn formats_of_strings_and_numbers() {
    for (value, format, expected) in [
        (json!("2024-01-31T12:00:00Z"), "date-time", true),
        (json!("2024-01-31T12:00:00+02:00"), "date-time", true),
        (json!("2024-01-31T12:00:00"), "date-time", false),
        (json!("2024-01-31"), "date", true),
        (json!("2024-02-31"), "date", false),
        (json!("3f2504e0-4f89-11d3-9a0c-0305e82c3301"), "uuid", true),
        (json!("3f2504e0"), "uuid", false),
        (json!(2_147_483_648_i64), "int32", false),
        (json!(2_147_483_647), "int32", true),
        (json!("anything"), "made-up", true),
    ] {
        assert_eq!(has_format(&value, format), expected, "{value} as {format}");
    }
    assert_eq!(common(&["2024-01-31", "2024-02-01"]), Some("date"));
    assert_eq!(common(&["2024-01-31", "soon"]), None);
}

#[test]
fn a_har_file_with_encoded_bodies_is_read() {
    let har = r#"{ "log": { "entries": [{
        "request": { "method": "POST", "url": "https://a.example/x", "headers": [{ "name": ":path", "value": "/x" }],
            "postData": { "mimeType": "application/x-www-form-urlencoded", "params": [{ "name": "a", "value": "b c" }] } },
        "response": { "status": 200, "headers": [], "content": { "mimeType": "application/json", "text": "e30=", "encoding": "base64" } }
    }] } }"#;
    let exchanges = parse(har).expect("a HAR file");
    assert_eq!(exchanges[0].request.body.as_deref(), Some("a=b+c"));
    assert_eq!(exchanges[0].request.headers.len(), 1, "pseudo-headers are dropped");
    assert_eq!(exchanges[0].response.body.as_deref(), Some("{}"));
    assert_eq!(exchanges[0].response.media_type().as_deref(), Some("application/json"));
}

#[test]
fn an_invalid_line_is_named() {
    let error = parse("\n{ \"request\": 1 }\n").expect_err("not an exchange");
    assert!(error.starts_with("line 2 is not a recorded exchange"), "{error}");
}
