//! Tests of parsing and of source positions.

use std::path::Path;

use super::{Node, SourceMap};
use crate::diagnostics::{Diagnostics, FileId, Locate, NodeId};

/// Loads a text; also returns the reported codes in order.
fn load(text: impl Into<Vec<u8>>) -> (SourceMap, Vec<&'static str>) {
    load_as("api.yaml", text)
}

fn load_as(name: &str, text: impl Into<Vec<u8>>) -> (SourceMap, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text(name, text, &mut diagnostics);
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code.id()).collect();
    (sources, codes)
}

fn root(sources: &SourceMap) -> Node<'_> {
    sources.node(FileId(0), NodeId(0)).expect("a root")
}

/// Checks that a text is parsed without messages as the value of the JSON text.
fn check(text: &str, json: &str) {
    let (sources, codes) = load(text);
    assert_eq!(root(&sources).to_json().to_text(), json, "{text}");
    assert_eq!(codes, [""; 0], "{text}");
}

/// Checks that a text is parsed as the value, with these codes.
fn check_with(text: &str, json: &str, expected: &[&str]) {
    let (sources, codes) = load(text);
    assert_eq!(root(&sources).to_json().to_text(), json, "{text}");
    assert_eq!(codes, expected, "{text}");
}

fn refused(text: impl Into<Vec<u8>>, code: &str) -> String {
    refused_as("api.yaml", text, code)
}

fn refused_as(name: &str, text: impl Into<Vec<u8>>, code: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text(name, text, &mut diagnostics);
    assert!(root(&sources).is_null());
    let first = diagnostics.iter().next().expect("an error");
    assert_eq!(first.code.id(), code);
    first.message.clone()
}

/// Returns `path:line:column "marked" pointer` of the value at a pointer.
fn place(text: &str, keys: &[&str]) -> String {
    let (sources, _) = load(text);
    let step = |node: Node<'_>, key: &&str| match key.parse::<usize>() {
        Ok(position) if node.is_array() => node.items().nth(position).map(Node::id),
        _ => node.get(key).map(Node::id),
    };
    let found = keys
        .iter()
        .try_fold(NodeId(0), |id, key| step(sources.node(FileId(0), id)?, key));
    let node = found.and_then(|id| sources.node(FileId(0), id)).expect("a value");
    let located = sources.locate(node.place()).expect("a place");
    let marked: String = located
        .text
        .chars()
        .skip(located.column as usize - 1)
        .take(located.length as usize)
        .collect();
    format!(
        "{}:{}:{} `{marked}` {}",
        located.path,
        located.line,
        located.column,
        located.pointer.unwrap_or_default()
    )
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("{{\"a\":\"{0}\",\"b\":7,\"c\":\"{0}\"}}", "é".repeat(3000));
    let (sources, _) = load(text);
    let root = sources.node(FileId(0), NodeId(0)).expect("a root");
    let located = sources.locate(root.get("b").expect("b").place()).expect("a place");
    let before = located.column - 1 - located.skipped;
    let marked: String = located
        .text
        .chars()
        .skip(before as usize)
        .take(located.length as usize)
        .collect();
    assert_eq!((marked.as_str(), located.line, located.column), ("7", 1, 3013));
    assert!(located.text.len() < 2100, "{} bytes", located.text.len());
}

