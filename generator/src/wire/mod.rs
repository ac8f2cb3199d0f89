//! Terms of HTTP and OpenAPI that the stages share: methods, status codes, media types, parameter locations and styles, URLs, and
//! retry rules.

mod enum_base;
mod foreign_type;
mod info;
mod license;
mod media_type;
mod method;
mod oauth;
mod result_location;
mod retry;
mod string_form;
pub mod url;

use std::borrow::Cow;

pub use enum_base::EnumBase;
pub use foreign_type::ForeignType;
pub use info::{Contact, License};
pub use media_type::{MediaKind, MediaType};
pub use method::Method;
pub use oauth::{GrantType, TokenFlow};
pub use result_location::ResultLocation;
pub use retry::RetryRule;
pub use string_form::StringForm;

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// A segment of the path.
    Path,
    /// A pair of the query.
    Query,
    /// The whole query (OpenAPI 3.2).
    QueryString,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl Location {
    /// Returns the form of a parameter's name in which equal names are the same text. Names of headers have no case.
    pub fn canonical_name(self, name: &str) -> Cow<'_, str> {
        match self {
            Self::Header => name.to_ascii_lowercase().into(),
            Self::Path | Self::Query | Self::QueryString | Self::Cookie => name.into(),
        }
    }
}

/// The style of a parameter: how arrays and objects are serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue,black`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color=blue%09black`, from `tsv` of Swagger 2.0
    TabDelimited,
    /// `color%5BR%5D=100`
    DeepObject,
    /// `color=blue`, not percent-encoded (OpenAPI 3.2)
    Cookie,
}

/// The style of a property of an object that is sent as a form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldStyle {
    /// The name of the property.
    pub name: String,
    /// The style.
    pub style: Style,
    /// Whether arrays and objects are exploded.
    pub explode: bool,
    /// Whether reserved characters are not percent-encoded.
    pub allow_reserved: bool,
}

/// The status codes of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One code.
    Code(u16),
    /// A range such as `4XX`, by its first digit.
    Range(u8),
    /// `default`
    Default,
}

impl Status {
    /// Returns whether all codes are 2XX.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}
