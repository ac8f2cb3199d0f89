//! Rust types.

use super::{Crate, Ident, ModelId};
use crate::wire::ForeignType;

/// A Rust type. All parts of the generator use it to refer to types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeExpr {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `i128`
    I128,
    /// `f64`
    F64,
    /// A type of another crate.
    Foreign(ForeignType),
    /// `String`
    String,
    /// A date and time, `DateTime`.
    DateTime,
    /// A calendar date.
    Date,
    /// A time of day, `Time`.
    Time,
    /// A duration, `Duration`.
    Duration,
    /// Raw bytes, `bytes::Bytes`.
    Bytes,
    /// Bytes that are Base64 in JSON.
    Base64,
    /// Any JSON, `serde_json::Value`.
    Json,
    /// Any JSON object.
    JsonObject,
    /// `Option<_>`, for a value that is missing or null.
    Option(Box<TypeExpr>),
    /// `Nullable<_>`: missing, null, or a value.
    Nullable(Box<TypeExpr>),
    /// `Box<_>`
    Boxed(Box<TypeExpr>),
    /// `Vec<_>`
    List(Box<TypeExpr>),
    /// A map with string keys.
    Map(Box<TypeExpr>),
    /// A fixed-length array with individual item types.
    Tuple(Vec<TypeExpr>),
    /// A model.
    Model(ModelId),
    /// A file in a multipart body: content, file name, media type.
    File,
    /// The enum of successes in the operation's own module.
    Local(Ident),
}

impl TypeExpr {
    /// Returns the type as documentation shows it, such as `Vec<models::Activity>`, relative to the root of the crate.
    pub fn display(&self, krate: &Crate) -> String {
        let fixed = match self {
            Self::Unit => "()",
            Self::Bool => "bool",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::I128 => "i128",
            Self::F64 => "f64",
            Self::Foreign(of) => of.path(),
            Self::String => "String",
            Self::DateTime => "DateTime",
            Self::Date => "Date",
            Self::Time => "Time",
            Self::Duration => "Duration",
            Self::Bytes => "Bytes",
            Self::Base64 => "Base64",
            Self::Json => "serde_json::Value",
            Self::JsonObject => "serde_json::Map<String, serde_json::Value>",
            Self::File => "File",
            Self::Option(of) => return format!("Option<{}>", of.display(krate)),
            Self::Nullable(of) => return format!("Nullable<{}>", of.display(krate)),
            Self::Boxed(of) => return format!("Box<{}>", of.display(krate)),
            Self::List(of) => return format!("Vec<{}>", of.display(krate)),
            Self::Map(of) => return format!("BTreeMap<String, {}>", of.display(krate)),
            Self::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| item.display(krate)).collect();
                return match items.as_slice() {
                    [one] => format!("({one},)"),
                    several => format!("({})", several.join(", ")),
                };
            }
            Self::Model(id) => return format!("models::{}", krate[*id].name),
            Self::Local(name) => return name.to_string(),
        };
        fixed.to_owned()
    }

    /// Returns the type inside a `Box`, which does not matter to readers.
    pub fn unboxed(&self) -> &Self {
        match self {
            Self::Boxed(of) => of,
            _ => self,
        }
    }

    /// Returns whether the type exceeds the threshold of Clippy's `type_complexity`. Clippy adds ten times the depth of
    /// each component and allows 250. The types around a result account for 50 and the first two levels.
    pub fn is_complex(&self) -> bool {
        self.complexity(3) > 250 - 50
    }

    fn complexity(&self, depth: usize) -> usize {
        // The type of a map's keys counts as well.
        let keys = usize::from(matches!(self, Self::Map(_))) * 10 * (depth + 1);
        let inside = self.components().iter().map(|part| part.complexity(depth + 1));
        10 * depth + keys + inside.sum::<usize>()
    }

    /// Appends the models that the type contains, in the order in which they are written.
    pub fn models(&self, found: &mut Vec<ModelId>) {
        if let Self::Model(id) = self {
            found.push(*id);
        }
        self.components().iter().for_each(|part| part.models(found));
    }

    /// Returns the type arguments.
    fn components(&self) -> &[Self] {
        match self {
            Self::Option(of) | Self::Nullable(of) | Self::Boxed(of) | Self::List(of) | Self::Map(of) => {
                std::slice::from_ref(of)
            }
            Self::Tuple(items) => items,
            Self::Unit
            | Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::I128
            | Self::F64
            | Self::Foreign(_)
            | Self::String
            | Self::DateTime
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Bytes
            | Self::Base64
            | Self::Json
            | Self::JsonObject
            | Self::Model(_)
            | Self::File
            | Self::Local(_) => &[],
        }
    }
}
