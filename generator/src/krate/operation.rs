//! Operations and groups.

use super::{
    AlternativeStream, Body, CallCase, ClientParameterUse, Doc, ErrorId, ExampleCall, GroupId, Ident, Input,
    OperationHeader, OperationId, OperationProse, OperationSnippets, Pagination, Polling, SecurityId, Stream, TypeExpr,
    WireName, XmlRoot,
};
use crate::json::Json;
use crate::wire::{MediaType, Method, RetryRule, Status};

/// A group of operations: a module of `api` with a struct that has one method for each operation.
#[derive(Clone, Debug)]
pub struct Group {
    /// The enclosing group. `None` if the client itself returns the group.
    pub parent: Option<GroupId>,
    /// The method that returns the group, such as `activities`. Also the name of the module.
    pub accessor: Ident,
    /// The Cargo feature that enables the group and its subgroups. `None` if the group is always included.
    pub feature: Option<String>,
    /// The name of the struct, such as `Activities`.
    pub handle: Ident,
    /// The modules from `api` to the group.
    pub path: Vec<Ident>,
    /// The name in the document, for headings.
    pub title: String,
    /// The documentation.
    pub doc: Doc,
    /// The doc comment of the method that returns the group.
    pub accessor_doc: String,
    /// The subgroups.
    pub groups: Vec<GroupId>,
    /// Its operations, in the order of the document.
    pub operations: Vec<OperationId>,
}

impl Group {
    /// Returns the path of the struct, relative to the root of the crate, such as `api::client::activity::Activity`.
    pub fn handle_path(&self) -> String {
        self.path_of(&self.handle)
    }

    /// Returns the path of a type of the group, relative to the root of the crate.
    pub fn path_of(&self, name: &Ident) -> String {
        let steps: Vec<&str> = self.path.iter().map(Ident::as_str).collect();
        format!("api::{}::{name}", steps.join("::"))
    }

    /// Returns the expression that returns the group of a client, such as `client().activity()`.
    pub fn accessors(&self) -> String {
        let steps: Vec<String> = self.path.iter().map(|step| format!("{step}()")).collect();
        steps.join(".")
    }
}

/// An operation, for which one file with a request builder is generated.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operation id.
    pub id: String,
    /// The JSON pointer.
    pub pointer: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template, as the document writes it.
    pub path: String,
    /// The path template without its query and fragment.
    pub request_path: String,
    /// The media type of the body, if the operation of the document has another method for the preferred one.
    pub variant: Option<MediaType>,
    /// The group that contains it.
    pub group: GroupId,
    /// The Rust names.
    pub names: OperationNames,
    /// The documentation.
    pub doc: Doc,
    /// The required inputs, in the order of the method's arguments. A required body is last.
    pub arguments: Vec<Input>,
    /// The struct whose fields are the required inputs. `None` if the method has an argument for each of them.
    pub required: Option<Ident>,
    /// The optional inputs, each of which has a setter.
    pub setters: Vec<Input>,
    /// The inputs that are set on the client, and that setters override.
    pub client_parameters: Vec<ClientParameterUse>,
    /// The required parameters with a single possible value.
    pub constants: Vec<Input>,
    /// The request body.
    pub body: Option<Body>,
    /// The security requirements: alternatives, each a set of schemes. Empty if no credentials are required.
    pub security: Vec<Vec<Requirement>>,
    /// Whether every alternative also requires a client certificate, which the transport provides.
    pub client_certificate: bool,
    /// The constant with these requirements. `None` if the operation has no requirements.
    pub security_const: Option<SecurityId>,
    /// The operation's own server, if it overrides the API's.
    pub server: Option<String>,
    /// The value of the `Accept` header.
    pub accept: Option<String>,
    /// The result of `send`.
    pub output: Output,
    /// The stream that the operation returns on request, as an alternative to the body.
    pub stream: Option<Box<AlternativeStream>>,
    /// The representations that the operation returns on request, as alternatives to the preferred one.
    pub representations: Vec<Representation>,
    /// The root element of the result of `send`, if it is XML.
    pub xml: Option<XmlRoot>,
    /// The documented headers of the responses.
    pub headers: Vec<OperationHeader>,
    /// Success status codes outside 200–299.
    pub success_codes: Vec<u16>,
    /// The boolean property of the body that is true in a success and false in an error with a success status.
    pub success_flag: Option<String>,
    /// The documented successes.
    pub cases: Vec<OutputCase>,
    /// The error enum. `None` if the document describes no failures.
    pub error: Option<ErrorId>,
    /// The pagination.
    pub pagination: Option<Box<Pagination>>,
    /// How the status is requested, if the operation runs long.
    pub polling: Option<Box<Polling>>,
    /// Whether the operation is idempotent, so that it is safe to retry.
    pub idempotent: bool,
    /// The same, if it differs from what the runtime assumes for the method.
    pub idempotent_override: Option<bool>,
    /// The header of the idempotency key.
    pub idempotency_key: Option<WireName>,
    /// The retry rule of the document.
    pub retries: Option<RetryRule>,
    /// The call that examples show. The plan stage empties it after it has planned the snippets.
    pub example: ExampleCall,
    /// The call with all inputs, which the smoke example and the wire tests make.
    pub call_case: Option<Box<CallCase>>,
    /// The usage examples.
    pub snippets: OperationSnippets,
    /// The doc comments.
    pub prose: OperationProse,
}

