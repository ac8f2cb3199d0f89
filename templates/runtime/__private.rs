//! What generated code calls. It is not part of the public interface and may change in any version.

#[path = "codec/mod.rs"]
pub mod codec;

pub use super::address::server_url;
pub use super::auth::{GrantType, KeyLocation, OAuth2Flow, SchemeKind, SecretRequest, SecurityScheme, Variables};
pub use super::call_options::CallOptions;
pub use super::client_parameters::{ClientParameter, ParameterLocation};
pub use super::core::{ApiInfo, Core, Settings};
pub use super::environment::SystemEnvironment;
pub use super::frames::{Frame, Framing};
pub use super::header_value::{HeaderForm, header_value};
pub use super::named_events::NamedEvents;
pub use super::operation::{Operation, RequiredScheme};
pub use super::page::Pagination;
pub use super::page_input::PaginationInput;
pub use super::page_request::PaginationStep;
pub use super::polling::{Polling, ResultLocation};
pub use super::request::Request;
pub use super::style::{Nested, Style, StyleRule};
pub use super::xml::{XmlField, XmlForm, XmlNode, XmlRoot, XmlScalar, from_xml, to_xml};
pub use codec::ReadMode;
