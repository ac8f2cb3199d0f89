//! Files, functions and snapshots stay small enough to be read at once.

use crate::common;

/// The maximum number of lines of a source file.
const FILE: usize = 400;

/// The maximum number of lines of a function. A longer one states the reason in its comment: "long, because …".
const FUNCTION: usize = 60;

/// The maximum number of lines of a snapshot.
const SNAPSHOT: usize = 150;

/// The folders with source files that people write.
const SOURCES: &[&str] = &[
    "benches",
    "examples",
    "fuzz/src",
    "fuzz/targets",
    "generator",
    "runtime/src",
    "runtime/tests",
    "templates",
    "tests",
];

/// Returns the Rust files of the folders, with their paths and texts.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in SOURCES {
        for (path, bytes) in common::files(&common::root().join(folder)) {
            let is_written = !path.contains("target/") && !path.contains("node_modules/");
            if path.ends_with(".rs") && is_written {
                found.push((format!("{folder}/{path}"), String::from_utf8(bytes).expect("UTF-8")));
            }
        }
    }
    assert!(found.len() > 300, "{} files", found.len());
    found
}

#[test]
fn files_have_at_most_400_lines() {
    let long = sources().into_iter().filter_map(|(path, text)| {
        let lines = text.lines().count();
        (lines > FILE).then(|| format!("{path}: {lines} lines"))
    });
    let long: Vec<String> = long.collect();
    assert!(long.is_empty(), "split these files by concept:\n{}", long.join("\n"));
}

#[test]
fn functions_have_at_most_60_lines_or_a_reason() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        for function in functions(&text) {
            if function.lines > FUNCTION && !function.comment.contains("long, because") {
                long.push(format!("{path}: `{}` has {} lines", function.name, function.lines));
            }
        }
    }
    assert!(long.is_empty(), "split these functions:\n{}", long.join("\n"));
}

#[test]
fn snapshots_have_at_most_150_lines() {
    let mut long = Vec::new();
    for (path, bytes) in common::files(&common::root().join("tests/snapshots")) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        if lines > SNAPSHOT {
            long.push(format!("{path}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "take a slice of these files:\n{}", long.join("\n"));
}

/// A function of a source file.
struct Function<'t> {
    name: &'t str,
    lines: usize,
    /// The comment lines above it.
    comment: String,
}

/// Returns the functions of a file, without those inside other functions. rustfmt puts the last brace of a function below its
/// first word.
fn functions(text: &str) -> Vec<Function<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut functions, mut at) = (Vec::new(), 0);
    while at < lines.len() {
        let Some(name) = function_name(lines[at]) else {
            at += 1;
            continue;
        };
        let indent = &lines[at][..lines[at].len() - lines[at].trim_start().len()];
        let close = format!("{indent}}}");
        let ends = |line: &&str| **line == close || is_at(line, indent) && line.ends_with([';', '}']);
        let first_end = lines[at..].iter().position(ends);
        let length = first_end.unwrap_or(0) + 1;
        let above = lines[..at].iter().rev();
        let is_comment = |line: &&&str| line.trim_start().starts_with("//") || line.trim_start().starts_with("#[");
        functions.push(Function {
            name,
            lines: length,
            comment: above.take_while(is_comment).copied().collect::<Vec<_>>().join(" "),
        });
        at += length;
    }
    functions
}

/// Returns whether a line has exactly this indentation.
fn is_at(line: &str, indent: &str) -> bool {
    line.strip_prefix(indent).is_some_and(|rest| !rest.starts_with(' '))
}

/// Returns the name of the function that begins on a line.
fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    if let Some(public) = rest.strip_prefix("pub") {
        rest = match public.strip_prefix('(') {
            Some(scope) => scope.split_once(')')?.1,
            None => public,
        }
        .trim_start();
    }
    for word in ["const ", "async ", "unsafe "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let name = rest.strip_prefix("fn ")?;
    name.split(['(', '<']).next().filter(|name| !name.is_empty())
}

#[test]
fn functions_are_found_with_their_length_and_comment() {
    let text = "/// One.\n#[test]\npub(crate) async fn one<T>() {\n    fn inner() {}\n}\n\nimpl A {\n    fn two(\n        a: u8,\n    ) {\n    }\n}\n\
                trait T {\n    fn three();\n    fn four() {\n    }\n    fn five() {}\n}\n";
    let found: Vec<(&str, usize)> = functions(text).iter().map(|one| (one.name, one.lines)).collect();
    assert_eq!(found, [("one", 3), ("two", 4), ("three", 1), ("four", 2), ("five", 1)]);
    assert!(functions(text)[0].comment.contains("One."));
}
