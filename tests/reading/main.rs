//! Generated clients read what servers send: the documents of `tests/cases/reading` become one crate, and a document with types
//! that can be configured becomes a crate for each choice. `program` calls their operations on a local server and compares what is
//! read.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::{Mapping, Value};

#[path = "../common/mod.rs"]
mod common;

/// Returns one document with the paths and schemas of all cases, whose names differ.
fn document() -> String {
    let folder = common::root().join("tests/cases/reading");
    let mut whole = Mapping::new();
    for (name, text) in common::files(&folder) {
        let case: Mapping = serde_yaml::from_slice(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        merge(&mut whole, case, &name);
    }
    whole.insert("openapi".into(), "3.1.0".into());
    serde_yaml::to_string(&whole).expect("a document")
}

/// Adds the entries of a case. Only `openapi`, `info` and `servers` may be in several cases.
fn merge(into: &mut Mapping, from: Mapping, name: &str) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Mapping(known)), Value::Mapping(more)) if key.as_str() != Some("info") => {
                let is_container = ["components", "schemas", "paths"].contains(&key.as_str().unwrap_or_default());
                assert!(is_container, "{name}: {key:?} is in two cases");
                merge(known, more, name);
            }
            (None, value) => {
                into.insert(key, value);
            }
            (Some(_), _) => {}
        }
    }
}

#[test]
fn generated_clients_read_what_servers_send() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reading");
    let source = scratch.join("program/src");
    fs::create_dir_all(&source).expect("a folder");
    let write = |path: &str, text: &str| fs::write(scratch.join(path), text).expect(path);
    write("openapi.yaml", &document());
    write("types.yaml", include_str!("../cases/emit/types.yaml"));
    write("sdkwright.yaml", include_str!("sdkwright.yaml"));
    let run = common::run(&scratch, &["generate", "--force"]);
    assert_eq!(run.status, 0, "{}", run.stderr);

    let members = ["reading", "exact", "timed", "texts", "program"];
    write(
        "Cargo.toml",
        &format!(
            "[workspace]\nmembers = {members:?}\nresolver = \"3\"\n\n[profile.dev]\ndebug = \"line-tables-only\"\n"
        ),
    );
    write("program/Cargo.toml", include_str!("program/Cargo.toml"));
    fs::copy(common::root().join("Cargo.lock"), scratch.join("Cargo.lock")).expect("the locked versions");
    for (name, text) in common::files(&common::root().join("tests/reading/program/src")) {
        fs::write(source.join(name), text).expect("a file");
    }
    fs::copy(common::root().join("tests/mock/server.rs"), source.join("server.rs")).expect("the server");

    // The dependencies of the SDK tests are shared.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .current_dir(&scratch)
        .args(["run", "--quiet", "--package", "program"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let (printed, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{printed}{errors}");
    let cases: usize = printed.trim().parse().expect("the number of cases");
    assert!(cases >= 100, "{cases} cases");
}
