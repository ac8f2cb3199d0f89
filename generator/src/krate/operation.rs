//! Operations and groups.

use super::{
    AlternativeStream, CallCase, Doc, ErrorId, Example, ExampleCall, GroupId, Ident, OperationHeader, OperationId,
    OperationProse, OperationSnippets, Paging, SecurityId, Stream, TypeExpr, WireName,
};
use crate::json::Json;
use crate::wire::{Location, Method, RetryRule, Status, Style};

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
    /// The subgroups.
    pub groups: Vec<GroupId>,
    /// Its operations, in the order of the document.
    pub operations: Vec<OperationId>,
}

impl Group {
    /// Returns the path of the struct, relative to the root of the crate, such as `api::client::activity::Activity`.
    pub fn handle_path(&self) -> String {
        let steps: Vec<&str> = self.path.iter().map(Ident::as_str).collect();
        format!("api::{}::{}", steps.join("::"), self.handle)
    }

    /// Returns the expression that leads to the group from the client, such as `client().activity()`.
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
    pub variant: Option<String>,
    /// The group that contains it.
    pub group: GroupId,
    /// The Rust names.
    pub names: OperationNames,
    /// The documentation.
    pub doc: Doc,
    /// The required inputs, in the order of the method's arguments. A required body is last.
    pub arguments: Vec<Input>,
    /// The optional inputs, each of which has a setter.
    pub setters: Vec<Input>,
    /// The required parameters with a single possible value.
    pub constants: Vec<Input>,
    /// The request body.
    pub body: Option<Body>,
    /// The security requirements: alternatives, each a set of schemes. Empty if no credentials are required.
    pub security: Vec<Vec<Requirement>>,
    /// The constant with these requirements. `None` if there are none.
    pub security_const: Option<SecurityId>,
    /// The operation's own server, if it overrides the API's.
    pub server: Option<String>,
    /// The value of the `Accept` header.
    pub accept: Option<String>,
    /// The result of `send`.
    pub output: Output,
    /// The stream that the operation returns on request, as an alternative to the body.
    pub stream: Option<AlternativeStream>,
    /// The representations that the operation returns on request, as alternatives to the preferred one.
    pub representations: Vec<Representation>,
    /// The documented headers of the responses.
    pub headers: Vec<OperationHeader>,
    /// Success status codes outside 200–299.
    pub success_codes: Vec<u16>,
    /// The documented successes.
    pub cases: Vec<OutputCase>,
    /// The error enum. `None` if the document describes no failures.
    pub error: Option<ErrorId>,
    /// The pagination.
    pub paging: Option<Paging>,
    /// Whether the operation is idempotent, so that it is safe to retry.
    pub idempotent: bool,
    /// The same, if it differs from what the runtime assumes for the method.
    pub idempotent_override: Option<bool>,
    /// The header of the idempotency key.
    pub idempotency_key: Option<WireName>,
    /// The retry rule of the document.
    pub retries: Option<RetryRule>,
    /// The call that examples show.
    pub example: ExampleCall,
    /// The call with all inputs, which the smoke example and the wire tests make.
    pub call_case: Option<CallCase>,
    /// The usage examples.
    pub snippets: OperationSnippets,
    /// The doc comments.
    pub prose: OperationProse,
}

