//! Loading of files from http and https URLs, if the user allows it.
//!
//! In: a URL. Out: the bytes and the final URL, or the reason for the failure. Documents are untrusted, so the URLs that they
//! may refer to are restricted; see [`Net`].

#[cfg(feature = "net")]
mod client;
#[cfg(not(feature = "net"))]
mod disabled;

#[cfg(feature = "net")]
pub use client::Net;
#[cfg(not(feature = "net"))]
pub use disabled::Net;

/// A file from the network.
#[derive(Debug)]
pub struct Fetched {
    /// The URL after redirects, which relative references in the file start from.
    pub url: String,
    /// The content.
    pub bytes: Vec<u8>,
}
