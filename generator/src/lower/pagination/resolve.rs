//! Resolves the inputs and properties that a pagination rule names.

use crate::document::Location;
use crate::ir::{BodyKind, FieldPath, PaginationInput, PaginationOutput, Parameter, Shape, TypeRef};

use super::Candidate;
use crate::lower::types::lookup;

/// What precedes the name of a header in a rule.
const HEADER: &str = "header ";

/// What a name in a rule refers to.
#[derive(Clone, Copy)]
enum Target {
    QueryParameter,
    RequestProperty,
    /// A property of the response body that is a string or a number.
    Value,
    /// A property of the response body that is a number.
    Number,
    /// A property of the response body that is a list.
    List,
}

/// A name in a rule that does not exist.
pub(in crate::lower) struct Unresolved {
    target: Target,
    /// The name.
    pub(in crate::lower) name: String,
    /// The names that exist.
    pub(in crate::lower) known: Vec<String>,
}

impl Unresolved {
    /// Returns the reason as a clause.
    pub(in crate::lower) fn message(&self) -> String {
        let name = &self.name;
        let (reason, none) = match self.target {
            Target::QueryParameter => (
                format!("the operation has no query parameter `{name}`"),
                "the operation has no query parameters",
            ),
            Target::RequestProperty => (
                format!("the request body has no property `{name}`"),
                "the operation has no JSON body with known properties",
            ),
            Target::List if name.is_empty() => return "the response body is not a list".to_owned(),
            Target::Value | Target::Number | Target::List => (
                format!(
                    "the response body has no property `{name}` that is {}",
                    self.target.kind()
                ),
                "the response body has no known properties",
            ),
        };
        if self.known.is_empty() {
            return none.to_owned();
        }
        let known: Vec<String> = self.known.iter().map(|name| format!("`{name}`")).collect();
        format!("{reason} (it has {})", known.join(", "))
    }
}

impl Target {
    /// Returns the required type in words.
    fn kind(self) -> &'static str {
        match self {
            Self::QueryParameter | Self::RequestProperty | Self::Value => "a string or number",
            Self::Number => "a number",
            Self::List => "a list",
        }
    }
}

