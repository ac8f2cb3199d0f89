//! The inputs of operations: parameters and bodies.

use super::{Doc, Example, Ident, TypeExpr, WireName, XmlRoot};
use crate::json::Json;
use crate::wire::{FieldStyle, Location, MediaType, Style};

/// A setter that sends the name of a query parameter without a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// The name on the wire. Empty for a whole body, and for all fields of a form.
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
    /// The doc comment of the setter.
    pub setter_doc: String,
    /// The value that the server uses if the input is missing.
    pub default: Option<Json>,
    /// The only possible value.
    pub constant: Option<Json>,
    /// That value as a Rust expression, if it is sent without being asked for.
    pub constant_value: Option<Example>,
    /// An example in JSON.
    pub example: Option<Json>,
    /// The example as tables of inputs show it, shortened. `None` if it was made up or is the whole body.
    pub table_example: Option<String>,
    /// The index in [`Crate::shared_setters`](super::Crate::shared_setters), if several operations have the same setter.
    pub shared_setter: Option<usize>,
}

/// How the runtime encodes an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// The whole query string, as the fields of a form, some of which have a style.
    QueryFields,
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
    /// A body in XML.
    XmlBody,
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
    /// Parts of a value with a style.
    StyledPart,
    /// A part that contains JSON.
    JsonPart,
    /// A part that contains XML.
    XmlPart,
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
        media_type: Option<MediaType>,
        /// The styles of the properties of a query string that is a form.
        fields: Vec<FieldStyle>,
    },
    /// The whole body, in the format with this index.
    Body(usize),
    /// A field of a form or a part of a multipart body. Few inputs are one, and it is large.
    Part(Box<FormPart>),
}

/// How a form field is encoded.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPart {
    /// The media types that the API documents for a file.
    pub accepted: Vec<MediaType>,
    /// The names of the documented headers of the part.
    pub headers: Vec<String>,
    /// The index of the body format.
    pub form: usize,
    /// The media type of the part.
    pub media_type: MediaType,
    /// The root element of a part in XML.
    pub xml: Option<XmlRoot>,
    /// The style, if style rules apply.
    pub style: Option<Style>,
    /// Whether arrays and objects are exploded, if style rules apply.
    pub explode: bool,
    /// Whether reserved characters are not percent-encoded, if style rules apply.
    pub allow_reserved: bool,
}

/// How arrays and objects in a deep object are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NestedStyle {
    /// They are rejected; the call fails.
    Reject,
    /// Each item of an array has empty brackets.
    Brackets,
    /// Each item of an array has its index in brackets.
    Indices,
    /// Each item of an array repeats the name.
    Repeat,
}

/// The form in which the caller passes a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ArgumentType {
    /// The value's type itself.
    Value,
    /// `impl Into<T>` of a model that other types convert to.
    Into,
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
    /// The supported formats. The preferred one is first.
    pub formats: Vec<BodyFormat>,
}

/// A format of a body: a media type and the type of the content.
#[derive(Clone, Debug)]
pub struct BodyFormat {
    /// The media types and the ranges of media types with this content, as documented.
    pub accepted: Vec<MediaType>,
    /// The media type that is sent.
    pub media_type: MediaType,
    /// A concrete media type of the documented range, if the one that is sent is not in it, such as `image/png` for
    /// `image/*`.
    pub sample: Option<&'static str>,
    /// The media type of a multipart body, if it is not `multipart/form-data`.
    pub multipart: Option<String>,
    /// The kind of content.
    pub kind: BodyKind,
    /// The root element, if the content is XML.
    pub xml: Option<XmlRoot>,
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
