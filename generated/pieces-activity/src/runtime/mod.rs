//! Client runtime: requests, retries, credentials, pagination and errors.

#[doc(hidden)]
pub mod __private;
mod address;
mod api_error;
mod auth;
mod blocking;
mod body;
mod body_report;
mod call_error;
mod call_options;
mod core;
mod environment;
mod error;
mod exchange;
mod execute;
mod fetch;
mod gzip;
mod hooks;
mod http_client;
mod json_object;
pub mod mock;
mod mock_pages;
mod operation;
mod pacing;
mod platform;
mod prepared_request;
pub mod problem;
mod rate_limit;
mod raw_request;
mod request;
mod request_url;
mod response;
mod response_future;
mod retry;
mod secret;
mod server_message;
mod text;
pub(crate) mod tower;
mod trace;
mod transport;

/// Deviations of responses from the API description.
pub mod deviation {
    pub use super::codec::{Deviation, DeviationRule, SkippedItem};
}

#[allow(unused_imports)] // Which of these a crate uses depends on its API.
pub(crate) use __private::*;

pub use api_error::{ApiError, ErrorSet, Unexpected};
pub use auth::Credential;
#[cfg(feature = "blocking")]
pub use blocking::block_on;
pub use body::Body;
pub use call_error::{AuthError, BuildError, CallError, DecodeError, TimeoutError, TransportError};
pub use call_error::{AuthErrorKind, TimeoutKind, TransportErrorKind};
pub use codec::time::{DateTime, Time};
pub use codec::{Base64, Nullable, ReadError};
pub use environment::{BoxError, BoxFuture, Environment};
pub use error::Error;
pub use hooks::{Attempt, CallResult, Hook, Measurement};
#[doc(no_inline)]
pub use http::Method;
pub use http_client::HttpClient;
pub use operation::Call;
pub use prepared_request::PreparedRequest;
pub use rate_limit::RateLimit;
pub use raw_request::RawRequest;
pub use response::{RawResponse, Response};
pub use response_future::ResponseFuture;
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use transport::{Chunks, Transport};
