//! The request of an operation that has nothing to set beside what every call has. One type serves all of them, so that a
//! crate compiles it once.

use std::fmt;
use std::marker::PhantomData;

use super::codec::ReadResult;
use super::{Error, ErrorSet, RawResponse, Request, Response, call_options};

/// A request that has all that it needs. It gives a `T`, or fails with an `E`.
#[must_use = "a request does nothing until it is sent"]
pub struct PreparedRequest<T, E> {
    request: Request,
    read: fn(&RawResponse) -> ReadResult<T>,
    error: PhantomData<fn() -> E>,
}

// Nothing here asks for a `T` that is `Send`: a caller's compiler would have to look through all that a model reaches.
impl<T, E: ErrorSet> PreparedRequest<T, E> {
    /// The request, with the way to read what is answered.
    pub fn new(request: Request, read: fn(&RawResponse) -> ReadResult<T>) -> Self {
        let error = PhantomData;
        Self { request, read, error }
    }

    call_options!();

    /// Sends the request, and gives what it is for.
    ///
    /// # Errors
    ///
    /// See `E`.
    pub async fn send(self) -> Result<T, Error<E>> {
        self.request.answer(self.read).await.map(Response::into_body)
    }

    /// Sends the request, and gives what it is for with status and headers.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn send_response(self) -> Result<Response<T>, Error<E>> {
        self.request.answer(self.read).await
    }
}

impl<T, E> Clone for PreparedRequest<T, E> {
    fn clone(&self) -> Self {
        let (request, read, error) = (self.request.clone(), self.read, PhantomData);
        Self { request, read, error }
    }
}

impl<T, E> fmt::Debug for PreparedRequest<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PreparedRequest").field(&self.request).finish()
    }
}
