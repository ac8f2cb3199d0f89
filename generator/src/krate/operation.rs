//! Operations and their groups.

use super::{
    Doc, ErrorId, Example, ExampleCall, GroupId, Ident, OperationId, OtherStream, Paging, Stream, Trial, TypeExpr,
    WireName,
};
use crate::document::{Location, Status, Style};
use crate::json::Json;

/// A group of operations: a module of `api` with a struct that has one method for each.
#[derive(Clone, Debug)]
pub struct Group {
    /// The group that it stands in; `None` for those that the client itself gives.
    pub parent: Option<GroupId>,
    /// The method that gives it, such as `activities`; also the name of the module.
    pub accessor: Ident,
    /// The feature that brings it in, where it can be left out; those inside it come with it.
    pub feature: Option<String>,
    /// The struct, such as `Activities`.
    pub handle: Ident,
    /// The modules from `api` down to it.
    pub path: Vec<Ident>,
    /// Its name in the document's words, for headings.
    pub title: String,
    /// About it.
    pub doc: Doc,
    /// The groups in it.
    pub groups: Vec<GroupId>,
    /// Its operations, in the order of the document.
    pub operations: Vec<OperationId>,
}

impl Group {
    /// The type of its handle, relative to the root of the crate, such as `api::client::activity::Activity`.
    pub fn handle_path(&self) -> String {
        let steps: Vec<&str> = self.path.iter().map(Ident::as_str).collect();
        format!("api::{}::{}", steps.join("::"), self.handle)
    }

    /// The way to it from the client, such as `client().activity()`.
    pub fn accessors(&self) -> String {
        let steps: Vec<String> = self.path.iter().map(|step| format!("{step}()")).collect();
        steps.join(".")
    }
}

/// An operation: a builder in a file of its own.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// Its JSON pointer.
    pub pointer: String,
    /// The method, in upper case.
    pub method: String,
    /// The path template, as the document has it.
    pub path: String,
    /// The part of it that is sent.
    pub sent: String,
    /// The group that it stands in.
    pub group: GroupId,
    /// What it is called in Rust.
    pub names: OperationNames,
    /// About it.
    pub doc: Doc,
    /// What has to be given, in the order of the method's arguments; the body last, where it has to be given.
    pub arguments: Vec<Input>,
    /// What may be given: one setter each.
    pub setters: Vec<Input>,
    /// Parameters that are always sent and have one value only.
    pub constants: Vec<Input>,
    /// What it sends.
    pub body: Option<Body>,
    /// What it needs: alternatives, each a set of schemes. Empty: nothing.
    pub security: Vec<Vec<Requirement>>,
    /// Its own server, where the API's do not apply.
    pub server: Option<String>,
    /// What it accepts: the value of the `Accept` header.
    pub accept: Option<String>,
    /// What it gives.
    pub output: Output,
    /// The stream that it gives where it is asked for.
    pub stream: Option<OtherStream>,
    /// Codes outside of 200–299 that are successes.
    pub success_codes: Vec<u16>,
    /// What each documented success is.
    pub cases: Vec<OutputCase>,
    /// How it fails; `None` where the document describes no failure.
    pub error: Option<ErrorId>,
    /// How it is paged.
    pub paging: Option<Paging>,
    /// Whether sending it twice does what sending it once does.
    pub idempotent: bool,
    /// The header that makes a repetition safe.
    pub idempotency_key: Option<WireName>,
    /// How the document wants it retried.
    pub retries: Option<RetryRule>,
    /// How it is called, as examples show it.
    pub example: ExampleCall,
    /// How it is called with everything that it takes, where programs are written that prove the crate.
    pub trial: Option<Trial>,
}

impl Operation {
    /// Whether nothing is left to be set on a request but the options that every call has: then it has no builder of its own.
    pub fn is_prepared(&self) -> bool {
        let streams = self.stream.is_some() || matches!(self.output, Output::Stream(_));
        self.setters.is_empty() && self.paging.is_none() && !streams
    }

    /// The streams that it gives, by whichever method.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        let whole = match &self.output {
            Output::Stream(stream) => Some(stream),
            Output::Empty | Output::Json(_) | Output::OptionalJson(_) | Output::Text => None,
            Output::Bytes | Output::ByStatus => None,
        };
        whole.into_iter().chain(self.stream.as_ref().map(|other| &other.stream))
    }
}

/// What an operation is called in Rust.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The method of the group, such as `get_activity_by_id`; also the name of the module.
    pub method: Ident,
    /// The builder, such as `GetActivityById`.
    pub builder: Ident,
    /// The alias of its error enum, such as `GetActivityByIdError`.
    pub error: Ident,
    /// The alias of its page, such as `ListUsersPage`.
    pub page: Ident,
    /// The enum of its successes, where it has several, such as `CreatePetOutput`.
    pub output: Ident,
}

