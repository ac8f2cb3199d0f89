//! Responses: unread, and with a decoded body.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::body_report::BodyReport;
use super::codec::{self, Deviation, DeviationRule, ReadError, ReadMode, ReadReport, ReadResult, SkippedItem, Wire};
use super::operation::Call;
use super::transport::ERROR_LIMIT;
use super::{ErrorSet, RateLimit, Unexpected, text};

/// A response with status code, headers and undecoded body.
#[derive(Clone, PartialEq)]
pub struct RawResponse {
    pub(super) status: StatusCode,
    /// Boxed, because responses are variants of enums whose other variants are small.
    pub(super) headers: Box<HeaderMap>,
    pub(super) body: Bytes,
    pub(super) call: Call,
    pub(super) retry_after: Option<Duration>,
    pub(super) read_mode: ReadMode,
    /// Whether items of the outermost list that cannot be read are skipped. The caller can see them in a [`Response`] only.
    pub(super) skips_items: bool,
    pub(super) report: BodyReport,
}

impl RawResponse {
    /// Returns the status code.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body. Errors keep at most its first 64 KiB.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the call.
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// Returns how long the server asks the client to wait, measured from the arrival of the response.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns the rate limit that the server reports.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// Returns the request id that the server assigned, which its operators can search for.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the media type of the body, in lower case and without parameters.
    pub fn content_type(&self) -> Option<String> {
        media_type(&self.headers)
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is empty, is not JSON, or does not match `T`.
    pub fn json<T: Wire>(&self) -> ReadResult<T> {
        self.read_json(self.skips_items)
    }

    /// Reads the body as JSON. With `skips_items`, items of the outermost list that cannot be read are skipped.
    pub(super) fn read_json<T: Wire>(&self, skips_items: bool) -> ReadResult<T> {
        if self.is_bodiless() {
            self.note(DeviationRule::NoBody, "a JSON body", "no body");
            return Ok(T::empty());
        }
        // An empty body is decoded like `null`: as the empty value of the type, if there is one.
        let body: &[u8] = if self.body.is_empty() { b"null" } else { &self.body };
        match codec::read_response(body, self.read_mode, skips_items) {
            Ok((value, report)) => {
                self.report.add(report);
                Ok(value)
            }
            Err(error) => self.unquoted().ok_or_else(|| self.explain(error)),
        }
    }

    /// Returns the body as a value that JSON represents as a string. Some servers omit the quotes, and so send no body for an empty
    /// string.
    fn unquoted<T: Wire>(&self) -> Option<T> {
        let value = codec::from_slice(&self.quoted()?).ok()?;
        if self.body.is_empty() {
            self.note(DeviationRule::NoBody, "a JSON body", "no body");
            return Some(value);
        }
        // A type that can also be read from an object is not represented as a string.
        codec::from_slice::<T>(b"{}").is_err().then(|| {
            self.note(DeviationRule::Converted, "a JSON string", "text without quotes");
            value
        })
    }

    /// Returns the body as a JSON string, or `None` if it cannot be text without quotes: in strict mode, with a media type other than
    /// JSON or plain text, and if it is binary, valid JSON, or begins like JSON and may be truncated.
    fn quoted(&self) -> Option<Vec<u8>> {
        if self.read_mode == ReadMode::Strict {
            return None;
        }
        let is_text = |name: String| name.contains("json") || name == "text/plain";
        let may_be_text = self.body.is_empty() || self.content_type().is_none_or(is_text);
        let text = std::str::from_utf8(&self.body).ok()?.trim_start_matches('\u{feff}');
        let is_json = text.trim_start().starts_with(['"', '{', '['])
            || serde_json::from_str::<serde_core::de::IgnoredAny>(text).is_ok();
        if is_json || !may_be_text {
            return None;
        }
        serde_json::to_vec(text).ok()
    }

    /// Returns whether the body is empty although one is documented, and the status code permits that: the server has
    /// accepted the request, so an error would be wrong.
    pub(super) fn is_bodiless(&self) -> bool {
        const STATUSES: [StatusCode; 4] = [
            StatusCode::ACCEPTED,
            StatusCode::NO_CONTENT,
            StatusCode::RESET_CONTENT,
            StatusCode::PARTIAL_CONTENT,
        ];
        self.body.is_empty() && STATUSES.contains(&self.status) && self.read_mode != ReadMode::Strict
    }

    /// Records a deviation of the whole body.
    pub(super) fn note(&self, rule: DeviationRule, expected: &str, found: &str) {
        let deviations = vec![Deviation::new(rule, expected, found)];
        let skipped = Vec::new();
        self.report.add(ReadReport { deviations, skipped });
    }

    /// Reads a success whose status codes have different bodies. A code that is not `listed` is read like the nearest one
    /// that is, or kept as `other` if the body does not match completely.
    #[doc(hidden)]
    pub fn by_status<T>(
        &self,
        listed: &[u16],
        read: fn(&Self, u16) -> ReadResult<T>,
        other: fn(Self) -> T,
    ) -> ReadResult<T> {
        let status = self.status.as_u16();
        match listed.iter().copied().min_by_key(|code| code.abs_diff(status)) {
            Some(nearest) if nearest == status => read(self, status),
            Some(nearest) => {
                if self.read_mode == ReadMode::Reporting {
                    self.note(
                        DeviationRule::UndocumentedStatus,
                        "a documented status code",
                        "another one",
                    );
                }
                match read(self, nearest) {
                    Ok(body) if self.report.is_complete() => Ok(body),
                    Ok(_) | Err(_) => Ok(other(self.clone())),
                }
            }
            None => Ok(other(self.clone())),
        }
    }

    /// Replaces an error of reading JSON if there is no body, or if its media type is not JSON.
    fn explain(&self, error: Box<ReadError>) -> Box<ReadError> {
        match self.content_type() {
            _ if self.body.is_empty() => ReadError::mismatch("a JSON body", "an empty body"),
            Some(media_type) if !media_type.contains("json") => {
                ReadError::mismatch("a body of type `application/json`", format!("`{media_type}`"))
            }
            Some(_) | None => error,
        }
    }

    /// Reads the body as JSON, or returns `None` if it is empty.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON or does not match `T`.
    #[doc(hidden)]
    pub fn optional_json<T: Wire>(&self) -> ReadResult<Option<T>> {
        if self.body.is_empty() {
            Ok(None)
        } else {
            self.json().map(Some)
        }
    }

    /// Reads the body as text. A JSON string, if the response declares JSON, is returned without quotes and escapes. A body that is
    /// not UTF-8 is read as ISO 8859-1, in which every byte is a character.
    ///
    /// # Errors
    ///
    /// Returns an error in strict mode if the body is neither UTF-8 nor declared as ISO 8859-1.
    pub fn text(&self) -> ReadResult<String> {
        let error = match std::str::from_utf8(&self.body) {
            Ok(text) => return Ok(self.json_string().unwrap_or_else(|| text.to_owned())),
            Err(error) => error,
        };
        if !self.is_latin1() {
            if self.read_mode == ReadMode::Strict {
                return Err(ReadError::new(error.to_string()));
            }
            self.note(DeviationRule::Converted, "UTF-8 text", "other bytes");
        }
        Ok(self.body.iter().copied().map(char::from).collect())
    }

    /// Returns the string in a body that is declared as JSON. Some servers declare plain text as JSON, so anything else is text.
    fn json_string(&self) -> Option<String> {
        let is_json = self.body.starts_with(b"\"") && self.content_type()?.ends_with("json");
        is_json.then(|| serde_json::from_slice(&self.body).ok()).flatten()
    }

    /// Returns whether the `Content-Type` header declares a character set that is a superset of ASCII with one byte for each
    /// character.
    fn is_latin1(&self) -> bool {
        let content_type = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let lower = content_type.map(str::to_ascii_lowercase).unwrap_or_default();
        ["iso-8859-1", "latin1", "windows-1252"]
            .iter()
            .any(|name| lower.contains(name))
    }

    /// Reads the body of a documented error. A body that does not match becomes the `Unexpected` variant.
    #[doc(hidden)]
    pub fn error<T: Wire, E: ErrorSet>(&self, documented: fn(T) -> E) -> E {
        match self.json() {
            Ok(body) => documented(body),
            Err(_) => E::unexpected(self.unexpected()),
        }
    }

    /// Reads the body of an error that is documented as plain text.
    #[doc(hidden)]
    pub fn text_error<E: ErrorSet>(&self, documented: fn(String) -> E) -> E {
        match self.text() {
            Ok(body) => documented(body),
            Err(_) => E::unexpected(self.unexpected()),
        }
    }

    /// Returns the response as an undocumented error.
    #[doc(hidden)]
    pub fn unexpected(&self) -> Unexpected {
        Unexpected::new(self.clone())
    }

    /// Truncates the body, so that a stored error stays small.
    pub(super) fn truncate_body(&mut self) {
        if self.body.len() > ERROR_LIMIT {
            self.body = Bytes::copy_from_slice(&self.body[..ERROR_LIMIT]);
        }
    }
}

/// Formats as one line; `{:#?}` adds headers and body, with secrets redacted.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write!(f, "RawResponse({}, {} bytes)", self.status, self.body.len());
        }
        f.debug_struct("RawResponse")
            .field("call", &format_args!("{}", self.call))
            .field("status", &self.status)
            .field("headers", &text::redacted_headers(&self.headers))
            .field("body", &text::redacted_body(&self.body))
            .finish()
    }
}

