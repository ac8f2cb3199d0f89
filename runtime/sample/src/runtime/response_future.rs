//! How builders send requests: thin layers over `Request::execute`, one for each kind of result.

use super::codec::{self, Deviation, ReadMode, ReadResult};
use super::error::Failure;
use super::operation::{Call, Operation};
use super::request::Request;
use super::{BoxFuture, Error, ErrorSet, RawResponse, Response};

/// A future that sends a request and resolves to its result: `Ok(T)` for a success, or an `Error<E>`.
///
/// It does nothing until it is awaited or spawned. All operations share this type, because it compiles much faster than an
/// `async fn` for each.
pub type ResponseFuture<T, E> = BoxFuture<'static, Result<T, Error<E>>>;

/// Emits a `tracing` event for each deviation.
pub(super) fn trace(call: &Call, deviations: &[Deviation]) {
    #[cfg(feature = "tracing")]
    for deviation in deviations {
        tracing::debug!(operation = call.operation_id(), "{call}: {deviation}");
    }
    let _ = (call, deviations);
}

/// Returns whether a response has the status code of a success and its body does not state that the call failed.
pub(super) fn is_success(operation: &Operation, response: &RawResponse) -> bool {
    let Operation {
        success, success_flag, ..
    } = operation;
    let is_success = response.status.is_success() || success.contains(&response.status.as_u16());
    let is_failed = success_flag.is_some_and(|flag| codec::bool_property(&response.body, flag) == Some(false));
    is_success && !is_failed
}

/// Reads the body of a success for a caller who cannot see skipped items. Such an item is an error, unless the mode is lenient.
pub(super) fn read_body<T>(response: &mut RawResponse, read: fn(&RawResponse) -> ReadResult<T>) -> ReadResult<T> {
    response.skips_items = true;
    let body = read(response)?;
    let report = response.report.take();
    trace(&response.call, &report.deviations);
    match report.skipped.first() {
        Some(item) if response.read_mode != ReadMode::Lenient => Err(Box::new(item.error().clone())),
        Some(_) | None => Ok(body),
    }
}

impl Request {
    /// Returns the response if its status code is a success and its body does not state that the call failed.
    // The request is moved to the future of `execute` at once. An `async fn` would keep a copy of it in each layer.
    pub(super) fn succeed<E: ErrorSet>(self) -> impl Future<Output = Result<RawResponse, Error<E>>> + Send {
        let operation = self.operation;
        let executed = self.execute();
        async move {
            let response = executed.await.map_err(Failure::widen)?;
            match is_success(operation, &response) {
                true => Ok(response),
                false => Err(Error::api(response)),
            }
        }
    }

    /// Returns the decoded response. Items of its outermost list that cannot be decoded are skipped.
    pub(super) fn send_decoded<T, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> ReadResult<T>,
    ) -> impl Future<Output = Result<Response<T>, Error<E>>> + Send {
        let succeeded = self.succeed();
        async move {
            let mut response = succeeded.await?;
            response.skips_items = true;
            match read(&response) {
                Ok(body) => {
                    let call = response.call.clone();
                    let response = Response::new(body, response);
                    trace(&call, response.deviations());
                    Ok(response)
                }
                Err(error) => Err(Error::decode(response, error)),
            }
        }
    }

    /// Returns the decoded body. An item of its outermost list that cannot be decoded is an error.
    // No `Response` is created, because only its body is needed.
    pub(super) fn send_body<T, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> ReadResult<T>,
    ) -> impl Future<Output = Result<T, Error<E>>> {
        let succeeded = self.succeed();
        async move {
            let mut response = succeeded.await?;
            read_body(&mut response, read).map_err(|error| Error::decode(response, error))
        }
    }

    /// Sends the request and decodes the body with `read`.
    pub fn read<T: Send + 'static, E: ErrorSet>(self, read: fn(&RawResponse) -> ReadResult<T>) -> ResponseFuture<T, E> {
        Box::pin(self.send_body(read))
    }

    /// Sends the request and decodes the body with `read`; returns it with status code, headers and skipped items.
    pub fn read_response<T: Send + 'static, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> ReadResult<T>,
    ) -> ResponseFuture<Response<T>, E> {
        Box::pin(self.send_decoded(read))
    }
}
