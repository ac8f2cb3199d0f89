//! Curl commands in the documentation.

use crate::config::Settings;

use super::plan_text;

/// Returns the curl command for a body with one text field, without its first line, and the files that it reads.
fn command(media_type: &str, value: &str) -> (String, Vec<&'static str>) {
    let text = format!(
        r#"{{
  "openapi": "3.1.0",
  "info": {{ "title": "Case", "version": "1" }},
  "paths": {{ "/a": {{ "post": {{
    "requestBody": {{ "required": true, "content": {{ "{media_type}": {{ "schema": {{
      "type": "object",
      "required": ["note"],
      "properties": {{ "note": {{ "type": "string", "example": {value:?} }} }}
    }} }} }} }},
    "responses": {{ "204": {{ "description": "done" }} }}
  }} }} }}
}}"#
    );
    let krate = plan_text(text, &Settings::default());
    let curl = &krate.operations[0].snippets.curl;
    let (_, options) = curl.text.split_once("\\\n").expect("a command with options");
    (options.trim().to_owned(), curl.files.clone())
}

#[test]
fn text_parts_that_curl_would_interpret_are_quoted() {
    for (value, expected) in [
        ("a & b", "note=a & b"),
        ("a\"b", "note=a\"b"),
        ("a; b", r#"note="a; b""#),
        ("@body", r#"note="@body""#),
        ("<body", r#"note="<body""#),
        ("(a)", r#"note="(a)""#),
        (" a", r#"note=" a""#),
        ("\"a\" \\", r#"note="\"a\" \\""#),
    ] {
        let (option, files) = command("multipart/form-data", value);
        assert_eq!(unquoted(&option), ["-F", expected], "{value}");
        assert!(files.is_empty(), "{value} reads {files:?}");
        let (option, _) = command("application/x-www-form-urlencoded", value);
        let expected = ["--data-urlencode".to_owned(), format!("note={value}")];
        assert_eq!(unquoted(&option), expected, "{value}");
    }
}

/// Returns the arguments that a shell passes to curl.
fn unquoted(options: &str) -> Vec<String> {
    shlex::split(options).expect("options that a shell accepts")
}
