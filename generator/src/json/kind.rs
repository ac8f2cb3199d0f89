//! JSON types.

use super::Json;

/// A JSON type. Integers are distinguished from other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number without a fraction and an exponent.
    Integer,
    /// Any other number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonKind {
    /// Returns the type of a value.
    pub fn of(value: &Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Bool(_) => Self::Bool,
            Json::Number(text) if text.parse::<i128>().is_ok() => Self::Integer,
            Json::Number(_) => Self::Number,
            Json::String(_) => Self::String,
            Json::Array(_) => Self::Array,
            Json::Object(_) => Self::Object,
        }
    }

    /// Returns whether a value of this type is accepted where one of `kinds` is expected. An integer is also a number.
    pub fn is_one_of(self, kinds: &[Self]) -> bool {
        kinds.contains(&self) || (self == Self::Integer && kinds.contains(&Self::Number))
    }
}
