//! The command line: from arguments to an exit status. All output for people is written here.

mod annotations;
mod args;
mod codes;
mod command;
mod diff;
mod doctor;
mod init;
mod jobs;
mod live;
mod options;
mod print;
mod progress;
mod shell;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::nearest;
use crate::doctor::Kind;
use crate::session::{self, Explanation, Job, Mode, Options, Run};
use args::{Arguments, Command, Deny, Explain, Format};
use jobs::{InvalidUsage, jobs};
use print::Printer;
use watch::Watched;

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
    run(&options::parse()).into()
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
            None => match explain.what.as_deref().filter(|what| codes::is_like_code(what)) {
                Some(unknown) if explain.spec.is_none() => unknown_code(unknown, printer),
                Some(_) | None => explain_documents(arguments, explain, printer),
            },
        },
        Some(Command::Generate(_) | Command::Validate(_)) | None => generate(arguments, printer),
    }
}

/// Returns the page of a diagnostic code or of a kind of deviation.
fn page(name: &str) -> Option<String> {
    codes::page(name).or_else(|| doctor::page(name))
}

/// Reports a text that looks like a diagnostic code but is not one.
fn unknown_code(text: &str, printer: &Printer) -> Status {
    let help = match codes::nearest_codes(text).as_slice() {
        [] => "run `sdkwright explain --codes` for the list of codes".to_owned(),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    let InvalidUsage = printer.usage_error(&format!("unknown diagnostic code `{text}`"), &help);
    Status::Usage
}

fn generate(arguments: &Arguments, printer: &mut Printer) -> Status {
    let watches = matches!(&arguments.command, Some(Command::Generate(generate)) if generate.watch);
    if watches && arguments.common.message_format == Format::Sarif {
        let InvalidUsage = printer.usage_error(
            "`--watch` does not end, so it cannot print a SARIF log",
            "use another `--message-format`",
        );
        return Status::Usage;
    }
    let (status, files) = match generate_once(arguments, printer) {
        Ok(result) => result,
        Err(InvalidUsage) => return Status::Usage,
    };
    if !watches {
        return status;
    }
    let mut watched = Watched::new(files);
    if watched.len() == 0 {
        let InvalidUsage = printer.usage_error(
            "there is no file to watch",
            "pass a document that is a file, or omit `--watch`",
        );
        return Status::Usage;
    }
    loop {
        printer.watching(watched.len());
        watched = watched.changed();
        // The configuration may be invalid now. Its files are watched until it is valid again.
        if let Ok((_, files)) = generate_once(arguments, printer) {
            watched = watched.with_files(files);
        }
    }
}

/// Generates the requested SDKs. Returns the status, and the files that the result depends on.
fn generate_once(arguments: &Arguments, printer: &Printer) -> Result<(Status, Vec<PathBuf>), InvalidUsage> {
    let jobs = jobs(arguments, printer)?;
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
        keep_texts: false,
    };
    let label = if mode == Mode::Render { "checking" } else { "generating" };
    let runs = printer.with_progress(label, || session::generate_all(&jobs, options));
    let status = runs.iter().map(|run| printer.run(run, options.mode)).max();
    if options.mode == Mode::Render {
        printer.checked(&runs);
    }
    let read = runs.iter().flat_map(Run::inputs).map(PathBuf::from);
    // Standard input has a name but is not a file.
    let read = read.filter(|path| path.is_file());
    let files = jobs.iter().flat_map(Job::files).chain(read).collect();
    // Without `--watch`, the process is about to end. Dropping millions of small values one by one would only delay that.
    if !matches!(&arguments.command, Some(Command::Generate(generate)) if generate.watch) {
        std::mem::forget(runs);
    }
    Ok((status.unwrap_or(Status::Success), files))
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
        let kinds = Kind::ALL.iter().map(|kind| kind.name());
        let help = match nearest(what, names.iter().map(String::as_str).chain(kinds)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "run `explain` without a name to list everything".to_owned(),
        };
        let InvalidUsage = printer.usage_error(&message, &help);
        return Status::Usage;
    }
    Status::Success
}