impl<'a> Candidate<'a, '_> {
    /// Returns the query parameters.
    pub(in crate::lower) fn query(&self) -> impl Iterator<Item = &'a Parameter> + use<'a> {
        self.operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Query)
    }

    /// Returns the type of the JSON request body.
    pub(in crate::lower) fn request_body(&self) -> Option<&'a TypeRef> {
        self.operation
            .body
            .iter()
            .flat_map(|body| &body.formats)
            .find_map(|format| match &format.kind {
                BodyKind::Json(ty) => Some(ty),
                BodyKind::Form(_) | BodyKind::Multipart(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary => {
                    None
                }
            })
    }

    /// Resolves an input by name: a query parameter, a property of the body as `body.name`, or a header as `header name`.
    pub(in crate::lower) fn input(&self, name: &str) -> Result<PaginationInput, Unresolved> {
        if self.query().any(|parameter| parameter.wire == name) {
            return Ok(PaginationInput::Query(name.to_owned()));
        }
        if let Some(path) = name.strip_prefix("body.") {
            return self.body_input(path);
        }
        let headers = || {
            self.operation
                .parameters
                .iter()
                .filter(|parameter| parameter.location == Location::Header)
        };
        if let Some(wanted) = name.strip_prefix(HEADER)
            && let Some(header) = headers().find(|header| header.wire.eq_ignore_ascii_case(wanted.trim()))
        {
            return Ok(PaginationInput::Header(header.wire.clone()));
        }
        let inputs = self.query_inputs();
        if let Some(input) = inputs.iter().find(|input| input.name == name) {
            return Ok(input.input.clone());
        }
        let known = inputs.into_iter().map(|input| input.name);
        let known = known
            .chain(headers().map(|header| format!("{HEADER}{}", header.wire)))
            .collect();
        Err(Unresolved {
            target: Target::QueryParameter,
            name: name.to_owned(),
            known,
        })
    }

    /// Resolves a property of the JSON request body.
    pub(in crate::lower) fn body_input(&self, name: &str) -> Result<PaginationInput, Unresolved> {
        let body = self.request_body();
        let path = body.and_then(|body| resolve(self, body, name));
        let is_number = |body: &TypeRef, path: &FieldPath| {
            let property = lookup::at_path(self.types, body, path);
            property.is_some_and(|ty| lookup::is_number(self.types, &ty.shape))
        };
        let input = body.zip(path).map(|(body, path)| match is_number(body, &path) {
            true => PaginationInput::BodyNumber(path),
            false => PaginationInput::Body(path),
        });
        input.ok_or_else(|| {
            let known = body.map(|body| property_names(self, body)).unwrap_or_default();
            Unresolved {
                target: Target::RequestProperty,
                name: name.to_owned(),
                known,
            }
        })
    }

    /// Resolves a value of the response: a property of the body, or a header as `header name`.
    pub(in crate::lower) fn value_output(&self, name: &str) -> Result<PaginationOutput, Unresolved> {
        match name.strip_prefix(HEADER) {
            Some(header) => Ok(PaginationOutput::Header(header.trim().to_owned())),
            None => self.value_property(name).map(PaginationOutput::Body),
        }
    }

    /// Resolves a number of the response: a property of the body, or a header as `header name`.
    pub(in crate::lower) fn number_output(&self, name: &str) -> Result<PaginationOutput, Unresolved> {
        match name.strip_prefix(HEADER) {
            Some(header) => Ok(PaginationOutput::Header(header.trim().to_owned())),
            None => self.number_property(name).map(PaginationOutput::Body),
        }
    }

    /// Resolves a property of the response body that is a string or number.
    pub(in crate::lower) fn value_property(&self, name: &str) -> Result<FieldPath, Unresolved> {
        self.property(name, Target::Value, |candidate, ty| {
            lookup::is_string(candidate.types, &ty.shape) || lookup::is_number(candidate.types, &ty.shape)
        })
    }

    /// Resolves a property of the response body that is a number.
    pub(in crate::lower) fn number_property(&self, name: &str) -> Result<FieldPath, Unresolved> {
        self.property(name, Target::Number, |candidate, ty| {
            lookup::is_number(candidate.types, &ty.shape)
        })
    }

    /// Resolves a property of the response body that is a list.
    pub(in crate::lower) fn list_property(&self, name: &str) -> Result<FieldPath, Unresolved> {
        self.property(name, Target::List, |candidate, ty| {
            lookup::list_item(candidate.types, &ty.shape).is_some()
        })
    }

    fn property(
        &self,
        name: &str,
        target: Target,
        accepts: fn(&Self, &TypeRef) -> bool,
    ) -> Result<FieldPath, Unresolved> {
        let path = resolve(self, self.body, name);
        let path = path.filter(|path| lookup::at_path(self.types, self.body, path).is_some_and(|ty| accepts(self, ty)));
        path.ok_or_else(|| Unresolved {
            target,
            name: name.to_owned(),
            known: property_names(self, self.body),
        })
    }

    /// Returns whether a shape is a boolean.
    pub(in crate::lower) fn is_boolean(&self, shape: &Shape) -> bool {
        matches!(lookup::resolve_aliases(self.types, shape), Shape::Bool)
    }
}

/// Resolves a name of segments separated by dots. Property names may contain dots themselves.
fn resolve(candidate: &Candidate<'_, '_>, ty: &TypeRef, name: &str) -> Option<FieldPath> {
    if name.is_empty() {
        return Some(FieldPath::default());
    }
    let mut ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
    ends.push(name.len());
    ends.into_iter().rev().find_map(|end| {
        let field = lookup::field(candidate.types, &ty.shape, &name[..end])?;
        let rest = resolve(candidate, &field.ty, name.get(end + 1..).unwrap_or_default())?;
        let steps = std::iter::once(field.wire.clone()).chain(rest.0);
        Some(FieldPath(steps.collect()))
    })
}

/// Returns the properties of an object and of the objects in it.
fn property_names(candidate: &Candidate<'_, '_>, ty: &TypeRef) -> Vec<String> {
    let Some((_, body)) = lookup::as_struct(candidate.types, &ty.shape) else {
        return Vec::new();
    };
    let mut names: Vec<String> = body.fields.iter().map(|field| field.wire.clone()).collect();
    for field in &body.fields {
        if let Some((_, inner)) = lookup::as_struct(candidate.types, &field.ty.shape) {
            names.extend(
                inner
                    .fields
                    .iter()
                    .map(|below| format!("{}.{}", field.wire, below.wire)),
            );
        }
    }
    names.truncate(40);
    names
}
