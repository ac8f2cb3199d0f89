//! What a generated crate knows about the status of a long-running operation.

use super::operation::Operation;

/// How the status of a long-running operation is requested.
#[derive(Debug)]
pub struct Polling {
    /// The operation that returns the status. The path is a placeholder if the URL is in a header.
    pub operation: Operation,
    /// The response headers that contain the URL of the status, in order of preference.
    pub headers: &'static [&'static str],
    /// The path parameters of the operation, each with the pointer of its value in the first response.
    pub inputs: &'static [(&'static str, &'static str)],
    /// The pointer of the status in the body. Without it, the status code 202 means that the operation is running, as always at the URL
    /// in `Location` if that is one of several headers.
    pub status: Option<&'static str>,
    /// The statuses of an operation that has succeeded, in lowercase.
    pub done: &'static [&'static str],
    /// The statuses of an operation that has failed, in lowercase.
    pub failed: &'static [&'static str],
    /// The time between two requests, in milliseconds, if the server sends no `Retry-After`.
    pub interval: u64,
    /// Where the result is.
    pub result: ResultLocation,
}

/// Where the result of a long-running operation is when it is done. A status in the status code comes with the result, unless that is
/// at the URL of the first request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultLocation {
    /// In the last response with the status.
    Status,
    /// At the URL in the status, otherwise at that of the first request if it is a `PUT` or `PATCH`, otherwise at that in the header
    /// `Location` of the first response.
    Resource,
    /// At the URL in the header `Location` of the first response, otherwise as for `Resource`.
    Location,
    /// At the URL of the first request.
    Request,
}

impl Polling {
    /// The defaults, with common statuses.
    pub const DEFAULT: Self = Self {
        operation: Operation::DEFAULT,
        headers: &[],
        inputs: &[],
        status: None,
        done: &[
            "succeeded",
            "success",
            "successful",
            "completed",
            "complete",
            "done",
            "finished",
        ],
        failed: &[
            "failed",
            "failure",
            "error",
            "canceled",
            "cancelled",
            "aborted",
            "rejected",
            "expired",
            "timedout",
        ],
        interval: 2_000,
        result: ResultLocation::Status,
    };
}
