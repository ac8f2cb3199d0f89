//! The command line: from arguments to an exit status. All output for people is written here.

mod annotations;
mod args;
mod codes;
mod command;
mod diff;
mod doctor;
mod init;
mod jobs;
mod print;
mod shell;

use std::process::ExitCode;

use clap::Parser;

use crate::config::nearest;
use crate::session::{self, Explanation, Job, Mode, Options};
use args::{Arguments, Command, Deny, Explain};
use jobs::{InvalidUsage, jobs};
use print::Printer;

/// The result of a run, in ascending order of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Success,
    Drift,
    NoSdk,
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Success => 0,
            Status::NoSdk => 1,
            Status::Usage => 2,
            Status::Drift => 3,
        })
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    run(&Arguments::parse()).into()
}

fn run(arguments: &Arguments) -> Status {
    let mut printer = Printer::new(&arguments.common);
    let status = dispatch(arguments, &mut printer);
    printer.finish();
    status
}

fn dispatch(arguments: &Arguments, printer: &mut Printer) -> Status {
    match &arguments.command {
        Some(Command::Init(init)) => init::init(init, &arguments.common, printer),
        Some(Command::Diff(arguments_of_diff)) => diff::run(arguments_of_diff, arguments, printer),
        Some(Command::Doctor(doctor)) => doctor::run(doctor, &arguments.common, printer),
        Some(Command::Schema(schema)) => printer.page(&shell::schema(schema.markdown)),
        Some(Command::Completions(completions)) => printer.page(&shell::completions(completions.shell)),
        Some(Command::Man) => printer.page(&shell::man()),
        Some(Command::Explain(Explain { codes: true, .. })) => printer.page(&codes::list()),
        Some(Command::Explain(explain)) => match explain.what.as_deref().and_then(page) {
            Some(page) => printer.page(&page),
            None => match explain.what.as_deref().filter(|what| codes::is_code(what)) {
                Some(unknown) => {
                    let message = format!("unknown diagnostic code `{unknown}`");
                    let InvalidUsage =
                        printer.usage_error(&message, "run `sdkwright explain --codes` for the list of codes");
                    Status::Usage
                }
                None => explain_documents(arguments, explain, printer),
            },
        },
        Some(Command::Generate(_) | Command::Validate(_)) | None => generate(arguments, printer),
    }
}

/// Returns the page of a diagnostic code or of a kind of deviation.
fn page(name: &str) -> Option<String> {
    codes::page(name).or_else(|| doctor::page(name))
}

fn generate(arguments: &Arguments, printer: &mut Printer) -> Status {
    let jobs = match jobs(arguments, printer) {
        Ok(jobs) => jobs,
        Err(InvalidUsage) => return Status::Usage,
    };
    let mode = match &arguments.command {
        Some(Command::Validate(_)) => Mode::Render,
        Some(Command::Generate(generate)) if generate.check => Mode::Check,
        Some(Command::Generate(generate)) if generate.dry_run => Mode::DryRun,
        Some(_) | None => Mode::Write,
    };
    let options = Options {
        mode,
        deny_warnings: arguments.common.deny.contains(&Deny::Warnings),
        force: matches!(&arguments.command, Some(Command::Generate(generate)) if generate.force),
    };
    let runs = session::generate_all(&jobs, options);
    let status = runs.iter().map(|run| printer.run(run, options.mode)).max();
    // The process is about to end. Dropping millions of small values one by one would only delay that.
    std::mem::forget(runs);
    status.unwrap_or(Status::Success)
}

/// Prints how documents are interpreted.
fn explain_documents(arguments: &Arguments, explain: &Explain, printer: &mut Printer) -> Status {
    let jobs: Vec<Job> = match jobs(arguments, printer) {
        Ok(jobs) => jobs,
        Err(InvalidUsage) => return Status::Usage,
    };
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
        let message = format!("no operation, schema or JSON pointer `{what}` exists");
        let names: Vec<String> = all.iter().flat_map(Explanation::names).collect();
        let help = match nearest(what, names.iter().map(String::as_str)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "run `explain` without a name to list everything".to_owned(),
        };
        let InvalidUsage = printer.usage_error(&message, &help);
        return Status::Usage;
    }
    Status::Success
}
