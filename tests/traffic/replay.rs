//! Reads recorded responses with a generated client: `replay MODE PREPARED RESULTS`.
//!
//! `run.sh` puts this module next to the smoke example of an SDK, which calls every operation. For each line of PREPARED
//! (`recordings.py`), the operation is called, the transport returns the recorded response, and RESULTS gets a line: how the body was
//! read, with its deviations, or why it was refused.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::sync::Mutex;

use bytes::Bytes;
use sdk::runtime::__private::codec::{self, Wire};
use sdk::runtime::deviation::{Deviation, SkippedItem};
use sdk::runtime::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use serde_json::{Value, json};

use crate::{CallResult, OPERATIONS, client};

/// The recorded response of the current call.
static CURRENT: Mutex<Option<Value>> = Mutex::new(None);
/// What is known of the response that was read.
static FOUND: Mutex<Found> = Mutex::new(Found {
    deviations: Vec::new(),
    skipped: Vec::new(),
    written: Value::Null,
});

/// The deviations of a response, the paths of its skipped items, and its value written again.
#[derive(Default)]
struct Found {
    deviations: Vec<Value>,
    skipped: Vec<Value>,
    written: Value,
}

/// A transport that returns the recorded response of the current call.
pub struct Recorded;

impl Transport for Recorded {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready(response()))
    }
}

/// Creates a builder of a client that gets recorded responses, in the mode of the first argument.
pub fn client_builder() -> sdk::ClientBuilder {
    let builder = sdk::Client::builder().transport(Recorded);
    if std::env::args().nth(1).is_some_and(|mode| mode == "lenient") {
        builder.lenient()
    } else {
        builder.report_undocumented()
    }
}

fn response() -> Result<http::Response<Bytes>, TransportError> {
    let no_response = || TransportError::caused(TransportErrorKind::Connect, "no response is recorded");
    let recorded = CURRENT
        .lock()
        .ok()
        .and_then(|mut current| current.take())
        .ok_or_else(no_response)?;
    let mut builder = http::Response::builder().status(recorded["status"].as_u64().unwrap_or_default() as u16);
    for (name, value) in recorded["headers"].as_object().into_iter().flatten() {
        builder = builder.header(name, value.as_str().unwrap_or_default());
    }
    let body = recorded["body"].as_str().unwrap_or_default().to_owned();
    builder.body(Bytes::from(body)).map_err(|_| no_response())
}

/// Records the deviations of a response that was read, and its value.
pub fn read(deviations: &[Deviation], skipped: &[SkippedItem], written: Value) {
    let deviations = deviations.iter().map(|one| {
        let (rule, path, affected) = (format!("{:?}", one.rule()), one.path(), one.affected_path());
        json!({ "rule": rule, "path": path, "affected": affected, "expected": one.expected(), "found": one.found() })
    });
    if let Ok(mut found) = FOUND.lock() {
        found.deviations.extend(deviations);
        found.skipped.extend(skipped.iter().map(|one| json!(one.error().path())));
        found.written = written;
    }
}

/// The body of a response, to be written again if its type is written by the codec.
pub struct Probe<'a, T>(pub &'a T);

/// Writes a value of the codec.
pub trait WrittenByCodec {
    fn written(&self) -> Value;
}

impl<T: Wire> WrittenByCodec for &Probe<'_, T> {
    fn written(&self) -> Value {
        serde_json::from_slice(&codec::to_vec(self.0)).unwrap_or(Value::Null)
    }
}

/// Writes the body of a page. `run.sh` implements it, because not every SDK has pages.
pub trait WrittenAsPage {
    fn written(&self) -> Value;
}

/// Returns null for every other value, such as bytes.
pub trait NotWritten {
    fn written(&self) -> Value;
}

impl<T> NotWritten for Probe<'_, T> {
    fn written(&self) -> Value {
        Value::Null
    }
}

pub async fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let _mode = arguments.next();
    let (Some(prepared), Some(results)) = (arguments.next(), arguments.next()) else {
        return Err("usage: replay MODE PREPARED RESULTS".into());
    };
    let client = client("http://127.0.0.1".to_owned())?;
    let mut out = BufWriter::new(File::create(results)?);
    for line in BufReader::new(File::open(prepared)?).lines() {
        let recorded: Value = serde_json::from_str(&line?)?;
        let operation = OPERATIONS.iter().find(|one| recorded["operation"] == one.id);
        let operation = operation.ok_or_else(|| format!("no operation `{}`", recorded["operation"]))?;
        *CURRENT.lock().map_err(|_| "a panic")? = Some(recorded);
        let outcome = (operation.call)(client.clone()).await;
        let found = std::mem::take(&mut *FOUND.lock().map_err(|_| "a panic")?);
        let undocumented = ["UnknownValue", "UndocumentedProperty", "UndocumentedStatus"];
        let is_undocumented = |one: &Value| undocumented.iter().any(|rule| one["rule"] == *rule);
        // Null contains no value.
        let is_left_out = |one: &Value| {
            one["rule"] == "UnreadableAsAbsent" || one["rule"] == "ItemSkipped" && one["found"] != "null"
        };
        let (result, reason) = match outcome {
            Ok(CallResult::Success(_)) if found.deviations.iter().all(is_undocumented) && found.skipped.is_empty() => ("exact", None),
            Ok(CallResult::Success(_)) if !found.skipped.is_empty() => ("with skipped items", None),
            Ok(CallResult::Success(_)) if found.deviations.iter().any(is_left_out) => ("with a value left out", None),
            Ok(CallResult::Success(_)) => ("deviating", None),
            Ok(CallResult::Error(status)) => ("refused", Some(format!("read as the error {status}"))),
            Ok(CallResult::Failure(_, reason)) => ("refused", Some(reason)),
            Err(error) => ("refused", Some(format!("the call cannot be built: {error}"))),
        };
        writeln!(
            out,
            "{}",
            json!({ "result": result, "reason": reason, "deviations": found.deviations, "skipped": found.skipped, "written": found.written })
        )?;
    }
    Ok(())
}
