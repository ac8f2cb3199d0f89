//! The API's `info` object.

use super::Extensions;

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

/// The license of an API.
#[derive(Clone, Debug, Default)]
pub struct License {
    /// Its name, in words.
    pub name: Option<String>,
    /// The expression of SPDX for it.
    pub identifier: Option<String>,
    /// Its text.
    pub url: Option<String>,
}

/// A contact for the API.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// A person or team.
    pub name: Option<String>,
    /// A page.
    pub url: Option<String>,
    /// An address.
    pub email: Option<String>,
}
