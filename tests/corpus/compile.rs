//! Compiles all crates as members of one workspace, so that their dependencies are compiled once.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Row;
use crate::generate::{Outcome, folder};

/// The result of compiling a crate.
#[derive(Debug, Default)]
pub struct Checked {
    /// Whether the crate compiled.
    pub done: bool,
    /// The compile time; `None` if the crate was up to date.
    pub time: Option<Duration>,
    /// The rendered messages of the compiler.
    pub messages: Vec<String>,
}

/// Runs a Cargo command for all generated crates: `check`, `clippy` or `doc`.
pub fn compile(out: &Path, cargo: &str, rows: &mut [Row]) {
    let members: Vec<String> = rows
        .iter()
        .filter(|row| matches!(row.outcome, Outcome::Sdk(_)))
        .map(|row| row.document.krate())
        .collect();
    workspace(out, &members);
    let mut found = messages(out, cargo);
    for row in rows.iter_mut().filter(|row| matches!(row.outcome, Outcome::Sdk(_))) {
        let manifest = folder(&row.document, out).join("Cargo.toml");
        let checked = found.remove(&*manifest.to_string_lossy());
        row.checked = Some(checked.unwrap_or_default());
    }
}

fn workspace(out: &Path, members: &[String]) {
    let members: String = members.iter().map(|name| format!("  \"crates/{name}\",\n")).collect();
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = false\n");
    fs::write(out.join("Cargo.toml"), text).expect("the workspace");
}

/// Returns the messages of Cargo, by the manifest of the crate.
fn messages(out: &Path, cargo: &str) -> BTreeMap<String, Checked> {
    let mut command = Command::new(env!("CARGO"));
    command
        .arg(cargo)
        .args(["--workspace", "--keep-going", "--message-format=json"]);
    if cargo == "doc" {
        command.arg("--no-deps").env("RUSTDOCFLAGS", "-Dwarnings");
    } else {
        command.args(["--lib", "--examples"]);
    }
    // One job, so that the time between two crates is the compile time of the second one.
    let mut child = command
        .args(["--jobs", "1", "--target-dir"])
        .arg(out.join("target"))
        .current_dir(out)
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo starts");
    let lines = BufReader::new(child.stdout.take().expect("standard output")).lines();
    let mut found: BTreeMap<String, Checked> = BTreeMap::new();
    let mut last = Instant::now();
    for line in lines.map_while(Result::ok) {
        let Ok(line) = serde_json::from_str::<Value>(&line) else {
            continue;
        };
        let Some(manifest) = line["manifest_path"].as_str() else {
            continue;
        };
        let checked = found.entry(manifest.to_owned()).or_default();
        match line["reason"].as_str() {
            Some("compiler-message") => checked.messages.extend(rendered(&line["message"])),
            Some("compiler-artifact") if line["target"]["kind"][0] == "lib" => {
                checked.done = true;
                checked.time = (line["fresh"] != true).then(|| last.elapsed());
                last = Instant::now();
            }
            _ => {}
        }
    }
    // The rows contain the failures.
    child.wait().expect("cargo ends");
    found
}

/// Returns the text of a message, unless it is a summary of earlier messages.
fn rendered(message: &Value) -> Option<String> {
    let spans = message["spans"].as_array().is_some_and(|spans| !spans.is_empty());
    let is_summary = !spans && message["code"].is_null() && message["level"] != "error";
    let text = message["rendered"].as_str().unwrap_or_default().to_owned();
    (!is_summary).then_some(text)
}

/// Returns the number of dependencies of all crates together.
pub fn dependencies(out: &Path) -> Option<usize> {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--workspace",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(out)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&tree.stdout).into_owned();
    let crates: std::collections::BTreeSet<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|line| !line.is_empty() && !line.contains("/crates/api-"))
        .collect();
    Some(crates.len())
}