impl Operation {
    /// Returns whether the operation needs no builder, because only the options that all calls share can be set.
    pub fn is_prepared(&self) -> bool {
        let streams = self.stream.is_some() || matches!(self.output, Output::Stream(_));
        self.setters.is_empty() && self.paging.is_none() && !streams && self.representations.is_empty()
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

/// A setter that sends the name of a query parameter without a value.
#[derive(Clone, Debug, PartialEq)]
pub struct EmptySetter {
    /// The name of the method.
    pub name: Ident,
    /// The doc comment.
    pub doc: String,
}

/// An input of an operation.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name of the argument or setter.
    pub name: Ident,
    /// The name on the wire. Empty for a whole body.
    pub wire: WireName,
    /// The part of the request that it sets.
    pub kind: InputKind,
    /// The type of the value.
    pub ty: TypeExpr,
    /// The form in which the caller passes the value.
    pub argument: ArgumentType,
    /// The setter that sends the name without a value, if that is allowed and the type has no empty value.
    pub empty_setter: Option<EmptySetter>,
    /// How nested values are encoded, if the input is a deep object.
    pub nested: Option<NestedStyle>,
    /// How the runtime encodes it.
    pub encoding: Encoding,
    /// The documentation.
    pub doc: Doc,
    /// The value that the server uses if the input is missing.
    pub default: Option<Json>,
    /// The only possible value.
    pub constant: Option<Json>,
    /// That value as a Rust expression, if it is sent without being asked for.
    pub constant_value: Option<Example>,
    /// An example in JSON.
    pub example: Option<Json>,
}

/// How the runtime encodes an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// A parameter in the default style of its location: a scalar or an array of scalars.
    DefaultStyle,
    /// A string parameter in the default style of its location.
    String,
    /// A parameter in another style.
    Styled,
    /// A path parameter that may span several segments.
    Wildcard,
    /// The whole query string, as the fields of a form.
    QueryForm,
    /// The whole query string, as text.
    QueryText,
    /// The whole query string, as JSON.
    QueryJson,
    /// A parameter as JSON.
    Json,
    /// A body in JSON.
    JsonBody,
    /// A body in JSON with a media type other than `application/json`.
    JsonBodyAs,
    /// A body of JSON values, item by item.
    LinesBody,
    /// A body that is sent unchanged.
    RawBody,
    /// A body that is a file.
    FileBody,
    /// A form field.
    Field,
    /// A form field with a style.
    StyledField,
    /// A part that contains text.
    Part,
    /// A part that contains JSON.
    JsonPart,
    /// A part that is a file.
    FilePart,
    /// Several files in parts of the same name.
    FileParts,
}

/// The part of the request that an input sets.
#[derive(Clone, Debug, PartialEq)]
pub enum InputKind {
    /// A parameter.
    Parameter {
        /// The location.
        location: Location,
        /// The style.
        style: Style,
        /// Whether arrays and objects are exploded.
        explode: bool,
        /// Whether reserved characters are not percent-encoded.
        allow_reserved: bool,
        /// Whether an empty value is sent as `name=`.
        allow_empty: bool,
        /// Whether it may span several segments of the path.
        wildcard: bool,
        /// The media type of a `content` parameter.
        media_type: Option<String>,
    },
    /// The whole body, in the format with this index.
    Body(usize),
    /// A field of a form or a part of a multipart body.
    Part(FormPart),
}

/// How a form field is encoded.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPart {
    /// The media types that the API documents for a file.
    pub accepted: Vec<String>,
    /// The index of the body format.
    pub form: usize,
    /// The media type of the part.
    pub media_type: String,
    /// The style, if style rules apply.
    pub style: Option<Style>,
    /// Whether arrays and objects are exploded, if style rules apply.
    pub explode: bool,
}

/// How arrays and objects in a deep object are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NestedStyle {
    /// They are rejected; the call fails.
    Refuse,
    /// Each item of an array has empty brackets.
    Brackets,
    /// Each item of an array has its index in brackets.
    Indices,
    /// Each item of an array repeats the name.
    Repeat,
}

/// The form in which the caller passes a value.
#[derive(Clone, Debug, PartialEq)]
pub enum ArgumentType {
    /// The value's type itself.
    Value,
    /// `impl Into<String>`
    IntoString,
    /// `impl Into<bytes::Bytes>`
    IntoBytes,
    /// `impl Into<File>`
    IntoFile,
    /// `impl IntoIterator<Item = …>`, with items in this form.
    Items(Box<ArgumentType>),
    /// `&T`, for values that are only serialized.
    Borrow,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether the body is required.
    pub required: bool,
    /// The documentation.
    pub doc: Doc,
    /// The formats. The preferred one is first.
    pub forms: Vec<BodyForm>,
}

/// A format of a body: a media type and the type of the content.
#[derive(Clone, Debug)]
pub struct BodyForm {
    /// The media types and the ranges of media types with this content, as documented.
    pub accepted: Vec<String>,
    /// The media type that is sent.
    pub media_type: String,
    /// A concrete media type of the documented range, if the one that is sent is not in it, such as `image/png` for
    /// `image/*`.
    pub sample: Option<&'static str>,
    /// The kind of content.
    pub kind: BodyKind,
    /// An example in JSON.
    pub example: Option<Json>,
}

/// The content of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// JSON.
    Json(TypeExpr),
    /// `application/x-www-form-urlencoded`, whose fields are inputs.
    Form,
    /// `multipart/form-data`, whose parts are inputs.
    Multipart,
    /// A sequence of JSON values.
    Lines,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
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
    pub media_type: String,
    /// The value of the `Accept` header.
    pub accept: String,
    /// The result.
    pub output: Output,
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
    /// The documented media type.
    pub media_type: Option<String>,
    /// An example in JSON.
    pub example: Option<Json>,
}
