//! One run of the generator, in a process of its own, so that whatever happens to it is one row of the table.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::documents::Document;

/// How long a run may take. A generator without optimisation takes some twenty seconds for the largest documents.
const TIME: Duration = Duration::from_secs(180);

/// How much address space a run may have, in KiB. Its stacks are large, but take no memory that they do not use.
const MEMORY: u32 = 6 << 20;

/// What a run gave.
#[derive(Debug)]
pub enum Made {
    Sdk(Sdk),
    /// The generator would not write a crate, and said why.
    Refused(Vec<Finding>),
    /// It ended in a way that it should not.
    Broken(String),
}

/// What is known of a crate without compiling it.
#[derive(Debug)]
pub struct Sdk {
    pub operations: usize,
    /// Operations that the document itself keeps out of SDKs.
    pub kept_out: usize,
    pub schemas: usize,
    /// The nodes that the crate does not carry faithfully.
    pub dropped: usize,
    pub findings: Vec<Finding>,
    pub time: Duration,
    /// The lines of Rust in `src`, by the folder that they stand in.
    pub lines: BTreeMap<String, usize>,
}

impl Sdk {
    /// All lines of Rust.
    pub fn all_lines(&self) -> usize {
        self.lines.values().sum()
    }
}

/// Something that the generator said.
#[derive(Debug)]
pub struct Finding {
    pub code: String,
    /// Whether it says where in the document.
    pub located: bool,
    pub text: String,
}

/// The folder of a document's crate.
pub fn folder(document: &Document, out: &Path) -> PathBuf {
    out.join("crates").join(document.krate())
}

/// Makes the crate of a document.
pub fn generate(document: &Document, out: &Path) -> Made {
    let folder = folder(document, out);
    let start = Instant::now();
    let (status, said) = match run(document, &folder) {
        Ok(ended) => ended,
        Err(how) => return Made::Broken(how),
    };
    let time = start.elapsed();
    let findings = findings(&said);
    match status.code() {
        Some(0) => match sdk(document, &folder, findings, time) {
            Some(sdk) => Made::Sdk(sdk),
            None => Made::Broken("there is no manifest".to_owned()),
        },
        Some(1) if findings.iter().any(|finding| finding.code.starts_with('E')) => Made::Refused(findings),
        _ => Made::Broken(format!("{status}: {}", said.lines().last().unwrap_or_default())),
    }
}

/// Runs the generator to its end, or to the end of what it may take. Gives its status, and what it said of the document.
fn run(document: &Document, folder: &Path) -> Result<(ExitStatus, String), String> {
    let said = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let stderr = File::create(said.path()).map_err(|error| error.to_string())?;
    let mut child = limited(env!("CARGO_BIN_EXE_sdkwright"))
        .arg("generate")
        .arg(&document.path)
        .arg("--out")
        .arg(folder)
        .args(["--name", &document.krate(), "--message-format", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .map_err(|error| error.to_string())?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok((status, fs::read_to_string(said.path()).unwrap_or_default()));
        }
        if start.elapsed() > TIME {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("no end after {} s", TIME.as_secs()));
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// A program with a limit of memory, where the system has a shell that sets one.
fn limited(program: &str) -> Command {
    if !cfg!(unix) {
        return Command::new(program);
    }
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""), program]);
    command
}

fn findings(said: &str) -> Vec<Finding> {
    let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
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
    let kept_out = dropped
        .filter(|dropped| {
            dropped["reason"]
                .as_str()
                .is_some_and(|reason| reason.starts_with("kept out"))
        })
        .filter(|dropped| {
            dropped["pointer"]
                .as_str()
                .is_some_and(|at| document.operations.contains(at))
        })
        .count();
    Some(Sdk {
        operations: length("operations"),
        kept_out,
        schemas: length("schemas"),
        dropped: length("dropped"),
        findings,
        time,
        lines: lines(folder, &manifest),
    })
}

/// The lines of Rust of a crate. Files at the top of `src` are counted as `src`.
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
