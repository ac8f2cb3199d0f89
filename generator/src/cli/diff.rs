//! `sdkwright diff`: prints the changes of the Rust API between two versions of a document, or since the committed SDK.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::Status;
use super::args::{Arguments, Common, Diff, DiffFormat};
use super::jobs::{InvalidUsage, jobs, read_jobs};
use super::print::Printer;
use crate::config::nearest;
use crate::diff::{Change, diff, lines, markdown, semver_level, summary};
use crate::krate::Surface;
use crate::session::{self, Input, Job, read_from_git};
use crate::write::{MANIFEST, Recorded};

/// Why there is no API to compare.
enum Failure {
    Usage,
    Document,
}

impl From<InvalidUsage> for Failure {
    fn from(InvalidUsage: InvalidUsage) -> Self {
        Self::Usage
    }
}

/// Runs the command.
pub(super) fn run(arguments: &Diff, all: &Arguments, printer: &Printer) -> Status {
    let text = match (&arguments.old, &arguments.new) {
        (Some(old), Some(new)) => between(old, new, arguments.format, &all.common, printer),
        (name, _) => since_committed(name.as_deref(), arguments.format, all, printer),
    };
    match text {
        Ok(text) => printer.page(&text),
        Err(Failure::Usage) => Status::Usage,
        Err(Failure::Document) => Status::NoSdk,
    }
}

/// Returns the changes between two versions.
fn between(old: &str, new: &str, format: DiffFormat, common: &Common, printer: &Printer) -> Result<String, Failure> {
    let [old, new] = [api(old, new, common, printer)?, api(new, new, common, printer)?];
    let changes = diff(&old, &new);
    Ok(match format {
        DiffFormat::Text => as_text(&changes),
        DiffFormat::Markdown => markdown(&changes),
        DiffFormat::Json => format!("{:#}\n", as_json(&changes)),
    })
}

/// Returns the changes of the SDKs of the configuration since they were committed.
fn since_committed(
    name: Option<&str>,
    format: DiffFormat,
    all: &Arguments,
    printer: &Printer,
) -> Result<String, Failure> {
    let jobs = jobs(all, printer)?;
    let selected: Vec<&Job> = jobs
        .iter()
        .filter(|job| name.is_none_or(|name| job.name == name))
        .collect();
    if let (Some(name), true) = (name, selected.is_empty()) {
        let message = format!("no SDK is named `{name}`, and NEW is missing");
        let help = match nearest(name, jobs.iter().map(|job| job.name.as_str())) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "pass OLD and NEW, or the name of an SDK of the configuration".to_owned(),
        };
        return Err(printer.usage_error(&message, &help).into());
    }
    let mut text = String::new();
    let mut values = Vec::new();
    for job in &selected {
        let Some(committed) = Recorded::of_folder(&job.out) else {
            let message = format!("`{}` has no committed SDK to compare with", job.name);
            return Err(printer.usage_error(&message, "run `sdkwright` first").into());
        };
        let changes = diff(&committed.api, &planned(job, printer)?);
        match format {
            DiffFormat::Text => text += &format!("# {}\n{}", job.name, as_text(&changes)),
            DiffFormat::Markdown => text += &format!("## {}\n\n{}\n", job.name, markdown(&changes)),
            DiffFormat::Json => {
                let mut value = as_json(&changes);
                value["name"] = job.name.clone().into();
                values.push(value);
            }
        }
    }
    Ok(match format {
        DiffFormat::Text => text,
        DiffFormat::Markdown => text.trim_end().to_owned() + "\n",
        DiffFormat::Json => format!("{:#}\n", Value::from(values)),
    })
}

/// Returns the API of a document, or of a committed SDK.
fn api(version: &str, new: &str, common: &Common, printer: &Printer) -> Result<Surface, Failure> {
    if let Some(manifest) = manifest(version) {
        let recorded = manifest.as_deref().ok().and_then(Recorded::parse);
        return recorded.map(|recorded| recorded.api).ok_or_else(|| {
            let reason = manifest
                .err()
                .unwrap_or_else(|| "it does not contain the API".to_owned());
            let message = format!("cannot use `{version}` as a manifest: {reason}");
            let help = "pass the folder of an SDK that this version of sdkwright generated";
            printer.usage_error(&message, help).into()
        });
    }
    let mut job = job(Input::from_argument(Path::new(version)), new, common, printer)?;
    job.allow_net = common.allow_net;
    job.allow_outside |= common.allow_outside;
    job.overlays.extend(common.overlays.iter().cloned());
    planned(&job, printer)
}

/// Returns the text of the manifest that an argument names: a folder or the file, on disk or in a git revision.
fn manifest(version: &str) -> Option<Result<String, String>> {
    let path = Path::new(version);
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| error.to_string());
    if path.is_dir() {
        return Some(read(&path.join(MANIFEST)));
    }
    if !version.ends_with(MANIFEST) {
        return None;
    }
    if path.exists() {
        return Some(read(path));
    }
    read_from_git(version).or_else(|| Some(read(path)))
}

fn planned(job: &Job, printer: &Printer) -> Result<Surface, Failure> {
    let (run, krate) = session::planned(job);
    // Warnings are about the document, not about its changes.
    printer.errors(&run.diagnostics, &run);
    krate.map(|krate| krate.manifest.api).ok_or(Failure::Document)
}

/// Returns the job of a document, with the settings of the SDK in the configuration that has the same document as `new`.
fn job(input: Input, new: &str, common: &Common, printer: &Printer) -> Result<Job, InvalidUsage> {
    let Some(config) = &common.config else {
        return Ok(Job::new("sdk", input, ""));
    };
    let jobs = read_jobs(config, printer)?;
    match jobs.into_iter().find(|job| job.input.is_file(Path::new(new))) {
        Some(mut job) => {
            job.input = input;
            Ok(job)
        }
        None => {
            let message = format!("`{}` has no SDK with the document `{new}`", config.display());
            Err(printer.usage_error(&message, "pass the current document as NEW, or omit `--config`"))
        }
    }
}

fn as_text(changes: &[Change]) -> String {
    format!("{}semver level: {}\n", lines(changes), summary(changes))
}

fn as_json(changes: &[Change]) -> Value {
    json!({ "semver_level": semver_level(changes), "changes": changes })
}
