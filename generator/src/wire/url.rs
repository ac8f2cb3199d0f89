//! URLs: parsing, resolution of references, and origins.
//!
//! Characters that a URL cannot contain are percent-encoded first, as browsers do. A host with characters outside ASCII has to be written in
//! Punycode.

use std::borrow::Cow;
use std::fmt::Write as _;

use http::Uri;
use iri_string::types::{UriAbsoluteString, UriReferenceStr, UriStr};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The characters that no part of a URL can contain.
const INVALID: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Characters that only the host of a URL can contain: those around an IPv6 address.
const INVALID_IN_PATH: &AsciiSet = &INVALID.add(b'[').add(b']');

/// Returns whether a text is an http or https URL.
pub fn is_url(text: &str) -> bool {
    let begins = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    begins("http://") || begins("https://")
}

/// Parses an http or https URL. Its fragment is dropped.
///
/// # Errors
///
/// Returns the reason as a clause.
pub fn parse(text: &str) -> Result<Uri, String> {
    let text = text.split('#').next().unwrap_or_default();
    let uri: Uri = encode(text)
        .parse()
        .map_err(|error: http::uri::InvalidUri| error.to_string())?;
    let has_host = uri.host().is_some_and(|host| !host.is_empty());
    if is_url(text) && has_host {
        Ok(uri)
    } else {
        Err("it has no host".to_owned())
    }
}

/// Returns whether a text is an absolute URI of any scheme.
pub fn is_uri(text: &str) -> bool {
    UriStr::new(&encode(text)).is_ok()
}

/// Resolves a reference against an absolute URL, and removes `.` and `..` segments.
///
/// # Errors
///
/// Returns the reason as a clause.
pub fn join(base: &str, reference: &str) -> Result<String, String> {
    let base = encode(base.split('#').next().unwrap_or_default());
    let base = UriAbsoluteString::try_from(base).map_err(|error| error.to_string())?;
    let reference = encode(reference);
    let reference = UriReferenceStr::new(&reference).map_err(|error| error.to_string())?;
    let joined = reference.resolve_against(&base).and_normalize();
    Ok(with_path(joined.to_string()))
}

/// Returns the origin of a URL: the scheme, the host, and the port unless it is the default of the scheme.
pub fn origin(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or_default();
    let mut origin = format!("{scheme}://{}", host(uri).unwrap_or_default());
    if let Some(port) = port(uri).filter(|port| Some(*port) != default_port(scheme)) {
        let _ = write!(origin, ":{port}");
    }
    origin
}

/// Decodes percent-encoding.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy()
}

/// Returns a URL without the parts that may contain secrets: its user information, query and fragment. Other texts are returned unchanged.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    if !is_url(text) {
        return Cow::Borrowed(text);
    }
    match parse(text) {
        Ok(uri) => Cow::Owned(format!("{}{}", origin(&uri), uri.path())),
        Err(_) => Cow::Borrowed("<invalid URL>"),
    }
}

/// Returns the host of a URL in lower case; an IPv6 address is in brackets.
pub fn host(uri: &Uri) -> Option<String> {
    uri.host().map(str::to_ascii_lowercase)
}

/// Returns the port of a URL, or the default of its scheme.
pub fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or_else(|| default_port(uri.scheme_str()?))
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// Percent-encodes what a URL cannot contain. Brackets are kept in the host.
fn encode(text: &str) -> String {
    let authority = text.find("//").map_or(0, |slashes| slashes + 2);
    let path = text[authority..]
        .find(['/', '?'])
        .map_or(text.len(), |end| authority + end);
    let (head, tail) = if authority == 0 {
        ("", text)
    } else {
        text.split_at(path)
    };
    let head = utf8_percent_encode(head, INVALID);
    let tail = utf8_percent_encode(tail, INVALID_IN_PATH);
    format!("{head}{tail}")
}

/// Adds the path `/` to a URL without a path, so that equal URLs are equal texts.
fn with_path(url: String) -> String {
    match url.split_once("://") {
        Some((_, rest)) if !rest.contains('/') && !rest.contains('?') => url + "/",
        Some(_) | None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_uri, is_url, join, origin, parse, without_secrets};

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

    #[test]
    fn urls_as_recorders_write_them_are_parsed() {
        for (text, path, query) in [
            ("https://a.example", "/", None),
            ("https://a.example?x=1", "/", Some("x=1")),
            (
                "https://a.example/b?f[x]=1|2&q=a b#c",
                "/b",
                Some("f%5Bx%5D=1%7C2&q=a%20b"),
            ),
            ("http://[::1]:8080/{b}/é", "/%7Bb%7D/%C3%A9", None),
            ("HTTPS://user:secret@A.example/%7Bb%7D", "/%7Bb%7D", None),
        ] {
            let uri = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((uri.path(), uri.query()), (path, query), "{text}");
        }
        for text in [
            "",
            "/a",
            "a.example/b",
            "ftp://a.example",
            "https://",
            "https://[not-a-host/",
            "https:///a",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_origin_omits_the_default_port_and_credentials() {
        for (text, expected) in [
            ("https://user:secret@A.example:443/b", "https://a.example"),
            ("http://a.example:443", "http://a.example:443"),
            ("HTTP://a.example:80", "http://a.example"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
        ] {
            assert_eq!(origin(&parse(text).expect("a URL")), expected, "{text}");
        }
    }

    #[test]
    fn secrets_of_urls_are_removed() {
        for (text, expected) in [
            (
                "https://user:secret@a.example:8443/b.yaml?key=secret#c",
                "https://a.example:8443/b.yaml",
            ),
            ("http://a.example?key=secret", "http://a.example/"),
            ("https://user:secret@[a", "<invalid URL>"),
            ("b?c.yaml", "b?c.yaml"),
        ] {
            assert_eq!(without_secrets(text), expected, "{text}");
        }
    }

    #[test]
    fn references_are_resolved() {
        for (base, reference, expected) in [
            (
                "https://a.example/v1/api.yaml?k=1#x",
                "models/my pet.yaml",
                "https://a.example/v1/models/my%20pet.yaml",
            ),
            (
                "https://a.example/v1/api.yaml",
                "../../b[1].yaml",
                "https://a.example/b%5B1%5D.yaml",
            ),
            ("https://a.example", "b", "https://a.example/b"),
            ("https://a.example/v1", "//b.example", "https://b.example/"),
            ("https://a.example/v1", "HTTP://B.example/./c", "http://b.example/c"),
            ("https://a.example/v1", "?page=2", "https://a.example/v1?page=2"),
        ] {
            assert_eq!(join(base, reference).as_deref(), Ok(expected), "{base} {reference}");
        }
        assert!(join("a.yaml", "b.yaml").is_err());
    }

    #[test]
    fn any_scheme_makes_a_uri() {
        for (text, expected) in [
            ("urn:isbn:1", true),
            ("mailto:a@b.example", true),
            ("https://a.example/é?x={y}", true),
            ("/relative", false),
            ("no scheme", false),
        ] {
            assert_eq!(is_uri(text), expected, "{text}");
        }
    }
}