#[test]
fn plain_scalars_follow_yaml_1_2() {
    check(
        "[~, null, Null, '', true, True, false, FALSE]",
        r#"[null,null,null,"",true,true,false,false]"#,
    );
    check(
        "[yes, no, on, off, y, n, Yes, NO]",
        r#"["yes","no","on","off","y","n","Yes","NO"]"#,
    );
    check(
        "[2024-01-01, 2001-12-14t21:59:43.10-05:00, 12:30:45]",
        r#"["2024-01-01","2001-12-14t21:59:43.10-05:00","12:30:45"]"#,
    );
    check("[1, -1, 1.10, 1e3, 0, -0.5]", "[1,-1,1.10,1e3,0,-0.5]");
    check("[+1, .5, -.5, 1., 1.e3, 0x1F, 0o17]", "[1,0.5,-0.5,1,1e3,31,15]");
    check(
        "[007, 1_000, 0xZZ, ., +, '1', \"true\"]",
        r#"["007","1_000","0xZZ",".","+","1","true"]"#,
    );
    check(
        "[99999999999999999999999999, 1e400]",
        "[99999999999999999999999999,1e400]",
    );
    check("[.inf, -.Inf, .nan]", "[null,null,null]");
    check("[!!str 1, !!int '2', !custom 3]", r#"["1",2,"3"]"#);
}

#[test]
fn block_scalars_keep_their_text() {
    check(
        "a: |\n  one\n  two\nb: >-\n  one\n  two\n",
        r#"{"a":"one\ntwo\n","b":"one two"}"#,
    );
    check(
        "a: 'it''s'\nb: \"tab\\tend\"\nc: two\n  lines\n",
        r#"{"a":"it's","b":"tab\tend","c":"two lines"}"#,
    );
    check("a:\nb:\n- 1\n-\n", r#"{"a":null,"b":[1,null]}"#);
    check("", "null");
    check("# nothing\n", "null");
}

#[test]
fn scalar_keys_become_strings() {
    check(
        "200: a\ntrue: b\nnull: c\n1.5: d\n",
        r#"{"200":"a","true":"b","null":"c","1.5":"d"}"#,
    );
    check_with("? [a, {b: c}]\n: [d]\ne: f\n", r#"{"e":"f"}"#, &["W0106"]);
    check_with("? [&x 1]\n: b\nc: *x\n", r#"{"c":null}"#, &["W0106", "W0106"]);
    check_with("{ {template}: x, b: 1 }", r#"{"b":1}"#, &["W0106"]);
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    check("a: &x {k: [1]}\nb: *x\n", r#"{"a":{"k":[1]},"b":{"k":[1]}}"#);
    check("a: &x 1\n*x : 2\n", r#"{"a":1,"1":2}"#);
    check(
        "a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n",
        r#"{"a":{"k":1,"l":2},"b":{"k":1,"l":3}}"#,
    );
    check(
        "a: &x {k: 1}\nb: &y {k: 2, m: 4}\nc:\n  n: 5\n  <<: [*x, *y]\n",
        r#"{"a":{"k":1},"b":{"k":2,"m":4},"c":{"n":5,"k":1,"m":4}}"#,
    );
    check(
        "a: &x {k: 1}\nb: &y\n  <<: *x\nc: *y\n",
        r#"{"a":{"k":1},"b":{"k":1},"c":{"k":1}}"#,
    );
    check("<<: text\n", r#"{"<<":"text"}"#);
    check(r#"{"<<": {"a": 1}}"#, r#"{"<<":{"a":1}}"#);
    check_with("a: &x [1, *x]\n", r#"{"a":[1,null]}"#, &["W0107"]);
    assert!(refused("a: *nowhere\n", "E0102").contains("anchor"));
}

#[test]
fn alias_expansion_is_limited() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let below = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", [below.as_str(); 10].join(", ")));
    }
    assert!(refused(text, "E0108").contains("repeat"));
}

#[test]
fn last_duplicate_key_wins() {
    check_with("a: 1\nb: 2\na: {c: 3}\n", r#"{"b":2,"a":{"c":3}}"#, &["W0103"]);
    check_with(
        r#"{"a": [1, 2], "a": {"b": 1, "b": 2}}"#,
        r#"{"a":{"b":2}}"#,
        &["W0103", "W0103"],
    );
    let mut diagnostics = Diagnostics::default();
    SourceMap::from_text("api.yaml", "a: 1\na: 2\n", &mut diagnostics);
    let messages = diagnostics.iter().next().expect("a warning");
    assert_eq!(messages.labels.len(), 1);
    let many: String = (0..20).map(|n| format!("k{n}: {n}\n")).collect();
    let (sources, codes) = load(format!("{many}k7: again\n"));
    assert_eq!(codes, ["W0103"]);
    assert_eq!(root(&sources).get("k7").and_then(Node::as_str), Some("again"));
    assert_eq!(root(&sources).entries().count(), 20);
}

#[test]
fn only_the_first_document_is_read() {
    check("---\na: 1\n...\n", r#"{"a":1}"#);
    check_with("a: 1\n---\nb: 2\n", r#"{"a":1}"#, &["W0105"]);
}

#[test]
fn invalid_json_falls_back_to_yaml() {
    check(
        r#" {"a" : [1.50, -2e-3, "x\ty\u00e9\ud83d\ude00\/"], "b":{}, "c":[] , "d":null,"e":true} "#,
        r#"{"a":[1.50,-2e-3,"x\tyé😀/"],"b":{},"c":[],"d":null,"e":true}"#,
    );
    check(
        r#"["\ud83d", "\ude00x", "\ud83d\u0041"]"#,
        "[\"\u{fffd}\",\"\u{fffd}x\",\"\u{fffd}A\"]",
    );
    check("[\t1,\r\n2]", "[1,2]");
    for (text, json) in [
        ("{\"a\": 1,}", r#"{"a":1}"#),
        ("{'a': [1,]}", r#"{"a":[1]}"#),
        ("{\"a\": 01}", r#"{"a":"01"}"#),
    ] {
        check(text, json);
        let (sources, codes) = load_as("api.JSON", text);
        assert_eq!(
            (root(&sources).to_json().to_text().as_str(), codes),
            (json, vec!["W0104"])
        );
    }
    assert_eq!(
        refused_as("api.json", "{\"a\": [1, 2}", "E0102"),
        "invalid JSON: expected `,` or `]`"
    );
    assert_eq!(
        refused_as("api.json", "{\"a\": \"b", "E0102"),
        "invalid JSON: unexpected end of the text inside a string"
    );
    assert_eq!(
        refused_as("api.json", "{\"a\": tru}}", "E0102"),
        "invalid JSON: expected a value"
    );
    assert_ne!(refused("{\"a\": [1, 2}", "E0102"), "invalid JSON: expected `,` or `]`");
}

#[test]
fn nesting_depth_is_limited() {
    check(
        &format!("{}{}", "[".repeat(200), "]".repeat(200)),
        &format!("{}{}", "[".repeat(200), "]".repeat(200)),
    );
    refused("[".repeat(200_000), "E0109");
    refused("{\"a\":".repeat(200_000), "E0109");
    refused(
        (0..2_000)
            .map(|depth| format!("{}a:\n", " ".repeat(depth)))
            .collect::<String>(),
        "E0109",
    );
    let pasted = format!(
        "a: &a {}{}\nb: {}*a{}\n",
        "[".repeat(200),
        "]".repeat(200),
        "[".repeat(100),
        "]".repeat(100)
    );
    refused(pasted, "E0109");
}

#[test]
fn tabs_are_read_as_spaces() {
    check_with("a:\n\tb: 1\n\tc:\n\t\t- d\n", r#"{"a":{"b":1,"c":["d"]}}"#, &["W0111"]);
    check_with("a:\n    b: 1\n\tc: 2\n", r#"{"a":{"b":1,"c":2}}"#, &["W0111"]);
    check_with("a:\t1\nb:\t\t2\n", r#"{"a":1,"b":2}"#, &["W0111"]);
    check("a: 1\t\nb:\t\n  c: 2\n", r#"{"a":1,"b":{"c":2}}"#);
    refused("a:\n\t- 1\n\tb: 2\n", "E0102");
}

#[test]
fn encodings_are_detected() {
    check("\u{feff}a: 1\n", r#"{"a":1}"#);
    check("\u{feff}{\"a\": 1}", r#"{"a":1}"#);
    let utf16 = |big: bool| -> Vec<u8> {
        let units = "\u{feff}a: é\n".encode_utf16();
        units
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    for bytes in [utf16(true), utf16(false)] {
        let (sources, codes) = load(bytes);
        assert_eq!(
            (root(&sources).to_json().to_text(), codes.len()),
            ("{\"a\":\"é\"}".to_owned(), 0)
        );
    }
    let (sources, codes) = load(b"a: caf\xe9\n".to_vec());
    assert_eq!(
        (root(&sources).to_json().to_text(), codes),
        ("{\"a\":\"caf\u{fffd}\"}".to_owned(), vec!["W0110"])
    );
}

#[test]
fn values_have_places() {
    let yaml = "é: 'ü'\r\npaths:\r\n  /a~b/{id}:\r\n    get: [x, \"y y\"]\r\n";
    assert_eq!(place(yaml, &["é"]), "api.yaml:1:4 `'ü'` #/é");
    assert_eq!(
        place(yaml, &["paths", "/a~b/{id}", "get", "1"]),
        "api.yaml:4:14 `\"y y\"` #/paths/~1a~0b~1{id}/get/1"
    );
    // An object is located at its key.
    assert_eq!(
        place(yaml, &["paths", "/a~b/{id}"]),
        "api.yaml:3:3 `/a~b/{id}` #/paths/~1a~0b~1{id}"
    );
    let json = "{\n  \"a\": {\"b\\\"c\": [null, 12.0]},\n  \"$ref\": \"x\"\n}";
    assert_eq!(place(json, &["a", "b\"c", "1"]), "api.yaml:2:24 `12.0` #/a/b\"c/1");
    assert_eq!(place(json, &["a", "b\"c"]), "api.yaml:2:9 `\"b\\\"c\"` #/a/b\"c");
    // A reference is marked, but the pointer is that of its parent.
    assert_eq!(place(json, &["$ref"]), "api.yaml:3:11 `\"x\"` #");
    assert_eq!(place("a: |\n  one\n  two\n", &["a"]), "api.yaml:2:3 `one` #/a");
    assert_eq!(
        place("a: &x {b: 1}\nc:\n  <<: *x\n", &["c", "b"]),
        "api.yaml:1:11 `1` #/c/b"
    );
}

#[test]
fn syntax_errors_have_places() {
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("api.yaml", "a: 1\nb: [1, 2\nc: 3\n", &mut diagnostics);
    let error = diagnostics.iter().next().expect("an error");
    let located = sources.locate(error.place.expect("a place")).expect("a line");
    assert_eq!((error.code.id(), located.line), ("E0102", 3));
}

#[test]
fn large_objects_are_looked_up_by_index() {
    let text: String = (0..100).rev().map(|n| format!("k{n}: {n}\n")).collect();
    let (sources, _) = load(text);
    let root = root(&sources);
    assert!((0..100).all(|n| {
        root.get(&format!("k{n}"))
            .is_some_and(|value| value.to_json().as_i64() == Some(n))
    }));
    assert!(root.get("k100").is_none() && root.get("").is_none());
    assert_eq!(root.entries().next().map(|(key, _)| key), Some("k99"));
}

#[test]
fn missing_file_is_an_error_with_a_place() {
    let mut diagnostics = Diagnostics::default();
    let mut sources = SourceMap::new();
    let file = sources.load(Path::new("no/such/file.yaml"), &mut diagnostics);
    let error = diagnostics.iter().next().expect("an error");
    assert_eq!((file, error.code.id()), (FileId(0), "E0101"));
    assert!(error.message.ends_with("`no/such/file.yaml`: the file does not exist"));
    assert!(sources.locate(error.place.expect("a place")).is_some());
}

#[test]
fn continuation_lines_may_lack_indentation() {
    let json = r#"{"a":{"b":["x","y"],"c":"one two","d":1}}"#;
    check_with(
        "a:\n  b: [\n    x,\n    y\n  ]\n  c: \"one\ntwo\"\n  d: 1\n",
        json,
        &["W0116"],
    );
    assert_eq!(
        place("a:\n  b: [\n    x,\n  ]\n  d: 'é\nx'\n  e: 1\n", &["a", "e"]),
        "api.yaml:7:6 `1` #/a/e"
    );
    // A text that is invalid in another way is refused as before.
    refused("a: [\n]\nb: }\n", "E0102");
}

#[test]
fn duplicate_keys_on_one_long_line_are_located() {
    let keys: Vec<String> = (0..20_000).map(|key| format!("k{key}: é")).collect();
    let text = format!("{{{}, {}}}", keys.join(", "), keys.join(", "));
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("api.yaml", text.clone(), &mut diagnostics);
    let last = diagnostics.iter().last().expect("a warning");
    let located = last.place.and_then(|place| sources.locate(place)).expect("a place");
    let position = text.rfind("k19999").expect("the key");
    assert_eq!(located.column as usize, text[..position].chars().count() + 1);
    assert!(located.text.len() < 3000);
    assert_eq!(diagnostics.iter().count(), 20_000);
}

#[test]
fn merge_keys_of_large_objects_are_expanded() {
    let keys: Vec<String> = (0..5_000).map(|key| format!("k{key}: 1")).collect();
    let (sources, codes) = load(format!("a: &a {{{}}}\nb: {{<<: *a, k1: 2}}\n", keys.join(", ")));
    let merged = root(&sources).get("b").expect("an object");
    assert_eq!(merged.entries().count(), 5_000);
    assert_eq!(
        merged.get("k1").map(|one| one.to_json().to_text()).as_deref(),
        Some("2")
    );
    assert_eq!(codes, [""; 0]);
}
