//! Long-running operations.

use std::fmt;

use super::{FieldPath, TypeRef};
use crate::wire::ResultLocation;

/// How the status of a long-running operation is requested.
#[derive(Clone, Debug, PartialEq)]
pub struct Polling {
    /// Where the status is.
    pub target: PollingTarget,
    /// The status in the body. Without it, the status code 202 means that the operation is running.
    pub status: Option<FieldPath>,
    /// The statuses of an operation that has succeeded, in lowercase. Empty for common ones.
    pub done: Vec<String>,
    /// The statuses of an operation that has failed, in lowercase. Empty for common ones.
    pub failed: Vec<String>,
    /// The time between two requests, in milliseconds.
    pub interval: Option<u64>,
    /// Where the result is, if the document declares it.
    pub result: Option<ResultLocation>,
    /// The type of the result, if the document declares it apart from the responses.
    pub result_type: Option<TypeRef>,
    /// The rule that decided, for `explain`.
    pub reason: String,
}

/// Where the status of a long-running operation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollingTarget {
    /// At the URL in one of these response headers, in order of preference.
    Header(Vec<String>),
    /// In the response of another operation.
    Operation {
        /// The operation, as an index.
        operation: usize,
        /// The path parameters that the first response contains, each with the path of its value.
        inputs: Vec<(String, FieldPath)>,
    },
}

impl fmt::Display for Polling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.target {
            PollingTarget::Header(names) => write!(f, "at the URL in {}", names.join(" or ")),
            PollingTarget::Operation { operation, .. } => write!(f, "by operation {operation}"),
        }?;
        f.write_str(match self.result {
            None => "",
            Some(ResultLocation::Status) => ", the result in the status",
            Some(ResultLocation::Resource) => ", the result in the resource",
            Some(ResultLocation::Location) => ", the result at the first location",
            Some(ResultLocation::Request) => ", the result at the URL of the request",
        })
    }
}