/// An input of an operation.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name: of the argument or the setter.
    pub name: Ident,
    /// Its name on the wire; empty for a whole body.
    pub wire: WireName,
    /// Where it goes.
    pub place: Place,
    /// What it holds.
    pub ty: TypeExpr,
    /// In which form the caller gives it.
    pub take: Take,
    /// The argument before it that tells the name of the file, where it is one.
    pub file_name: Option<Ident>,
    /// How what is nested in it goes out; none where it is no deep object.
    pub nested: Option<Nested>,
    /// By which call of the runtime it gets into the request.
    pub write: Write,
    /// About it.
    pub doc: Doc,
    /// What the server takes where nothing is sent.
    pub default: Option<Json>,
    /// The only value it can have.
    pub constant: Option<Json>,
    /// That value in Rust, where it is sent without being asked for.
    pub fixed: Option<Example>,
    /// An example on the wire.
    pub example: Option<Json>,
}

/// By which call of the runtime an input gets into the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// A parameter in the style that its location has by itself: scalars and arrays of them.
    Plain,
    /// The same, for a string.
    Text,
    /// A parameter in a style of its own.
    Styled,
    /// A parameter as JSON.
    Json,
    /// The body as JSON.
    JsonBody,
    /// The body as JSON under another media type.
    JsonBodyAs,
    /// The body as JSON, item by item.
    LinesBody,
    /// The body as it is given.
    RawBody,
    /// A field of a form.
    Field,
    /// A field of a form in a style of its own.
    StyledField,
    /// A part of text.
    Part,
    /// A part of JSON.
    JsonPart,
    /// A part that is a file.
    FilePart,
    /// Parts of one name that are files.
    FileParts,
}

/// Where an input goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A parameter.
    Parameter {
        /// Where it travels.
        location: Location,
        /// How it is written.
        style: Style,
        /// Whether arrays and objects are exploded.
        explode: bool,
        /// Whether reserved characters go out as they are.
        allow_reserved: bool,
        /// Whether `name=` is a value of its own.
        allow_empty: bool,
        /// The media type that it is written in, for `content` parameters.
        media_type: Option<String>,
    },
    /// The whole body, in the form with this index.
    Body(usize),
    /// A field of a form or multipart body.
    Part(FormPart),
}

/// How a field of a form is written.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPart {
    /// The form, by its index.
    pub form: usize,
    /// The media type of its part.
    pub media_type: String,
    /// The style, where style rules apply.
    pub style: Option<Style>,
    /// Whether arrays and objects are exploded, where style rules apply.
    pub explode: bool,
}

/// How arrays and objects inside of a deep object go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nested {
    /// Not at all: the call fails.
    Refuse,
    /// With empty brackets for each item of an array.
    Brackets,
    /// With the index of each item in brackets.
    Indices,
    /// With the same name for each item.
    Repeat,
}

/// In which form the caller gives a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Take {
    /// As it is.
    Value,
    /// `impl Into<String>`
    IntoString,
    /// `impl Into<bytes::Bytes>`
    IntoBytes,
    /// `impl IntoIterator<Item = …>`, each item in this form.
    Items(Box<Take>),
    /// `&T`, for what is only written.
    Borrow,
}

/// What an operation sends.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it has to be given.
    pub required: bool,
    /// About it.
    pub doc: Doc,
    /// The forms that it can have, the preferred one first.
    pub forms: Vec<BodyForm>,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct BodyForm {
    /// As sent.
    pub media_type: String,
    /// A media type out of the range that the API takes, where what is sent is not in it: `image/png` for `image/*`.
    pub sample: Option<&'static str>,
    /// What it is.
    pub kind: BodyKind,
    /// An example on the wire.
    pub example: Option<Json>,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// JSON.
    Json(TypeExpr),
    /// `application/x-www-form-urlencoded`; the fields are inputs.
    Form,
    /// `multipart/form-data`; the fields are inputs.
    Multipart,
    /// JSON values one after another.
    Lines,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A scheme that is needed, with scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The scheme.
    pub scheme: WireName,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// What the caller of `send` gets.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Nothing.
    Empty,
    /// The value of a JSON body.
    Json(TypeExpr),
    /// The value of a JSON body, or none where the body is empty.
    OptionalJson(TypeExpr),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Items, as they come.
    Stream(Stream),
    /// An enum with one variant for each case of [`Operation::cases`].
    ByStatus,
}

impl Output {
    /// Its type; of a stream that of the items, or of the data of events.
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

/// A documented success.
#[derive(Clone, Debug)]
pub struct OutputCase {
    /// Its variant, where it is one of several.
    pub name: Ident,
    /// The codes.
    pub status: Status,
    /// The codes with their meaning, such as `200 OK`.
    pub label: String,
    /// About it.
    pub doc: Doc,
    /// What comes with them.
    pub output: Output,
    /// The documented media type.
    pub media_type: Option<String>,
    /// An example on the wire.
    pub example: Option<Json>,
}

/// How the document wants an operation retried. Times in milliseconds.
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
