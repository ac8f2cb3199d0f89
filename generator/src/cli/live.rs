//! `sdkwright doctor --live`: calls the read operations of a server.

use std::env;
use std::fmt::Write as _;
use std::path::Path;

use http::{HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::Status;
use super::args::{Common, Doctor};
use super::jobs::{InvalidUsage, read_jobs};
use super::print::{Printer, count};
use crate::doctor::Skipped;
use crate::session::{self, Configuration, Job, LiveError, LiveOptions, Recording};

/// The number of operations that were not called and are listed, unless the output is verbose.
const SHOWN: usize = 10;

/// Records the calls. Returns the status if the document has errors.
pub(super) fn record(
    base: &str,
    arguments: &Doctor,
    common: &Common,
    job: &Job,
    printer: &Printer,
) -> Result<Result<Recording, Status>, InvalidUsage> {
    let headers: Option<Vec<(String, String)>> = arguments.headers.iter().map(|text| header(text)).collect();
    let Some(headers) = headers else {
        return Err(printer.usage_error("invalid header", "pass `--header 'NAME: VALUE'`"));
    };
    let variable = |name: &str| env::var(name).ok();
    let options = LiveOptions {
        base,
        headers: &headers,
        variable: &variable,
    };
    let job = match common.config {
        Some(_) => job.clone(),
        None => named(job, &arguments.spec, printer)?,
    };
    match printer.with_progress("calling", || session::record(&job, &options)) {
        Ok(recording) => Ok(Ok(recording)),
        Err(LiveError::Document(run)) => {
            printer.errors(&run.diagnostics, &*run);
            Ok(Err(Status::NoSdk))
        }
        Err(LiveError::Base(reason)) => {
            let message = format!("cannot use the base URL: {reason}");
            Err(printer.usage_error(&message, "pass a URL such as `http://localhost:8080/v1`"))
        }
        Err(LiveError::Server(reason)) => {
            let message = format!("the server sends no responses: {reason}");
            Err(printer.usage_error(&message, "check the base URL, and whether the server runs"))
        }
        Err(LiveError::NoCalls(skipped)) => {
            let first = skipped.first();
            let first = first.map(|skipped| format!(", such as `{}`: {}", skipped.operation, skipped.reason));
            let message = format!("no read operation can be called{}", first.unwrap_or_default());
            Err(printer.usage_error(
                &message,
                "add examples of required parameters to the document, or pass a recording with `--har`",
            ))
        }
    }
}

/// Parses `NAME: VALUE`.
fn header(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once(':')?;
    let value = value.trim();
    let is_valid = HeaderName::from_bytes(name.as_bytes()).is_ok() && HeaderValue::from_str(value).is_ok();
    is_valid.then(|| (name.to_owned(), value.to_owned()))
}

/// Returns the job with the name and the prefix of variables that a configuration has for the document, so that the variables are those of the
/// SDK.
fn named(job: &Job, spec: &Path, printer: &Printer) -> Result<Job, InvalidUsage> {
    let mut job = job.clone();
    if let Some(path) = Configuration::find(Path::new("")) {
        let own = read_jobs(&path, printer)?
            .into_iter()
            .find(|own| own.input.is_file(spec));
        if let Some(own) = own {
            job.name = own.name;
            job.settings.env_prefix = own.settings.env_prefix;
        }
    }
    Ok(job)
}

/// Returns the operations that were not called, as lines.
pub(super) fn as_text(recording: &Recording, is_verbose: bool) -> String {
    let mut text = String::new();
    if recording.exchanges.iter().all(|exchange| exchange.status == 404) {
        text += "every response has the status code 404: the base URL may lack the base path of the API\n";
    }
    if !recording.skipped.is_empty() {
        let number = count(recording.skipped.len(), "read operation");
        let _ = write!(text, "not called: {number}\n{}", list(&recording.skipped, is_verbose));
    }
    text
}

fn list(skipped: &[Skipped], is_verbose: bool) -> String {
    let shown = if is_verbose { skipped.len() } else { SHOWN };
    let lines = skipped.iter().take(shown);
    let mut text: String = lines
        .map(|skipped| format!("    {}: {}\n", skipped.operation, skipped.reason))
        .collect();
    if skipped.len() > shown {
        let _ = writeln!(text, "    {} more; pass `--verbose` to show all", skipped.len() - shown);
    }
    text
}

/// Returns the operations that were not called, as JSON.
pub(super) fn as_json(recording: &Recording) -> Value {
    let skipped = recording.skipped.iter();
    skipped
        .map(|skipped| json!({ "operation": skipped.operation, "reason": skipped.reason }))
        .collect()
}
