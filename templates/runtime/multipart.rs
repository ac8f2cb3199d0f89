//! Bodies of the type `multipart/form-data`, part by part.

use bytes::Bytes;
use serde_json::Value;

use super::codec::{self, Wire};
use super::request::{Request, scalar};

impl Request {
    /// Sets a part of text: that of a scalar, or one part for each item of an array. Objects become JSON.
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

    /// Sets a part of JSON.
    pub fn part_json(&mut self, name: &'static str, content_type: &str, value: &dyn Wire) {
        self.field(
            name,
            vec![part(name, None, content_type, &codec::to_vec(value))],
            assemble,
        );
    }

    /// Sets one part for each file, all under one name; the files with their own names.
    pub fn part_files(&mut self, name: &'static str, content_type: &str, files: &[(String, Bytes)]) {
        let parts = files
            .iter()
            .map(|(file_name, content)| part(name, Some(file_name), content_type, content));
        self.field(name, parts.collect(), assemble);
    }

    /// Sets a part that is a file.
    pub fn part_file(&mut self, name: &'static str, file_name: &str, content_type: &str, content: &Bytes) {
        self.field(name, vec![part(name, Some(file_name), content_type, content)], assemble);
    }
}

/// What stands between two boundaries.
fn part(name: &str, file_name: Option<&str>, content_type: &str, content: &[u8]) -> Bytes {
    let quoted = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let file_name = file_name.map_or_else(String::new, |file_name| format!("; filename=\"{}\"", quoted(file_name)));
    let name = quoted(name);
    let head =
        format!("Content-Disposition: form-data; name=\"{name}\"{file_name}\r\nContent-Type: {content_type}\r\n\r\n");
    [head.as_bytes(), content].concat().into()
}

/// Puts the parts together. The boundary is too random to stand in one of them.
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