impl Operation {
    /// Returns whether the operation needs no builder, because only the options that all calls share can be set.
    pub fn is_prepared(&self) -> bool {
        let streams = self.stream.is_some() || matches!(self.output, Output::Stream(_));
        let is_plain = self.pagination.is_none() && self.polling.is_none() && !streams;
        self.setters.is_empty() && is_plain && self.representations.is_empty()
    }

    /// Returns the arguments of the method, unless it takes a struct.
    pub fn positional(&self) -> &[Input] {
        match self.required {
            Some(_) => &[],
            None => &self.arguments,
        }
    }

    /// Returns the result of `send` and those of the alternative representations.
    pub fn outputs(&self) -> impl Iterator<Item = &Output> {
        let others = self.representations.iter().map(|other| &other.output);
        std::iter::once(&self.output).chain(others)
    }

    /// Returns the streams that the operation can return.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        let whole = match &self.output {
            Output::Stream(stream) => Some(stream),
            Output::Empty | Output::Json(_) | Output::OptionalJson(_) | Output::Text => None,
            Output::Bytes | Output::ByStatus => None,
        };
        whole.into_iter().chain(self.stream.as_ref().map(|other| &other.stream))
    }
}

/// The Rust names of an operation.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The method of the group, such as `get_activity_by_id`. Also the name of the module.
    pub method: Ident,
    /// The request builder, such as `GetActivityById`.
    pub builder: Ident,
    /// The alias of the error enum, such as `GetActivityByIdError`.
    pub error: Ident,
    /// The alias of the page type, such as `ListUsersPage`.
    pub page: Ident,
    /// The enum of successes, if there are several, such as `CreatePetOutput`.
    pub output: Ident,
}

/// A constant with the security requirements of one or more operations.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityConst {
    /// The name.
    pub name: Ident,
    /// The alternatives, each a set of schemes.
    pub alternatives: Vec<Vec<Requirement>>,
}

/// A required security scheme, with scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The scheme.
    pub scheme: WireName,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// The result of `send`.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Nothing.
    Empty,
    /// A JSON body.
    Json(TypeExpr),
    /// A JSON body that may be empty.
    OptionalJson(TypeExpr),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A stream of items.
    Stream(Stream),
    /// An enum with one variant for each of [`Operation::cases`].
    ByStatus,
}

impl Output {
    /// Returns the type of a JSON body.
    pub fn json(&self) -> Option<&TypeExpr> {
        match self {
            Self::Json(ty) | Self::OptionalJson(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Bytes | Self::Stream(_) | Self::ByStatus => None,
        }
    }

    /// Returns the type. For a stream it is the type of the items or of the events' data.
    pub fn ty(&self, names: &OperationNames) -> TypeExpr {
        match self {
            Self::Empty => TypeExpr::Unit,
            Self::Json(ty) => ty.clone(),
            Self::OptionalJson(ty) => TypeExpr::Option(Box::new(ty.clone())),
            Self::Text => TypeExpr::String,
            Self::Bytes => TypeExpr::Bytes,
            Self::Stream(stream) => stream.item.clone(),
            Self::ByStatus => TypeExpr::Local(names.output.clone()),
        }
    }
}

/// A representation of the response that is returned on request.
#[derive(Clone, Debug)]
pub struct Representation {
    /// The method that returns the body, such as `send_as_csv`.
    pub send: Ident,
    /// The method that also returns status and headers.
    pub send_response: Ident,
    /// The method that returns the response with its body unread, if the body is bytes.
    pub download: Option<Ident>,
    /// The media type.
    pub media_type: MediaType,
    /// The value of the `Accept` header.
    pub accept: String,
    /// The result.
    pub output: Output,
    /// The root element, if the result is XML.
    pub xml: Option<XmlRoot>,
    /// The documentation of `send`.
    pub doc: String,
    /// The documentation of `send_response`.
    pub response_doc: String,
    /// The documentation of `download`.
    pub download_doc: String,
}

/// A documented success.
#[derive(Clone, Debug)]
pub struct OutputCase {
    /// The name of the variant, if there are several successes.
    pub name: Ident,
    /// The status codes.
    pub status: Status,
    /// The status code and its reason phrase, such as `200 OK`.
    pub label: String,
    /// The documentation.
    pub doc: Doc,
    /// The body.
    pub output: Output,
    /// The root element, if the body is XML.
    pub xml: Option<XmlRoot>,
    /// The documented media type.
    pub media_type: Option<MediaType>,
    /// An example in JSON.
    pub example: Option<Json>,
}
