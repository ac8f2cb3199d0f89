//! Operations.

use super::{Docs, FieldPath, OperationName, Pagination, Polling, TypeRef};
use crate::diagnostics::Place;
use crate::document::{Requirement, Server};
use crate::json::Json;
use crate::wire::{FieldStyle, Location, MediaType, Method, RetryRule, Status, Style};

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The id: the documented one if it is unique, otherwise generated from method and path.
    pub id: String,
    /// The name from which methods and types are named, before the group is known.
    pub name: OperationName,
    /// A custom method name from the document or the configuration.
    pub custom_name: Option<String>,
    /// The format of the body, if the operation does not send the preferred one.
    pub variant: Option<BodyVariant>,
    /// The place in the document.
    pub place: Place,
    /// The JSON pointer.
    pub pointer: String,
    /// The method.
    pub method: Method,
    /// The path template, as documented.
    pub path: String,
    /// The path template without its query and fragment.
    pub request_path: String,
    /// The documentation.
    pub docs: Docs,
    /// The parameters: path parameters in the order of the template, then the others in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The success responses.
    pub success: Success,
    /// The documented headers of all responses.
    pub response_headers: Vec<DocumentedHeader>,
    /// The documented failures, as an index into the API's list.
    pub errors: ErrorSetId,
    /// The security requirements: alternatives, each a set of schemes with scopes. Empty means none.
    pub security: Vec<Requirement>,
    /// The operation's own servers; empty if the API's servers apply.
    pub servers: Vec<Server>,
    /// Whether repeating the request has the same effect as sending it once.
    pub idempotent: bool,
    /// The header that makes a repetition safe, if the document has one.
    pub idempotency_key: Option<String>,
    /// The pagination.
    pub pagination: Option<Pagination>,
    /// How the status is requested, if the operation runs long.
    pub polling: Option<Polling>,
    /// The retry policy that the document declares.
    pub retries: Option<RetryRule>,
    /// The links of the success responses to other operations.
    pub links: Vec<Link>,
}

/// A link from a response to another operation.
#[derive(Clone, Debug)]
pub struct Link {
    /// The place in the document.
    pub place: Place,
    /// The name.
    pub name: String,
    /// The success response that has it, as an index.
    pub case: usize,
    /// The other operation, as an index into the API's list.
    pub target: usize,
    /// The values of parameters of the other operation.
    pub values: Vec<LinkValue>,
    /// The description, in CommonMark.
    pub description: Option<String>,
}

/// A value that a link sets.
#[derive(Clone, Debug)]
pub struct LinkValue {
    /// The parameter, as an index into the parameters of the other operation.
    pub parameter: usize,
    /// The source of the value.
    pub source: LinkSource,
}

/// The source of a value of a link.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkSource {
    /// A property of the response body. The path is empty if it is the whole body.
    Body(FieldPath),
    /// A response header, by its name.
    Header(String),
    /// A value of the request, which the caller has.
    Request,
    /// A constant.
    Constant(Json),
}

/// The format of the body of an operation that is one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyVariant {
    /// The words for the format in the names of methods, such as `form`.
    pub words: String,
    /// The media type.
    pub media_type: MediaType,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The place in the document.
    pub place: Place,
    /// The name on the wire.
    pub wire: String,
    /// A custom name from the document or the configuration.
    pub custom_name: Option<String>,
    /// The location.
    pub location: Location,
    /// The type.
    pub ty: TypeRef,
    /// Whether it is required.
    pub required: bool,
    /// Whether it is set on the client, for all operations that have it.
    pub on_client: bool,
    /// The serialization style.
    pub style: Style,
    /// Whether arrays and objects are exploded.
    pub explode: bool,
    /// Whether reserved characters are sent unescaped.
    pub allow_reserved: bool,
    /// Whether an empty value (`name=`) is allowed.
    pub allow_empty: bool,
    /// Whether it may span several segments of the path.
    pub wildcard: bool,
    /// The media type of the value, for `content` parameters.
    pub media_type: Option<MediaType>,
    /// The styles of the properties of a query string that is a form, if the document declares them.
    pub fields: Vec<FieldStyle>,
    /// The documentation.
    pub docs: Docs,
    /// The value that the server assumes if none is sent.
    pub default: Option<Json>,
    /// The only value that is allowed.
    pub constant: Option<Json>,
    /// An example: the documented one, or one generated from the schema.
    pub example: Option<Json>,
    /// Whether the example comes from the document.
    pub example_is_documented: bool,
}

