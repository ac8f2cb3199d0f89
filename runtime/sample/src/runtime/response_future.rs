//! How builders send requests: thin layers over `Request::execute`, one for each kind of result.

use super::codec::{Deviation, ReadResult};
use super::error::Failure;
use super::operation::Call;
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

impl Request {
    /// Returns the response if its status is a success.
    pub(super) async fn succeed<E: ErrorSet>(self) -> Result<RawResponse, Error<E>> {
        let extra = self.operation.success;
        let response = self.execute().await.map_err(Failure::widen)?;
        match response.status.is_success() || extra.contains(&response.status.as_u16()) {
            true => Ok(response),
            false => Err(Error::api(response)),
        }
    }

    /// Returns the decoded response.
    pub(super) async fn send_decoded<T, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> ReadResult<T>,
    ) -> Result<Response<T>, Error<E>> {
        let response = self.succeed().await?;
        match read(&response) {
            Ok(body) => {
                let call = response.call.clone();
                let response = Response::new(body, response);
                trace(&call, &response.deviations);
                Ok(response)
            }
            Err(error) => Err(Error::decode(response, error)),
        }
    }

    /// Sends the request and decodes the body with `read`.
    pub fn read<T: Send + 'static, E: ErrorSet>(self, read: fn(&RawResponse) -> ReadResult<T>) -> ResponseFuture<T, E> {
        Box::pin(async move { self.send_decoded(read).await.map(Response::into_body) })
    }

    /// Sends the request and decodes the body with `read`; returns it with status and headers.
    pub fn read_response<T: Send + 'static, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> ReadResult<T>,
    ) -> ResponseFuture<Response<T>, E> {
        Box::pin(self.send_decoded(read))
    }
}
