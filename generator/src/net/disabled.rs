//! The client of a build without the feature `net`.

use super::Fetched;

/// A client that fetches nothing.
#[derive(Debug)]
pub struct Net;

impl Net {
    /// Creates a client.
    pub fn new(_: Option<&str>) -> Self {
        Self
    }

    /// Fetches nothing.
    ///
    /// # Errors
    ///
    /// Always returns an error.
    pub fn fetch(&self, _: &str) -> Result<Fetched, String> {
        Err("this build of sdkwright lacks the feature `net`".to_owned())
    }
}
