//! Findings: single observations of a deviation, with the change of the document that would allow them.

use serde_json::Value;

use super::kind::Kind;
use crate::diagnostics::Place;
use crate::document::{Location, Schema, SchemaId};

/// One observation of a deviation.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) kind: Kind,
    /// The position in the document.
    pub(super) place: Option<Place>,
    /// The name or value that distinguishes deviations of one kind at one position.
    pub(super) subject: String,
    pub(super) message: String,
    /// The position of the value in its message, such as `$.owner.name`.
    pub(super) path: String,
    /// The observed value, from which schemas are inferred.
    pub(super) sample: Option<Value>,
    pub(super) fix: Fix,
}

impl Finding {
    pub(super) fn new(kind: Kind, place: Option<Place>, message: impl Into<String>) -> Self {
        Self {
            kind,
            place,
            subject: String::new(),
            message: message.into(),
            path: String::new(),
            sample: None,
            fix: Fix::None,
        }
    }

    pub(super) fn of_schema(kind: Kind, schema: &Schema, path: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::new(kind, schema.place, message)
        }
    }

    pub(super) fn about(self, subject: &str) -> Self {
        Self {
            subject: subject.to_owned(),
            ..self
        }
    }

    pub(super) fn sample(self, value: &Value) -> Self {
        Self {
            sample: Some(value.clone()),
            ..self
        }
    }

    pub(super) fn fix(self, fix: Fix) -> Self {
        Self { fix, ..self }
    }
}

/// A change of the document.
#[derive(Clone, Debug)]
pub(super) enum Fix {
    /// The document cannot express what was observed.
    None,
    /// The schema also allows null.
    AllowNull(SchemaId),
    /// The schema also allows the types of the samples.
    AllowType(SchemaId),
    /// The property is not required.
    Optional { schema: SchemaId, name: String },
    /// The schema has one more property.
    Property { schema: SchemaId, name: String },
    /// `enum` lists the samples; `const` becomes such an `enum`.
    Value(SchemaId),
    /// The mapping of the discriminator lists the value.
    Map {
        schema: SchemaId,
        tag: String,
        member: SchemaId,
    },
    /// The keyword is removed.
    Remove {
        place: Option<Place>,
        keyword: &'static str,
    },
    /// The keyword has another value.
    Set {
        place: Option<Place>,
        keyword: &'static str,
        value: Value,
    },
    /// The operation has one more parameter.
    Parameter {
        operation: usize,
        location: Location,
        name: String,
    },
    /// The operation has a request body of a media type.
    RequestContent { operation: usize, media_type: String },
    /// The response has a body of a media type.
    ResponseContent {
        operation: usize,
        response: usize,
        media_type: String,
    },
    /// The response has no body.
    NoContent { operation: usize, response: usize },
    /// The operation has one more response.
    Response { operation: usize, status: u16 },
    /// The response has one more header.
    Header { response: Place, name: String },
    /// The document has one more operation.
    Operation { path: String, method: String, status: u16 },
    /// The document has one more server.
    Server(String),
    /// The operation can be called without credentials.
    Anonymous(usize),
}

impl Fix {
    pub(super) fn remove(schema: &Schema, keyword: &'static str) -> Self {
        Self::Remove {
            place: schema.place,
            keyword,
        }
    }

    pub(super) fn set(schema: &Schema, keyword: &'static str, value: Value) -> Self {
        Self::Set {
            place: schema.place,
            keyword,
            value,
        }
    }
}
