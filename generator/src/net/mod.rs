//! The network, for those who allow it: texts from http and https URLs.
//!
//! In: a URL. Out: the bytes behind it and the URL that they came from, or why there are none. A document is written by
//! somebody else, so where it may lead is limited; see [`Net`].

#[cfg(not(feature = "net"))]
mod absent;
#[cfg(feature = "net")]
mod client;

#[cfg(not(feature = "net"))]
pub use absent::Net;
#[cfg(feature = "net")]
pub use client::Net;

/// A text of the network.
#[derive(Debug)]
pub struct Fetched {
    /// Where it came from, which is where its own references start: not where it was asked for, if that led elsewhere.
    pub url: String,
    /// The text.
    pub bytes: Vec<u8>,
}

/// Whether a text is a URL that this module takes.
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
    fn urls_are_told_from_paths() {
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
