//! Types of Rust.

use super::{Crate, Ident, ModelId};

/// A type of Rust: the only way in which the generator speaks of one.
#[derive(Clone, Debug, PartialEq)]
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
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `String`
    String,
    /// An instant: RFC 3339.
    Timestamp,
    /// A day of the calendar.
    Date,
    /// A time of the day.
    Time,
    /// Raw bytes, `bytes::Bytes`.
    Bytes,
    /// Bytes that are base64 in JSON.
    Base64,
    /// Any JSON, `serde_json::Value`.
    Json,
    /// Any JSON object.
    JsonObject,
    /// `Option<_>`: may be missing or null, whichever the wire says.
    Option(Box<TypeExpr>),
    /// The three-state value: missing, null, or there.
    Nullable(Box<TypeExpr>),
    /// `Box<_>`
    Boxed(Box<TypeExpr>),
    /// `Vec<_>`
    List(Box<TypeExpr>),
    /// A map with string keys.
    Map(Box<TypeExpr>),
    /// An array of fixed length.
    Tuple(Vec<TypeExpr>),
    /// A model.
    Model(ModelId),
    /// A part of a multipart body that is a file: bytes, a file name, a media type.
    File,
    /// An enum that stands in the operation's own module: its several successes.
    Local(Ident),
}

impl TypeExpr {
    /// The type as a reader of the docs sees it, such as `Vec<models::Activity>`: relative to the root of the crate.
    pub fn display(&self, krate: &Crate) -> String {
        let fixed = match self {
            Self::Unit => "()",
            Self::Bool => "bool",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::String => "String",
            Self::Timestamp => "Timestamp",
            Self::Date => "Date",
            Self::Time => "Time",
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

    /// Whether it nests as deep, or is as wide, as the linter would have named. By its measure, ten for each part times the
    /// part's depth, 250 are allowed; what is around an answer takes 50 of them, and the first two steps.
    pub fn is_intricate(&self) -> bool {
        self.weight(3) > 250 - 50
    }

    fn weight(&self, depth: usize) -> usize {
        // The keys of a map are a part of it too.
        let keys = usize::from(matches!(self, Self::Map(_))) * 10 * (depth + 1);
        let inside = self.inside().iter().map(|part| part.weight(depth + 1));
        10 * depth + keys + inside.sum::<usize>()
    }

    /// The models in it, in the order in which they are written.
    pub fn models(&self, found: &mut Vec<ModelId>) {
        if let Self::Model(id) = self {
            found.push(*id);
        }
        self.inside().iter().for_each(|part| part.models(found));
    }

    /// The types that it is made of.
    fn inside(&self) -> &[Self] {
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
            | Self::F32
            | Self::F64
            | Self::String
            | Self::Timestamp
            | Self::Date
            | Self::Time
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
