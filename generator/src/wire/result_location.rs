//! The results of long-running operations.

/// Where the result of a long-running operation is when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultLocation {
    /// In the last response with the status.
    Status,
    /// At the URL in the status, of the first request or in the header `Location`, depending on the operation.
    Resource,
    /// At the URL in the header `Location` of the first response.
    Location,
    /// At the URL of the first request.
    Request,
}
