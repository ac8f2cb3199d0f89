//! Bodies of JSON values one after another: `application/x-ndjson` and the like.

use super::request::Request;

impl Request {
    /// Sets the body to values, each on a line of its own; `application/json-seq` (RFC 7464) has a mark before each as well.
    pub fn lines_body(&mut self, content_type: &str, values: &[Vec<u8>]) {
        let mark: &[u8] = if content_type.starts_with("application/json-seq") {
            b"\x1e"
        } else {
            b""
        };
        let lines: Vec<_> = values.iter().map(|value| [mark, value, b"\n"].concat()).collect();
        self.body(content_type, lines.concat());
    }
}
