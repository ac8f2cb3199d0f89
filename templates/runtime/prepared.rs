//! The request of an operation that has nothing to set beside what every call has. One type serves all of them, so that a
//! crate compiles it once.

use std::fmt;
use std::marker::PhantomData;

use super::codec::Outcome;
use super::{ErrorSet, RawResponse, Request, Response, Sending, call_options};

/// A request that has all that it needs. It gives a `T`, or fails with an `E`.
#[must_use = "a request does nothing until it is sent"]
pub struct Prepared<T, E> {
    request: Request,
    read: fn(&RawResponse) -> Outcome<T>,
    error: PhantomData<fn() -> E>,
}

impl<T: Send + 'static, E: ErrorSet> Prepared<T, E> {
    /// The request, with the way to read what is answered.
    pub fn new(request: Request, read: fn(&RawResponse) -> Outcome<T>) -> Self {
        let error = PhantomData;
        Self { request, read, error }
    }

    call_options!();

    /// Sends the request, and gives what it is for.
    ///
    /// # Errors
    ///
    /// See `E`.
    pub fn send(self) -> Sending<T, E> {
        self.request.read(self.read)
    }

    /// Sends the request, and gives what it is for with status and headers.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_response(self) -> Sending<Response<T>, E> {
        self.request.read_response(self.read)
    }
}

impl<T, E> Clone for Prepared<T, E> {
    fn clone(&self) -> Self {
        let (request, read, error) = (self.request.clone(), self.read, PhantomData);
        Self { request, read, error }
    }
}

impl<T, E> fmt::Debug for Prepared<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Prepared").field(&self.request).finish()
    }
}
