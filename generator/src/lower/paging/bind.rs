//! Binding: resolves the inputs and properties that a pagination rule names.

use crate::document::Location;
use crate::ir::{BodyKind, FieldPath, PagingInput, Parameter, Shape, TypeRef};

use super::Candidate;
use crate::lower::types::lookup;

/// The kinds of inputs, for messages.
const QUERY: &str = "query parameter";
const SENT: &str = "property of the request body";

/// A name in a rule that does not exist.
pub(in crate::lower) struct Unbound {
    /// The expected kind, such as `query parameter`.
    what: &'static str,
    /// The name.
    pub(in crate::lower) name: String,
    /// The names that exist.
    pub(in crate::lower) known: Vec<String>,
}

impl Unbound {
    /// Returns whether the name is that of an input.
    pub(in crate::lower) fn is_input(&self) -> bool {
        matches!(self.what, QUERY | SENT)
    }

    pub(in crate::lower) fn message(&self) -> String {
        let known: Vec<String> = self.known.iter().map(|name| format!("`{name}`")).collect();
        let known = if known.is_empty() {
            "none exists".to_owned()
        } else {
            format!("known: {}", known.join(", "))
        };
        format!("there is no {} `{}` ({known})", self.what, self.name)
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
    pub(in crate::lower) fn sent(&self) -> Option<&'a TypeRef> {
        self.operation
            .body
            .iter()
            .flat_map(|body| &body.forms)
            .find_map(|form| match &form.kind {
                BodyKind::Json(ty) => Some(ty),
                BodyKind::Form(_) | BodyKind::Multipart(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary => {
                    None
                }
            })
    }

    /// Resolves an input by name: a query parameter, or a property of the body as `body.name`.
    pub(in crate::lower) fn input(&self, name: &str) -> Result<PagingInput, Unbound> {
        if self.query().any(|parameter| parameter.wire == name) {
            return Ok(PagingInput::Query(name.to_owned()));
        }
        if let Some(path) = name.strip_prefix("body.") {
            return self.body_input(path);
        }
        let known = self.query().map(|parameter| parameter.wire.clone()).collect();
        Err(Unbound {
            what: QUERY,
            name: name.to_owned(),
            known,
        })
    }

    /// Resolves a property of the JSON request body.
    pub(in crate::lower) fn body_input(&self, name: &str) -> Result<PagingInput, Unbound> {
        let sent = self.sent();
        let path = sent.and_then(|sent| resolve(self, sent, name));
        path.map(PagingInput::Body).ok_or_else(|| {
            let known = sent.map(|sent| property_names(self, sent)).unwrap_or_default();
            Unbound {
                what: SENT,
                name: name.to_owned(),
                known,
            }
        })
    }

    /// Resolves a property of the page that holds a string or number.
    pub(in crate::lower) fn output(&self, name: &str) -> Result<FieldPath, Unbound> {
        self.property(name, "property of the page with a string or number", |candidate, ty| {
            lookup::is_string(candidate.types, &ty.shape) || lookup::is_number(candidate.types, &ty.shape)
        })
    }

    /// Resolves a property of the page that holds a number.
    pub(in crate::lower) fn number(&self, name: &str) -> Result<FieldPath, Unbound> {
        self.property(name, "property of the page with a number", |candidate, ty| {
            lookup::is_number(candidate.types, &ty.shape)
        })
    }

    /// Resolves the property of the page that holds the list.
    pub(in crate::lower) fn items(&self, name: &str) -> Result<FieldPath, Unbound> {
        self.property(name, "list in the page", |candidate, ty| {
            lookup::list_item(candidate.types, &ty.shape).is_some()
        })
    }

    fn property(
        &self,
        name: &str,
        what: &'static str,
        accepts: fn(&Self, &TypeRef) -> bool,
    ) -> Result<FieldPath, Unbound> {
        let path = resolve(self, self.body, name);
        let path = path.filter(|path| lookup::at_path(self.types, self.body, path).is_some_and(|ty| accepts(self, ty)));
        path.ok_or_else(|| Unbound {
            what,
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
