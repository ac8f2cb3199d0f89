//! The machinery that all operations share: requests, retries, credentials, paging and errors.
//!
//! Each line below brings in one module with what it gives; what no operation of an API needs is left out.

mod address;
mod api_error;
mod auth;
mod body;
mod call_error;
pub mod codec;
mod core;
mod environment;
mod error;
mod execute;
mod hooks;
mod http_client;
pub mod mock;
mod operation;
mod prepared_request;
mod raw_request;
mod request;
mod response;
mod response_future;
mod retry;
mod secret;
mod text;
mod transport;

pub use address::server_url;
pub use api_error::{ApiError, ErrorSet, Unexpected};
pub use auth::{Credential, KeyLocation, SchemeKind, SecretRequest, SecurityScheme, Variables};
pub use body::Body;
pub use call_error::{AuthError, BuildError, CallError, DecodeError, PagingError, TimeoutError, TransportError};
pub use call_error::{AuthErrorKind, TimeoutKind, TransportErrorKind};
pub use core::{ApiInfo, Core, Settings};
pub use environment::{BoxError, BoxFuture, Environment, SystemEnvironment};
pub use error::Error;
pub use hooks::{Attempt, Hook};
pub use http_client::HttpClient;
pub use operation::{Call, Method, Operation, RequiredScheme};
pub use prepared_request::PreparedRequest;
pub use raw_request::RawRequest;
pub(crate) use request::call_options;
pub use request::{CallOptions, Request};
pub use response::{RawResponse, Response};
pub use response_future::ResponseFuture;
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use transport::{Chunks, Transport};
