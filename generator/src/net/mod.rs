//! Loading of files from http and https URLs, if the user allows it, and requests to a server that the user names.
//!
//! In: a URL. Out: the bytes and the final URL, or the reason for the failure. Documents are untrusted, so the URLs that they
//! may refer to are restricted; see [`Net`]. [`Live`] sends requests to one server only.

#[cfg(feature = "net")]
mod client;
#[cfg(not(feature = "net"))]
mod disabled;
#[cfg(feature = "net")]
mod live;

#[cfg(feature = "net")]
pub use client::Net;
#[cfg(not(feature = "net"))]
pub use disabled::{Live, Net};
#[cfg(feature = "net")]
pub use live::Live;

/// A file from the network.
#[derive(Debug)]
pub struct Fetched {
    /// The URL after redirects, which relative references in the file start from.
    pub url: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A response of a server.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The headers in order.
    pub headers: Vec<(String, String)>,
    /// The body, which can be empty.
    pub body: String,
}
