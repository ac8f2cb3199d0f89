//! The machinery that all operations share: requests, retries, credentials, paging and errors.
//!
//! Each line below brings in one module with what it gives; what no operation of an API needs is left out.

mod address;
mod api_error;
mod auth;
mod body;
pub mod codec;
mod core;
mod environment;
mod error;
mod execute;
mod failure;
mod hooks;
mod http_client;
pub mod mock;
mod oauth2;
mod operation;
mod page;
mod prepared;
mod raw;
mod request;
mod response;
mod retry;
mod secret;
mod send;
mod text;
mod token;
mod transport;
mod walk;

pub use address::server_url;
pub use api_error::{ApiError, ErrorSet, Unexpected};
pub use auth::{Ask, Credential, Place, Scheme, SchemeKind, Variables};
pub use body::Body;
pub use core::{About, Core, Settings};
pub use environment::{BoxError, BoxFuture, Environment, System};
pub use error::Error;
pub use failure::{AuthError, BuildError, CallError, DecodeError, PagingError, TimeoutError, TransportError};
pub use failure::{AuthErrorKind, TimeoutKind, TransportErrorKind};
pub use hooks::{Attempt, Hook};
pub use http_client::HttpClient;
pub use oauth2::ClientCredentials;
pub use operation::{Call, Method, Operation, SecurityNeed};
pub use page::{Items, Page, Pages, Paging};
pub use prepared::Prepared;
pub use raw::RawRequest;
pub(crate) use request::call_options;
pub use request::{Options, Request};
pub use response::{RawResponse, Response};
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use send::Sending;
pub use token::Token;
pub use transport::{Chunks, Transport};
pub use walk::{Input, Step};
