//! The contact and the license of an API.

/// The license of an API.
#[derive(Clone, Debug, Default)]
pub struct License {
    /// The name, in words.
    pub name: Option<String>,
    /// The SPDX expression.
    pub identifier: Option<String>,
    /// The URL of the text.
    pub url: Option<String>,
}

/// The contact for questions about an API.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// The name of a person or a team.
    pub name: Option<String>,
    /// The URL of a web page.
    pub url: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}
