//! The output: diagnostics on standard error, results on standard output.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Write};

use anstream::AutoStream;
use serde_json::Value;

use super::args::{Color, Common, Format};
use super::jobs::InvalidUsage;
use super::{Status, annotations, command, progress};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Locate, Located, Place, Severity, render};
use crate::diff::{lines, semver_level, summary};
use crate::session::{ApiChanges, Explanation, Mode, Run, Sdk};
use crate::write::Outcome;

/// Prints diagnostics and results in the requested format.
pub(super) struct Printer {
    format: Format,
    /// The lowest severity that is printed.
    least: Severity,
    quiet: bool,
    verbose: bool,
    color: anstream::ColorChoice,
    /// The results of a SARIF log, which is printed at the end.
    results: RefCell<Vec<Value>>,
}

/// The number of diagnostics of one code that are shown in full, unless the output is verbose.
const SHOWN_PER_CODE: usize = 3;

/// A [`Locate`] without files, for diagnostics that do not refer to one.
struct NoFiles;

impl Locate for NoFiles {
    fn locate(&self, _: Place) -> Option<Located> {
        None
    }
}

impl Printer {
    pub(super) fn new(common: &Common) -> Self {
        let least = match (common.quiet, common.verbose) {
            (true, _) => Severity::Error,
            (false, false) => Severity::Warning,
            (false, true) => Severity::Note,
        };
        Self {
            format: common.message_format,
            least,
            quiet: common.quiet,
            verbose: common.verbose,
            color: match common.color {
                Color::Auto => anstream::ColorChoice::Auto,
                Color::Always => anstream::ColorChoice::Always,
                Color::Never => anstream::ColorChoice::Never,
            },
            results: RefCell::new(Vec::new()),
        }
    }

    /// Prints what is printed once, at the end of the run.
    pub(super) fn finish(&self) {
        if self.format == Format::Sarif {
            let log = annotations::sarif(&self.results.borrow());
            write_text(&mut io::stdout().lock(), &format!("{log:#}\n"));
        }
    }

    /// Runs some work. Its progress is shown to people, on a terminal.
    pub(super) fn with_progress<T>(&self, label: &str, work: impl FnOnce() -> T) -> T {
        if self.format == Format::Human && !self.quiet {
            progress::with_progress(label, work)
        } else {
            work()
        }
    }

    /// Prints that files are watched.
    pub(super) fn watching(&self, files: usize) {
        if self.format == Format::Human && !self.quiet {
            self.write_error(&format!(
                "watching {} for changes; press Ctrl-C to end\n",
                count(files, "file")
            ));
        }
    }

    /// Prints a page on standard output.
    pub(super) fn page(&self, text: &str) -> Status {
        write_text(&mut io::stdout().lock(), text);
        Status::Success
    }

