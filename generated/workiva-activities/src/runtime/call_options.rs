//! The options of a single call, and the setters that request builders have for them.
//!
//! The builders of operations with optional parameters have the same setters in their own files. The generator copies them from here,
//! so they name other types by full paths.

use std::time::Duration;

use serde_json::Value;

use super::codec::ReadMode;
use super::prepared_request::PreparedRequest;
use super::retry::RetryPolicy;

/// The options of a single call.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    pub retries: Option<RetryPolicy>,
    pub timeout: Option<Duration>,
    pub attempt_timeout: Option<Duration>,
    pub base_url: Option<String>,
    pub allow_empty_path: bool,
    pub read_mode: Option<ReadMode>,
    pub body_fields: Vec<(String, Value)>,
}

impl<T, E> PreparedRequest<T, E> {
    /// Overrides the retry policy of the client for this call.
    pub fn retries(mut self, policy: crate::runtime::RetryPolicy) -> Self {
        self.request.options().retries = Some(policy);
        self
    }

    /// Sets the timeout of the whole call, including all attempts, waits and token requests.
    pub fn timeout(mut self, limit: std::time::Duration) -> Self {
        self.request.options().timeout = Some(limit);
        self
    }

    /// Sets the timeout of each attempt.
    pub fn attempt_timeout(mut self, limit: std::time::Duration) -> Self {
        self.request.options().attempt_timeout = Some(limit);
        self
    }

    /// Turns every deviation that `deviations()` of the response would list into an error.
    pub fn strict(mut self) -> Self {
        self.request.options().read_mode = Some(crate::runtime::ReadMode::Strict);
        self
    }

    /// Uses the default of the type for a required value of the response that cannot be decoded, and reports a deviation.
    pub fn lenient(mut self) -> Self {
        self.request.options().read_mode = Some(crate::runtime::ReadMode::Lenient);
        self
    }

    /// Also reports unknown enum values and undocumented properties and status codes as deviations. Decoding is slower.
    pub fn report_undocumented(mut self) -> Self {
        self.request.options().read_mode = Some(crate::runtime::ReadMode::Reporting);
        self
    }

    /// Sets a header of this call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.header_text(name, value.to_owned());
        self
    }

    /// Adds a query parameter to this call, in addition to the parameters of the operation.
    pub fn query_pair(mut self, name: &str, value: &str) -> Self {
        self.request.query_pair(name, value);
        self
    }

    /// Allows the last path parameter to be empty: the path then ends with a slash.
    pub fn allow_empty_path(mut self) -> Self {
        self.request.options().allow_empty_path = true;
        self
    }

    /// Sets the idempotency key of this call. A call with a key is retried like a GET.
    pub fn with_idempotency_key(mut self, key: &str) -> Self {
        self.request.idempotency_key(key);
        self
    }

    /// Adds a field to the JSON body of this call, in addition to those of the operation.
    pub fn with_body_field(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
        self.request.options().body_fields.push((name.into(), value.into()));
        self
    }

    /// Sends this call to another server, with the client's credentials.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.request.options().base_url = Some(url.into());
        self
    }
}
