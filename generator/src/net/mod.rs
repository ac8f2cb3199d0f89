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

/// Returns whether a text is an http or https URL.
pub fn is_url(text: &str) -> bool {
    let begins = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    begins("http://") || begins("https://")
}

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn urls_are_distinguished_from_paths() {
        for (text, expected) in [
            ("https://example.com/openapi.yaml", true),
            ("HTTP://example.com", true),
            ("http:openapi.yaml", false),
            ("openapi.yaml", false),
            ("C:\\openapi.yaml", false),
            ("", false),
        ] {
            assert_eq!(is_url(text), expected, "{text}");
        }
    }
}