    /// Prints diagnostics. For people, only the first warnings of each code are shown in full, with a count of the others.
    pub(super) fn diagnostics(&self, diagnostics: &Diagnostics, sources: &dyn Locate) {
        let mut counts: HashMap<Code, usize> = HashMap::new();
        let printed = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity >= self.least);
        let grouped = self.format == Format::Human && !self.verbose;
        for diagnostic in printed.clone() {
            let count = counts.entry(diagnostic.code).or_default();
            *count += 1;
            if !grouped || *count <= SHOWN_PER_CODE || diagnostic.severity == Severity::Error {
                self.diagnostic(diagnostic, sources);
            }
        }
        if grouped {
            for diagnostic in printed.filter(|diagnostic| diagnostic.severity < Severity::Error) {
                if let Some(count) = counts.remove(&diagnostic.code).filter(|count| *count > SHOWN_PER_CODE) {
                    self.more(diagnostic, count - SHOWN_PER_CODE);
                }
            }
        }
    }

    /// Prints the errors among some diagnostics.
    pub(super) fn errors(&self, diagnostics: &Diagnostics, sources: &dyn Locate) {
        for diagnostic in diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
        {
            self.diagnostic(diagnostic, sources);
        }
    }

    /// Prints how many diagnostics of a code are not shown.
    fn more(&self, diagnostic: &Diagnostic, hidden: usize) {
        let severity = render::severity_name(diagnostic.severity);
        let (id, rule) = (diagnostic.code.id(), diagnostic.code.rule());
        let line = format!("{severity}[{id}]: {hidden} more ({rule}); pass `--verbose` to show all\n");
        self.write_error(&line);
    }

    /// Writes a text with styles to standard error.
    fn write_error(&self, text: &str) {
        write_text(&mut AutoStream::new(io::stderr(), self.color), text);
    }

    /// Prints an error of the command line or the configuration.
    pub(super) fn usage_error(&self, message: &str, help: &str) -> InvalidUsage {
        self.diagnostic(
            &Diagnostic::new(Code::Configuration, None, message).help(help),
            &NoFiles,
        );
        InvalidUsage
    }

    fn diagnostic(&self, diagnostic: &Diagnostic, sources: &dyn Locate) {
        let text = match self.format {
            Format::Human => render::human(diagnostic, sources, &render::Theme::colored()),
            Format::Json => render::json(diagnostic, sources),
            Format::Github => annotations::github(diagnostic, sources),
            Format::Sarif => {
                self.results
                    .borrow_mut()
                    .push(annotations::sarif_result(diagnostic, sources));
                return;
            }
        };
        self.write_error(&text);
    }

    /// Prints the result of a job.
    pub(super) fn run(&self, run: &Run, mode: Mode) -> Status {
        self.diagnostics(&run.diagnostics, run);
        let Some(sdk) = &run.sdk else {
            self.failure(run, mode);
            return Status::NoSdk;
        };
        match self.format {
            // Standard output contains only the log.
            Format::Sarif => {}
            Format::Human | Format::Github => self.result(run, sdk, mode),
            Format::Json => write_text(&mut io::stdout().lock(), &format!("{}\n", as_json(run, sdk))),
        }
        if sdk.drift.is_empty() {
            return Status::Success;
        }
        let (files, verb) = (sdk.drift.len(), if sdk.drift.len() == 1 { "differs" } else { "differ" });
        let message = format!("`{}` is out of date: {} {verb}", run.name, count(files, "file"));
        let help = format!(
            "run `{}`, review the changes and commit them",
            command::update_command()
        );
        self.diagnostic(&Diagnostic::new(Code::Drift, None, message).help(help), &NoFiles);
        Status::Drift
    }

    /// Prints how many documents `validate` checked, and how many problems it found.
    pub(super) fn checked(&self, runs: &[Run]) {
        if matches!(self.format, Format::Json | Format::Sarif) || self.quiet {
            return;
        }
        let total = |severity: Severity| -> usize { runs.iter().map(|run| run.diagnostics.count(severity)).sum() };
        let line = format!(
            "checked {}: {}, {}\n",
            count(runs.len(), "document"),
            count(total(Severity::Error), "error"),
            count(total(Severity::Warning), "warning")
        );
        write_text(&mut io::stdout().lock(), &line);
    }

    /// Prints how a document, or a part of it, is interpreted. Returns whether there was anything to print.
    pub(super) fn explanation(&self, explanation: &Explanation, what: Option<&str>) -> bool {
        self.diagnostics(&explanation.run.diagnostics, &explanation.run);
        let Some(text) = explanation.text(what) else {
            return false;
        };
        write_text(&mut io::stdout().lock(), &format!("# {}\n{text}", explanation.run.name));
        true
    }

    /// Prints one line about a job without an SDK.
    fn failure(&self, run: &Run, mode: Mode) {
        if matches!(self.format, Format::Human | Format::Github) && !self.quiet {
            let counts = problem_counts(&run.diagnostics);
            let line = match mode {
                Mode::Write => format!("{}: no files written{counts}\n", run.name),
                Mode::Render | Mode::DryRun | Mode::Check => {
                    format!("{}: {}\n", run.name, counts.trim_start_matches(", "))
                }
            };
            write_text(&mut io::stderr().lock(), &line);
        }
    }

    /// Prints one line about the changes of the API since the committed SDK, after the list of changes if the output is verbose.
    fn changes(&self, name: &str, changes: &ApiChanges, out: &mut dyn Write) {
        let ApiChanges { changes, from, to } = changes;
        let Some(from) = from else { return };
        if self.verbose {
            write_text(out, &lines(changes));
        }
        let version = if from == to {
            String::new()
        } else {
            format!("; version {from} -> {to}")
        };
        if !changes.is_empty() {
            write_text(out, &format!("{name}: semver level {}{version}\n", summary(changes)));
        } else if from != to {
            write_text(out, &format!("{name}: the public API is unchanged{version}\n"));
        }
    }

    /// Prints one line about the SDK, after the list of files if it is requested.
    fn result(&self, run: &Run, sdk: &Sdk, mode: Mode) {
        let (outcome, out) = (&sdk.outcome, &mut io::stdout().lock());
        let (write, remove) = if mode == Mode::Write {
            ("wrote", "removed")
        } else {
            ("write", "remove")
        };
        if mode == Mode::DryRun || (mode == Mode::Write && self.verbose) {
            let written = outcome.written.iter().map(|path| format!("{write} {path}\n"));
            let removed = outcome.removed.iter().map(|path| format!("{remove} {path}\n"));
            written.chain(removed).for_each(|line| write_text(out, &line));
        }
        write_text(out, &sdk.drift.to_string());
        if !self.quiet {
            let contents = [
                (sdk.operations, "operation"),
                (sdk.models, "model"),
                (sdk.file_count, "file"),
            ];
            let contents = contents.map(|(number, word)| count(number, word)).join(", ");
            let changes = match mode {
                Mode::Render => String::new(),
                Mode::Write => change_counts(outcome, "written", "removed"),
                Mode::DryRun | Mode::Check => change_counts(outcome, "to write", "to remove"),
            };
            write_text(
                out,
                &format!(
                    "{}: {contents}{changes}{}\n",
                    run.name,
                    problem_counts(&run.diagnostics)
                ),
            );
            self.changes(&run.name, &sdk.changes, out);
        }
    }
}

