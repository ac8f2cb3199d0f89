//! Requests that are not in the API description, with the same credentials, retries and errors.

use std::borrow::Cow;

use http::Method;

use super::call_error::BuildError;
use super::codec::Wire;
use super::core::Core;
use super::operation::Operation;
use super::request::Request;
use super::{Body, Error, RawResponse};

static OPERATION: Operation = Operation {
    id: "request",
    accept: "*/*",
    ..Operation::DEFAULT
};

/// A request that is not in the API description.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RawRequest {
    request: Request,
}

impl RawRequest {
    /// Creates a request to a path on the client's server. The path must be percent-encoded and may contain a query.
    #[doc(hidden)]
    pub fn new(core: &Core, method: Method, path: &str) -> Self {
        let mut request = Request::new(core, &OPERATION);
        request.method = method;
        request.security = core.0.api_info.security;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        if path.contains("://") {
            request.fail(BuildError::new(format!(
                "`{path}` is not a path on the client's server"
            )));
        }
        request.template = Cow::Owned(path.to_owned());
        request.query.push((Cow::Borrowed(""), query.to_owned()));
        Self { request }
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.request.query_pair(name, value);
        self
    }

    /// Sets the body to JSON.
    pub fn json(mut self, value: &dyn Wire) -> Self {
        self.request.json_body(value);
        self
    }

    /// Sets the body.
    pub fn body(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        self.request.body(content_type, body);
        self
    }

    /// Sends the request and returns the response.
    ///
    /// # Errors
    ///
    /// Every status code outside 200–299 is an error.
    pub async fn send(self) -> Result<RawResponse, Error> {
        self.request.succeed().await
    }

    /// Does the same as [`send`](Self::send), for code that is not async.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send). A call inside a single-threaded tokio runtime is an error too.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<RawResponse, Error> {
        super::block_on(self.send())
    }
}

// The options of a single call. Every request builder has them.
impl RawRequest {
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
