//! Links: methods of a response that return the request builder of another operation.

use crate::json::Json;

use super::{Access, Doc, Example, GroupId, Ident, OperationId, TypeExpr, WireName, Wrapper};

/// The links of all responses with one type of body.
#[derive(Clone, Debug)]
pub struct ResponseLinks {
    /// The type of the body.
    pub body: TypeExpr,
    /// The group whose module contains the type, if it is the enum of an operation's successes.
    pub group: Option<GroupId>,
    /// The Cargo feature that enables the type. `None` if it is always included.
    pub feature: Option<String>,
    /// The methods, in the order of the document.
    pub methods: Vec<LinkMethod>,
}

/// A method for a link.
#[derive(Clone, Debug)]
pub struct LinkMethod {
    /// The name.
    pub name: Ident,
    /// The name of the link in the document.
    pub wire: String,
    /// The doc comment.
    pub doc: String,
    /// The description in the document.
    pub about: Option<Doc>,
    /// The operation that the link calls.
    pub target: OperationId,
    /// The Cargo feature that enables this operation, in addition to that of the type. `None` if there is no other.
    pub feature: Option<String>,
    /// The operations whose responses have the link.
    pub sources: Vec<OperationId>,
    /// The name of the argument for the client.
    pub client: Ident,
    /// The condition under which the response has the link.
    pub guard: LinkGuard,
    /// One value for each argument of the operation. `None` if the caller passes it.
    pub arguments: Vec<Option<LinkValue>>,
    /// The values of setters.
    pub setters: Vec<(Ident, LinkValue)>,
    /// Whether the method returns an `Option`, because the response may lack a value or have another status.
    pub is_optional: bool,
}

/// The condition under which a response has a link.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkGuard {
    /// Every success has it.
    None,
    /// The status code is this one.
    Status(u16),
    /// The body is present, and gets a name.
    Body(Ident),
    /// The body is this variant of the enum of successes, whose value gets a name.
    Variant {
        /// The enum.
        output: Ident,
        /// The variant.
        variant: Ident,
        /// The name of the value. `None` if it is not read.
        value: Option<Ident>,
    },
}

/// A value that a link sets.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkValue {
    /// The source of the value.
    pub source: LinkSource,
    /// The conversion to the type of the parameter.
    pub conversion: LinkConversion,
}

/// The source of a value of a link.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkSource {
    /// A property of the response body.
    Body(Access),
    /// A response header.
    Header(WireName),
    /// A constant.
    Constant {
        /// The value.
        value: Example,
        /// The value as JSON.
        json: Json,
    },
}

/// The conversion of a value to the type of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkConversion {
    /// The value is copied.
    Copy,
    /// The value is borrowed.
    Borrow,
    /// The value is cloned.
    Clone,
    /// The value is written as text.
    ToText,
    /// The text is parsed.
    Parse,
    /// The number is converted to a larger type.
    Widen(TypeExpr),
    /// The number is converted to a type that may be too small.
    Narrow(TypeExpr),
}

impl LinkValue {
    /// Returns whether a response can lack the value.
    pub fn is_fallible(&self) -> bool {
        let is_missing = match &self.source {
            LinkSource::Body(access) => access.steps.iter().any(|step| step.wrapper != Wrapper::None),
            LinkSource::Header(_) => true,
            LinkSource::Constant { .. } => false,
        };
        is_missing || matches!(self.conversion, LinkConversion::Parse | LinkConversion::Narrow(_))
    }
}