/// Writes a text. A closed pipe is not an error.
fn write_text(out: &mut dyn Write, text: &str) {
    let _ = out.write_all(text.as_bytes());
}

/// Returns counts such as ` (3 written, 59 unchanged)`.
fn change_counts(outcome: &Outcome, written: &str, removed: &str) -> String {
    let mut counts = format!(" ({} {written}, {} unchanged", outcome.written.len(), outcome.unchanged);
    if !outcome.removed.is_empty() {
        counts += &format!(", {} {removed}", outcome.removed.len());
    }
    counts + ")"
}

/// Returns counts such as `, 1 error, 3 warnings`, or an empty string if there are neither.
fn problem_counts(diagnostics: &Diagnostics) -> String {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = kinds.map(|(severity, word)| (diagnostics.count(severity), word));
    counts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!(", {}", count(*number, word)))
        .collect()
}

pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Returns the result as a JSON object.
fn as_json(run: &Run, sdk: &Sdk) -> Value {
    let Outcome {
        written,
        unchanged,
        removed,
    } = &sdk.outcome;
    serde_json::json!({
        "name": run.name,
        "operations": sdk.operations,
        "models": sdk.models,
        "files": sdk.file_count,
        "written": written,
        "unchanged": unchanged,
        "removed": removed,
        "warnings": run.diagnostics.count(Severity::Warning),
        "version": sdk.changes.to,
        "semver_level": sdk.changes.from.as_ref().map(|_| semver_level(&sdk.changes.changes)),
        "changes": sdk.changes.changes,
    })
}
