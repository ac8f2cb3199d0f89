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

#[test]
fn servers_without_a_host_are_local() {
    let first_line = |servers: &str, method: &str| {
        let text = format!(
            r#"{{
  "openapi": "3.1.0",
  "info": {{ "title": "Case", "version": "1" }},
  {servers}
  "paths": {{ "/a": {{ "{method}": {{ "responses": {{ "200": {{ "description": "ok" }} }} }} }} }}
}}"#
        );
        let krate = plan_text(text, &Settings::default());
        let curl = krate.operations[0].snippets.curl.text.clone();
        curl.lines().next().unwrap_or_default().to_owned()
    };
    let local = r#""servers": [{ "url": "/v1" }],"#;
    assert_eq!(first_line("", "get"), "curl http://localhost:8080/a");
    assert_eq!(first_line(local, "get"), "curl http://localhost:8080/v1/a");
    // With `-X HEAD`, curl waits for a body.
    assert_eq!(first_line(local, "head"), "curl --head http://localhost:8080/v1/a");
    let remote = r#""servers": [{ "url": "//a.example/v1" }],"#;
    assert_eq!(first_line(remote, "get"), "curl https://a.example/v1/a");
}
