//! The crate of every case under `tests/cases` compiles without warnings from rustc and clippy. All crates are in one workspace,
//! which shares the dependencies and their locked versions with this one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

mod common;

/// Cases without an SDK: their pagination rule does not apply.
const REJECTED: [&str; 1] = ["case-paging-declared"];

/// Returns the documents under `tests/cases`, each with the name of its crate.
fn cases() -> Vec<(String, PathBuf)> {
    let folder = common::root().join("tests/cases");
    let documents = common::files(&folder)
        .into_keys()
        .filter(|path| path.ends_with(".yaml"));
    let cases: Vec<_> = documents
        .map(|path| {
            let name = path.trim_end_matches(".yaml").replace(['/', '_', '.'], "-");
            (format!("case-{name}"), folder.join(path))
        })
        .collect();
    let names: BTreeSet<&str> = cases.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases have the same name");
    cases
}

/// Generates the crate of each case.
fn generate(workspace: &Path) {
    for (name, document) in cases() {
        let (out, document) = (name.as_str(), document.to_str().expect("a path of text"));
        let run = common::run(workspace, &["generate", document, "--out", out, "--name", &name]);
        let expected = i32::from(REJECTED.contains(&out));
        assert_eq!(run.status, expected, "{document}:\n{}", run.stderr);
    }
}

#[test]
fn all_cases_compile_without_warnings() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).expect("the folder of an earlier run is removed");
    }
    fs::create_dir_all(&scratch).expect("a folder");
    generate(&scratch);
    // The same profile and target folder as this workspace, so that built dependencies are shared.
    fs::write(
        scratch.join("Cargo.toml"),
        "[workspace]\nmembers = [\"case-*\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
    )
    .expect("a manifest");
    fs::copy(common::root().join("Cargo.lock"), scratch.join("Cargo.lock")).expect("the locked versions");

    check(&scratch, &["--workspace", "--lib", "--examples"]);
    // A large crate is also checked without its features and with each one alone.
    for feature in ["", "left-side", "default-api"] {
        let part = [
            "--package",
            "case-emit-parts",
            "--lib",
            "--no-default-features",
            "--features",
            feature,
        ];
        check(&scratch, &part);
    }
}

/// Runs clippy for a part of the workspace and checks that it prints nothing.
fn check(scratch: &Path, what: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .current_dir(scratch)
        .arg("clippy")
        .args(what)
        .args(["--quiet", "--message-format=short"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let output_text = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && output_text.trim().is_empty(),
        "{output_text}"
    );
}
