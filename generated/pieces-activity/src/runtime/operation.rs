//! What the document says of an operation, and which call of it is under way.

use std::borrow::Cow;
use std::fmt;

use super::RetryPolicy;

#[doc(no_inline)]
pub use http::Method;

/// The facts of an operation, as the document gives them.
#[derive(Debug)]
pub struct Operation {
    /// The name of the operation in the document.
    pub id: &'static str,
    /// The method, as it stands in the request.
    pub method: &'static str,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// What `Accept` says; nothing where it is empty.
    pub accept: &'static str,
    /// Which credentials may serve: any one of the outer list, and of that one all. Empty means that none is needed; an
    /// empty inner list means that a call without credentials is fine too.
    pub security: &'static [&'static [RequiredScheme]],
    /// Whether a repeated call does no harm. `None`: as the method has it.
    pub idempotent: Option<bool>,
    /// The header that carries an idempotency key. The runtime fills it, unless the caller did.
    pub idempotency_key: Option<&'static str>,
    /// The retry policy of the document.
    pub retries: Option<RetryPolicy>,
    /// The operation's own server: an absolute URL, or a path on the client's server.
    pub base: Option<&'static str>,
    /// Statuses outside of 200–299 that are no error.
    pub success: &'static [u16],
}

impl Operation {
    /// An operation of which nothing special is known.
    pub const DEFAULT: Self = Self {
        id: "",
        method: "GET",
        path: "/",
        accept: "application/json",
        security: &[],
        idempotent: None,
        idempotency_key: None,
        retries: None,
        base: None,
        success: &[],
    };
}

/// A scheme that a call needs, by its name in the document.
#[derive(Clone, Copy, Debug)]
pub struct RequiredScheme {
    /// The name of the scheme.
    pub scheme: &'static str,
    /// The scopes, for schemes that have them.
    pub scopes: &'static [&'static str],
}

/// Which call, and which try of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub(super) id: &'static str,
    pub(super) method: Method,
    pub(super) path: Cow<'static, str>,
    pub(super) attempt: u32,
    pub(super) attempts: u32,
}

impl Call {
    /// The name of the operation in the document.
    pub fn operation_id(&self) -> &str {
        self.id
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path, with its parameters in braces.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The number of this attempt, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// How many attempts the retry policy allows.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// `attempt 1 of 3`
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
