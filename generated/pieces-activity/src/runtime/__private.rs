//! What generated code calls. It is not part of the public interface and may change in any version.

#[path = "codec/mod.rs"]
pub mod codec;

pub use super::address::server_url;
pub use super::auth::{GrantType, KeyLocation, OAuth2Flow, SchemeKind, SecretRequest, SecurityScheme, Variables};
pub use super::call_options::CallOptions;
pub use super::core::{ApiInfo, Core, Settings};
pub use super::environment::SystemEnvironment;
pub use super::operation::{Operation, RequiredScheme};
pub use super::request::Request;
pub use codec::ReadMode;
