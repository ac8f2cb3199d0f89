//! The sentences about long-running operations.

use crate::krate::Polling;
use crate::markdown::{code_span, join_words};

/// Returns where the status of an operation is, as a part of a table.
pub(super) fn source(polling: &Polling) -> String {
    let headers: Vec<String> = polling.headers.iter().map(|name| code_span(name)).collect();
    match &polling.path {
        Some(path) => code_span(&format!("GET {path}")),
        None => format!("the URL in the header {}", join_words(&headers, "or")),
    }
}
