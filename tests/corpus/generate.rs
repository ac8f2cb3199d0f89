//! Runs the generator for one document in a separate process, so that a crash affects only one row of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::documents::Document;

/// The time limit of a run. An unoptimized generator takes about 20 seconds for the largest documents.
const TIME: Duration = Duration::from_secs(180);

/// The limit of the address space of a run, in KiB. Stacks are large, but only their used part takes memory.
const MEMORY: u32 = 6 << 20;

/// The result of a run.
#[derive(Debug)]
pub enum Outcome {
    Sdk(Sdk),
    /// The generator reported errors and wrote no crate.
    Rejected(Vec<Finding>),
    /// The generator crashed, exceeded a limit or wrote invalid output.
    Broken(String),
}

/// The facts of a crate that do not need compilation.
#[derive(Debug)]
pub struct Sdk {
    pub operations: usize,
    /// The number of operations that the document excludes from SDKs.
    pub excluded: usize,
    pub schemas: usize,
    /// The number of nodes that the crate does not represent faithfully.
    pub dropped: usize,
    pub findings: Vec<Finding>,
    pub time: Duration,
    /// The number of lines of Rust in `src`, by folder.
    pub lines: BTreeMap<String, usize>,
}

impl Sdk {
    /// Returns the number of lines of Rust.
    pub fn all_lines(&self) -> usize {
        self.lines.values().sum()
    }
}

/// A diagnostic of the generator.
#[derive(Debug)]
pub struct Finding {
    pub code: String,
    /// Whether it has a position.
    pub located: bool,
    pub text: String,
}

/// Returns the folder of a document's crate.
pub fn folder(document: &Document, out: &Path) -> PathBuf {
    out.join("crates").join(document.krate())
}

/// Generates the crate of a document.
pub fn generate(document: &Document, out: &Path) -> Outcome {
    let folder = folder(document, out);
    let start = Instant::now();
    let (status, stderr) = match run(document, &folder) {
        Ok(ended) => ended,
        Err(how) => return Outcome::Broken(how),
    };
    let time = start.elapsed();
    let findings = findings(&stderr);
    match status.code() {
        Some(0) => match sdk(document, &folder, findings, time) {
            Some(sdk) => Outcome::Sdk(sdk),
            None => Outcome::Broken("the manifest is missing".to_owned()),
        },
        Some(1) if findings.iter().any(|finding| finding.code.starts_with('E')) => Outcome::Rejected(findings),
        _ => Outcome::Broken(format!("{status}: {}", stderr.lines().last().unwrap_or_default())),
    }
}

/// Runs the generator until it ends or exceeds its time limit. Returns its status and its standard error.
fn run(document: &Document, folder: &Path) -> Result<(ExitStatus, String), String> {
    let log = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let stderr = File::create(log.path()).map_err(|error| error.to_string())?;
    let mut child = limited(env!("CARGO_BIN_EXE_sdkwright"))
        .arg("generate")
        .arg(&document.path)
        .arg("--out")
        .arg(folder)
        // Some documents of a corpus share files with others.
        .arg("--allow-outside")
        .args(["--name", &document.krate(), "--message-format", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .map_err(|error| error.to_string())?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok((status, fs::read_to_string(log.path()).unwrap_or_default()));
        }
        if start.elapsed() > TIME {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("not finished after {} s", TIME.as_secs()));
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Returns a command with a memory limit, on systems whose shell can set one.
fn limited(program: &str) -> Command {
    if !cfg!(unix) {
        return Command::new(program);
    }
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""), program]);
    command
}

fn findings(stderr: &str) -> Vec<Finding> {
    let lines = stderr
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    lines
        .map(|line| Finding {
            code: text(&line, "code"),
            located: line["line"].is_u64() || line["file"].is_string() && line["pointer"].is_string(),
            text: text(&line, "message"),
        })
        .collect()
}

fn sdk(document: &Document, folder: &Path, findings: Vec<Finding>, time: Duration) -> Option<Sdk> {
    let manifest = fs::read(folder.join("sdk-manifest.json")).ok()?;
    let manifest: Value = serde_json::from_slice(&manifest).ok()?;
    let length = |key: &str| manifest[key].as_array().map_or(0, Vec::len);
    let dropped = manifest["dropped"].as_array().into_iter().flatten();
    let excluded = dropped
        .filter(|dropped| {
            dropped["reason"]
                .as_str()
                .is_some_and(|reason| reason.starts_with("excluded by"))
        })
        .filter(|dropped| {
            dropped["pointer"]
                .as_str()
                .is_some_and(|at| document.operations.contains(at))
        })
        .count();
    // An operation has a method for each media type of its body.
    let pointers = manifest["operations"].as_array().into_iter().flatten();
    let operations: BTreeSet<&str> = pointers.filter_map(|operation| operation["pointer"].as_str()).collect();
    Some(Sdk {
        operations: operations.len(),
        excluded,
        schemas: length("schemas"),
        dropped: length("dropped"),
        findings,
        time,
        lines: lines(folder, &manifest),
    })
}

/// Counts the lines of Rust of a crate by folder. Files directly in `src` count as `src`.
fn lines(folder: &Path, manifest: &Value) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for path in manifest["files"].as_object().into_iter().flat_map(|files| files.keys()) {
        let Some(below) = path.strip_prefix("src/").filter(|path| path.ends_with(".rs")) else {
            continue;
        };
        let part = below.split_once('/').map_or("src", |(part, _)| part);
        let text = fs::read_to_string(folder.join(path)).unwrap_or_default();
        *lines.entry(part.to_owned()).or_default() += text.lines().count();
    }
    lines
}
