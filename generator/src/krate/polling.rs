//! Long-running operations.

use super::{OperationId, Output, WireName, XmlRoot};
use crate::wire::ResultLocation;

/// How the status of a long-running operation is requested.
#[derive(Clone, Debug, PartialEq)]
pub struct Polling {
    /// The operation that returns the status. `None` if a response header contains the URL.
    pub operation: Option<OperationId>,
    /// The response headers that contain the URL, in order of preference.
    pub headers: Vec<String>,
    /// The path parameters that the first response contains, each with the JSON pointer of its value.
    pub inputs: Vec<(WireName, String)>,
    /// The JSON pointer of the status. Without it, the status code 202 means that the operation is running.
    pub status: Option<String>,
    /// The statuses of an operation that has succeeded. Empty for those that the runtime knows.
    pub done: Vec<String>,
    /// The statuses of an operation that has failed. Empty for those that the runtime knows.
    pub failed: Vec<String>,
    /// The time between two requests, in milliseconds.
    pub interval: Option<u64>,
    /// The result, which is JSON, XML, text or bytes.
    pub result: Output,
    /// The root element of a result in XML.
    pub xml: Option<XmlRoot>,
    /// Where the result is.
    pub location: ResultLocation,
}
