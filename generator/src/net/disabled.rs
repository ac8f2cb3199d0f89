//! The clients of a build without the feature `net`.

use super::{Fetched, Reply};

const DISABLED: &str = "this build of sdkwright lacks the feature `net`";

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
        Err(DISABLED.to_owned())
    }
}

/// A client that sends nothing.
#[derive(Debug)]
pub struct Live;

impl Live {
    /// Creates no client.
    ///
    /// # Errors
    ///
    /// Always returns an error.
    pub fn new(_: &str) -> Result<Self, String> {
        Err(DISABLED.to_owned())
    }

    /// Returns an empty text.
    pub fn base(&self) -> String {
        String::new()
    }

    /// Sends nothing.
    ///
    /// # Errors
    ///
    /// Always returns an error.
    pub fn send(&self, _: &str, _: &str, _: &[(String, String)]) -> Result<Reply, String> {
        Err(DISABLED.to_owned())
    }
}
