//! Checks that texts use the standard terms of the field: comments, messages, templates, documentation and generated SDKs.

use std::collections::BTreeMap;
use std::fs;

#[path = "../common/mod.rs"]
mod common;
mod text;
mod words;

use text::Region;
use words::{EXCEPTIONS, PATTERNS};

/// The folders whose texts are checked, and the files of the root folder.
const CHECKED: &[&str] = &[
    "benches",
    "docs",
    "fuzz",
    "generated",
    "generator",
    "runtime",
    "spec",
    "templates",
    "tests",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "Cargo.toml",
    ".ci",
    ".github",
];

/// Returns the regions of a file whose words are checked.
fn regions(path: &str, text: &str) -> Vec<Region> {
    let extension = path.rsplit('.').next().unwrap_or_default();
    if path.starts_with("tests/snapshots/") || path.contains("/node_modules/") {
        return Vec::new();
    }
    // The texts of test documents imitate the documents of others. Only the comments are ours.
    if path.starts_with("tests/cases/") {
        return text::lines(text, |line| line.trim_start().starts_with('#'));
    }
    let is_test = path.starts_with("tests/") || path.contains("/tests") || path.starts_with("benches/");
    match extension {
        "rs" => text::rust(text, !is_test),
        "md" | "j2" => text::lines(text, |_| true),
        "yaml" | "toml" if !path.contains("sdk-manifest") => text::lines(text, |_| true),
        "sh" | "mjs" => text::lines(text, |line| line.trim_start().starts_with(['#', '/', '*'])),
        _ => Vec::new(),
    }
}

#[test]
fn texts_use_standard_terms() {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut files = 0;
    for checked in CHECKED {
        let path = common::root().join(checked);
        let entries = if path.is_file() {
            vec![(String::new(), fs::read(&path).expect("a file"))]
        } else {
            common::files(&path).into_iter().collect()
        };
        for (name, bytes) in entries {
            let path = format!("{checked}/{name}").trim_end_matches('/').to_owned();
            if path.split('/').any(|step| step == "target") {
                continue;
            }
            let Ok(text) = String::from_utf8(bytes) else { continue };
            files += 1;
            for region in regions(&path, &text) {
                for (phrase, plain) in words::find(&region.text, PATTERNS) {
                    let is_exception = |exception: &&words::Exception| {
                        path.starts_with(exception.path) && region.text.contains(exception.text)
                    };
                    if !EXCEPTIONS.iter().any(|exception| is_exception(&exception)) {
                        let message = format!("{path}:{}: `{phrase}`: use {plain}", region.line);
                        found.entry(path.clone()).or_default().push(message);
                    }
                }
            }
        }
    }
    assert!(files > 500, "only {files} files were checked");
    let total: usize = found.values().map(Vec::len).sum();
    let lines: Vec<String> = found.into_values().flatten().collect();
    assert!(
        lines.is_empty(),
        "{total} phrases that readers do not expect:\n{}",
        lines.join("\n")
    );
}

#[test]
fn phrases_are_found_by_whole_words() {
    let found = |text: &str| -> Vec<String> {
        words::find(text, PATTERNS)
            .into_iter()
            .map(|(phrase, _)| phrase)
            .collect()
    };
    assert_eq!(
        found("It Mends the text, and\ntells it apart."),
        ["Mends", "tells it apart"]
    );
    assert_eq!(
        found("a recommended amendment, an untold story, a walkthrough"),
        Vec::<String>::new()
    );
    assert_eq!(found("This is no path."), ["is no path"]);
    assert_eq!(found("There is no path. It is no longer used."), Vec::<String>::new());
    assert_eq!(found("`told` and `answer()` are code"), Vec::<String>::new());
}

#[test]
fn comments_and_strings_of_rust_are_found() {
    let code = r##"
        //! Head.
        let a = "one \" two"; // three
        let b = r#"four"#; let c = '"'; let d = "five";
        fn told<'a>() { /* six */ }
    "##;
    let texts: Vec<String> = text::rust(code, true)
        .into_iter()
        .map(|region| region.text.trim().to_owned())
        .collect();
    assert_eq!(texts, ["! Head.", "one \\\" two", "three", "four", "five", "six"]);
    assert_eq!(text::rust(code, false).len(), 3);
}
