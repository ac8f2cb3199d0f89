//! Operations of the API description, and calls of them.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, Method};

use super::RetryPolicy;
use super::request::Request;

/// The static facts of an operation.
#[derive(Debug)]
pub struct Operation {
    /// The operation id.
    pub id: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// The value of the `Accept` header; empty for none.
    pub accept: &'static str,
    /// The media type of a multipart body, without its boundary.
    pub multipart: &'static str,
    /// The alternative security requirements, each a list of schemes that are all needed. An empty outer list means that no
    /// credentials are needed; an empty inner list means that credentials are optional.
    pub security: &'static [&'static [RequiredScheme]],
    /// Whether the request can be repeated safely. `None` means that the HTTP method determines it.
    pub idempotent: Option<bool>,
    /// The header for an idempotency key, which the runtime sets unless the caller does.
    pub idempotency_key: Option<&'static str>,
    /// The retry policy of the API description.
    pub retries: Option<RetryPolicy>,
    /// The server of the operation: an absolute URL, or a path on the client's server.
    pub base: Option<&'static str>,
    /// Sets the parameters of the client in a new request, or checks that a complete one has those that are required.
    pub parameters: fn(&mut Request, bool),
    /// Status codes outside 200–299 that are successes.
    pub success: &'static [u16],
    /// The boolean property of the body that is true in a success and false in an error with the status code of a success.
    pub success_flag: Option<&'static str>,
}

impl Operation {
    /// The defaults of an operation.
    pub const DEFAULT: Self = Self {
        id: "",
        method: "GET",
        path: "/",
        accept: "application/json",
        multipart: "multipart/form-data",
        security: &[],
        idempotent: None,
        idempotency_key: None,
        retries: None,
        base: None,
        parameters: |_, _| {},
        success: &[],
        success_flag: None,
    };

    /// Returns the header `Accept`. `None` if the operation has no media types, or one that a header cannot contain.
    pub(super) fn accept_header(&self) -> Option<HeaderValue> {
        let value = HeaderValue::from_maybe_shared(Bytes::from_static(self.accept.as_bytes()));
        value.ok().filter(|value| !value.is_empty())
    }
}

/// A security scheme that a call needs.
#[derive(Clone, Copy, Debug)]
pub struct RequiredScheme {
    /// The name of the scheme.
    pub scheme: &'static str,
    /// The scopes, for schemes that have them.
    pub scopes: &'static [&'static str],
}

impl RequiredScheme {
    /// Creates a requirement from the name of a scheme and its scopes.
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

/// A call: the operation and the number of the attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub(super) id: &'static str,
    pub(super) method: Method,
    pub(super) path: Cow<'static, str>,
    pub(super) attempt: u32,
    pub(super) attempts: u32,
    pub(super) is_internal: bool,
}

impl Call {
    /// Returns the operation id.
    pub fn operation_id(&self) -> &str {
        self.id
    }

    /// Returns whether this is a request of the runtime itself, for a token or the address of a token endpoint.
    pub fn is_token_request(&self) -> bool {
        self.is_internal
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path, with parameters in braces.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the number of this attempt, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the maximum number of attempts.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Formats as `attempt 1 of 3`.
    pub(super) fn progress(&self) -> String {
        match self.attempts {
            u32::MAX => format!("attempt {}", self.attempt),
            attempts => format!("attempt {} of {attempts}", self.attempt),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
