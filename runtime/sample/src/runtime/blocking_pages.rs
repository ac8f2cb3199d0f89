//! Pages and items from code that is not async, behind the feature `blocking`.
#![cfg(feature = "blocking")]

use super::codec::Wire;
use super::{BlockingIter, Error, ErrorSet, Items, Page, Pages, block_on};

impl<T: Wire + Send, I, E: ErrorSet + 'static> Pages<T, I, E> {
    /// Returns an iterator over the pages, for code that is not async.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter::new(self)
    }
}

impl<T: Wire + Send, I, E: ErrorSet + 'static> Items<T, I, E> {
    /// Returns an iterator over the items of all pages, for code that is not async.
    pub fn blocking(self) -> BlockingIter<Self> {
        BlockingIter::new(self)
    }
}

impl<T: Wire, I, E: ErrorSet> Page<T, I, E> {
    /// Fetches the next page from code that is not async. Returns `None` after the last one.
    ///
    /// # Errors
    ///
    /// See [`next`](Self::next).
    pub fn next_blocking(&self) -> Result<Option<Self>, Error<E>> {
        block_on(self.next())
    }
}
