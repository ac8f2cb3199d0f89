//! Iteration over a stream from code that is not async, behind the feature `blocking`.
#![cfg(feature = "blocking")]

use std::fmt;
use std::pin::Pin;

use futures_core::Stream;

use super::{Error, block_on};

/// An iterator over a stream of pages or items. Each element is fetched on demand, as by [`block_on`].
///
/// Inside a single-threaded tokio runtime, which cannot wait for a call, the only element is an error.
#[must_use = "nothing is fetched until the iterator is used"]
pub struct BlockingIter<S> {
    /// The stream, or `None` after an error that ends it.
    stream: Option<S>,
}

impl<S> BlockingIter<S> {
    /// Creates an iterator over a stream.
    pub(super) fn new(stream: S) -> Self {
        Self { stream: Some(stream) }
    }
}

impl<S, T, E> Iterator for BlockingIter<S>
where
    S: Stream<Item = Result<T, Error<E>>> + Unpin,
{
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.stream.as_mut()?;
        let next = std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        let next = block_on(async { next.await.transpose() }).transpose();
        // The stream does not know that it could not be polled, and would be asked forever.
        if matches!(next, None | Some(Err(Error::Build(_)))) {
            self.stream = None;
        }
        next
    }
}

impl<S> fmt::Debug for BlockingIter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingIter").finish_non_exhaustive()
    }
}
