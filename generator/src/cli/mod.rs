//! The command line: from arguments to an exit status. All text for people is written here.

mod args;
mod command;
mod jobs;
mod print;

use std::process::ExitCode;

use clap::Parser;

use crate::session::{self, Explanation, Job, Mode, Options};
use args::{Arguments, Command, Deny, Explain};
use jobs::{Refused, jobs};
use print::Printer;

/// How a run ended; the later, the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Fine,
    Drift,
    NoSdk,
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Fine => 0,
            Status::NoSdk => 1,
            Status::Usage => 2,
            Status::Drift => 3,
        })
    }
}

/// The whole program.
pub fn main() -> ExitCode {
    run(&Arguments::parse()).into()
}

fn run(arguments: &Arguments) -> Status {
    let printer = Printer::new(&arguments.common);
    let jobs = match jobs(arguments, &printer) {
        Ok(jobs) => jobs,
        Err(Refused) => return Status::Usage,
    };
    let mode = match &arguments.command {
        Some(Command::Explain(explain)) => return explained(&jobs, explain, &printer),
        Some(Command::Validate(_)) => Mode::Render,
        Some(Command::Generate(generate)) if generate.check => Mode::Check,
        Some(Command::Generate(generate)) if generate.dry_run => Mode::DryRun,
        Some(Command::Generate(_)) | None => Mode::Write,
    };
    let options = Options {
        mode,
        deny_warnings: arguments.common.deny.contains(&Deny::Warnings),
    };
    let runs = session::generate_all(&jobs, options);
    let status = runs.iter().map(|run| printer.run(run, options.mode)).max();
    // The system takes the memory of a program that ends at once; given back piece by piece, it takes a while.
    std::mem::forget(runs);
    status.unwrap_or(Status::Fine)
}

/// Tells how documents are understood.
fn explained(jobs: &[Job], explain: &Explain, printer: &Printer) -> Status {
    let all: Vec<Explanation> = jobs
        .iter()
        .map(|job| session::explain(job, explain.after.as_deref()))
        .collect();
    let what = explain.what.as_deref();
    let shown = all
        .iter()
        .filter(|explanation| printer.explanation(explanation, what))
        .count();
    if all.iter().any(|explanation| explanation.run.diagnostics.has_errors()) {
        return Status::NoSdk;
    }
    if let (0, Some(what)) = (shown, what) {
        let message = format!("there is no operation, schema or JSON pointer `{what}`");
        let Refused = printer.refuse(&message, "without a name, `explain` shows all there are");
        return Status::Usage;
    }
    Status::Fine
}
