//! Bodies of the media type `multipart/form-data`.

use bytes::Bytes;
use serde_json::Value;

use super::codec::{self, Wire};
use super::request::{Request, scalar};

impl Request {
    /// Sets a text part. An array becomes one part per item; objects become JSON.
    pub fn part(&mut self, name: &'static str, content_type: &str, value: &dyn Wire) {
        let items = match codec::to_value(value) {
            Value::Array(items) => items,
            single => vec![single],
        };
        let parts = items
            .into_iter()
            .map(|item| (item.is_object() || item.is_array(), scalar(item)));
        let parts = parts.map(|(is_json, text)| {
            part(
                name,
                None,
                if is_json { "application/json" } else { content_type },
                text.as_bytes(),
            )
        });
        self.field(name, parts.collect(), assemble);
    }

    /// Sets a JSON part.
    pub fn part_json(&mut self, name: &'static str, content_type: &str, value: &dyn Wire) {
        self.field(
            name,
            vec![part(name, None, content_type, &codec::to_request_body(value))],
            assemble,
        );
    }

    /// Sets one part per file, all with the same name, each with its own file name.
    pub fn part_files(&mut self, name: &'static str, content_type: &str, files: &[(String, Bytes)]) {
        let parts = files
            .iter()
            .map(|(file_name, content)| part(name, Some(file_name), content_type, content));
        self.field(name, parts.collect(), assemble);
    }

    /// Sets a file part.
    pub fn part_file(&mut self, name: &'static str, file_name: &str, content_type: &str, content: &Bytes) {
        self.field(name, vec![part(name, Some(file_name), content_type, content)], assemble);
    }
}

/// Formats the headers and the content of a part.
fn part(name: &str, file_name: Option<&str>, content_type: &str, content: &[u8]) -> Bytes {
    let quoted = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let file_name = file_name.map_or_else(String::new, |file_name| format!("; filename=\"{}\"", quoted(file_name)));
    let name = quoted(name);
    let head =
        format!("Content-Disposition: form-data; name=\"{name}\"{file_name}\r\nContent-Type: {content_type}\r\n\r\n");
    [head.as_bytes(), content].concat().into()
}

/// Assembles the parts. The boundary is random, so that no part contains it.
fn assemble(request: &mut Request) {
    let environment = &request.core.0.options.environment;
    let boundary = format!("{:016x}{:016x}", environment.random(), environment.random());
    let mut body = Vec::new();
    for part in request.fields.iter().flat_map(|(_, parts)| parts) {
        body.extend([b"--", boundary.as_bytes(), b"\r\n", part, b"\r\n"].concat());
    }
    body.extend(format!("--{boundary}--\r\n").into_bytes());
    request.body(&format!("multipart/form-data; boundary={boundary}"), body);
}
