//! What the user sees: messages on standard error, results on standard output.

use std::io::{self, Write};

use super::args::{Common, Format};
use super::jobs::Refused;
use super::{Status, command};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Locate, Located, Place, Severity, render};
use crate::session::{Explanation, Mode, Run, Sdk};
use crate::write::Outcome;

/// Prints for one run.
pub(super) struct Printer {
    format: Format,
    /// The least severity that is told.
    least: Severity,
    quiet: bool,
    verbose: bool,
}

/// Locates nothing, for messages that are about no file.
struct Nowhere;

impl Locate for Nowhere {
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
        }
    }

    /// Tells diagnostics.
    pub(super) fn diagnostics(&self, diagnostics: &Diagnostics, places: &dyn Locate) {
        for diagnostic in diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity >= self.least)
        {
            self.diagnostic(diagnostic, places);
        }
    }

    /// Tells why the command line or the configuration makes no sense.
    pub(super) fn refuse(&self, message: &str, help: &str) -> Refused {
        self.diagnostic(
            &Diagnostic::new(Code::Configuration, None, message).help(help),
            &Nowhere,
        );
        Refused
    }

    fn diagnostic(&self, diagnostic: &Diagnostic, places: &dyn Locate) {
        let text = match self.format {
            Format::Human => render::human(diagnostic, places),
            Format::Json => render::json(diagnostic, places),
        };
        say(&mut io::stderr().lock(), &text);
    }

    /// Tells what came of a job.
    pub(super) fn run(&self, run: &Run, mode: Mode) -> Status {
        self.diagnostics(&run.diagnostics, run);
        let Some(sdk) = &run.sdk else {
            self.failure(run);
            return Status::NoSdk;
        };
        match self.format {
            Format::Human => self.result(run, sdk, mode),
            Format::Json => say(&mut io::stdout().lock(), &format!("{}\n", as_json(run, sdk))),
        }
        if sdk.drift.is_empty() {
            return Status::Fine;
        }
        let differ = count(sdk.drift.len(), "file");
        let message = format!(
            "the crate `{}` is not what sdkwright writes now: {differ} differ",
            run.name
        );
        let help = format!("run `{}`, then read the change and commit it", command::that_mends());
        self.diagnostic(&Diagnostic::new(Code::Drift, None, message).help(help), &Nowhere);
        Status::Drift
    }

    /// Shows how a document, or a part of it, is understood. Says whether there is anything to show.
    pub(super) fn explanation(&self, explanation: &Explanation, what: Option<&str>) -> bool {
        self.diagnostics(&explanation.run.diagnostics, &explanation.run);
        let Some(dump) = explanation.dump(what) else {
            return false;
        };
        say(&mut io::stdout().lock(), &format!("# {}\n{dump}", explanation.run.name));
        true
    }

    /// Tells why there is no SDK, in one line.
    fn failure(&self, run: &Run) {
        if self.format == Format::Human && !self.quiet {
            let line = format!("{}: nothing written{}\n", run.name, flaws(&run.diagnostics));
            say(&mut io::stderr().lock(), &line);
        }
    }

    /// Tells what was made, in one line, and the files where they matter.
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
            written.chain(removed).for_each(|line| say(out, &line));
        }
        say(out, &sdk.drift.to_string());
        if !self.quiet {
            let made = [
                (sdk.operations, "operation"),
                (sdk.models, "model"),
                (sdk.files.len(), "file"),
            ];
            let made = made.map(|(number, word)| count(number, word)).join(", ");
            let state = match mode {
                Mode::Render => String::new(),
                Mode::Write => state(outcome, "written", "removed"),
                Mode::DryRun | Mode::Check => state(outcome, "to write", "to remove"),
            };
            say(
                out,
                &format!("{}: {made}{state}{}\n", run.name, flaws(&run.diagnostics)),
            );
        }
    }
}

/// Writes a text. Nobody may be listening any more, which is no reason to fail.
fn say(out: &mut dyn Write, text: &str) {
    let _ = out.write_all(text.as_bytes());
}

/// Such as ` (3 written, 59 unchanged)`.
fn state(outcome: &Outcome, written: &str, removed: &str) -> String {
    let mut state = format!(" ({} {written}, {} unchanged", outcome.written.len(), outcome.unchanged);
    if !outcome.removed.is_empty() {
        state += &format!(", {} {removed}", outcome.removed.len());
    }
    state + ")"
}

/// Such as `, 1 error, 3 warnings`; nothing where there are none.
fn flaws(diagnostics: &Diagnostics) -> String {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = kinds.map(|(severity, word)| (diagnostics.count(severity), word));
    counts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!(", {}", count(*number, word)))
        .collect()
}

fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// The result as one line for programs.
fn as_json(run: &Run, sdk: &Sdk) -> serde_json::Value {
    let Outcome {
        written,
        unchanged,
        removed,
    } = &sdk.outcome;
    serde_json::json!({
        "name": run.name,
        "operations": sdk.operations,
        "models": sdk.models,
        "files": sdk.files.len(),
        "written": written,
        "unchanged": unchanged,
        "removed": removed,
        "warnings": run.diagnostics.count(Severity::Warning),
    })
}
