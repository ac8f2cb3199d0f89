//! What a builder sends with: thin layers over the one path of [`Request::execute`], one for each kind of body.

use super::codec::ReadResult;
use super::error::Failure;
use super::request::Request;
use super::{BoxFuture, Error, ErrorSet, RawResponse, Response};

/// A call on its way: a future of what it gives. It does nothing until it is awaited, and can be spawned.
///
/// All operations share the type, as a compiler takes it far quicker than an `async fn` for each.
pub type ResponseFuture<T, E> = BoxFuture<'static, Result<T, Error<E>>>;

impl Request {
    /// The answer, if it is a success.
    pub(super) async fn succeed<E: ErrorSet>(self) -> Result<RawResponse, Error<E>> {
        let extra = self.operation.success;
        let response = self.execute().await.map_err(Failure::widen)?;
        match response.status.is_success() || extra.contains(&response.status.as_u16()) {
            true => Ok(response),
            false => Err(Error::api(response)),
        }
    }

    /// What the answer has, with status and headers.
    pub(super) async fn answer<T, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> ReadResult<T>,
    ) -> Result<Response<T>, Error<E>> {
        let response = self.succeed().await?;
        match read(&response) {
            Ok(body) => Ok(Response::new(body, response)),
            Err(error) => Err(Error::decode(response, error)),
        }
    }

    /// Sends, and reads the body in a way of the caller's.
    pub fn read<T: Send + 'static, E: ErrorSet>(self, read: fn(&RawResponse) -> ReadResult<T>) -> ResponseFuture<T, E> {
        Box::pin(async move { self.answer(read).await.map(Response::into_body) })
    }

    /// Sends, and reads the body in a way of the caller's, with status and headers.
    pub fn read_response<T: Send + 'static, E: ErrorSet>(
        self,
        read: fn(&RawResponse) -> ReadResult<T>,
    ) -> ResponseFuture<Response<T>, E> {
        Box::pin(self.answer(read))
    }
}
