//! Operations.

use super::{Docs, TypeRef};
use crate::diagnostics::Place;
use crate::document::{Location, Requirement, Server, Status, Style};
use crate::json::Json;

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id: the document's where it is unique, else one made from method and path.
    pub id: String,
    /// A method name that the document or the user gives it in code.
    pub custom_name: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Its JSON pointer.
    pub pointer: String,
    /// The method, in upper case.
    pub method: String,
    /// The path template, as the document has it.
    pub path: String,
    /// The part of it that is sent.
    pub sent: String,
    /// About it.
    pub docs: Docs,
    /// Its parameters: path parameters in the order of the template, then the others in the order of the document.
    pub parameters: Vec<Parameter>,
    /// What it sends.
    pub body: Option<Body>,
    /// What it gives.
    pub success: Success,
    /// How it fails, by its index in the API's list.
    pub errors: ErrorSetId,
    /// What it needs: alternatives, each a set of schemes with scopes. Empty: nothing.
    pub security: Vec<Requirement>,
    /// Its own servers; empty where the API's apply.
    pub servers: Vec<Server>,
    /// Whether sending it twice does what sending it once does.
    pub idempotent: bool,
    /// The header that makes a repetition safe, where the document names one.
    pub idempotency_key: Option<String>,
    /// How it is paged.
    pub paging: Option<Paging>,
    /// How the document wants it retried.
    pub retries: Option<RetryRule>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it stands.
    pub place: Place,
    /// Its name on the wire.
    pub wire: String,
    /// A name that the document or the user gives it in code.
    pub custom_name: Option<String>,
    /// Where it travels.
    pub location: Location,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it has to be given.
    pub required: bool,
    /// How it is written.
    pub style: Style,
    /// Whether arrays and objects are exploded.
    pub explode: bool,
    /// Whether reserved characters go out as they are.
    pub allow_reserved: bool,
    /// Whether `name=` is a value of its own.
    pub allow_empty: bool,
    /// The media type that it is written in, for `content` parameters.
    pub media_type: Option<String>,
    /// About it.
    pub docs: Docs,
    /// What the server takes where nothing is sent.
    pub default: Option<Json>,
    /// The only value it can have.
    pub constant: Option<Json>,
    /// An example: the document's, else one made from the schema.
    pub example: Option<Json>,
    /// Whether the example is the document's.
    pub example_is_documented: bool,
}

/// What an operation sends.
#[derive(Clone, Debug)]
pub struct Body {
    /// A name that the document gives it in code (`x-codegen-request-body-name`).
    pub custom_name: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether it has to be given.
    pub required: bool,
    /// The forms that it can have, the preferred one first.
    pub forms: Vec<BodyForm>,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct BodyForm {
    /// The media type, as sent.
    pub media_type: String,
    /// The range of media types that the API takes, such as `image/*`, where the type that is sent is not in it.
    pub range: Option<String>,
    /// What it holds.
    pub kind: BodyKind,
    /// An example, the document's or made from the schema.
    pub example: Option<Json>,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// JSON.
    Json(TypeRef),
    /// A form, `application/x-www-form-urlencoded`.
    Form(Vec<FormField>),
    /// `multipart/form-data`.
    Multipart(Vec<FormField>),
    /// JSON values one after another; the type is a list of them.
    Lines(TypeRef),
    /// Text.
    Text,
    /// Bytes.
    Binary,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: String,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it has to be given.
    pub required: bool,
    /// The media type of its part; the default is filled in.
    pub media_type: String,
    /// The style, where style rules apply.
    pub style: Option<Style>,
    /// Whether arrays and objects are exploded, where style rules apply.
    pub explode: bool,
    /// About it.
    pub docs: Docs,
    /// A name that the document gives it in code.
    pub custom_name: Option<String>,
    /// What the server takes where nothing is sent.
    pub default: Option<Json>,
    /// The only value it can have.
    pub constant: Option<Json>,
    /// An example, the document's or made from the schema.
    pub example: Option<Json>,
}

/// What an operation gives.
#[derive(Clone, Debug)]
pub struct Success {
    /// Each documented success; empty where the document names none.
    pub cases: Vec<SuccessCase>,
    /// What the caller gets.
    pub content: Content,
    /// The stream that can be asked for in its place.
    pub stream: Option<StreamForm>,
}

/// A stream that comes where it is asked for.
#[derive(Clone, Debug)]
pub struct StreamForm {
    /// The success that it is, by its index.
    pub case: usize,
    /// The media type to ask for.
    pub media_type: String,
    /// Its items.
    pub stream: Stream,
    /// An example of an item, made from the schema.
    pub example: Option<Json>,
}

/// The items of a stream, and how they follow each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Stream {
    /// Server-sent events. The type is that of their data where it is JSON; text has none.
    Events(Option<TypeRef>),
    /// JSON values, each on a line of its own.
    Lines(TypeRef),
    /// JSON values with a mark before each (RFC 7464).
    Sequence(TypeRef),
}

