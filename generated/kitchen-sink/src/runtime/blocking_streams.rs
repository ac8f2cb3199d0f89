//! Streamed responses from code that is not async, behind the feature `blocking`.
#![cfg(feature = "blocking")]

use super::{BlockingIter, ResponseStream};

impl<I, E> ResponseStream<I, E> {
    /// Returns an iterator over the items, for code that is not async.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter::new(self)
    }
}
