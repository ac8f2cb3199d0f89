//! The API's `info` object.

use super::Extensions;
use crate::wire::{Contact, License};

/// Facts about the API.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// Its title; never empty after reading.
    pub title: String,
    /// Its version, as text.
    pub version: String,
    /// A line about it.
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// Contact of the maintainers.
    pub contact: Option<Contact>,
    /// License of the API.
    pub license: Option<License>,
    /// Extensions.
    pub extensions: Extensions,
}
