//! Reads recorded responses with a generated client: `replay PREPARED RESULTS`.
//!
//! `run.sh` puts this module next to the smoke example of an SDK, which calls every operation. For each line of PREPARED
//! (`recordings.py`), the operation is called, the transport returns the recorded response, and RESULTS gets a line: how the body was
//! read, with its deviations, or why it was refused.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::sync::Mutex;

use bytes::Bytes;
use sdk::runtime::deviation::{Deviation, SkippedItem};
use sdk::runtime::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use serde_json::{Value, json};

use crate::{CallResult, OPERATIONS, client};

/// The recorded response of the current call.
static CURRENT: Mutex<Option<Value>> = Mutex::new(None);
/// The deviations of the response and the number of skipped items.
static FOUND: Mutex<(Vec<Value>, usize)> = Mutex::new((Vec::new(), 0));

/// A transport that returns the recorded response of the current call.
pub struct Recorded;

impl Transport for Recorded {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready(response()))
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

/// Records the deviations of a response that was read.
pub fn read(deviations: &[Deviation], skipped: &[SkippedItem]) {
    let deviations = deviations.iter().map(|one| {
        json!({ "rule": format!("{:?}", one.rule()), "path": one.path(), "expected": one.expected(), "found": one.found() })
    });
    if let Ok(mut found) = FOUND.lock() {
        found.0.extend(deviations);
        found.1 += skipped.len();
    }
}

pub async fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(prepared), Some(results)) = (arguments.next(), arguments.next()) else {
        return Err("usage: replay PREPARED RESULTS".into());
    };
    let client = client("http://127.0.0.1".to_owned())?;
    let mut out = BufWriter::new(File::create(results)?);
    for line in BufReader::new(File::open(prepared)?).lines() {
        let recorded: Value = serde_json::from_str(&line?)?;
        let operation = OPERATIONS.iter().find(|one| recorded["operation"] == one.id);
        let operation = operation.ok_or_else(|| format!("no operation `{}`", recorded["operation"]))?;
        *CURRENT.lock().map_err(|_| "a panic")? = Some(recorded);
        let outcome = (operation.call)(client.clone()).await;
        let (deviations, skipped) = std::mem::take(&mut *FOUND.lock().map_err(|_| "a panic")?);
        let (result, reason) = match outcome {
            Ok(CallResult::Success(_)) if deviations.is_empty() && skipped == 0 => ("exact", None),
            Ok(CallResult::Success(_)) if skipped > 0 => ("with skipped items", None),
            Ok(CallResult::Success(_)) => ("deviating", None),
            Ok(CallResult::Error(status)) => ("refused", Some(format!("read as the error {status}"))),
            Ok(CallResult::Failure(_, reason)) => ("refused", Some(reason)),
            Err(error) => ("refused", Some(format!("the call cannot be built: {error}"))),
        };
        writeln!(
            out,
            "{}",
            json!({ "result": result, "reason": reason, "deviations": deviations })
        )?;
    }
    Ok(())
}