/// The request body of an operation.
#[derive(Clone, Debug)]
pub struct Body {
    /// A custom name from the document (`x-codegen-request-body-name`).
    pub custom_name: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// Whether it is required.
    pub required: bool,
    /// The supported formats, in order of preference.
    pub formats: Vec<BodyFormat>,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct BodyFormat {
    /// The media type that is sent.
    pub media_type: MediaType,
    /// The range of media types that the API accepts, such as `image/*`, if the media type that is sent is not in it.
    pub range: Option<MediaType>,
    /// Other media types of the same contents.
    pub also: Vec<MediaType>,
    /// The contents.
    pub kind: BodyKind,
    /// An example: the documented one, or one generated from the schema.
    pub example: Option<Json>,
}

/// The contents of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// JSON.
    Json(TypeRef),
    /// A form, `application/x-www-form-urlencoded`.
    Form(Vec<FormField>),
    /// `multipart/form-data`.
    Multipart(Vec<FormField>),
    /// A sequence of JSON values. The type is a list of them.
    Lines(TypeRef),
    /// Text.
    Text,
    /// Bytes.
    Binary,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// The media types that the document lists for a part.
    pub accepted: Vec<MediaType>,
    /// The names of the documented headers of a part.
    pub headers: Vec<String>,
    /// The name on the wire. Empty if the properties of the value are fields with any name.
    pub wire: String,
    /// The type.
    pub ty: TypeRef,
    /// Whether it is required.
    pub required: bool,
    /// The media type of its part. The default is filled in.
    pub media_type: MediaType,
    /// The serialization style, if style rules apply.
    pub style: Option<Style>,
    /// Whether arrays and objects are exploded, if style rules apply.
    pub explode: bool,
    /// Whether reserved characters are sent unescaped, if style rules apply.
    pub allow_reserved: bool,
    /// The documentation.
    pub docs: Docs,
    /// A custom name from the document.
    pub custom_name: Option<String>,
    /// The value that the server assumes if none is sent.
    pub default: Option<Json>,
    /// The only value that is allowed.
    pub constant: Option<Json>,
    /// An example: the documented one, or one generated from the schema.
    pub example: Option<Json>,
}

/// The success responses of an operation.
#[derive(Clone, Debug)]
pub struct Success {
    /// The documented success responses; may be empty.
    pub cases: Vec<SuccessCase>,
    /// The content that the caller receives.
    pub content: Content,
    /// The stream that can be requested instead.
    pub stream: Option<StreamForm>,
    /// The other representations that can be requested instead.
    pub representations: Vec<Representation>,
}

/// A representation of a response that is returned on request.
#[derive(Clone, Debug)]
pub struct Representation {
    /// The success response that it belongs to, as an index.
    pub case: usize,
    /// The words for the representation in the names of methods, such as `csv`. Unique in the operation.
    pub words: String,
    /// The media type to request, or a range.
    pub media_type: MediaType,
    /// The content: JSON, text or bytes.
    pub content: Content,
    /// An example: the documented one, or one generated from the schema.
    pub example: Option<Json>,
}

/// A stream that is returned on request.
#[derive(Clone, Debug)]
pub struct StreamForm {
    /// The success response that it belongs to, as an index.
    pub case: usize,
    /// The media type to request.
    pub media_type: MediaType,
    /// The items.
    pub stream: Stream,
    /// An example of an item, generated from the schema.
    pub example: Option<Json>,
}

/// The items of a stream, and their framing.
#[derive(Clone, Debug, PartialEq)]
pub enum Stream {
    /// Server-sent events, with the type of their data if it is JSON.
    Events(Option<TypeRef>),
    /// JSON values, one on each line.
    Lines(TypeRef),
    /// A JSON text sequence (RFC 7464).
    Sequence(TypeRef),
}

impl Stream {
    /// Returns the type of an item, or of an event's data.
    pub fn item(&self) -> Option<&TypeRef> {
        match self {
            Self::Events(item) => item.as_ref(),
            Self::Lines(item) | Self::Sequence(item) => Some(item),
        }
    }

    /// Returns the type of an item, or of an event's data, mutably.
    pub fn item_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Events(item) => item.as_mut(),
            Self::Lines(item) | Self::Sequence(item) => Some(item),
        }
    }
}

/// One documented success response.
#[derive(Clone, Debug)]
pub struct SuccessCase {
    /// The status codes.
    pub status: Status,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The content.
    pub content: Content,
    /// The headers.
    pub headers: Vec<ResponseHeader>,
    /// An example: the documented one, or one generated from the schema.
    pub example: Option<Json>,
}

/// A header of the responses of an operation.
#[derive(Clone, Debug)]
pub struct DocumentedHeader {
    /// The header.
    pub header: ResponseHeader,
    /// The statuses of the responses that have it.
    pub statuses: Vec<Status>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The name.
    pub name: String,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// Whether it is always present.
    pub required: bool,
    /// The type.
    pub ty: TypeRef,
}

/// The content of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// No body.
    Empty,
    /// JSON.
    Json {
        /// The documented media type.
        media_type: MediaType,
        /// The type.
        ty: TypeRef,
        /// Whether the body may be missing (a `204` next to a `200`).
        optional: bool,
    },
    /// Text.
    Text {
        /// The documented media type.
        media_type: MediaType,
    },
    /// Bytes, including media types that the SDK does not decode.
    Bytes {
        /// The documented media type.
        media_type: MediaType,
    },
    /// A stream of items.
    Stream {
        /// The documented media type.
        media_type: MediaType,
        /// The items.
        stream: Stream,
    },
    /// Different contents by status. See [`Success::cases`].
    ByStatus,
}

/// The index of an error set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorSetId(pub u32);

/// The documented failures of operations. Operations with equal failures share one set.
#[derive(Clone, Debug)]
pub struct ErrorSet {
    /// The failures: by ascending status code, then ranges, then the default.
    pub cases: Vec<ErrorCase>,
    /// The operations that have this set, as indices.
    pub operations: Vec<usize>,
}

/// One documented failure.
#[derive(Clone, Debug)]
pub struct ErrorCase {
    /// The status codes.
    pub status: Status,
    /// The content. [`Content::Empty`] if no content is documented: the caller receives the raw body.
    pub content: Content,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// The path of the error message in the body, if it is known.
    pub message: Option<FieldPath>,
}
