//! Server URLs: which ones are accepted, how paths are joined to them, and what counts as the same origin.

use std::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use url::{Host, Url};

/// Encodes everything except `A-Z a-z 0-9 - . _ ~`.
pub(super) const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The characters that are encoded in a path template.
const TEMPLATE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes a value for a path or a query.
pub(super) fn encode(value: &str) -> String {
    utf8_percent_encode(value, VALUE).to_string()
}

/// Percent-encodes a value. One without characters to encode is returned unchanged.
pub(super) fn encode_text(value: String) -> String {
    match value.bytes().all(is_unreserved) {
        true => value,
        false => encode(&value),
    }
}

/// Returns whether [`VALUE`] keeps a byte. Both must list the same characters.
fn is_unreserved(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~')
}

/// Adds `name=value`, percent-encoded, after an `&` if there is already a pair.
pub(super) fn push_pair(pairs: &mut String, name: &str, value: &str) {
    pairs.reserve(name.len() + value.len() + 2);
    if !matches!(pairs.as_bytes().last(), None | Some(b'?' | b'&')) {
        pairs.push('&');
    }
    pairs.extend(utf8_percent_encode(name, VALUE));
    pairs.push('=');
    pairs.extend(utf8_percent_encode(value, VALUE));
}

/// Percent-encodes a literal part of a path template. Slashes and existing percent-encoded triples are kept.
pub(super) fn encode_template(piece: &str) -> PercentEncode<'_> {
    utf8_percent_encode(piece, TEMPLATE)
}

/// Builds a server URL from literal parts (even positions) and variables (odd positions).
///
/// A variable cannot change the host: characters that would end the host are encoded, which makes the URL invalid.
pub fn server_url(pieces: &[&str]) -> String {
    let mut url = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let in_host = url.split_once("://").is_some_and(|(_, rest)| !rest.contains('/'));
        match in_host && index % 2 == 1 {
            true => url.push_str(&piece.replace(['/', '\\'], "%2F")),
            false => url.push_str(piece),
        }
    }
    url
}

/// Parses a server URL. Only https is accepted, and http on the loopback interface, because requests carry secrets.
pub(super) fn server(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|error| format!("`{text}` is not an absolute URL: {error}; pass one to `base_url`"))?;
    let origin = origin(&url);
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("the server URL `{text}` must not have a query or a fragment"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("the server URL of `{origin}` must not contain credentials"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(format!(
            "`{origin}` uses http, which is only allowed on the loopback interface; use https"
        )),
        other => Err(format!("unsupported URL scheme `{other}`; use https")),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
        None => false,
    }
}

/// Returns scheme, host and port, for messages.
pub(super) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Joins a path to a server URL with exactly one slash. A base path of the server is kept.
pub(super) fn join(server: &Url, path: &str) -> String {
    format!(
        "{}/{}",
        server.as_str().trim_end_matches('/'),
        path.strip_prefix('/').unwrap_or(path)
    )
}
