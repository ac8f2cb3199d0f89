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
        if path.contains("://") {
            request.fail(BuildError::new(format!(
                "`{path}` is not a path on the client's server"
            )));
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        request.template = Cow::Owned(path.to_owned());
        request.query.push((Cow::Borrowed(""), query.to_owned()));
        Self { request }
    }

    super::call_options!();

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
