//! Example values as Rust expressions.

use super::{Ident, ModelId, TypeExpr};
use crate::json::Json;

/// An example value as a Rust expression. It compiles where `models` and the crate's types are in scope.
#[derive(Clone, Debug, PartialEq)]
pub enum Example {
    /// A string literal, for parameters of type `impl Into<String>`.
    Str(String),
    /// `"…".to_owned()`, for values of type `String`.
    String(String),
    /// A number literal.
    Number(String),
    /// `true` or `false`
    Bool(bool),
    /// `models::Color::Red`
    Variant(ModelId, Ident),
    /// `models::Pet::Cat(…)`
    Wrap(ModelId, Ident, Box<Example>),
    /// `models::Thing::new(…).with_name(…)`
    Record {
        /// The model that is created.
        model: ModelId,
        /// The arguments of `new`.
        arguments: Vec<Example>,
        /// The setters that are called.
        setters: Vec<(Ident, Example)>,
    },
    /// `models::ThingRequired { name: …, size: … }`
    Fields(Ident, Vec<(Ident, Example)>),
    /// `vec![…]`
    List(Vec<Example>),
    /// `[…]`, for parameters of type `impl IntoIterator`.
    Array(Vec<Example>),
    /// `BTreeMap::from([…])`
    Map(Vec<(String, Example)>),
    /// `"…".parse()?`
    Parse(TypeExpr, String),
    /// `serde_json::json!(…)`
    Json(Json),
    /// `serde_json::from_value(serde_json::json!(…))?`, for values that have no shorter expression.
    FromJson(Json),
    /// The same with the type of a model, for parameters of type `impl Into<…>`, from which no type can be inferred.
    FromJsonAs(ModelId, Json),
    /// `Some(…)`
    Some(Box<Example>),
    /// `None`
    None,
    /// `Box::new(…)`
    Boxed(Box<Example>),
    /// `"…"`, for parameters of type `impl Into<Bytes>`.
    Bytes(String),
    /// `("…", "…")`: a file name and the content of the file.
    File(String),
    /// `&…`
    Borrow(Box<Example>),
}

/// The values in an example: items, fields and entries.
type Parts<'e> = (&'e [Example], &'e [(Ident, Example)], &'e [(String, Example)]);

impl Example {
    /// Returns the same value, created with another name of its type.
    pub fn with_model(self, name: ModelId) -> Self {
        match self {
            Self::Variant(_, variant) => Self::Variant(name, variant),
            Self::Wrap(_, variant, inner) => Self::Wrap(name, variant, inner),
            Self::Record { arguments, setters, .. } => Self::Record {
                model: name,
                arguments,
                setters,
            },
            Self::FromJsonAs(_, json) => Self::FromJsonAs(name, json),
            Self::Str(_)
            | Self::String(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Fields(..)
            | Self::List(_)
            | Self::Array(_)
            | Self::Map(_)
            | Self::Parse(..)
            | Self::Json(_)
            | Self::FromJson(_)
            | Self::Some(_)
            | Self::None
            | Self::Boxed(_)
            | Self::Bytes(_)
            | Self::File(_)
            | Self::Borrow(_) => self,
        }
    }

    /// Returns the values that this one directly contains.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let (items, fields, entries): Parts<'_> = match self {
            Self::Wrap(_, _, inner) | Self::Some(inner) | Self::Boxed(inner) | Self::Borrow(inner) => {
                (std::slice::from_ref(inner), &[], &[])
            }
            Self::Record { arguments, setters, .. } => (arguments, setters, &[]),
            Self::Fields(_, fields) => (&[], fields, &[]),
            Self::List(items) | Self::Array(items) => (items, &[], &[]),
            Self::Map(entries) => (&[], &[], entries),
            Self::Str(_)
            | Self::String(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Variant(..)
            | Self::Parse(..)
            | Self::Json(_)
            | Self::FromJson(_)
            | Self::FromJsonAs(..)
            | Self::None
            | Self::Bytes(_)
            | Self::File(_) => (&[], &[], &[]),
        };
        let fields = fields.iter().map(|(_, part)| part);
        let entries = entries.iter().map(|(_, part)| part);
        items.iter().chain(fields).chain(entries)
    }

    /// Returns whether the expression is a literal or a variant without fields, so that generated code can contain it.
    pub fn is_literal(&self) -> bool {
        match self {
            Self::Str(_) | Self::String(_) | Self::Number(_) | Self::Bool(_) | Self::Variant(..) => true,
            Self::Wrap(..)
            | Self::Record { .. }
            | Self::Fields(..)
            | Self::List(_)
            | Self::Array(_)
            | Self::Map(_)
            | Self::Parse(..)
            | Self::Json(_)
            | Self::FromJson(_)
            | Self::FromJsonAs(..)
            | Self::Some(_)
            | Self::None
            | Self::Boxed(_)
            | Self::Bytes(_)
            | Self::File(_)
            | Self::Borrow(_) => false,
        }
    }
}

/// The call of an operation in an example.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExampleCall {
    /// The arguments of the method, in order.
    pub arguments: Vec<Example>,
    /// The optional inputs that the example sets.
    pub setters: Vec<(Ident, Example)>,
}
