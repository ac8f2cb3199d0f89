//! The sentences about long-running operations.

use super::retries;
use crate::krate::{Crate, Polling};
use crate::markdown::{code_span, join_words};

/// The time between two requests of the runtime's poller, in milliseconds.
const STANDARD_INTERVAL: u64 = 2000;

/// Returns the time between two requests for the status.
pub(super) fn interval(polling: &Polling) -> String {
    retries::time(polling.interval.unwrap_or(STANDARD_INTERVAL))
}

/// Returns where the status of an operation is, as a part of a table.
pub(super) fn source(krate: &Crate, polling: &Polling) -> String {
    let headers: Vec<String> = polling.headers.iter().map(|name| code_span(name)).collect();
    match polling.operation {
        Some(id) => code_span(&format!("GET {}", krate[id].path)),
        None => format!("the URL in the header {}", join_words(&headers, "or")),
    }
}
