//! The crate of every case under `tests/cases` compiles without warnings from rustc and clippy. All crates are in one workspace,
//! which shares the dependencies and their locked versions with this one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sdkwright::{Generator, Input};

mod common;

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
        assert_eq!(run.status, 0, "{document}:\n{}", run.stderr);
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
    write_workspace(&scratch, "[\"case-*\"]");

    check(&scratch, &["--workspace", "--lib", "--examples"]);
    // A large crate is also checked without its features and with each one alone.
    for feature in ["", "left-side", "default-api"] {
        let part = [
            "--package",
            "case-emit-features",
            "--lib",
            "--no-default-features",
            "--features",
            feature,
        ];
        check(&scratch, &part);
    }
}

/// The example with a build script, without running the build script, and the largest construct of modules: every file of
/// `kitchen-sink` as one module.
#[test]
fn modules_for_build_scripts_compile() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("modules");
    let (example, kitchen_sink) = (scratch.join("example"), scratch.join("kitchen-sink"));
    for package in [&example, &kitchen_sink] {
        fs::create_dir_all(package.join("src")).expect("a folder");
    }
    let source = common::root().join("examples/build-script");
    let text = |name: &str| fs::read_to_string(source.join(name)).expect(name);
    let module = Generator::new(Input::from_path(source.join("openapi.yaml")))
        .name("pets")
        .module_into(&scratch)
        .expect("a module");
    let manifest = text("Cargo.toml").replace("\n[workspace]\n", "");
    for line in module.dependencies.iter().filter(|line| !line.starts_with("tokio ")) {
        assert!(
            manifest.contains(line),
            "examples/build-script/Cargo.toml lacks `{line}`"
        );
    }
    let manifest = manifest.split("[build-dependencies]").next().unwrap_or_default();
    fs::write(example.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(example.join("src/main.rs"), text("src/main.rs")).expect("a program");

    let module = Generator::new(Input::from_path(common::root().join("spec/kitchen-sink.yaml")))
        .name("kitchen-sink")
        .module_into(&scratch)
        .expect("a module");
    let head =
        "[package]\nname = \"module-of-kitchen-sink\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n";
    let manifest = format!("{head}{}\n", module.dependencies.join("\n"));
    fs::write(kitchen_sink.join("Cargo.toml"), manifest).expect("a manifest");
    let library = "include!(concat!(env!(\"OUT_DIR\"), \"/kitchen_sink.rs\"));\n";
    fs::write(kitchen_sink.join("src/lib.rs"), library).expect("a library");
    write_workspace(&scratch, "[\"example\", \"kitchen-sink\"]");
    check(&scratch, &["--workspace"]);
}

/// Writes the manifest of a workspace with the profile and the locked versions of this one, so that built dependencies are shared.
fn write_workspace(folder: &Path, members: &str) {
    let manifest =
        format!("[workspace]\nmembers = {members}\nresolver = \"3\"\n\n[profile.dev]\ndebug = \"line-tables-only\"\n");
    fs::write(folder.join("Cargo.toml"), manifest).expect("a manifest");
    fs::copy(common::root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the locked versions");
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
        // Where the modules for build scripts are.
        .env("OUT_DIR", scratch)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let output_text = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && output_text.trim().is_empty(),
        "{output_text}"
    );
}
