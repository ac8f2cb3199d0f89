//! `sdkwright diff`: prints the changes of the Rust API between two versions of a document.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::Status;
use super::args::{Common, Diff, DiffFormat};
use super::jobs::{InvalidUsage, read_jobs};
use super::print::Printer;
use crate::diff::{Change, Level, diff, verdict};
use crate::session::{self, Input, Job};

/// Runs the command.
pub(super) fn run(arguments: &Diff, common: &Common, printer: &Printer) -> Status {
    match try_run(arguments, common, printer) {
        Ok(status) => status,
        Err(InvalidUsage) => Status::Usage,
    }
}

fn try_run(arguments: &Diff, common: &Common, printer: &Printer) -> Result<Status, InvalidUsage> {
    let mut crates = Vec::new();
    for document in [&arguments.old, &arguments.new] {
        let mut job = job(document, arguments, common, printer)?;
        job.allow_net = common.allow_net;
        job.allow_outside |= common.allow_outside;
        job.overlays.extend(common.overlays.iter().cloned());
        let (run, krate) = session::planned(&job);
        // Warnings are about the document, not about its changes.
        printer.errors(&run.diagnostics, &run);
        let Some(krate) = krate else { return Ok(Status::NoSdk) };
        crates.push(krate);
    }
    let changes = diff(&crates[0], &crates[1]);
    let text = match arguments.format {
        DiffFormat::Text => as_text(&changes),
        DiffFormat::Markdown => as_markdown(&changes),
        DiffFormat::Json => as_json(&changes),
    };
    Ok(printer.page(&text))
}

/// Returns the job of a document, with the settings of the SDK in the configuration that has the same document as `new`.
fn job(document: &str, arguments: &Diff, common: &Common, printer: &Printer) -> Result<Job, InvalidUsage> {
    let input = input(document, printer)?;
    let Some(config) = &common.config else {
        return Ok(Job::new("sdk", input, ""));
    };
    let jobs = read_jobs(config, printer)?;
    let new = Path::new(&arguments.new);
    match jobs.into_iter().find(|job| job.input.is_file(new)) {
        Some(mut job) => {
            job.input = input;
            Ok(job)
        }
        None => {
            let message = format!(
                "`{}` has no SDK with the document `{}`",
                config.display(),
                arguments.new
            );
            Err(printer.usage_error(&message, "pass the current document as NEW, or omit `--config`"))
        }
    }
}

/// Returns the input of a file, a URL, or a file of a git revision such as `HEAD~1:openapi.yaml`.
fn input(document: &str, printer: &Printer) -> Result<Input, InvalidUsage> {
    let path = Path::new(document);
    let revision = document.split_once(':').filter(|(_, rest)| !rest.starts_with("//"));
    let Some((_, name)) = revision.filter(|_| !path.exists()) else {
        return Ok(Input::from_argument(path));
    };
    let relative = if name.starts_with(['.', '/']) {
        document.to_owned()
    } else {
        document.replacen(':', ":./", 1)
    };
    let failed = |reason: &str| {
        let message = format!("cannot read `{document}` from git: {}", reason.trim());
        printer.usage_error(
            &message,
            "pass REVISION:PATH, with a path relative to the current folder",
        )
    };
    let output = Command::new("git")
        .args(["show", "--end-of-options", &relative])
        .output();
    let output = output.map_err(|error| failed(&error.to_string()))?;
    if !output.status.success() {
        return Err(failed(&String::from_utf8_lossy(&output.stderr)));
    }
    Ok(Input::from_text(document, String::from_utf8_lossy(&output.stdout)))
}

fn as_text(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let _ = writeln!(text, "{}  {}: {}", change.level.name(), change.item, change.message);
    }
    let count = |level: Level| changes.iter().filter(|change| change.level == level).count();
    let (major, minor) = (count(Level::Major), count(Level::Minor));
    let _ = writeln!(
        text,
        "verdict: {} ({major} major, {minor} minor)",
        verdict(changes).name()
    );
    text
}

fn as_markdown(changes: &[Change]) -> String {
    let mut text = String::new();
    for (level, title) in [(Level::Major, "Breaking changes"), (Level::Minor, "Additions")] {
        let mut of_level = changes.iter().filter(|change| change.level == level).peekable();
        if of_level.peek().is_some() {
            let _ = write!(text, "### {title}\n\n");
            for change in of_level {
                let _ = writeln!(text, "- `{}`: {}", change.item, change.message);
            }
            text.push('\n');
        }
    }
    if text.is_empty() {
        text.push_str("The API is unchanged.\n");
    }
    text.trim_end().to_owned() + "\n"
}

fn as_json(changes: &[Change]) -> String {
    let value = serde_json::json!({ "verdict": verdict(changes), "changes": changes });
    format!("{value:#}\n")
}
