//! The network of a build that is without it.

use super::Fetched;

/// No network.
#[derive(Debug)]
pub struct Net;

impl Net {
    /// For any document.
    pub fn new(_: Option<&str>) -> Self {
        Self
    }

    /// Fetches nothing: this build cannot.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn fetch(&self, _: &str) -> Result<Fetched, String> {
        Err("this build of sdkwright is without the feature `net`".to_owned())
    }
}
