//! The API's `info` object.

use super::Extensions;
use crate::wire::{Contact, License};

/// Facts about the API.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The title. Never empty after reading.
    pub title: String,
    /// The version, as text.
    pub version: String,
    /// The summary.
    pub summary: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The contact of the maintainers.
    pub contact: Option<Contact>,
    /// The license of the API.
    pub license: Option<License>,
    /// The extensions.
    pub extensions: Extensions,
}
