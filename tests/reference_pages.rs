//! The reference pages in `docs/` are up to date with the code: the configuration, and a page for each diagnostic code.
//!
//! `UPDATE_PAGES=1 cargo test --test reference_pages` writes them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

mod common;

/// Returns the standard output of a run that succeeds.
fn output(arguments: &[&str]) -> String {
    let run = common::run(common::root(), arguments);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

/// Compares a page with its expected text, or writes it.
fn check(path: &Path, expected: &str) {
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, expected).expect("a page");
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    assert!(
        text == expected,
        "{} is out of date: run `UPDATE_PAGES=1 cargo test --test reference_pages`",
        path.display()
    );
}

#[test]
fn the_configuration_reference_is_up_to_date() {
    let page = output(&["schema", "--markdown"]);
    assert!(
        page.contains("### `env_prefix`") && page.contains("## `CursorRule`"),
        "{page}"
    );
    for section in page.split("\n### ").skip(1).filter(|section| section.starts_with('`')) {
        let section = section.split("\n## ").next().unwrap_or_default();
        assert!(section.contains("```yaml\n"), "the key has no example: {section}");
    }
    check(&common::root().join("docs/configuration.md"), &page);
}

#[test]
fn every_code_has_a_page() {
    let list = output(&["explain", "--codes"]);
    let folder = common::root().join("docs/diagnostics");
    let mut index = String::from("# Diagnostic codes\n\n`sdkwright explain CODE` prints these pages.\n\n");
    let mut pages = BTreeSet::from(["README.md".to_owned()]);
    for line in list.lines() {
        let (code, meaning) = line.split_once("  ").expect("a code and its meaning");
        let page = output(&["explain", code]);
        assert!(page.starts_with(&format!("# {code}: ")), "{page}");
        check(&folder.join(format!("{code}.md")), &page);
        index += &format!("- [`{code}`]({code}.md): {meaning}\n");
        pages.insert(format!("{code}.md"));
    }
    assert!(pages.len() > 70, "{pages:?}");
    check(&folder.join("README.md"), &index);
    let existing: BTreeSet<String> = common::files(&folder).into_keys().collect();
    assert_eq!(existing, pages, "pages of codes that do not exist");
}

#[test]
fn every_extension_in_the_code_is_documented() {
    let page = fs::read_to_string(common::root().join("docs/extensions.md")).expect("the page");
    let mut found = BTreeSet::new();
    for stage in ["read", "lower"] {
        let folder = common::root().join("generator/src").join(stage);
        for (path, bytes) in common::files(&folder) {
            if path.contains("tests") {
                continue;
            }
            let code = String::from_utf8(bytes).expect("UTF-8");
            let literals = code.split("\"x-").skip(1);
            found.extend(
                literals
                    .filter_map(|rest| rest.split_once('"'))
                    .map(|(name, _)| format!("x-{name}")),
            );
        }
    }
    // A prefix and two media types.
    found.retain(|name| !matches!(name.as_str(), "x-" | "x-www-form-urlencoded" | "x-json"));
    assert!(found.len() > 10, "{found:?}");
    let missing: Vec<&String> = found
        .iter()
        .filter(|name| !page.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in docs/extensions.md: {missing:?}");
}