impl Stream {
    /// The type of an item, or of an event's data.
    pub fn item(&self) -> Option<&TypeRef> {
        match self {
            Self::Events(item) => item.as_ref(),
            Self::Lines(item) | Self::Sequence(item) => Some(item),
        }
    }

    /// The same, to be changed.
    pub fn item_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Self::Events(item) => item.as_mut(),
            Self::Lines(item) | Self::Sequence(item) => Some(item),
        }
    }
}

/// One documented success.
#[derive(Clone, Debug)]
pub struct SuccessCase {
    /// The codes.
    pub status: Status,
    /// CommonMark.
    pub description: Option<String>,
    /// What comes with them.
    pub content: Content,
    /// Headers that come with them.
    pub headers: Vec<ResponseHeader>,
    /// An example, the document's or made from the schema.
    pub example: Option<Json>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name.
    pub name: String,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether it is always there.
    pub required: bool,
    /// What it holds.
    pub ty: TypeRef,
}

/// What a response holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON.
    Json {
        /// The media type, as documented.
        media_type: String,
        /// What it holds.
        ty: TypeRef,
        /// Whether the body may be missing (a `204` beside a `200`).
        optional: bool,
    },
    /// Text.
    Text {
        /// The media type, as documented.
        media_type: String,
    },
    /// Bytes, or a media type that is handed over as it comes.
    Bytes {
        /// The media type, as documented.
        media_type: String,
    },
    /// Items one after the other, to be read as they come.
    Stream {
        /// The media type, as documented.
        media_type: String,
        /// Its items.
        stream: Stream,
    },
    /// Different things by status: indices into [`Success::cases`].
    ByStatus,
}

/// An error set, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorSetId(pub u32);

/// The ways in which operations can fail; operations with the same ways share one.
#[derive(Clone, Debug)]
pub struct ErrorSet {
    /// The documented failures, by ascending code, then ranges, then the default.
    pub cases: Vec<ErrorCase>,
    /// The operations that fail so, as indices.
    pub operations: Vec<usize>,
}

/// One documented failure.
#[derive(Clone, Debug)]
pub struct ErrorCase {
    /// The codes.
    pub status: Status,
    /// What comes with them. [`Content::Empty`] where nothing is documented: the caller gets the raw body.
    pub content: Content,
    /// CommonMark.
    pub description: Option<String>,
    /// Where the server's own message stands in the body, if it can be told.
    pub message: Option<FieldPath>,
}

/// Wire names of properties, from the body down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldPath(pub Vec<String>);

/// How an operation is paged.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// How the next page is asked for.
    pub step: PagingStep,
    /// The list in the body; empty path where the body is the list.
    pub items: Option<FieldPath>,
    /// Why it is paged so: the rule that decided, for `explain`.
    pub reason: String,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum PagingStep {
    /// A value of the body replaces a parameter. The value may be a URL too.
    Cursor {
        /// What is replaced.
        input: PagingInput,
        /// Where the value stands.
        next: FieldPath,
    },
    /// A value of the body is the URL of the next page.
    Url {
        /// Where the URL stands.
        next: FieldPath,
    },
    /// The `Link` header of RFC 8288, `rel="next"`.
    Link,
    /// A page number.
    Page {
        /// What counts.
        input: PagingInput,
        /// The number of the first page.
        first: i64,
        /// Where the number of pages stands.
        total: Option<FieldPath>,
        /// The parameter that limits a page.
        limit: Option<PagingInput>,
    },
    /// The number of items to skip.
    Offset {
        /// What counts.
        input: PagingInput,
        /// The parameter that limits a page.
        limit: Option<PagingInput>,
    },
    /// The id of the last item.
    LastId {
        /// What is replaced.
        input: PagingInput,
        /// Where the id stands in an item.
        id: FieldPath,
        /// Where the body says whether there is more.
        more: Option<FieldPath>,
    },
}

/// The input that paging sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingInput {
    /// A query parameter, by its name on the wire.
    Query(String),
    /// A property of the JSON body.
    Body(FieldPath),
}

/// How the document wants an operation retried (`x-speakeasy-retries`). Times in milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryRule {
    /// Whether there is one attempt, whatever happens. The rest says nothing then.
    pub never: bool,
    /// The first pause.
    pub initial: u64,
    /// The longest pause.
    pub max: u64,
    /// The factor between pauses.
    pub exponent: f64,
    /// The budget of the whole call.
    pub elapsed: u64,
    /// The codes to retry.
    pub statuses: Vec<Status>,
    /// Whether failed connections are retried.
    pub connection: bool,
}
