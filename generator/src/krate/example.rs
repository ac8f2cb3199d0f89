//! Example values as Rust.

use super::{Ident, ModelId, TypeExpr};
use crate::json::Json;

/// An example as an expression of Rust. It compiles where `models` and the crate's names are in scope.
#[derive(Clone, Debug, PartialEq)]
pub enum Example {
    /// A string literal, where `impl Into<String>` is asked for.
    Str(String),
    /// `"…".to_owned()`, where a `String` is asked for.
    String(String),
    /// A number, as written in Rust.
    Number(String),
    /// `true` or `false`
    Bool(bool),
    /// `models::Color::Red`
    Variant(ModelId, Ident),
    /// `models::Pet::Cat(…)`
    Wrap(ModelId, Ident, Box<Example>),
    /// `models::Thing::new(…).with_name(…)`
    Record {
        /// What is made.
        model: ModelId,
        /// What `new` takes.
        arguments: Vec<Example>,
        /// The other fields that are set, by their setters.
        setters: Vec<(Ident, Example)>,
    },
    /// `vec![…]`
    List(Vec<Example>),
    /// `[…]`, where any iterator will do.
    Array(Vec<Example>),
    /// `BTreeMap::from([…])`
    Map(Vec<(String, Example)>),
    /// `"…".parse()?`
    Parse(TypeExpr, String),
    /// `serde_json::json!(…)`
    Json(Json),
    /// `serde_json::from_value(serde_json::json!(…))?`, for what has no shorter way.
    FromJson(Json),
    /// `Some(…)`
    Some(Box<Example>),
    /// `None`
    None,
    /// `Box::new(…)`
    Boxed(Box<Example>),
    /// `"…"`, where `impl Into<Bytes>` is asked for.
    Bytes(String),
    /// `("…", "…")`, the name of a file and its bytes.
    File(String),
    /// `&…`
    Borrow(Box<Example>),
}

impl Example {
    /// Whether it is a literal or a variant without content: what code can fill in by itself.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Str(_) | Self::String(_) | Self::Number(_) | Self::Bool(_) | Self::Variant(..) => true,
            Self::Wrap(..)
            | Self::Record { .. }
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
            | Self::Borrow(_) => false,
        }
    }
}

/// A call as an example shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExampleCall {
    /// The arguments of the method, one for each of the operation's.
    pub arguments: Vec<Example>,
    /// Optional inputs that the example sets.
    pub setters: Vec<(Ident, Example)>,
}
