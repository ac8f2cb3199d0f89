//! `sdkwright doctor`: prints how a recording deviates from a document, and writes an overlay.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::Status;
use super::args::{Common, Doctor, DoctorFormat};
use super::jobs::{InvalidUsage, job_to_inspect};
use super::live;
use super::print::{Printer, count};
use crate::diagnostics::{Locate, Located};
use crate::doctor::overlay::HEAD;
use crate::doctor::{Deviation, Examination, Exchange, Kind, parse};
use crate::session::{self, Checkup, Recording};

/// Returns the page of a kind of deviation, or `None` if the name is not one.
pub(super) fn page(name: &str) -> Option<String> {
    let kind = Kind::ALL.iter().find(|kind| kind.name() == name)?;
    Some(format!(
        "# {}\n\n{} `sdkwright doctor` reports it.\n",
        kind.name(),
        kind.meaning()
    ))
}

/// Runs the command.
pub(super) fn run(arguments: &Doctor, common: &Common, printer: &Printer) -> Status {
    match try_run(arguments, common, printer) {
        Ok(status) => status,
        Err(InvalidUsage) => Status::Usage,
    }
}

fn try_run(arguments: &Doctor, common: &Common, printer: &Printer) -> Result<Status, InvalidUsage> {
    let mut exchanges: Vec<Exchange> = Vec::new();
    for path in &arguments.recordings {
        for mut exchange in read(path, printer)? {
            exchange.number = exchanges.len() + 1;
            exchanges.push(exchange);
        }
    }
    let mut job = job_to_inspect(&arguments.spec, common.config.as_deref(), printer)?;
    job.allow_net = common.allow_net;
    job.allow_outside |= common.allow_outside;
    job.overlays.extend(common.overlays.iter().cloned());
    let live = match &arguments.live {
        Some(base) => match live::record(base, arguments, common, &job, printer)? {
            Ok(recording) => Some(recording),
            Err(status) => return Ok(status),
        },
        None => None,
    };
    for exchange in live.iter().flat_map(|live| &live.exchanges) {
        let number = exchanges.len() + 1;
        exchanges.push(Exchange {
            number,
            ..exchange.clone()
        });
    }
    let checkup = session::examine(&job, &exchanges, live.as_ref().map(|live| live.base.as_str()));
    // Warnings are about the document, not about the recording.
    printer.errors(&checkup.run.diagnostics, &checkup.run);
    let Some(examination) = &checkup.examination else {
        return Ok(Status::NoSdk);
    };
    if let (Some(path), Some(overlay)) = (&arguments.out, &checkup.overlay) {
        write(path, overlay, printer)?;
    }
    printer.page(&match arguments.format {
        DoctorFormat::Text => {
            let live = live.map(|live| live::as_text(&live, common.verbose));
            as_text(&checkup, examination, arguments) + &live.unwrap_or_default()
        }
        DoctorFormat::Json => as_json(&checkup, examination, live.as_ref()),
    });
    Ok(if examination.deviations.is_empty() {
        Status::Success
    } else {
        Status::Drift
    })
}

fn read(path: &Path, printer: &Printer) -> Result<Vec<Exchange>, InvalidUsage> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        let message = format!("cannot read the recording `{shown}`: {error}");
        printer.usage_error(&message, "check the path; it is relative to the current folder")
    })?;
    parse(&String::from_utf8_lossy(&bytes)).map_err(|error| {
        let message = format!("cannot read the recording `{shown}`: {error}");
        printer.usage_error(
            &message,
            "pass a HAR file, or a file with one JSON object per line; see docs/doctor.md",
        )
    })
}

/// Writes the overlay. An existing file is replaced only if the command wrote it.
fn write(path: &Path, overlay: &str, printer: &Printer) -> Result<(), InvalidUsage> {
    if path.exists() && !fs::read_to_string(path).is_ok_and(|text| text.starts_with(HEAD)) {
        let message = format!("`{}` exists, and `sdkwright doctor` did not write it", path.display());
        return Err(printer.usage_error(&message, "pass the path of a new file with `--out`"));
    }
    fs::write(path, overlay).map_err(|error| {
        let message = format!("cannot write `{}`: {error}", path.display());
        printer.usage_error(&message, "check the permissions of the folder")
    })
}

/// Returns the position of a deviation in the document.
fn located(checkup: &Checkup, deviation: &Deviation) -> Located {
    deviation
        .place
        .and_then(|place| checkup.run.locate(place))
        .unwrap_or_default()
}

fn as_text(checkup: &Checkup, examination: &Examination, arguments: &Doctor) -> String {
    let mut text = String::new();
    for deviation in &examination.deviations {
        let at = located(checkup, deviation);
        if at.line > 0 {
            let _ = write!(text, "{}:{}:{}: ", at.path, at.line, at.column);
        }
        let times = count(deviation.count, "time");
        let _ = writeln!(text, "{}: {} ({times})", deviation.kind.name(), deviation.message);
        if let Some(pointer) = at.pointer {
            let _ = writeln!(text, "    at {pointer}");
        }
        let path = if deviation.path.is_empty() {
            String::new()
        } else {
            format!(", {}", deviation.path)
        };
        let _ = writeln!(text, "    first in {}{path}", deviation.exchange);
    }
    let ignored = match examination.ignored {
        0 => String::new(),
        number => format!(", {number} ignored"),
    };
    let _ = writeln!(
        text,
        "{} compared{ignored}: {}",
        count(examination.compared, "exchange"),
        count(examination.deviations.len(), "deviation"),
    );
    if checkup.overlay.is_some() {
        let actions = count(checkup.actions, "action");
        let _ = match &arguments.out {
            Some(path) => writeln!(text, "wrote {} ({actions})", path.display()),
            None => writeln!(
                text,
                "pass `--out fixes.yaml` to write an overlay that corrects the document ({actions})"
            ),
        };
    }
    if !checkup.remaining.is_empty() {
        let number = count(checkup.remaining.len(), "deviation");
        let _ = writeln!(text, "an overlay cannot correct {number}:");
        for deviation in &checkup.remaining {
            let _ = writeln!(text, "    {}: {}", deviation.kind.name(), deviation.message);
        }
    }
    text
}

fn as_json(checkup: &Checkup, examination: &Examination, live: Option<&Recording>) -> String {
    let deviations = examination.deviations.iter().map(|deviation| {
        let at = located(checkup, deviation);
        json!({
            "kind": deviation.kind.name(),
            "message": deviation.message,
            "count": deviation.count,
            "path": at.path,
            "line": at.line,
            "column": at.column,
            "pointer": at.pointer,
            "exchange": deviation.exchange,
            "value": deviation.path,
        })
    });
    let remaining = checkup
        .remaining
        .iter()
        .map(|deviation| json!({ "kind": deviation.kind.name(), "message": deviation.message }));
    let mut value = json!({
        "compared": examination.compared,
        "ignored": examination.ignored,
        "deviations": deviations.collect::<Vec<_>>(),
        "remaining": remaining.collect::<Vec<_>>(),
    });
    if let Some(live) = live {
        value["not_called"] = live::as_json(live);
    }
    format!("{value:#}\n")
}
