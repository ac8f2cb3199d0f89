//! Bodies of the media types `multipart/*`, whose parts have names.

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::Body;
use super::body::Piece;
use super::codec::{self, Wire};
use super::request::Request;

impl Request {
    /// Sets a text part. An array becomes one part per item; objects become JSON.
    pub fn part(&mut self, name: &'static str, content_type: &str, value: &dyn Wire) {
        let texts = codec::to_request_texts(value).into_iter();
        let parts = texts.flat_map(|text| {
            let content_type = if text.is_json { "application/json" } else { content_type };
            part(name, None, "", content_type, Piece::Bytes(text.content.into()))
        });
        self.field(name, parts.collect(), assemble);
    }

    /// Sets a JSON part.
    pub fn part_json(&mut self, name: &'static str, content_type: &str, value: &dyn Wire) {
        let content = Piece::Bytes(codec::to_request_body(value).into());
        self.field(name, part(name, None, "", content_type, content).into(), assemble);
    }
}

/// Returns the headers and the content of a part. Each line of `headers` is an additional header.
pub(super) fn part(
    name: &str,
    file_name: Option<&str>,
    headers: &str,
    content_type: &str,
    content: Piece,
) -> [Piece; 2] {
    let quoted = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let file_name = file_name.map_or_else(String::new, |file_name| format!("; filename=\"{}\"", quoted(file_name)));
    let name = quoted(name);
    let head = format!(
        "Content-Disposition: form-data; name=\"{name}\"{file_name}\r\nContent-Type: {content_type}\r\n{headers}\r\n"
    );
    [Piece::Bytes(head.into()), content]
}

/// Assembles the parts. The boundary is random, so that no part contains it. It is added to a media type that the caller set.
pub(super) fn assemble(request: &mut Request) {
    let lacks_boundary = |text: &&str| text.starts_with("multipart/") && !text.contains("boundary=");
    let chosen = request.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let chosen = chosen.filter(lacks_boundary).map(str::to_owned);
    if chosen.is_some() {
        request.headers.remove(CONTENT_TYPE);
    }
    let media_type = chosen.as_deref().unwrap_or(request.operation.multipart);
    let environment = &request.core.0.options.environment;
    let boundary = format!("{:016x}{:016x}", environment.random(), environment.random());
    let opening = Bytes::from(format!("--{boundary}\r\n"));
    let mut pieces = Vec::new();
    for part in request.fields.iter().flat_map(|(_, pieces)| pieces.chunks(2)) {
        pieces.push(Piece::Bytes(opening.clone()));
        pieces.extend_from_slice(part);
        pieces.push(Piece::Bytes(Bytes::from_static(b"\r\n")));
    }
    pieces.push(Piece::Bytes(format!("--{boundary}--\r\n").into()));
    request.body(&format!("{media_type}; boundary={boundary}"), Body::of_pieces(pieces));
}
