//! Bodies of several JSON values, such as `application/x-ndjson`.

use super::request::Request;

impl Request {
    /// Sets the body to one value per line. For `application/json-seq` (RFC 7464) and `+json-seq` (RFC 8091), each value follows a
    /// record separator.
    pub fn lines_body(&mut self, content_type: &str, values: &[Vec<u8>]) {
        let media_type = content_type.split(';').next().unwrap_or(content_type).trim_end();
        let separator: &[u8] = if media_type.to_ascii_lowercase().ends_with("json-seq") {
            b"\x1e"
        } else {
            b""
        };
        let lines: Vec<_> = values.iter().map(|value| [separator, value, b"\n"].concat()).collect();
        self.body(content_type, lines.concat());
    }
}
