//! Client runtime: requests, retries, credentials, pagination and errors.

#[doc(hidden)]
pub mod __private;
mod address;
mod alternatives;
mod api_error;
mod auth;
mod blocking;
mod blocking_iter;
mod blocking_pages;
mod blocking_streams;
mod body;
mod body_report;
mod call_error;
mod call_options;
mod client_parameters;
mod core;
mod download;
mod environment;
mod error;
mod exchange;
mod execute;
mod fetch;
mod file;
mod file_parts;
mod form;
mod frames;
mod gzip;
mod header_value;
mod hooks;
mod http_client;
mod json_object;
mod lines;
pub mod login;
pub mod mock;
mod mock_pages;
mod multipart;
mod named_events;
mod oauth2;
mod operation;
mod pacing;
mod page;
mod page_input;
mod page_request;
mod platform;
mod poller;
mod polling;
mod prepared_request;
pub mod problem;
mod query_fields;
mod rate_limit;
mod raw_request;
mod reconnect;
mod request;
mod request_url;
mod response;
mod response_future;
mod response_stream;
mod retry;
mod secret;
mod server_message;
mod style;
mod styled_parts;
mod text;
mod token;
mod token_cache;
mod token_endpoint;
pub(crate) mod tower;
mod trace;
mod transport;
pub mod webhook;
mod xml;
mod xml_parts;
mod xml_reader;
mod xml_tree;

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
#[cfg(feature = "blocking")]
pub use blocking_iter::BlockingIter;
pub use body::Body;
pub use call_error::{AuthError, BuildError, CallError, DecodeError, TimeoutError, TransportError};
pub use call_error::{AuthErrorKind, TimeoutKind, TransportErrorKind};
pub use codec::duration::Duration;
pub use codec::time::{DateTime, Time};
pub use codec::{Base64, Nullable, ReadError};
pub use download::Download;
pub use environment::{BoxError, BoxFuture, Environment};
pub use error::Error;
pub use file::File;
pub use hooks::{Attempt, CallResult, Hook, Measurement};
#[doc(no_inline)]
pub use http::Method;
pub use http_client::HttpClient;
pub use oauth2::OAuth2;
pub use operation::Call;
pub use page::{Items, Page, Pages};
pub use poller::{Poller, Progress};
pub use prepared_request::PreparedRequest;
pub use rate_limit::RateLimit;
pub use raw_request::RawRequest;
pub use response::{RawResponse, Response};
pub use response_future::ResponseFuture;
pub use response_stream::{ResponseStream, ServerEvent};
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use token::Token;
pub use token_endpoint::TokenResponse;
pub use transport::{Chunks, Transport};
