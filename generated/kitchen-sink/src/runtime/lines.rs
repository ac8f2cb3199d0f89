//! Bodies of several JSON values, such as `application/x-ndjson`.

use super::request::Request;

impl Request {
    /// Sets the body to one value per line. For `application/json-seq` (RFC 7464), each value follows a record separator.
    pub fn lines_body(&mut self, content_type: &str, values: &[Vec<u8>]) {
        let separator: &[u8] = if content_type.starts_with("application/json-seq") {
            b"\x1e"
        } else {
            b""
        };
        let lines: Vec<_> = values.iter().map(|value| [separator, value, b"\n"].concat()).collect();
        self.body(content_type, lines.concat());
    }
}
