//! The request builder of operations without optional parameters. They share one type, so that a crate
//! compiles it once.

use std::fmt;
use std::marker::PhantomData;

use super::codec::ReadResult;
use super::{Error, ErrorSet, RawResponse, Request, Response};

/// A request without optional parameters. It returns a `T`, or fails with an `E`.
#[must_use = "a request does nothing until it is sent"]
pub struct PreparedRequest<T, E> {
    pub(super) request: Request,
    read: fn(&RawResponse) -> ReadResult<T>,
    error: PhantomData<fn() -> E>,
}

// `T` is not required to be `Send`, because a caller's compiler would have to check all types that a model contains.
impl<T, E: ErrorSet> PreparedRequest<T, E> {
    /// Creates a request with the function that reads the response.
    #[doc(hidden)]
    pub fn new(request: Request, read: fn(&RawResponse) -> ReadResult<T>) -> Self {
        let error = PhantomData;
        Self { request, read, error }
    }

    /// Sends the request and returns the response body.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`]; `E` is the error enum of the operation.
    pub fn send(self) -> impl Future<Output = Result<T, Error<E>>> {
        self.request.send_body(self.read)
    }

    /// Sends the request and returns the response body with status code and headers. Items of a list that cannot be decoded are in
    /// [`skipped`](Response::skipped), while [`send`](Self::send) fails.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send).
    pub fn send_response(self) -> impl Future<Output = Result<Response<T>, Error<E>>> {
        self.request.send_decoded(self.read)
    }

    /// Does the same as [`send`](Self::send), for code that is not async.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send).
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<T, Error<E>> {
        super::block_on(self.send())
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
