//! Compares a response with its operation.

use serde_json::Value;

use super::Examiner;
use super::exchange::Exchange;
use super::finding::{Finding, Fix};
use super::kind::Kind;
use super::media;
use super::parameters;
use super::requests::untyped;
use super::values::Direction;
use crate::document::{Operation, Response, Status};

/// Response headers of HTTP, of browsers and of proxies, which documents do not list.
const STANDARD_HEADERS: [&str; 42] = [
    "accept-ranges",
    "age",
    "allow",
    "alt-svc",
    "cache-control",
    "clear-site-data",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-type",
    "date",
    "expires",
    "etag",
    "keep-alive",
    "last-modified",
    "nel",
    "permissions-policy",
    "pragma",
    "referrer-policy",
    "report-to",
    "reporting-endpoints",
    "server",
    "server-timing",
    "set-cookie",
    "strict-transport-security",
    "timing-allow-origin",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "vary",
    "via",
    "www-authenticate",
    "x-cache",
    "x-content-type-options",
    "x-frame-options",
    "x-powered-by",
    "x-xss-protection",
];

impl Examiner<'_> {
    pub(super) fn response(&mut self, exchange: &Exchange, index: usize) -> Vec<Finding> {
        let document = self.document;
        let operation = &document.operations[index];
        let mut found = Vec::new();
        let Some(position) = declared(operation, exchange.status) else {
            let message = format!("the status code {} is not documented", exchange.status);
            let finding = Finding::new(Kind::UndocumentedStatus, Some(operation.place), message);
            let fix = Fix::Response {
                operation: index,
                status: exchange.status,
            };
            return vec![finding.about(&exchange.status.to_string()).fix(fix)];
        };
        let response = &operation.responses[position];
        if exchange.response.body.is_some() {
            self.with_body.insert((index, position));
        }
        self.response_headers(exchange, response, &mut found);
        let media_type = exchange.response.media_type();
        match (&exchange.response.body, media_type) {
            (None, _) => {
                let is_head = operation.method == "HEAD";
                if !response.content.is_empty() && exchange.status != 204 && !is_head {
                    let message = "the response has no body, but the document lists one";
                    let finding = Finding::new(Kind::MissingResponseBody, Some(response.place), message);
                    found.push(finding.fix(Fix::NoContent {
                        operation: index,
                        response: position,
                    }));
                }
            }
            (Some(text), Some(media_type)) => {
                self.response_body(text, &media_type, (index, position), &mut found);
            }
            (Some(_), None) => {}
        }
        found
    }

    fn response_body(&mut self, text: &str, media_type: &str, at: (usize, usize), found: &mut Vec<Finding>) {
        let document = self.document;
        let response = &document.operations[at.0].responses[at.1];
        if let Some(content) = media::find(&response.content, media_type) {
            return self.json_body(content, media_type, text, Direction::Response, found);
        }
        let (kind, message) = if response.content.is_empty() {
            let message = format!("the response has a body of type `{media_type}`, but the document lists none");
            (Kind::UndocumentedResponseBody, message)
        } else {
            let message = format!("the body has the media type `{media_type}`, which is not documented");
            (Kind::ResponseMediaType, message)
        };
        let media_type = media_type.to_owned();
        let finding = Finding::new(kind, Some(response.place), message).about(&media_type);
        let fix = Fix::ResponseContent {
            operation: at.0,
            response: at.1,
            media_type: media_type.clone(),
        };
        found.push(media::sampled(finding.fix(fix), &media_type, text));
    }

    fn response_headers(&mut self, exchange: &Exchange, response: &Response, found: &mut Vec<Finding>) {
        for header in &response.headers {
            let Some(text) = exchange.response.header(&header.name) else {
                if header.required {
                    let message = format!("the required header `{}` is missing", header.name);
                    let fix = Fix::Set {
                        place: Some(header.place),
                        keyword: "required",
                        value: Value::Bool(false),
                    };
                    found.push(Finding::new(Kind::MissingResponseHeader, Some(header.place), message).fix(fix));
                }
                continue;
            };
            if let Some(id) = header.schema {
                let value = parameters::scalar(&self.document.schemas, id, text);
                let path = format!("header `{}`", header.name);
                // Lists and objects in headers are not decoded.
                if self.is_scalar(id) {
                    found.extend(self.compare(&value, id, &path, Direction::Response));
                }
            }
        }
        for (name, value) in &exchange.response.headers {
            let lower = name.to_ascii_lowercase();
            let is_known = STANDARD_HEADERS.contains(&lower.as_str())
                || ["access-control-", "cross-origin-", "cf-", "x-amz-cf-"]
                    .iter()
                    .any(|prefix| lower.starts_with(prefix))
                || response.headers.iter().any(|own| own.name.eq_ignore_ascii_case(name));
            if !is_known {
                let message = format!("the header `{name}` is not documented");
                let finding = Finding::new(Kind::UndocumentedResponseHeader, Some(response.place), message);
                let fix = Fix::Header {
                    response: response.place,
                    name: name.clone(),
                };
                found.push(finding.about(&lower).sample(&untyped(value)).fix(fix));
            }
        }
    }
}

/// Returns the index of the response for a status code: the exact one, or that of its range, or the default.
fn declared(operation: &Operation, status: u16) -> Option<usize> {
    let class = u8::try_from(status / 100).unwrap_or_default();
    [Status::Code(status), Status::Range(class), Status::Default]
        .iter()
        .find_map(|wanted| {
            operation
                .responses
                .iter()
                .position(|response| response.status == *wanted)
        })
}
