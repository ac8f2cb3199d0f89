//! Requests for another representation of a response: another media type, or a stream.

use http::header::ACCEPT;

use super::json_object::set_property;
use super::request::Request;

// Which functions an SDK uses depends on its operations.
#[allow(dead_code)]
impl Request {
    /// Sets the `Accept` header, unless the caller set it.
    pub fn accept(&mut self, media_type: &str) {
        if !self.headers.contains_key(ACCEPT) {
            self.header_text("accept", media_type.to_owned());
        }
    }

    /// Sets a flag in the JSON body by which the server decides whether to stream. With `add_if_missing`, a missing flag is added.
    pub fn stream_flag(&mut self, name: &str, value: bool, add_if_missing: bool) {
        let body = std::str::from_utf8(self.body.as_bytes()).unwrap_or_default();
        let body = if body.is_empty() && add_if_missing { "{}" } else { body };
        let flag = if value { "true" } else { "false" };
        if let Some(body) = set_property(body, name, flag, add_if_missing) {
            self.body("application/json", body);
        }
    }

    /// Returns whether a query parameter or a field of a form is set.
    pub fn is_set(&self, name: &str) -> bool {
        self.query.iter().any(|(other, _)| other == name) || self.fields.iter().any(|(other, _)| *other == name)
    }
}
