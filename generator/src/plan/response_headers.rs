//! The getters of documented response headers.
//!
//! A header has one getter in the crate, regardless of the operation that documents it. Where operations disagree about
//! its type, it is text.

use indexmap::IndexMap;

use crate::ir::{self, Api, Shape, Text, TypeBody, TypeRef};
use crate::krate::{HeaderForm, HeaderGetter, OperationHeader, TypeExpr, WireName};
use crate::wire::EnumBase;

use super::models::code;
use super::names::{Casing, Claim, Rank, Scope, Words};
use super::{doc_text, prose, status, types};

/// Returns the getters, and the headers of each operation.
pub fn plan(api: &Api) -> (Vec<HeaderGetter>, Vec<Vec<OperationHeader>>) {
    let mut found: IndexMap<String, (&ir::ResponseHeader, HeaderType)> = IndexMap::new();
    let mut uses = Vec::with_capacity(api.operations.len());
    for operation in &api.operations {
        let headers = operation.response_headers.iter().map(|documented| {
            let header = &documented.header;
            let ty = header_type(api, header);
            let entry = found.entry(header.name.to_ascii_lowercase());
            let getter = entry.index();
            let known = entry.or_insert_with(|| (header, ty.clone()));
            if known.1 != ty {
                known.1 = HeaderType::text();
            }
            OperationHeader {
                getter,
                statuses: documented.statuses.iter().map(|one| status::key(*one)).collect(),
            }
        });
        uses.push(headers.collect());
    }
    let claims: Vec<Claim> = found
        .values()
        .map(|(header, _)| {
            let words = Words::of(&header.name).starting_with_letter("header");
            Claim::new(Rank::Document, header.name.to_ascii_lowercase(), words.clone()).or(words.followed_by("header"))
        })
        .collect();
    let names = Scope::new(Casing::Snake).without(HEADER_MAP_METHODS).idents(&claims);
    let getters = found
        .into_values()
        .zip(names)
        .map(|((header, HeaderType { ty, form }), name)| {
            let docs = ir::Docs {
                description: header.description.clone(),
                ..ir::Docs::default()
            };
            let about = doc_text::doc(&docs, || format!("The header {}", code(&header.name)));
            let doc = prose::header_getter(&header.name, header.description.as_ref().map(|_| &about));
            HeaderGetter {
                name,
                wire: WireName::new(&header.name),
                ty,
                form,
                about,
                doc,
            }
        });
    (getters.collect(), uses)
}

/// Returns the documentation of the trait.
pub fn trait_doc(getters: &[HeaderGetter]) -> String {
    let first = getters.first().map_or("header", |getter| getter.name.as_str());
    format!(
        "Typed getters of the response headers that the API documents.\n\nThe trait is implemented for the headers of responses, \
         pages and errors: `response.headers().{first}()`. A getter returns `None` if the header is missing or does not have the \
         documented type."
    )
}

/// The methods of `HeaderMap` and of common traits. A getter with the name of one of them would be hidden or ambiguous.
const HEADER_MAP_METHODS: &[&str] = &[
    "append",
    "capacity",
    "clear",
    "clone",
    "contains_key",
    "drain",
    "entry",
    "extend",
    "get",
    "get_all",
    "get_mut",
    "insert",
    "is_empty",
    "iter",
    "iter_mut",
    "keys",
    "keys_len",
    "len",
    "remove",
    "reserve",
    "try_append",
    "try_entry",
    "try_insert",
    "try_reserve",
    "values",
    "values_mut",
    "into",
    "from",
    "eq",
    "ne",
    "borrow",
    "borrow_mut",
    "index",
    "fmt",
];

/// The type of a header.
#[derive(Clone, PartialEq)]
struct HeaderType {
    ty: TypeExpr,
    form: HeaderForm,
}

impl HeaderType {
    fn text() -> Self {
        Self {
            ty: TypeExpr::String,
            form: HeaderForm::Text,
        }
    }
}

/// Returns the type of a header's value. A value that is neither a scalar nor a list of scalars is text.
fn header_type(api: &Api, header: &ir::ResponseHeader) -> HeaderType {
    if header.name.eq_ignore_ascii_case("set-cookie") {
        return HeaderType {
            ty: TypeExpr::List(Box::new(TypeExpr::String)),
            form: HeaderForm::Repeated,
        };
    }
    let list = |(ty, is_text): (TypeExpr, bool)| HeaderType {
        ty: TypeExpr::List(Box::new(ty)),
        form: if is_text {
            HeaderForm::TextList
        } else {
            HeaderForm::JsonList
        },
    };
    let single = |(ty, is_text): (TypeExpr, bool)| HeaderType {
        ty,
        form: if is_text { HeaderForm::Text } else { HeaderForm::Json },
    };
    let found = match api.types.resolve(&header.ty.shape) {
        Shape::List(of) => scalar(api, of).map(list),
        _ => scalar(api, &header.ty).map(single),
    };
    found.unwrap_or_else(HeaderType::text)
}

/// Returns the type of a scalar, and whether it is text.
fn scalar(api: &Api, ty: &TypeRef) -> Option<(TypeExpr, bool)> {
    let shape = api.types.resolve(&ty.shape);
    let is_text = match shape {
        Shape::Bool | Shape::Int(_) | Shape::Float => false,
        Shape::Foreign(of) => of.is_text(),
        Shape::Text(Text::Unformatted | Text::Uuid | Text::DateTime | Text::Date | Text::Time | Text::Duration) => true,
        Shape::Named(id) => match &api.types[*id].body {
            TypeBody::Enum(body) => body.base == EnumBase::String,
            TypeBody::Struct(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => return None,
        },
        Shape::Any | Shape::Never | Shape::Null | Shape::Base64 | Shape::Binary => return None,
        Shape::Object | Shape::List(_) | Shape::Map(_) | Shape::Tuple(_) => return None,
    };
    Some((types::shape(shape), is_text))
}
