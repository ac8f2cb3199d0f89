//! Addresses: which servers may be spoken to, how paths are joined to them, and what counts as one origin.

use std::net::{Ipv4Addr, Ipv6Addr};

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use url::{Host, Url};

/// Everything but `A-Z a-z 0-9 - . _ ~` is encoded.
pub(super) const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a path of the document may not hold as it stands.
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

/// Encodes a value for a path or a query.
pub(super) fn encode(value: &str) -> String {
    utf8_percent_encode(value, VALUE).to_string()
}

/// Encodes a piece of a path of the document, in which slashes and triples are meant.
pub(super) fn encode_template(piece: &str) -> String {
    utf8_percent_encode(piece, TEMPLATE).to_string()
}

/// Puts the URL of a server together out of pieces of the document and the variables between them. A variable in the host cannot
/// lead to another one: what would end the host is encoded, and the URL refused for it.
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

/// Reads the URL of a server: one that secrets may travel to, over https or within this very machine.
pub(super) fn server(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("`{text}` is no absolute URL: {error}"))?;
    let origin = origin(&url);
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("the server `{text}` may have neither query nor fragment"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("credentials do not belong in the URL of `{origin}`"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(format!(
            "`{origin}` is plain http, which is for this machine alone; use https"
        )),
        other => Err(format!("`{other}` is no scheme for requests; use https")),
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

/// SecurityScheme, host and port, for messages.
pub(super) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Puts a path behind a server: the slash between them is one, and a base path stays.
pub(super) fn join(server: &Url, path: &str) -> String {
    format!(
        "{}/{}",
        server.as_str().trim_end_matches('/'),
        path.strip_prefix('/').unwrap_or(path)
    )
}