/// Returns the media type of a body, in lower case and without parameters.
pub(super) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let media_type = value.split(';').next().unwrap_or(value);
    Some(media_type.trim().to_ascii_lowercase())
}

pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 6] = [
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "x-amzn-requestid",
        "x-ms-request-id",
        "cf-ray",
    ];
    NAMES.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

/// A decoded body with the status code and headers of its response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response<T> {
    pub(super) body: T,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) retry_after: Option<Duration>,
    pub(super) report: ReadReport,
    pub(super) bytes: Bytes,
}

impl<T> Response<T> {
    /// Returns how long the server asks the client to wait, measured from the arrival of the response.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    pub(super) fn new(body: T, raw: RawResponse) -> Self {
        Self {
            body,
            status: raw.status,
            headers: *raw.headers,
            retry_after: raw.retry_after,
            report: raw.report.take(),
            bytes: raw.body,
        }
    }

    /// Returns the deviations of the body that were accepted.
    pub fn deviations(&self) -> &[Deviation] {
        &self.report.deviations
    }

    /// Returns the items of the body's outermost list that could not be decoded. They are not part of the body.
    pub fn skipped(&self) -> &[SkippedItem] {
        &self.report.skipped
    }

    /// Returns the status code.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the rate limit that the server reports.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// Returns the request id that the server assigned, which its operators can search for.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body and drops the status code and the headers.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns the received body, even if it is not documented. The body of a stream is empty.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Maps the body to another type.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            body: change(self.body),
            status: self.status,
            headers: self.headers,
            retry_after: self.retry_after,
            report: self.report,
            bytes: self.bytes,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
